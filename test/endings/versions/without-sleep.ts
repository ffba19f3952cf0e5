/** The workflow after a change that the history does not allow. */
import { WorkflowStream } from 'streambook/workflow';

export async function versioned(): Promise<void> {
  const news = new WorkflowStream().topic<string>('news');
  news.publish('begun');
  news.publish('done');
}
