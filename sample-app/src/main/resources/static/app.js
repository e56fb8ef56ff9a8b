// Polls the application and keeps the page up to date: one round at a time, none while nobody looks.

import { fetchApplication, fetchQueue, fetchThumbnails } from './api.js';
import { showEvents } from './events.js';
import { showGallery } from './gallery.js';
import { showApplication, showFigures, showDisconnected } from './status.js';
import { bindUploads } from './upload.js';
import { showWorkers } from './workers.js';

const INTERVAL = 700;
const INTERVAL_DISCONNECTED = 2500;
const ROUNDS_PER_APPLICATION = 7;

let timer;
let polling = false;
let round = 0;

async function poll() {
  if (polling) {
    return;
  }
  polling = true;
  clearTimeout(timer);
  let interval = INTERVAL;
  try {
    const [queue, thumbnails] = await Promise.all([fetchQueue(), fetchThumbnails()]);
    showFigures(queue);
    showWorkers(queue.workers);
    showGallery(thumbnails);
    showEvents(queue.workers, thumbnails);
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
    timer = setTimeout(poll, interval);
  }
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (!document.hidden) {
    poll();
  }
});

bindUploads(poll);
poll();
