// A screen on the wall: what is new comes by itself, clocks run down. When the line is cut, the last picture stays.
import { cut, fresh } from "./age.js";
const AGAIN = 5000, SILENCE = 15000;
const main = document.getElementById("main");
let source, waiting, ends;

function listen() {
  source?.close();
  source = new EventSource(main.dataset.stream);
  source.addEventListener("picture", (told) => { main.innerHTML = hear(told).page; run(); });
  source.addEventListener("beat", hear);
  source.addEventListener("over", () => location.reload());
  // The browser comes again by itself where the line was cut; where it was refused, or is silent, we do.
  source.onerror = () => { cut(); wait(AGAIN); };
}

function hear(told) {
  const news = JSON.parse(told.data);
  ends = news.left == null ? null : Date.now() + news.left * 1000;
  fresh();
  wait(SILENCE);
  return news;
}

function wait(time) {
  clearTimeout(waiting);
  waiting = setTimeout(() => { cut(); listen(); }, time);
}

function run() {
  const clock = document.querySelector("[data-left]");
  if (!clock || !ends) return;
  const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
  const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60].map((n) => String(n).padStart(2, "0"));
  clock.textContent = parts.slice(left < 3600 ? 1 : 0).join(":");
}

const told = document.querySelector("[data-left]")?.dataset.left;
ends = told ? Date.now() + told * 1000 : null;
run();
listen();
setInterval(run, 250);
addEventListener("offline", cut);
addEventListener("online", listen);
