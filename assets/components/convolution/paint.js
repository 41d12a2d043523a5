// Numbers as colours. Signed values run from blue over near white at zero to orange, as everywhere in the app.

const channelsOf = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function makePalette({ low, zero, high }) {
  const [below, middle, above] = [low, zero, high].map(channelsOf);
  const steps = 256; // to either side of zero
  const table = new Uint8ClampedArray((2 * steps + 1) * 3);
  for (let at = -steps; at <= steps; at++) {
    const end = at < 0 ? below : above;
    const share = Math.abs(at) / steps;
    for (let c = 0; c < 3; c++) table[(at + steps) * 3 + c] = middle[c] + (end[c] - middle[c]) * share;
  }
  return (value, limit, pixels, to) => {
    const share = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
    const from = (Math.round(share * steps) + steps) * 3;
    pixels[to] = table[from];
    pixels[to + 1] = table[from + 1];
    pixels[to + 2] = table[from + 2];
    pixels[to + 3] = 255;
  };
}

/** Draw cell by cell: `colour(place, pixels, to)` writes four bytes, or none for a cell that is not there. */
function paint(canvas, width, height, colour) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let place = 0; place < width * height; place++) colour(place, image.data, place * 4);
  context.putImageData(image, 0, 0);
}

/** Signed numbers of (height, width). */
function paintSigned(canvas, palette, values, width, height, limit = largest(values)) {
  paint(canvas, width, height, (place, pixels, to) => palette(values[place], limit, pixels, to));
}

/** A picture's levels of 0 to 255, where the padded side has them. */
function paintLevels(canvas, levels, along) {
  const side = wholeSide(along);
  paint(canvas, side, side, (place, pixels, to) => {
    const y = Math.floor(place / side) - along.begin;
    const x = (place % side) - along.begin;
    if (y < 0 || x < 0 || y >= along.input || x >= along.input) return;
    const from = (y * along.input + x) * 3;
    for (let c = 0; c < 3; c++) pixels[to + c] = levels[from + c];
    pixels[to + 3] = 255;
  });
}

/** A kernel as a picture: weight 0 is mid grey, as on the Kernels page. */
function paintKernel(canvas, kernel, side) {
  const limit = largest(kernel) || 1;
  paint(canvas, side, side, (place, pixels, to) => {
    for (let c = 0; c < 3; c++) pixels[to + c] = 127 + Math.round((127 * kernel[place * 3 + c]) / limit);
    pixels[to + 3] = 255;
  });
}
