/** The whole behaviour of a stream, for each pair of client and host; the official pair is the reference. */
import { describe } from 'vitest';
import { describeOurs } from './behaviour/own.js';
import { describePublishing } from './behaviour/publishing.js';
import { describeReading } from './behaviour/reading.js';
import { describeRollover } from './behaviour/rollover.js';
import { openStage, type Pair } from './behaviour/stage.js';
import { describeTruncation } from './behaviour/truncation.js';

const pairs: Pair[] = [
  { client: 'ours', host: 'ours' },
  { client: 'official', host: 'ours' },
  { client: 'ours', host: 'official' },
  { client: 'official', host: 'official' },
];

describe.each(pairs)('$client client, $host host:', (pair) => {
  const stage = openStage(pair);
  describePublishing(stage);
  describeReading(stage);
  describeTruncation(stage);
  describeRollover(stage);
  describeOurs(stage);
});
