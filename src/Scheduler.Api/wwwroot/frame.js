// What every page adds when scripts run. Every page works without this file.

/** Closes a menu when the reader leaves the menu or presses Escape. */
for (const person of document.querySelectorAll("details.person, details.more")) {
  document.addEventListener("click", (event) => {
    if (!person.contains(event.target)) person.open = false;
  });
  person.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !person.open) return;
    person.open = false;
    person.querySelector("summary").focus();
  });
}

/**
 * A form is sent once: the button keeps its width and says that it works. The listener is of the document, so that a form which a live refresh has put in the
 * place of another is guarded too.
 */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("data-busy", "");
});

/** A line under the top bar while an answer is under way for longer than a moment: of a form, of a link, or of a live refresh. */
let waiting = 0;
let line = 0;
function busy(isBusy) {
  waiting = Math.max(0, waiting + (isBusy ? 1 : -1));
  clearTimeout(line);
  if (waiting > 0) line = setTimeout(() => document.documentElement.setAttribute("data-loading", ""), 300);
  else document.documentElement.removeAttribute("data-loading");
}
document.addEventListener("scheduler:busy", ({ detail }) => busy(detail));
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.getAttribute("method") !== "dialog") busy(true);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  busy(true);
});

// A page that comes back from the browser's memory can be sent again, and waits for nothing.
window.addEventListener("pageshow", () => {
  waiting = 0;
  busy(false);
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    document.querySelectorAll("[data-busy]").forEach((button) => button.removeAttribute("data-busy"));
  }
});

/** Keys of every page: ? shows the table of keys, G and a letter opens a page, / goes to the exam, N to the free seats. Never inside a field. */
const help = document.querySelector("dialog.keys");
let afterG = -Infinity;
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, dialog") || !document.documentElement.hasAttribute("data-letters")) return;
  const go = event.timeStamp - afterG < 1500 ? document.querySelector(`a[data-go="${CSS.escape(event.key.toLowerCase())}"]`) : null;
  afterG = event.key === "g" ? event.timeStamp : -Infinity;
  const keys = {
    "?": () => help?.showModal() ?? Boolean(help),
    "/": () => document.querySelector("#need-exam, input[type=search]")?.focus() ?? true,
    n: () => document.querySelector("a[data-go=a]")?.click() ?? true,
  };
  if (go) go.click();
  else if (!keys[event.key]?.()) return;
  event.preventDefault();
});
