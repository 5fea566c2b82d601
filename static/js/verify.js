// Verify: while a field is looked at, the place on the page where its value was read stands out.
const REST_MS = 120; // the pointer that only passes by moves nothing
const MARK = 'a[href^="#place-"]';
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let shown = null;
let resting;

function placeOf(element) {
  const mark = element?.closest?.(".field")?.querySelector(MARK);
  return mark ? document.querySelector(mark.hash) : null;
}

function scrollsByItself(pane) {
  return getComputedStyle(pane).overflowY !== "visible"; // on a phone the form and the pages scroll together
}

function bringIntoSight(place) {
  const pane = place.closest(".panel-body");
  const [inner, outer] = [place.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (scrollsByItself(pane) && (inner.top < outer.top || inner.bottom > outer.bottom)) {
    const top = inner.top - outer.top - (outer.height - inner.height) / 2;
    pane.scrollBy({ top, behavior: calm.matches ? "auto" : "smooth" });
  }
}

function show(place) {
  clearTimeout(resting);
  shown?.classList.remove("is-shown");
  shown = place;
  if (place) {
    place.classList.add("is-shown");
    bringIntoSight(place);
  }
}

document.addEventListener("focusin", (event) => show(placeOf(event.target)));

document.addEventListener("pointerover", (event) => {
  clearTimeout(resting);
  if (event.pointerType === "mouse") {
    const place = placeOf(event.target) ?? placeOf(document.activeElement);
    resting = setTimeout(() => place && place !== shown && show(place), REST_MS);
  }
});

// The mark of a field leads to its place, the place back to its field.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(`${MARK}, .places a`);
  if (!link) {
    return;
  }
  const target = document.querySelector(link.hash ?? link.getAttribute("href"));
  if (link.matches(MARK)) {
    show(target);
    if (scrollsByItself(target.closest(".panel-body"))) {
      event.preventDefault();
    }
  } else {
    event.preventDefault();
    (target.querySelector(":checked") ?? target).focus();
  }
});

// Who goes from field to field with the keyboard sees the places without stopping at each mark.
for (const mark of document.querySelectorAll(MARK)) {
  mark.tabIndex = -1;
}
