"use strict";
// Keeps the files of the pages and blank forms, so that a form opens without a network. It never keeps an
// answer: those lie locked in the page's own store.
const FILES = {% autoescape off %}[{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}]{% endautoescape %};
const FOLDER = "{{ folder|escapejs }}";
const SHELL = "enthesis-shell", FORMS = "enthesis-forms", WAIT = 6000;
const formOf = (url) => /^\/p\/[^/]+\//.exec(new URL(url).pathname);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function open(request) {
  const slow = new AbortController(), clock = setTimeout(() => slow.abort(), WAIT);
  try {
    return await fetch(request, { signal: slow.signal });
  } catch (error) {
    const place = formOf(request.url);
    const kept = place && await (await caches.open(FORMS)).match(place[0] + "blank/");
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(clock);
  }
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(open(request));
  else if (new URL(request.url).pathname.startsWith(FOLDER)) {
    // Older names stay: a form that was kept before a new version was installed still opens with its own.
    event.respondWith(caches.open(SHELL).then((cache) => cache.match(request)).then((kept) => kept || fetch(request)));
  }
});
