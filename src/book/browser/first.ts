/** Runs before the page is painted, so that a reader in the dark is not shown the light first. */
import { applyTheme, chosenTheme } from './theme-choice.js';

applyTheme(chosenTheme());
