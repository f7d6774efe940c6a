// A form whose answers would be lost with the network: form[data-keeps]. Without this file it is sent as any form is.
//
// What was typed is kept on the device, encrypted under a key that the page brought and that is stored nowhere, while the
// network is away; sent by itself when it is back, from this page or from any other that has this file; wiped once the server
// has it, or after an hour. A page of another user brings another key: what it cannot open it wipes.
const PREFIX = "footprint-kept:";
const HOUR = 60 * 60 * 1000;
const AGAIN = 5000;
const NOT_THROUGH = "";
const WORDS = {
  away: "No connection. What you wrote is kept on this device and is sent by itself when the connection is back. Leave this page open.",
  down: "Footprint takes nothing at this moment. What you wrote is kept on this device and is sent by itself as soon as it does. Leave this page open. If it cannot wait, ring the front door and say what is in it.",
  signIn: "You are signed out. What you wrote is kept on this device: sign in again within the hour and come back to this page.",
  back: "This is what you wrote before the connection was lost. It is being sent now.",
  sent: "What you wrote before the connection was lost is saved now.",
};

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const brought = document.querySelector("[data-key]");
const key = crypto.subtle?.importKey("raw", bytes(brought.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

async function keep(action, fields) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(fields));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await key, plain);
  localStorage.setItem(PREFIX + action, JSON.stringify({ at: Date.now(), nonce: text(nonce), sealed: text(sealed) }));
}

async function kept(action) {
  try {
    const { nonce, sealed } = JSON.parse(localStorage.getItem(PREFIX + action));
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(nonce) }, await key, bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    localStorage.removeItem(PREFIX + action);
    return null;
  }
}

// What is kept now, by where it goes; what is older than an hour, or cannot be read, is wiped.
function whatIsKept() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  return names.map((name) => name.slice(PREFIX.length)).filter((action) => {
    let at = 0;
    try {
      at = JSON.parse(localStorage.getItem(PREFIX + action)).at;
    } catch {
      // What cannot be read is as good as old.
    }
    if (Date.now() - at < HOUR) return true;
    localStorage.removeItem(PREFIX + action);
    return false;
  });
}

// Sends, and says why it is not through ("away", "down", "signIn"), or where the server leads now; NOT_THROUGH where it wants
// something put right, and has saved the rest. A page that says that the server is down brings the number to ring.
async function send(action, fields) {
  const body = new URLSearchParams([["csrfmiddlewaretoken", token()], ...fields]);
  let answer;
  try {
    answer = await fetch(action, { method: "POST", body, credentials: "same-origin" });
  } catch {
    return { why: "away" };
  }
  const isThrough = answer.ok && answer.redirected;
  if (answer.status === 403 || (isThrough && new URL(answer.url).pathname.startsWith("/account/"))) return { why: "signIn" };
  if (answer.status >= 500) return { why: "down", ring: numberOn(await answer.text().catch(() => "")) };
  localStorage.removeItem(PREFIX + action);
  return { to: isThrough ? answer.url : NOT_THROUGH };
}

function numberOn(page) {
  const found = new DOMParser().parseFromString(page, "text/html");
  return found.querySelector('a[href^="tel:"]:not([href="tel:999"])')?.textContent ?? "";
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

function say(why, ring) {
  const said = document.querySelector("[data-said]");
  said.hidden = false;
  said.textContent = ring ? `${WORDS[why]} Its number is ${ring}.` : WORDS[why];
}

function watch(form) {
  const action = new URL(form.action).pathname;
  let waiting = null;
  let busy = false;

  const attempt = async () => {
    if (busy || !waiting) return;
    busy = true;
    const answer = await send(action, waiting);
    busy = false;
    if (answer.why) return say(answer.why, answer.ring);
    waiting = null;
    if (answer.to !== NOT_THROUGH) location.assign(answer.to);
    else HTMLFormElement.prototype.submit.call(form);
  };
  const hold = async (fields) => {
    waiting = fields;
    await keep(action, fields);
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
  setInterval(() => { whatIsKept(); attempt(); }, AGAIN);
  return { action, async takeUp() {
    const fields = await kept(action);
    if (!fields) return;
    fillIn(form, fields);
    say("back");
    await hold(fields);
  } };
}

async function takeUpAll(watched) {
  for (const action of whatIsKept()) {
    const here = watched.find((one) => one.action === action);
    if (here) await here.takeUp();
    else {
      const fields = await kept(action);
      const answer = fields && (await send(action, fields));
      if (answer) say(answer.why ?? "sent", answer.ring);
    }
  }
}

if (key) takeUpAll([...document.querySelectorAll("form[data-keeps]")].map(watch));
