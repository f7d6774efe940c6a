// A form whose answers would be lost with the network: form[data-keeps]. Without this file it is sent as any form is.
//
// What was typed is kept on the device, encrypted under a key that the page brought and that is stored nowhere, while the
// network is away; sent by itself when it is back; wiped once the server has it, or after an hour. A page of another user
// brings another key: what it cannot open it wipes.
const PREFIX = "footprint-kept:";
const HOUR = 60 * 60 * 1000;
const AGAIN = 5000;
const WORDS = {
  away: "No connection. What you wrote is kept on this device and is sent by itself when the connection is back. Leave this page open.",
  signIn: "You are signed out. What you wrote is kept on this device: sign in again within the hour and come back to this page.",
  back: "This is what you wrote before the connection was lost. It is being sent now.",
};

const unsent = (name) => PREFIX + name;
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

async function keyOf(form) {
  return crypto.subtle.importKey("raw", bytes(form.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function keep(form, fields) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(fields));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await keyOf(form), plain);
  const kept = { at: Date.now(), nonce: text(nonce), sealed: text(sealed) };
  localStorage.setItem(unsent(form.dataset.keeps), JSON.stringify(kept));
}

async function kept(form) {
  const name = unsent(form.dataset.keeps);
  try {
    const { nonce, sealed } = JSON.parse(localStorage.getItem(name));
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(nonce) }, await keyOf(form), bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    localStorage.removeItem(name);
    return null;
  }
}

function wipeOld() {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    let at = 0;
    try {
      at = JSON.parse(localStorage.getItem(name)).at;
    } catch {
      // What cannot be read is as good as old.
    }
    if (!(Date.now() - at < HOUR)) localStorage.removeItem(name);
  }
}

function fieldsOf(form, button) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return button?.name ? [...fields, [button.name, button.value]] : fields;
}

function fillIn(form, fields) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "submit") continue;
    const said = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = said.includes(control.value);
    else control.value = said[0] ?? "";
  }
  // The form is the one that was begun, under the key that it had: sent twice it is still one.
  const submission = fields.find(([name]) => name === "submission");
  if (submission && form.elements.submission) form.elements.submission.value = submission[1];
}

function say(form, words) {
  const said = form.querySelector("[data-said]");
  said.hidden = !words;
  said.textContent = words;
}

// Sends the form, and returns "" when it is through, or what keeps it. The next page is whatever the server leads to.
async function keptBack(form, fields) {
  const body = new URLSearchParams([["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ...fields]);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  } catch {
    return "away";
  }
  const isThrough = answer.ok && answer.redirected;
  if (answer.status === 403 || (isThrough && new URL(answer.url).pathname.startsWith("/account/"))) return "signIn";
  if (answer.status >= 500) return "away";
  localStorage.removeItem(unsent(form.dataset.keeps));
  if (isThrough) location.assign(answer.url);
  // It wants something put right, and has saved the rest: let the browser show that.
  else HTMLFormElement.prototype.submit.call(form);
  return "";
}

for (const form of document.querySelectorAll("form[data-keeps]")) {
  if (!globalThis.crypto?.subtle) break;
  let waiting = null;
  let busy = false;

  const attempt = async () => {
    if (busy || !waiting) return;
    busy = true;
    const why = await keptBack(form, waiting);
    if (why) say(form, WORDS[why]);
    else waiting = null;
    busy = false;
  };
  const hold = async (fields) => {
    waiting = fields;
    await keep(form, fields);
    await attempt();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hold(fieldsOf(form, event.submitter));
  });
  // What is changed while it waits is what is sent.
  form.addEventListener("change", () => {
    if (waiting) hold([...fieldsOf(form), ...waiting.filter(([name]) => name === "then")]);
  });
  addEventListener("online", attempt);
  setInterval(() => { wipeOld(); attempt(); }, AGAIN);

  wipeOld();
  kept(form).then((fields) => {
    if (!fields) return;
    fillIn(form, fields);
    say(form, WORDS.back);
    hold(fields);
  });
}
