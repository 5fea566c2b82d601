// The rail's toggle and the keys that work everywhere: `/` searches, Escape steps back.
const root = document.documentElement;

function syncToggle(toggle) {
  toggle.setAttribute("aria-expanded", String(root.dataset.rail === "open"));
}

for (const toggle of document.querySelectorAll("[data-rail-toggle]")) {
  syncToggle(toggle);
  toggle.addEventListener("click", () => {
    const open = root.dataset.rail !== "open";
    if (open) {
      root.dataset.rail = "open";
    } else {
      delete root.dataset.rail;
    }
    try {
      localStorage.setItem("rail", open ? "open" : "closed");
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
    syncToggle(toggle);
  });
}

// On a phone a row of tabs or filters is longer than the screen: the current one is brought into it.
for (const current of document.querySelectorAll(":is(.tab, .chip)[aria-current]")) {
  const row = current.closest(".tabs, .chips");
  row.scrollLeft += current.getBoundingClientRect().right - row.getBoundingClientRect().right + row.clientWidth / 4;
}

// Labels that appear on hover can be sent away without moving the pointer (WCAG 1.4.13).
document.querySelector(".rail")?.addEventListener("pointerleave", () => delete root.dataset.labels);
document.querySelector(".rail")?.addEventListener("focusout", () => delete root.dataset.labels);

function isTyping(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches("input, textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) {
    return;
  }
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (event.key === "Escape") {
    root.dataset.labels = "off";
    if (document.querySelector("dialog:modal, :popover-open")) {
      return; // the browser closes those
    }
    if (isTyping(event.target)) {
      event.target.blur();
      return;
    }
    document.querySelector("a[data-escape]")?.click();
  }
});

// Browsers without invoker commands: `command` and `commandfor` on buttons.
if (!("command" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (dialog && button.getAttribute("command") === "show-modal") {
      dialog.showModal();
    } else if (dialog && button.getAttribute("command") === "close") {
      dialog.close();
    }
  });
}

// A dialog that the server sent open (its form has errors) becomes a modal one.
function raiseDialogs(within) {
  for (const dialog of within.querySelectorAll("dialog[data-modal-open]")) {
    dialog.removeAttribute("data-modal-open");
    dialog.close();
    dialog.showModal();
  }
}

raiseDialogs(document);
document.addEventListener("htmx:load", (event) => raiseDialogs(event.target));
