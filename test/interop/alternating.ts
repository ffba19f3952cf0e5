/** A workflow whose runs are hosted in turn by ours and by the official package. */
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { WorkflowStream as OfficialStream } from '@temporalio/workflow-streams/workflow';
import { WorkflowStream as OurStream, type WorkflowStreamState } from 'streambook/workflow';

/** Who hosts a run. */
export type Host = 'ours' | 'official';

/** What a run is given. */
export interface Turn {
  /** Who hosts this run, and those after it. */
  hosts: Host[];
  /** How many runs there were before. */
  run: number;
  streamState?: WorkflowStreamState;
}

/** Tells the run that it may make room for the next one, or that the workflow may end after the last. */
export const nextSignal = defineSignal('next');
/** Forgets what is before an offset. */
export const truncateUpdate = defineUpdate<void, [number]>('truncate');
/** Who hosts the run that is asked. */
export const hostQuery = defineQuery<Host>('host');

/** What both hosts have. */
interface Stream {
  topic(name: string): { publish(value: unknown): void };
  truncate(upTo: number): void;
  continueAsNew(build: (state: WorkflowStreamState) => [Turn]): Promise<never>;
}

function open(host: Host, state: WorkflowStreamState | undefined): Stream {
  if (host === 'ours') {
    const stream = new OurStream(state);
    return {
      topic: (name) => stream.topic(name),
      truncate: (upTo) => stream.truncate(upTo),
      continueAsNew: (build) => stream.continueAsNew<typeof alternating>(build),
    };
  }
  const stream = new OfficialStream(state);
  return {
    topic: (name) => stream.topic(name),
    truncate: (upTo) => stream.truncate(upTo),
    continueAsNew: (build) => stream.continueAsNew<typeof alternating>(build),
  };
}

/** Publishes one item at the begin of each run and one at its end, when it hands over to the next host. */
export async function alternating({ hosts, run, streamState }: Turn): Promise<void> {
  const [host = 'ours', ...later] = hosts;
  const stream = open(host, streamState);
  let isDue = false;
  setHandler(nextSignal, () => {
    isDue = true;
  });
  setHandler(truncateUpdate, (upTo) => stream.truncate(upTo));
  setHandler(hostQuery, () => host);
  stream.topic('run').publish(`${run} begins`);
  await condition(() => isDue);
  if (later.length === 0) return;
  stream.topic('run').publish(`${run} ends`);
  await stream.continueAsNew((state) => [{ hosts: later, run: run + 1, streamState: state }]);
}
