// Sends files one after the other; LARGEST is the most bytes of a file. What becomes of them is shown by outcomes.js.
const CLUTTER = /^(\.|~\$|thumbs\.db$|desktop\.ini$|__macosx$)/i;
const part = (name) => element.querySelector(name);
const [filesInput, folderInput] = element.querySelectorAll("input[type=file]");
const drop = part(".drop");
const LANES = 3; // uploads at once
const queue = []; // what has yet to be sent
let busy = false;
let batch = ""; // names all that is sent at once
let reading = false;
let turn = Promise.resolve(); // files arrive in the order they were chosen in, whichever is sent first

// ---- what was dropped or chosen

async function entries(reader) {
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    found.push(...some);
  }
}

async function gather(entry, into) {
  if (CLUTTER.test(entry.name)) return;
  if (entry.isDirectory) {
    for (const each of await entries(entry.createReader())) await gather(each, into);
    return;
  }
  const file = await new Promise((done, failed) => entry.file(done, failed));
  into.push({ file, name: entry.fullPath.replace(/^\//, "") });
}

async function dropped(event) {
  event.preventDefault();
  drop.classList.remove("over");
  const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  for (const each of items) {
    try {
      await gather(each, found);
    } catch {
      unsent(each.name, "浏览器无法读取，可能没有访问权限。");
    }
  }
  if (!items.length) found.push(...[...event.dataTransfer.files].map((file) => ({ file, name: file.name })));
  send(found);
}

function chosen(input) {
  const files = [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  input.value = "";
  send(files.filter(({ name }) => !name.split("/").some((each) => CLUTTER.test(each))));
}

// ---- sending

function unsent(name, why) {
  const line = document.createElement("li");
  line.className = "failed";
  const [sign, what, reason] = ["b", "span", "small"].map((tag) => line.appendChild(document.createElement(tag)));
  [sign.textContent, what.textContent, reason.textContent] = ["未上传", name, why];
  what.before(" ");
  reason.before(" ");
  part(".unsent").append(line);
}

function tell() {
  part(".sending").textContent = queue.length ? `正在上传，还有 ${queue.length} 个文件。` : "";
  part(".stop").hidden = !(busy || reading);
}

async function sendOne({ file, name }) {
  if (file.size > LARGEST) return unsent(name, `有 ${Math.ceil(file.size / 2 ** 20)} MB，超过 ${LARGEST / 2 ** 20} MB 的上限。请拆成几个文件后添加。`);
  const before = turn;
  let done;
  turn = new Promise((ready) => (done = ready));
  try {
    const { path } = await upload(file);
    await before;
    const { told } = await server.arrive({ path, name, batch });
    if (told) unsent(name, told);
    else document.dispatchEvent(new CustomEvent("arrived"));
  } catch {
    unsent(name, "没有上传成功：文件可能已移走或正被其他程序使用，或与服务的连接中断。请重试。");
  } finally {
    before.then(done);
  }
}

async function send(files) {
  if (!busy) part(".unsent").replaceChildren();
  if (!files.length) {
    part(".sending").textContent = "没有可以添加的文件。";
    return;
  }
  queue.push(...files);
  if (busy) return;
  busy = true;
  batch = String(Math.random());
  document.dispatchEvent(new CustomEvent("sending", { detail: true }));
  await Promise.all(Array.from({ length: LANES }, sendAll));
  await server.sent(batch).catch(() => {});
  busy = false;
  document.dispatchEvent(new CustomEvent("sending", { detail: false }));
  tell();
}

async function sendAll() {
  while (queue.length) {
    tell();
    await sendOne(queue.shift());
  }
}

document.addEventListener("intake", ({ detail }) => {
  reading = detail.running;
  tell();
});

// ---- by hand

element.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.choose) (button.dataset.choose === "files" ? filesInput : folderInput).click();
  else if ("stop" in button.dataset) {
    const left = queue.splice(0).length;
    if (left) unsent(`其余 ${left} 个文件`, "已停止，没有上传。");
    await server.stop({});
  }
});
filesInput.addEventListener("change", () => chosen(filesInput));
folderInput.addEventListener("change", () => chosen(folderInput));
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", dropped);
