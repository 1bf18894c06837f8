// Keeps tickets that were opened on this phone, and what they are drawn with: the door may be where no network is.
const KEPT = "carrotmob-tickets";
const isTicket = (url) => /^\/tickets\/[0-9a-f]+$/.test(url.pathname);

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isTicket(url)) event.respondWith(freshOrKept(event.request));
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

// A file's address changes with its content, so a kept one is never old.
async function keptOrFresh(request) {
  return (await (await caches.open(KEPT)).match(request, { ignoreVary: true })) ?? fetch(request);
}
