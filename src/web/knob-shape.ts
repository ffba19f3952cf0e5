/** What a page needs to know about a knob to draw it. */
export type KnobInfo = NumberInfo | ChoiceInfo | TextInfo;

interface KnobBase {
  label: string;
  /** Whether it may also be moved while a run goes on. */
  isLive: boolean;
}

/** A knob that is a number. */
export interface NumberInfo extends KnobBase {
  kind: 'number';
  default: number;
  min: number;
  max: number;
  step: number;
  unit?: string;
  /** What to say after the limits: what is counted, what a value means. */
  hint?: string;
}

/** A knob that has one of a few values. */
export interface ChoiceInfo extends KnobBase {
  kind: 'choice';
  default: string;
  options: ReadonlyArray<{
    value: string;
    name: string;
    /** What should be known about this value. */
    note?: string;
  }>;
}

/** A knob that is typed. */
export interface TextInfo extends KnobBase {
  kind: 'text';
  default: string;
  /** Most characters. */
  maxLength: number;
  /** Texts that need not be typed, by what the panel calls them. */
  presets: Readonly<Record<string, string>>;
}
