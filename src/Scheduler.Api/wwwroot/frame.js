// What every page adds when scripts run. Every page works without this file.

/** Closes the menu under the reader's name when the reader leaves the menu or presses Escape. */
const person = document.querySelector("details.person");
if (person) {
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
