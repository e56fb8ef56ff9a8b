// The table the workers write. Names come from outside: they are only ever set as text.

import { bytes, count, hue } from './format.js';

const rows = document.getElementById('catalogue');
const counter = document.getElementById('catalogue-count');

let shown;

export function showCatalogue({ size, newest }) {
  const last = newest[0]?.id;
  if (last !== shown) {
    shown = last;
    counter.textContent = count(size);
    rows.replaceChildren(...newest.map(row));
  }
}

function row({ id, name, width, height, bytes: size, worker }) {
  const element = document.createElement('tr');
  const image = cell(name, 'catalogue-name');
  image.title = name;
  const process = cell('');
  const who = document.createElement('b');
  who.className = 'process';
  who.textContent = worker;
  who.style.setProperty('--hue', hue(worker));
  process.append(who);
  element.append(cell(count(id)), image, cell(`${width} × ${height}`), cell(bytes(size)), process);
  return element;
}

function cell(text, className = '') {
  const element = document.createElement('td');
  element.className = className;
  element.textContent = text;
  return element;
}
