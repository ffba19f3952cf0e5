import { expect, test } from 'vitest';
import { watchServer } from '../../src/web/watch-server.ts';

test('a server that goes and comes back is told of once each, and not any more when nobody watches', async () => {
  const answers = [true, false, false, true, true, false];
  const watching = new AbortController();
  const told: string[] = [];
  let asked = 0;
  await watchServer({
    async ask() {
      const answer = answers[asked++];
      if (asked === answers.length) watching.abort();
      if (!answer) throw new Error('14 UNAVAILABLE');
    },
    onState: (state) => told.push(state),
    wait: async () => {},
    signal: watching.signal,
  });
  expect(told).toEqual(['silent', 'ready']);
  expect(asked).toBe(answers.length);
});
