/**
 * Does something while the page is in sight, and anew each time that it comes in sight.
 *
 * @param work - begins it; its signal is aborted when nobody can see the page any more
 * @param onHidden - told after that, and at once when the page is out of sight now
 * @returns ends it for good
 */
export function whileVisible(
  work: (signal: AbortSignal) => void,
  onHidden: () => void = () => {},
): () => void {
  let working: AbortController | undefined;
  let wasVisible: boolean | undefined;

  function turn(): void {
    const isVisible = document.visibilityState === 'visible';
    if (isVisible === wasVisible) return;
    wasVisible = isVisible;
    working?.abort();
    working = isVisible ? new AbortController() : undefined;
    if (working) work(working.signal);
    else onHidden();
  }

  document.addEventListener('visibilitychange', turn);
  turn();
  return () => {
    document.removeEventListener('visibilitychange', turn);
    working?.abort();
  };
}
