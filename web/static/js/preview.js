// What people will see, while it is typed: the server says it, in the words of the finished promise.
const form = document.getElementById("builder");
const place = document.querySelector("[data-preview]");
let waiting, asked = 0;

async function show() {
  const body = new FormData(form), mine = ++asked;
  body.delete("key");
  body.set("do", "preview");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const words = answer.ok && await answer.text();
    if (words && mine === asked) place.innerHTML = words;
  } catch { /* the preview stays as it was; nothing typed is lost */ }
}

form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 400); });
