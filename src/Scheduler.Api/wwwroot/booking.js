// What the pages for availability and booking add when scripts run. Every page works without this file.

/**
 * A change is sent at once when the reader has used a pointer. With the keyboard a closed list changes at each arrow, so the reader says when the choice is
 * made: by Enter, or by the button that shows then.
 */
let isPointer = false;
document.addEventListener("pointerdown", () => (isPointer = true), { capture: true });
document.addEventListener("keydown", () => (isPointer = false), { capture: true });

function sends(form) {
  const button = form.querySelector("[data-shows]");
  if (button) button.hidden = true;
  const changed = () => {
    if (isPointer) form.requestSubmit();
    else if (button) button.hidden = false;
    form.dataset.changed = "yes";
  };
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("select") || !form.dataset.changed) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return changed;
}

/** The need: a change shows the starts that fit. A group with extra time has two fields, and is sent when the reader leaves the panel. */
for (const form of document.querySelectorAll("form[data-need]")) {
  const changed = sends(form);
  const panel = form.querySelector("details");
  form.addEventListener("change", (event) => {
    if (panel?.contains(event.target)) panel.dataset.changed = "yes";
    else changed();
  });
  panel?.addEventListener("toggle", () => {
    if (!panel.open && panel.dataset.changed) changed();
  });
}

/** A panel closes when the reader clicks elsewhere or presses Escape. */
for (const panel of document.querySelectorAll("details[data-disclose]")) {
  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
}

/** The grid: one tab stop; arrows move, F goes to the next start that fits, Enter selects, Enter again books, Escape lets go. */
const fits = "a.cell:is(.f1, .f2, .f3, .f4, .f5, .f6)";
const place = "scheduler-place";
const grids = () => document.querySelectorAll("table[data-grid]");
for (const table of grids()) keys(table);
document.addEventListener("scheduler:counts", () => grids().forEach(keys));

function keys(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
  const target = (cell) => cell?.querySelector("a.cell") ?? cell?.querySelector(".cell");
  const all = rows.flat().map(target).filter(Boolean);
  const inOrder = () => (rows[0] ?? []).map((_, day) => rows.map((cells) => target(cells[day]))).flat().filter(Boolean);
  const stop = all.find((cell) => cell.getAttribute("aria-current")) ?? inOrder().find((cell) => cell.matches(fits)) ?? all[0];
  for (const cell of all) cell.tabIndex = cell === stop ? 0 : -1;

  const go = (cell) => {
    if (!cell) return false;
    for (const other of all) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };
  const placeOf = (cell) => {
    const row = rows.findIndex((cells) => cells.includes(cell.closest("td")));
    return [row, rows[row].indexOf(cell.closest("td"))];
  };
  const step = (from, down, right) => {
    let [row, day] = placeOf(from);
    do {
      row += down;
      day += right;
    } while (rows[row]?.[day] && !target(rows[row][day]));
    return target(rows[row]?.[day]);
  };
  const fitting = (from, way) => {
    const order = inOrder();
    for (let k = order.indexOf(from) + way; order[k]; k += way) if (order[k].matches(fits)) return order[k];
    return null;
  };
  const ends = (cells) => cells.map(target).filter(Boolean);

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || event.altKey || event.metaKey) return;
    const row = rows[placeOf(cell)[0]];
    const keys = {
      ArrowUp: () => go(step(cell, -1, 0)),
      ArrowDown: () => go(step(cell, 1, 0)),
      ArrowLeft: () => go(step(cell, 0, -1)),
      ArrowRight: () => go(step(cell, 0, 1)),
      Home: () => go(event.ctrlKey ? all[0] : ends(row)[0]),
      End: () => go(event.ctrlKey ? all.at(-1) : ends(row).at(-1)),
      PageUp: () => open("PageUp"),
      PageDown: () => open("PageDown"),
      f: () => go(fitting(cell, 1)),
      F: () => go(fitting(cell, -1)),
      " ": () => cell.click() ?? true,
      Enter: () => cell.getAttribute("aria-current") && book(),
      w: () => wait(cell),
      Escape: () => open("Escape"),
    };
    if (event.ctrlKey && !["Home", "End"].includes(event.key)) return;
    if (/^[a-z]$/i.test(event.key) && !document.documentElement.hasAttribute("data-letters")) return;
    if (keys[event.key]?.()) event.preventDefault();
  });

  // Selecting loads the page again. The reader stays where the reader was.
  table.addEventListener("click", (event) => {
    if (event.target.closest("a.cell")) sessionStorage.setItem(place, JSON.stringify([location.pathname, scrollY]));
  });
  const [path, top] = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  sessionStorage.removeItem(place);
  if (path !== location.pathname) return;
  scrollTo({ top, behavior: "instant" });
  stop?.focus({ preventScroll: true });
}

function open(key) {
  const link = document.querySelector(`a[data-key="${key}"]`);
  link?.click();
  return Boolean(link);
}

function book() {
  const button = document.querySelector("[data-book]");
  button?.click();
  return Boolean(button);
}

/** A cell that does not fit leads to the page that says why, with the waitlist as the first thing to press. */
function wait(cell) {
  if (!cell.href || cell.matches(fits)) return false;
  location.assign(`${cell.href}#wait`);
  return true;
}

if (location.hash === "#wait") document.querySelector("[data-wait]")?.focus();

/** The countdown of a hold. The time comes from the server's clock: the reader's clock may be wrong. */
for (const chip of document.querySelectorAll("[data-expires]")) {
  const left = new Date(chip.dataset.expires) - new Date(chip.dataset.now);
  const end = performance.now() + left;
  const words = chip.querySelector("[data-before]");
  const ring = chip.querySelector(".ring");
  const spoken = document.querySelector("[data-spoken]");
  const until = words.textContent;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    words.textContent = `${words.dataset.before} ${shown}`;
    chip.title = until;
    chip.classList.toggle("late", seconds < 120);
    ring.style.strokeDashoffset = 100 - (100 * seconds * 1000) / Math.max(left, Number(chip.dataset.whole));
    if (seconds === 300 || seconds === 60 || seconds === 0) spoken.textContent = words.textContent;
    if (seconds === 0) lapse();
    if (seconds > 0) setTimeout(tick, 1000 - ((performance.now() - end) % 1000 + 1000) % 1000 || 1000);
  };
  tick();
}

/** Escape on the form of a hold asks whether the seats go back. Escape in an open panel closes the panel alone. */
document.addEventListener(
  "keydown",
  (event) => {
    const question = document.querySelector("[data-ask-release]");
    if (event.key !== "Escape" || !question || document.querySelector("dialog[open], details[open]")) return;
    event.preventDefault();
    question.showModal();
  },
  { capture: true },
);

// The grid to which the release leads back gets the focus on the cell of the block.
for (const form of document.querySelectorAll("[data-ask-release] form[method=post]"))
  form.addEventListener("submit", () => sessionStorage.setItem(place, JSON.stringify(["/availability", 0])));

/** A hold that is over: what was typed stays, and one button holds it all again. */
function lapse() {
  for (const part of document.querySelectorAll("[data-held]")) part.remove();
  const panel = document.querySelector("[data-lapsed]");
  if (!panel) return;
  panel.hidden = false;
  panel.querySelector("button").focus();
}

/** The button that prints is there only when it can print. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/** The school or the pool that a page shows. */
for (const form of document.querySelectorAll("form[data-picker]")) form.addEventListener("change", sends(form));

/** Seven columns have no room on a phone: the week goes on to its first day. */
const day = document.querySelector("[data-day]");
if (day && matchMedia("(width < 600px)").matches) location.replace(day.dataset.day);
