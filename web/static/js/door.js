// The door on a bad network: every form is answered in this page; what the server did not answer is noted and waits.
import { keep } from "./kept.js";
import { able, change, here, nonce, read, send } from "./queue.js";
const PATIENCE = 6000, AGAIN = 15000, CODE = /^[2-9A-HJKMNP-Z]{6}$/;
const main = document.getElementById("main");
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: main.dataset.zone });
const spoken = (code) => `${code.slice(0, 3)} ${code.slice(3)}`;
let busy = false;

async function submit(event) {
  const form = event.target, typed = new FormData(form, event.submitter);
  if (!able || form.dataset.own) return;
  event.preventDefault();
  if (busy) return;
  busy = main.inert = true;
  typed.set("csrf", main.dataset.csrf);
  typed.set("key", nonce());
  try {
    if (!navigator.onLine) throw new Error("no network");
    if (typed.has("held")) await afterThoseBefore(typed);
    const body = new URLSearchParams(typed);
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
    await show(answer);
    send();
  } catch {
    if (new URL(form.action).pathname === here) note(typed);
    else tell();
  } finally { busy = main.inert = false; }
}

// Whoever was noted here comes first; once they are sent, the server answers again.
async function afterThoseBefore(typed) {
  await send();
  if (read().waiting.length) throw new Error("others wait");
  typed.set("came", read().sent[typed.get("held")] ?? "");
}

async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-door]");
  if (!next) return location.assign(here);
  document.title = page.title;
  put(next.innerHTML, page.body.className, answer.url);
}

function put(inside, tone, address) {
  main.innerHTML = inside;
  document.body.className = tone;
  history.pushState(null, "", address);
  scrollTo(0, 0);
  const first = main.querySelector(".errors") ?? main.querySelector("h1");
  first.tabIndex = -1;
  main.inert = false;
  first.focus();
  tell();
}

function note(typed) {
  const word = (name) => (typed.get(name) ?? "").trim();
  const code = word("code").toUpperCase().replace(/[\s._-]/g, ""), walkIn = word("do") === "walk_in";
  addToTheLast(word);
  if (!code && !walkIn) return location.assign(here);
  if (!walkIn && !CODE.test(code)) return offline("misread", { code: word("code") });
  const first = read().waiting.find((entry) => entry.code && entry.code === code);
  if (first) return offline("again", { code: spoken(code), at: clock.format(first.at), held: first.nonce });
  const entry = { nonce: word("key"), at: Date.now(), code: walkIn ? "" : code, party: word("party"), spent: "", anyway: "", came: "", venue: main.dataset.venue };
  change((held) => held.waiting.push(entry));
  offline("noted", { code: code && spoken(code), at: clock.format(entry.at), held: entry.nonce });
}

// What the last one spent: a part of their entry while it waits here, else an entry of its own.
function addToTheLast(word) {
  const more = { spent: word("spent"), anyway: word("anyway") };
  if (!more.spent && !more.anyway) return;
  change((held) => {
    const last = held.waiting.find((entry) => entry.nonce === word("held"));
    const came = word("came") || held.sent[word("held")];
    if (last) Object.assign(last, more);
    else if (came) held.waiting.push({ nonce: nonce(), at: Date.now(), code: "", party: "", came, ...more });
  });
}

function offline(name, told) {
  const screen = document.getElementById(name);
  put(screen.innerHTML, name === "noted" ? "" : "is-wait", here);
  for (const place of main.querySelectorAll("[data-told]")) place.textContent = told[place.dataset.told] || place.dataset.none || "";
  for (const field of main.querySelectorAll("[name=held]")) field.value = told.held ?? "";
  send();
}

// How many wait, what was not taken and why.
function tell() {
  const held = read(), count = held.waiting.length;
  for (const line of main.querySelectorAll("[data-waiting]")) {
    line.hidden = !count && navigator.onLine;
    line.lastElementChild.textContent = line.dataset[main.dataset.shut ? "shut" : count ? "waiting" : "none"].replace("{n}", count);
  }
  const place = main.querySelector("[data-refused]");
  place?.replaceChildren(...held.refused.map(refused));
}

function refused(entry) {
  const line = document.getElementById("refused").content.cloneNode(true);
  const words = { code: entry.code ? spoken(entry.code) : clock.format(entry.at), words: entry.words };
  for (const part of line.querySelectorAll("[data-told]")) part.textContent = words[part.dataset.told];
  line.querySelector("[data-count]").hidden = entry.state !== "refused" || !entry.code;
  for (const button of line.querySelectorAll("button")) button.dataset.nonce = entry.nonce;
  return line;
}

function press(event) {
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  const id = button.dataset.nonce ?? main.querySelector("[name=held]")?.value;
  change((held) => {
    const entry = held.refused.find((each) => each.nonce === id);
    held[entry ? "refused" : "waiting"] = held[entry ? "refused" : "waiting"].filter((each) => each.nonce !== id);
    if ("count" in button.dataset) held.waiting.push({ nonce: nonce(), at: entry.at, code: "", party: entry.party, spent: entry.spent, anyway: entry.anyway, came: "", venue: entry.venue });
  });
  if ("back" in button.dataset) location.assign(here);
  send();
}

// The camera opened the code's link, and this page is the one kept on the phone.
function begin() {
  const code = new URLSearchParams(location.search).get("code"), field = main.querySelector("[name=code]");
  if (code && field && !field.value) {
    field.value = code;
    main.querySelector("h1").textContent = spoken(code);
  }
  tell();
  send();
}

async function hold() {
  const modules = ["door.js", "queue.js", "kept.js"].map((name) => new URL(name, import.meta.url).href);
  if (!await keep(here, ...modules)) return;
  if (!navigator.serviceWorker.controller)
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  main.dataset.kept = "yes";
}

main.addEventListener("submit", submit);
main.addEventListener("click", press);
addEventListener("queue", tell);
addEventListener("online", send);
addEventListener("offline", tell);
addEventListener("popstate", () => location.reload());
setInterval(send, AGAIN);
begin();
hold().catch(() => {});
