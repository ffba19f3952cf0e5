import { element } from './element.js';
import { drawLane } from './lane.js';
import type { Gap, RunEvent, ScenarioInfo } from './wire.js';

/** The part of a panel that shows a run's events, each as the reader that it reached. */
export interface RunBody {
  root: HTMLElement;
  clear(): void;
  add(reader: string, event: RunEvent): void;
  /** Shows that items were dropped before a reader came to them. */
  skip(reader: string, gap: Gap): void;
}

/** Draws a lane for each reader, side by side where there is room. */
export function drawLanes({ topics, readers }: ScenarioInfo): RunBody {
  const isOne = readers.length === 1;
  const lanes = new Map(readers.map((name) => [name, drawLane(topics, isOne ? undefined : name)]));
  const root = element('div', 'run-lanes');
  root.append(...[...lanes.values()].map((lane) => lane.root));
  return {
    root,
    clear() {
      for (const lane of lanes.values()) lane.clear();
    },
    add: (reader, event) => lanes.get(reader)?.add(event),
    skip: (reader, gap) => lanes.get(reader)?.skip(gap),
  };
}
