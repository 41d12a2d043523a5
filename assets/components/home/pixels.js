/** A canvas of one pixel for each cell; `paint(at)` gives its red, green and blue. */
function painted(width, height, paint, attributes = {}) {
  const canvas = make("canvas", { width, height, ...attributes });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) image.data.set([...paint(at), 255], 4 * at);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The photograph, (size, size, 3) in one row. */
const photograph = (levels, size, attributes) =>
  painted(size, size, (at) => levels.subarray(3 * at, 3 * at + 3), attributes);

/** A map: no response is black, the strongest white. */
const tile = (values, side, attributes) =>
  painted(side, side, (at) => [values[at], values[at], values[at]], attributes);

/** The units of a dense layer, row by row, each a cell. */
function unitCells(values, across, attributes) {
  const rows = Math.ceil(values.length / across);
  return painted(across, rows, (at) => Array(3).fill(values[at] ?? 0), attributes);
}

/** One of the icons of the buttons. */
function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
