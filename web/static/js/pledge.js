// A pledge sent twice is one: the form carries a key of its own. And what is typed as another amount chooses "Other".
for (const form of document.querySelectorAll("form[data-once]")) {
  const key = document.createElement("input");
  Object.assign(key, { type: "hidden", name: "key", value: [...crypto.getRandomValues(new Uint32Array(4))].join("-") });
  form.append(key);
  const other = form.querySelector("[data-other]");
  const chip = form.querySelector('[name="amount"][value="other"]');
  other?.addEventListener("input", () => { chip.checked = other.value !== "" || chip.checked; });
  form.addEventListener("change", (event) => {
    if (event.target.name === "amount" && event.target.value !== "other") other.value = "";
    if (event.target === chip) other.focus();
  });
}
