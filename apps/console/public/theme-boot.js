// Runs before the first paint, so that a chosen theme never flashes. Without a choice the system decides.
// The key and its values are those of src/shell/theme.ts.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us: the system decides.
}
