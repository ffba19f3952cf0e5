import { expect, it } from 'vitest';
import { canStart, type Need, renderReport } from '../../src/lab/doctor/report.ts';

const node: Need = {
  name: 'Node',
  found: true,
  detail: '20.20.2  /usr/bin/node',
  remedy: 'nvm install 22',
  neededFor: 'npm start',
};
const chromium: Need = {
  name: 'Chromium',
  found: false,
  detail: 'not on the PATH',
  remedy: 'apt-get install chromium',
  neededFor: 'npm test',
};

it('shows what is there with its place, and what is missing with the command that gets it', () => {
  expect(renderReport([node, chromium])).toBe(
    [
      'ok       Node      20.20.2  /usr/bin/node',
      'missing  Chromium  not on the PATH; for npm test, run: apt-get install chromium',
    ].join('\n'),
  );
});

it('points to a page where no single command helps', () => {
  const python = { ...chromium, name: 'Python', remedy: 'https://www.python.org/downloads' };
  expect(renderReport([python])).toContain('for npm test, see https://www.python.org');
});

it('is content when only tests miss something', () => {
  expect(canStart([node, chromium])).toBe(true);
});

it('is not content when the book cannot be started', () => {
  expect(canStart([{ ...node, found: false }, chromium])).toBe(false);
});
