// What was noted at the door waits on this phone until it is sent, each entry once: its nonce tells the server.
const MOST = 100, PATIENCE = 20000;
const main = document.getElementById("main");
export const here = `/door/${main.dataset.door}`;
const store = `carrotmob-door:${main.dataset.door}`;
let sending = false;

export const able = (() => {
  try { localStorage.setItem("carrotmob-door", ""); return true; } catch { return false; }
})();

export function read() {
  return { waiting: [], refused: [], sent: {}, ...JSON.parse(localStorage.getItem(store) ?? "{}") };
}

export function change(how) {
  const held = read();
  how(held);
  localStorage.setItem(store, JSON.stringify(held));
  dispatchEvent(new Event("queue"));
}

export function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function send() {
  const batch = read().waiting.slice(0, MOST);
  if (sending || !batch.length) return;
  sending = true;
  try {
    const entries = batch.map(({ at, ...entry }) => ({ ...entry, ago: Math.max(0, (Date.now() - at) / 1000) }));
    const body = new URLSearchParams({ csrf: main.dataset.csrf, entries: JSON.stringify(entries) });
    const answer = await fetch(`${here}/queue`, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) settle(batch, (await answer.json()).entries);
    main.dataset.shut = answer.status === 401 || answer.status === 403 ? "yes" : "";
  } catch {
    // No network still: they wait on.
  } finally {
    sending = false;
    dispatchEvent(new Event("queue"));
  }
}

function settle(batch, answers) {
  change((held) => {
    for (const told of answers) {
      const sent = batch.find((entry) => entry.nonce === told.nonce);
      const now = held.waiting.find((entry) => entry.nonce === told.nonce);
      held.waiting = held.waiting.filter((entry) => entry !== now);
      if (told.state === "refused" || told.words) held.refused.push({ ...sent, ...told });
      if (told.state === "refused") continue;
      held.sent[told.nonce] = told.came;
      // What was added while it was on its way follows.
      if (now && (now.spent !== sent.spent || now.anyway !== sent.anyway))
        held.waiting.push({ ...now, nonce: nonce(), code: "", party: "", came: told.came });
    }
    held.sent = Object.fromEntries(Object.entries(held.sent).slice(-50));
  });
}
