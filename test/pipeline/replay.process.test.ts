import { beforeAll, describe, expect, test } from 'vitest';
import { bundleForReplay, historiesIn, replay } from '../support/replay.ts';

const histories = historiesIn(new URL('./histories/', import.meta.url));
const workflows = import.meta.resolve('../../src/dist/pipeline/workflow.js');

describe('the pipeline’s workflow code', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    workflowBundle = await bundleForReplay(workflows);
  }, 30_000);

  test('bundles for the sandbox, without the client side of the stream or a database', () => {
    expect(workflowBundle.code).toContain('workflow_stream_read');
    expect(workflowBundle.code).not.toContain('fromWithinActivity');
    expect(workflowBundle.code).not.toContain('next_offset = excluded');
  });

  test.each(histories.names)(
    'replays the recorded history %s without a difference',
    async (file) => {
      await replay(workflowBundle, histories.read(file), file);
    },
  );
});
