// Files that are chosen or dropped.

import { submitFile } from './api.js';
import { attempt } from './notice.js';

const AT_ONCE = 3;

const drop = document.getElementById('drop');
const input = document.getElementById('files');

const pending = [];
let uploading = 0;

/** @param onSubmitted called after each submission */
export function bindUploads(onSubmitted) {
  input.addEventListener('change', () => {
    upload(input.files, onSubmitted);
    input.value = '';
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.toggleAttribute('data-over', true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) {
      drop.toggleAttribute('data-over', false);
    }
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.toggleAttribute('data-over', false);
    upload(event.dataTransfer.files, onSubmitted);
  });
}

function upload(files, onSubmitted) {
  pending.push(...files);
  while (uploading < AT_ONCE && pending.length > 0) {
    uploading++;
    uploadPending(onSubmitted);
  }
}

async function uploadPending(onSubmitted) {
  while (pending.length > 0) {
    const file = pending.shift();
    await attempt(() => submitFile(file), onSubmitted, `${file.name}: `);
  }
  uploading--;
}
