// Keeps tickets and the crew's door page once opened on this phone, and what they are drawn with: the door may be
// where no network is.
const KEPT = "carrotmob-tickets";
const PATIENCE = 6000;
const isTicket = (url) => /^\/tickets\/[0-9a-f]+$/.test(url.pathname);
const isDoor = (url) => /^\/door\/[^/]+$/.test(url.pathname);

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isTicket(url)) event.respondWith(freshOrKept(event.request));
  else if (isDoor(url)) event.respondWith(doorOrKept(event.request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(keptOrFresh(event.request));
});

async function freshOrKept(request) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put(request, answer.clone());
    else await kept.delete(request);
    return answer;
  } catch (offline) {
    const found = await kept.match(request, { ignoreVary: true });
    if (found) return found;
    throw offline;
  }
}

// The page for the next person stands in for one that the camera opened: it reads the code from the address.
async function doorOrKept(request, url) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await Promise.race([fetch(request), late()]);
    if (answer.ok && !answer.redirected && !url.search) await kept.put(request, answer.clone());
    if (answer.status < 500) return answer;
  } catch {}
  return (await kept.match(url.pathname, { ignoreVary: true })) ?? fetch(request);
}

const late = () => new Promise((_, fail) => setTimeout(fail, PATIENCE));

// A file's address changes with its content, so a kept one is never old.
async function keptOrFresh(request) {
  return (await (await caches.open(KEPT)).match(request, { ignoreVary: true })) ?? fetch(request);
}
