// Runs before the first paint, so that nothing jumps: what the person chose, and that scripts are on.
document.documentElement.dataset.js = "";
try {
  if (localStorage.getItem("rail") === "open") {
    document.documentElement.dataset.rail = "open";
  }
} catch {
  // Storage is switched off: the rail starts closed.
}
