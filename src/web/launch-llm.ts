import { type AnswerEvent, DEFAULT_MODEL, DEFAULT_PROMPT, startLlm } from 'streambook/llm';
import { z } from 'zod';
import { choice, text } from './knob-kinds.js';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** All topics of an answer; those that an answer without mishap is made of come first, and so have colours. */
const TOPICS: AnswerEvent['kind'][] = ['delta', 'complete', 'retry', 'start', 'failed'];

/** Questions that need not be typed, by what the panel calls them. */
const PRESETS: Record<string, string> = {
  'three protocols compared': DEFAULT_PROMPT,
  'a quorum in three sentences': 'Explain in three sentences what a quorum is, and why it works.',
  'a poem about offsets': 'Write a poem of eight lines about the offsets of an event stream.',
};

/** More than somebody types into a panel, and in any alphabet less than the 4 kB that a request may have. */
const LONGEST_PROMPT = 1_000;

/** The scripts, and what the panel calls them. */
const SCRIPTS: Record<string, string> = {
  scripted: 'scripted',
  'scripted:cut-once': 'scripted, cut off once',
};

const SCRIPT_NOTE =
  'A script answers, not a model: it says the same whatever you ask, about three protocols.';

/** Three attempts of a slow local model, in milliseconds. */
const TIME_LIMIT_MS = 600_000;

/**
 * Offers the scenario `llm`: the model that the environment names, if it does, or a script.
 *
 * @param env - only whether it names a model is read here; the key stays in the worker
 */
export function llmLauncher(
  connection: () => Connection | undefined,
  env: NodeJS.ProcessEnv,
): Launcher {
  const [first = 'scripted', ...others] = new Set([...configured(env), ...Object.keys(SCRIPTS)]);
  const scripted = [first, ...others].filter((model) => /^scripted(:|$)/.test(model));
  return launcherOf(
    {
      topics: TOPICS,
      knobs: z.strictObject({
        model: choice([first, ...others], {
          label: 'model',
          names: SCRIPTS,
          notes: Object.fromEntries(scripted.map((model) => [model, SCRIPT_NOTE])),
        }),
        prompt: text({
          label: 'prompt',
          max: LONGEST_PROMPT,
          default: DEFAULT_PROMPT,
          presets: PRESETS,
        }),
      }),
      timeLimitMs: TIME_LIMIT_MS,
      start: (client, id, { model, prompt }) => startLlm(client, id, { model, prompt }),
      told: (answer) => `${answer.split(/\s+/).filter(Boolean).length} words`,
    },
    connection,
  );
}

/** `OPENAI_MODEL` is for servers that have another one, as local servers do. */
function configured({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL }: NodeJS.ProcessEnv) {
  const isConfigured = OPENAI_API_KEY?.trim() || OPENAI_BASE_URL?.trim();
  return isConfigured ? [OPENAI_MODEL?.trim() || DEFAULT_MODEL] : [];
}
