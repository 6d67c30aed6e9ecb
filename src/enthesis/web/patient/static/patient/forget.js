// The answers have arrived: nothing of them stays on this phone.
import { forget } from "./locked_store.js";

const place = document.querySelector("[data-forget]");
if (place) forget(place.dataset.forget, place.dataset.blank);
