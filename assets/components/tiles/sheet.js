// A sheet of tiles, cut from one picture. Where one can be chosen, it is by mouse, finger or keyboard, and the server
// is told once the reader rests on it.

const REST = 200; // milliseconds after the last arrow key

/** Where a key leads among `count` tiles, `across` of them in a row; null for a key that leads nowhere. */
function ledTo(event, at, count, across) {
  if (event.altKey || event.metaKey || event.ctrlKey) return null;
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - across,
    ArrowDown: at + across,
    Home: 0,
    End: count - 1,
  }[event.key];
  return to === undefined ? null : to >= 0 && to < count ? to : at;
}

/** A canvas for each tile: enlarged in one piece, the picture would let a tile's neighbours shine in at its edges. */
function cut(picture, count, columns) {
  const width = picture.width / columns;
  const height = picture.height / Math.ceil(count / columns);
  return Array.from({ length: count }, (_, at) => {
    const canvas = make("canvas", { width, height });
    const [left, top] = [(at % columns) * width, Math.floor(at / columns) * height];
    canvas.getContext("2d").drawImage(picture, left, top, width, height, 0, 0, width, height);
    return canvas;
  });
}

class Sheet {
  constructor(host) {
    Object.assign(this, { host, tiles: [], at: 0, rest: 0 });
  }

  /** What the server sends. What has not changed stays as it is. */
  async show({ chosen, ...given }, picture) {
    this.newest = picture;
    const said = JSON.stringify(given);
    if (said !== this.said || !same(picture, this.picture)) {
      const drawn = await createImageBitmap(new Blob([picture], { type: "image/png" }));
      if (this.newest !== picture) return; // the server was quicker than this
      Object.assign(this, { said, picture });
      this.lay(given, cut(drawn, given.ids.length, given.columns));
      drawn.close();
    }
    if (given.choosable) this.answer(chosen);
  }

  /** Other tiles. The focus stays with its id, and so does a choice of which the server has not heard. */
  lay(given, canvases) {
    const { focused } = this;
    const at = given.ids.indexOf(this.given?.ids[this.at]);
    if (at < 0) this.stop();
    Object.assign(this, { given, at: Math.max(0, at) });
    this.tiles = canvases.map((canvas, place) => this.tile(canvas, place));
    const root = make(
      "div",
      {
        class: ["tiles", given.across && "row", given.dark && "dark"].filter(Boolean).join(" "),
        role: given.choosable ? "listbox" : "group",
        "aria-label": given.name,
        style: { "--frame": given.colour, "--across": given.across, "--least": `${given.least}px` },
      },
      ...this.tiles,
    );
    this.host.replaceChildren(root);
    if (focused && at >= 0) this.tiles[at].focus({ preventScroll: true });
  }

  tile(canvas, at) {
    const { ids, labels, captions, choosable } = this.given;
    const data = { id: ids[at] };
    const parts = [canvas, make("span", { text: captions[at] })];
    if (!choosable) {
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", labels[at]);
      return make("div", { data }, ...parts);
    }
    const on = { click: () => this.pick(at), keydown: (event) => this.key(event, at) };
    return make("div", { role: "option", tabindex: -1, "aria-label": labels[at], title: labels[at], data, on }, ...parts);
  }

  get focused() {
    return this.host.contains(this.host.getRootNode().activeElement);
  }

  /** An answer that comes late does not take the reader back: the focus stays, and what was chosen since. */
  answer(chosen) {
    const { ids } = this.given;
    const wished = this.rest ? ids[this.at] : chosen;
    this.mark(wished);
    this.reach(this.focused ? this.at : Math.max(0, ids.indexOf(wished)));
  }

  mark(id) {
    this.tiles.forEach((tile) => tile.setAttribute("aria-selected", String(tile.dataset.id === id)));
  }

  /** One tile can be reached by the Tab key: the one on which the reader last was. */
  reach(at) {
    this.at = at;
    this.tiles.forEach((tile, place) => (tile.tabIndex = place === at ? 0 : -1));
  }

  pick(at) {
    this.go(at, { preventScroll: true });
    this.tell();
  }

  go(at, focusing) {
    this.reach(at);
    this.mark(this.given.ids[at]);
    this.tiles[at].focus(focusing);
  }

  tell() {
    this.stop();
    this.send(this.given.ids[this.at]);
  }

  key(event, at) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(at);
      return;
    }
    const across = getComputedStyle(this.host.firstElementChild).gridTemplateColumns.split(" ").length;
    const to = ledTo(event, at, this.tiles.length, across);
    if (to === null) return;
    event.preventDefault();
    this.stop();
    this.go(to);
    this.rest = setTimeout(() => this.tell(), REST);
  }

  stop() {
    clearTimeout(this.rest);
    this.rest = 0;
  }
}

// Streamlit calls this at each rerun.
export default async function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".sheet");
  const sheet = (host.sheet ??= new Sheet(host));
  sheet.send = (id) => setTriggerValue("picked", id);
  const { arrays, ...given } = unpack(data);
  await sheet.show(given, arrays.picture);
  return () => host.isConnected || sheet.stop();
}
