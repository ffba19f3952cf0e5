import { element } from './element.js';

/**
 * Lets a quiz be answered in its place: each choice gets a button, which tells whether it is right; the
 * right one opens the answer.
 */
export function startQuizzes(): void {
  for (const answer of document.querySelectorAll<HTMLDetailsElement>('details.quiz')) {
    const list = answer.previousElementSibling;
    if (list instanceof HTMLOListElement) makeChoosable(list, answer);
  }
}

function makeChoosable(list: HTMLOListElement, answer: HTMLDetailsElement): void {
  const choices = [...list.children].filter((child) => child instanceof HTMLLIElement);
  const right = choices[Number(answer.dataset.answer) - 1];
  // Words for who cannot see the colour; they are said when they change.
  const verdict = element('p', 'verdict');
  verdict.setAttribute('role', 'status');
  list.after(verdict);
  for (const [index, choice] of choices.entries()) {
    // Over the number of the list, which it repeats, so that nothing moves.
    const button = element('button', 'choose', `${index + 1}`);
    button.type = 'button';
    button.setAttribute('aria-label', `Choose ${index + 1}`);
    button.addEventListener('click', () => {
      for (const other of choices) delete other.dataset.verdict;
      choice.dataset.verdict = choice === right ? 'right' : 'wrong';
      verdict.textContent =
        choice === right
          ? `${index + 1} is right.`
          : `It is not ${index + 1}. Try another, or open the answer.`;
      if (choice === right) answer.open = true;
    });
    choice.prepend(button);
  }
}
