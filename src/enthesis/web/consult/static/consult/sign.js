// A signature drawn with finger, pen or mouse; what is sent are numbers, the picture is made by the server.
const field = document.querySelector("input[name=strokes]");
const box = document.querySelector("[data-sign]");
const canvas = box?.querySelector("canvas");
const pen = canvas?.getContext("2d");
const strokes = [];
let current = null;

function place(event) {
  const area = canvas.getBoundingClientRect();
  const x = ((event.clientX - area.left) * canvas.width) / area.width;
  const y = ((event.clientY - area.top) * canvas.height) / area.height;
  return [Math.round(x), Math.round(y)];
}

function draw() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = 2.5;
  pen.lineCap = "round";
  for (const stroke of strokes) {
    pen.beginPath();
    stroke.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  }
  field.value = JSON.stringify(strokes);
}

function choose() {
  box.hidden = document.querySelector("input[name=means]:checked")?.value !== "screen";
}

if (canvas) {
  try {
    strokes.push(...JSON.parse(field.value || "[]"));
  } catch {
    field.value = "";
  }
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = [place(event)];
    strokes.push(current);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (current) {
      current.push(place(event));
      draw();
    }
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (current = null));
  box.querySelector("[data-clear]").addEventListener("click", () => {
    strokes.length = 0;
    draw();
  });
  for (const way of document.querySelectorAll("input[name=means]")) way.addEventListener("change", choose);
  choose();
  draw();
}
