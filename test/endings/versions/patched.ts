/** The same change, made for new runs only. */
import { patched, sleep } from '@temporalio/workflow';
import { WorkflowStream } from 'streambook/workflow';

export async function versioned(): Promise<void> {
  const news = new WorkflowStream().topic<string>('news');
  news.publish('begun');
  if (patched('half-done')) news.publish('half done');
  await sleep(1);
  news.publish('done');
}
