/** What a page of the book does besides being read. Without it, everything can be read all the same. */
import { startCopy } from './copy.js';
import { startHover } from './hover.js';
import { startKeys } from './keys.js';
import { startLines } from './lines.js';
import { startProgress } from './progress.js';
import { startQuizzes } from './quiz.js';
import { startSearch } from './search.js';
import { startRecordings } from './tape/start.js';
import { startTerms } from './terms.js';
import { startTheme } from './theme.js';
import { startTools } from './tools.js';

const theme = startTheme();
const search = startSearch();
const hover = startHover();
const lines = startLines();
const keys = startKeys({
  search: search.open,
  theme: theme.turn,
  type: hover.step,
  lines: lines.turn,
});
startTools({ search: search.open, theme: theme.turn, keys: keys.open });
startCopy();
startProgress();
startQuizzes();
startTerms();
startRecordings();
