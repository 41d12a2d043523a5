// Tiles that are cut from one picture: shown in as many columns as fit, chosen by click, touch or keyboard.

/** What alexnet/ui/browser/packing.py packed: a header, and the bytes of the picture's file. */
function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const { offset, count } = header.arrays.picture;
  return { ...header, picture: bytes.slice(4 + length + offset, 4 + length + offset + count) };
}

const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

/** The tile, and its caption below it. */
function makeTile(sheet, index, address) {
  const tile = document.createElement(sheet.choosable ? "button" : "div");
  const rows = Math.ceil(sheet.ids.length / sheet.columns);
  const place = (at, count) => (count > 1 ? `${(100 * at) / (count - 1)}%` : "0");
  const cut = document.createElement("span");
  cut.className = "cut";
  cut.style.backgroundImage = `url(${address})`;
  cut.style.backgroundSize = `${100 * sheet.columns}% ${100 * rows}%`;
  const [down, across] = [Math.floor(index / sheet.columns), index % sheet.columns];
  cut.style.backgroundPosition = `${place(across, sheet.columns)} ${place(down, rows)}`;
  cut.style.aspectRatio = sheet.aspect;
  const caption = document.createElement("small");
  caption.textContent = sheet.captions[index];
  tile.append(cut, caption);
  tile.dataset.id = sheet.ids[index];
  if (!sheet.choosable) {
    cut.setAttribute("role", "img");
    cut.setAttribute("aria-label", sheet.labels[index]);
    return tile;
  }
  tile.type = "button";
  tile.title = sheet.labels[index];
  tile.setAttribute("aria-label", sheet.labels[index]);
  return tile;
}

/** Mark the chosen tile; the keyboard's Tab reaches it, else the first one. */
function mark(host, chosen) {
  const buttons = [...host.querySelectorAll("button")];
  const pressed = buttons.find((button) => button.dataset.id === chosen) ?? buttons[0];
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.id === chosen));
    button.tabIndex = button === pressed ? 0 : -1;
  }
}

/** How many tiles stand side by side. */
function columns(buttons) {
  const top = buttons[0].offsetTop;
  const next = buttons.findIndex((button) => button.offsetTop !== top);
  return next < 0 ? buttons.length : next;
}

function goTo(host, event) {
  const buttons = [...host.querySelectorAll("button")];
  const now = buttons.indexOf(event.target.closest("button"));
  if (now < 0) return;
  const last = buttons.length - 1;
  const to = {
    ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last,
    ArrowDown: now + columns(buttons), ArrowUp: now - columns(buttons),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons[Math.min(Math.max(to, 0), last)];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".sheet");
  const sheet = unpack(data);
  const before = host.shown;
  const kept = before && same(before.picture, sheet.picture) &&
    JSON.stringify(before.captions) === JSON.stringify(sheet.captions) &&
    JSON.stringify(before.labels) === JSON.stringify(sheet.labels);
  if (!kept) {
    const focused = host.getRootNode().activeElement?.dataset?.id;
    const address = URL.createObjectURL(new Blob([sheet.picture], { type: "image/png" }));
    host.replaceChildren(...sheet.ids.map((_, index) => makeTile(sheet, index, address)));
    if (before) URL.revokeObjectURL(before.address);
    host.shown = { ...sheet, address };
    if (focused) host.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  }
  host.setAttribute("role", "group");
  host.setAttribute("aria-label", sheet.name);
  host.style.setProperty("--frame", sheet.colour);
  host.style.setProperty("--least", `${sheet.least}px`);
  mark(host, sheet.chosen);
  host.onkeydown = (event) => goTo(host, event);
  host.onclick = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    mark(host, button.dataset.id); // at once; the server's answer says the same
    setTriggerValue("picked", button.dataset.id);
  };
  // Streamlit calls this when the sheet leaves the page.
  return () => {
    if (host.isConnected || !host.shown) return;
    URL.revokeObjectURL(host.shown.address);
    host.shown = undefined;
  };
}
