/** What a recording must be, checked when one is read: a wrong one would be drawn wrongly, and nobody would know. */

type Fields = Record<string, unknown>;

/** What each kind of event has beside its time. */
const FIELDS: Record<string, Record<string, 'text' | 'count' | 'reader' | 'topic'>> = {
  append: { offset: 'count', topic: 'topic', text: 'text' },
  truncate: { base: 'count' },
  arrive: { reader: 'reader', offset: 'count' },
  receive: { reader: 'reader', offset: 'count' },
  gap: { reader: 'reader', from: 'count', to: 'count' },
  leave: { reader: 'reader' },
  attempt: { attempt: 'count' },
  kill: { who: 'text' },
  end: { text: 'text' },
};

/** Every way in which a value is not a recording, as sentences without a full stop. */
export function mistakesIn(value: unknown): string[] {
  if (!isFields(value)) return ['a recording must be an object'];
  const mistakes = ['title', 'on', 'host']
    .filter((name) => !isText(value[name]))
    .map((name) => `\`${name}\` must be a text`);
  if (!isText(value.day) || !/^\d{4}-\d\d-\d\d$/.test(value.day)) {
    mistakes.push('`day` must be a day such as 2026-11-30');
  }
  for (const name of ['topics', 'readers', 'participants']) {
    const list = value[name];
    if (!Array.isArray(list) || !list.every(isText)) mistakes.push(`\`${name}\` must list names`);
  }
  for (const name of ['events', 'messages', 'spans']) {
    const list = value[name];
    if (!Array.isArray(list) || !list.every(isFields)) mistakes.push(`\`${name}\` must be a list`);
  }
  return mistakes.length > 0 ? mistakes : mistakesInLists(value as unknown as Lists);
}

/** A recording of which only the outer shape is certain. */
interface Lists {
  topics: string[];
  readers: string[];
  participants: string[];
  host: string;
  events: Fields[];
  messages: Fields[];
  spans: Fields[];
}

function mistakesInLists(lists: Lists): string[] {
  const { events, messages, spans, participants, host } = lists;
  const takesPart = (name: unknown) => participants.includes(name as string);
  const inEvents = events.flatMap((event, index) =>
    mistakesInEvent(event, lists).map((mistake) => `event ${index + 1}: ${mistake}`),
  );
  const wrong = (list: Fields[], who: string[], times: string[]) =>
    list.findIndex(
      (entry) =>
        !isText(entry.text) ||
        !who.every((name) => takesPart(entry[name])) ||
        !times.every((name) => isCount(entry[name])),
    );
  const message = wrong(messages, ['from', 'to'], ['at']);
  const span = wrong(spans, ['who'], ['from', 'to']);
  return [
    ...(takesPart(host) ? [] : [`the host "${host}" is no participant`]),
    ...(inEvents.length > 0 ? inEvents : mistakesInOrder(events)),
    ...(message < 0 ? [] : [`message ${message + 1} is not one between participants`]),
    ...(span < 0 ? [] : [`span ${span + 1} is not one of a participant`]),
  ];
}

function mistakesInEvent(event: Fields, { topics, readers }: Lists): string[] {
  const kind = String(event.kind);
  const fields = Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
  if (fields === undefined) return [`there is no kind "${kind}"`];
  const isRight = {
    text: isText,
    count: isCount,
    reader: (value: unknown) => readers.includes(value as string),
    topic: (value: unknown) => topics.includes(value as string),
  };
  return Object.entries({ at: 'count' as const, ...fields })
    .filter(([name, type]) => !isRight[type](event[name]))
    .map(([name, type]) => `\`${name}\` must be a ${type}, not ${JSON.stringify(event[name])}`);
}

/** What must hold from one event to the next. */
function mistakesInOrder(events: readonly Fields[]): string[] {
  const mistakes: string[] = [];
  const cursors = new Map<unknown, number>();
  let [now, next, base] = [0, 0, 0];
  for (const [index, event] of events.entries()) {
    const report = (mistake: string) => mistakes.push(`event ${index + 1}: ${mistake}`);
    const { kind, reader } = event;
    const [at, offset, to] = [event.at, event.offset, event.to].map(Number) as [
      number,
      number,
      number,
    ];
    if (at < now) report(`is at ${at} ms, after one at ${now} ms`);
    now = Math.max(now, at);
    const cursor = cursors.get(reader) ?? 0;
    if (kind === 'append') {
      if (offset !== next) report(`appends offset ${offset}, and the next one is ${next}`);
      next = offset + 1;
    } else if (kind === 'truncate') {
      const moved = Number(event.base);
      if (moved < base || moved > next)
        report(`moves the base from ${base} to ${moved} of ${next}`);
      base = Math.max(base, moved);
    } else if (kind === 'receive') {
      if (offset < cursor || offset >= next)
        report(`${reader} receives offset ${offset} and wants ${cursor} of ${next}`);
      cursors.set(reader, offset + 1);
    } else if (kind === 'gap') {
      if (Number(event.from) < cursor || to <= Number(event.from) || to > next)
        report(`a gap from ${event.from} to ${to}, and ${reader} wants ${cursor} of ${next}`);
      cursors.set(reader, to);
    } else if (kind === 'arrive') {
      if (offset < cursor || offset > next) report(`${reader} arrives at ${offset} of ${next}`);
      cursors.set(reader, offset);
    }
  }
  return mistakes;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
