// Pictures made of cells, with a frame that a reader moves by mouse, finger or keyboard.

/** Write a number where a reader sees three places and a test reads all. */
function show(element, value, places = 3) {
  element.textContent = written(value, places);
  element.dataset.value = value;
}

/** A number on its own colour: white where that is the scale's dark end. */
function showOn(element, value, limit) {
  show(element, value, 2);
  element.classList.toggle("dark", value < -0.6 * limit);
}

/** Call `draw` once in the next frame, however often it is asked for. */
function framewise(draw) {
  let asked = 0;
  const ask = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      draw();
    });
  };
  ask.cancel = () => cancelAnimationFrame(asked);
  return ask;
}

const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key leads on a grid of rows and columns; null for a key that leads nowhere. */
function keyed(event, [row, column], rows, columns) {
  if (event.altKey || event.metaKey) return null;
  const far = event.shiftKey ? 5 : 1;
  const inside = (value, count) => Math.max(0, Math.min(count - 1, value));
  if (STEPS[event.key]) {
    const [down, right] = STEPS[event.key];
    return [inside(row + far * down, rows), inside(column + far * right, columns)];
  }
  const ends = {
    Home: event.ctrlKey ? [0, 0] : [row, 0],
    End: event.ctrlKey ? [rows - 1, columns - 1] : [row, columns - 1],
    PageUp: [inside(row - 5, rows), column],
    PageDown: [inside(row + 5, rows), column],
  };
  return ends[event.key] ?? null;
}

/** A canvas of cells and a frame on it. */
class Field {
  /**
   * label: what a screen reader says. help: the id of the element that says which keys there are.
   * place(x, y): a pointer asks for the frame's centre there, in cells. key(event): true when it was used.
   */
  constructor({ label, help, place, key, hold, name }) {
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.frame = make("div", { class: "frame", data: { frame: name ?? "" } });
    this.box = make(
      "div",
      {
        class: "box",
        tabindex: "0",
        role: "application",
        "aria-label": label,
        "aria-describedby": help,
        data: { field: name ?? "" },
      },
      this.canvas,
      this.frame,
    );
    Object.assign(this, { place, hold, held: false, drag: null, at: [0, 0], size: [1, 1] });
    const on = (name, listener) => this.box.addEventListener(name, listener);
    on("pointerdown", (event) => this.pressed(event));
    on("pointermove", (event) => this.moved(event));
    on("pointerup", () => (this.drag &&= { ...this.drag, over: true }));
    on("pointercancel", () => (this.drag = null));
    on("click", (event) => this.clicked(event));
    on("keydown", (event) => {
      if (key(event)) event.preventDefault();
    });
  }

  /** The frame's left upper corner and size, in cells. */
  mark(x, y, width, height = width) {
    const { width: across, height: down } = this.canvas;
    Object.assign(this, { at: [x, y], size: [width, height] });
    const style = this.frame.style;
    style.width = `${(100 * width) / across}%`;
    style.height = `${(100 * height) / down}%`;
    style.transform = `translate(${(100 * x) / width}%, ${(100 * y) / height}%)`;
  }

  cell(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - left) / width) * this.canvas.width,
      ((event.clientY - top) / height) * this.canvas.height,
    ];
  }

  // A mouse takes the frame anywhere; a finger takes it by the frame and else scrolls the page.
  pressed(event) {
    const mouse = event.pointerType === "mouse";
    this.drag = null;
    if (event.button || (!mouse && event.target !== this.frame)) return;
    this.box.setPointerCapture(event.pointerId);
    const [x, y] = this.cell(event);
    const grip = mouse ? [0, 0] : [x - this.at[0] - this.size[0] / 2, y - this.at[1] - this.size[1] / 2];
    this.drag = { grip, from: [event.clientX, event.clientY], far: false, over: false };
  }

  moved(event) {
    const drag = this.drag && !this.drag.over ? this.drag : null;
    if (!drag && (event.pointerType !== "mouse" || this.held)) return;
    const [x, y] = this.cell(event);
    if (!drag) return this.place(x, y);
    drag.far ||= Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]) > 3;
    if (drag.far) this.place(x - drag.grip[0], y - drag.grip[1]);
  }

  // A click holds the frame, so that the pointer can go elsewhere; a tap moves it there.
  clicked(event) {
    const dragged = this.drag?.far;
    this.drag = null;
    if (dragged) return;
    this.place(...this.cell(event));
    if (event.pointerType !== "touch" && this.hold) {
      this.held = !this.held;
      this.hold(this.held);
    }
  }
}

/** A Field with its caption. */
function figure(field, caption, ...more) {
  return make("figure", {}, make("figcaption", {}, ...[caption].flat()), field.box, ...more);
}

/** What the colours of a map mean. */
function legend(limit, positive) {
  const low = positive ? "0" : written(-limit);
  return make(
    "div",
    { class: `legend${positive ? " positive" : ""}`, "aria-hidden": "true" },
    make("span", { text: low }),
    make("i"),
    make("span", { text: written(limit) }),
  );
}

/** A sentence for screen readers, said when the frame has come to rest. */
class Voice {
  constructor() {
    this.element = make("p", { class: "said", role: "status", "aria-live": "polite" });
  }

  say(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(text, "polite"), 300);
  }

  /** For the eyes at once, and not aloud: what comes next would interrupt it. */
  show(text) {
    clearTimeout(this.timer);
    this.write(text, "off");
  }

  write(text, live) {
    this.element.setAttribute("aria-live", live);
    this.element.textContent = text;
  }

  cancel() {
    clearTimeout(this.timer);
  }
}

/** A view with a place on a grid, which pointers and keys move; `render` draws what belongs to the place. */
class View {
  constructor(rows, columns, before) {
    this.kept = before?.rows === rows && before?.columns === columns;
    Object.assign(this, { rows, columns, row: 0, column: 0 });
    if (this.kept) Object.assign(this, { row: before.row, column: before.column });
    this.draw = framewise(() => this.render());
    this.voice = new Voice();
  }

  /** Begin where these numbers are largest, unless the reader was somewhere already. */
  begin(values, columns = this.columns) {
    if (this.kept) return;
    let best = 0;
    values.forEach((value, place) => {
      if (Math.abs(value) > Math.abs(values[best])) best = place;
    });
    Object.assign(this, { row: Math.floor(best / columns), column: best % columns });
  }

  key(event) {
    const to = keyed(event, [this.row, this.column], this.rows, this.columns);
    if (to) this.go(...to);
    return Boolean(to);
  }

  go(row, column) {
    const inside = (value, count) => Math.max(0, Math.min(count - 1, Math.round(value)));
    const [down, across] = [inside(row, this.rows), inside(column, this.columns)];
    if (down === this.row && across === this.column) return;
    Object.assign(this, { row: down, column: across });
    this.draw();
  }

  /** Where in a map of `columns` numbers the place is. */
  get cellAt() {
    return this.row * this.columns + this.column;
  }

  dispose() {
    this.draw.cancel();
    this.voice.cancel();
  }
}

/** A map as a Field whose cells are the places of `view`, with its caption and legend. */
function mapField(view, { name, label, map, side, caption, palette, limit = largest(map), positive = false }) {
  const field = new Field({
    name,
    label,
    help: "keys",
    key: (event) => view.key(event),
    place: (x, y) => view.go(y - 0.5, x - 0.5),
  });
  paintSigned(field.canvas, palette, map, side, side, limit);
  return { field, element: figure(field, caption, legend(limit, positive)) };
}

const caption = (title, detail) => [make("b", { text: title }), make("span", { text: detail })];

/** The keys, said once in a view; Fields point to it. */
const keysLine = (say) => make("p", { class: "keys", id: "keys", text: say("keys") });
