// What a sentence offers: copied with its source, put into the basket, its clause held against the other documents'.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // no clipboard on an address without encryption: copy a selection instead
    const box = document.createElement("textarea");
    box.value = text;
    box.readOnly = true;
    box.style.position = "fixed";
    box.style.opacity = "0";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

function say(button, text) {
  button.dataset.name ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = text;
  setTimeout(() => (button.textContent = button.dataset.name), 2000);
}

element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-pick], [data-across]");
  if (!button) return;
  if (button.dataset.copy) {
    say(button, (await copied(button.dataset.copy)) ? "已复制" : "未能复制，请选中文字后复制");
    button.focus();
  } else if (button.dataset.pick) {
    const detail = { pick: JSON.parse(button.dataset.pick), said: "未能放入" };
    document.dispatchEvent(new CustomEvent("basket", { detail })); // its keeper answers at once
    say(button, detail.said);
  } else {
    document.dispatchEvent(new CustomEvent("across"));
    trigger("select", { document: button.dataset.of, clause: button.dataset.across });
  }
});
