/** What a page of the book does besides being read. Without it, everything can be read all the same. */
import { startHover } from './hover.js';
import { startKeys } from './keys.js';
import { startProgress } from './progress.js';
import { startSearch } from './search.js';
import { startTerms } from './terms.js';
import { startTheme } from './theme.js';
import { startTools } from './tools.js';

const theme = startTheme();
const search = startSearch();
const hover = startHover();
const keys = startKeys({ search: search.open, theme: theme.turn, type: hover.step });
startTools({ search: search.open, theme: theme.turn, keys: keys.open });
startProgress();
startTerms();
