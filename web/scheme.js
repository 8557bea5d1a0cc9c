// Runs before the first paint, so that a dark-mode user never sees a white flash, nor anybody another company's colour. A file of its own because the
// content security policy forbids inline scripts.
(() => {
  let chosen = 'auto';
  let hue = null;
  try {
    chosen = localStorage.getItem('bulkhead-scheme') ?? 'auto';
    hue = sessionStorage.getItem('bulkhead-hue');
  } catch {
    // Storage may be switched off; the system's scheme is right then.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (hue) document.documentElement.style.setProperty('--company-hue', hue);
})();
