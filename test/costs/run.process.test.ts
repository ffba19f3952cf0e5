import { expect, test } from 'vitest';
import { finished, startCommand } from '../support/command.ts';

const run = (...options: string[]) => finished(startCommand('costs', ...options));

test('npm run costs prints the bill and the walls', async () => {
  const { code, out } = await run('--interval', '200ms', '--readers', '4', '--minutes', '10');
  expect(code).toBe(0);
  expect(out).toMatch(/^signals +3,000$/m);
  expect(out).toMatch(/^first wall +10,000 signals$/m);
  expect(out).toContain('42.7 min    51,200 events: the server terminates the run');
});

test('npm run costs compares the ways to wait', async () => {
  const { out } = await run('--readers', '4', '--compare');
  expect(out).toMatch(/^ +quiet +update +official$/m);
  expect(out).toMatch(/^first wall +10,000 signals +2,000 updates +2,000 updates$/m);
});

test.each([
  ['--interval', 'soon', '"soon" is no time'],
  ['--readers', 'many', '--readers must be a number, not "many"'],
  ['--readers', '1.5', 'readers must be a whole number'],
  ['--minutes', '0', 'seconds must be a number'],
  ['--wait', 'loudly', 'wait must be one of'],
])('npm run costs refuses %s %s', async (flag, value, message) => {
  const { code, out, err } = await run(flag, value);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
  expect(err).toContain('Usage: npm run costs');
});
