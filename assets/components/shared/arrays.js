/** What alexnet/ui/browser/tensors.py wrote, a safetensors file: its values, and its tensors as typed arrays. */
function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const begin = 8 + Number(length);
  const { __metadata__, ...tensors } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, begin)));
  const kinds = { F32: Float32Array, U8: Uint8Array };
  const arrays = {};
  for (const [name, { dtype, data_offsets }] of Object.entries(tensors)) {
    const [from, to] = data_offsets.map((offset) => begin + offset);
    arrays[name] = new kinds[dtype](bytes.slice(from, to).buffer); // a copy: numbers need an aligned beginning
  }
  return { ...JSON.parse(__metadata__.values), arrays };
}

/** Whether two rows of numbers are equal. */
const same = (a, b) => a.length === b.length && a.every((value, at) => value === b[at]);
