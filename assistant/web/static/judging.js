// 有用 and 不对 beside a citation: a second click takes it back. Nothing is shown as kept before the library has it.
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-judge]");
  if (!button) return;
  const pressed = button.getAttribute("aria-pressed") === "true";
  trigger("like", { n: Number(button.dataset.judge), good: pressed ? null : button.dataset.good === "true" });
});

document.addEventListener("judged", ({ detail }) => {
  for (const group of element.querySelectorAll(".judge")) {
    const buttons = [...group.querySelectorAll("[data-judge]")];
    if ("good" in detail && group.dataset.clause === detail.clause)
      for (const each of buttons) each.setAttribute("aria-pressed", String(each.dataset.good === String(detail.good)));
    const asked = buttons.some((each) => Number(each.dataset.judge) === detail.n);
    group.querySelector(".judged").textContent = asked ? detail.told : "";
  }
});
