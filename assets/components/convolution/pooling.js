// Overlapping (3, stride 2) beside plain (2, stride 2) pooling of one feature map. Both windows begin at the same
// place, so the overlapping one is the plain one with a further row and column.

class PoolingView extends View {
  constructor(lesson, say, palette, before) {
    const { overlapping, plain } = lesson;
    super(Math.max(overlapping.output, plain.output), Math.max(overlapping.output, plain.output), before);
    Object.assign(this, { lesson, say, palette });
    const values = readImage(lesson.arrays.levels, lesson.along, lesson);
    const map = convolve(values, lesson.along, lesson.arrays.kernel, lesson.bias);
    this.map = lesson.relu ? relu(map) : map;
    this.pools = { overlapping: maxPool(this.map, overlapping), plain: maxPool(this.map, plain) };
    this.begin(this.pools.overlapping.values, overlapping.output);
    this.build();
    this.render();
  }

  build() {
    const { say, lesson, palette } = this;
    const side = lesson.along.output;
    const limit = largest(this.map);
    const shared = { palette, limit, positive: lesson.relu };
    this.source = new Field({
      name: "map",
      label: say("output_label", { count: side }),
      help: "keys",
      key: (event) => this.key(event),
      place: (x, y) => this.go((y - 1.5) / 2, (x - 1.5) / 2),
    });
    paintSigned(this.source.canvas, palette, this.map, side, side, limit);
    this.inner = make("div", { class: "frame plain", data: { frame: "plain" } });
    this.source.box.append(this.inner);
    this.fields = {};
    const pooled = ["overlapping", "plain"].map((name) => {
      const { output, kernel, stride } = lesson[name];
      const made = mapField(this, {
        ...shared,
        name,
        map: this.pools[name].values,
        side: output,
        label: say("pool_label", { name: say(name), count: output }),
        caption: caption(say(name), `${kernel}, ${say("stride")} ${stride}: ${output} × ${output}`),
      });
      this.fields[name] = made.field;
      return made.element;
    });
    this.cells = Array.from({ length: 9 }, (_, at) => make("td", { data: { cell: at } }));
    this.table = make(
      "table",
      { class: "pooled", "aria-label": say("pool_window") },
      ...[0, 1, 2].map((row) => make("tr", {}, ...this.cells.slice(3 * row, 3 * row + 3))),
    );
    this.answers = {};
    const answer = (name) =>
      make(
        "p",
        {},
        make("span", { text: `${say(name)}: ` }),
        (this.answers[name] = make("output", { data: { pooled: name } })),
      );
    this.root = make(
      "div",
      { class: "pooling" },
      make(
        "div",
        { class: "three" },
        figure(this.source, caption(say("output"), `${side} × ${side}`), legend(limit, lesson.relu)),
        ...pooled,
      ),
      make("div", { class: "tools" }, this.table, make("div", {}, answer("overlapping"), answer("plain"))),
      make("p", { class: "statement", text: this.statement() }),
      keysLine(say),
      this.voice.element,
    );
  }

  /** How often the further row and column hold a larger value. */
  statement() {
    const { overlapping, plain } = this.lesson;
    const both = Math.min(overlapping.output, plain.output);
    let larger = 0;
    for (let row = 0; row < both; row++) {
      for (let column = 0; column < both; column++) {
        const values = [overlapping, plain].map(
          ({ output }, at) => Object.values(this.pools)[at].values[row * output + column],
        );
        if (values[0] > values[1]) larger++;
      }
    }
    return this.say("pool_statement", { share: percent(larger / both ** 2), count: both });
  }

  render() {
    const { lesson, row, column, say } = this;
    const side = lesson.along.output;
    const best = {};
    for (const name of ["overlapping", "plain"]) {
      const { output } = lesson[name];
      const there = row < output && column < output;
      this.fields[name].frame.hidden = !there;
      this.answers[name].textContent = "–";
      delete this.answers[name].dataset.value;
      if (!there) continue;
      const cell = row * output + column;
      best[name] = this.pools[name].places[cell];
      this.fields[name].mark(column, row, 1);
      show(this.answers[name], this.pools[name].values[cell]);
    }
    this.source.mark(2 * column, 2 * row, 3);
    // The plain window lies in the left upper corner of the same frame.
    this.inner.style.cssText = `width:${200 / side}%;height:${200 / side}%;transform:translate(${100 * column}%,${100 * row}%)`;
    this.cells.forEach((cell, at) => {
      const [y, x] = [2 * row + Math.floor(at / 3), 2 * column + (at % 3)];
      const inside = y < side && x < side;
      const place = y * side + x;
      cell.className = [
        at % 3 < 2 && at < 6 ? "both" : "",
        inside && place === best.overlapping ? "most" : "",
        inside && place === best.plain ? "most-plain" : "",
      ].join(" ");
      if (inside) show(cell, this.map[place]);
      else {
        cell.textContent = "";
        delete cell.dataset.value;
      }
    });
    const values = Object.fromEntries(
      ["overlapping", "plain"].map((name) => [name, this.answers[name].textContent]),
    );
    this.voice.say(say("pool_said", { row: row + 1, column: column + 1, ...values }));
  }
}
