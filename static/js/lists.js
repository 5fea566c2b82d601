// Selecting rows: the box in the header, the number in the bulk bar.
function update(results) {
  const boxes = [...results.querySelectorAll('input[name="selected"]')];
  const checked = boxes.filter((box) => box.checked).length;
  for (const head of results.querySelectorAll("[data-select-page]")) {
    head.hidden = boxes.length === 0;
    head.checked = checked > 0 && checked === boxes.length;
    head.indeterminate = checked > 0 && checked < boxes.length;
  }
  for (const count of results.querySelectorAll("[data-selected-count]")) {
    count.hidden = false;
    count.textContent = String(checked);
  }
}

document.addEventListener("change", (event) => {
  const results = event.target.closest?.(".results");
  if (!results) {
    return;
  }
  if (event.target.matches("[data-select-page]")) {
    for (const box of results.querySelectorAll('input[name="selected"]')) {
      box.checked = event.target.checked;
    }
  }
  update(results);
});

function start(within) {
  for (const results of within.querySelectorAll(".results")) {
    update(results);
  }
}

start(document);
document.addEventListener("htmx:load", () => start(document));
