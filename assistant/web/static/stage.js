// What takes the place of the tabs; closing leads back to where one was.
const page = document.documentElement;
let from = null;
let at = 0;

function open({ detail }) {
  if (!page.classList.contains("staged")) {
    from = document.activeElement;
    at = scrollY;
  }
  const turning = detail.view === "original" && page.classList.contains("viewing");
  if (turning) element.querySelector(".sheet-box")?.classList.add("turning");
  else {
    props.value = '<p class="pending" role="status">正在准备……</p>';
    scrollTo(0, 0);
  }
  page.classList.add("staged");
  page.classList.toggle("viewing", detail.view === "original");
}

function close() {
  page.classList.remove("staged", "viewing");
  props.value = "";
  scrollTo(0, at);
  if (from?.isConnected) from.focus({ preventScroll: true });
}

function ask(data) {
  document.dispatchEvent(new CustomEvent("stage", { detail: data }));
  trigger("select", data);
}

function zoom(button) {
  const large = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(large));
  button.textContent = large ? "缩小" : "放大";
  const box = element.querySelector(".sheet-box");
  box.classList.toggle("large", large);
  box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
}

document.addEventListener("stage", open);

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("leave" in button.dataset) close();
  else if ("print" in button.dataset) print();
  else if ("export" in button.dataset) trigger("submit", {});
  else if ("zoom" in button.dataset) zoom(button);
});

element.addEventListener("change", (event) => {
  const box = event.target;
  if ("only" in box.dataset) box.closest(".compared").classList.toggle("only-changes", box.checked);
  else if ("turn" in box.dataset) ask({ view: "original", document: box.dataset.turn, page: Number(box.value) || 1, start: 0 });
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

function arrive() {
  const leaf = element.querySelector("img.leaf");
  const detail = { document: leaf?.dataset.of ?? "", page: leaf?.dataset.at ?? "" };
  if (element.querySelector(".original")) document.dispatchEvent(new CustomEvent("leaf", { detail }));
  element.querySelector("h2")?.focus({ preventScroll: true });
}

watch("value", () => requestAnimationFrame(arrive));
