// The picture: the photograph, a box for each tower of each layer, the answer, and arrows between them.

const TILES = 4; // of the strongest maps in a box
const NARROW = 640; // pixels of width below which the towers run from top to bottom
const TIGHT = 720; // of the network alone, below which its numbers do not fit
const ROOMY = 780; // and from which there is room beside them
const BARS = 5; // of the answer
const TIMES = "\u2009×\u2009"; // between thin spaces
const SVG = "http://www.w3.org/2000/svg";

/** "32 × 32 × 48" of one tower; "256" of a dense one. */
const sizeOf = (layer) =>
  (layer.dense ? [layer.units / layer.towers] : [layer.side, layer.side, layer.units / layer.towers]).map(whole).join(TIMES);

const percentOf = (share) => `${(100 * share).toFixed(1)} %`;

/** The classes with their probabilities, the most probable first. */
function guesses(picture, classes) {
  return picture.probabilities
    .map((share, at) => ({ at, share, name: classes[at] }))
    .sort((one, other) => other.share - one.share);
}

/** Bars of the most probable classes. */
function bars(picture, classes, count) {
  return make(
    "span",
    { class: "bars" },
    ...guesses(picture, classes)
      .slice(0, count)
      .map(({ name, share }) =>
        make(
          "span",
          { class: "bar" },
          make("span", { class: "name", text: name }),
          make("span", { class: "share", text: percentOf(share) }),
          make("span", { class: "track" }, make("i", { style: { width: `${Math.max(100 * share, 0.5)}%` } })),
        ),
      ),
  );
}

class NetworkView {
  /** `opened(layer, tower)` is called when a box is pressed. */
  constructor(given, say, opened) {
    Object.assign(this, { given, say, opened, boxes: [], step: 0, narrow: false, marked: [null, 0] });
    this.arrows = document.createElementNS(SVG, "svg");
    this.arrows.setAttribute("class", "arrows");
    this.arrows.setAttribute("aria-hidden", "true");
    this.grid = make("div", { class: "grid", role: "group", "aria-label": say("picture") });
    this.root = make("div", { class: "net" }, this.grid, this.arrows);
    this.seen = new ResizeObserver(() => this.fit());
    this.seen.observe(this.root);
  }

  get last() {
    return this.given.layers.length;
  }

  /** Another photograph. */
  show(picture) {
    this.picture = picture;
    const { layers, arrays, size } = this.given;
    const columns = [this.cell(0, [make("div", { class: "photo" }, this.photo(arrays[`${picture.id}/photograph`], size))])];
    this.boxes = [];
    layers.forEach((layer, at) => {
      const towers = Array.from({ length: layer.towers }, (_, tower) => this.box(layer, at, tower));
      this.boxes.push(towers);
      columns.push(this.cell(at + 1, towers, layer));
    });
    this.grid.replaceChildren(...columns);
    this.grid.style.setProperty("--columns", this.widths());
    this.reach(0, 0);
    this.mark(...this.marked);
    this.fit();
    this.go(this.step);
  }

  /** The columns' widths: boxes of one kind are equally wide, and where the towers meet there is room for arrows. */
  widths() {
    const share = (layer) => (layer.towers === 1 ? 1.5 : layer.dense ? 0.5 : 1);
    const columns = this.given.layers.map((layer) => `${layer.meets && layer.towers > 1 ? "var(--gap, 12px) " : ""}minmax(0, ${share(layer)}fr)`);
    return `minmax(0, 1.2fr) ${columns.join(" ")}`;
  }

  photo(levels, size) {
    return photograph(levels, size, { role: "img", "aria-label": this.say("photograph", { name: this.picture.name, size }) });
  }

  cell(step, inside, layer) {
    const { say, given } = this;
    const kind = !layer ? "input" : layer.towers === 1 ? "answer" : layer.dense ? "dense" : "maps";
    const head = layer ? layer.name : say("image");
    const under = layer ? "" : `${given.size} × ${given.size} × 3`;
    const spaced = layer?.meets && layer.towers > 1;
    return make(
      "div",
      { class: `layer ${kind}${spaced ? " meets" : ""}`, data: { step, layer: layer?.name ?? "image" } },
      spaced ? make("i", { class: "gap" }) : null,
      make("b", { class: "head", text: head }),
      ...inside,
      under ? make("small", { class: "size", text: under }) : null,
    );
  }

  box(layer, at, tower) {
    const { say, given, picture } = this;
    const single = layer.towers === 1;
    const values = given.arrays[`${picture.id}/${layer.name}`];
    const each = layer.side * layer.side;
    const kept = picture.layers[layer.name];
    const inside = single
      ? bars(picture, given.classes, BARS)
      : layer.dense
        ? unitCells(values.subarray((tower * layer.units) / 2, ((tower + 1) * layer.units) / 2), this.narrow ? 32 : 8)
        : make(
            "span",
            { class: "tiles" },
            ...kept.numbers[tower].slice(0, TILES).map((_, n) => {
              const from = (tower * kept.numbers[tower].length + n) * each;
              return tile(values.subarray(from, from + each), layer.side, { style: { "--n": n } });
            }),
          );
    return make(
      "button",
      {
        type: "button",
        class: "box",
        tabindex: -1,
        "aria-label": this.label(layer, tower),
        "aria-expanded": "false",
        data: { layer: layer.name, tower },
        style: { "--tower": single ? given.dense : given.towers[tower] },
        on: {
          click: () => {
            this.reach(at, tower);
            this.opened(layer, tower);
          },
          keydown: (event) => this.key(event, at, tower),
        },
      },
      inside,
      make("small", { class: "size", text: sizeOf(layer) }),
    );
  }

  label(layer, tower) {
    const { say, picture, given } = this;
    if (layer.towers === 1) {
      const [first] = guesses(picture, given.classes);
      return say("box_answer", { layer: layer.name, name: first.name, share: percentOf(first.share) });
    }
    const { numbers, peaks } = picture.layers[layer.name];
    const gaps = { layer: layer.name, tower: tower + 1, unit: numbers[tower][0], peak: peaks[tower][0].toFixed(2) };
    if (layer.dense) return say("box_units", { ...gaps, units: layer.units / 2 });
    return say("box_maps", { ...gaps, side: layer.side, maps: layer.units / 2 });
  }

  /** Arrow keys move between boxes as they stand on the screen. */
  key(event, at, tower) {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = moves[event.key];
    if (!way) return;
    event.preventDefault();
    const [along, across] = this.narrow ? [way[1], way[0]] : way;
    const to = Math.min(Math.max(at + along, 0), this.boxes.length - 1);
    const beside = Math.min(Math.max(tower + across, 0), this.boxes[to].length - 1);
    this.reach(to, beside);
    this.boxes[to][beside].focus();
  }

  /** The one box that the Tab key reaches. */
  reach(at, tower) {
    this.boxes.flat().forEach((box) => (box.tabIndex = -1));
    this.boxes[at][tower].tabIndex = 0;
  }

  mark(layer, tower) {
    this.marked = [layer, tower];
    for (const box of this.boxes.flat())
      box.setAttribute("aria-expanded", String(box.dataset.layer === layer?.name && +box.dataset.tower === tower));
  }

  /** Everything up to a step is there; what comes later is only outlined. */
  go(step) {
    this.step = step;
    for (const one of this.root.querySelectorAll("[data-step]")) {
      const own = +one.dataset.step;
      one.classList.toggle("there", own <= step);
      one.classList.toggle("now", own === step);
    }
  }

  fit() {
    const body = this.root.closest(".body");
    const width = body?.getBoundingClientRect().width;
    if (!width) return;
    const narrow = width < NARROW;
    if (narrow !== this.narrow) {
      this.narrow = narrow; // units lie in rows of another length then
      return this.show(this.picture);
    }
    this.root.classList.toggle("down", this.narrow);
    body.classList.toggle("wide", width >= ROOMY);
    this.grid.classList.toggle("tight", !this.narrow && this.root.clientWidth < TIGHT);
    this.connect();
  }

  /** The arrows, from where the boxes stand now. */
  connect() {
    const frame = this.root.getBoundingClientRect();
    this.arrows.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    const place = (element) => {
      const box = element.getBoundingClientRect();
      return { left: box.left - frame.left, top: box.top - frame.top, width: box.width, height: box.height };
    };
    // From below its size where the way leads downward.
    const photo = this.grid.querySelector(this.narrow ? ".input > .size" : ".photo");
    const all = [[photo], ...this.boxes];
    const parts = [];
    for (let at = 1; at < all.length; at++) {
      const layer = this.given.layers[at - 1];
      all[at - 1].forEach((from, source) =>
        all[at].forEach((to, target) => {
          const same = all[at - 1].length === 1 || all[at].length === 1 || source === target;
          if (!same && !layer.meets) return;
          const tower = all[at - 1].length === 1 ? target : source;
          parts.push(this.arrow(place(from), place(to), at, this.given.towers[tower], !same));
        }),
      );
    }
    this.arrows.replaceChildren(...parts);
    this.go(this.step);
  }

  arrow(from, to, step, colour, crossing) {
    const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
    const [[fx, fy], [tx, ty]] = [middle(from), middle(to)];
    const head = 5;
    let path;
    if (this.narrow) {
      const [begin, end] = [from.top + from.height + 1, to.top - 2];
      const half = (begin + end - head) / 2;
      path = `M${fx} ${begin}C${fx} ${half} ${tx} ${half} ${tx} ${end - head}`;
      path += `M${tx - 4} ${end - head}L${tx} ${end}L${tx + 4} ${end - head}`;
    } else {
      const [begin, end] = [from.left + from.width + 1, to.left - 2];
      // Arrows of one box that come from two do not lie on each other.
      const at = crossing ? ty + Math.sign(fy - ty) * to.height * 0.22 : ty;
      const start = crossing ? fy + Math.sign(ty - fy) * from.height * 0.22 : from.height > to.height * 1.6 ? ty : fy;
      const half = (begin + end - head) / 2;
      path = `M${begin} ${start}C${half} ${start} ${half} ${at} ${end - head} ${at}`;
      path += `M${end - head} ${at - 4}L${end} ${at}L${end - head} ${at + 4}`;
    }
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    line.setAttribute("pathLength", "1");
    line.setAttribute("class", crossing ? "arrow crossing" : "arrow");
    line.dataset.step = step;
    line.style.stroke = colour;
    return line;
  }

  dispose() {
    this.seen.disconnect();
  }
}
