// #region events
/** The topic on which agencies publish. */
export const HEADLINES = 'headlines';

/** One line of news; published by an agency, which no workflow knows of. */
export interface Headline {
  /** Who says so. */
  agency: string;
  /** An agency counts its headlines 1, 2, 3, …, so that a missing one is noticed. */
  number: number;
  text: string;
}
// #endregion events
