// A sheet of kernels: each tile can be chosen by mouse, finger or keyboard. The server is told once the reader
// rests on one.

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

class Sheet {
  constructor(given, send) {
    Object.assign(this, { given, send, rest: 0 });
    this.tiles = given.numbers.map((number, at) => this.tile(number, at));
    this.root = make(
      "div",
      {
        class: given.across ? "tiles row" : "tiles",
        role: "listbox",
        "aria-label": given.name,
        style: { "--frame": given.colour, "--across": given.across },
      },
      ...this.tiles,
    );
    this.choose(given.chosen);
    this.reach(Math.max(0, given.numbers.indexOf(given.chosen)));
  }

  tile(number, at) {
    const { height, width, arrays, labels, captions } = this.given;
    const canvas = make("canvas", { "aria-hidden": "true" });
    const size = height * width;
    paint(canvas, width, height, (place, pixels, to) => {
      const from = (at * size + place) * 3;
      for (let c = 0; c < 3; c++) pixels[to + c] = arrays.pixels[from + c];
      pixels[to + 3] = 255;
    });
    return make(
      "div",
      {
        role: "option",
        "aria-label": labels[at],
        title: labels[at],
        data: { number },
        on: {
          click: () => this.pick(at),
          keydown: (event) => this.key(event, at),
        },
      },
      canvas,
      make("span", { text: captions[at], "aria-hidden": "true" }),
    );
  }

  /** One tile can be reached by the Tab key: the one on which the reader last was. */
  reach(at) {
    this.at = at;
    this.tiles.forEach((tile, place) => (tile.tabIndex = place === at ? 0 : -1));
  }

  choose(number) {
    this.tiles.forEach((tile, at) => {
      tile.setAttribute("aria-selected", String(this.given.numbers[at] === number));
    });
  }

  pick(at) {
    clearTimeout(this.rest);
    this.reach(at);
    this.choose(this.given.numbers[at]);
    this.tiles[at].focus({ preventScroll: true });
    this.send(this.given.numbers[at]);
  }

  key(event, at) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(at);
      return;
    }
    const across = getComputedStyle(this.root).gridTemplateColumns.split(" ").length;
    const to = ledTo(event, at, this.tiles.length, across);
    if (to === null) return;
    event.preventDefault();
    this.reach(to);
    this.choose(this.given.numbers[to]);
    this.tiles[to].focus();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.send(this.given.numbers[to]), REST);
  }

  dispose() {
    clearTimeout(this.rest);
  }
}

// Streamlit calls this at each rerun, so what has not changed stays as it is.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".sheet");
  const cleanUp = () => host.sheet?.dispose();
  if (host.bytes && same(host.bytes, data)) return cleanUp;
  const given = unpack(data);
  const before = host.sheet;
  const focused = before?.root.contains(host.getRootNode().activeElement);
  const sheet = new Sheet(given, (number) => setTriggerValue("picked", { number }));
  if (focused) {
    // An answer that comes late does not take the reader back: the focus stays on its kernel.
    const place = given.numbers.indexOf(before.given.numbers[before.at]);
    if (place >= 0) sheet.reach(place);
  }
  before?.dispose();
  Object.assign(host, { bytes: data, sheet });
  host.replaceChildren(sheet.root);
  if (focused) sheet.tiles[sheet.at].focus({ preventScroll: true });
  return cleanUp;
}
