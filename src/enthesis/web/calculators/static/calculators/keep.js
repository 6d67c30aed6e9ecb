// Keeps what was typed in the address of the page, copies a paragraph, prints a label. The forms work without it.
const form = document.querySelector("form[data-keep]");

function kept() {
  const held = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const of = name.endsWith(".unit") ? form.elements[name.slice(0, -5)] : null;
    if (value !== "" && (!of || of.value !== "")) held.append(name, value);
  }
  return held;
}

if (form) {
  const keep = () => {
    const query = kept().toString();
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
  };
  form.addEventListener("change", keep);
  form.addEventListener("input", keep);
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      const of = name.endsWith(".unit") ? form.elements[name.slice(0, -5)] : null;
      if (value === "" || (of && of.value === "")) event.formData.delete(name);
    }
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    for (const slot of form.querySelectorAll(".fault")) {
      const box = document.getElementById(slot.id.replace(/-fault$/, ""));
      if (!box) continue;
      if (slot.textContent.trim()) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
    offer();
  });
}

function offer() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    document.querySelector("[data-copied]").textContent = "Copied.";
  }
  if (event.target.closest("[data-print]")) window.print();
});

offer();
