// The big screen asks again by itself. When nobody answers, the last count stays and says so.
const EVERY = 5000;
const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always", style: "short" });
let seen = Date.now(), lost = false;

async function renew() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    document.getElementById("main").innerHTML = fresh.innerHTML;
    seen = Date.now(); lost = false;
  } catch { lost = true; }
  tell();
}

function tell() {
  const line = document.querySelector("[data-age]");
  const seconds = Math.max(1, Math.round((Date.now() - seen) / 1000));
  line.textContent = lost ? line.dataset.stale : `${line.dataset.fresh} ${ago.format(-seconds, "second")}`;
}

setInterval(renew, EVERY);
setInterval(tell, 1000);
