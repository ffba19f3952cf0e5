import { recall, remember } from './memory.js';

export type Theme = 'light' | 'dark';

/** What the reader chose; `undefined` for what the system says. */
export function chosenTheme(): Theme | undefined {
  const chosen = recall('theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : undefined;
}

/** Shows the page in a theme, or in that of the system. */
export function applyTheme(theme: Theme | undefined): void {
  if (theme === undefined) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Remembers a theme for all pages; one that is the system's is not remembered, so that it follows the system again. */
export function chooseTheme(theme: Theme): void {
  const chosen = theme === systemTheme() ? undefined : theme;
  remember('theme', chosen);
  applyTheme(chosen);
}

/** The theme that is shown. */
export function shownTheme(): Theme {
  return chosenTheme() ?? systemTheme();
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
