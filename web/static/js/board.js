// The big screen asks again by itself. When nobody answers, the last count stays and says so.
import { cut, fresh } from "./age.js";

async function renew() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const fetched = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    document.getElementById("main").innerHTML = fetched.innerHTML;
    fresh();
  } catch { cut(); }
}

setInterval(renew, 5000);
addEventListener("offline", cut);
addEventListener("online", renew);
