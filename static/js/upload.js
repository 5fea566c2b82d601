// Adding a document: a chosen file goes at once; the page says how far it is, then that it is being read.
// Runs before the page is built, not as a module: the event of a file chosen before it listens would never come again.
function enter(form, state) {
  for (const part of form.querySelectorAll("[data-upload-state]")) {
    part.hidden = part.dataset.uploadState !== state;
  }
}

function uploadOf(event) {
  return event.target.closest?.("form[data-upload]");
}

// On the window, so that the drop zone, which listens on the document, has said first whether it takes the file.
addEventListener("change", (event) => {
  const form = uploadOf(event);
  if (form && event.target.files?.length > 0 && event.target.checkValidity()) {
    form.requestSubmit();
  }
});

// Before htmx has come the browser sends the form by itself. There is then nothing left to send a second time.
document.addEventListener("submit", (event) => {
  const form = uploadOf(event);
  if (form && !event.defaultPrevented) {
    form.querySelector("progress")?.removeAttribute("value"); // the page may still be coming
    enter(form, "sending");
  }
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = uploadOf(event);
  if (form) {
    form.querySelector("progress").value = 0;
    enter(form, "sending");
  }
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = uploadOf(event);
  const { lengthComputable, loaded, total } = event.detail;
  if (form && lengthComputable) {
    form.querySelector("progress").value = (100 * loaded) / total;
    if (loaded === total) {
      enter(form, "reading");
    }
  }
});

// Who is signed out meanwhile is sent to sign in; that page does not belong into this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = uploadOf(event);
  const answered = event.detail.xhr.responseURL;
  if (form && new URL(answered).pathname !== form.getAttribute("hx-post")) {
    event.detail.shouldSwap = false;
    location.assign(answered);
  }
});

// What was answered has taken the form's place, or the next page is on its way; only a failure leaves the form.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = uploadOf(event);
  if (form && !event.detail.successful) {
    enter(form, "choosing");
    form.querySelector("[type=file]").focus();
  }
});

// Who comes back to the page finds it as it was at first, not as it was left.
addEventListener("pageshow", (event) => {
  const form = document.querySelector("form[data-upload]");
  if (event.persisted && form) {
    form.reset();
    enter(form, "choosing");
  }
});

// A file that misses the zone is not opened in place of the page.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.target.closest?.("[data-drop-zone]")) {
      event.preventDefault();
    }
  });
}
