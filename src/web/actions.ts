import { Refusal } from './refusal.js';

/** Something that a page may do to a run that goes on. */
export interface ActionInfo {
  /** What a panel calls it. */
  label: string;
  /** Most characters of the text that goes with it. @defaultValue no text goes with it */
  maxLength?: number;
}

/** The actions of a scenario, by name. */
export type Actions = Readonly<Record<string, ActionInfo>>;

/**
 * Checks what a browser sent along with an action.
 *
 * @returns the text without blanks around it; empty for an action without a text
 * @throws Refusal `BadText` when it is none, is empty, or is too long
 */
export function readText({ maxLength }: ActionInfo, sent: unknown): string {
  if (maxLength === undefined) return '';
  const text = typeof sent === 'string' ? sent.trim() : '';
  if (text !== '' && text.length <= maxLength) return text;
  throw new Refusal(400, 'BadText', `The text must have 1 to ${maxLength} characters.`);
}
