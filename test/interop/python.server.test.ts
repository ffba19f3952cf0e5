/** Ours and the Python SDK's workflow streams together, each as host, as publisher and as reader. */
import { Client, type WorkflowClientInterceptor, type WorkflowHandle } from '@temporalio/client';
import { WorkflowStreamClient } from 'streambook/client';
import { summarizeHistory } from 'streambook/lab';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFailed,
  onTestFinished,
  test,
} from 'vitest';
import { upTo } from '../support/offsets.js';
import { canSkipPython, type PythonProgram, startPython } from '../support/python.ts';
import { startTestWorker, type TestWorker } from '../support/worker.js';

const script = (name: string) => new URL(`./python/${name}.py`, import.meta.url);

describe.skipIf(canSkipPython)('with Python from `npm run jupyter:install`', () => {
  let worker: TestWorker;
  let pythonWorker: PythonProgram;
  const pythonQueue = `python-${crypto.randomUUID()}`;

  beforeAll(async () => {
    worker = await startTestWorker(new URL('./workflows.ts', import.meta.url));
    pythonWorker = await startPython(script('worker'), [pythonQueue], 0);
  });
  afterAll(async () => {
    await worker?.stop();
    pythonWorker?.input([]);
    await pythonWorker?.output;
  });
  beforeEach(() => {
    const before = pythonWorker.log().length;
    onTestFailed(() => {
      const log = pythonWorker.log().slice(before);
      if (log) console.error(`worker.py logged:\n${log}`);
    });
  });

  async function start(host: 'ourHost' | 'pythonHost') {
    const { client } = worker;
    const handle = await client.workflow.start(host, {
      workflowId: worker.newId(host),
      taskQueue: host === 'ourHost' ? worker.taskQueue : pythonQueue,
    });
    // A workflow that the test has closed itself takes no signal.
    onTestFinished(() => handle.signal('leave').catch(() => {}));
    const stream = WorkflowStreamClient.create(client, handle.workflowId);
    // Signals that come with the first workflow task reach a Python host before its own first item.
    expect(await stream.getOffset()).toBe(1);
    return { handle, stream };
  }

  async function python(name: string, { workflowId }: WorkflowHandle, ...args: string[]) {
    const program = await startPython(script(name), [workflowId, ...args]);
    onTestFinished(program.kill);
    return program;
  }

  describe.each([
    ['our host', 'ourHost'],
    ['a Python host', 'pythonHost'],
  ] as const)('on %s', (_, host) => {
    test('two publishers arrive whole and each in its order, which is the same to both readers', async () => {
      const { handle, stream } = await start(host);
      const each = upTo(40);
      const total = 1 + 2 * each.length;
      const theirs = await python('read', handle, '--count', `${total}`);
      const publisher = await python('publish', handle, 'python');
      const publishOurs = async () => {
        for (const n of each) {
          stream.topic('ours').publish(n);
          if (n % 5 === 0) await stream.flush();
        }
        await stream.flush();
      };
      publisher.input(each);
      const [lines, theirLines] = await Promise.all([
        collect(stream, total),
        theirs.output,
        publisher.output,
        publishOurs(),
      ]);

      expect(theirLines).toEqual(lines);
      expect(lines.map(({ offset }) => offset)).toEqual(upTo(total));
      const on = (name: string) =>
        lines.filter(({ topic }) => topic === name).map(({ value }) => value);
      expect({ host: on('host'), ours: on('ours'), python: on('python') }).toEqual({
        host: ['open'],
        ours: each,
        python: each,
      });
    });

    test('a value of every kind arrives as it was, from both publishers, at both readers', async () => {
      const { handle, stream } = await start(host);
      const topics = ['naše', 'pythonové'] as const;
      const values = VALUES.map(portable);
      const publisher = await python('publish', handle, topics[1]);
      publisher.input(values);
      await publisher.output;
      for (const value of VALUES) stream.topic(topics[0]).publish(value);
      await stream.flush();

      const theirs = await python(
        'read',
        handle,
        '--count',
        `${2 * values.length}`,
        '--topics',
        ...topics,
      );
      const expected = [
        ...values.map((value, n) => ({ offset: 1 + n, topic: topics[1], value })),
        ...values.map((value, n) => ({ offset: 1 + values.length + n, topic: topics[0], value })),
      ];
      expect(await collect(stream, expected.length, [...topics])).toEqual(expected);
      expect(await theirs.output).toEqual(expected);
    });

    test('both readers get past what does not fit into one answer', async () => {
      const { handle, stream } = await start(host);
      const big = upTo(4).map((n) => `${n}`.repeat(400_000));
      for (const value of big) stream.topic('big').publish(value);
      await stream.flush();
      const theirs = await python('read', handle, '--count', '5');
      const ours = await collect(stream, 5);
      expect(ours.map(({ value }) => value)).toEqual(['open', ...big]);
      expect(await theirs.output).toEqual(ours);
    });

    test('a batch that arrives a second time is taken once, from both publishers', async () => {
      const { handle, stream } = await start(host);
      const { client, batches } = losingTheFirstAnswer(worker.client);
      const ours = WorkflowStreamClient.create(client, handle.workflowId);
      for (const n of upTo(3)) ours.topic('ours').publish(n);
      await ours.flush();
      expect(batches).toHaveLength(2);
      expect(batches[0]).toEqual(batches[1]);
      const publisher = await python('publish', handle, 'python', '--twice');
      publisher.input(upTo(3));
      await publisher.output;

      // A signal that comes during a workflow task is in the history after it.
      await expect.poll(() => signalsOf(handle), { timeout: 10_000 }).toBe(4);
      expect(await stream.getOffset()).toBe(7);
      const theirs = await python('read', handle, '--count', '7');
      expect(await theirs.output).toEqual([
        { offset: 0, topic: 'host', value: 'open' },
        ...upTo(3).map((value) => ({ offset: 1 + value, topic: 'ours', value })),
        ...upTo(3).map((value) => ({ offset: 4 + value, topic: 'python', value })),
      ]);
    });
  });

  test.for(['ourHost', 'pythonHost'] as const)(
    'either reader reads a stream of %s that has closed, to its last item',
    async (host) => {
      const { handle, stream } = await start(host);
      const early = await python('read', handle);
      await handle.signal('leave');
      await handle.result();
      const late = await python('read', handle);
      const ours = await collect(stream);
      expect(ours.at(-1)).toMatchObject({ topic: 'host', value: 'closed' });
      expect(ours.map(({ offset }) => offset)).toEqual(upTo(ours.length));
      expect(await early.output).toEqual(ours);
      expect(await late.output).toEqual(ours);
    },
  );
});

const bytes = (...values: number[]) => Uint8Array.from(values);

/** One of each kind that both languages have. */
const VALUES: readonly unknown[] = [
  { id: 7, tags: ['a', null], nested: { ok: true, ключ: '値' } },
  [1, [2, []]],
  'plain',
  '',
  'žluťoučký 🐎 "\\ \u2028',
  bytes(0x00, 0xff, 0x7f, 0x80),
  bytes(),
  -0.5,
  2 ** 53 - 1,
  true,
  null,
];

/**
 * A value as JSON can carry it, in which bytes are `{ hex }` as in `python/program.py`. Python sends
 * `None` with the encoding `binary/null`, which the SDK for TypeScript reads as `undefined`.
 */
function portable(value: unknown): unknown {
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString('hex') };
  return value ?? null;
}

/** What our reader sees, as `read.py` prints it. */
async function collect(
  stream: WorkflowStreamClient,
  count = Number.POSITIVE_INFINITY,
  topics: string[] = [],
) {
  const lines: { offset: number; topic: string; value: unknown }[] = [];
  for await (const item of stream.subscribe<unknown>(topics, 0, { resultType: true })) {
    const { offset, topic, data } = item;
    if (lines.push({ offset, topic, value: portable(data) }) === count) break;
  }
  return lines;
}

/** How many signals a workflow has received. */
async function signalsOf(handle: WorkflowHandle): Promise<number> {
  return (await summarizeHistory(handle)).kinds.WorkflowExecutionSignaled ?? 0;
}

/** A client whose first signal reaches the server and fails as if it had not. */
function losingTheFirstAnswer({ connection }: Client): { client: Client; batches: unknown[] } {
  const batches: unknown[] = [];
  const interceptor: WorkflowClientInterceptor = {
    async signal(input, next) {
      await next(input);
      if (batches.push(input.args[0]) === 1) throw new Error('the answer was lost');
    },
  };
  return { client: new Client({ connection, interceptors: { workflow: [interceptor] } }), batches };
}
