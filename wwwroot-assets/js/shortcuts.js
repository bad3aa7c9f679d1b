// Single keys: each presses the button, or goes to the input, that names it in aria-keyshortcuts. And the print button, which needs no server.
const typing = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]';
const gridKeys = new Set(['t', 'n']); // a grid that has the focus knows better where

// Whoever changed the view from within a grid is to be in the next one; until they go elsewhere themselves.
let follows = false;
const astray = '[role=gridcell]:not([tabindex="0"]), [data-grid=agenda] [data-pick=event]:not([data-cell])';

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
  if (event.target !== document.body) follows = Boolean(grid);
  if (button.matches('input')) button.focus();
  else button.click();
}

// Another view, or other days. It may come late, when the next one is on its way.
export function arrive(grid) {
  const active = document.activeElement;
  if (follows && (active === document.body || active.matches(astray))) grid.querySelector('[role=gridcell][tabindex="0"], [data-cell]')?.focus();
}

if (!globalThis.peerWebCalendarKeys) {
  globalThis.peerWebCalendarKeys = true;
  document.addEventListener('keydown', press);
  document.addEventListener('pointerdown', () => { follows = false; });
  document.addEventListener('focusin', event => { if (!event.target.closest('[data-grid]')) follows = false; });
  document.addEventListener('click', event => { if (event.target.closest?.('[data-print]')) print(); });
}
