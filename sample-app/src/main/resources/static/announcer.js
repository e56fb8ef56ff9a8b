// Reads out what ended since the last round, for those who do not see the page change.

import { keyOf } from './format.js';

const announcer = document.getElementById('announcer');

let known;

export function announce(runs, thumbnails) {
  const ended = [...runs, ...thumbnails].filter((task) => task.millis !== null);
  if (known !== undefined) {
    const news = ended.filter((task) => !known.has(keyOf(task)));
    const failed = news.filter(({ error }) => error !== null).map(({ name, error }) => `${name}: ${error.message}`);
    const succeeded = news.filter(({ error }) => error === null).map(({ name }) => name);
    const words = [...failed, ...(succeeded.length > 0 ? [`Done: ${succeeded.join(', ')}.`] : [])];
    if (words.length > 0) {
      announcer.textContent = words.join(' ');
    }
  }
  known = new Set(ended.map(keyOf));
}
