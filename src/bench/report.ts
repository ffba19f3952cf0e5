/** The results for people: `results.md`. */
import { plotNames } from './plot.js';
import { type Figures, isMeasured, type Results, topicOf } from './results.js';
import { SIDES, sideNames } from './sides.js';
import { asMarkdown, describeFigure, inDigits, tableOf } from './table.js';
import { slowerThanOfficial, verdictsOf } from './targets.js';

/** What the topics of figures mean, in the order of the page. */
const TOPICS: Record<string, string> = {
  latency: 'Publish to receive, by readers',
  pace: 'Publish to receive of one reader, by the mean time between items',
  payload: 'Publish to receive of eight readers, by the bytes of an item',
  calm: '25 readers with a batch every 500 ms',
  history: 'What a batch adds to the history, by readers',
  cpu: 'Processor time for 1,000 items sent one at a time, by readers',
  ending: 'Items received of 1,000 that the workflow publishes as it returns',
  'catch-up': 'Reading a log from its start while the workflow runs',
  throughput: 'Publishing',
  codec: 'Writing one value for the wire, and reading it',
  memory: 'What an item takes in the workflow’s memory',
  interval: 'An item each 20 ms to one reader, by the batch interval',
  soak: 'One reader over many rollovers under a steady load',
  growth: 'By which factor a figure changes when readers, items or bytes double',
};

/** The page, with the plots that there are. */
export function reportOf({ about, figures }: Results, plots: readonly string[]): string {
  const topics = Object.keys(TOPICS).filter((topic) =>
    Object.keys(figures).some((id) => topicOf(id) === topic),
  );
  return [
    '# What a stream costs',
    `Measured, in the end on ${about.date} by \`${about.command}\`: ${about.server}, Temporal SDK ${about.sdk}, ` +
      `\`@temporalio/workflow-streams\` ${about.official}, Node ${about.node}, ${about.cpus}.`,
    'A figure is the median over the rounds, with the lowest and the highest in brackets; the sides ' +
      'take turns within each round. A side that failed once has failed, and is not tried again.',
    sideNames.map((side) => `- **${side}**: ${SIDES[side].about}`).join('\n'),
    '## Targets',
    targets(figures),
    slower(figures),
    ...topics.map((topic) => `## ${TOPICS[topic]}\n\n${asMarkdown(tableOf(figures, topic))}`),
    ...plotNames.filter((name) => plots.includes(name)).map((name) => `![${name}](${name}.svg)`),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function targets(figures: Figures): string {
  const rows = verdictsOf(figures).map(({ promise, figure, isMet }) => {
    const unit = isMeasured(figure) ? ` ${figure.unit}` : '';
    return `| ${promise} | ${describeFigure(figure)}${unit} | ${isMet ? 'met' : '**missed**'} |`;
  });
  return ['| target | measured | |', '| --- | --- | --- |', ...rows].join('\n');
}

function slower(figures: Figures): string {
  const found = slowerThanOfficial(figures);
  if (found.length === 0)
    return 'Nothing is slower than, or takes more than, the official package.';
  const rows = found.map(({ id, ours, official, isCertain }) => {
    const how = isCertain ? '**slower**' : 'within the spread';
    return `| \`${id}\` | ${describeFigure(ours)} | ${describeFigure(official)} | ${how} |`;
  });
  const certain = found.filter(({ isCertain }) => isCertain).length;
  return [
    `Where ours takes more than the official package: ${inDigits(certain)} times for certain.\n`,
    '| figure | ours | official | |',
    '| --- | --: | --: | --- |',
    ...rows,
  ].join('\n');
}
