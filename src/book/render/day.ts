import { type Html, html } from './html.js';

/** A day as it is read, the same in every country: `30 November 2026`. @param day - as `2026-11-30` */
export function drawDay(day: string): Html {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const words = new Date(day).toLocaleDateString('en-GB', options);
  return html`<time datetime="${day}">${words}</time>`;
}
