// Forms: sending with the keyboard, focus on the errors, drop zones.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) {
    return;
  }
  const form = event.target.closest?.("form");
  if (event.target.matches("textarea") && form) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// A file whose kind the browser does not know is told by its content, on the server.
function accepts(input, file) {
  const accepted = input.accept.split(",").map((kind) => kind.trim()).filter(Boolean);
  return accepted.length === 0 || file.type === "" || accepted.some((kind) => (
    kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : file.type === kind || kind === file.type.replace(/\/.*/, "/*")
  ));
}

function refusal(zone, input, file) {
  if (!accepts(input, file)) {
    return zone.dataset.wrongType;
  }
  return file.size > Number(input.dataset.maxBytes || Infinity) ? zone.dataset.tooBig : "";
}

function size(bytes) {
  const [unit, number] = bytes < 1024 * 1024 ? ["kilobyte", Math.ceil(bytes / 1024)] : ["megabyte", bytes / 1024 / 1024];
  return number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, style: "unit", unit });
}

function showFile(zone, input) {
  const file = input.files[0];
  const reason = file ? refusal(zone, input, file) : "";
  const name = zone.querySelector("[data-drop-file]");
  const error = zone.parentElement.querySelector("[data-drop-error]");
  zone.classList.toggle("is-refused", Boolean(reason));
  input.setCustomValidity(reason);
  name.hidden = !file;
  name.querySelector("[data-drop-name]").textContent = file ? `${file.name} · ${size(file.size)}` : "";
  error.hidden = !reason;
  error.querySelector("[data-drop-reason]").textContent = reason;
}

document.addEventListener("change", (event) => {
  const zone = event.target.closest?.("[data-drop-zone]");
  if (zone && event.target.type === "file") {
    showFile(zone, event.target);
  }
});

// The input fills the zone, so the browser itself takes the dropped file; here is only the feedback.
for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.("[data-drop-zone]")?.classList.toggle("is-over", over);
  });
}

// A form is sent once, however often its button is pressed. The lock opens by itself, as an answer may be a download.
const LOCK_MS = 3000;
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") {
    return; // htmx, a dialog or a search
  }
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  setTimeout(() => sent.delete(form), LOCK_MS);
});

function focusErrors(within) {
  within.querySelector("[data-focus]")?.focus();
}

focusErrors(document);
document.addEventListener("htmx:load", (event) => focusErrors(event.target));

// The names of attached files stand where the word "Attach" was.
document.addEventListener("change", (event) => {
  const names = event.target.closest?.("[data-attach]")?.querySelector("[data-attach-names]");
  if (names && event.target.files.length > 0) {
    names.textContent = [...event.target.files].map((file) => file.name).join(", ");
  }
});
