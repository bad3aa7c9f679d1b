// A text may be longer than what the circuit takes in one message, so it goes in parts, each a message of its own, in order and before the click that follows.
const part = 4000; // characters; at worst six bytes each
const keys = ['keydown', 'keyup', 'keypress', 'input', 'change', 'click'];
const watched = new WeakSet();

function send(area) {
  const text = area.value.toWellFormed?.() ?? area.value;
  let at = 0;
  do {
    let end = Math.min(at + part, text.length);
    // A pair of surrogates stays together.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    const detail = { at, text: text.slice(at, end), isLast: end === text.length };
    area.parentElement.dispatchEvent(new CustomEvent('peerweb-textpart', { bubbles: true, detail }));
    at = end;
  } while (at < text.length);
}

// Blazor sends the whole text along with whatever else happens in its element. Of a long one it must not hear; what listens within the dialog still does.
function keepQuiet(area) {
  const frame = area.closest('[role=dialog]') ?? area.parentElement;
  if (watched.has(frame)) return;
  watched.add(frame);
  for (const key of keys) {
    frame.addEventListener(key, event => { if (event.target.matches('textarea[data-parts]') && event.target.value.length > part) event.stopPropagation(); });
  }
}

if (!globalThis.peerWebLongText) {
  globalThis.peerWebLongText = true;
  Blazor.registerCustomEventType('textpart', { browserEventName: 'peerweb-textpart', createEventArgs: event => event.detail });
  document.addEventListener('focusin', event => { if (event.target.matches('textarea[data-parts]')) keepQuiet(event.target); }, true);
  document.addEventListener('change', event => {
    if (!event.target.matches?.('textarea[data-parts]')) return;
    keepQuiet(event.target);
    send(event.target);
  }, true);
}
