// Answers on this phone, locked: one AES-GCM key for each link that the browser keeps and never shows, not even
// to this program. Without a secure context (plain http on a network) there is no lock, so nothing is kept.
const NAME = "enthesis-forms", KEYS = "keys", ANSWERS = "answers", FORMS = "enthesis-forms";

export const canLock = () => Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.indexedDB);

function database() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore(KEYS); asked.result.createObjectStore(ANSWERS); };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(store, mode, act) {
  const db = await database();
  try {
    return await new Promise((resolve, reject) => {
      const work = db.transaction(store, mode), asked = act(work.objectStore(store));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  } finally { db.close(); }
}

async function keyOf(link) {
  const kept = await within(KEYS, "readonly", (store) => store.get(link));
  if (kept) return kept;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two windows may come here together; the first key stays, and both read it back.
  await within(KEYS, "readwrite", (store) => { const had = store.get(link); had.onsuccess = () => { if (!had.result) store.put(fresh, link); }; return had; });
  return within(KEYS, "readonly", (store) => store.get(link));
}

export async function keep(link, value) {
  if (!canLock()) return false;
  const key = await keyOf(link), iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  await within(ANSWERS, "readwrite", (store) => store.put({ iv, data }, link));
  return true;
}

export async function kept(link) {
  if (!canLock()) return null;
  try {
    const held = await within(ANSWERS, "readonly", (store) => store.get(link));
    if (!held) return null;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: held.iv }, await keyOf(link), held.data);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch { return null; }
}

export async function keepBlank(address) {
  if (!canLock() || !globalThis.caches) return;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await (await caches.open(FORMS)).put(address, answer);
}

export async function forget(link, address) {
  try {
    if (globalThis.indexedDB) for (const store of [ANSWERS, KEYS]) await within(store, "readwrite", (s) => s.delete(link));
    if (globalThis.caches) await (await caches.open(FORMS)).delete(address);
  } catch { /* a browser that keeps nothing has nothing to forget */ }
}
