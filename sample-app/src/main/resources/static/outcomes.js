// Every experiment, and every image that failed, newest first. Names, messages, traces and the last words of processes
// come from tasks: they are only ever set as text.

import { cancelRun } from './api.js';
import { count, hue, keyOf, millis } from './format.js';

const list = document.getElementById('outcomes');
const template = document.getElementById('outcome-template');
const empty = document.getElementById('outcomes-empty');
const counter = document.getElementById('outcomes-count');

const BADGES = {
  DELAYED: 'Again soon',
  WAITING: 'Waiting',
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  TIMED_OUT: 'Timed out',
  CRASHED: 'Crashed',
  CANCELLED: 'Cancelled',
};

/** The entries on the page by key, each with what it shows. */
const entries = new Map();

export function showOutcomes(runs, thumbnails, workers) {
  const tasks = [
    ...runs.map((run) => ({ ...run, queue: 'lab', key: `lab ${keyOf(run)}` })),
    ...thumbnails.filter(({ error }) => error !== null)
      .map((thumbnail) => ({ ...thumbnail, attempts: [], queue: 'taskQueue', key: `taskQueue ${keyOf(thumbnail)}` })),
  ].sort((one, other) => one.submittedAt.localeCompare(other.submittedAt));
  const keys = new Set(tasks.map(({ key }) => key));
  for (const [key, entry] of entries) {
    if (!keys.has(key)) {
      entry.element.remove();
      entries.delete(key);
    }
  }
  for (const task of tasks) {
    const entry = entries.get(task.key) ?? add(task);
    const worker = task.queue === 'lab' ? workers.find((candidate) => candidate.task?.id === task.id) : undefined;
    const shown = JSON.stringify([task, worker?.task?.progress, worker?.pid]);
    if (entry.shown !== shown) {
      entry.shown = shown;
      fill(entry.element, task, worker);
    }
  }
  empty.hidden = tasks.length > 0;
  counter.textContent = tasks.length > 0 ? count(tasks.length) : '';
}

function add(task) {
  const element = template.content.cloneNode(true).firstElementChild;
  const cancel = element.querySelector('.cancel');
  cancel.setAttribute('aria-label', `Cancel ${task.name}`);
  cancel.addEventListener('click', () => {
    cancel.disabled = true;
    cancelRun(task.id).catch(console.warn);
  });
  list.prepend(element);
  const entry = { element, shown: undefined };
  entries.set(task.key, entry);
  return entry;
}

function fill(element, task, worker) {
  element.dataset.state = task.state;
  element.dataset.task = task.experiment ?? task.name;
  text(element, '.badge', BADGES[task.state] ?? task.state);
  text(element, '.outcome-name', task.name);
  const pid = task.error?.worker ?? task.attempts.at(-1)?.worker ?? task.worker ?? null;
  showWhere(element.querySelector('.outcome-where'), task, task.millis === null ? worker?.pid ?? null : pid);
  showReason(element.querySelector('.outcome-reason'), task, worker);
  element.querySelector('.cancel').hidden = task.millis !== null;
  const progress = element.querySelector('progress');
  progress.hidden = worker?.task?.progress == null;
  progress.value = worker?.task?.progress?.fraction ?? 0;
  showAttempts(element.querySelector('.attempts'), task);
  showInside(element.querySelector('details'), task.error?.details ?? []);
}

function showWhere(element, { queue, millis: took }, pid) {
  element.classList.toggle('process', pid !== null);
  element.textContent = [pid === null ? queue : `${queue} ${pid}`, ...(took === null ? [] : [millis(took)])].join(' · ');
  if (pid !== null) {
    element.dataset.pid = pid;
    element.style.setProperty('--hue', hue(pid));
  }
}

function showReason(element, { state, error, result }, worker) {
  if (error === null) {
    element.textContent = result ?? worker?.task?.progress?.message ?? (state === 'RUNNING' ? 'At work…' : 'Not yet…');
    return;
  }
  const reason = document.createElement('code');
  reason.textContent = error.ending === null ? error.reason : `${error.reason}, ${error.ending}`;
  element.replaceChildren(reason, ` ${error.message}`);
}

/** One attempt needs no list of its own. */
function showAttempts(element, { attempts }) {
  element.hidden = attempts.length < 2 && attempts.at(0)?.state !== 'FAILED';
  element.replaceChildren(...attempts.map(({ number, worker, state, millis: took }) => {
    const item = document.createElement('li');
    item.dataset.state = state;
    item.textContent = `Attempt ${number}: ${BADGES[state].toLowerCase()} in ${worker} after ${millis(took)}`;
    return item;
  }));
}

function showInside(element, details) {
  element.hidden = details.length === 0;
  element.querySelector('.inside').replaceChildren(...details.flatMap(({ title, text: content }) => {
    const heading = document.createElement('h4');
    heading.textContent = title;
    const block = document.createElement('pre');
    block.tabIndex = 0;
    block.textContent = content;
    return [heading, block];
  }));
}

function text(element, selector, value) {
  element.querySelector(selector).textContent = value;
}
