// What changed since the last round, in words: failures and processes for everyone, and read out what the gallery shows.

import { counted, time } from './format.js';
import { keyOf } from './gallery.js';

const KEPT = 8;

const list = document.getElementById('events');
const announcer = document.getElementById('announcer');

let knownWorkers;
let knownStates;

export function showEvents(workers, thumbnails) {
  const living = new Map(workers.filter((worker) => worker.pid > 0).map((worker) => [worker.pid, worker]));
  const states = new Map(thumbnails.map((thumbnail) => [keyOf(thumbnail), thumbnail.state]));
  if (knownWorkers !== undefined) {
    const news = thumbnails.filter(isNews).reverse();
    announceReady(news.filter(({ error }) => error === null));
    news.filter(({ error }) => error !== null).forEach(reportFailure);
    reportWorkers(living);
  }
  knownWorkers = living;
  knownStates = states;
}

/** Whether a thumbnail is done that was not when we looked last. */
function isNews(thumbnail) {
  return thumbnail.millis !== null && knownStates.get(keyOf(thumbnail)) !== thumbnail.state;
}

function announceReady(ready) {
  if (ready.length > 0) {
    announcer.textContent = ready.length === 1 ? `${ready[0].name} is ready.` : `${ready.length} images are ready.`;
  }
}

function reportFailure({ name, worker, error }) {
  report(worker === null ? `${name} failed. ${error.message}` : `${name} took process ${worker} with it. ${error.message}`,
    true);
}

function reportWorkers(living) {
  for (const [pid, worker] of knownWorkers) {
    if (!living.has(pid)) {
      report(`Process ${pid} is gone, after ${counted(worker.processed, 'task')}.`);
    }
  }
  for (const pid of living.keys()) {
    if (!knownWorkers.has(pid)) {
      report(`Process ${pid} was started.`);
    }
  }
}

function report(message, bad = false) {
  const entry = document.createElement('li');
  entry.toggleAttribute('data-bad', bad);
  const when = document.createElement('time');
  when.textContent = time(new Date());
  const what = document.createElement('span');
  what.textContent = message;
  entry.append(when, what);
  list.prepend(entry);
  while (list.children.length > KEPT) {
    list.lastElementChild.remove();
  }
  announcer.textContent = message;
}
