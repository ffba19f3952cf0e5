/** The workflow after a change of which the history knows nothing: it publishes more. */
import { sleep } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';

export async function versioned(): Promise<void> {
  const news = new WorkflowStream().topic<string>('news');
  news.publish('begun');
  news.publish('half done');
  await sleep(1);
  news.publish('done');
}
