// One panel a queue: its figures, and its worker processes, each in a place of its own for as long as it lives.

import { age, count, counted, hue } from './format.js';

const template = document.getElementById('worker-template');

/** Two workers, and one successor that stands by. */
const PLACES = 3;

const STATES = {
  STARTING: 'starting',
  STANDBY: 'standing by',
  IDLE: 'idle',
  BUSY: 'working',
  STOPPING: 'leaving',
  DYING: 'dying',
};

const panels = new Map([...document.querySelectorAll('.queue')].map((section) => [section.dataset.queue, panel(section)]));

function panel(section) {
  const list = section.querySelector('.workers');
  const places = [];
  for (let i = 0; i < PLACES; i++) {
    places.push(place(list));
  }
  return { section, list, places };
}

function place(list) {
  list.append(template.content.cloneNode(true));
  const element = list.lastElementChild;
  clear(element);
  return { element, worker: undefined };
}

export function showQueue(name, queue) {
  const shown = panels.get(name);
  if (shown === undefined) {
    return;
  }
  showFigures(shown.section, queue);
  showWorkers(shown, queue.workers);
}

function showFigures(section, queue) {
  const figures = {
    waiting: queue.waiting + queue.delayed,
    running: queue.running,
    succeeded: queue.succeeded,
    failed: queue.failed + queue.crashed + queue.timedOut + queue.cancelled,
  };
  for (const [name, value] of Object.entries(figures)) {
    const figure = section.querySelector(`[data-figure="${name}"]`);
    figure.textContent = count(value);
    figure.dataset.zero = value === 0;
  }
}

function showWorkers({ list, places }, workers) {
  const newcomers = [];
  const kept = new Set();
  for (const worker of workers) {
    const known = places.find((candidate) => !kept.has(candidate) && isPlaceOf(candidate, worker));
    if (known === undefined) {
      newcomers.push(worker);
    }
    else {
      kept.add(known);
      occupy(known, worker);
    }
  }
  for (const left of places.filter((candidate) => !kept.has(candidate))) {
    left.worker = undefined;
    clear(left.element);
  }
  for (const worker of newcomers) {
    occupy(places.find((candidate) => candidate.worker === undefined) ?? places[places.push(place(list)) - 1], worker);
  }
}

/** A process is told by its pid, or by the time of its launch while that is not known. */
function isPlaceOf({ worker: before }, worker) {
  return before !== undefined
    && (before.pid === null ? before.startedAt === worker.startedAt : before.pid === worker.pid);
}

function occupy(where, worker) {
  where.worker = worker;
  fill(where.element, worker);
}

function clear(element) {
  element.dataset.state = 'NONE';
  delete element.dataset.pid;
  element.style.removeProperty('--hue');
  text(element, '.worker-pid', 'free place');
  text(element, '.worker-state', '');
  text(element, '.worker-task', '');
  text(element, '.worker-age', '');
  text(element, '.worker-served', '');
  element.querySelector('.worker-progress').hidden = true;
}

function fill(element, worker) {
  element.dataset.state = worker.state;
  if (worker.pid !== null) {
    element.dataset.pid = worker.pid;
    element.style.setProperty('--hue', hue(worker.pid));
  }
  text(element, '.worker-pid', worker.pid ?? 'new');
  text(element, '.worker-state', STATES[worker.state] ?? worker.state);
  text(element, '.worker-task', worker.task?.description ?? (worker.state === 'IDLE' ? 'no task' : ''));
  text(element, '.worker-age', `${age(new Date(worker.startedAt))} old`);
  text(element, '.worker-served', counted(worker.processed, 'task'));
  const progress = element.querySelector('.worker-progress');
  progress.hidden = worker.task?.progress == null;
  progress.value = worker.task?.progress?.fraction ?? 0;
}

function text(element, selector, value) {
  element.querySelector(selector).textContent = value;
}
