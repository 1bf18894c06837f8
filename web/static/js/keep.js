// The ticket is kept on this phone as soon as it is opened, with its style and icons, and says so.
import { keep } from "./kept.js";

const told = document.querySelector("[data-kept]");
try {
  if (told && await keep(location.href)) told.textContent = told.dataset.kept;
} catch {
  // Nothing is lost: the ticket works as long as there is a network, and the code can be said.
}
