// A photograph runs through both towers. Streamlit calls this at each rerun, so what has not changed stays as it is.

class Home {
  constructor(given, say, memory) {
    Object.assign(this, { given, say });
    this.send = memory?.send;
    this.net = new NetworkView(given, say, (layer, tower) => this.open(layer, tower));
    this.panel = new Panel(given, say, () => this.shut(true), (page, query) => this.send({ page, query }));
    this.player = new Player(say, given.layers.length, (step) => this.gone(step));
    this.live = make("p", { class: "step", role: "status", "aria-live": "polite" });
    this.verdict = make("p", { class: "verdict", role: "status", "aria-live": "polite" });
    this.credit = make("p", { class: "credit" });
    const main = make("div", { class: "main" }, this.net.root, this.live, this.verdict, this.credit);
    this.body = make("div", { class: "body" }, main, this.panel.root);
    this.root = make(
      "div",
      { class: "home-root" },
      make("div", { class: "bar-top" }, this.chooser(), this.player.root),
      this.body,
    );
    const ids = given.pictures.map((one) => one.id);
    const fresh = memory && given.first !== memory.given.first; // one's own, just read
    const id = !fresh && ids.includes(memory?.picture.id) ? memory.picture.id : given.first;
    this.choose(id, memory && !fresh ? memory.player.step : null);
    if (memory?.panel.layer && !memory.panel.root.hidden) {
      this.open(given.layers.find((one) => one.name === memory.panel.layer.name), memory.panel.tower, false);
    }
  }

  chooser() {
    this.choices = this.given.pictures.map((one) =>
      make(
        "button",
        { type: "button", class: "choice", data: { picture: one.id }, title: one.name, "aria-label": one.name, on: { click: () => this.choose(one.id, null) } },
        photograph(this.given.arrays[`${one.id}/photograph`], this.given.size),
        make("span", { text: one.name }),
      ),
    );
    return make("div", { class: "choices", role: "group", "aria-label": this.say("choose") }, ...this.choices);
  }

  /** Another photograph, from the beginning; or at a step where the reader already was. */
  choose(id, step) {
    this.picture = this.given.pictures.find((one) => one.id === id);
    this.choices.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.picture === id)));
    this.player.stop();
    this.net.show(this.picture);
    this.credits();
    if (!this.panel.root.hidden) this.open(this.panel.layer, this.panel.tower, false);
    const { still, last } = this.player;
    this.player.go(step ?? (still ? last : 0));
    if (step === null && !still) this.player.start();
  }

  credits() {
    const { credit } = this.picture;
    const link = credit && make("a", { href: credit.source, target: "_blank", rel: "noreferrer", text: credit.author });
    this.credit.replaceChildren(...(credit ? [`${this.say("credit")} `, link, `, ${credit.licence}`] : []));
  }

  gone(step) {
    this.net.go(step);
    this.live.textContent = this.said(step);
    this.live.dataset.step = step;
    // Not before it is reached: a class guesses meanwhile.
    this.verdict.textContent = step === this.player.last ? this.judged() : "";
    this.root.classList.toggle("done", step === this.player.last);
  }

  /** A step in words. */
  said(step) {
    const { given, say, picture } = this;
    if (step === 0) return say("step_photograph", { size: given.size });
    const layer = given.layers[step - 1];
    if (layer.towers === 1) return say("step_answer", { layer: layer.name, units: layer.units });
    const { numbers, peaks } = picture.layers[layer.name];
    const gaps = {
      layer: layer.name,
      side: layer.side,
      units: layer.units,
      first: numbers[0][0],
      first_peak: peaks[0][0].toFixed(2),
      second: numbers[1][0],
      second_peak: peaks[1][0].toFixed(2),
    };
    return say(layer.dense ? "step_units" : "step_maps", gaps) + (layer.meets ? ` ${say("step_meets")}` : "");
  }

  /** What the network says of the photograph, and whether that is so. */
  judged() {
    const { picture, given, say } = this;
    const [first, second] = guesses(picture, given.classes);
    const said = say("verdict", {
      name: first.name,
      share: percentOf(first.share),
      second: second.name,
      second_share: percentOf(second.share),
    });
    if (picture.truth === null) return said;
    const truth = given.classes[picture.truth];
    return `${said} ${say(picture.truth === first.at ? "right" : "wrong", { truth })}`;
  }

  open(layer, tower, focusing = true) {
    this.player.stop();
    if (focusing && this.player.step < this.given.layers.indexOf(layer) + 1) {
      this.player.go(this.given.layers.indexOf(layer) + 1);
    }
    this.panel.show(this.picture, layer, tower);
    this.body.classList.add("beside");
    this.net.mark(layer, tower);
    this.net.fit();
    if (!focusing) return;
    if (!this.body.classList.contains("wide")) this.boxOf(layer, tower).scrollIntoView({ block: "start" });
    this.panel.root.querySelector("h3").focus({ preventScroll: true });
  }

  shut(focusing) {
    const { layer, tower } = this.panel;
    this.panel.root.hidden = true;
    this.body.classList.remove("beside");
    this.net.mark(null, 0);
    this.net.fit();
    if (focusing) this.boxOf(layer, tower).focus();
  }

  boxOf(layer, tower) {
    return this.net.boxes[this.given.layers.indexOf(layer)][tower];
  }

  dispose() {
    this.player.stop();
    this.net.dispose();
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".home");
  const send = (asked) => setTriggerValue("go", asked);
  const before = host.home;
  if (!before || !same(host.bytes, data)) {
    const given = unpack(data);
    before?.dispose();
    host.home = new Home(given, sayer(given.texts), before);
    host.bytes = data;
    host.replaceChildren(host.home.root);
  }
  host.home.send = send;
  return () => host.isConnected || host.home?.dispose();
}
