// Polls the application and keeps the page up to date: one round at a time, none while nobody looks.

import { announce } from './announcer.js';
import { fetchApplication, fetchCatalogue, fetchNews, fetchQueues, fetchRuns, fetchThumbnails } from './api.js';
import { showCatalogue } from './catalogue.js';
import { showGallery } from './gallery.js';
import { bindButtons } from './lab.js';
import { showNews } from './news.js';
import { showOutcomes } from './outcomes.js';
import { showQueue } from './queues.js';
import { showApplication, showDisconnected } from './status.js';
import { bindUploads } from './upload.js';

const INTERVAL = 600;
const INTERVAL_DISCONNECTED = 2500;
const ROUNDS_PER_APPLICATION = 8;

let timer;
let polling = false;
let again = false;
let round = 0;

async function poll() {
  if (polling) {
    again = true;
    return;
  }
  polling = true;
  again = false;
  clearTimeout(timer);
  let interval = INTERVAL;
  try {
    const [queues, thumbnails, runs, news, catalogue] = await Promise.all(
      [fetchQueues(), fetchThumbnails(), fetchRuns(), fetchNews(), fetchCatalogue()]);
    Object.entries(queues).forEach(([name, queue]) => showQueue(name, queue));
    showOutcomes(runs, thumbnails, queues.lab.workers);
    showGallery(thumbnails);
    showNews(news);
    showCatalogue(catalogue);
    announce(runs, thumbnails);
    if (round++ % ROUNDS_PER_APPLICATION === 0) {
      showApplication(await fetchApplication());
    }
  }
  catch (error) {
    console.warn(error);
    round = 0;
    interval = INTERVAL_DISCONNECTED;
    showDisconnected();
  }
  polling = false;
  if (!document.hidden) {
    timer = setTimeout(poll, again ? 0 : interval);
  }
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (!document.hidden) {
    poll();
  }
});

bindUploads(poll);
bindButtons(poll);
poll();
