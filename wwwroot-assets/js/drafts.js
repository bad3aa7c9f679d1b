// Keeps what is being typed in a dialog, in this browser alone, so that neither a lost connection nor a reload loses it.
// One record for each open dialog: { at, draft }, where draft is what the server needs to open it again, with the inputs as they are now.

import './longtext.js';
import './shortcuts.js'; // where one writes, single keys work, whatever page came first

const mostRecords = 20;

const read = key => {
  try {
    const record = JSON.parse(localStorage.getItem(key));
    return typeof record?.at === 'string' && typeof record.draft === 'object' ? record : null;
  } catch {
    return null; // storage is switched off or holds something else
  }
};

const keysOf = prefix => {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(prefix)).slice(0, mostRecords);
  } catch {
    return [];
  }
};

// Inputs of which the server makes one value tell their place in it, "phones.0.value": it may not have seen yet what is in them.
function wholeOf(input) {
  const whole = JSON.parse(input.value);
  for (const part of input.form.querySelectorAll(`[data-part^="${CSS.escape(input.name)}."]`)) {
    const path = part.dataset.part.split('.').slice(1);
    const key = path.pop();
    const within = path.reduce((value, step) => value?.[step], whole);
    if (within && key in within) within[key] = part.value;
  }
  return whole;
}

const valueOf = input => input.type === 'checkbox' ? input.checked : 'json' in input.dataset ? wholeOf(input) : input.value;

const inputsOf = form => Object.fromEntries([...form.elements]
  .filter(input => input.name && (input.type !== 'radio' || input.checked))
  .map(input => [input.name, valueOf(input)]));

// Text that the server has not seen yet goes first: its change event, then the click.
const flush = () => document.activeElement?.matches?.('input, textarea, select')
  && document.activeElement.dispatchEvent(new Event('change', { bubbles: true }));

const press = (dialog, button) => {
  flush();
  dialog.querySelector(button)?.click();
};

// A record of a dialog that is open in another tab is not offered here. Without locks (no https) all are.
async function heldElsewhere() {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set(held.map(lock => lock.name));
}

export async function kept(prefix) {
  const held = await heldElsewhere();
  const records = keysOf(prefix).filter(key => !held.has(key))
    .map(key => ({ id: key.slice(prefix.length), record: read(key) }))
    .filter(({ record }) => record !== null)
    .map(({ id, record }) => ({ id, at: record.at, draft: JSON.stringify(record.draft) }));
  return new TextEncoder().encode(JSON.stringify(records));
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Then nothing was kept either.
  }
}

// Whoever took the focus from elsewhere gives it back once the dialog is gone, unless it has gone on by then.
function giveBack(dialog, before, frames = 300) {
  if (dialog.isConnected && frames > 0) requestAnimationFrame(() => giveBack(dialog, before, frames - 1));
  else if (!dialog.isConnected && document.activeElement === document.body) before.focus({ preventScroll: true });
}

// Called once the dialog stands. Blazor replaces its content, never the form itself.
export function attach(form, key, draft, takesFocus) {
  const dialog = form.closest('[role=dialog]') ?? form;
  const initial = JSON.parse(draft);
  let settled = false;
  const ended = new AbortController();
  const save = () => {
    if (settled) return;
    try {
      localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), draft: { ...initial, form: { ...initial.form, ...inputsOf(form) } } }));
    } catch {
      // Full or switched off: the dialog works all the same.
    }
  };
  let again;
  const typed = () => {
    save();
    // The server may follow with another input, such as the end after the start.
    clearTimeout(again);
    again = setTimeout(save, 600);
  };
  form.addEventListener('input', typed, { signal: ended.signal });
  dialog.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      press(dialog, '[data-testid=entry-save]:not(:disabled)');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      press(dialog, '[data-testid=event-close]');
    }
  }, { signal: ended.signal });
  let free = () => {};
  navigator.locks?.request(key, () => new Promise(resolve => { free = resolve; }));
  const before = document.activeElement;
  if (takesFocus) form.querySelector('[name=title]')?.focus();
  return {
    settle(forget) {
      settled = true;
      ended.abort();
      clearTimeout(again);
      if (forget) drop(key);
      free();
      if (takesFocus) giveBack(dialog, before);
    },
  };
}

// Ctrl+Z undoes what the notice offers, unless something is being typed.
export function watchUndo(notice) {
  const undo = event => {
    if (event.key.toLowerCase() !== 'z' || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (event.target.closest?.('input, textarea, [role=dialog]')) return;
    const button = notice.querySelector('[data-testid=undo]');
    if (!button) return;
    event.preventDefault();
    button.click();
  };
  document.addEventListener('keydown', undo);
  return { stop: () => document.removeEventListener('keydown', undo) };
}
