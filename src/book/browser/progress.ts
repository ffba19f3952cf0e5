import { element } from './element.js';
import { recall, remember } from './memory.js';

/**
 * Remembers which chapters were read to their end, and marks them in the contents; and tells in the
 * contents which section is being read.
 */
export function startProgress(): void {
  const read = new Set((recall('read') ?? '').split(' ').filter((slug) => slug !== ''));
  for (const slug of read) mark(slug);

  const { chapter } = document.body.dataset;
  const end = document.querySelector('.turn');
  if (chapter && end) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      read.add(chapter);
      remember('read', [...read].join(' '));
      mark(chapter);
    });
    observer.observe(end);
  }
  followSections();
}

function mark(slug: string): void {
  for (const entry of document.querySelectorAll<HTMLElement>('[data-entry]')) {
    if (entry.dataset.entry !== slug || entry.dataset.read !== undefined) continue;
    entry.dataset.read = '';
    entry.title = 'Read to its end';
    entry.append(element('span', 'unseen', ', read to its end'));
  }
}

/**
 * The section whose heading was the last to pass the upper third of the window is the one being read; at
 * the end of the page, where no heading can rise so far any more, it is the last one in sight.
 */
function followSections(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>('.sections a')].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const headings = [...document.querySelectorAll<HTMLElement>('main h2[id]')];
  if (links.size === 0 || headings.length === 0) return;
  const update = () => {
    const { scrollHeight } = document.documentElement;
    const isAtEnd = window.scrollY + window.innerHeight >= scrollHeight - 2;
    const line = isAtEnd ? window.innerHeight : window.innerHeight / 3;
    const current = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
    for (const [id, link] of links) {
      if (id === current?.id) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
  };
  // A jump passes headings that never come into sight, so it is the place that counts, once a frame.
  let isDue = false;
  const updateSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      update();
    });
  };
  addEventListener('scroll', updateSoon, { passive: true });
  updateSoon();
}
