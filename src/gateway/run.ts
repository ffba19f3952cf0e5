/**
 * `npm run gateway`: an answer, read by several readers whose connections are cut at random, from a gateway that
 * is replaced by another one half-way.
 */
import { randomBytes } from 'node:crypto';
import { asUsage, type Lab, openLab, runCommand } from 'streambook/lab';
import { cutLine, seeded } from './cuts.js';
import { createGateway, type GatewayOptions } from './gateway.js';
import { listen } from './listen.js';
import { readOptions, USAGE } from './options.js';
import { askGateway, readAnswer } from './reader.js';

const ORIGIN = 'http://chat.example';
const PROMPT = 'Compare three consensus protocols.';

/** Who has this many events tells that half of the answer is there. */
const HALF_WAY = 300;

/** A reader, and what became of it. */
interface Reader {
  connections: number;
  offsets: number[];
  text: string;
}

type Options = ReturnType<typeof readOptions>;

async function watch(lab: Lab, taskQueue: string, options: Options, signal: AbortSignal) {
  const { readers: count, seed, kilobytes } = options;
  // What all processes of a deployment share: nothing else goes from one gateway to the next.
  const shared: GatewayOptions = {
    client: lab.client,
    secrets: [randomBytes(32).toString('hex')],
    origin: ORIGIN,
    isSecure: false,
    model: 'scripted',
    taskQueue,
    onError: (error) => console.error(error),
  };
  let server = await listen(createGateway(shared));
  const random = seeded(seed);
  const line = await cutLine({
    target: () => server.port,
    // A kilobyte, so that each connection brings something.
    bytes: () => 1_024 * (1 + random() * (kilobytes - 1)),
  });
  let handedOver: Promise<void> | undefined;
  const replace = async (): Promise<void> => {
    const old = server;
    server = await listen(createGateway(shared));
    const begin = performance.now();
    await old.close();
    const ms = (performance.now() - begin).toFixed(0);
    console.log(`deploy    another gateway has taken over; the old one was gone after ${ms} ms`);
  };

  try {
    // The question goes to the gateway itself: asked over a line that breaks, it might be asked twice.
    const { id, events, cookie } = await askGateway(server.url, ORIGIN, PROMPT);
    console.log(`workflow  llm-${id}`);
    const read = async (): Promise<Reader> => {
      const reader: Reader = { connections: 0, offsets: [], text: '' };
      const pages = readAnswer(`${line.url}${events}`, {
        cookie,
        retryMs: 100,
        signal,
        onOpen: () => reader.connections++,
      });
      for await (const { answer, next } of pages) {
        reader.offsets.push(next - 1);
        reader.text = answer.text;
        if (reader.offsets.length === HALF_WAY) handedOver ??= replace();
      }
      return reader;
    };
    const readers = await Promise.all(Array.from({ length: count }, read));
    await handedOver;
    if (signal.aborted) return await lab.client.workflow.getHandle(`llm-${id}`).terminate('left');
    const result = await lab.client.workflow.getHandle<() => Promise<string>>(`llm-${id}`).result();
    report(readers, result, line.cuts);
  } finally {
    await Promise.all([line.close(), server.close(0)]);
  }
}

function report(readers: Reader[], result: string, cuts: number): void {
  console.log(`line      cut ${cuts} times\n\n${readers[0]?.text}\n`);
  for (const [index, { connections, offsets, text }] of readers.entries()) {
    const isWhole = offsets.every((offset, position) => offset === position) && text === result;
    if (!isWhole) throw new Error(`Reader ${index + 1} has something else than the answer.`);
    console.log(
      `reader ${index + 1}  ${connections} connections, ${offsets.length} events, each of them once`,
    );
  }
}

await runCommand(USAGE, async (stopSignal) => {
  const options = asUsage(() => readOptions(process.argv.slice(2)));
  const signal = stopSignal();
  const taskQueue = `llm-${randomBytes(3).toString('hex')}`;
  await using lab = await openLab('llm', { taskQueue });
  if (!signal.aborted) await watch(lab, taskQueue, options, signal);
});
