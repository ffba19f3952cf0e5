import { type AnswerEvent, DEFAULT_MODEL, DEFAULT_PROMPT, startLlm } from 'streambook/llm';
import { type Connection, launcherOf } from './launch.js';
import type { Launcher } from './runs.js';

/** All topics of an answer; those that an answer without mishap is made of come first, and so have colours. */
const TOPICS: AnswerEvent['kind'][] = ['delta', 'complete', 'retry', 'start', 'failed'];

/** What may be asked, by what the panel calls it. The gateway of chapter 9 takes one that somebody types. */
const PROMPTS: Record<string, string> = {
  'three protocols compared': DEFAULT_PROMPT,
  'a quorum in three sentences': 'Explain in three sentences what a quorum is, and why it works.',
  'a poem about offsets': 'Write a poem of eight lines about the offsets of an event stream.',
};

/** The scripts, by what the panel calls them. */
const SCRIPTS: Record<string, string> = {
  scripted: 'scripted',
  'scripted, cut off once': 'scripted:cut-once',
};

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
  return launcherOf(
    {
      topics: TOPICS,
      knobs: {
        model: { label: 'model', values: [...configuredModel(env), ...Object.keys(SCRIPTS)] },
        prompt: { label: 'prompt', values: Object.keys(PROMPTS) },
      },
      timeLimitMs: TIME_LIMIT_MS,
      start: (client, id, { model, prompt }) =>
        startLlm(client, id, {
          model: SCRIPTS[model] ?? model,
          prompt: PROMPTS[prompt] ?? DEFAULT_PROMPT,
        }),
      told: (answer) => `${answer.split(/\s+/).filter(Boolean).length} words`,
    },
    connection,
  );
}

/** `OPENAI_MODEL` is for servers that have another one, as local servers do. */
function configuredModel({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL }: NodeJS.ProcessEnv) {
  const isConfigured = OPENAI_API_KEY?.trim() || OPENAI_BASE_URL?.trim();
  return isConfigured ? [OPENAI_MODEL?.trim() || DEFAULT_MODEL] : [];
}
