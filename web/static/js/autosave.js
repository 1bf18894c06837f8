// A draft is saved while it is typed: the same form to the same address, without its one-time key.
const form = document.querySelector("form[data-autosave]");
const line = document.querySelector("[data-saved]");
const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always", style: "short" });
let waiting, savedAt, dirty = false;

const say = (words) => { line.textContent = words; };

function tell() {
  if (!savedAt || dirty) return;
  const seconds = Math.max(1, Math.round((Date.now() - savedAt) / 1000));
  const [count, unit] = seconds < 60 ? [seconds, "second"] : [Math.round(seconds / 60), "minute"];
  say(`${line.dataset.saved} ${ago.format(-count, unit)}`);
}

async function save() {
  const body = new FormData(form);
  body.delete("key");
  dirty = false;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "x-autosave": "1" }, redirect: "error" });
    if (answer.ok) { savedAt = Date.now(); tell(); } else say(answer.status === 422 ? line.dataset.unfinished : line.dataset.offline);
  } catch { say(line.dataset.offline); }
}

form?.addEventListener("input", () => {
  dirty = true;
  clearTimeout(waiting);
  waiting = setTimeout(save, 1200);
});
form?.addEventListener("submit", () => clearTimeout(waiting));
setInterval(tell, 5000);
