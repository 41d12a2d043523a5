// Steps by themselves, or by buttons.

const BEAT = 1300; // milliseconds a step
const PATHS = {
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  back: "M6 5h2v14H6zM19 5v14L9 12z",
  forward: "M16 5h2v14h-2zM5 5v14l10-7z",
  replay: "M12 5V1L6 6l6 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
};

class Player {
  /** `gone(step)` is told of every step. */
  constructor(say, last, gone) {
    Object.assign(this, { say, last, gone, step: 0, timer: 0, playing: false });
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const button = (name, act) =>
      make("button", { type: "button", class: "icon", data: { act: name }, title: say(name), "aria-label": say(name), on: { click: act } }, icon(PATHS[name]));
    this.toggle = button("play", () => (this.playing ? this.stop() : this.start()));
    this.root = make(
      "div",
      { class: "player", role: "group", "aria-label": say("steps") },
      button("back", () => this.to(this.step - 1)),
      this.still ? null : this.toggle,
      button("forward", () => this.to(this.step + 1)),
      button("replay", () => this.replay()),
    );
  }

  /** By hand: whoever steps wants to look. */
  to(step) {
    this.stop();
    this.go(step);
  }

  go(step) {
    this.step = Math.min(Math.max(step, 0), this.last);
    this.root.querySelector('[data-act="back"]').disabled = this.step === 0;
    this.root.querySelector('[data-act="forward"]').disabled = this.step === this.last;
    this.gone(this.step);
  }

  /** From the photograph on; all at once, or by hand, for whoever wants less motion. */
  replay() {
    this.go(0);
    if (!this.still) this.start();
  }

  start() {
    if (this.step === this.last) this.go(0);
    this.set(true);
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.root.isConnected) return this.stop();
      this.go(this.step + 1);
      if (this.step < this.last) this.wait();
      else this.stop();
    }, BEAT);
  }

  stop() {
    clearTimeout(this.timer);
    this.set(false);
  }

  set(playing) {
    this.playing = playing;
    const name = playing ? "pause" : "play";
    this.toggle.replaceChildren(icon(PATHS[name]));
    this.toggle.title = this.say(name);
    this.toggle.setAttribute("aria-label", this.say(name));
  }
}
