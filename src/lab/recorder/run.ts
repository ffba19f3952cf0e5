import type { WorkflowHandle } from '@temporalio/client';
import { type Recording, recordingOf, recordingText } from 'streambook/draw';
import { runCommand } from '../command.js';
import { type Lab, type LabOptions, openLab } from '../lab.js';
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
 * @param play - starts a run, records it, and returns the recording
 */
export function recordRun<T>(
  scenario: string,
  play: (lab: Lab, record: Record<T>) => Promise<Recording>,
  options: LabOptions = {},
): Promise<void> {
  return runCommand(`Prints a recording of the scenario "${scenario}", as JSON.`, async () => {
    await using lab = await openLab(scenario, options);
    const on = await describePlace(lab);
    const recording = await play(lab, (handle, rest) => record(handle, { ...rest, on }));
    process.stdout.write(recordingText(recordingOf(recording)));
  });
}

async function describePlace({ client }: Lab): Promise<string> {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  return `Temporal server ${serverVersion} and Node ${process.versions.node}, both on one machine`;
}
