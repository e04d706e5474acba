// Keeps the free seats of a page up to date while the page is visible. Booking never relies on these counts.

const card = () => document.querySelector("[data-live]");
const banner = document.querySelector("[data-stale]");
const last = banner?.querySelector("[data-last]");
const said = document.querySelector("[data-said]");
const twelve = document.documentElement.dataset.clock === "12" && document.documentElement.lang === "en-CA";
const patience = Number(banner?.dataset.patience ?? 30000);
const keyOf = (cell) => cell.getAttribute("href") ?? cell.closest("td, li")?.cellIndex;
let stream = null;
let silence = 0;

/** The counts are as of this instant. When no word comes for a while, the banner says so. */
function heard(at) {
  banner.hidden = true;
  if (at) {
    last.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
      timeZone: last.dataset.zone, hourCycle: twelve ? "h12" : "h23", hour: "numeric", minute: "2-digit", timeZoneName: "short",
    }).format(new Date(at));
  }
  clearTimeout(silence);
  silence = setTimeout(() => (banner.hidden = false), patience);
}

/** Loads the page again and takes its counts. The focus stays; a cell that says something else is underlined for a second. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  const old = card();
  if (!next || !old || document.querySelector("form[data-sent]")) return;
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
}

function open() {
  if (stream || !card()) return;
  stream = new EventSource(card().dataset.live);
  stream.addEventListener("beat", (event) => heard(event.data));
  stream.addEventListener("counts", async (event) => {
    await refresh();
    heard(event.data);
  });
}

function close() {
  stream?.close();
  stream = null;
  clearTimeout(silence);
}

if (card() && banner) {
  heard();
  open();
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) {
      close();
      return;
    }
    await refresh();
    open();
    heard();
  });
  window.addEventListener("pagehide", close);
}
