// Keeps a page on this phone with what it is drawn with, for where no network is; sw.js answers with it.
export async function keep(page, ...modules) {
  if (!navigator.serviceWorker || !window.caches) return false;
  await navigator.serviceWorker.register("/sw.js");
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((link) => link.href);
  const icons = document.querySelector("use").getAttribute("href").split("#")[0];
  const kept = await caches.open("carrotmob-tickets");
  await kept.addAll([page, icons, ...modules, ...files]);
  return true;
}
