// The arithmetic of the Convolution page, in the browser. What alexnet/numerics/operations.py computes is computed
// here again; tests read the numbers back and compare.

/** Pixels of a padded side, the part included that the last window hangs over. */
const wholeSide = (along) => along.begin + along.input + along.end + along.overhang;

/** What a network reads, (level - shift) / unit, with zeros around it: (side, side, 3) in one row. */
function readImage(levels, along, { shift, unit }) {
  const side = wholeSide(along);
  const values = new Float64Array(side * side * 3);
  for (let y = 0; y < along.input; y++) {
    let to = ((y + along.begin) * side + along.begin) * 3;
    let from = y * along.input * 3;
    for (let i = 0; i < along.input * 3; i++) {
      values[to++] = (levels[from++] - shift[i % 3]) / unit[i % 3];
    }
  }
  return values;
}

/** One value of a map, step by step. */
function convolutionStep(values, along, kernel, bias, row, column) {
  const side = wholeSide(along);
  const width = along.kernel * 3;
  const window = new Float64Array(along.kernel * width);
  const products = new Float64Array(along.kernel * width);
  const channels = [0, 0, 0];
  let place = 0;
  for (let y = 0; y < along.kernel; y++) {
    let from = ((row * along.stride + y) * side + column * along.stride) * 3;
    for (let i = 0; i < width; i++, place++) {
      window[place] = values[from++];
      products[place] = window[place] * kernel[place];
      channels[i % 3] += products[place];
    }
  }
  return { window, products, channels, total: channels[0] + channels[1] + channels[2] + bias };
}

/** A whole map, (output, output). */
function convolve(values, along, kernel, bias) {
  const side = wholeSide(along);
  const width = along.kernel * 3;
  const map = new Float64Array(along.output * along.output);
  for (let row = 0; row < along.output; row++) {
    for (let column = 0; column < along.output; column++) {
      let sum = bias;
      let place = 0;
      for (let y = 0; y < along.kernel; y++) {
        let from = ((row * along.stride + y) * side + column * along.stride) * 3;
        for (let i = 0; i < width; i++) sum += values[from++] * kernel[place++];
      }
      map[row * along.output + column] = sum;
    }
  }
  return map;
}

const relu = (map) => map.map((value) => (value > 0 ? value : 0));

/** The largest value of each window, and where in the map it lies; what is outside is never the maximum. */
function maxPool(map, along) {
  const values = new Float64Array(along.output * along.output).fill(-Infinity);
  const places = new Int32Array(values.length);
  for (let row = 0; row < along.output; row++) {
    for (let column = 0; column < along.output; column++) {
      const cell = row * along.output + column;
      const bottom = Math.min(row * along.stride + along.kernel, along.input);
      const right = Math.min(column * along.stride + along.kernel, along.input);
      for (let y = row * along.stride; y < bottom; y++) {
        for (let x = column * along.stride; x < right; x++) {
          if (map[y * along.input + x] > values[cell]) {
            values[cell] = map[y * along.input + x];
            places[cell] = y * along.input + x;
          }
        }
      }
    }
  }
  return { values, places };
}

/** (k + alpha * the sum of the neighbouring maps' squares) ** beta, at one place of all maps. */
function lrnDivisor(maps, place, { k, alpha, beta }) {
  let squares = 0;
  for (const map of maps) squares += map[place] * map[place];
  return { squares, divisor: (k + alpha * squares) ** beta };
}

function largest(values) {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

function deviation(values) {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/** The root of the sum of squares. */
function norm(values) {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** A number with three places and a true minus sign. */
function written(value, places = 3) {
  const text = Math.abs(value).toFixed(places);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}%`;
