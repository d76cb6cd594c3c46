// Taking an answer away as a Word file.
element.addEventListener("click", (event) => {
  if (event.target.closest("[data-export]")) trigger("submit", {});
});
