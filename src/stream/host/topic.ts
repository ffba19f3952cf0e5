import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Payload } from '@temporalio/common';
import type { WorkflowStreamItem } from '../item.js';

/** What a topic needs of the stream that it belongs to. */
export interface TopicHost<T> {
  append(value: unknown): void;
  read(fromOffset: number): WorkflowStreamItem<T>[];
}

// #region topic
/** A typed topic of the workflow's own stream; made by `WorkflowStream.topic`. */
export class WorkflowTopicHandle<T = unknown> {
  /** @internal */
  constructor(
    readonly name: string,
    private readonly host: TopicHost<T>,
    readonly schema?: StandardSchemaV1<T, T>,
  ) {}

  /**
   * Appends a value. A ready-made `Payload` is appended as it is.
   *
   * @throws ApplicationFailure `ItemTooLarge` when the encoded value is over 2 MiB less 64 KiB;
   *   `Unencodable` when it cannot be encoded, as a `bigint`; `InvalidValue` when the topic's schema
   *   refuses it
   */
  publish(value: T | Payload): void {
    this.host.append(value);
  }

  /**
   * The decoded items of this topic from an offset on, at once.
   *
   * @throws ApplicationFailure `TruncatedOffset` when the offset is forgotten; 0 never is
   */
  read(fromOffset = 0): WorkflowStreamItem<T>[] {
    return this.host.read(fromOffset);
  }
}
// #endregion topic
