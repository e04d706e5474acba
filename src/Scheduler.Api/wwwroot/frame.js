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

/** A form is sent once: the button keeps its width and says that it works. */
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("data-busy", "");
  });
}

// A page that comes back from the browser's memory can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[data-busy]")?.removeAttribute("data-busy");
  }
});

/** Keys of every page: ? shows the table of keys, G and a letter opens a page, / goes to the exam, N to the free seats. Never inside a field. */
const help = document.querySelector("dialog.keys");
let afterG = 0;
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
