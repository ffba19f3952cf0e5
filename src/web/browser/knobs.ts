import type { KnobInfo } from '../knob-shape.js';
import { element } from './element.js';
import { drawKnobField } from './knob-field.js';
import type { Knobs } from './wire.js';

/** The knobs of a panel. */
export interface KnobRow {
  root: HTMLElement;
  /** As the reader has set them; may be beyond their limits, unless the browser has checked the form. */
  values(): Knobs;
  /** Turns them to what a run was started with. */
  set(values: Knobs): void;
  /** Says which of the knobs that can be moved during a run have which value in one, or nothing. */
  inForce(values: Knobs): string;
  /** @param isRunning - whether a run goes on: only some knobs can be moved then */
  refresh(isRunning: boolean): void;
}

/**
 * Draws them. One knob stands beside the button; several have a row of their own, on a phone more than one.
 *
 * @param onMove - called when one was moved while a run goes on
 */
export function drawKnobs(
  infos: Record<string, KnobInfo>,
  onMove: (moved: Knobs) => void,
): KnobRow {
  let runs = false;
  const fields = Object.entries(infos).map(([name, info]) => {
    const field = drawKnobField(info, () => {
      if (runs) onMove({ [name]: field.value() });
    });
    return { name, info, field };
  });
  const root = element('div', fields.length > 1 ? 'run-knobs run-row' : 'run-knobs');
  root.append(...fields.map(({ field }) => field.root));
  return {
    root,
    values: () => Object.fromEntries(fields.map(({ name, field }) => [name, field.value()])),
    set(values) {
      for (const { name, field } of fields) {
        const value = values[name];
        if (value !== undefined) field.set(value);
      }
    },
    inForce: (values) =>
      fields
        .filter(({ info }) => info.isLive)
        .map(({ name, info }) => `${info.label} ${values[name]}${unitOf(info)}`)
        .join(' · '),
    refresh(isRunning) {
      runs = isRunning;
      for (const { info, field } of fields) field.setDisabled(isRunning && !info.isLive);
    },
  };
}

function unitOf(info: KnobInfo): string {
  return info.kind === 'number' && info.unit ? ` ${info.unit}` : '';
}
