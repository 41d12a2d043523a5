// One picture in memory: channels_last beside channels_first, the same numbers at other addresses.

class OrderView extends View {
  constructor(lesson, say, palette, before) {
    super(lesson.height, lesson.width, before);
    Object.assign(this, { lesson, say, palette });
    this.channel = before?.channel ?? 0;
    this.build();
    this.render();
  }

  addresses(row, column, channel) {
    const { height, width } = this.lesson;
    return {
      last: (row * width + column) * 3 + channel,
      first: (channel * height + row) * width + column,
    };
  }

  build() {
    const { say, lesson } = this;
    const { height, width } = lesson;
    const { levels } = lesson.arrays;
    this.field = new Field({
      name: "pixels",
      label: say("order_label", { height, width }),
      help: "order-keys",
      key: (event) => this.key(event),
      place: (x, y) => this.go(y - 0.5, x - 0.5),
    });
    paint(this.field.canvas, width, height, (place, pixels, to) => {
      for (let c = 0; c < 3; c++) pixels[to + c] = levels[place * 3 + c];
      pixels[to + 3] = 255;
    });
    this.field.canvas.style.aspectRatio = `${width} / ${height}`;
    this.choices = COLOURS.map((name, c) =>
      make("button", {
        type: "button",
        class: `channel ${name}`,
        text: say(name),
        data: { field: `channel-${name}` },
        on: {
          click: () => {
            this.channel = c;
            this.render();
          },
        },
      }),
    );
    this.cells = { last: [], first: [] };
    this.formulas = {};
    const strips = ["last", "first"].map((order) => {
      const cells = Array.from({ length: height * width * 3 }, (_, address) => make("span", { data: { address } }));
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          for (let c = 0; c < 3; c++) {
            const cell = cells[this.addresses(row, column, c)[order]];
            cell.textContent = String(Math.round(levels[(row * width + column) * 3 + c]));
            cell.className = COLOURS[c];
            cell.addEventListener("click", () => {
              Object.assign(this, { row, column, channel: c });
              this.render();
            });
          }
        }
      }
      this.cells[order] = cells;
      this.formulas[order] = make("output", { data: { order } });
      return make(
        "section",
        {},
        make(
          "p",
          {},
          make("b", { text: `channels_${order}` }),
          make("small", { text: ` ${say(`order_${order}`)}` }),
        ),
        make("div", { class: "strip", style: { "--across": width * 3 }, "aria-hidden": "true" }, ...cells),
        make("p", {}, this.formulas[order]),
      );
    });
    this.root = make(
      "div",
      { class: "order" },
      make(
        "div",
        { class: "pair" },
        make(
          "div",
          {},
          figure(this.field, caption(say("order_pixels"), `${height} × ${width} × 3`)),
          make("div", { class: "tools" }, ...this.choices),
        ),
        make("div", {}, ...strips),
      ),
      make("p", { class: "keys", id: "order-keys", text: say("order_keys") }),
      this.voice.element,
    );
  }

  key(event) {
    const step = { "+": 1, "-": -1, "]": 1, "[": -1 }[event.key];
    if (!step) return super.key(event);
    this.channel = (this.channel + step + 3) % 3;
    this.render();
    return true;
  }

  render() {
    const { lesson, say, row, column, channel } = this;
    const { height, width } = lesson;
    this.field.mark(column, row, 1);
    this.choices.forEach((button, c) => button.setAttribute("aria-pressed", String(c === channel)));
    const at = this.addresses(row, column, channel);
    for (const [order, cells] of Object.entries(this.cells)) {
      cells.forEach((cell, address) => cell.classList.toggle("lit", address === at[order]));
    }
    const texts = {
      last: `(${row} × ${width} + ${column}) × 3 + ${channel} = ${at.last}`,
      first: `(${channel} × ${height} + ${row}) × ${width} + ${column} = ${at.first}`,
    };
    for (const [order, text] of Object.entries(texts)) {
      this.formulas[order].textContent = `${say("order_address")} ${text}`;
      this.formulas[order].dataset.value = at[order];
    }
    const value = this.cells.last[at.last].textContent;
    this.voice.say(
      say("order_said", { row, column, colour: say(COLOURS[channel]), value, ...at }),
    );
  }
}
