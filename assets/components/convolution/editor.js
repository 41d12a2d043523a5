// Weights that a reader types. The map follows at once; the server and the link when a field is left.

const SIDES = [1, 3, 5, 7, 11]; // those of alexnet/kernels/classical.py
const LARGEST = 1000;

/** The number in a field, or NaN; a comma and a true minus sign are understood. */
function typed(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  const value = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return Math.abs(value) <= LARGEST ? value : NaN;
}

class Editor {
  /** changed(kernel, side): at every keystroke that makes a number; left(kernel, side): when it counts. */
  constructor(kernel, say, palette, changed, left) {
    Object.assign(this, { say, palette, changed, left, kernel: Float32Array.from(kernel) });
    this.side = Math.round(Math.sqrt(kernel.length / 3));
    this.alike = this.kernel.every((weight, at) => weight === this.kernel[at - (at % 3)]);
    this.grids = make("div", { class: "typing" });
    this.painting = make("div", { class: "painting" });
    this.brush = 1; // of the largest weight
    this.unit = this.largest();
    this.details = make(
      "details",
      {},
      make("summary", { text: say("edit_type") }),
      this.grids,
      make("p", { class: "keys", text: say("edit_keys") }),
    );
    this.root = make(
      "fieldset",
      { class: "editor" },
      make("legend", { text: say("edit") }),
      make("div", { class: "tools" }, this.sides(), this.colours(), ...this.changes()),
      this.brushes(),
      this.painting,
      make("p", { class: "keys", text: say("paint_keys") }),
      this.details,
    );
    this.fields();
  }

  sides() {
    const select = make("select", {
      "aria-label": this.say("edit_side"),
      data: { field: "side" },
      on: { change: () => this.resize(Number(select.value)) },
    });
    for (const side of SIDES) {
      select.append(make("option", { value: side, text: `${side} × ${side}`, selected: side === this.side }));
    }
    return select;
  }

  colours() {
    const box = make("input", {
      type: "checkbox",
      checked: this.alike,
      data: { field: "alike" },
      on: {
        change: () => {
          this.alike = box.checked;
          if (this.alike) this.kernel = this.kernel.map((_, at) => this.kernel[at - (at % 3)]);
          this.fields();
          this.tell();
        },
      },
    });
    return make("label", {}, box, make("span", { text: this.say("edit_alike") }));
  }

  changes() {
    const button = (name, change) =>
      make("button", {
        type: "button",
        text: this.say(name),
        on: {
          click: () => {
            this.kernel = this.kernel.map(change);
            this.fields();
            this.tell();
          },
        },
      });
    const turned = (_, at, old) => {
      const [y, x] = [Math.floor(at / 3 / this.side), Math.floor(at / 3) % this.side];
      return old[((this.side - 1 - x) * this.side + y) * 3 + (at % 3)];
    };
    return [
      button("edit_turn", turned),
      button("edit_negate", (weight) => -weight || 0),
      button("edit_zero", () => 0),
    ];
  }

  /** A smaller grid keeps the middle; a larger one has zeros around it. */
  resize(side) {
    const old = this.kernel;
    const shift = (side - this.side) / 2;
    this.kernel = Float32Array.from({ length: 3 * side * side }, (_, at) => {
      const y = Math.floor(at / 3 / side) - shift;
      const x = (Math.floor(at / 3) % side) - shift;
      return x >= 0 && y >= 0 && x < this.side && y < this.side ? old[(y * this.side + x) * 3 + (at % 3)] : 0;
    });
    this.side = side;
    this.fields();
    this.tell();
  }

  largest() {
    return this.kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  }

  /** Which weight the brush leaves, as parts of the largest one. */
  brushes() {
    const buttons = [-1, -0.5, 0, 0.5, 1].map((part) => {
      const button = make("button", {
        type: "button",
        "aria-pressed": String(part === this.brush),
        data: { field: `brush-${part}` },
        on: {
          click: () => {
            this.brush = part;
            for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
          },
        },
        text: written(part * this.unit, 2),
      });
      return button;
    });
    return make(
      "div",
      { class: "tools brushes", role: "group", "aria-label": this.say("brush") },
      make("span", { text: this.say("brush") }),
      ...buttons,
    );
  }

  /** The cells, painted by dragging, or by arrow keys and the space bar; channel -1: all three colours. */
  cells(channel) {
    const { say, side } = this;
    const cells = Array.from({ length: side * side }, () => make("i"));
    let [here, down] = [[0, 0], false];
    const label = say("paint_label", { colour: say(channel < 0 ? "together" : COLOURS[channel]), size: side });
    const show = () => {
      cells.forEach((cell, at) => cell.classList.toggle("here", at === here[0] * side + here[1]));
      const weight = this.kernel[(here[0] * side + here[1]) * 3 + Math.max(channel, 0)];
      const place = { row: here[0] + 1, column: here[1] + 1, weight: written(weight, 2) };
      board.setAttribute("aria-label", `${label} ${say("paint_cell", place)}`);
    };
    const paint = () => {
      const at = here[0] * side + here[1];
      const weight = this.brush * this.unit;
      for (const c of channel < 0 ? [0, 1, 2] : [channel]) this.kernel[at * 3 + c] = weight;
      this.repaint();
      show();
      this.changed(this.kernel, this.side);
    };
    const under = (event) => {
      const { left, top } = cells[0].getBoundingClientRect(); // behind the coloured line
      const { right, bottom } = cells.at(-1).getBoundingClientRect();
      const inside = (share) => Math.max(0, Math.min(side - 1, Math.floor(share * side)));
      here = [
        inside((event.clientY - top) / (bottom - top)),
        inside((event.clientX - left) / (right - left)),
      ];
    };
    const over = () => {
      if (!down) return;
      down = false;
      this.fields();
      this.left(this.kernel, this.side);
    };
    const board = make(
      "div",
      {
        class: `cells ${channel < 0 ? "" : COLOURS[channel]}`,
        tabindex: "0",
        role: "application",
        data: { field: `paint-${channel}` },
        style: { "--k": side },
        on: {
          pointerdown: (event) => {
            if (event.button) return;
            down = true;
            board.setPointerCapture(event.pointerId);
            under(event);
            paint();
          },
          pointermove: (event) => {
            if (!down) return;
            under(event);
            paint();
          },
          pointerup: over,
          pointercancel: over,
          keydown: (event) => {
            const to = keyed(event, here, side, side);
            const fills = event.key === " " || event.key === "Enter";
            if (!to && !fills) return;
            event.preventDefault();
            event.stopPropagation();
            if (to) here = to;
            else {
              paint();
              down = true;
              over();
            }
            show();
          },
        },
      },
      ...cells,
    );
    show();
    return { channel, cells, element: board };
  }

  /** The colours and digits of the painted cells. */
  repaint() {
    const limit = Math.max(this.unit, this.largest());
    const colour = [0, 0, 0, 255];
    for (const { channel, cells } of this.boards) {
      cells.forEach((cell, at) => {
        const weight = this.kernel[at * 3 + Math.max(channel, 0)];
        this.palette(weight, limit, colour, 0);
        cell.style.background = `rgb(${colour.slice(0, 3).join(" ")})`;
        cell.textContent = this.side <= 5 ? written(weight, 2) : "";
        cell.classList.toggle("dark", weight < -0.6 * limit);
      });
    }
  }

  fields() {
    const { say, side } = this;
    const channels = this.alike ? [-1] : [0, 1, 2];
    const shape = `${side} ${channels}`;
    if (shape !== this.shape) {
      // Painting itself must not replace the cells under the finger.
      this.boards = channels.map((channel) => this.cells(channel));
      this.painting.replaceChildren(...this.boards.map(({ element }) => element));
      this.shape = shape;
    }
    this.repaint();
    const grid = (channel) => {
      const colour = channel < 0 ? "together" : COLOURS[channel];
      const cells = Array.from({ length: side * side }, (_, at) => {
        const place = at * 3 + Math.max(channel, 0);
        const input = make("input", {
          type: "text",
          inputmode: "text",
          autocomplete: "off",
          "aria-label": say("edit_cell", {
            colour: say(colour),
            row: Math.floor(at / side) + 1,
            column: (at % side) + 1,
          }),
          value: String(Math.round(this.kernel[place] * 1e4) / 1e4),
          data: { field: `weight-${place}` },
          on: {
            input: () => this.put(input, at, channel),
            change: () => this.left(this.kernel, this.side),
            focus: () => input.select(),
            keydown: (event) => this.step(event, input),
          },
        });
        return input;
      });
      return make(
        "div",
        {},
        channel < 0 ? null : make("small", { text: say(colour), "aria-hidden": "true" }),
        make(
          "div",
          { class: `inputs ${channel < 0 ? "" : COLOURS[channel]}`, style: { "--k": side } },
          ...cells,
        ),
      );
    };
    this.grids.replaceChildren(...(this.alike ? [-1] : [0, 1, 2]).map(grid));
  }

  put(input, at, channel) {
    const weight = typed(input.value);
    input.setAttribute("aria-invalid", String(Number.isNaN(weight)));
    if (Number.isNaN(weight)) return;
    for (const c of channel < 0 ? [0, 1, 2] : [channel]) this.kernel[at * 3 + c] = weight;
    this.repaint();
    this.changed(this.kernel, this.side);
  }

  step(event, input) {
    event.stopPropagation(); // outside this component Streamlit takes letters for its shortcuts
    const fields = [...input.parentElement.children];
    const by = { ArrowUp: -this.side, ArrowDown: this.side, Enter: 1 }[event.key];
    const next = by && fields[fields.indexOf(input) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  tell() {
    this.changed(this.kernel, this.side);
    this.left(this.kernel, this.side);
  }
}

/** All kernels of a tower, to pick one. */
function gallery(bank, side, chosen, say, pick) {
  const length = side * side * 3;
  const buttons = Array.from({ length: bank.length / length }, (_, number) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    paintKernel(canvas, bank.subarray(number * length, (number + 1) * length), side);
    return make(
      "button",
      {
        type: "button",
        "aria-label": say("pick", { number: number + 1 }),
        "aria-pressed": String(number === chosen),
        data: { field: `kernel-${number}` },
        on: {
          click: () => pick(number),
          keydown: (event) => {
            const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (by && buttons[number + by]) buttons[number + by].focus();
          },
        },
      },
      canvas,
    );
  });
  return make(
    "div",
    { class: "gallery", role: "group", "aria-label": say("gallery") },
    make("p", { class: "keys", text: say("gallery") }),
    make("div", {}, ...buttons),
  );
}
