// The form on a phone: one step at a time, saved as typed, kept locked while there is no network, sent once.
// Without this program the same page is a plain form.
const form = document.getElementById("answers"), data = form.dataset, local = !("tablet" in data);
// The page says where the store lies, because files are served under names that carry their content's hash.
const { canLock, forget, keep, keepBlank, kept } = await import(data.store);
const words = JSON.parse(document.getElementById("words").textContent);
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const one = (name) => form.querySelector(`[data-${name}]`);
const steps = [...form.querySelectorAll("[data-step]")], state = one("state");
const device = crypto.randomUUID ? crypto.randomUUID() : "00000000-0000-4000-8000-" + String(Date.now()).padStart(12, "0").slice(-12);
const SOON = 700, AGAIN = 5000;

// pending: changes not on their way yet; flying: those on their way, of which nobody knows whether they arrived.
let revision = Number(data.revision), pending = {}, flying = {}, keeping = Promise.resolve(), step = 0, asked = false, finishedAt = null, sending = false, clock = 0;

// --- reading and writing the boxes -------------------------------------------------------------------------
const place = (name) => { const cut = name.indexOf("."); return [name.slice(0, cut), name.slice(cut + 1)]; };
const boxes = () => [...form.elements].filter((box) => box.name.includes("."));

function allAnswers() {
  const answers = {};
  for (const box of boxes()) {
    const [instrument, item] = place(box.name), items = (answers[instrument] ||= {});
    items[item] ??= null;
    if ((box.type !== "radio" || box.checked) && box.value !== "") items[item] = Number(box.value);
  }
  const flags = [...form.querySelectorAll("[name=flags]")];
  if (flags.length) answers.flags = Object.fromEntries(flags.map((box) => [box.value, box.checked ? 1 : null]));
  return answers;
}

function put(instrument, item, value) {
  if (instrument === "flags") {
    const box = form.querySelector(`[name=flags][value="${CSS.escape(item)}"]`), was = box?.checked;
    if (box) box.checked = Boolean(value);
    return Boolean(box) && was !== Boolean(value);
  }
  const found = form.elements[`${instrument}.${item}`];
  if (!found) return false;
  const wanted = value === null || value === undefined ? "" : String(value), was = found.value;
  found.value = wanted;
  return was !== wanted;
}

function lay(answers, skip = {}) {
  let changed = false;
  for (const [instrument, items] of Object.entries(answers))
    for (const [item, value] of Object.entries(items))
      if (!(skip[instrument] && item in skip[instrument])) changed = put(instrument, item, value) || changed;
  return changed;
}

const isEmpty = (changes) => Object.values(changes).every((items) => Object.keys(items).length === 0);

// --- steps -------------------------------------------------------------------------------------------------
function show(number, focus = true) {
  step = Math.min(Math.max(number, 0), steps.length - 1);
  steps.forEach((each, n) => { each.hidden = n !== step; });
  const last = step === steps.length - 1, part = one("part");
  part.textContent = words.part.replace("{n}", step + 1).replace("{total}", steps.length);
  part.hidden = one("progress").hidden = false;
  one("progress").value = step + 1;
  one("back").hidden = step === 0;
  one("next").hidden = last;
  one("send").hidden = !last;
  one("save").hidden = true;
  one("empty").hidden = true;
  asked = false;
  document.querySelectorAll("[data-only-first]").forEach((each) => { each.hidden = step > 0; });
  if (focus) { steps[step].focus({ preventScroll: true }); scrollTo(0, 0); }
}

function go(number) {
  if (number === step) return;
  history.pushState({ step: number, inside: true }, "");
  show(number);
}

function emptyIn(section) {
  const names = new Set([...section.querySelectorAll("input")].filter((b) => b.name.includes(".")).map((b) => b.name));
  return [...names].filter((name) => form.elements[name].value === "").length;
}

// An empty question is asked about once; leaving it empty is an answer.
function mayLeave() {
  const empty = emptyIn(steps[step]);
  if (!empty || asked) return true;
  const told = one("empty");
  told.textContent = words.left_empty.replace("{n}", empty);
  told.hidden = false;
  asked = true;
  return false;
}

// --- saving and sending ------------------------------------------------------------------------------------
const say = (text, kind = "") => { state.textContent = text; state.dataset.kind = kind; };
const record = () => ({ answers: allAnswers(), pending: over(flying, pending), revision, submission: data.submission, step, finishedAt });
// One after the other, each with what is on the page at its turn: an older state never overwrites a newer one.
const keepHere = () => (keeping = keeping.then(() => local && keep(data.link, record())).catch(() => false));
const noNetwork = () => say(finishedAt ? words.waiting : local && canLock() ? words.offline : words.offline_bare, "waiting");

function request(address, method, body) {
  return fetch(address, {
    method, credentials: "same-origin", redirect: "error", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  });
}

function later(wait) { clearTimeout(clock); clock = setTimeout(push, wait); }

async function push() {
  if (sending) return later(SOON);
  if (finishedAt) return send();
  if (isEmpty(pending)) return;
  flying = pending;
  pending = {};
  sending = true;
  say(words.saving);
  try {
    await saved(await request(data.draft, "PUT", { base: revision, device, changes: flying }));
  } catch {
    land();
    noNetwork();
    later(AGAIN);
  } finally {
    sending = false;
    await keepHere();
  }
}

function land() {
  pending = over(flying, pending);
  flying = {};
}

function over(older, newer) {
  const all = structuredClone(older);
  for (const [name, items] of Object.entries(newer)) all[name] = { ...all[name], ...items };
  return all;
}

async function saved(answer) {
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) {
    flying = {};
    const moved = told.revision !== revision + 1;
    revision = told.revision;
    const changed = moved && lay(told.answers, pending);
    return say(changed ? words.elsewhere : words.saved);
  }
  if (answer.status === 422) {
    flying = {};
    return say(told.message || words.failed, "waiting");
  }
  land();
  await stopped(answer.status, told);
}

// What is not a matter of the network: the birth date is due again, the window is over, or it was sent already.
async function stopped(status, told) {
  await keepHere();
  if (status === 409) { await forget(data.link, data.blank); return location.replace(told.next); }
  // 403 is what a browser gets whose cookies were cleared under the open form.
  if (status === 401 || status === 403) return local && canLock() ? location.assign(data.start) : proveElsewhere(words.again);
  if (status === 410 || status === 404) return say(told.words || words.over, "waiting");
  say(words.failed, "waiting");
  later(AGAIN);
}

function proveElsewhere(text) {
  const link = Object.assign(document.createElement("a"), { href: data.start, target: "_blank", textContent: text });
  say("", "waiting");
  state.append(link);
  later(AGAIN);
}

// What was saved lies on the server, where another window may have changed it; only the rest goes along.
async function send() {
  finishedAt ||= new Date().toISOString();
  if (sending) return later(SOON);
  sending = true;
  one("send").disabled = true;
  await keepHere();
  say(words.saving);
  try {
    const answer = await request(data.answers, "POST", {
      submission: data.submission, answers: pending, language: data.language,
      answered_at: finishedAt, sent_at: new Date().toISOString(),
    });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) { pending = {}; await forget(data.link, data.blank); return location.replace(told.next); }
    if (answer.status === 422) { finishedAt = null; say(told.message || words.failed, "waiting"); await keepHere(); }
    else await stopped(answer.status, told);
  } catch {
    noNetwork();
    later(AGAIN);
  } finally {
    sending = false;
    one("send").disabled = Boolean(finishedAt);
  }
}

// --- begin -------------------------------------------------------------------------------------------------
form.addEventListener("change", async (event) => {
  const box = event.target, [instrument, item] = box.name === "flags" ? ["flags", box.value] : place(box.name);
  if (!instrument) return;
  const value = box.name === "flags" ? (box.checked ? 1 : null) : box.value === "" ? null : Number(box.value);
  (pending[instrument] ||= {})[item] = value;
  finishedAt = null;
  one("send").disabled = false;
  one("empty").hidden = true;
  asked = false;
  await keepHere();
  later(navigator.onLine ? SOON : 0);
});
one("back").addEventListener("click", () => (history.state?.inside ? history.back() : show(step - 1)));
one("next").addEventListener("click", () => { if (mayLeave()) go(step + 1); });
form.addEventListener("submit", (event) => { event.preventDefault(); if (mayLeave()) send(); });
addEventListener("popstate", (event) => show(event.state?.step ?? 0));
addEventListener("online", () => later(0));
addEventListener("offline", noNetwork);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

async function begin() {
  const held = local ? await kept(data.link) : null;
  if (held && held.submission === data.submission) {
    pending = held.pending;
    finishedAt = held.finishedAt;
    if ("kept" in data) { lay(held.answers); revision = held.revision; } else lay(pending);
  }
  const at = held?.submission === data.submission ? held.step : 0;
  history.replaceState({ step: at }, "");
  show(at, false);
  if ("kept" in data) noNetwork();
  if (!isEmpty(pending) || finishedAt) later(0);
  if (!local || !canLock() || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(data.worker, { scope: "/p/" }).catch(() => null);
  if (!("kept" in data)) await keepBlank(data.blank).catch(() => null);
}
begin();
