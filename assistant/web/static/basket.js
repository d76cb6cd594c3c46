// The buttons of the basket: they ask the keeper, and the focus stays where it was once the list is shown anew.
const ACTIONS = ["up", "down", "drop"];
let wanted = null;

const ask = (detail) => document.dispatchEvent(new CustomEvent("basket", { detail }));

function clear(button) {
  if (button.dataset.sure) return ask({ action: "clear" });
  button.dataset.sure = "1";
  button.textContent = "再点一次，清空全部摘录";
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = "清空";
  }, 4000);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("clear" in button.dataset) clear(button);
  const action = ACTIONS.find((each) => each in button.dataset);
  if (!action) return;
  wanted = { action, key: button.closest("[data-key]").dataset.key };
  ask(wanted);
});

function arrive() {
  if (!wanted) return;
  const item = element.querySelector(`[data-key="${CSS.escape(wanted.key)}"]`);
  const same = item?.querySelector(`[data-${wanted.action}]:not(:disabled)`);
  (same ?? (item ?? element).querySelector("button:not(:disabled)"))?.focus();
  wanted = null;
}

watch("value", () => requestAnimationFrame(arrive));
