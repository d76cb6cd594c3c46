// What becomes of uploaded files: asked for while a batch runs, which every visit is shown.
const PAUSE = 500; // milliseconds
let watching = false;
let sending = false;

async function look() {
  if (watching) return;
  watching = true;
  for (let running = true; running; ) {
    let now;
    try {
      now = await server.progress({});
    } catch {
      break; // the service has ended
    }
    if (props.value !== now.html) props.value = now.html;
    running = now.running || sending;
    document.dispatchEvent(new CustomEvent("intake", { detail: { running } }));
    if (running) await new Promise((done) => setTimeout(done, PAUSE));
  }
  watching = false;
  trigger("change", {});
}

document.addEventListener("arrived", look);
document.addEventListener("sending", ({ detail }) => {
  sending = detail;
  if (sending && !watching) props.value = ""; // what was said of the batch before
});
server.progress({}).then((now) => now.running && look(), () => {});
