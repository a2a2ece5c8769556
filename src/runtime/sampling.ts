// Uniform samples of whole numbers, with and without replacement, ascending, in time linear in the size of the sample: the rows of random connectivity.
//
// A number below m is floor(w/q) of a 32-bit word w, q = floor(2^32/m), the few words from q*m on thrown away: exactly uniform.

import { threefry, type Stream } from "./random.ts";

/** `count` different numbers of 0 .. m-1, every subset equally likely, ascending, into out[at], out[at + 1], …. 0 <= count <= m < 2^31. */
export function sampleDistinct(out: Int32Array, at: number, count: number, m: number, row: Stream): void {
  if (count === m) countUp(out, at, m);
  else if (count * SPARSE >= m) sampleByMarking(out, at, count, m, row);
  else if (count > 0) sampleBySorting(out, at, count, m, row);
}

/** `count` independent numbers of 0 .. m-1, ascending, into out[at], out[at + 1], …. 1 <= m < 2^31 unless count is 0. */
export function sampleRepeated(out: Int32Array, at: number, count: number, m: number, row: Stream): void {
  if (count === 0) return;
  drawNumbers(out, at, at + count, m, row, 0);
  sortUniform(out, at, count, m);
}

/** Below one number in this many, sorting a sample is cheaper than looking for its marks. */
const SPARSE = 64;
/** Counters whose bits are drawn at a time; each gives two numbers. */
const DRAWS_AT_ONCE = 512;
const SAMPLE_WORDS = new Int32Array(2 * DRAWS_AT_ONCE);
/** One bit for each number; all zero between samples. */
let marks = new Int32Array(1024);
let buckets = new Int32Array(1024);
let sorted = new Int32Array(1024);

function countUp(out: Int32Array, at: number, count: number): void {
  for (let x = 0; x < count; x++) out[at + x] = x;
}

/** Draws until enough numbers are marked; above half, those that are left out. */
function sampleByMarking(out: Int32Array, at: number, count: number, m: number, row: Stream): void {
  const cells = (m + 31) >>> 5,
    others = count > m / 2,
    q = Math.floor(WORD_RANGE / m);
  if (marks.length < cells) marks = new Int32Array(2 * cells);
  let missing = others ? m - count : count;
  for (let counter = 0; missing > 0;) {
    const counters = Math.min(DRAWS_AT_ONCE, (missing + 1) >>> 1);
    threefry(SAMPLE_WORDS, row.k0, row.k1, counter, 0, counters, 0);
    missing = mark(marks, 2 * counters, m, q, missing);
    counter += counters;
  }
  if (others) complement(marks, cells, m);
  collect(out, at, marks, cells);
}

/** Marks numbers until none is missing or the words are used up; how many are missing then. */
function mark(cells: Int32Array, words: number, m: number, q: number, missing: number): number {
  for (let w = 0; w < words && missing > 0; w++) {
    const x = ((SAMPLE_WORDS[w]! >>> 0) / q) | 0;
    if (x >= m) continue;
    const bit = 1 << (x & 31),
      cell = cells[x >>> 5]!;
    cells[x >>> 5] = cell | bit;
    missing -= (cell & bit) === 0 ? 1 : 0;
  }
  return missing;
}

function complement(cells: Int32Array, count: number, m: number): void {
  for (let c = 0; c < count; c++) cells[c] = ~cells[c]!;
  if (m & 31) cells[count - 1]! &= (1 << (m & 31)) - 1;
}

/** The marked numbers in order; clears the marks. */
function collect(out: Int32Array, at: number, cells: Int32Array, count: number): void {
  for (let c = 0; c < count; c++) {
    let bits = cells[c]!;
    cells[c] = 0;
    while (bits !== 0) {
      out[at++] = (c << 5) + 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
    }
  }
}

/** The first `count` different numbers of a sequence of draws: what is there twice is dropped and drawn anew. */
function sampleBySorting(out: Int32Array, at: number, count: number, m: number, row: Stream): void {
  for (let have = 0, counter = 0; have < count;) {
    counter = drawNumbers(out, at + have, at + count, m, row, counter);
    sortUniform(out, at, count, m);
    have = dropRepeated(out, at, count);
  }
}

function dropRepeated(out: Int32Array, at: number, count: number): number {
  let kept = 1;
  for (let k = 1; k < count; k++) if (out[at + k] !== out[at + k - 1]) out[at + kept++] = out[at + k]!;
  return kept;
}

/** out[from..to) from the words of counters `counter`, counter + 1, …; the first counter that was not used. */
function drawNumbers(out: Int32Array, from: number, to: number, m: number, row: Stream, counter: number): number {
  const q = Math.floor(WORD_RANGE / m);
  while (from < to) {
    const counters = Math.min(DRAWS_AT_ONCE, (to - from + 1) >>> 1);
    threefry(SAMPLE_WORDS, row.k0, row.k1, counter, 0, counters, 0);
    from = take(out, from, to, 2 * counters, m, q);
    counter += counters;
  }
  return counter;
}

function take(out: Int32Array, from: number, to: number, words: number, m: number, q: number): number {
  for (let w = 0; w < words && from < to; w++) {
    const x = ((SAMPLE_WORDS[w]! >>> 0) / q) | 0;
    if (x < m) out[from++] = x;
  }
  return from;
}

const WORD_RANGE = 4294967296;

/** Sorts uniform numbers below m: into about as many buckets as there are numbers, then by insertion, which moves none of them far. */
function sortUniform(out: Int32Array, at: number, count: number, m: number): void {
  if (count <= 24) return insertEach(out, at, out, at, count);
  let shift = 0;
  while ((m - 1) >>> shift >= 2 * count) shift++;
  const used = ((m - 1) >>> shift) + 1;
  if (buckets.length <= used) buckets = new Int32Array(2 * used);
  if (sorted.length < count) sorted = new Int32Array(2 * count);
  buckets.fill(0, 0, used + 1);
  for (let k = at; k < at + count; k++) buckets[(out[k]! >>> shift) + 1]!++;
  runningSum(buckets, used);
  distribute(sorted, out, at, count, buckets, shift);
  insertEach(out, at, sorted, 0, count);
}

function runningSum(counts: Int32Array, last: number): void {
  for (let b = 1; b <= last; b++) counts[b]! += counts[b - 1]!;
}

function distribute(
  to: Int32Array,
  from: Int32Array,
  at: number,
  count: number,
  next: Int32Array,
  shift: number,
): void {
  for (let k = at; k < at + count; k++) {
    const x = from[k]!;
    to[next[x >>> shift]!++] = x;
  }
}

/** out[at..] = from[first..], in order; the two may be the same. */
function insertEach(out: Int32Array, at: number, from: Int32Array, first: number, count: number): void {
  for (let k = 0; k < count; k++) {
    const x = from[first + k]!;
    let place = at + k;
    for (; place > at && out[place - 1]! > x; place--) out[place] = out[place - 1]!;
    out[place] = x;
  }
}
