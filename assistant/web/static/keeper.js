// Keeps the basket in this browser under KEY, for all tabs of the page; `trigger` has it looked up in the library.
const KEY = "policy-basket";
const MOST = 200;

const name = (pick) => `${pick.document} ${pick.start} ${pick.end}`;

function kept() {
  try {
    const picks = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(picks) ? picks.filter((pick) => pick && typeof pick === "object") : [];
  } catch {
    return [];
  }
}

function show() {
  const picks = kept();
  document.documentElement.style.setProperty("--picked", picks.length ? `"（${picks.length}）"` : '""');
  trigger("input", { picks });
}

function keep(picks) {
  try {
    localStorage.setItem(KEY, JSON.stringify(picks));
  } catch {
    return false;
  }
  show();
  return true;
}

function put(pick) {
  const picks = kept();
  const others = picks.filter((each) => name(each) !== name(pick));
  if (picks.some((each) => name(each) === name(pick) && each.quote === pick.quote)) return "已在摘录中";
  if (others.length >= MOST) return `摘录已满 ${MOST} 条`;
  return keep([...others, pick]) ? "已放入摘录" : "未能放入";
}

function move(key, step) {
  const picks = kept();
  const at = picks.findIndex((pick) => name(pick) === key);
  if (at < 0 || !picks[at + step]) return;
  [picks[at], picks[at + step]] = [picks[at + step], picks[at]];
  keep(picks);
}

// the one who asks reads the answer, if it needs one, in `detail.said`
document.addEventListener("basket", ({ detail }) => {
  if (detail.pick) detail.said = put(detail.pick);
  else if (detail.action === "up") move(detail.key, -1);
  else if (detail.action === "down") move(detail.key, 1);
  else if (detail.action === "drop") keep(kept().filter((pick) => name(pick) !== detail.key));
  else if (detail.action === "clear") keep([]);
  else if (detail.action === "show") show();
});

window.addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) show();
});
show();
