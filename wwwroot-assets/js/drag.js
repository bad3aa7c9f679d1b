// Moves and resizes events, and marks out new ones: by pointer, and by Alt with the arrow keys. The page hears of it once, at the end.
// Times are wall-clock times, counted as if they were UTC. Touch is left to scrolling; the menu is there for it.
const minute = 60_000;
const day = 1440 * minute;
const quarter = 15 * minute;
const half = 30 * minute;
const slack = 4; // pixels before a press is a drag
const edge = 6; // pixels at which an event is taken by its end

const parse = text => Date.parse(text.length > 10 ? `${text}Z` : `${text}T00:00:00Z`);
const iso = (time, isAllDay) => new Date(time).toISOString().slice(0, isAllDay ? 10 : 19);
const midnight = time => Math.floor(time / day) * day;
const snapped = (time, step) => Math.round(time / step) * step;
const between = (low, value, high) => Math.max(low, Math.min(value, high));
const dayWords = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

function words({ start, end, isAllDay }) {
  const lastDay = midnight(end - 1) > midnight(start) ? midnight(end - 1) : null;
  const days = lastDay === null ? dayWords.format(start) : `${dayWords.format(start)} – ${dayWords.format(lastDay)}`;
  return isAllDay ? days : `${days}, ${iso(start).slice(11, 16)} – ${iso(end).slice(11, 16)}`;
}

// Where days and hours are on the screen now.
function geometry(root) {
  const isWeek = root.dataset.grid === 'week';
  const columns = [...root.querySelectorAll(isWeek ? '[data-head]' : '[role=gridcell][data-day]')]
    .map(element => ({ start: parse(element.dataset.head ?? element.dataset.day), rect: element.getBoundingClientRect() }));
  const hours = root.querySelector('[data-hours]')?.getBoundingClientRect();
  const bars = root.querySelector('[data-slot=all-day]')?.getBoundingClientRect();
  const away = (rect, x, y) => Math.hypot(x - between(rect.left, x, rect.right), isWeek ? 0 : y - between(rect.top, y, rect.bottom));
  const dayAt = (x, y) => columns.reduce((best, column) => (away(column.rect, x, y) < away(best.rect, x, y) ? column : best)).start;
  return {
    columns, hours, bars, dayAt,
    timeAt: (x, y) => dayAt(x, y) + between(0, (y - hours.top) / hours.height, 1) * day,
    // The rectangles that a time takes, one for each day that shows.
    pieces: ({ start, end }, isByDay) => columns.flatMap(({ start: from, rect }) => {
      if (end <= from && !(start === end && start === from) || start >= from + day) return [];
      if (isByDay) return [hours ? { left: rect.left, width: rect.width, top: bars.top, height: bars.height } : rect];
      const [top, bottom] = [between(0, (start - from) / day, 1), between(0, (end - from) / day, 1)];
      return [{ left: rect.left, width: rect.width, top: hours.top + top * hours.height, height: Math.max(12, (bottom - top) * hours.height) }];
    }),
  };
}

// What is drawn over the page meanwhile.
function ghost(root) {
  const layer = document.body.appendChild(document.createElement('div'));
  layer.className = 'drag-layer';
  layer.setAttribute('aria-hidden', 'true');
  const draw = (work, place) => {
    const { pieces, hours, bars, columns } = place;
    const frame = (root.querySelector('[data-scroller]') ?? root).getBoundingClientRect();
    const top = hours && !work.isByDay ? Math.max(frame.top, bars.bottom, columns[0].rect.bottom) : frame.top;
    Object.assign(layer.style, { left: `${frame.left}px`, top: `${top}px`, width: `${frame.width}px`, height: `${frame.bottom - top}px` });
    const shapes = pieces(work, work.isByDay);
    layer.replaceChildren(...(shapes.length > 0 ? shapes : [work.element]).map((shape, index) => {
      const piece = document.createElement('div');
      piece.className = shapes.length === 0 ? 'drag-ghost away' : hours ? 'drag-ghost' : 'drag-ghost clear';
      if (work.color) piece.style.setProperty('--color', work.color);
      Object.assign(piece.style, { left: `${shape.left - frame.left}px`, top: `${shape.top - top}px`, width: `${shape.width}px`, height: `${shape.height}px` });
      if (index === 0) {
        const label = piece.appendChild(document.createElement('span'));
        label.textContent = words(work);
      }
      return piece;
    }));
  };
  return { draw, remove: () => layer.remove() };
}

function ofEvent(root, element) {
  const { source, uid, recurrenceId, begin, end } = element.dataset;
  const isAllDay = begin.length === 10;
  // In a month, and among the bars of a week, everything goes by days.
  const isByDay = root.dataset.grid === 'month' || element.closest('[data-slot=all-day]') !== null;
  return {
    source, uid, recurrenceId, isAllDay, isByDay, begin: parse(begin), until: parse(end), start: parse(begin), end: parse(end),
    color: element.style.getPropertyValue('--color'), element: element.getBoundingClientRect(),
  };
}

function report(root, work) {
  if (!root.isConnected) return;
  const detail = { begin: iso(work.start, work.isAllDay), end: iso(work.end, work.isAllDay) };
  if (work.gesture === 'new') {
    root.dispatchEvent(new CustomEvent('peerweb-gridnew', { bubbles: true, detail: { ...detail, isAllDay: work.isAllDay } }));
  } else if (work.start !== work.begin || work.end !== work.until) {
    const { source, uid, recurrenceId } = work;
    root.dispatchEvent(new CustomEvent('peerweb-gridmove', { bubbles: true, detail: { ...detail, source, uid, recurrenceId } }));
  }
}

const say = (root, text) => { root.querySelector('[data-say]').textContent = text ?? ''; };

// The time that a pointer at (x, y) means.
function follow(work, place, x, y) {
  const { gesture, begin, until, grabbed, isByDay } = work;
  if (gesture === 'new' && !isByDay) {
    const at = between(midnight(grabbed), place.timeAt(place.columns.find(column => column.start === midnight(grabbed))?.rect.left + 1, y), midnight(grabbed) + day - 1);
    work.start = Math.floor(Math.min(grabbed, at) / half) * half;
    work.end = Math.floor(Math.max(grabbed, at) / half) * half + half;
    return;
  }
  const at = isByDay ? place.dayAt(x, y) : place.timeAt(x, y);
  if (gesture === 'new') {
    [work.start, work.end] = [Math.min(grabbed, at), Math.max(grabbed, at) + day];
  } else if (gesture === 'end') {
    work.end = isByDay ? Math.max(at, begin) + day : Math.max(snapped(at, quarter), begin + quarter);
  } else if (gesture === 'start') {
    work.start = isByDay ? Math.min(at, until - day) : Math.min(snapped(at, quarter), until - quarter);
  } else {
    const by = snapped(at - grabbed, isByDay ? day : quarter);
    // To another day at the same time it keeps its odd minutes; a new time is a round one.
    const start = by % day === 0 ? begin + by : Math.max(midnight(at) + midnight(begin) - midnight(grabbed), snapped(begin + by, quarter));
    [work.start, work.end] = [start, start + until - begin];
  }
}

function gestureAt(root, event, element) {
  const isAllDay = element.dataset.begin.length === 10;
  const isByDay = root.dataset.grid === 'month' || element.closest('[data-slot=all-day]') !== null;
  if (isByDay && !isAllDay) return 'move';
  const rect = element.getBoundingClientRect();
  const [low, at, high] = isByDay ? [rect.left, event.clientX, rect.right] : [rect.top, event.clientY, rect.bottom];
  if (high - at <= edge && !element.classList.contains('after')) return 'end';
  if (at - low <= (isByDay ? edge : edge / 2) && !element.classList.contains('before')) return 'start';
  return 'move';
}

function beginDrag(root, press, element) {
  const place = geometry(root);
  const cell = element ?? press.target.closest('[role=gridcell]');
  const gesture = element ? gestureAt(root, press, element) : 'new';
  const isByDay = root.dataset.grid === 'month' || cell.closest('[data-slot=all-day]') !== null;
  const work = element ? ofEvent(root, element) : { isAllDay: isByDay, isByDay, color: '' };
  const grabbed = isByDay ? place.dayAt(press.clientX, press.clientY) : place.timeAt(press.clientX, press.clientY);
  return Object.assign(work, { gesture, grabbed });
}

function watchPointer(root) {
  root.addEventListener('pointerdown', press => {
    if (press.button !== 0 || press.pointerType === 'touch') return;
    const pick = press.target.closest('[data-pick]');
    const element = pick?.dataset.begin ? pick : null;
    if (!element && (pick || !root.dataset.makes || !press.target.closest('[role=gridcell]'))) return;

    const scroller = root.querySelector('[data-scroller]');
    const over = new AbortController();
    let [x, y] = [press.clientX, press.clientY];
    let work = null;
    let shadow = null;

    const update = () => {
      if (!work) return;
      const place = geometry(root);
      follow(work, place, x, y);
      shadow.draw(work, place);
    };
    const end = isDrop => {
      over.abort();
      if (!work) return;
      shadow.remove();
      delete root.dataset.dragging;
      // The press ends in a click, which would open what was only put down.
      const swallow = click => { click.stopPropagation(); click.preventDefault(); };
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      if (isDrop) report(root, work);
      work = null;
    };
    const scrollAtEdge = () => {
      if (over.signal.aborted) return;
      if (work && !work.isByDay && scroller) {
        const frame = scroller.getBoundingClientRect();
        const by = y > frame.bottom - 24 ? 6 : y < geometry(root).bars.bottom + 12 ? -6 : 0;
        if (by !== 0) {
          scroller.scrollTop += by;
          update();
        }
      }
      requestAnimationFrame(scrollAtEdge);
    };

    const on = (target, name, handler) => target.addEventListener(name, handler, { signal: over.signal, capture: true });
    on(window, 'pointermove', event => {
      if (event.pointerId !== press.pointerId) return;
      [x, y] = [event.clientX, event.clientY];
      if (!work && Math.hypot(x - press.clientX, y - press.clientY) > slack) {
        work = beginDrag(root, press, element);
        shadow = ghost(root);
        root.dataset.dragging = work.gesture;
        requestAnimationFrame(scrollAtEdge);
      }
      update();
    });
    on(window, 'pointerup', event => { if (event.pointerId === press.pointerId) end(true); });
    on(window, 'pointercancel', () => end(false));
    on(window, 'blur', () => end(false));
    on(window, 'keydown', event => {
      if (event.key !== 'Escape' || !work) return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
    });
    if (scroller) on(scroller, 'scroll', update);
  });
  root.addEventListener('dragstart', event => event.preventDefault());
}

// What Alt and an arrow do to a time; as on the screen, so up and down are minutes in a week and weeks in a month.
function step(work, key, isEnd, isMonth) {
  const [vertical, sign] = [key === 'ArrowUp' || key === 'ArrowDown', key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1];
  if (isEnd) {
    const unit = work.isAllDay ? day : quarter;
    if (work.isAllDay === vertical || (!work.isAllDay && work.isByDay)) return;
    const end = work.isAllDay ? work.end + sign * unit : nextQuarter(work.end, sign);
    if (end >= work.start + unit) work.end = end;
    return;
  }
  if (vertical && work.isByDay && !isMonth) return;
  const start = !vertical ? work.start + sign * day : isMonth ? work.start + sign * 7 * day : nextQuarter(work.start, sign);
  [work.start, work.end] = [start, start + work.end - work.start];
}

const nextQuarter = (time, sign) => (sign > 0 ? Math.floor(time / quarter) + 1 : Math.ceil(time / quarter) - 1) * quarter;

function watchKeys(root) {
  let work = null;
  let shadow = null;
  let over = null;

  const end = isDrop => {
    over.abort();
    shadow.remove();
    const done = work;
    work = null;
    say(root, '');
    if (isDrop) report(root, done);
  };

  root.addEventListener('keydown', event => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.key.startsWith('Arrow')) return;
    const element = event.target.closest('[data-pick=event]');
    if (!element) return;
    // Alt and left is the browser's way back; on an event it is not.
    event.preventDefault();
    event.stopPropagation();
    if (!element.dataset.begin) {
      say(root, element.getAttribute('aria-description'));
      return;
    }
    if (!work) {
      work = ofEvent(root, element);
      shadow = ghost(root);
      over = new AbortController();
      const on = (target, name, handler) => target.addEventListener(name, handler, { signal: over.signal, capture: true });
      on(window, 'keyup', up => { if (up.key === 'Alt') { up.preventDefault(); end(true); } });
      on(window, 'keydown', down => {
        if (down.key !== 'Escape') return;
        down.preventDefault();
        down.stopPropagation();
        end(false);
      });
      on(window, 'blur', () => end(false));
      on(root, 'focusout', () => end(false));
    }
    step(work, event.key, event.shiftKey, root.dataset.grid === 'month');
    shadow.draw(work, geometry(root));
    say(root, words(work));
  });
}

// In a month what shows under the pointer, a name in full and the button that opens the menu, is made where it is looked for; a thousand of them cost more than the events.
function offerMenu(root) {
  const offer = event => {
    const element = event.target.closest('[data-pick=event]');
    if (!element) return;
    element.title ||= element.getAttribute('aria-label');
    if (!element.dataset.begin || element.querySelector('[data-pick=menu]')) return;
    const button = Object.assign(document.createElement('span'), { className: 'moves', title: 'Move…', textContent: '⋮' });
    button.setAttribute('aria-hidden', 'true');
    button.dataset.pick = 'menu';
    element.append(button);
  };
  root.addEventListener('pointerover', offer);
  root.addEventListener('focusin', offer);
}

export function watchDrag(root) {
  if (root.dataset.grid === 'month') offerMenu(root);
  watchPointer(root);
  watchKeys(root);
  root.dataset.watched = 'true';
}
