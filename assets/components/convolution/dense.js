// One neuron of a dense layer: every input times its weight, added up, and what becomes of the sum.

class DenseView extends View {
  constructor(lesson, say, palette, before) {
    super(lesson.rows, lesson.columns, before);
    Object.assign(this, { lesson, say, palette });
    const { inputs, weights } = lesson.arrays;
    this.products = Float64Array.from(inputs, (value, at) => value * weights[at]);
    let sum = 0;
    this.sums = this.products.map((product) => (sum += product));
    this.total = sum + lesson.bias;
    this.begin(this.products);
    this.build();
    this.render();
  }

  build() {
    const { say, lesson, palette, rows, columns } = this;
    const { inputs, weights } = lesson.arrays;
    const grids = { inputs, weights, products: this.products };
    this.fields = {};
    const figures = Object.entries(grids).map(([name, values]) => {
      const field = new Field({
        name,
        label: say(`dense_${name}_label`, { count: values.length }),
        help: "keys",
        key: (event) => this.key(event),
        place: (x, y) => this.go(y - 0.5, x - 0.5),
      });
      const limit = largest(values);
      paintSigned(field.canvas, palette, values, columns, rows, limit);
      field.canvas.style.aspectRatio = `${columns} / ${rows}`;
      this.fields[name] = field;
      const positive = name === "inputs" && lesson.positive;
      return figure(field, caption(say(`dense_${name}`), ""), legend(limit, positive));
    });
    this.parts = {};
    const part = (name, sign) =>
      make(
        "span",
        { class: `part ${name}` },
        make("span", { class: "sign", text: sign }),
        (this.parts[name] = make("output", { data: { part: name } })),
        make("small", { text: say(`dense_${name}`) }),
      );
    this.root = make(
      "div",
      { class: "dense" },
      make("div", { class: "three" }, ...figures),
      make(
        "div",
        { class: "sum" },
        part("value", ""),
        part("weight", "×"),
        part("product", "="),
        part("sofar", "Σ"),
      ),
      make(
        "div",
        { class: "sum" },
        part("all", "Σ"),
        part("bias", "+"),
        part("total", "="),
        part("probability", "→"),
      ),
      this.strongest(),
      this.outputs(),
      keysLine(say),
      this.voice.element,
    );
    show(this.parts.all, this.total - lesson.bias);
    show(this.parts.bias, lesson.bias);
    show(this.parts.total, this.total);
    show(this.parts.probability, lesson.probabilities[lesson.chosen]);
  }

  /** The five products that push the sum up most, and the five that push it down most. */
  strongest() {
    const order = Array.from(this.products.keys()).sort((a, b) => this.products[b] - this.products[a]);
    const list = (places) =>
      places.map((place) =>
        this.say("dense_one", { number: place + 1, product: written(this.products[place]) }),
      );
    return make("p", {
      text: this.say("dense_strongest", {
        up: list(order.slice(0, 5)).join(" · "),
        down: list(order.slice(-5).reverse()).join(" · "),
      }),
    });
  }

  /** All neurons of the layer: their sums, and the probabilities that softmax makes of them. */
  outputs() {
    const { say, lesson } = this;
    const head = ["dense_neuron", "dense_logit", "dense_probability"].map((key) =>
      make("th", { scope: "col", text: say(key) }),
    );
    const rows = lesson.classes.map((name, at) => {
      const [sum, probability] = [make("td"), make("td", { class: "bar" })];
      show(sum, lesson.logits[at]);
      show(probability, lesson.probabilities[at]);
      probability.style.setProperty("--share", lesson.probabilities[at]);
      return make(
        "tr",
        { class: at === lesson.chosen ? "most" : "" },
        make("th", { scope: "row", text: name }),
        sum,
        probability,
      );
    });
    return make("div", { class: "scroll" }, make("table", {}, make("tr", {}, ...head), ...rows));
  }

  render() {
    const { lesson, say, row, column, cellAt } = this;
    const { inputs, weights } = lesson.arrays;
    for (const field of Object.values(this.fields)) field.mark(column, row, 1);
    const numbers = {
      value: inputs[cellAt],
      weight: weights[cellAt],
      product: this.products[cellAt],
      sofar: this.sums[cellAt],
    };
    for (const [name, number] of Object.entries(numbers)) show(this.parts[name], number);
    const texts = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, written(number)]));
    this.voice.say(say("dense_said", { number: cellAt + 1, ...texts }));
  }
}
