// Rows of ascending numbers in about one byte a number: where a condition decides, how many connections there are is known only when all pairs have been tested, and each is tested once.

export interface Packing {
  /** Appends a row: the ascending numbers values[0..count), none below `base`. */
  readonly append: (values: Int32Array, count: number, base: number) => void;
  /** Bytes held. */
  readonly bytes: () => number;
  /** Takes the rows out again in the order in which they came, the next one into out[at..at+count), with the count and base it had; what was read is let go. */
  readonly next: (out: Int32Array, at: number, count: number, base: number) => void;
}

export function createPacking(): Packing {
  const chunks: Uint8Array[] = [],
    firstRow: number[] = []; // a row never straddles two chunks
  let packed = new Uint8Array(1024),
    rows = 0,
    held = 0,
    used = 0;
  let rowsRead = 0,
    reading = 0,
    position = 0;
  return {
    append(values, count, base) {
      if (packed.length < LONGEST * count) packed = new Uint8Array(2 * LONGEST * count);
      const length = pack(packed, values, count, base);
      if (chunks.length === 0 || used + length > chunks.at(-1)!.length) {
        const chunk = new Uint8Array(Math.max(length, SMALLEST << Math.min(chunks.length, DOUBLINGS)));
        chunks.push(chunk);
        firstRow.push(rows);
        held += chunk.length;
        used = 0;
      }
      chunks.at(-1)!.set(packed.subarray(0, length), used);
      used += length;
      rows++;
    },
    bytes: () => held,
    next(out, at, count, base) {
      if (rowsRead === firstRow[reading + 1]) {
        chunks[reading++] = NONE;
        position = 0;
      }
      position = unpack(out, at, count, base, chunks[reading]!, position);
      rowsRead++;
    },
  };
}

/** Chunks grow from 1 kB to 256 kB. */
const SMALLEST = 1024;
const DOUBLINGS = 8;
const NONE = new Uint8Array(0);
/** Bytes of the longest difference, 31 bits at seven a byte. */
const LONGEST = 5;

/** Each number as the difference from the one before, seven bits a byte, low ones first, the eighth bit set where more follow. */
function pack(bytes: Uint8Array, values: Int32Array, count: number, base: number): number {
  let length = 0;
  for (let k = 0; k < count; k++) {
    let difference = values[k]! - base;
    base = values[k]!;
    for (; difference > 127; difference >>>= 7) bytes[length++] = difference | 128;
    bytes[length++] = difference;
  }
  return length;
}

function unpack(out: Int32Array, at: number, count: number, base: number, bytes: Uint8Array, position: number): number {
  for (let k = 0; k < count; k++) {
    let byte = bytes[position++]!,
      difference = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[position++]!;
      difference |= (byte & 127) << shift;
    }
    base += difference;
    out[at + k] = base;
  }
  return position;
}
