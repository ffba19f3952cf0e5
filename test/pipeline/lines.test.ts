import { describeEvent } from 'streambook/pipeline';
import { expect, test } from 'vitest';

test('a line names the offset, the topic, the stage and what was said of it', () => {
  const started = { kind: 'started', stage: 'parse' } as const;
  expect(describeEvent({ topic: 'stage', data: started, offset: 5 })).toBe(
    ' 5  stage     parse started',
  );
  const progress = { stage: 'parse', percent: 25 };
  expect(describeEvent({ topic: 'progress', data: progress, offset: 16 })).toBe(
    '16  progress  parse 25 %',
  );
});
