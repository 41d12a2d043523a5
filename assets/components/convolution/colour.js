// A grey kernel and a colour kernel answer the same picture, with its colours and without them.

class ColourView extends View {
  constructor(lesson, say, palette, before) {
    super(lesson.along.output, lesson.along.output, before);
    Object.assign(this, { lesson, say, palette });
    const { levels } = lesson.arrays;
    const grey = Float32Array.from(levels, (_, at) => {
      const from = at - (at % 3);
      return (levels[from] + levels[from + 1] + levels[from + 2]) / 3;
    });
    this.levels = { coloured: levels, grey };
    this.kernels = { grey: lesson.arrays.greyKernel, colour: lesson.arrays.colourKernel };
    this.norms = { grey: norm(this.kernels.grey), colour: norm(this.kernels.colour) };
    this.maps = {};
    for (const [picture, pixels] of Object.entries(this.levels)) {
      const values = readImage(pixels, lesson.along, lesson);
      for (const [kernel, weights] of Object.entries(this.kernels)) {
        this.maps[`${picture}-${kernel}`] = convolve(values, lesson.along, weights, lesson.biases[kernel]);
      }
    }
    this.begin(this.maps["coloured-colour"]);
    this.build();
    this.render();
  }

  build() {
    const { say, lesson, palette } = this;
    const { along } = lesson;
    const side = this.rows;
    this.fields = {};
    this.pictures = {};
    this.answers = {};
    // One scale for all four maps, in units of each kernel's length: the kernels are not equally strong.
    const strongest = Math.max(
      ...Object.entries(this.maps).map(([name, map]) => largest(map) / this.norms[name.split("-")[1]]),
    );
    const rows = Object.entries(this.levels).flatMap(([picture, levels]) => {
      const field = new Field({
        name: picture,
        label: say(`${picture}_label`, { size: along.input }),
        help: "keys",
        key: (event) => this.key(event),
        place: (x, y) =>
          this.go((y - along.kernel / 2) / along.stride, (x - along.kernel / 2) / along.stride),
      });
      paintLevels(field.canvas, levels, along);
      this.pictures[picture] = field;
      const maps = Object.keys(this.kernels).map((kernel) => {
        const name = `${picture}-${kernel}`;
        const limit = strongest * this.norms[kernel];
        const made = mapField(this, {
          name,
          palette,
          side,
          limit,
          map: this.maps[name],
          label: say(`answer_${kernel}_${picture}`),
          caption: [
            make("span", { text: say("answer") }),
            (this.answers[name] = make("output", { data: { answer: name } })),
          ],
        });
        this.fields[name] = made.field;
        return made.element;
      });
      return [figure(field, [make("b", { text: say(picture) })]), ...maps];
    });
    const head = (kernel) => {
      const canvas = make("canvas", { "aria-hidden": "true" });
      paintKernel(canvas, this.kernels[kernel], along.kernel);
      return make(
        "div",
        { class: "head" },
        canvas,
        make("span", {}, make("b", { text: say(`kernel_${kernel}`) }), make("br"), lesson.names[kernel]),
      );
    };
    this.root = make(
      "div",
      { class: "colour" },
      make("div", { class: "three" }, make("span"), head("grey"), head("colour"), ...rows),
      make("p", { class: "statement", text: this.statement() }),
      keysLine(say),
      this.voice.element,
    );
  }

  /** The answers' standard deviation in units of the kernel's length, with colour and without. */
  statement() {
    const varies = (picture, kernel) => deviation(this.maps[`${picture}-${kernel}`]) / this.norms[kernel];
    const gaps = {};
    this.left = {};
    for (const kernel of ["grey", "colour"]) {
      const [coloured, grey] = [varies("coloured", kernel), varies("grey", kernel)];
      this.left[kernel] = grey / coloured;
      gaps[kernel] = Number.isFinite(grey / coloured) ? percent(grey / coloured) : "–";
      gaps[`${kernel}_in`] = written(coloured);
      gaps[`${kernel}_out`] = written(grey);
    }
    return this.say("colour_statement", gaps);
  }

  render() {
    const { lesson, say, row, column, cellAt } = this;
    const { stride, kernel } = lesson.along;
    for (const field of Object.values(this.pictures)) field.mark(column * stride, row * stride, kernel);
    const numbers = {};
    for (const [name, field] of Object.entries(this.fields)) {
      field.mark(column, row, 1);
      show(this.answers[name], this.maps[name][cellAt]);
      numbers[name.replace("-", "_")] = this.answers[name].textContent;
    }
    this.voice.say(say("colour_said", { row: row + 1, column: column + 1, ...numbers }));
  }
}
