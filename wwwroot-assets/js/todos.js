// Todos are dragged onto each other, to the free room below them, or onto a column of the board; Ctrl with a bracket moves the one that has the focus to another level. The page hears of it once, at the end.
const type = 'text/x-peerweb-todo';

if (!globalThis.peerWebTodoEvents) {
  globalThis.peerWebTodoEvents = true;
  for (const name of ['tododrop', 'todolevel']) {
    Blazor.registerCustomEventType(name, { browserEventName: `peerweb-${name}`, createEventArgs: event => event.detail });
  }
}

const named = todo => ({ source: todo.dataset.source, uid: todo.dataset.uid, recurrenceId: todo.dataset.recurrenceId ?? null });

// A todo that is done or moved is drawn elsewhere, or not at all. Whoever had the focus on it has it there, or on the one that took its place.
function keepFocus(root, signal) {
  const todos = () => [...root.querySelectorAll('[data-testid=todo]')];
  const keyOf = todo => JSON.stringify(named(todo));
  let last = null;
  const successor = ({ todo, key, at, part }) => {
    const there = todos();
    const next = todo.isConnected ? todo : there.find(other => keyOf(other) === key) ?? there[Math.min(at, there.length - 1)];
    return next?.querySelector(`[data-testid="${part}"]:not(:disabled)`) ?? root.querySelector('[data-testid=quick-add-line]');
  };
  root.addEventListener('focusin', ({ target }) => {
    const todo = target.closest('[data-testid=todo]');
    last = todo && { todo, key: keyOf(todo), at: todos().indexOf(todo), part: target.dataset.testid };
    if (!last) return;
    // A dialog gives the focus back to what had it, which may be drawn anew by then.
    const had = last;
    target.focus = options => target.isConnected ? HTMLElement.prototype.focus.call(target, options) : successor(had)?.focus(options);
  }, { signal });
  root.addEventListener('focusout', event => { if (event.relatedTarget) last = null; }, { signal });
  document.addEventListener('pointerdown', event => { if (!event.target.closest?.('[data-testid=todo]')) last = null; }, { signal });
  const observer = new MutationObserver(() => {
    if (!last || document.activeElement !== document.body) return;
    successor(last)?.focus({ preventScroll: true });
  });
  observer.observe(root, { childList: true, subtree: true });
  signal.addEventListener('abort', () => observer.disconnect());
}

export function watch(root) {
  const ended = new AbortController();
  const { signal } = ended;
  keepFocus(root, signal);
  // The server has the line already, and what is typed from here on is the next one.
  root.addEventListener('submit', ({ target }) => {
    const line = target.querySelector('[data-testid=quick-add-line]');
    if (line) line.value = '';
  }, { signal });

  let dragged = null;
  let over = null;

  const mark = element => {
    if (over === element) return;
    over?.classList.remove('over');
    over = element;
    over?.classList.add('over');
  };
  const end = () => {
    mark(null);
    dragged = null;
  };
  const targetOf = event => {
    if (!dragged) return null;
    const target = event.target.closest('[data-drop]') ?? event.target.closest('[data-testid=todo]') ?? event.target.closest('[data-testid=list-rows]');
    if (!target || target === dragged || ('drop' in target.dataset && target.contains(dragged))) return null;
    return target;
  };

  root.addEventListener('dragstart', event => {
    dragged = event.target.closest?.('[data-testid=todo][draggable=true]') ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData(type, dragged.dataset.uid);
  }, { signal });
  root.addEventListener('dragover', event => {
    const target = targetOf(event);
    mark(target);
    if (!target) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  }, { signal });
  root.addEventListener('drop', event => {
    const target = targetOf(event);
    if (target) {
      event.preventDefault();
      const onto = 'drop' in target.dataset ? { status: target.dataset.drop } : { onSource: target.dataset.source ?? null, onUid: target.dataset.uid ?? null };
      root.dispatchEvent(new CustomEvent('peerweb-tododrop', { bubbles: true, detail: { ...named(dragged), ...onto } }));
    }
    end();
  }, { signal });
  root.addEventListener('dragend', end, { signal });

  root.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || (event.key !== ']' && event.key !== '[')) return;
    const todo = event.target.closest?.('[data-testid=todo]');
    if (!todo) return;
    event.preventDefault();
    if (event.repeat) return;
    root.dispatchEvent(new CustomEvent('peerweb-todolevel', { bubbles: true, detail: { ...named(todo), isDeeper: event.key === ']' } }));
  }, { signal });

  return { stop: () => ended.abort() };
}
