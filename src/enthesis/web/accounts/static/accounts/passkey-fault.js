// A refused passkey must say so on the page; allauth only writes it to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const fault = document.getElementById("passkey-fault");
  fault.hidden = false;
  fault.scrollIntoView({ block: "nearest" });
});
