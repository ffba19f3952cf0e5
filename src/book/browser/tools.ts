/** What the buttons of a page do, by the name that each bears in `data-tool`. */
export type Tools = Record<string, () => void>;

/** Shows the buttons, whose place is kept free, since without a script they would do nothing. */
export function startTools(tools: Tools): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-tool]')) {
    const action = tools[button.dataset.tool ?? ''];
    if (action === undefined) continue;
    button.addEventListener('click', action);
    button.hidden = false;
  }
}
