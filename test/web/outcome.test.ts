import { ServiceError, WorkflowFailedError } from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  RetryState,
  TerminatedFailure,
} from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../src/web/outcome.ts';

const failedBy = (cause: Error) => () =>
  Promise.reject(
    new WorkflowFailedError('Workflow execution failed', cause, RetryState.NON_RETRYABLE_FAILURE),
  );

describe('the outcome of a run', () => {
  test('is its result', async () => {
    const outcome = await outcomeOf(async () => 'charge-1');
    expect(outcome).toEqual({ status: 'completed', result: 'charge-1' });
  });

  test('is what failed innermost, not where', async () => {
    const declined = ApplicationFailure.nonRetryable('The card was declined.', 'CardDeclined');
    const activity = new ActivityFailure(
      'Activity task failed',
      'chargeCard',
      '1',
      RetryState.NON_RETRYABLE_FAILURE,
      'worker',
      declined,
    );
    const outcome = await outcomeOf(failedBy(activity));
    expect(outcome).toEqual({ status: 'failed', message: 'The card was declined.' });
  });

  test.each([
    ['terminated', new TerminatedFailure('the live book ends a run after 120 s')],
    ['cancelled', new CancelledFailure('asked to')],
  ])('says when it was %s', async (status, failure) => {
    expect(await outcomeOf(failedBy(failure))).toEqual({ status, message: failure.message });
  });

  test('is unknown when Temporal could not be asked, and tells nothing of why to the page', async () => {
    const outcome = await outcomeOf(() =>
      Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1')),
    );
    expect(outcome.status).toBe('unknown');
    expect(JSON.stringify(outcome)).not.toContain('10.0.0.1');
  });

  test('is waited for while Temporal does not answer', async () => {
    const away = Object.assign(new Error('14 UNAVAILABLE'), {
      ...{ code: 14, details: 'No connection established', metadata: {} },
    });
    let asked = 0;
    const outcome = await outcomeOf(async () => {
      if (++asked < 3) throw new ServiceError('Failed to get the result', { cause: away });
      return 'charge-1';
    });
    expect(outcome).toEqual({ status: 'completed', result: 'charge-1' });
    expect(asked).toBe(3);
  });
});
