// What the board of capacity adds when scripts run: hours are chosen by dragging or with keys. The form of the pane does the same without this file.

const table = document.querySelector("table[data-board]");
const pane = document.querySelector(".pane");
const range = document.querySelector("form[data-range]");
const save = document.querySelector("form[data-save]");
const said = document.querySelector("[data-said]");

const click = (key) => {
  const link = document.querySelector(`a[data-key="${key}"]`);
  link?.click();
  return Boolean(link);
};
/** Presses the button of the pane that is shown, as if the reader had pressed it. */
const send = () => {
  const button = [...(save?.querySelectorAll("button") ?? [])].find((one) => one.checkVisibility());
  button?.click();
  return Boolean(button);
};

if (table) board();

function board() {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((td) => td.querySelector(".cell")));
  const all = rows.flat().filter(Boolean);
  const chosen = all.filter((cell) => cell.matches("a.in"));
  const placeOf = (cell) => {
    const row = rows.findIndex((cells) => cells.includes(cell));
    return [row, rows[row].indexOf(cell)];
  };
  const fields = (cell) => new URLSearchParams(cell.getAttribute("href"));
  let [from, to, seats] = [null, null, ""];

  const stop = chosen[0] ?? all.find((cell) => cell.matches("a")) ?? all[0];
  for (const cell of all) cell.tabIndex = cell === stop ? 0 : -1;
  if (matchMedia("(pointer: fine) and (width >= 600px)").matches) {
    for (const hint of document.querySelectorAll("[data-drag], [data-plain]")) hint.hidden = !hint.hidden;
  }

  /** The cells between two corners that can be changed. */
  const between = (one, other) => {
    const [[r1, c1], [r2, c2]] = [placeOf(one), placeOf(other)];
    return rows.slice(Math.min(r1, r2), Math.max(r1, r2) + 1)
      .flatMap((cells) => cells.slice(Math.min(c1, c2), Math.max(c1, c2) + 1)).filter((cell) => cell?.matches("a"));
  };
  const paint = () => {
    const cells = from ? between(from, to) : chosen;
    for (const cell of all) {
      cell.classList.toggle("in", cells.includes(cell));
      if (seats && cells.includes(cell)) cell.dataset.new = seats;
      else delete cell.dataset.new;
    }
    if (from && said) said.textContent = `${table.dataset.hours.replace("{0}", cells.length)}${seats ? ` → ${seats}` : ""}`;
  };
  const letGo = () => {
    [from, to, seats] = [null, null, ""];
    paint();
  };
  /** Loads the page with the pane for the chosen hours. */
  const open = (fallback) => {
    const cells = from ? between(from, to) : [fallback];
    if (!cells[0]?.matches("a")) return false;
    const all = cells.map(fields);
    const address = new URLSearchParams({ pool: all[0].get("pool") });
    const days = all.map((one) => one.get("day")).sort();
    const hours = all.map((one) => Number(one.get("hour"))).sort((a, b) => a - b);
    address.set("day", days[0]);
    if (days.at(-1) !== days[0]) address.set("last", days.at(-1));
    address.set("hour", hours[0]);
    if (hours.at(-1) !== hours[0]) address.set("until", hours.at(-1) + 1);
    if (seats) address.set("seats", seats);
    location.assign(`${location.pathname}?${address}`);
    return true;
  };
  const go = (cell, widens) => {
    if (!cell) return false;
    if (widens) {
      from ??= document.activeElement;
      to = cell;
    } else if (from) {
      [from, to, seats] = [null, null, ""];
    }
    for (const other of all) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    paint();
    return true;
  };
  const step = (cell, down, right) => {
    const [row, day] = placeOf(cell);
    return rows[row + down]?.[day + right];
  };
  /** Sets the seats of the chosen hours; the reader presses Enter to see what they would do. */
  const want = (cell, value) => {
    if (!cell.matches("a")) return false;
    from ??= cell;
    to ??= cell;
    seats = value;
    paint();
    return true;
  };
  const present = (cell) => Number(seats || (/[\d\s\u00a0,]+$/.exec(cell.querySelector("span")?.textContent ?? "")?.[0] ?? "0").replace(/\D/g, ""));

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || event.metaKey) return;
    const line = rows[placeOf(cell)[0]].filter(Boolean);
    const keys = {
      ArrowUp: () => event.altKey ? want(cell, String(present(cell) + 1)) : go(step(cell, -1, 0), event.shiftKey),
      ArrowDown: () => event.altKey ? want(cell, String(Math.max(0, present(cell) - 1))) : go(step(cell, 1, 0), event.shiftKey),
      ArrowLeft: () => !event.altKey && go(step(cell, 0, -1), event.shiftKey),
      ArrowRight: () => !event.altKey && go(step(cell, 0, 1), event.shiftKey),
      Home: () => go(event.ctrlKey ? all[0] : line[0], event.shiftKey),
      End: () => go(event.ctrlKey ? all.at(-1) : line.at(-1), event.shiftKey),
      PageUp: () => click("PageUp"),
      PageDown: () => click("PageDown"),
      Enter: () => (event.ctrlKey && !from && send()) || open(cell),
      Backspace: () => seats !== "" && want(cell, seats.slice(0, -1)),
      Escape: () => from ? letGo() ?? true : click("Escape"),
    };
    if (event.altKey && !event.key.startsWith("Arrow")) return;
    if (event.ctrlKey && !["Home", "End", "Enter"].includes(event.key)) return;
    const acted = /^\d$/.test(event.key) ? seats.length < 6 && want(cell, String(Number(seats + event.key))) : keys[event.key]?.();
    if (acted) event.preventDefault();
  });

  // A mouse drags. A finger scrolls, and taps.
  let isDragged = false;
  table.addEventListener("dragstart", (event) => event.preventDefault());
  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("a.cell");
    isDragged = false;
    if (!cell || event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    [from, to, seats] = [cell, cell, ""];
    const move = (moved) => {
      const over = document.elementFromPoint(moved.clientX, moved.clientY)?.closest("table[data-board] .cell");
      if (!over || over === to) return;
      to = over;
      isDragged = true;
      paint();
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      if (isDragged) open(from);
      else letGo();
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end, { once: true });
  });
  table.addEventListener("click", (event) => {
    if (isDragged) event.preventDefault();
  });
}

/** The pane: a change shows at once what it would do, so the button that shows it is not needed. */
if (range) {
  range.querySelector("[data-shows]")?.setAttribute("hidden", "");
  range.addEventListener("change", () => {
    const template = range.elements.template;
    if (template.checked || range.elements.seats.value !== "") range.requestSubmit();
  });
}
pane?.addEventListener("keydown", (event) => {
  const isSeats = event.target.id === "seats";
  if (event.key === "Escape" && click("Escape")) event.preventDefault();
  if (event.key === "Enter" && event.ctrlKey && send()) event.preventDefault();
  if (event.altKey && isSeats && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    event.target[event.key === "ArrowUp" ? "stepUp" : "stepDown"]();
    range.requestSubmit();
  }
});
