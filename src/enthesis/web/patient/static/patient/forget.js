// The answers have arrived: nothing of them stays on this phone.
const { forget: link, blank, store } = document.querySelector("[data-forget]").dataset;
await (await import(store)).forget(link, blank);
