// What the shell needs of the browser: sign-out, its zone and what it keeps, the skip link, and the panel for a lost connection.
(() => {
  window.peerwebShell = {
    signOut() { document.getElementById('sign-out').requestSubmit(); },
    // The last words of a server that ends in order; the connection goes right after.
    serverStops() { document.getElementById('components-reconnect-modal').dataset.stops = ''; },
    remembered(key) {
      try {
        const value = JSON.parse(localStorage.getItem(key));
        return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
      } catch {
        return []; // storage is switched off or holds something else
      }
    },
    remember(key, values) { localStorage.setItem(key, JSON.stringify(values)); },
    timeZone() { return Intl.DateTimeFormat().resolvedOptions().timeZone ?? null; },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return false; // Forbidden, or no secure page: the address still stands there to be selected.
      }
    },
  };

  // What was being typed is its user's; who signs out takes it along.
  document.getElementById('sign-out').addEventListener('submit', () => {
    try {
      Object.keys(localStorage).filter(key => key.startsWith('peerweb.writing.')).forEach(key => localStorage.removeItem(key));
      // Whoever signs in next begins with today.
      Object.keys(sessionStorage).filter(key => key.startsWith('peerweb.')).forEach(key => sessionStorage.removeItem(key));
    } catch {
      // Without storage nothing was kept.
    }
  });

  // <base href="/"> would make "#main" another page.
  document.addEventListener('click', event => {
    if (!event.target.closest?.('.skip-link')) return;
    event.preventDefault();
    const main = document.getElementById('main');
    main?.focus();
    main?.scrollIntoView();
  }, true);

  let patience;
  const panel = document.getElementById('components-reconnect-modal');
  const reconnect = async () => {
    try {
      // False: the server is there and no longer knows the circuit; the page can only be loaded anew.
      if (!await Blazor.reconnect()) location.reload();
    } catch {
      addEventListener('online', reconnect, { once: true });
    }
  };
  const tryWhenSeen = () => { if (document.visibilityState === 'visible') reconnect(); };
  panel.addEventListener('components-reconnect-state-changed', event => {
    switch (event.detail.state) {
      case 'show':
        if (!panel.open) panel.showModal();
        break;
      case 'hide':
        panel.close();
        delete panel.dataset.stops;
        clearInterval(patience);
        document.removeEventListener('visibilitychange', tryWhenSeen);
        break;
      case 'failed':
        document.addEventListener('visibilitychange', tryWhenSeen);
        // The framework has given up; a server that was away for long comes back all the same.
        clearInterval(patience);
        patience = setInterval(tryWhenSeen, 30_000);
        break;
      case 'rejected':
        location.reload();
        break;
    }
  });
  panel.addEventListener('cancel', event => event.preventDefault());
  document.getElementById('reconnect-retry').addEventListener('click', reconnect);
})();
