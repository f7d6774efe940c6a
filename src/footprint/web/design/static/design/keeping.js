// A form whose answers would be lost with the network: form[data-keeps]. Without this file it is sent as any form is.
//
// What was typed is kept on the device, encrypted under a key that the page brought and that is stored nowhere, while the
// network is away; sent by itself when it is back, from this page or from any other that has this file; wiped once the server
// has it, or after an hour. A page of another user brings another key: what it cannot open it wipes. Of what was wiped unsent
// the hour and minute alone are kept, until the next page has said that it is gone.
const PREFIX = "footprint-kept:";
const GONE = "footprint-gone:";
const HOUR = 60 * 60 * 1000;
const AGAIN = 5000;
const NOT_THROUGH = "";
// How the address ends by which a draft is sent, and what no address begins with.
const SENDS = "send/";
const NONE = " ";
const WORDS = {
  away: "NOT SENT: there is no connection, and nobody can see what you wrote. It is kept on this device for an hour and goes by itself when the connection is back: leave this page open. In danger, 999. If it cannot wait, ring the front door or radio now, and say what is in it.",
  down: "NOT SENT: Footprint takes nothing at this moment, and nobody can see what you wrote. It is kept on this device for an hour and goes by itself as soon as it can: leave this page open. In danger, 999. If it cannot wait, ring the front door or radio now, and say what is in it.",
  signIn: "NOT SENT: you are signed out. What you wrote is kept on this device: sign in again within the hour, here or in another tab, and it goes from this page.",
  tooLong: "NOT SENT: this is longer than Footprint takes at once. Shorten it and send it again, and give the rest to the front door as a document.",
  unkept: "NOT SENT, and this device could not keep what you wrote: it stands on this page alone. Leave the page open, and it goes by itself as soon as it can. If you are signed out, sign in in another tab. In danger, 999. If it cannot wait, ring the front door or radio now, and say what is in it.",
  back: "This is what you wrote before the connection was lost. It is being sent now.",
  sent: "What you wrote before the connection was lost is saved now.",
};

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
// One by one: as many arguments as a long text has letters are too many for a call.
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join(""));
const brought = document.querySelector("[data-key]");
const key = crypto.subtle?.importKey("raw", bytes(brought.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
const tokens = () => document.querySelectorAll("[name=csrfmiddlewaretoken]");

async function keep(action, fields) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(fields));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await key, plain);
  localStorage.removeItem(GONE + action);
  localStorage.setItem(PREFIX + action, JSON.stringify({ at: Date.now(), nonce: text(nonce), sealed: text(sealed) }));
}

async function kept(action) {
  try {
    const { nonce, sealed } = JSON.parse(localStorage.getItem(PREFIX + action));
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(nonce) }, await key, bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    wipe(action);
    return null;
  }
}

// Wiped unsent: when it was written is all that stays, for the next page to say.
function wipe(action) {
  try {
    const { at } = JSON.parse(localStorage.getItem(PREFIX + action));
    if (at) localStorage.setItem(GONE + action, String(at));
  } catch {
    // What cannot be read says no time either.
  }
  localStorage.removeItem(PREFIX + action);
}

// What the server has was neither lost nor has to be kept.
function through(action) {
  localStorage.removeItem(PREFIX + action);
  localStorage.removeItem(GONE + action);
}

// When each thing was written that was wiped unsent: told by one page, and forgotten.
function whatIsGone() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(GONE));
  const times = names.map((name) => Number(localStorage.getItem(name))).sort((one, other) => one - other);
  names.forEach((name) => localStorage.removeItem(name));
  return times.map((at) => `What was written here at ${clock(new Date(at))} was NEVER SENT and is gone. If it was yours, write it again or ring the front door. `).join("");
}

function clock(at) {
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${time} on ${at.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
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
    wipe(action);
    return false;
  });
}

// Sends, and says why it is not through ("away", "down", "signIn"), or where the server leads now; NOT_THROUGH where it wants
// something put right, has saved only the rest, or has no such form any more: its page then shows what was typed. A page that
// says that the server is down brings the number to ring.
async function send(action, fields, hasFreshToken = false) {
  const body = new URLSearchParams([["csrfmiddlewaretoken", tokens()[0].value], ...fields]);
  let answer;
  try {
    answer = await fetch(action, { method: "POST", body, credentials: "same-origin" });
  } catch {
    return { why: "away", ring: brought.dataset.ring };
  }
  const isThrough = answer.ok && answer.redirected;
  if (answer.status === 403 && !hasFreshToken && (await refreshed().catch(() => false))) return send(action, fields, true);
  if (answer.status === 400 || answer.status === 413) return { why: "tooLong", ring: brought.dataset.ring };
  if (answer.status === 403 || (isThrough && new URL(answer.url).pathname.startsWith("/account/"))) return { why: "signIn" };
  if (answer.status >= 500) return { why: "down", ring: numberOn(await answer.text().catch(() => "")) || brought.dataset.ring };
  if (isThrough) through(action);
  return { to: isThrough ? answer.url : NOT_THROUGH };
}

// What was written into a draft before goes before the draft is sent. What cannot stays kept, and is shown by the next page.
async function sendFirst(action) {
  const draft = action.endsWith(SENDS) ? action.slice(0, -SENDS.length) : NONE;
  for (const one of whatIsKept().filter((one) => one !== action && one.startsWith(draft))) {
    const fields = await kept(one);
    if (fields) await send(one, fields);
  }
}

// Sends as a page does that has no script, so that what the server says of it is read, with what was typed.
function show(action, fields) {
  through(action);
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  for (const [name, value] of [["csrfmiddlewaretoken", tokens()[0].value], ...fields]) {
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  form.hidden = true;
  document.body.append(form);
  form.submit();
}

// Who signed in again in another tab has a newer token than this page: the page, fetched anew, brings it. False where it does
// not, or where it brings the key of another user, in whose name nothing is sent.
async function refreshed() {
  const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!fresh || page.querySelector("[data-key]")?.dataset.key !== brought.dataset.key) return false;
  tokens().forEach((one) => { one.value = fresh; });
  return true;
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
  // The form is the one that was begun, under the key that it had and made from what it was: sent twice it is still one.
  for (const [name, value] of fields.filter(([name]) => name === "submission" || name === "made_from")) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

let gone = "";

function say(why, ring) {
  const said = document.querySelector("[data-said]");
  const words = why ? WORDS[why] : "";
  const all = gone + (ring ? `${words} The front door’s number is ${ring}.` : words);
  said.hidden = false;
  // Said again and again while it waits: the same words stay as they are, and so does a link that somebody is about to press.
  if (said.firstChild?.data === all) return;
  said.textContent = all;
  if (why !== "signIn") return;
  const link = Object.assign(document.createElement("a"), { className: "govuk-link", textContent: "Sign in and come back here" });
  link.href = location.pathname + location.search;
  said.append(" ", link);
}

function watch(form) {
  const action = new URL(form.action).pathname;
  let waiting = null;
  let busy = false;
  let isKept = true;

  const attempt = async () => {
    if (busy || !waiting) return;
    busy = true;
    await sendFirst(action);
    const answer = await send(action, waiting);
    busy = false;
    if (answer.why) return say(isKept ? answer.why : "unkept", answer.ring);
    waiting = null;
    if (answer.to !== NOT_THROUGH) return location.assign(answer.to);
    through(action);
    HTMLFormElement.prototype.submit.call(form);
  };
  const hold = async (fields) => {
    waiting = fields;
    isKept = await keep(action, fields).then(() => true, () => false);
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
  const left = whatIsKept().sort((one, other) => one.endsWith(SENDS) - other.endsWith(SENDS));
  gone = whatIsGone();
  if (gone) say("", brought.dataset.ring);
  for (const action of left) {
    const here = watched.find((one) => one.action === action);
    if (here) await here.takeUp();
    else {
      const fields = await kept(action);
      const answer = fields && (await send(action, fields));
      if (answer?.to === NOT_THROUGH) return show(action, fields);
      if (answer) say(answer.why ?? "sent", answer.ring);
    }
  }
}

if (key) takeUpAll([...document.querySelectorAll("form[data-keeps]")].map(watch));
