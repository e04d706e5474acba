// Makes and uses passkeys. The server draws the options, the browser asks the authenticator, and the answer goes back as a field of the form.

const isKnown = typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!isKnown) continue;
  form.hidden = false;
  const fault = form.querySelector("[role=alert]");
  let isAsked = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isAsked || !copied(form)) return;
    isAsked = true;
    fault.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      // The reader closed the browser's question, or the authenticator has no passkey for this server.
      if (!(error instanceof DOMException)) throw error;
      fault.hidden = false;
    } finally {
      isAsked = false;
    }
  }, { capture: true });
}

// What was typed in the page's other form goes along. A field that is empty or wrong is shown by the browser.
function copied(form) {
  for (const field of form.querySelectorAll("[data-from]")) {
    const source = document.getElementById(field.dataset.from);
    if (!source.reportValidity()) return false;
    field.value = source.value;
  }
  return true;
}

async function ask(form) {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer.status === 422) form.querySelector("[role=alert]").textContent = await answer.text();
  if (!answer.ok) throw new DOMException("The server gave no options.", "NetworkError");
  const options = await answer.json();
  return form.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
