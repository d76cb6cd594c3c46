// A link or button that names a document opens it in the reader: the event carries the names, nothing else.
element.addEventListener("click", (event) => {
  const link = event.target.closest("[data-document]");
  if (!link || !element.contains(link)) return;
  event.preventDefault();
  trigger("click", {
    document: link.dataset.document,
    start: Number(link.dataset.start),
    end: Number(link.dataset.end),
    around: Number(link.dataset.around || 0),
  });
});
