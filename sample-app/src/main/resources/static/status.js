// The application's own process, which none of this reaches.

import { bytes } from './format.js';

const application = document.getElementById('application');
const applicationText = document.getElementById('application-text');

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
