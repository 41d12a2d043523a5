// What stands beside the picture: the strongest maps of one tower of one layer, and what a cell sees.

class Panel {
  /** `close()` shuts it; `go(page, query)` opens a lesson in the same session. */
  constructor(given, say, close, go) {
    Object.assign(this, { given, say, close, go });
    this.root = make("section", {
      class: "panel",
      hidden: true,
      on: { keydown: (event) => event.key === "Escape" && this.close() },
    });
  }

  show(picture, layer, tower) {
    Object.assign(this, { picture, layer, tower, chosen: 0 });
    const { say } = this;
    const name = layer.towers === 1 ? say("panel_answer", { layer: layer.name }) : say("panel", { layer: layer.name, tower: tower + 1 });
    const shut = make("button", { type: "button", class: "icon shut", title: say("close"), "aria-label": say("close"), on: { click: this.close }, text: "✕" });
    const title = make("h3", { text: name, tabindex: -1 });
    const middle = layer.towers === 1 ? this.answer() : layer.dense ? this.units() : this.maps();
    this.root.setAttribute("aria-label", name);
    this.root.style.setProperty("--tower", layer.towers === 1 ? this.given.dense : this.given.towers[tower]);
    this.root.replaceChildren(make("header", {}, title, shut), ...middle, this.facts(), this.links());
    this.root.hidden = false;
  }

  get values() {
    return this.given.arrays[`${this.picture.id}/${this.layer.name}`];
  }

  get kept() {
    return this.picture.layers[this.layer.name];
  }

  map(n) {
    const each = this.layer.side ** 2;
    const from = (this.tower * this.kept.numbers[this.tower].length + n) * each;
    return this.values.subarray(from, from + each);
  }

  maps() {
    const { say, given, picture, layer } = this;
    this.field = make("i", { class: "mark" });
    this.cellMark = make("i", { class: "mark" });
    const seen = make("div", { class: "view" }, photograph(given.arrays[`${picture.id}/photograph`], given.size), this.field);
    this.large = make("div", {
      class: "view large",
      tabindex: 0,
      role: "application",
      "aria-label": say("cells"),
      on: {
        pointermove: (event) => this.point(event),
        pointerdown: (event) => this.point(event),
        keydown: (event) => this.key(event),
      },
    });
    this.read = make("p", { class: "read", "aria-live": "polite" });
    const numbers = this.kept.numbers[this.tower];
    this.thumbs = numbers.map((number, n) =>
      make(
        "button",
        {
          type: "button",
          class: "thumb",
          data: { number },
          "aria-label": say("map", { unit: number, peak: this.kept.peaks[this.tower][n].toFixed(2) }),
          on: { click: () => this.choose(n) },
        },
        tile(this.map(n), layer.side),
        make("b", { text: number }),
        make("small", { text: this.kept.peaks[this.tower][n].toFixed(2) }),
      ),
    );
    const parts = [
      make(
        "div",
        { class: "pair" },
        make("figure", {}, seen, make("figcaption", { text: say("sees") })),
        make("figure", {}, this.large, (this.caption = make("figcaption"))),
      ),
      this.read,
      make("div", { class: "thumbs", role: "group", "aria-label": say("strongest") }, ...this.thumbs),
    ];
    this.choose(0);
    return parts;
  }

  choose(n) {
    this.chosen = n;
    this.thumbs.forEach((thumb, at) => thumb.setAttribute("aria-pressed", String(at === n)));
    this.large.replaceChildren(tile(this.map(n), this.layer.side), this.cellMark);
    this.caption.textContent = this.say("map_short", { unit: this.kept.numbers[this.tower][n] });
    const { row, column } = strongest(this.map(n), this.layer.side);
    this.cell(row, column);
    this.relink?.();
  }

  point(event) {
    const box = this.large.getBoundingClientRect();
    const at = (share) => Math.min(Math.max(Math.floor(share * this.layer.side), 0), this.layer.side - 1);
    this.cell(at((event.clientY - box.top) / box.height), at((event.clientX - box.left) / box.width));
  }

  key(event) {
    const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!way || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const inside = (value) => Math.min(Math.max(value, 0), this.layer.side - 1);
    this.cell(inside(this.at.row + way[0]), inside(this.at.column + way[1]));
  }

  cell(row, column) {
    this.at = { row, column };
    const { layer, given, say, chosen } = this;
    const share = 100 / layer.side;
    const put = (mark, x, y, width, height) =>
      Object.assign(mark.style, { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` });
    put(this.cellMark, column * share, row * share, share, share);
    const part = within(seenBy(layer, row, column), given.size);
    put(this.field, 100 * part.x, 100 * part.y, 100 * part.width, 100 * part.height);
    const response = ((this.map(chosen)[row * layer.side + column] / 255) * this.kept.peaks[this.tower][chosen]).toFixed(2);
    this.read.textContent = say("cell", { row: row + 1, column: column + 1, response, field: layer.field });
    Object.assign(this.read.dataset, { row, column });
  }

  units() {
    const { say, layer, tower } = this;
    const half = layer.units / layer.towers;
    return [
      make("div", { class: "cells" }, unitCells(this.values.subarray(tower * half, (tower + 1) * half), 32)),
      make("p", { text: say("units", { units: half, reads: layer.reads }) }),
      make(
        "ol",
        { class: "list" },
        ...this.kept.numbers[tower].map((number, n) =>
          make("li", {}, make("b", { text: say("unit", { unit: number }) }), make("span", { text: this.kept.peaks[tower][n].toFixed(2) })),
        ),
      ),
    ];
  }

  answer() {
    return [bars(this.picture, this.given.classes, this.given.classes.length)];
  }

  facts() {
    const { say, layer } = this;
    const line = (name, value) => (value ? [make("dt", { text: say(name) }), make("dd", { text: value })] : []);
    return make(
      "dl",
      {},
      ...line("size_formula", layer.size_formula),
      ...line("parameter_formula", layer.parameter_formula),
      ...line("then", layer.then.map(([name, side]) => `${name} → ${side} × ${side}`).join(", ")),
    );
  }

  /** The lessons about this layer; their links name the photograph and the chosen map, as far as they can. */
  links() {
    const { layer, given } = this;
    const root = make("nav", { class: "links", "aria-label": this.say("lessons") });
    this.relink = () =>
      root.replaceChildren(
        ...layer.links.map((link) => {
          const query = this.query(link);
          const href = `${link.page}?${new URLSearchParams(query)}`;
          const follow = (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a tab of its own
            event.preventDefault();
            this.go(link.page, query);
          };
          return make("a", { href, data: { page: link.page }, text: given.pages[link.page], on: { click: follow } });
        }),
      );
    this.relink();
    return root;
  }

  query({ picture, query, unit }) {
    const found = { lang: this.given.language, ...query };
    if (picture && !this.picture.own) found[picture] = this.picture.id;
    else if (picture === "sample") Object.assign(found, { from: "upload", shot: this.picture.id });
    else if (picture) Object.assign(found, { [picture]: "upload" });
    if (!this.layer.dense && unit) {
      const [tower, number] = [this.tower + 1, this.kept.numbers[this.tower][this.chosen]];
      Object.assign(found, unit === "maps" ? { unit: `${tower}-${number}` } : { kernel: `tower${tower}`, number });
    }
    return found;
  }
}
