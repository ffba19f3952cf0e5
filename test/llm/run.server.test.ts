import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inClone } from '../../src/lab/clone.ts';

const RUN = inClone('src', 'dist', 'llm', 'run.js');

interface Ran {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** Runs the command as a reader would, in a shell. */
async function run(args: string, onStdout = (_text: string, _pid: number) => {}): Promise<Ran> {
  const child = spawn('sh', ['-c', `exec node ${RUN} ${args}`], {
    env: { ...process.env, OPENAI_API_KEY: '', OPENAI_BASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk) => onStdout(`${chunk}`, Number(child.pid)));
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr, code: await exited };
}

let client: Client;
beforeAll(async () => {
  client = new Client({
    connection: await Connection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' }),
  });
});
afterAll(() => client.connection.close());

/** The workflow that the header names. */
function workflowOf({ stdout }: Ran) {
  const [, id = ''] = /^workflow (\S+)$/m.exec(stdout) ?? [];
  return client.workflow.getHandle<() => Promise<string>>(id);
}

describe('npm run llm', () => {
  test('prints a header, the answer, and that it is the result', async () => {
    const ran = await run('--model scripted:short,fast --prompt "What is a quorum?"');
    expect(ran.code).toBe(0);
    const result = await workflowOf(ran).result();
    expect(ran.stdout).toBe(
      `workflow ${workflowOf(ran).workflowId}
prompt   What is a quorum?
model    scripted:short,fast (a script answers, not a model; see --help)

${result}

── complete in attempt 1: 24 words, as the workflow’s result ──
`,
    );
  });

  test('answers from the script without a key, and says so', async () => {
    const ran = await run('| head -c 400');
    expect(ran.stdout).toContain('model    scripted (a script answers');
  });

  test('puts the whole answer after the last mark when the worker was killed', async () => {
    const ran = await run('--model scripted:fast,stall-once --kill-after 300ms');
    expect(ran.code).toBe(0);
    const result = await workflowOf(ran).result();
    const [first = '', second = ''] = ran.stdout.split('── attempt 2: starting again ──\n');
    expect(first).toMatch(/^── worker \d+ is killed; starting another ──$/m);
    expect(second).toBe(
      `${result}\n\n── complete in attempt 2: ${result.split(/\s+/).length} words, as the workflow’s result ──\n`,
    );
    expect(ran.stdout).not.toContain('\u001b');
  });

  test('tells what went wrong in one sentence, and fails', async () => {
    const ran = await run('--model scripted:quota');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('failed   The account has no credit left');
    expect(ran.stderr).not.toMatch(/^ +at /m);
  });

  test('tells that it tries again', async () => {
    const ran = await run('--model scripted:short,fast,429-once');
    expect(ran.stdout).toContain('asks to wait 1 s: 429 Rate limit reached. Trying again … ──');
    expect(ran.code).toBe(0);
  });

  test.each([
    ['--kill-after soon', 'takes a duration'],
    ['--prompt ""', 'The prompt is empty'],
    ['--model "two words"', "model's name"],
    ['--nonsense', 'Unknown option'],
  ])('refuses %s with one sentence and its usage', async (args, sentence) => {
    const ran = await run(args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(sentence);
    expect(ran.stderr).toContain('Usage: npm run llm');
    expect(ran.stdout).toBe('');
  });

  test('ends quietly when nobody reads any more, and asks no further', async () => {
    const { stdout, stderr } = await run('--model scripted:slow | head -2');
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stderr).not.toMatch(/EPIPE|^ +at /m);
    const description = await workflowOf({ stdout, stderr, code: 0 }).describe();
    expect(description.status.name).toBe('TERMINATED');
  });

  test('ends the workflow on Ctrl-C', async () => {
    let killed = false;
    const ran = await run('--model scripted:slow', (chunk, pid) => {
      if (killed || !chunk.includes('model ')) return;
      killed = true;
      process.kill(pid, 'SIGINT');
    });
    expect(ran.code).toBe(130);
    expect((await workflowOf(ran).describe()).status.name).toBe('TERMINATED');
  });
});
