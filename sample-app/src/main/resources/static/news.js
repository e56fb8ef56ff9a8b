// The comings and goings of worker processes. What is said of them may name a task: it is only ever set as text.

import { hue, time } from './format.js';

const list = document.getElementById('news');

const VERBS = {
  READY: 'is',
  RECYCLED: 'leaves:',
  KILLED: 'is killed:',
  CRASHED: 'crashed:',
  LAUNCH_FAILED: 'did not come up:',
};

let newest;

export function showNews(news) {
  const key = news.length > 0 ? `${news[0].id}@${news[0].at}` : '';
  if (key !== newest) {
    newest = key;
    list.replaceChildren(...news.map(entry));
  }
}

function entry({ at, kind, queue, worker, text }) {
  const item = document.createElement('li');
  item.dataset.kind = kind;
  const when = document.createElement('time');
  when.dateTime = at;
  when.textContent = time(new Date(at));
  const what = document.createElement('span');
  const who = document.createElement('b');
  who.textContent = worker ?? 'A process';
  if (worker !== null) {
    who.className = 'process';
    who.style.setProperty('--hue', hue(worker));
  }
  what.append(who, ` of ${queue} ${VERBS[kind]} ${text}`);
  item.append(when, what);
  return item;
}
