// The reader: links of its own, closing, bringing the marked quotation into view, and the form of the facts.
const opener = document.activeElement;
let aim = ""; // the part that was last gone to
let held = null; // what was being read when the original was opened

function show(target, share) {
  const body = element.querySelector(".reader-body");
  if (!body || !target) return;
  const offset = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
  body.scrollTop += offset - body.clientHeight * share;
}

function arrive() {
  aim = "";
  const body = element.querySelector(".reader-body");
  if (!body) return;
  const target = element.querySelector("mark") || element.querySelector("[data-focus]");
  if (target) show(target, 0.25);
  else body.scrollTop = 0;
  element.querySelector("h2")?.focus({ preventScroll: true });
}

async function correct(form, data) {
  const told = form.querySelector(".told");
  told.textContent = "正在保存……";
  told.classList.remove("failed");
  try {
    const place = JSON.parse(element.querySelector(".reader").dataset.place);
    const { told: said, html } = await server.correct({ ...place, ...data });
    if (html) renew(html, said);
    else fail(said);
  } catch {
    fail("没有保存：与服务的连接中断。请确认服务仍在运行，然后重试。");
  }

  function fail(why) {
    told.classList.add("failed");
    told.textContent = why;
  }
}

async function remove(button) {
  const told = button.closest(".removal").querySelector(".told");
  told.classList.remove("failed");
  told.textContent = "正在移除……";
  button.disabled = true;
  try {
    const { told: said, html } = await server.remove({ document: button.dataset.remove });
    if (html) {
      props.value = html;
      requestAnimationFrame(() => trigger("change", {}));
      return;
    }
    told.textContent = said;
  } catch {
    told.textContent = "没有移除：与服务的连接中断。请确认服务仍在运行，然后重试。";
  }
  told.classList.add("failed");
  button.disabled = false;
}

// the same document as it is now, where one was reading
function renew(html, said) {
  const at = element.querySelector(".reader-body").scrollTop;
  props.value = html;
  requestAnimationFrame(() => {
    element.querySelector(".reader-body").scrollTop = at;
    const facts = element.querySelector(".facts");
    facts.open = true;
    facts.querySelector(".told").textContent = said;
    facts.querySelector("[type=submit]").focus({ preventScroll: true });
    trigger("change", {});
  });
}

function close() {
  trigger("click", {});
  if (opener?.isConnected) opener.focus();
}

element.addEventListener("click", (event) => {
  const within = event.target.closest("[data-goto]");
  if (within) {
    event.preventDefault();
    aim = within.dataset.goto;
    show(element.querySelector(`#${CSS.escape(aim)}`), 0);
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

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const changed = [...event.target.elements].filter((each) => each.name && each.value !== each.defaultValue && !same(each));
  if (changed.length) correct(event.target, { facts: Object.fromEntries(changed.map((each) => [each.name, each.value])) });
  else event.target.querySelector(".told").textContent = "没有改动。";
});

// a list of choices has its default among its options
function same(box) {
  return box.selectedOptions?.[0].defaultSelected ?? false;
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-undo]");
  if (button) correct(button.closest("form"), { undo: button.dataset.undo });
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (button) remove(button);
});

function inView(it) {
  const box = element.querySelector(".reader-body").getBoundingClientRect();
  return it.getBoundingClientRect().top < box.bottom && it.getBoundingClientRect().bottom > box.top;
}

// the original opens at what is being read: the quotation or the part one went to, else what stands at the top
function reading(button) {
  const box = element.querySelector(".reader-body").getBoundingClientRect();
  const above = (it) => it.getBoundingClientRect().top <= box.top + 60;
  const seen = (it) => it && inView(it);
  const gone = aim && element.querySelector(`#${CSS.escape(aim)}`);
  held = element.querySelector("mark");
  if (seen(held) && !gone) return;
  const sign = [...element.querySelectorAll(".page-sign")].filter(above).at(-1);
  const clause = seen(gone) ? gone : [...element.querySelectorAll(".clause")].filter(above).at(-1);
  button.dataset.page = (!seen(gone) && sign?.dataset.page) || 0;
  held = clause;
  if (clause) button.dataset.start = clause.id.slice("at-".length);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-original]");
  if (!button) return;
  held = null;
  if (button.matches(".head-buttons *")) reading(button);
  for (const list of element.querySelectorAll("details.outline[open]")) list.open = false;
});

// the page of the original that is shown beside the text
document.addEventListener("leaf", ({ detail }) => {
  if (held) {
    if (!inView(held)) show(held, 0.25); // the text has less room beside the original
    held = null;
    return;
  }
  const sign = element.querySelector(`.page-sign[data-original="${CSS.escape(detail.document)}"][data-page="${CSS.escape(detail.page)}"]`);
  if (sign) show(sign, 0.05);
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

watch("value", () => requestAnimationFrame(arrive));
requestAnimationFrame(arrive);
