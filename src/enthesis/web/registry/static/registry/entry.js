// The age beside a birth date, so that a wrong century is seen at once.
for (const echo of document.querySelectorAll("[data-age-of]")) {
  const box = document.getElementById(echo.dataset.ageOf);
  const say = () => {
    const born = box.valueAsDate;
    if (!born) { echo.textContent = ""; return; }
    const now = new Date();
    let years = now.getFullYear() - born.getUTCFullYear();
    const before = now.getMonth() < born.getUTCMonth() || (now.getMonth() === born.getUTCMonth() && now.getDate() < born.getUTCDate());
    if (before) years -= 1;
    echo.textContent = years < 0 ? "Not born yet: check the year." : `${years} years old.`;
  };
  box.closest(".entry-box").append(echo);
  box.addEventListener("input", say);
  say();
}
