// A short name for numbers by what they are: equal lists have equal names, wherever they stand.

/** Of the bits of all of them, in their order: 64 bits in two halves (FNV-1a, and the same from another start), and how many they are. */
export function digestOf(values: readonly number[]): string {
  const words = new Uint32Array(Float64Array.from(values).buffer);
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return `${values.length}-${hex(a)}${hex(b)}`;
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
