// Single keys of the calendar: each presses the button that names it in aria-keyshortcuts. And the print button, which needs no server.
const typing = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]';
const gridKeys = new Set(['t', 'n']); // a grid that has the focus knows better where

let wasInGrid = false;

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.key.length !== 1) return;
  const page = document.querySelector('[data-shortcuts=true]');
  const key = event.key.toLowerCase();
  if (!page || event.target.closest?.(`${typing}, [role=dialog], [role=menu]`) || document.querySelector('.mud-dialog')) return;
  const grid = event.target.closest?.('[data-grid]');
  if (grid && gridKeys.has(key)) return;
  const button = page.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (!button) return;
  event.preventDefault();
  wasInGrid = Boolean(grid);
  button.click();
}

// Another view, or other days, by key: whoever was in the grid is in it again.
export function arrive(grid) {
  if (!wasInGrid) return;
  wasInGrid = false;
  const cell = grid.querySelector('[role=gridcell][tabindex="0"], [data-cell]');
  cell?.focus();
}

if (!globalThis.peerWebCalendarKeys) {
  globalThis.peerWebCalendarKeys = true;
  document.addEventListener('keydown', press);
  document.addEventListener('click', event => { if (event.target.closest?.('[data-print]')) print(); });
}
