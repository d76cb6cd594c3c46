// The reader: links of its own, closing, and bringing the marked quotation into view.
const opener = document.activeElement;

function show(target, share) {
  const body = element.querySelector(".reader-body");
  if (!body || !target) return;
  const offset = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
  body.scrollTop += offset - body.clientHeight * share;
}

function arrive() {
  const body = element.querySelector(".reader-body");
  if (!body) return;
  const target = element.querySelector("mark") || element.querySelector("[data-focus]");
  if (target) show(target, 0.25);
  else body.scrollTop = 0;
  element.querySelector("h2")?.focus({ preventScroll: true });
}

function close() {
  trigger("click", {});
  if (opener?.isConnected) opener.focus();
}

element.addEventListener("click", (event) => {
  const within = event.target.closest("[data-goto]");
  if (within) {
    event.preventDefault();
    show(element.querySelector(`#${CSS.escape(within.dataset.goto)}`), 0);
    return;
  }
  if (event.target.closest("[data-close]")) {
    close();
    return;
  }
  const link = event.target.closest("[data-document]");
  if (!link) return;
  event.preventDefault();
  trigger("click", {
    document: link.dataset.document,
    start: Number(link.dataset.start),
    end: Number(link.dataset.end),
    around: Number(link.dataset.around || 0),
  });
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

watch("value", () => requestAnimationFrame(arrive));
requestAnimationFrame(arrive);
