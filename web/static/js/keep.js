// The ticket is kept on this phone as soon as it is opened, with its style and icons, and says so.
const told = document.querySelector("[data-kept]");
if (told && navigator.serviceWorker && window.caches) {
  try {
    await navigator.serviceWorker.register("/sw.js");
    const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((link) => link.href);
    const icons = document.querySelector("use")?.getAttribute("href").split("#")[0];
    const kept = await caches.open("carrotmob-tickets");
    await kept.addAll([location.href, icons, ...files]);
    told.textContent = told.dataset.kept;
  } catch {
    // Nothing is lost: the ticket works as long as there is a network, and the code can be said.
  }
}
