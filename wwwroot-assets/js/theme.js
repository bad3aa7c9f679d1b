// Runs before the first paint. Keeps light, dark or system, and tells the circuit what that means now.
(() => {
  const key = 'peerweb-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  let circuit = null;

  const read = () => {
    try {
      const kept = localStorage.getItem(key);
      return kept === 'light' || kept === 'dark' ? kept : 'system';
    } catch {
      // Storage may be forbidden; the system's choice still holds.
      return 'system';
    }
  };
  const current = () => {
    const choice = read();
    return { choice, isDark: choice === 'system' ? system.matches : choice === 'dark' };
  };
  const apply = () => {
    const theme = current();
    document.documentElement.dataset.theme = theme.isDark ? 'dark' : 'light';
    return theme;
  };
  const changed = () => {
    const theme = apply();
    if (circuit) circuit.invokeMethodAsync('ThemeChangedAsync', theme);
  };

  system.addEventListener('change', changed);
  addEventListener('storage', event => { if (event.key === key) changed(); });
  window.peerwebTheme = {
    choose(choice) {
      try { localStorage.setItem(key, choice); } catch { /* Then it holds for nothing but this page's system setting. */ }
      return apply();
    },
    watch(layout) {
      circuit = layout;
      return apply();
    },
    unwatch() { circuit = null; },
  };
  apply();
})();
