// What a sentence, a clause and a document offer: copied, put into the basket, set on the stage beside others.
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

// What a button asks to be set on the stage.
function asked({ across, compare, original, of, start, page }) {
  if (across) return { view: "across", document: of, clause: across };
  if (compare) return { view: "compare", document: of, other: compare };
  return { view: "original", document: original, page: Number(page), start: Number(start) };
}

element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-pick], [data-across], [data-compare], [data-original]");
  if (!button) return;
  if (button.dataset.copy) {
    say(button, (await copied(button.dataset.copy)) ? "已复制" : "未能复制，请选中文字后复制");
    button.focus();
  } else if (button.dataset.pick) {
    const detail = { pick: JSON.parse(button.dataset.pick), said: "未能放入" };
    document.dispatchEvent(new CustomEvent("basket", { detail })); // its keeper answers at once
    say(button, detail.said);
  } else {
    const detail = asked(button.dataset);
    document.dispatchEvent(new CustomEvent("stage", { detail }));
    trigger("select", detail);
  }
});
