/** The workflow as it was when the run was made. */
import { sleep } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';

export async function versioned(): Promise<void> {
  const news = new WorkflowStream().topic<string>('news');
  news.publish('begun');
  await sleep(1);
  news.publish('done');
}
