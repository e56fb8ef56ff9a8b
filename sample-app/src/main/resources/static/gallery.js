// One card an image, newest first. Names and messages come from outside: they are only ever set as text.

import { bytes, count, hue, keyOf, millis } from './format.js';

const list = document.getElementById('gallery');
const template = document.getElementById('card-template');
const empty = document.getElementById('empty');
const counter = document.getElementById('count');

/** The cards on the page by key, each with the state it shows. */
const cards = new Map();

export function showGallery(thumbnails) {
  const keys = new Set(thumbnails.map(keyOf));
  for (const [key, card] of cards) {
    if (!keys.has(key)) {
      card.element.remove();
      cards.delete(key);
    }
  }
  for (const thumbnail of [...thumbnails].reverse()) {
    const card = cards.get(keyOf(thumbnail)) ?? add(thumbnail);
    if (card.state !== thumbnail.state) {
      card.state = thumbnail.state;
      fill(card.element, thumbnail);
    }
  }
  empty.hidden = thumbnails.length > 0;
  counter.textContent = thumbnails.length > 0 ? count(thumbnails.length) : '';
}

function add(thumbnail) {
  const element = template.content.cloneNode(true).firstElementChild;
  list.prepend(element);
  const card = { element, state: undefined };
  cards.set(keyOf(thumbnail), card);
  return card;
}

function fill(element, thumbnail) {
  element.dataset.state = thumbnail.state;
  element.toggleAttribute('data-bad', thumbnail.error !== null);
  const name = element.querySelector('.card-name');
  name.textContent = thumbnail.name;
  name.title = thumbnail.name;
  element.querySelector('.card-detail').textContent = detail(thumbnail);
  const made = element.querySelector('.card-made');
  made.textContent = origin(thumbnail);
  made.classList.toggle('process', thumbnail.worker !== null);
  if (thumbnail.worker !== null) {
    made.style.setProperty('--hue', hue(thumbnail.worker));
  }
  const picture = element.querySelector('.picture');
  picture.replaceChildren(...content(thumbnail));
  // Only thumbnails with transparency are PNG.
  picture.toggleAttribute('data-transparent', thumbnail.result?.type === 'image/png');
}

function content(thumbnail) {
  if (thumbnail.error !== null) {
    return [paragraph(TITLES[thumbnail.error.reason] ?? TITLES[thumbnail.state], 'failure-title'),
      paragraph(thumbnail.error.message)];
  }
  if (thumbnail.result === null) {
    return [paragraph(thumbnail.state === 'RUNNING' ? 'Decoding…' : 'Waiting…')];
  }
  const image = new Image(thumbnail.result.width, thumbnail.result.height);
  image.src = thumbnail.result.url;
  image.alt = `Thumbnail of ${thumbnail.name}`;
  return [image];
}

const TITLES = {
  OUT_OF_MEMORY: 'Out of memory',
  NotAnImageException: 'Not an image',
  FAILED: 'Failed',
  CRASHED: 'The process died',
  TIMED_OUT: 'Took too long',
  CANCELLED: 'Cancelled',
};

function detail({ size, result }) {
  return result === null ? bytes(size) : `${result.sourceWidth} × ${result.sourceHeight}, ${bytes(size)}`;
}

function origin({ worker, millis: took, state }) {
  if (took === null) {
    return '';
  }
  if (worker === null) {
    return `after ${millis(took)}`;
  }
  return state === 'SUCCEEDED' ? `${worker} in ${millis(took)}` : `${worker} ended after ${millis(took)}`;
}

function paragraph(text, className = '') {
  const element = document.createElement('p');
  element.className = className;
  element.textContent = text;
  return element;
}
