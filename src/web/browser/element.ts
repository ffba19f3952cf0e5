/**
 * Makes an element that holds text. All that a panel shows is made here, so nothing in a stream can be markup.
 *
 * @param className - may be empty
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** Puts a text in an element that is read out when it changes: the same text again would be, too. */
export function tell(told: HTMLElement, text: string): void {
  if (told.textContent !== text) told.textContent = text;
}

/**
 * Makes an element scroll along with what is put into it, until the reader scrolls back; at its end it scrolls along
 * again. It takes the focus, so that the arrow keys can scroll it.
 *
 * @returns puts something in and scrolls along
 */
export function scrollAlong(scrolled: HTMLElement): (put: () => void) => void {
  scrolled.tabIndex = 0;
  return (put) => {
    const { scrollTop, scrollHeight, clientHeight } = scrolled;
    // Half a line of tolerance: zoomed pages have fractions of pixels.
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 12;
    put();
    if (isAtEnd) scrolled.scrollTop = scrolled.scrollHeight;
  };
}
