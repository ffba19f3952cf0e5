/** For who writes the book: a page reloads after each build, and shows over its text why one has failed. */
import { readHealth } from './api.js';
import { element } from './element.js';
import { followBook } from './reload.js';

const notice = element('div', 'build-problem');
notice.setAttribute('role', 'alert');
notice.hidden = true;
document.body.prepend(notice);

const health = await readHealth();
if (health) {
  followBook(health.build, (state) => {
    const problem =
      state === undefined ? 'The book is not served any more: npm run dev' : state.problem;
    notice.textContent = problem ?? '';
    notice.hidden = problem === undefined;
  });
}
