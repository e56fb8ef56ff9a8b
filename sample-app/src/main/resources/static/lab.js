// The buttons. Each stands for something to submit; what becomes of it is seen elsewhere on the page.

import { post } from './api.js';
import { attempt } from './notice.js';

/** @param onSubmitted called after each submission */
export function bindButtons(onSubmitted) {
  for (const button of document.querySelectorAll('.experiments button')) {
    const path = button.dataset.post ?? `/api/runs?experiment=${button.dataset.run}`;
    button.addEventListener('click', () => attempt(() => post(path), onSubmitted));
  }
}
