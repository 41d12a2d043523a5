// The sliding window: the picture, what lies under the kernel, the products, their sum, and the map that grows.

const COLOURS = ["red", "green", "blue"];
const OPENING = 9; // seconds
const SPEEDS = [2, 10, 60, 600]; // windows a second

class Slide extends View {
  constructor(lesson, say, palette, before, send) {
    super(lesson.along.output, lesson.along.output, before);
    Object.assign(this, { lesson, say, palette, send, typing: before?.editor?.details.open });
    this.values = readImage(lesson.arrays.levels, lesson.along, lesson);
    this.kernel = lesson.arrays.kernel;
    this.count = lesson.along.output;
    this.speed = before?.speed ?? 10;
    this.build();
    this.compute();
    this.root.addEventListener("pointerdown", () => this.interrupt(), true);
    this.root.addEventListener("keydown", () => this.interrupt(), true);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (lesson.plays && !before && !still) this.playing = this.timer = requestAnimationFrame(() => this.open());
  }

  /** The view opens with the whole map growing by itself, in OPENING seconds. */
  open() {
    this.playing = null;
    this.play((this.count * this.count) / OPENING, true);
  }

  /** Who takes hold of something sees the finished map, and goes on from there. */
  interrupt() {
    if (this.playing?.byItself) this.fill();
  }

  go(row, column) {
    if (this.playing?.byItself && !this.stepping) return; // a mouse that only passes by
    super.go(row, column);
  }

  build() {
    const { say, lesson, count } = this;
    const { along } = lesson;
    const key = (event) => this.key(event);
    const hold = (held) => (this.hint.textContent = say(held ? "held" : "free"));
    this.picture = new Field({
      name: "picture",
      label: say("picture_label", { size: along.input }),
      help: "keys",
      key,
      hold,
      place: (x, y) =>
        this.go((y - along.kernel / 2) / along.stride, (x - along.kernel / 2) / along.stride),
    });
    this.output = new Field({
      name: "output",
      label: say("output_label", { count }),
      help: "keys",
      key,
      hold,
      place: (x, y) => this.go(y - 0.5, x - 0.5),
    });
    this.hint = make("p", { class: "hint", text: say("free") });
    this.where = make("p", { class: "where" });
    this.legend = make("div");
    this.inspected = make("p", { class: "inspected" });
    const size = `${along.input} × ${along.input} × 3`;
    this.root = make(
      "div",
      { class: "slide" },
      make(
        "div",
        { class: along.kernel <= 3 ? "columns small" : "columns" },
        figure(this.picture, caption(lesson.names.image, size)),
        this.work(),
        figure(this.output, caption(say("output"), `${count} × ${count}`), this.legend),
      ),
      make("div", { class: "tools" }, this.where, this.hint),
      this.sum(),
      this.inspected,
      this.tools(),
      this.choice(),
      keysLine(say),
      this.voice.element,
    );
    paintLevels(this.picture.canvas, lesson.arrays.levels, along);
  }

  /** Where the kernel itself can be changed: typed, or another one of its tower picked. */
  choice() {
    const { lesson, say, send } = this;
    const { bank, kernel } = lesson.arrays;
    const side = lesson.along.kernel;
    if (bank) return gallery(bank, side, lesson.number, say, (number) => send("picked", { number }));
    if (!lesson.editable) return null;
    this.editor = new Editor(
      kernel,
      say,
      this.palette,
      (typed, size) => {
        if (size !== side) return; // another size is another geometry, which the server computes
        this.kernel = typed;
        this.compute();
      },
      (weights, size) => send("picked", { side: size, weights: Array.from(weights) }),
    );
    this.editor.details.open = Boolean(this.typing);
    return this.editor.root;
  }

  /** What the server sends back after typing is what is here already. */
  accept(lesson) {
    const head = ({ arrays, ...rest }) => JSON.stringify(rest);
    return Boolean(
      this.editor &&
        head(lesson) === head(this.lesson) &&
        same(lesson.arrays.levels, this.lesson.arrays.levels) &&
        same(lesson.arrays.kernel, this.editor.kernel),
    );
  }

  /** For all colours together and for each: the window, the kernel, the products, and their sum. */
  work() {
    const { say, lesson } = this;
    const side = lesson.along.kernel;
    const grid = (part, channel) => {
      const canvas = make("canvas", { "aria-hidden": "true" });
      const cells = side <= 3 && channel >= 0 ? Array.from({ length: side * side }, () => make("i")) : [];
      return {
        canvas,
        cells,
        element: make("div", { class: `grid ${part}` }, canvas, make("div", { class: "numbers" }, ...cells)),
      };
    };
    this.grids = [-1, 0, 1, 2].map((channel) => ({
      channel,
      window: grid("window", channel),
      kernel: grid("kernel", channel),
      products: grid("products", channel),
      sum: make("output", { data: { sum: channel < 0 ? "all" : COLOURS[channel] } }),
    }));
    const heads = ["window", "kernel", "products", "sum"].map((name) => make("b", { text: say(name) }));
    const rows = this.grids.flatMap(({ channel, window, kernel, products, sum }) => [
      make("span", {
        class: `channel ${channel < 0 ? "all" : COLOURS[channel]}`,
        text: say(channel < 0 ? "together" : COLOURS[channel]),
      }),
      window.element,
      kernel.element,
      products.element,
      sum,
    ]);
    this.cell = [Math.floor(side / 2), Math.floor(side / 2)];
    this.cells = make(
      "div",
      {
        class: "work",
        tabindex: "0",
        role: "application",
        "aria-label": say("cells_label", { size: side }),
        style: { "--k": side },
        data: { field: "cells" },
        on: {
          pointermove: (event) => this.inspect(event),
          pointerdown: (event) => this.inspect(event),
          keydown: (event) => {
            const to = keyed(event, this.cell, side, side);
            if (!to) return;
            event.preventDefault();
            this.cell = to;
            this.showCell(true);
          },
        },
      },
      make("span"),
      ...heads,
      ...rows,
    );
    return this.cells;
  }

  inspect(event) {
    const grid = event.target.closest(".grid");
    if (!grid) return;
    const { left, top, width, height } = grid.getBoundingClientRect();
    const side = this.lesson.along.kernel;
    const inside = (share) => Math.max(0, Math.min(side - 1, Math.floor(share * side)));
    this.cell = [inside((event.clientY - top) / height), inside((event.clientX - left) / width)];
    this.showCell(false);
  }

  showCell(aloud) {
    const [y, x] = this.cell;
    const side = this.lesson.along.kernel;
    this.cells.style.setProperty("--x", x);
    this.cells.style.setProperty("--y", y);
    const parts = COLOURS.map((colour, c) => {
      const place = (y * side + x) * 3 + c;
      const numbers = [this.step.window[place], this.kernel[place], this.step.products[place]];
      const [value, weight, product] = numbers.map((number) => written(number));
      return `${this.say(colour)} ${value} × ${weight} = ${product}`;
    });
    const text = this.say("cell", { row: y + 1, column: x + 1, products: parts.join(" · ") });
    this.inspected.textContent = text;
    if (aloud) this.voice.say(text);
  }

  /** The equation under the picture. */
  sum() {
    const { say, lesson } = this;
    const part = (name, sign) =>
      make(
        "span",
        { class: `part ${name}` },
        make("span", { class: "sign", text: sign }),
        (this.parts[name] = make("output", { data: { part: name } })),
        make("small", { text: say(`part_${name}`) }),
      );
    this.parts = {};
    const names = [...COLOURS.map((name, at) => [name, at ? "+" : ""]), ["bias", "+"], ["total", "="]];
    return make(
      "div",
      { class: "sum" },
      ...names.map(([name, sign]) => part(name, sign)),
      lesson.relu ? part("relu", "→") : null,
    );
  }

  tools() {
    const { say } = this;
    const button = (name, action) =>
      (this.buttons[name] = make("button", { type: "button", text: say(name), on: { click: action } }));
    this.buttons = {};
    const speed = make("select", {
      "aria-label": say("speed"),
      on: {
        change: () => {
          this.speed = Number(speed.value);
          if (this.playing) this.playing = { since: performance.now(), steps: 0 };
        },
      },
    });
    for (const value of SPEEDS) {
      const text = say("windows_a_second", { count: value });
      speed.append(make("option", { value, text, selected: value === this.speed }));
    }
    return make(
      "div",
      { class: "tools" },
      button("play", () => (this.playing ? this.pause() : this.play())),
      button("step", () => this.next()),
      button("empty", () => this.clear()),
      button("fill", () => this.fill()),
      speed,
    );
  }

  /** All values, from the picture, the kernel and the bias. */
  compute() {
    const { lesson, kernel, values } = this;
    const map = convolve(values, lesson.along, kernel, lesson.bias);
    this.map = lesson.relu ? relu(map) : map;
    this.limit = largest(this.map);
    this.legend.replaceChildren(legend(this.limit, lesson.relu));
    if (!this.shown) {
      this.shown = new Uint8Array(this.map.length).fill(1);
      this.begin(this.map);
    }
    const side = lesson.along.kernel;
    const scale = largest(kernel);
    for (const { channel, kernel: grid } of this.grids) {
      if (channel < 0) paintKernel(grid.canvas, kernel, side);
      else {
        const weights = Float64Array.from({ length: side * side }, (_, at) => kernel[at * 3 + channel]);
        paintSigned(grid.canvas, this.palette, weights, side, side, scale);
        grid.cells.forEach((cell, at) => showOn(cell, weights[at], scale));
      }
    }
    this.paintMap();
    this.render();
  }

  paintMap() {
    paint(this.output.canvas, this.count, this.count, (place, pixels, to) => {
      if (this.shown[place]) this.palette(this.map[place], this.limit, pixels, to);
    });
  }

  /** Everything that changes with the window's place lights up in one frame. */
  render() {
    const { lesson, row, column } = this;
    const { along } = lesson;
    const side = along.kernel;
    this.step = convolutionStep(this.values, along, this.kernel, lesson.bias, row, column);
    const { window, products, channels, total } = this.step;
    this.picture.mark(column * along.stride, row * along.stride, side);
    this.output.mark(column, row, 1);
    this.paintWindow(row, column);
    const scale = largest(products);
    for (const { channel, window: seen, products: made, sum } of this.grids) {
      const together = channel < 0;
      const picked = Float64Array.from({ length: side * side }, (_, at) =>
        together
          ? products[at * 3] + products[at * 3 + 1] + products[at * 3 + 2]
          : products[at * 3 + channel],
      );
      const limit = together ? largest(picked) : scale;
      paintSigned(made.canvas, this.palette, picked, side, side, limit);
      made.cells.forEach((cell, at) => showOn(cell, picked[at], limit));
      seen.cells.forEach((cell, at) => show(cell, window[at * 3 + channel], 2));
      show(sum, together ? total - lesson.bias : channels[channel]);
    }
    COLOURS.forEach((name, c) => show(this.parts[name], channels[c]));
    show(this.parts.bias, lesson.bias);
    show(this.parts.total, total);
    const answer = lesson.relu ? Math.max(0, total) : total;
    if (this.parts.relu) show(this.parts.relu, answer);
    this.reveal();
    this.showCell(false);
    this.tell(channels, total, answer);
  }

  /** The map's cell of this place, if it was empty. */
  reveal() {
    const place = this.cellAt;
    if (this.shown[place]) return;
    this.shown[place] = 1;
    const context = this.output.canvas.getContext("2d");
    const image = context.createImageData(1, 1);
    this.palette(this.map[place], this.limit, image.data, 0);
    context.putImageData(image, this.column, this.row);
  }

  /** The pixels under the kernel: in their colours, and channel by channel; nothing where there are none. */
  paintWindow(row, column) {
    const { along, arrays } = this.lesson;
    const side = along.kernel;
    for (const { channel, window } of this.grids) {
      paint(window.canvas, side, side, (place, pixels, to) => {
        const y = row * along.stride + Math.floor(place / side) - along.begin;
        const x = column * along.stride + (place % side) - along.begin;
        if (y < 0 || x < 0 || y >= along.input || x >= along.input) return;
        const from = (y * along.input + x) * 3;
        for (let c = 0; c < 3; c++) {
          const own = channel < 0 || c === channel ? 1 : 0;
          pixels[to + c] = own * arrays.levels[from + c];
        }
        pixels[to + 3] = 255;
      });
    }
  }

  tell(channels, total, answer) {
    const { say, lesson, row, column } = this;
    const { along } = lesson;
    const end = (at) => at * along.stride + along.kernel - along.begin;
    const begin = (at) => at * along.stride - along.begin;
    const over = [row, column].map((at) => Math.max(0, end(at) - along.input));
    const out = [row, column].some((at) => begin(at) < 0) || over.some(Boolean);
    this.where.textContent = [
      say("where", { row: row + 1, column: column + 1, count: this.count }),
      out ? say("outside") : "",
    ].join(" ");
    const [red, green, blue] = channels.map((value) => written(value));
    const numbers = { red, green, blue, bias: written(lesson.bias), total: written(total) };
    const place = { row: row + 1, column: column + 1 };
    const said = say("said", { ...place, ...numbers });
    const sentence = lesson.relu ? `${said} ${say("said_relu", { answer: written(answer) })}` : said;
    if (this.playing) this.voice.show(sentence);
    else this.voice.say(sentence);
  }

  next() {
    const place = this.cellAt + 1;
    if (place >= this.count * this.count) return false;
    this.stepping = true;
    this.go(Math.floor(place / this.count), place % this.count);
    this.stepping = false;
    return true;
  }

  play(speed = null, byItself = false) {
    const ended = this.row === this.count - 1 && this.column === this.count - 1;
    if (ended || this.shown.every(Boolean)) this.clear();
    this.playing = { since: performance.now(), steps: 0, byItself };
    this.buttons.play.textContent = this.say("pause");
    const tick = (now) => {
      if (!this.playing) return;
      const due = Math.floor(((now - this.playing.since) / 1000) * (speed ?? this.speed)) - this.playing.steps;
      for (let step = 0; step < Math.min(due, 64); step++) {
        this.playing.steps++;
        if (!this.next()) return this.pause();
        if (step < due - 1) this.reveal(); // several in one frame: each fills its cell
      }
      this.timer = requestAnimationFrame(tick);
    };
    this.timer = requestAnimationFrame(tick);
  }

  pause() {
    this.playing = null;
    this.buttons.play.textContent = this.say("play");
    this.draw();
  }

  clear() {
    if (this.playing) this.pause();
    this.shown.fill(0);
    Object.assign(this, { row: 0, column: 0 });
    this.paintMap();
    this.draw();
  }

  fill() {
    if (this.playing) this.pause();
    this.shown.fill(1);
    this.paintMap();
  }

  dispose() {
    this.playing = null;
    cancelAnimationFrame(this.timer);
    super.dispose();
  }
}
