/** Puts a card under a word, or above it where there is no room; within the window in any case. */
export function placeBeside(card: HTMLElement, word: HTMLElement): void {
  const { left, top, bottom } = word.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 16;
  const below = bottom + 8;
  const y = below + height < window.innerHeight ? below : top - height - 8;
  card.style.left = `${Math.max(16, Math.min(left, room)) + window.scrollX}px`;
  card.style.top = `${y + window.scrollY}px`;
}
