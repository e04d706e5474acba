// Saves a choice as soon as it is made. Without this file the button saves.

for (const form of document.querySelectorAll("form[data-choices]")) {
  form.querySelector("[data-saves]").hidden = true;
  form.addEventListener("change", async () => {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/html" } });
    if (!answer.ok) {
      // The page of the error says what is wrong.
      form.submit();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, next] = [document.documentElement, page.documentElement];
    if (now.lang !== next.lang) {
      location.assign(answer.url);
      return;
    }
    for (const name of ["data-theme", "data-letters", "data-clock"]) {
      if (next.hasAttribute(name)) now.setAttribute(name, next.getAttribute(name));
      else now.removeAttribute(name);
    }
    for (const part of ["[data-saved]", "time.now"]) document.querySelector(part)?.replaceChildren(...page.querySelector(part).childNodes);
  });
}
