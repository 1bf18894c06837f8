// Boxes drawn over what must not be seen, in percent of the picture; without this the squares do it, and by keyboard too.
const place = document.querySelector(".marking"), cells = place.querySelector(".cells");
const field = place.querySelector("[name=boxes]"), squares = field.form.querySelectorAll("[name=cell]");
const draw = document.querySelector("[data-draw]"), undo = document.querySelector("[data-undo]");
const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
let drawn = field.value ? field.value.split(";").map((box) => box.split(",").map(Number)) : [], from = null;

const at = (event) => {
  const { left, top, width, height } = svg.getBoundingClientRect();
  const within = (part) => Math.min(Math.max(part * 100, 0), 100);
  return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
};
const between = ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d), Math.abs(a - c), Math.abs(b - d)].map((n) => Math.floor(n * 100) / 100);

function show(more = []) {
  svg.replaceChildren(...[...drawn, ...more].map((box) => {
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    ["x", "y", "width", "height"].forEach((name, n) => rect.setAttribute(name, `${box[n]}%`));
    return rect;
  }));
  field.value = drawn.map((box) => box.join(",")).join(";");
  undo.hidden = svg.hidden || !drawn.length;
}

svg.addEventListener("pointerdown", (event) => { from = at(event); svg.setPointerCapture(event.pointerId); });
svg.addEventListener("pointermove", (event) => { if (from) show([between(from, at(event))]); });
svg.addEventListener("pointercancel", () => { from = null; show(); });
svg.addEventListener("pointerup", (event) => {
  const box = from && between(from, at(event));
  if (box && box[2] > 0.5 && box[3] > 0.5) drawn.push(box);
  from = null;
  show();
});
undo.addEventListener("click", () => { drawn.pop(); show(); });
draw.addEventListener("click", () => {
  const drawing = cells.isConnected;
  if (drawing) cells.replaceWith(svg); else svg.replaceWith(cells);
  for (const square of squares) if (drawing) square.checked = false;
  if (!drawing) drawn = [];
  draw.setAttribute("aria-pressed", drawing);
  show();
});
draw.hidden = false;
if (drawn.length) draw.click();
