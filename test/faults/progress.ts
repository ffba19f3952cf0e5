/** How many items have got somewhere, and who waits until it is so many. */
export class Progress {
  count = 0;
  private waiting: { target: number; resolve: () => void }[] = [];

  /** Counts more items. */
  advance(items: number): void {
    this.count += items;
    const due = this.waiting.filter(({ target }) => target <= this.count);
    this.waiting = this.waiting.filter(({ target }) => target > this.count);
    for (const { resolve } of due) resolve();
  }

  /** Resolves once so many items have been counted. */
  reached(target: number): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ target, resolve });
      this.advance(0);
    });
  }
}
