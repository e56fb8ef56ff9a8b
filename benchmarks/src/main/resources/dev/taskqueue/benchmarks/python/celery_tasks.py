"""The same tasks as Celery knows them. Broker and results are where the environment says."""

import os

import celery

import tasks

URL = os.environ.get("TASKQUEUE_BENCHMARKS_REDIS", "redis://127.0.0.1:1/0")

app = celery.Celery("celery_tasks", broker=URL, backend=URL)
app.conf.update(
    task_serializer="pickle",
    result_serializer="pickle",
    accept_content=["pickle"],
    broker_connection_retry=False,
)

nothing = app.task(tasks.nothing, name="nothing")
argument = app.task(tasks.argument, name="argument")
stamp = app.task(tasks.stamp, name="stamp")
spin = app.task(tasks.spin, name="spin")
