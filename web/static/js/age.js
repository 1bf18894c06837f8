// "Updated 3 s ago", or that nobody answers and what is seen was the last.
const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always", style: "short" });
let seen = Date.now(), lost = false;

export function fresh() {
  seen = Date.now(); lost = false;
  tell();
}

export function cut() {
  lost = true;
  tell();
}

function tell() {
  const line = document.querySelector("[data-age]");
  const seconds = Math.max(1, Math.round((Date.now() - seen) / 1000));
  line.textContent = lost ? line.dataset.stale : `${line.dataset.fresh} ${ago.format(-seconds, "second")}`;
}

setInterval(tell, 1000);
