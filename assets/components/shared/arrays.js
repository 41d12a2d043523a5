/** What alexnet/ui/browser/packing.py packed: a header, and typed arrays over the same bytes. */
function unpack(bytes) {
  const copy = bytes.slice(); // typed arrays need an aligned beginning
  const length = new DataView(copy.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)));
  const kinds = { float32: Float32Array, uint8: Uint8Array };
  const arrays = {};
  for (const [name, { dtype, offset, count }] of Object.entries(header.arrays)) {
    arrays[name] = new kinds[dtype](copy.buffer, 4 + length + offset, count);
  }
  return { ...header, arrays };
}

/** Whether two rows of numbers are equal. */
const same = (a, b) => a.length === b.length && a.every((value, at) => value === b[at]);
