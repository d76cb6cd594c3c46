// Taking an answer away: as plain text into the clipboard, or as a Word file.
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

element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    const name = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = (await copied(button.dataset.copy)) ? "已复制" : "未能复制，请选中文字后复制";
    button.focus();
    setTimeout(() => (button.textContent = name), 2000);
  } else if (event.target.closest("[data-export]")) {
    trigger("submit", {});
  }
});
