import { existsSync } from 'node:fs';
import { connect, openLab, openServer } from 'streambook/lab';
import { expect, it } from 'vitest';
import { commandLineOf } from '../../src/lab/tools/process.ts';

it('opens a server of its own for limits, which holds a run to them and leaves nothing', async () => {
  const server = await openServer({ limits: { 'history.maximumSignalsPerExecution': 2 } });
  expect(server.owned).toBe(true);
  expect(server.address).not.toBe(process.env.TEMPORAL_ADDRESS);
  const [, database = ''] =
    (await commandLineOf(server.pid ?? 0)).match(/--db-filename (\S+)/) ?? [];
  expect(existsSync(database)).toBe(true);

  const client = await connect(server);
  const options = { taskQueue: 'no-worker', workflowId: 'limited' };
  const handle = await client.workflow.start('nobodyRunsThis', options);
  await handle.signal('first');
  await handle.signal('second');
  await expect(handle.signal('third')).rejects.toMatchObject({
    cause: { details: expect.stringContaining('limit for signal events') },
  });
  await client.connection.close();
  await server.stop();
  expect(existsSync(database)).toBe(false);
});

it('refuses a limit that could be an argument of the server', async () => {
  const limits = { '--ip': 0 };
  await expect(openLab('order', { limits })).rejects.toMatchObject({ type: 'usage' });
});
