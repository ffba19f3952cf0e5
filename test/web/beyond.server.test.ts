/** Readers of a real run who ask for what is not there yet, or never will be. */
import { type Lab, openLab } from 'streambook/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderLauncher } from '../../src/web/launch-order.ts';
import { attackedBook } from './attacked-book.ts';
import { parseEvents } from './event-source.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab('order');
});
afterAll(() => lab?.close());

test('who asks for an offset beyond the end gets the outcome, while the run goes on and after it', async () => {
  const book = await attackedBook({ launcher: orderLauncher(() => ({ client: lab.client })) });
  const { events } = await book.start();
  const from = async (query: string, lastEventId = '') => {
    const headers = { 'Last-Event-ID': lastEventId };
    const response = await fetch(`${book.url}${events}${query}`, { headers });
    expect(response.status).toBe(200);
    return parseEvents(await response.text()).map(({ event }) => event);
  };
  const farthest = `${Number.MAX_SAFE_INTEGER - 1}`;
  const everyWay = () =>
    Promise.all([from('?from=1000'), from('?from=6'), from('', '5'), from('', farthest), from('')]);

  const whileItGoesOn = await everyWay();
  expect(whileItGoesOn.slice(0, 4)).toEqual([['end'], ['end'], ['end'], ['end']]);
  expect(whileItGoesOn[4]).toHaveLength(7);
  expect(await everyWay()).toEqual(whileItGoesOn);
  expect(book.failures).toEqual([]);
});
