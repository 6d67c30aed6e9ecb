// Questions one at a time or as a list, with progress, and a slider beside each line. The form works without it.
const form = document.querySelector("form[data-questions]");

if (form) {
  const boxes = [...form.querySelectorAll("[data-question]")];
  const progress = form.querySelector("[data-progress]");
  const mode = form.querySelector("[data-mode]");
  const steps = form.querySelector("[data-steps]");
  const submit = form.querySelector("[data-submit]").closest("p");
  const answered = (box) => [...box.querySelectorAll("[name]")].some((x) => (x.type === "radio" ? x.checked : true) && x.value !== "");
  let single = false;
  let at = 0;

  function count() {
    const done = boxes.filter(answered).length;
    progress.hidden = boxes.length < 2;
    progress.querySelector("progress").value = done;
    progress.querySelector("span").textContent = `${done} of ${boxes.length} answered`;
  }

  function draw(focus) {
    boxes.forEach((box, n) => { box.hidden = single && n !== at; });
    steps.hidden = !single;
    submit.hidden = single && at < boxes.length - 1;
    steps.querySelector("[data-back]").disabled = at === 0;
    steps.querySelector("[data-next]").hidden = at === boxes.length - 1;
    mode.textContent = single ? "Show all questions" : "One question at a time";
    mode.setAttribute("aria-pressed", String(single));
    if (focus) {
      boxes[at].tabIndex = -1;
      boxes[at].focus();
      boxes[at].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(one) {
    single = one;
    const open = boxes.findIndex((box) => !answered(box));
    at = open < 0 ? boxes.length - 1 : open;
    draw(false);
  }

  for (const line of form.querySelectorAll("[data-line]")) {
    const number = line.querySelector("input");
    const range = document.createElement("input");
    const frame = document.createElement("div");
    range.type = "range";
    range.min = line.dataset.min;
    range.max = line.dataset.max;
    range.step = Number(range.max) - Number(range.min) > 20 ? "1" : "0.1";
    range.setAttribute("aria-label", `${line.dataset.title}, slider`);
    const show = () => {
      const typed = Number(number.value.replace(",", "."));
      const has = number.value.trim() !== "" && Number.isFinite(typed);
      range.value = has ? typed : (Number(range.min) + Number(range.max)) / 2;
      range.toggleAttribute("data-untouched", !has);
      range.setAttribute("aria-valuetext", has ? number.value : "no answer yet");
    };
    range.addEventListener("input", () => {
      number.value = range.value;
      range.removeAttribute("data-untouched");
      range.setAttribute("aria-valuetext", range.value);
      number.dispatchEvent(new Event("input", { bubbles: true }));
    });
    number.addEventListener("input", show);
    frame.className = "slider";
    frame.append(Object.assign(document.createElement("span"), { textContent: range.min }), range, Object.assign(document.createElement("span"), { textContent: range.max }));
    line.append(frame);
    show();
  }

  mode.addEventListener("click", () => choose(!single));
  steps.addEventListener("click", (event) => {
    const to = event.target.closest("[data-next]") ? at + 1 : event.target.closest("[data-back]") ? at - 1 : at;
    if (to !== at) { at = to; draw(true); }
  });
  form.addEventListener("input", count);
  form.addEventListener("change", count);
  count();
  if (boxes.length > 1) {
    form.querySelector("[data-modes]").hidden = false;
    if (!("list" in form.dataset) && matchMedia("(max-width: 40rem)").matches) choose(true);
  }
}
