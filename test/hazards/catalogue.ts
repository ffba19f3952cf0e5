/**
 * The hazards of workflow streams, B1 to B47: what can go wrong, what comes of it with the official
 * package 1.23.0, and what ours does instead. The tests beside hold every line to it.
 */

/** How a package fares. */
export interface Verdict {
  /** Whether the hazard's test passes there; or why there is none. */
  verdict: 'passes' | 'fails' | 'not run' | 'not TypeScript';
  /** What happens, or why it was not run. */
  says: string;
}

/** One hazard. */
export interface Entry {
  id: string;
  title: string;
  official: Verdict;
  /** What ours does. */
  ours: string;
  /** Where it was reported first, if it was. */
  source?: string;
}

const passes = (says: string): Verdict => ({ verdict: 'passes', says });
const fails = (says: string): Verdict => ({ verdict: 'fails', says });
const notRun = (says: string): Verdict => ({ verdict: 'not run', says });
const notTypeScript = (says: string): Verdict => ({ verdict: 'not TypeScript', says });

/** An issue or pull request of Temporal's. */
const issue = (repository: string, number: number): string =>
  `https://github.com/temporalio/${repository}/issues/${number}`;

/** Every hazard, in order. */
export const catalogue: readonly Entry[] = [
  {
    id: 'B1',
    title: 'A poll that waits while the log is truncated skips items',
    official: passes('Fixed in 1.22.0. The poll gets every item that is left.'),
    ours: 'The poll gets every item that is left.',
    source: issue('sdk-typescript', 2263),
  },
  {
    id: 'B2',
    title: 'A poll hangs when the log is truncated past its offset',
    official: passes('The poll fails with `TruncatedOffset`, also when the log is empty then.'),
    ours: 'The poll fails with `TruncatedOffset`, also when the log is empty then.',
    source: issue('sdk-typescript', 2267),
  },
  {
    id: 'B3',
    title: 'A workflow that continues as new ends its subscriptions',
    official: passes('Fixed. A reader whose poll was cut off goes on in the next run.'),
    ours: 'A reader goes on in the next run.',
    source: issue('sdk-typescript', 2102),
  },
  {
    id: 'B4',
    title: 'A workflow that is about to continue as new throws its readers out',
    official: passes('Fixed. A refused poll is sent again until the next run takes it.'),
    ours: 'A reader of ours is not refused; a refused poll of another is sent again.',
    source: issue('sdk-typescript', 2102),
  },
  {
    id: 'B4b',
    title: 'A rollover under steady signals throws readers out',
    official: fails(
      'A signal during the last workflow task makes the server fail that task and refuse the polls that wait for it; `subscribe` throws the refusal.',
    ),
    ours: 'The reader gets the next item: a refusal that passes is waited out.',
  },
  {
    id: 'B5',
    title: 'Truncating past the end fails the workflow task for ever',
    official: passes('The caller gets `TruncateOutOfRange`, and the workflow goes on.'),
    ours: 'The caller gets `TruncateOutOfRange`, and the workflow goes on.',
  },
  {
    id: 'B6',
    title: 'A batch that is sent again is appended twice, or the one after it is lost',
    official: passes(
      'A batch keeps its items and its number until it has arrived or was given up; the next one gets the next number.',
    ),
    ours: 'A batch keeps its items and its number until it has arrived or was given up; the next one gets the next number.',
    source: issue('sdk-python', 1423),
  },
  {
    id: 'B7',
    title: 'What is published together with the start is not there in the first workflow task',
    official: passes('It is there, if the stream is made before the first `await`.'),
    ours: 'It is there, if the stream is made before the first `await`.',
    source: issue('sdk-python', 1423),
  },
  {
    id: 'B8',
    title: 'A host cannot register handlers whose names begin with `__`',
    official: notTypeScript('It concerned Go, and is fixed there.'),
    ours: 'It registers them.',
    source: issue('sdk-go', 2386),
  },
  {
    id: 'B9',
    title: 'A read that times out ends the subscription as if the stream had ended',
    official: fails('The iterator ends without an error while the workflow runs on.'),
    ours: 'The read is repeated, and the next item arrives.',
    source: issue('sdk-dotnet', 804),
  },
  {
    id: 'B10',
    title: 'After one batch was given up, nothing is sent in the background any more',
    official: fails('Later items stay in memory until `flush()` or the end of the client’s scope.'),
    ours: 'Later batches are sent; the next `flush()` throws the failure.',
    source: issue('sdk-python', 1811),
  },
  {
    id: 'B11',
    title: 'Two subscriptions of one client confuse their runs',
    official: fails(
      'A subscription that was cut off asks about the run that the other one reads, which is running, and ends without an error.',
    ),
    ours: 'Each keeps its own run, and both get every item.',
    source: issue('sdk-dotnet', 884),
  },
  {
    id: 'B12',
    title: 'A reader that waits at the end makes the worker warn (TMPRL1102)',
    official: fails('One warning for each poll that waits when the workflow returns.'),
    ours: 'No warning.',
    source: issue('sdk-dotnet', 804),
  },
  {
    id: 'B13',
    title: 'One item that is too big for an answer takes the workflow down',
    official: fails(
      'The item is taken; the first reader’s poll makes the server terminate the workflow.',
    ),
    ours: 'Publishing it throws `ItemTooLarge`, and the workflow goes on.',
    source: issue('sdk-dotnet', 804),
  },
  {
    id: 'B14',
    title: 'The log grows until somebody truncates it',
    official: fails('Every item is kept until `truncate()`.'),
    ours: 'The option `retain` bounds the log by items or bytes as items come.',
    source: issue('sdk-typescript', 2147),
  },
  {
    id: 'B15',
    title: 'An activity that is tried again repeats its items',
    official: fails('What the failed attempt had published is there twice.'),
    ours: 'With `fromWithinActivity({ resume: true })` every item is there once; without it, as in the official package.',
    source: issue('samples-python', 301),
  },
  {
    id: 'B16',
    title: 'A workflow publishes without its payload converter',
    official: fails('The default converter is used, whatever the application has set up.'),
    ours: 'Host and client take a `payloadConverter`.',
    source: issue('sdk-typescript', 1007),
  },
  {
    id: 'B17',
    title: 'Every publisher has a thread of its own',
    official: notTypeScript('It concerns Java, and is open there.'),
    ours: 'A publisher is a timer on the one event loop.',
    source: issue('sdk-java', 3025),
  },
  {
    id: 'B18',
    title: 'A batch that reaches both runs of a rollover is appended twice',
    official: passes('The next run knows the numbers of the batches, and drops the second copy.'),
    ours: 'The next run knows the numbers of the batches, and drops the second copy.',
    source: issue('temporal', 4021),
  },
  {
    id: 'B19',
    title: 'A second stream in one workflow silently takes the place of the first',
    official: fails('What was published on the first stream can be read by nobody.'),
    ours: 'Making the second one throws `SecondStream`.',
  },
  {
    id: 'B20',
    title: 'A reader never ends when the next run is over before it polls again',
    official: fails(
      'It asks again at once, for ever: hundreds of calls a second, without an item, an error or an end.',
    ),
    ours: 'It ends.',
  },
  {
    id: 'B21',
    title: 'A reader goes on in another workflow that has the same id',
    official: fails('It yields items of the new workflow from the offset where the old one ended.'),
    ours: 'It ends with the workflow that it was reading.',
  },
  {
    id: 'B22',
    title: 'The last item is lost unless a poll is waiting for it',
    official: fails('The subscription ends without it.'),
    ours: 'It arrives, however late the reader asks.',
  },
  {
    id: 'B23',
    title: 'Readers that are gone keep the places for updates',
    official: fails(
      'Ten polls that wait are all that the server takes: the workflow’s own updates are refused until somebody publishes.',
    ),
    ours: 'Eight polls wait at most, so two places stay free; readers of ours take none.',
  },
  {
    id: 'B24',
    title: 'A subscription that waits cannot be cancelled',
    official: fails('`return()` does not resolve before the next item.'),
    ours: '`return()` and the option `signal` end it at once.',
  },
  {
    id: 'B25',
    title: 'A reader of a rare topic is woken by every item',
    official: fails(
      'Its poll is answered with no items at each publish, and costs an update each time.',
    ),
    ours: 'Its poll is answered when an item of its topic is there.',
  },
  {
    id: 'B26',
    title: 'A poll beyond the end is sent back to the start',
    official: fails(
      'The answer’s `next_offset` is the end of the log, so items are delivered again.',
    ),
    ours: '`next_offset` never goes back.',
  },
  {
    id: 'B27',
    title: 'A run that drops the stream’s state leaves its readers waiting for ever',
    official: fails('No item, no error and no end, although the new log has items.'),
    ours: 'The subscription throws `StreamReset`.',
  },
  {
    id: 'B28',
    title: 'Items that were truncated before they were read are skipped in silence',
    official: fails('The reader goes on at the start of the log without a word.'),
    ours: '`onGap` is told which offsets, and `gap: "error"` throws.',
  },
  {
    id: 'B29',
    title: 'A reader does not learn how the workflow ended',
    official: fails('The iterator ends in the same way however the workflow did.'),
    ours: '`subscription.status` says it.',
  },
  {
    id: 'B29b',
    title: 'One failed call during a rollover ends the subscription',
    official: fails(
      'When the question about the run’s state fails, the iterator ends without an error.',
    ),
    ours: 'The call is repeated.',
  },
  {
    id: 'B30',
    title: 'A reader without a cooldown asks in a hot loop while a rollover is under way',
    official: fails('With `pollCooldown: 0` a refused poll is sent again at once.'),
    ours: 'It waits for the history, and asks when there is something new.',
  },
  {
    id: 'B31',
    title: 'Nonsense for an offset is taken at its word',
    official: fails('A poll from 1.5 is answered with the offsets 1.5 and 2.5.'),
    ours: 'It is refused with `InvalidPoll`.',
  },
  {
    id: 'B32',
    title: 'One value that cannot be encoded loses the whole batch',
    official: fails('`flush()` throws, and the good items of the batch are gone as well.'),
    ours: '`publish()` throws for that value, and the others arrive.',
  },
  {
    id: 'B33',
    title: 'A value that is changed after it was published arrives changed',
    official: fails('Values are encoded when the batch is sent.'),
    ours: 'Values are encoded by `publish()`.',
  },
  {
    id: 'B34',
    title: '`flush()` gives up at the first passing failure',
    official: fails(
      'It throws, and so does the end of the client’s scope, with which the items are lost.',
    ),
    ours: 'Both try again until `maxRetryDuration`.',
  },
  {
    id: 'B35',
    title: 'Publishing after the client was disposed is swallowed',
    official: fails('The item is kept in memory and never sent.'),
    ours: '`publish()` throws `PublisherClosed`.',
  },
  {
    id: 'B36',
    title: 'A disposed client keeps the process alive',
    official: fails('Its timer runs on to the end of the batch interval.'),
    ours: 'The timer is cleared.',
  },
  {
    id: 'B37',
    title: 'A batch can be too big to be sent',
    official: fails(
      '`maxBatchSize` says when to send and not how much, and nothing counts bytes; a batch that the server refuses blocks those behind it.',
    ),
    ours: 'A batch has `maxBatchSize` items and a million bytes at most.',
  },
  {
    id: 'B38',
    title: 'A failure that cannot pass is tried again for ten minutes',
    official: fails(
      'A batch for a workflow that does not exist blocks its publisher until it is given up.',
    ),
    ours: 'It is given up at once.',
  },
  {
    id: 'B39',
    title: 'A value with an empty field `metadata` arrives empty',
    official: fails('It is taken for a ready-made payload.'),
    ours: 'A payload is what names its encoding; anything else is a value.',
  },
  {
    id: 'B40',
    title: 'A malformed signal or poll stops the workflow for ever',
    official: fails('The workflow task fails, and is tried again without end; queries time out.'),
    ours: 'Malformed entries are dropped, malformed polls refused, and the workflow goes on.',
  },
  {
    id: 'B41',
    title: 'Many small items make an answer too big',
    official: fails(
      'The size of an answer is estimated without its JSON, and in characters. 20,000 small items on a topic in Chinese make the server terminate the workflow.',
    ),
    ours: 'Bytes of JSON are counted, so no answer to a poll is over a million, and none to a query over what the server takes.',
  },
  {
    id: 'B42',
    title: 'Continuing as new with a big log terminates the workflow',
    official: fails('The server terminates it when the log is over 2 MiB encoded.'),
    ours: 'The oldest items that do not fit are left out; or, with `overflow: "refuse"`, the call throws `StateTooLarge` and the workflow goes on.',
  },
  {
    id: 'B43',
    title: 'Readers use up the updates that a run may have',
    official: fails(
      'After 2,000 polls the subscription throws, and the workflow’s own updates are refused.',
    ),
    ours: 'Reading costs no update.',
  },
  {
    id: 'B44',
    title: 'A host remembers every publisher that it ever had',
    official: notRun(
      'Nothing outside the workflow shows it. By its source, publishers are forgotten only when the state is captured.',
    ),
    ours: 'Beyond 1,000 publishers, those silent for 15 minutes are forgotten.',
  },
  {
    id: 'B45',
    title: 'Every poll encodes its items anew',
    official: notRun(
      'A poll for a million bytes costs about 0.1 s of the workflow’s thread, for each reader. That is a matter of time, which a test on a busy machine cannot hold it to.',
    ),
    ours: 'The log keeps items as they travel, and hands them out as they are.',
  },
  {
    id: 'B46',
    title: 'What is published after the state was captured is lost',
    official: fails('`publish()` takes it, and the next run does not have it.'),
    ours: 'It is handed over: the state is read when the next run is started.',
  },
  {
    id: 'B47',
    title: 'A publisher meets the limit of signals per run',
    official: fails(
      '`flush()` throws at once, and has to be called again when the workflow has rolled over.',
    ),
    ours: '`flush()` waits for the rollover, and every item arrives once.',
  },
];

/** The entry of a hazard. */
export function entryOf(id: string): Entry {
  const entry = catalogue.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`The catalogue has no hazard ${id}.`);
  return entry;
}
