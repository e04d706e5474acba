// What a page tells while it is open: the reader's own finished acts, and the end of the sign-in. Every page works without this file.

/** The reader's acts of this session, under the reader's name. They stay in this tab and name nothing that the pages did not show. */
const list = document.querySelector("[data-recent]");
const place = `scheduler-recent-${list?.dataset.recent}`;
const acts = () => JSON.parse(sessionStorage.getItem(place) ?? "[]");

function remember(text) {
  const act = { text, href: location.pathname, at: document.querySelector("time.now")?.textContent ?? "" };
  const others = acts().filter((one) => one.text !== act.text || one.href !== act.href);
  sessionStorage.setItem(place, JSON.stringify([act, ...others].slice(0, 8)));
}

function showRecent() {
  const lines = acts().map(({ text, href, at }) => {
    const [line, link, time] = ["li", "a", "small"].map((name) => document.createElement(name));
    link.href = href;
    link.textContent = text;
    time.textContent = at;
    line.append(link, time);
    return line;
  });
  list.hidden = lines.length === 0;
  list.querySelector("ol").replaceChildren(...lines);
}

/** A toast stays eight seconds, and as long as somebody points at it or is inside it. */
function toast(text) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain";
  close.textContent = "×";
  close.setAttribute("aria-label", text.dataset.toast);
  if (list) remember(text.textContent.trim());
  let timer = 0;
  const hide = () => (text.hidden = true);
  const stay = () => clearTimeout(timer);
  const go = () => (timer = setTimeout(hide, 8000));
  close.addEventListener("click", hide);
  for (const kind of ["pointerenter", "focusin"]) text.addEventListener(kind, stay);
  for (const kind of ["pointerleave", "focusout"]) text.addEventListener(kind, go);
  text.append(close);
  go();
}

for (const text of document.querySelectorAll("[data-toast]")) toast(text);
if (list) showRecent();

// Who signs out leaves nothing behind in the tab.
document.addEventListener("submit", ({ target }) => {
  if (new URL(target.action, location.href).pathname === "/sign-out") sessionStorage.removeItem(place);
});

/** The end of the sign-in. Another tab that was used later has prolonged it for this one too. */
const banner = document.querySelector("[data-session]");
const others = banner && new BroadcastChannel("scheduler-session");
let end = 0;

function arm(left) {
  end = Date.now() + left * 1000;
  tell();
}

function tell() {
  const left = (end - Date.now()) / 1000;
  const [says, keeps, again] = ["[role=status]", "[data-keeps]", "[data-again]"].map((part) => banner.querySelector(part));
  const isOver = left <= 0;
  banner.hidden = left > Number(banner.dataset.before);
  if (keeps) keeps.hidden = isOver;
  again.hidden = Boolean(keeps) && !isOver;
  const text = banner.hidden ? "" : isOver ? says.dataset.over : says.dataset.ends;
  if (says.textContent !== text) says.textContent = text;
}

/** Prolongs the sign-in without leaving the page, so that what was typed stays. */
async function keep(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-session]");
    if (next) {
      banner.querySelector("[role=status]").dataset.ends = next.querySelector("[role=status]").dataset.ends;
      arm(Number(next.dataset.left));
      others.postMessage(Number(next.dataset.left));
    } else arm(0);
  } catch (error) {
    // The server is away. The banner stays, and so does its button.
    if (!(error instanceof TypeError)) throw error;
  }
}

if (banner) {
  arm(Number(banner.dataset.left));
  others.postMessage(Number(banner.dataset.left));
  others.addEventListener("message", ({ data }) => {
    if (Date.now() + data * 1000 > end) arm(data);
  });
  setInterval(tell, 15000);
  document.addEventListener("visibilitychange", tell);
  banner.querySelector("[data-keeps]")?.addEventListener("submit", keep);
}
