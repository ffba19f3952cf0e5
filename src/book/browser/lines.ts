import { recall, remember } from './memory.js';

/** Shows numbers beside the lines of code when they are asked for; a click on a number is a link to its line. */
export function startLines(): { turn(): void } {
  const { dataset } = document.documentElement;
  if (recall('lines') === 'shown') dataset.lines = '';
  document.addEventListener('click', ({ target, clientX }) => {
    if (!(target instanceof Element) || !target.matches('.line[id]')) return;
    if (dataset.lines === undefined && target.closest('.numbered') === null) return;
    // The number is drawn before the line, which alone can be clicked: what is left of the text is the number.
    const range = document.createRange();
    range.selectNodeContents(target);
    if (clientX < range.getBoundingClientRect().left) location.hash = target.id;
  });
  return {
    turn() {
      if (dataset.lines === undefined) dataset.lines = '';
      else delete dataset.lines;
      remember('lines', dataset.lines === undefined ? undefined : 'shown');
    },
  };
}
