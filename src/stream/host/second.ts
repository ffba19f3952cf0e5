import { CancellationScope } from '@temporalio/workflow';
import { hostFailure } from '../errors.js';

/** The root scopes of the workflows that host a stream: every execution has one of its own. */
const hosting = new WeakSet<CancellationScope>();

/**
 * Refuses a second stream in one workflow, which would take over the handlers of the first and
 * leave its items unreadable.
 *
 * A flag in this module would not do: a worker shares loaded modules between its workflows
 * (`reuseV8Context`), and runs one again in the same place when it replays it.
 *
 * @throws ApplicationFailure `SecondStream`
 */
export function claimWorkflow(): void {
  let root = CancellationScope.current();
  while (root.parent) root = root.parent as CancellationScope;
  if (hosting.has(root)) {
    throw hostFailure(
      'SecondStream',
      'This workflow hosts a stream already. Construct one WorkflowStream and use its topics.',
    );
  }
  hosting.add(root);
}
