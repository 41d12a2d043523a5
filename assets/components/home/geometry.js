/** The square of the input that a layer's value at a row and column sees, in pixels; padding lies outside 0 to size. */
function seenBy({ offset, stride, field }, row, column) {
  return { top: offset + row * stride, left: offset + column * stride, side: field };
}

/** Its part inside the picture, as shares of the picture's side. */
function within({ top, left, side }, size) {
  const clamp = (value) => Math.min(Math.max(value, 0), size) / size;
  const [x, y] = [clamp(left), clamp(top)];
  return { x, y, width: clamp(left + side) - x, height: clamp(top + side) - y };
}

/** Row and column of the strongest response of a map; the first one, row by row. */
function strongest(values, side) {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[at]) at = i;
  return { row: Math.floor(at / side), column: at % side };
}
