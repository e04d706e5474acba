// Keeps the free seats of a page up to date while the page is visible. Booking never relies on these counts.

const card = () => document.querySelector("[data-live]");
const banner = document.querySelector("[data-stale]");
const last = banner?.querySelector("[data-last]");
const said = document.querySelector("[data-said]");
const patience = Number(banner?.dataset.patience ?? 30000);
const keyOf = (cell) => cell.getAttribute("href") ?? cell.closest("td, li")?.cellIndex;
let stream = null;
let silence = 0;
let event = null;
let isLoading = false;
let isBehind = false;

/** The counts are as of this time, as the server writes times. */
function heard(at) {
  banner.hidden = true;
  if (at) last.textContent = at;
  wait();
}

/** When no word comes for a while, the banner says so. */
function wait() {
  clearTimeout(silence);
  silence = setTimeout(() => (banner.hidden = false), patience);
}

/** Takes fresh counts, one load at a time. The counts are as of the event only when they were taken. */
async function follow(at) {
  event = { at };
  if (isLoading) return;
  isLoading = true;
  document.dispatchEvent(new CustomEvent("scheduler:busy", { detail: true }));
  try {
    while (event) {
      const told = event;
      event = null;
      isBehind = !(await refresh());
      if (!isBehind) heard(told.at);
    }
  } finally {
    isLoading = false;
    document.dispatchEvent(new CustomEvent("scheduler:busy", { detail: false }));
  }
}

/** Loads the page again and takes its counts. Answers whether it did. */
async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return false;
    return show(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]"));
  } catch (error) {
    // The network or the server is away. The next event tries again.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Takes the counts of a fresh page. The focus stays; a cell that says something else is underlined for a second. */
function show(next) {
  const old = card();
  if (!next || !old || document.querySelector("form[data-sent]")) return false;
  const before = new Map([...old.querySelectorAll("a.cell")].map((cell) => [keyOf(cell), cell.textContent]));
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const chosen = old.querySelector(".selection .what")?.textContent;
  const fresh = document.importNode(next, true);
  old.replaceWith(fresh);
  for (const cell of fresh.querySelectorAll("a.cell")) {
    const was = before.get(keyOf(cell));
    if (was === undefined || was === cell.textContent) continue;
    cell.classList.add("changed");
    setTimeout(() => cell.classList.remove("changed"), 1000);
  }
  document.dispatchEvent(new CustomEvent("scheduler:counts"));
  if (focused) fresh.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const now = fresh.querySelector(".selection .what")?.textContent;
  if (now && now !== chosen) said.textContent = now.trim();
  return true;
}

function open() {
  if (stream || !card()) return;
  stream = new EventSource(card().dataset.live);
  stream.addEventListener("beat", ({ data }) => (isBehind || isLoading ? follow(data) : heard(data)));
  stream.addEventListener("counts", ({ data }) => follow(data));
}

function close() {
  stream?.close();
  stream = null;
  clearTimeout(silence);
}

if (card() && banner) {
  heard();
  open();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      return;
    }
    wait();
    follow();
    open();
  });
  window.addEventListener("pagehide", close);
}
