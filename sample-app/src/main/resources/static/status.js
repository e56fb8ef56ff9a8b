// The figures at the top, and the application's own process.

import { bytes, count } from './format.js';

const application = document.getElementById('application');
const applicationText = document.getElementById('application-text');

export function showFigures(queue) {
  show('length', queue.length);
  show('running', queue.running);
  show('processed', queue.processed);
  show('succeeded', queue.succeeded);
  show('failed', queue.failed + queue.crashed + queue.timedOut + queue.cancelled);
}

export function showApplication(process) {
  application.dataset.connected = 'true';
  const heap = process.memory?.heap?.used;
  applicationText.textContent = `Application: process ${process.pid}`
    + (heap === undefined ? '' : `, ${bytes(heap)} of heap`);
}

export function showDisconnected() {
  application.dataset.connected = 'false';
  applicationText.textContent = 'The application does not answer. Trying again…';
}

function show(name, value) {
  const figure = document.getElementById(`figure-${name}`);
  figure.textContent = count(value);
  figure.dataset.zero = value === 0;
}
