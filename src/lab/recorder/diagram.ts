/** What a run's history tells of who talked to whom. */
import { defaultPayloadConverter } from '@temporalio/common';
import proto, { type temporal } from '@temporalio/proto';
import type { Message, Span } from 'streambook/draw';
import { PUBLISH_SIGNAL, type PublishInput } from 'streambook/wire';
import { decodePayloadWire } from '../../stream/codec.js';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType } = proto.temporal.api.enums.v1;

/** Who is who in a diagram. */
export interface DiagramOptions {
  /** The workflow. */
  host: string;
  /** Who started it, and what is said of that. Without it, nobody is shown. */
  starter?: string;
  /** An activity by its type. @defaultValue its type */
  activityName?: (type: string) => string;
  /** Who sent a batch, by the first value in it. @defaultValue the activity that was started last */
  senderOf?: (value: unknown) => string;
  /** The name of a signal that is no batch, and who sent it; nothing for one that is not shown. */
  signalOf?: (name: string) => { from: string; text: string } | undefined;
}

/** What a history tells. Times are as the server's clock has them, but for messages and spans. */
export interface Diagram {
  began: number;
  ended: number;
  /** When workflow tasks were complete, with the events that say so. */
  tasks: { id: number; time: number }[];
  messages: Message[];
  spans: Span[];
}

/** Reads a whole history. */
export function diagramOf(history: readonly HistoryEvent[], options: DiagramOptions): Diagram {
  const { host, starter, activityName = (type) => type, senderOf, signalOf } = options;
  const began = timeOf(history[0]);
  const at = (event: HistoryEvent | undefined) => Math.max(0, Math.round(timeOf(event) - began));
  const byId = new Map(history.map((event) => [String(event.eventId), event]));
  const tasks: Diagram['tasks'] = [];
  const messages: Message[] = [];
  const spans: Span[] = [];
  let activity = host;
  const nameOf = (scheduledId: unknown): string => {
    const scheduled = byId.get(String(scheduledId))?.activityTaskScheduledEventAttributes;
    return activityName(scheduled?.activityType?.name ?? '');
  };
  const end = (event: HistoryEvent, ids: Ended | null | undefined, text: string): void => {
    const who = nameOf(ids?.scheduledEventId);
    const started = byId.get(String(ids?.startedEventId));
    const attempt = started?.activityTaskStartedEventAttributes?.attempt ?? 1;
    const said = attempt > 1 ? `attempt ${attempt}` : who;
    spans.push({ who, from: at(started), to: at(event), text: said });
    messages.push({ at: at(event), from: who, to: host, text });
  };

  for (const event of history) {
    switch (event.eventType) {
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
        if (starter) messages.push({ at: 0, from: starter, to: host, text: 'start' });
        break;
      case EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
        tasks.push({ id: Number(event.eventId), time: timeOf(event) });
        break;
      case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
        activity = nameOf(event.eventId);
        messages.push({ at: at(event), from: host, to: activity, text: 'schedule' });
        break;
      case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
        end(event, event.activityTaskCompletedEventAttributes, 'result');
        break;
      case EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED:
        end(event, event.activityTaskFailedEventAttributes, 'failure');
        break;
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: {
        const { signalName, input } = event.workflowExecutionSignaledEventAttributes ?? {};
        if (signalName === PUBLISH_SIGNAL) {
          const batch = batchOf(input?.payloads?.[0]?.data);
          const from = senderOf?.(firstValueOf(batch)) ?? activity;
          messages.push({ at: at(event), from, to: host, text: textOf(batch) });
        } else {
          const shown = signalOf?.(signalName ?? '');
          if (shown) messages.push({ at: at(event), to: host, ...shown });
        }
        break;
      }
    }
  }
  const last = history.at(-1);
  spans.unshift({ who: host, from: 0, to: at(last), text: host });
  return { began, ended: timeOf(last), tasks, messages, spans };
}

interface Ended {
  scheduledEventId?: unknown;
  startedEventId?: unknown;
}

/** What a batch brings, by topics: how many items of each is the log's to show. */
function textOf({ items }: PublishInput): string {
  return `publish ${[...new Set(items.map(({ topic }) => topic))].join(', ')}`;
}

function firstValueOf({ items }: PublishInput): unknown {
  const [first] = items;
  return first && defaultPayloadConverter.fromPayload(decodePayloadWire(first.data));
}

function batchOf(data: Uint8Array | null | undefined): PublishInput {
  return JSON.parse(new TextDecoder().decode(data ?? new Uint8Array()));
}

/** In milliseconds, with their fraction. */
function timeOf(event: HistoryEvent | undefined): number {
  const { seconds = 0, nanos = 0 } = event?.eventTime ?? {};
  return Number(seconds) * 1_000 + (nanos ?? 0) / 1_000_000;
}
