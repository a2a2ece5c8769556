// Where the state of a population lives without WebAssembly (pairs.ts): one pooled buffer, so that a copy of it is a checkpoint and arrays do not alias in the cache.

/** Arrays cut from one buffer. */
export interface Memory {
  /** The whole pool; copying it is a checkpoint of everything cut from it. */
  readonly words: Float64Array;
  readonly arrays: readonly Float64Array[];
}

/**
 * `count` arrays of `length` doubles in one buffer. Each starts 320 bytes further on, modulo 4096, than the one before:
 * large arrays at equal offsets of a page share cache sets and slow a kernel down up to three times.
 */
export function allocate(length: number, count: number): Memory {
  const page = 512; // doubles in 4096 bytes
  const stagger = 40; // doubles in 320 bytes
  const starts: number[] = [];
  let next = 0;
  for (let k = 0; k < count; k++) {
    const wanted = (k * stagger) % page;
    next += (wanted - (next % page) + page) % page;
    starts.push(next);
    next += length;
  }
  const bytes = Math.max(next, 1) * 8;
  const buffer = typeof SharedArrayBuffer === "function" ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const words = new Float64Array(buffer);
  return { words, arrays: starts.map((start) => words.subarray(start, start + length)) };
}
