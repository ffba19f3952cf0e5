/** How the scripted model behaves, as the name under which it is asked says. */
import { scriptedText } from './text.js';

/** What one request gets. */
export interface Script {
  text: string;
  /** How long until the first token, and between two tokens, in milliseconds. */
  firstTokenMs: number;
  tokenMs: number;
  fault?: Fault;
}

/** Instead of an answer: what OpenAI's API says in such a case. */
export interface Refusal {
  status: number;
  type: string;
  code: string | null;
  message: string;
  headers?: Record<string, string>;
}

/** How an answer goes wrong after it has begun. */
export type Mishap =
  | 'cut'
  | 'reset'
  | 'error'
  | 'empty'
  | 'filter'
  | 'refusal'
  | 'length'
  | 'stall';

/** What goes wrong. */
export type Fault = { refusal: Refusal } | { mishap: Mishap };

/** About as fast as a model of this size at OpenAI; real ones vary with the hour. */
const LIKE_A_MODEL = { firstTokenMs: 600, tokenMs: 22 };
const PACES: Record<string, { firstTokenMs: number; tokenMs: number }> = {
  fast: { firstTokenMs: 20, tokenMs: 4 },
  slow: { firstTokenMs: 100, tokenMs: 150 },
};

/** By the name of the setting; statuses, codes and types as documented at https://platform.openai.com/docs/guides/error-codes. */
const REFUSALS: Record<string, Refusal> = {
  '400': refusal(400, 'invalid_request_error', null, 'Unsupported value in the request of KEY.'),
  '401': refusal(
    401,
    'invalid_request_error',
    'invalid_api_key',
    'Incorrect API key provided: KEY.',
  ),
  '403': refusal(403, 'invalid_request_error', null, 'Your key KEY may not use this.'),
  '429': {
    ...refusal(429, 'requests', 'rate_limit_exceeded', 'Rate limit reached.'),
    headers: { 'retry-after': '1' },
  },
  'long-429': {
    ...refusal(429, 'requests', 'rate_limit_exceeded', 'Rate limit reached.'),
    headers: { 'retry-after': '3600' },
  },
  quota: refusal(
    429,
    'insufficient_quota',
    'insufficient_quota',
    'You exceeded your current quota.',
  ),
  '500': refusal(500, 'server_error', null, 'The server had an error.'),
  '503': refusal(503, 'server_error', null, 'The engine is overloaded.'),
};
const MISHAPS = ['cut', 'reset', 'error', 'empty', 'filter', 'refusal', 'length', 'stall'];

/**
 * Reads a model's name as `scripted`, or `scripted:` with settings between commas: `short` (two
 * sentences); `fast`, `slow`; and a fault: a status, `quota`, `cut`, `stall` and the like. A fault with
 * `-once` befalls the first attempt only. Any other name stands for `scripted`.
 *
 * @param model - as the request names it
 * @param attempt - which attempt asks, from 1
 */
export function scriptFor(model: string, attempt: number): Script {
  const settings = model.startsWith('scripted:') ? model.slice('scripted:'.length).split(',') : [];
  const script: Script = { text: scriptedText('long', attempt), ...LIKE_A_MODEL };
  for (const setting of settings) {
    const name = setting.replace(/-once$/, '');
    if (name === 'short') script.text = scriptedText('short', attempt);
    else if (Object.hasOwn(PACES, name)) Object.assign(script, PACES[name]);
    else {
      const fault = faultNamed(name, model);
      if (name === setting || attempt === 1) script.fault = fault;
    }
  }
  return script;
}

function faultNamed(name: string, model: string): Fault {
  const known = Object.hasOwn(REFUSALS, name) ? REFUSALS[name] : undefined;
  if (known) return { refusal: known };
  if (isMishap(name)) return { mishap: name };
  const message = `The model "${model}" does not exist: the script knows no "${name}".`;
  return { refusal: refusal(404, 'invalid_request_error', 'model_not_found', message) };
}

function isMishap(name: string): name is Mishap {
  return MISHAPS.includes(name);
}

function refusal(status: number, type: string, code: string | null, message: string): Refusal {
  return { status, type, code, message };
}
