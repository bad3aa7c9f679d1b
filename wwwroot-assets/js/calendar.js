// What the calendar needs of the browser: its zone, its storage, and two events that carry more than Blazor's own.

export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;
}

export function remembered(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key));
    return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  } catch {
    return []; // storage is switched off or holds something else
  }
}

export function remember(key, values) {
  localStorage.setItem(key, JSON.stringify(values));
}

// The one listener of a grid learns what was clicked, and where the focus was.
function target(element) {
  const pick = element?.closest?.('[data-pick]');
  return {
    pick: pick?.dataset.pick ?? null,
    day: (pick ?? element)?.closest?.('[data-day]')?.dataset.day ?? null,
    source: pick?.dataset.source ?? null,
    uid: pick?.dataset.uid ?? null,
    recurrenceId: pick?.dataset.recurrenceId ?? '',
  };
}

const gridKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 't', 'T']);

if (!globalThis.peerWebCalendarEvents) {
  globalThis.peerWebCalendarEvents = true;

  Blazor.registerCustomEventType('gridpick', {
    browserEventName: 'click',
    createEventArgs: event => target(event.target),
  });

  Blazor.registerCustomEventType('gridkey', {
    browserEventName: 'keydown',
    createEventArgs: event => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const onButton = event.target.closest('button, a, [role=dialog]') !== null;
      // Enter and space on an event are its own click; on a day they open it.
      if (plain && (gridKeys.has(event.key) || (!onButton && (event.key === 'Enter' || event.key === ' ')))) event.preventDefault();
      return { ...target(event.target), key: plain ? event.key : '', onButton };
    },
  });

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
