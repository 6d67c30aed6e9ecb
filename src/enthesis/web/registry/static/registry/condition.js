// Grades and questions follow from the condition; what was typed already goes along.
const form = document.querySelector("[data-condition-form]");
const box = form.querySelector("#id_condition");

async function follow() {
  const chosen = box.value;
  const answer = await fetch(`?condition=${encodeURIComponent(chosen)}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (box.value !== chosen) return; // an answer to a choice that was changed since
  const typed = new FormData(form);
  const fresh = page.querySelector("[data-condition-form]");
  for (const name of ["id_grade", "id_grade_wording"]) document.getElementById(name).replaceChildren(...fresh.querySelector(`#${name}`).childNodes);
  form.querySelector("details .inside").replaceChildren(...fresh.querySelector("details .inside").childNodes);
  for (const [name, value] of typed) {
    const held = form.elements.namedItem(name);
    if (held && name.startsWith("fact_") && "value" in held) held.value = value;
  }
}

box.addEventListener("change", follow);
// A quick hand, or the browser going back, chose before this script was there.
if (box.value !== (box.querySelector("option[selected]")?.value ?? "")) follow();
