// The day's figures, renewed every 15 seconds. A dropped connection keeps the last ones and says so.
const place = document.querySelector("[data-live]");
const figures = place?.querySelector("[data-figures]");
const age = place?.querySelector("[data-age]");

async function renew() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.live, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-state]");
    if (fresh.dataset.state !== place.dataset.state) return location.reload();
    if (figures.innerHTML !== fresh.innerHTML) figures.replaceChildren(...fresh.childNodes);
    age.textContent = age.dataset.fresh;
  } catch {
    age.textContent = age.dataset.stale;
  }
}

if (place) {
  setInterval(renew, 15000);
  document.addEventListener("visibilitychange", renew);
}
