/** The topic of what is published under load. */
export const NEWS = 'news';

/** An event that says when it was published. */
export interface News {
  number: number;
  /** In milliseconds since the epoch. Both processes read the same clock. */
  at: number;
}
