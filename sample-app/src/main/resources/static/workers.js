// The worker processes, oldest first.

import { counted, hue } from './format.js';

const list = document.getElementById('workers');
const template = document.getElementById('worker-template');

const STATES = {
  STARTING: 'starting',
  STANDBY: 'standing by',
  IDLE: 'idle',
  BUSY: 'working',
  STOPPING: 'leaving',
  DYING: 'dying',
};

export function showWorkers(workers) {
  while (list.children.length < workers.length) {
    list.append(template.content.cloneNode(true));
  }
  while (list.children.length > workers.length) {
    list.lastElementChild.remove();
  }
  workers.forEach((worker, index) => show(list.children[index], worker));
}

function show(row, worker) {
  row.dataset.state = worker.state;
  if (worker.pid > 0) {
    row.style.setProperty('--hue', hue(worker.pid));
  }
  text(row, '.worker-pid', worker.pid > 0 ? worker.pid : 'new');
  text(row, '.worker-state', STATES[worker.state] ?? worker.state);
  text(row, '.worker-task', worker.task?.description ?? 'no task');
  text(row, '.worker-served', counted(worker.processed, 'task'));
}

function text(row, selector, value) {
  row.querySelector(selector).textContent = value;
}
