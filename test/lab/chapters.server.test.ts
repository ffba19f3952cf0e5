import { expect, onTestFinished, test } from 'vitest';
import { open } from '../../src/lab/chapters.ts';
import { connect } from '../../src/lab/connect.ts';

test('what the chapters run on can be found by its environment, and tells its versions', async () => {
  const lab = await open();
  onTestFinished(lab.close);
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = lab.env;
  const client = await connect({ address, namespace });
  onTestFinished(() => client.connection.close());
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  expect(lab.versions).toEqual({
    'Temporal server': serverVersion,
    'Temporal SDK': expect.stringMatching(/^1\.\d+\.\d+$/),
  });
  expect(serverVersion).toMatch(/^\d+\.\d+\.\d+/);
});
