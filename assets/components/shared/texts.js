const whole = (value) => value.toLocaleString("en-US");

/** What says a text by its key, its gaps filled; whole numbers get their commas. */
function sayer(texts) {
  return (key, gaps = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (_, name) => {
      const value = gaps[name];
      return typeof value === "number" ? whole(value) : String(value);
    });
}
