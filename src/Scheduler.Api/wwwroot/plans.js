// A run draws itself: the events of the plan say when something has changed, and the server draws the part again. Without this file the page comes again.
const run = document.querySelector("[data-run]");
if (run) {
  const events = new EventSource(run.dataset.run);
  let due = false;
  const draw = async () => {
    due = false;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const live = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    const old = document.querySelector("[data-live]");
    if (!live || !old) return;
    const isOpen = old.querySelector("details")?.open;
    old.replaceChildren(...live.childNodes);
    const details = old.querySelector("details");
    if (details && isOpen) details.open = true;
  };
  // At most one drawing a second, and none in a hidden tab.
  const later = () => {
    if (due || document.hidden) return;
    due = true;
    setTimeout(draw, 1000);
  };
  for (const name of ["progress", "incumbent", "bound"]) events.addEventListener(name, later);
  events.addEventListener("status", () => {
    events.close();
    location.replace(location.pathname);
  });
}

// A slider beside each number field of a what-if: each follows the other.
for (const slider of document.querySelectorAll("input[type=range][data-for]")) {
  const field = document.getElementById(slider.dataset.for);
  slider.hidden = false;
  slider.value = field.value || 0;
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value || 0; });
}
