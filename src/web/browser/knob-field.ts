import type { ChoiceInfo, KnobInfo, NumberInfo, TextInfo } from '../knob-shape.js';
import { element } from './element.js';

/** A knob as it is drawn: its name, what is turned, and what there is to know about it. */
export interface KnobField {
  root: HTMLElement;
  value(): number | string;
  set(value: number | string): void;
  setDisabled(isDisabled: boolean): void;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Elements that belong together are told so by ids, and a page may have several panels. */
let lastId = 0;

/**
 * Draws a knob.
 *
 * @param onInput - called when it was turned to a value that it may have
 */
export function drawKnobField(info: KnobInfo, onInput: () => void): KnobField {
  if (info.kind === 'number') return drawNumber(info, onInput);
  if (info.kind === 'choice') return drawChoice(info, onInput);
  return drawText(info, onInput);
}

function drawNumber(info: NumberInfo, onInput: () => void): KnobField {
  const { min, max, step, unit, hint } = info;
  const field = element('input', '');
  Object.assign(field, { type: 'number', min, max, step, required: true });
  field.inputMode = step === 1 ? 'numeric' : 'decimal';
  field.value = String(info.default);
  const limits = [`${min}–${max}`, unit, hint].filter(Boolean).join(' ');
  const kind = step === 1 ? 'a whole number' : 'a number';
  const problem = `${info.label}: ${kind} from ${min} to ${max}${unit ? ` ${unit}` : ''}`;
  return {
    ...assemble(info.label, field, limits, () => (field.validity.valid ? '' : problem), onInput),
    value: () => field.valueAsNumber,
  };
}

function drawChoice(info: ChoiceInfo, onInput: () => void): KnobField {
  const select = element('select', '');
  select.append(...info.options.map(({ value, name }) => new Option(name, value)));
  const note = element('span', 'run-note');
  const showNote = () => {
    note.textContent = info.options.find(({ value }) => value === select.value)?.note ?? '';
  };
  const field = assemble(info.label, select, '', () => '', onInput);
  if (info.options.some((option) => option.note)) {
    note.setAttribute('role', 'status');
    field.root.append(note);
  }
  showNote();
  select.addEventListener('input', showNote);
  return {
    ...field,
    set(value) {
      field.set(value);
      showNote();
    },
  };
}

/** A text, with those that need not be typed one choice away. */
function drawText(info: TextInfo, onInput: () => void): KnobField {
  const { label, maxLength, presets } = info;
  const field = element('textarea', '');
  Object.assign(field, { rows: 3, maxLength, required: true, value: info.default });
  const ready = element('select', 'run-presets');
  ready.setAttribute('aria-label', `${label}: ready-made ones`);
  ready.append(new Option('your own words', ''));
  ready.append(...Object.entries(presets).map(([name, text]) => new Option(name, text)));
  const showPreset = () => {
    ready.value = Object.values(presets).includes(field.value) ? field.value : '';
  };
  const problemOf = () => {
    // Blanks alone are nothing to the server, and something to a browser.
    const problem = field.value.trim() === '' ? `${label}: 1 to ${maxLength} characters` : '';
    field.setCustomValidity(problem);
    return problem;
  };
  const drawn = assemble(label, field, `up to ${maxLength} characters`, problemOf, onInput);
  drawn.root.classList.add('run-wide');
  drawn.root.insertBefore(ready, drawn.root.children[1] ?? null);
  showPreset();
  field.addEventListener('input', showPreset);
  ready.addEventListener('input', () => {
    if (ready.value !== '') field.value = ready.value;
    field.dispatchEvent(new Event('input'));
    if (ready.value === '') field.select();
  });
  return {
    ...drawn,
    set(value) {
      drawn.set(value);
      showPreset();
    },
    setDisabled(isDisabled) {
      drawn.setDisabled(isDisabled);
      ready.disabled = isDisabled;
    },
  };
}

/**
 * Puts a knob together: what is turned has its name before it and its limits after it, and below them what is wrong
 * with it.
 *
 * @param problemOf - says what is wrong with its value; empty for nothing
 */
function assemble(
  label: string,
  control: Control,
  limits: string,
  problemOf: () => string,
  onInput: () => void,
): KnobField {
  const id = `run-knob-${++lastId}`;
  const caption = element('label', '', label);
  caption.htmlFor = id;
  control.id = id;
  const limit = element('span', 'run-limits', limits);
  limit.id = `${id}-limits`;
  const problem = element('span', 'run-problem');
  problem.id = `${id}-problem`;
  control.setAttribute('aria-describedby', `${limit.id} ${problem.id}`);
  const showProblem = () => {
    problem.textContent = problemOf();
    control.setAttribute('aria-invalid', String(problem.textContent !== ''));
  };
  control.addEventListener('invalid', showProblem);
  control.addEventListener('input', () => {
    showProblem();
    if (problem.textContent === '') onInput();
  });
  const root = element('div', 'run-knob');
  root.append(caption, control, limit, problem);
  return {
    root,
    value: () => control.value,
    set(value) {
      control.value = String(value);
      showProblem();
    },
    setDisabled(isDisabled) {
      control.disabled = isDisabled;
    },
  };
}
