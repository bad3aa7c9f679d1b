// What the calendar needs of the browser: its zone, its storage, and events that carry more than Blazor's own.
export { watchDrag } from './drag.js';
export { arrive } from './shortcuts.js';
export { followFocus } from './focus.js';
import { pieceOf } from './focus.js';

export const { timeZone, remembered, remember } = window.peerwebShell;

// The same for as long as the tab is open.
export function rememberedInTab(key) {
  try {
    const value = JSON.parse(sessionStorage.getItem(key));
    return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberInTab(key, values) {
  try {
    sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // without storage the calendar opens on today
  }
}

// The one listener of a grid learns what was clicked, and where the focus was.
function target(element) {
  const pick = element?.closest?.('[data-pick]');
  const event = element?.closest?.('[data-uid]');
  const grid = element?.closest?.('[data-grid]')?.getBoundingClientRect();
  const place = (event ?? pick)?.getBoundingClientRect();
  return {
    pick: pick?.dataset.pick ?? null,
    day: element?.closest?.('[data-day]')?.dataset.day ?? null,
    slot: element?.closest?.('[data-slot]')?.dataset.slot ?? null,
    source: event?.dataset.source ?? null,
    uid: event?.dataset.uid ?? null,
    recurrenceId: event?.dataset.recurrenceId ?? '',
    x: place ? Math.round(place.left - grid.left) : 0,
    y: place ? Math.round(place.bottom - grid.top) : 0,
  };
}

const gridKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 't', 'T', 'n', 'N']);

if (!globalThis.peerWebCalendarEvents) {
  globalThis.peerWebCalendarEvents = true;

  Blazor.registerCustomEventType('gridpick', {
    browserEventName: 'click',
    createEventArgs: event => {
      const picked = target(event.target);
      // A box shows what its owner has said.
      if (picked.pick === 'check') event.preventDefault();
      return picked;
    },
  });

  Blazor.registerCustomEventType('gridkey', {
    browserEventName: 'keydown',
    createEventArgs: event => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const onButton = event.target.closest('button, a, input, [role=dialog]') !== null;
      // Enter and space on an event are its own click; on a day they open it.
      if (plain && (gridKeys.has(event.key) || (!onButton && (event.key === 'Enter' || event.key === ' ')))) event.preventDefault();
      return { ...target(event.target), key: plain ? event.key : '', onButton };
    },
  });

  Blazor.registerCustomEventType('griddouble', {
    browserEventName: 'dblclick',
    createEventArgs: event => target(event.target),
  });

  // The right button, the menu key and Shift+F10 alike.
  Blazor.registerCustomEventType('gridmenu', {
    browserEventName: 'contextmenu',
    createEventArgs: event => {
      if (event.target.closest('[data-pick=event]')) event.preventDefault();
      return target(event.target);
    },
  });

  for (const name of ['gridmove', 'gridnew']) {
    Blazor.registerCustomEventType(name, { browserEventName: `peerweb-${name}`, createEventArgs: event => event.detail });
  }

  Blazor.registerCustomEventType('gridsize', {
    browserEventName: 'peerweb-gridsize',
    createEventArgs: event => event.detail,
  });
}

// Tells the grid how high its cells are, so that it shows as many lines as fit.
export function watchSize(grid) {
  let last = '';
  const report = () => {
    const week = grid.querySelector('.week');
    if (!week) return;
    const isNarrow = grid.clientWidth < 600;
    const detail = { cellHeight: Math.floor(grid.querySelector('.weeks').clientHeight / grid.querySelectorAll('.week').length), isNarrow };
    const text = JSON.stringify(detail);
    if (text === last) return;
    last = text;
    grid.dispatchEvent(new CustomEvent('peerweb-gridsize', { bubbles: true, detail }));
  };
  const observer = new ResizeObserver(report);
  observer.observe(grid);
  report();
}

// A week opens at that day and minute, and stays where the viewer has scrolled it since.
export function showTime(grid, day, minute) {
  const scroller = grid.querySelector('[data-scroller]');
  const head = grid.querySelector(`[data-head="${day}"]`);
  const hours = grid.querySelector('[data-hours]');
  if (!head || !hours) return;
  scroller.scrollLeft = head.offsetLeft - grid.querySelector('[role=columnheader]').offsetWidth;
  if (grid.peerWebTop !== undefined && Math.abs(scroller.scrollTop - grid.peerWebTop) > 60) return;
  scroller.scrollTop = Math.max(0, (minute / 1440) * hours.offsetHeight - 8);
  grid.peerWebTop = scroller.scrollTop;
}

export function focusCell(grid) {
  grid.querySelector('[role=gridcell][tabindex="0"], [data-cell]')?.focus();
}

// An event that is drawn in another cell is another element; whoever had the focus on it keeps it.
export function keepFocus(grid, source, uid, recurrenceId) {
  const active = document.activeElement;
  if (active && active !== document.body && active !== grid.peerWebLent) return;
  const event = pieceOf(grid, { source, uid, recurrenceId });
  if (event) {
    event.focus();
    return;
  }
  // Not drawn now; the cell has the focus until it is.
  focusCell(grid);
  grid.peerWebLent = document.activeElement;
}
