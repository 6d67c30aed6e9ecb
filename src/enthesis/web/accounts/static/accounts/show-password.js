// A button beside each password that shows what was typed: fewer mistakes, longer passwords.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const frame = document.createElement("div");
  const button = document.createElement("button");
  frame.className = "with-show";
  button.type = "button";
  button.className = "second";
  button.textContent = "Show";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  button.setAttribute("aria-label", "Show password");
  const hasFocus = document.activeElement === input;
  input.replaceWith(frame);
  frame.append(input, button);
  if (hasFocus) input.focus(); // moving it took the focus away
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(shown));
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}
