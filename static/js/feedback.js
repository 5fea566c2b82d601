// Toasts: dismissing them, letting good news go by itself, and saying when a request failed.
const GOOD_NEWS_MS = 8000;
const region = document.getElementById("toasts");

function leave(toast) {
  toast.classList.add("is-leaving");
  setTimeout(() => toast.remove(), 150);
}

function prepare(toast) {
  if (toast.dataset.ready) {
    return;
  }
  toast.dataset.ready = "yes";
  toast.querySelector("[data-dismiss]")?.removeAttribute("hidden");
  const stays = toast.matches(".toast-error, .toast-warning") || toast.querySelector("form");
  if (stays) {
    return;
  }
  let timer;
  const wait = () => {
    timer = setTimeout(() => leave(toast), GOOD_NEWS_MS);
  };
  for (const name of ["pointerenter", "focusin"]) {
    toast.addEventListener(name, () => clearTimeout(timer));
  }
  for (const name of ["pointerleave", "focusout"]) {
    toast.addEventListener(name, wait);
  }
  wait();
}

function fail() {
  const toast = document.createElement("div");
  toast.className = "toast toast-error";
  toast.dataset.toast = "";
  const text = document.createElement("span");
  text.className = "toast-text";
  text.textContent = region.dataset.failed;
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.className = "button button-ghost button-small";
  dismiss.dataset.dismiss = "";
  dismiss.textContent = region.dataset.dismiss;
  toast.append(text, dismiss);
  region.append(toast);
}

if (region) {
  region.addEventListener("click", (event) => {
    const toast = event.target.closest("[data-dismiss]")?.closest("[data-toast]");
    if (toast) {
      leave(toast);
    }
  });
  const prepareAll = () => region.querySelectorAll("[data-toast]").forEach(prepare);
  new MutationObserver(prepareAll).observe(region, { childList: true });
  prepareAll();
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, fail);
  }
}
