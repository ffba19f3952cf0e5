/** Where a question goes: to the server that the environment names, or to the script. */
import { ApplicationFailure } from '@temporalio/common';
import OpenAI from 'openai';
import { type ScriptedServer, startScriptedServer } from './scripted/server.js';

/** A model, ready to be asked. */
export interface Model {
  /** The real client of OpenAI, which does not retry: that is the workflow's to decide. */
  openai: OpenAI;
  /** The name by which it is asked. */
  name: string;
  scripted: boolean;
  /** The key, which must not get out of this process. */
  key: string;
}

/** Local servers want no key, but the client does. */
const NO_KEY = 'no-key';

let script: Promise<ScriptedServer> | undefined;

// #region choose-model
/**
 * Finds the server for a model: that of `OPENAI_BASE_URL`, or OpenAI's own when there is only an
 * `OPENAI_API_KEY`. Where there is neither, and for a model whose name begins with `scripted`, a
 * script in this process answers over the same protocol.
 *
 * @param env - the environment of the worker
 * @throws ApplicationFailure `BadBaseUrl`, which is not tried again
 */
export async function chooseModel(wanted: string, env: NodeJS.ProcessEnv): Promise<Model> {
  const key = env.OPENAI_API_KEY?.trim();
  const baseUrl = env.OPENAI_BASE_URL?.trim();
  const isScript = /^scripted(:|$)/.test(wanted);
  if (isScript || (!key && !baseUrl)) {
    script ??= startScriptedServer();
    const { url } = await script;
    const name = isScript ? wanted : 'scripted';
    return { openai: client(url, NO_KEY), name, scripted: true, key: NO_KEY };
  }
  if (baseUrl && !URL.canParse(baseUrl)) {
    const message = 'OPENAI_BASE_URL is no URL. It should look like http://127.0.0.1:8080/v1.';
    throw ApplicationFailure.nonRetryable(message, 'BadBaseUrl');
  }
  const openai = client(baseUrl || undefined, key || NO_KEY);
  return { openai, name: wanted, scripted: false, key: key || NO_KEY };
}
// #endregion choose-model

function client(baseURL: string | undefined, apiKey: string): OpenAI {
  return new OpenAI({ apiKey, baseURL: baseURL ?? OPENAI_URL, maxRetries: 0, logLevel: 'off' });
}

const OPENAI_URL = 'https://api.openai.com/v1';
