// Clauses side by side take the place of the tabs; closing leads back to where one was.
const page = document.documentElement;
let from = null;
let at = 0;

function open() {
  if (!page.classList.contains("comparing")) {
    from = document.activeElement;
    at = scrollY;
  }
  props.value = '<p class="pending" role="status">正在对照……</p>';
  page.classList.add("comparing");
  scrollTo(0, 0);
}

function close() {
  page.classList.remove("comparing");
  props.value = "";
  scrollTo(0, at);
  if (from?.isConnected) from.focus({ preventScroll: true });
}

document.addEventListener("across", open);

element.addEventListener("click", (event) => {
  if (event.target.closest("[data-leave]")) close();
  else if (event.target.closest("[data-print]")) print();
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

watch("value", () => requestAnimationFrame(() => element.querySelector("h2")?.focus({ preventScroll: true })));
