import { randomBytes } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { type Recording, recordingOf, recordingText } from 'streambook/draw';
import { runCommand } from '../command.js';
import { type Lab, type LabOptions, openLab } from '../lab.js';
import { serverVersion } from '../versions.js';
import { type Recorder, type RecorderOptions, record } from './recorder.js';

/** Begins to record a run: what it runs on is known. */
export type Record<T> = (
  handle: WorkflowHandle,
  options: Omit<RecorderOptions<T>, 'on'>,
) => Recorder;

/**
 * The command that records a scenario: opens a lab, lets the scenario play, and prints the recording.
 *
 * @param scenario - its name, as `order`
 * @param play - starts a run, records it, and returns the recording; `newId` gives its workflows their ids
 */
export function recordRun<T>(
  scenario: string,
  play: (lab: Lab, record: Record<T>, newId: () => string) => Promise<Recording>,
  options: LabOptions = {},
): Promise<void> {
  return runCommand(`Prints a recording of the scenario "${scenario}", as JSON.`, async () => {
    await using lab = await openLab(scenario, options);
    const on = await describePlace(lab);
    const recording = await play(lab, (handle, rest) => record(handle, { ...rest, on }), newId);
    process.stdout.write(recordingText(recordingOf(recording)));
  });
}

/** So many are never recorded that two would be alike. */
function newId(): string {
  return randomBytes(3).toString('hex');
}

async function describePlace({ client }: Lab): Promise<string> {
  return `Temporal server ${await serverVersion(client)} and Node ${process.versions.node}, both on one machine`;
}
