// Runs before the first paint: sets the theme class and the rail's state from what this browser remembers.
(() => {
  var root = document.documentElement;
  var theme = 'system';
  var rail = 'open';
  try {
    theme = localStorage.getItem('sealane.theme') || 'system';
    rail = localStorage.getItem('sealane.rail') || 'open';
  } catch (_error) {
    root.dataset.storage = 'blocked';
  }
  var dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.classList.toggle('dark', dark);
  root.dataset.theme = theme;
  root.dataset.rail = rail;
})();
