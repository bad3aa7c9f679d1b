// An event of a month is drawn anew with its day. Whoever had the focus on it, or gets it back from a dialog, has it on the new element.
export function pieceOf(grid, { source, uid, recurrenceId, pick = 'event' }) {
  const pieces = [...grid.querySelectorAll(`[data-pick=${pick}]`)];
  return pieces.find(piece => piece.dataset.uid === uid && piece.dataset.source === source && piece.dataset.recurrenceId === recurrenceId);
}

export function followFocus(grid) {
  let last = null; // the event that had the focus last
  let has = false; // and has it still

  grid.addEventListener('focusin', event => {
    last = event.target.closest('[data-pick=event], [data-pick=check]');
    has = last !== null;
  });
  // An element that is taken away loses the focus too; by then its successor has it.
  grid.addEventListener('focusout', () => setTimeout(() => { has = last !== null && last === document.activeElement; }));

  new MutationObserver(() => {
    if (!last || last.isConnected) return;
    const gone = last;
    last = pieceOf(grid, gone.dataset) ?? null;
    gone.focus = options => pieceOf(grid, gone.dataset)?.focus(options);
    if (has) (last ?? grid.querySelector('[role=gridcell][tabindex="0"]'))?.focus();
  }).observe(grid, { childList: true, subtree: true });
}
