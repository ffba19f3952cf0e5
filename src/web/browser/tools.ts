import { element } from './element.js';
import type { ScenarioInfo } from './wire.js';

/** What a panel does when the buttons under its events are pressed. */
export interface ToolActions {
  /** Leaves the run, or comes back to it. */
  turnConnection(): void;
  /** Does something to the run: one of the scenario's actions. */
  act(action: string, text: string): void;
  /** Ends the worker as a crash would; none where a page may not. */
  kill?: () => void;
}

/** The buttons under the events of a run. */
export interface Tools {
  root: HTMLElement;
  /** @param isRunning - whether there is a run that goes on; @param isAway - whether this page has left it */
  refresh(state: { bookReady: boolean; isRunning: boolean; isAway: boolean }): void;
  /** Says which offset each reader wants next. @param resumedAt - where each went on after a refresh, if there was one */
  showCursors(offsets: readonly number[], resumedAt?: readonly number[]): void;
}

/** Draws them; what cannot be done now is disabled. */
export function drawTools(actions: ScenarioInfo['actions'], on: ToolActions): Tools {
  const connection = drawButton('Disconnect', on.turnConnection);
  const kill = on.kill && drawButton('Kill the worker', on.kill);
  const forms = Object.entries(actions).map(([name, info]) =>
    drawAction(info, (text) => on.act(name, text)),
  );
  const cursors = element('span', 'run-cursors');
  const root = element('div', 'run-actions');
  root.append(...forms.map((form) => form.root), connection, ...(kill ? [kill] : []), cursors);
  return {
    root,
    refresh({ bookReady, isRunning, isAway }) {
      connection.textContent = isAway ? 'Reconnect' : 'Disconnect';
      connection.disabled = !isRunning;
      for (const form of forms) form.setDisabled(!isRunning);
      if (kill) kill.disabled = !bookReady;
    },
    showCursors(offsets, resumedAt = []) {
      const s = offsets.length === 1 ? '' : 's';
      const now = offsets.length === 0 ? '' : `cursor${s}: ${offsets.join(', ')}`;
      const then = resumedAt.length === 0 ? '' : ` · resumed at offset${s} ${resumedAt.join(', ')}`;
      cursors.textContent = now + then;
    },
  };
}

/** A button, with a field before it where a text goes with the action. */
function drawAction(
  { label, maxLength }: ScenarioInfo['actions'][string],
  act: (text: string) => void,
) {
  if (maxLength === undefined) {
    const button = drawButton(label, () => act(''));
    return { root: button, setDisabled: (isDisabled: boolean) => (button.disabled = isDisabled) };
  }
  const field = element('input', 'run-text-field');
  Object.assign(field, { type: 'text', maxLength, required: true });
  field.setAttribute('aria-label', `${label}: a text of up to ${maxLength} characters`);
  const button = element('button', 'run-action', label);
  const form = element('form', 'run-form');
  form.append(field, button);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.value.trim() === '') return;
    act(field.value);
    field.value = '';
  });
  const setDisabled = (isDisabled: boolean) => {
    field.disabled = isDisabled;
    button.disabled = isDisabled;
  };
  return { root: form, setDisabled };
}

function drawButton(text: string, onPress: () => void): HTMLButtonElement {
  const button = element('button', 'run-action', text);
  button.type = 'button';
  button.addEventListener('click', onPress);
  return button;
}
