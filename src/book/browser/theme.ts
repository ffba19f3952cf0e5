import { applyTheme, chooseTheme, chosenTheme, shownTheme } from './theme-choice.js';

/** Follows the theme that the reader chooses, in other tabs as well. */
export function startTheme(): { turn(): void } {
  window.addEventListener('storage', () => applyTheme(chosenTheme()));
  return { turn: () => chooseTheme(shownTheme() === 'dark' ? 'light' : 'dark') };
}
