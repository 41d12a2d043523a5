// Local response normalization: a value is divided by what the maps before and after it answer there.

class NeighboursView extends View {
  constructor(lesson, say, palette, before) {
    super(lesson.along.output, lesson.along.output, before);
    Object.assign(this, { lesson, say, palette });
    const { levels, kernels } = lesson.arrays;
    const values = readImage(levels, lesson.along, lesson);
    const length = lesson.along.kernel ** 2 * 3;
    this.maps = lesson.biases.map((bias, at) => {
      const map = convolve(values, lesson.along, kernels.subarray(at * length, (at + 1) * length), bias);
      return lesson.relu ? relu(map) : map;
    });
    this.middle = this.maps[lesson.middle];
    this.divisors = Float64Array.from(
      this.middle,
      (_, place) => lrnDivisor(this.maps, place, lesson).divisor,
    );
    this.after = this.middle.map((value, place) => value / this.divisors[place]);
    this.begin(this.middle);
    this.build();
    this.render();
  }

  build() {
    const { say, lesson, palette } = this;
    const side = this.rows;
    const limit = Math.max(...this.maps.map(largest));
    const shared = { palette, side, positive: lesson.relu };
    this.fields = this.maps.map((map, at) =>
      mapField(this, {
        ...shared,
        map,
        limit,
        name: `map-${at}`,
        label: say("map_label", { number: lesson.first + at, count: side }),
        caption: caption(
          say("map", { number: lesson.first + at }),
          at === lesson.middle ? say("this_one") : "",
        ),
      }),
    );
    this.results = [
      ["before", this.middle],
      ["after", this.after],
    ].map(([name, map]) =>
      mapField(this, {
        ...shared,
        map,
        name,
        label: say(`lrn_${name}_label`, { count: side }),
        caption: caption(say(`lrn_${name}`), ""),
      }),
    );
    const numbers = (name) => this.maps.map((_, at) => make("td", { data: { [name]: at } }));
    this.values = numbers("value");
    this.squares = numbers("square");
    const row = (head, cells) => make("tr", {}, make("th", { scope: "row", text: head }), ...cells);
    const heads = this.maps.map((_, at) =>
      make("th", { scope: "col", class: at === lesson.middle ? "most" : "", text: String(lesson.first + at) }),
    );
    this.parts = {};
    const part = (name, sign) =>
      make(
        "span",
        { class: "part" },
        make("span", { class: "sign", text: sign }),
        (this.parts[name] = make("output", { data: { part: name } })),
        make("small", { text: say(`lrn_${name}`) }),
      );
    this.root = make(
      "div",
      { class: "neighbours" },
      make("div", { class: "five" }, ...this.fields.map(({ element }) => element)),
      make(
        "div",
        { class: "scroll" },
        make(
          "table",
          {},
          make("tr", {}, make("th", { scope: "row", text: say("map_number") }), ...heads),
          row(say("lrn_value"), this.values),
          row(say("lrn_square"), this.squares),
        ),
      ),
      make(
        "div",
        { class: "sum" },
        part("squares", ""),
        part("divisor", "→"),
        part("own", ""),
        part("result", "→"),
      ),
      make("p", { class: "formula", text: say("lrn_formula", this.constants()) }),
      make("div", { class: "two" }, ...this.results.map(({ element }) => element)),
      make("p", { class: "statement", text: this.statement() }),
      keysLine(say),
      this.voice.element,
    );
  }

  constants() {
    const { k, alpha, beta, n } = this.lesson;
    return { k: String(k), alpha: String(alpha), beta: String(beta), n: String(n) };
  }

  statement() {
    let [low, high] = [Infinity, -Infinity];
    for (const divisor of this.divisors) {
      low = Math.min(low, divisor);
      high = Math.max(high, divisor);
    }
    return this.say("lrn_statement", { low: written(low), high: written(high), times: written(high / low, 2) });
  }

  render() {
    const { lesson, say, row, column, cellAt } = this;
    for (const { field } of [...this.fields, ...this.results]) field.mark(column, row, 1);
    this.maps.forEach((map, at) => {
      show(this.values[at], map[cellAt]);
      show(this.squares[at], map[cellAt] ** 2);
    });
    const { squares, divisor } = lrnDivisor(this.maps, cellAt, lesson);
    show(this.parts.squares, squares);
    show(this.parts.divisor, divisor);
    show(this.parts.own, this.middle[cellAt]);
    show(this.parts.result, this.after[cellAt]);
    const [own, result] = [this.middle[cellAt], this.after[cellAt]].map((value) => written(value));
    this.voice.say(
      say("lrn_said", { row: row + 1, column: column + 1, own, divisor: written(divisor), result }),
    );
  }
}
