// Random draws as pure functions of (seed, what they are for, neuron or connection, step), so that nothing else can change them:
// not the order of evaluation, the number of threads, another population, or a run split in two.
//
// The generator is Threefry-2x32 with 20 rounds (J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC11, 2011): add, rotate
// and xor only. Normals by the ziggurat (G. Marsaglia & W. W. Tsang, J. Stat. Softw. 5(8), 2000) with the layer and the
// position in it from different bits (J. A. Doornik 2005).

import { exp, log, sqrt } from "./math.ts";
import { UsageError } from "./usageError.ts";

/** One independent stream of draws: what it is for, under one seed. Two 32-bit words, the key of the generator. */
export interface Stream {
  /** "E/V", "exc E->I.w": who is named where a draw cannot be made. */
  readonly purpose: string;
  readonly k0: number;
  readonly k1: number;
  /** Whose number is drawn, where that is known: for messages. */
  readonly neuron?: number;
  /** Draws of steps to come, where few are drawn a step; nothing else of a stream is remembered. */
  ahead?: Ahead | null;
}

/** Normal draws of steps from .. from + STEPS_AHEAD - 1 for low <= i < high, those of one i side by side. */
interface Ahead {
  readonly low: number;
  readonly high: number;
  readonly values: Float64Array;
  from: number;
}

/** The stream for a purpose such as "E/V" or "GLIF/ξ#1" under a seed, an integer 0 .. 2^53-1. */
export function stream(seed: number, purpose: string): Stream {
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new UsageError(`a seed is an integer from 0 to 2^53 - 1, not ${seed}`);
  // The purpose is absorbed one UTF-16 unit at a time, each keying the next; the length closes it.
  let h0 = 0,
    h1 = 0;
  for (let i = 0; i <= purpose.length; i++) {
    threefry(BIT_WORDS, h0, h1, i, i < purpose.length ? purpose.charCodeAt(i) : -1 - i, 1, 0);
    h0 = BIT_WORDS[0]!;
    h1 = BIT_WORDS[1]!;
  }
  threefry(BIT_WORDS, seed | 0, Math.floor(seed / TWO_32) | 0, h0, h1, 1, 0);
  return { purpose, k0: BIT_WORDS[0]!, k1: BIT_WORDS[1]!, ahead: null };
}

/**
 * The stream of one source's connections: a pure function of the projection's stream and the source, 0 .. 2^32-1.
 * What its k-th connection draws is `uniform(row, k, 0)` or `normal(row, k, 0)`; a whole row at once is `fillNormal(out, 0, count, row, 0)`.
 */
export function rowStream(s: Stream, source: number): Stream {
  threefry(BIT_WORDS, s.k0, s.k1, source, ROW, 1, 0);
  return { purpose: s.purpose, k0: BIT_WORDS[0]!, k1: BIT_WORDS[1]!, ahead: null };
}

/** A number in (0, 1), never 0 or 1: one of the 2^52 odd multiples of 2^-53. `index` is an integer 0 .. 2^32-1, `step` an integer 0 .. 2^53-1. */
export function uniform(s: Stream, index: number, step: number): number {
  threefry(BIT_WORDS, (s.k0 + farKey(step)) | 0, s.k1, index, step | 0, 1, 0);
  return unit(BIT_WORDS[0]!, BIT_WORDS[1]!);
}

/** A number from the standard normal distribution, with its tails right to beyond 9 standard deviations. Arguments as of `uniform`. */
export function normal(s: Stream, index: number, step: number): number {
  const k0 = (s.k0 + farKey(step)) | 0;
  threefry(BIT_WORDS, k0, s.k1, index, step | 0, 1, 0);
  const word = BIT_WORDS[1]!,
    layer = word & 255,
    position = BIT_WORDS[0]! * 2097152 + (word >>> 11);
  return Math.abs(position) < INNER[layer]!
    ? position * WIDTH[layer]!
    : normalEdge(k0, s.k1, index, step | 0, position, layer);
}

/** out[i] = normal(s, i, step) for low <= i < high, bit for bit. */
export function fillNormal(out: Float64Array, low: number, high: number, s: Stream, step: number): void {
  // What is drawn for connections is drawn in step 0 alone.
  if (high - low <= FEW && step > 0 && step < FAR) {
    fillAhead(out, low, high, s, step);
    return;
  }
  const k0 = (s.k0 + farKey(step)) | 0;
  for (let from = low; from < high; from += BLOCK) {
    const to = Math.min(from + BLOCK, high);
    threefry(BIT_WORDS, k0, s.k1, from, step | 0, to - from, 0);
    normals(out, from, to - from, k0, s.k1, from, step | 0, 0);
  }
}

/** The same for few i: a generator that makes one number at a time waits for itself, so those of many steps are made together. */
function fillAhead(out: Float64Array, low: number, high: number, s: Stream, step: number): void {
  let ahead = s.ahead ?? null;
  if (ahead === null || ahead.low !== low || ahead.high !== high)
    s.ahead = ahead = { low, high, values: new Float64Array(STEPS_AHEAD * (high - low)), from: step - STEPS_AHEAD };
  const { values } = ahead;
  let k = step - ahead.from;
  if (!(k >= 0 && k < STEPS_AHEAD)) {
    for (let i = low, at = 0; i < high; i++, at += STEPS_AHEAD) {
      threefry(BIT_WORDS, s.k0, s.k1, i, step, STEPS_AHEAD, 1);
      normals(values, at, STEPS_AHEAD, s.k0, s.k1, i, step, 1);
    }
    ahead.from = step;
    k = 0;
  }
  for (let i = low; i < high; i++, k += STEPS_AHEAD) out[i] = values[k]!;
}

/** out[i] = uniform(s, i, step) for low <= i < high, bit for bit. */
export function fillUniform(out: Float64Array, low: number, high: number, s: Stream, step: number): void {
  const k0 = (s.k0 + farKey(step)) | 0;
  for (let from = low; from < high; from += BLOCK) {
    const to = Math.min(from + BLOCK, high);
    threefry(BIT_WORDS, k0, s.k1, from, step | 0, to - from, 0);
    for (let i = from, w = 0; i < to; i++, w += 2) out[i] = unit(BIT_WORDS[w]!, BIT_WORDS[w + 1]!);
  }
}

/** Streams of one purpose, each under a seed of its own: for neurons that are runs, each of which is number 0 of its own stream. */
export interface Streams {
  /** Keys, a stream an element. */
  readonly k0: Int32Array;
  readonly k1: Int32Array;
  /** Normal draws of steps from .. from + STEPS_AHEAD - 1, those of one stream side by side. */
  readonly ahead: { values: Float64Array; from: number };
}

/** `stream(seeds[i], purpose)` for each i; their keys are written to k0 and k1. */
export function streamsOf(seeds: ArrayLike<number>, purpose: string, k0: Int32Array, k1: Int32Array): Streams {
  for (let i = 0; i < seeds.length; i++) {
    const one = stream(seeds[i]!, purpose);
    k0[i] = one.k0;
    k1[i] = one.k1;
  }
  return { k0, k1, ahead: { values: new Float64Array(0), from: -STEPS_AHEAD } };
}

/** out[i] = normal(stream i, 0, step) for low <= i < high, bit for bit. */
export function fillNormalOfEach(out: Float64Array, low: number, high: number, s: Streams, step: number): void {
  if (step >= FAR) {
    for (let i = low; i < high; i++) out[i] = normal(streamAt(s, i), 0, step);
    return;
  }
  const { k0, k1, ahead } = s;
  let k = step - ahead.from;
  if (!(k >= 0 && k < STEPS_AHEAD && ahead.values.length > 0)) {
    if (ahead.values.length === 0) ahead.values = new Float64Array(STEPS_AHEAD * k0.length);
    for (let i = 0; i < k0.length; i++) {
      threefry(BIT_WORDS, k0[i]!, k1[i]!, 0, step, STEPS_AHEAD, 1);
      normals(ahead.values, i * STEPS_AHEAD, STEPS_AHEAD, k0[i]!, k1[i]!, 0, step, 1);
    }
    ahead.from = step;
    k = 0;
  }
  const { values } = ahead;
  for (let i = low; i < high; i++) out[i] = values[i * STEPS_AHEAD + k]!;
}

/** out[i] = uniform(stream i, 0, step) for low <= i < high. */
export function fillUniformOfEach(out: Float64Array, low: number, high: number, s: Streams, step: number): void {
  for (let i = low; i < high; i++) out[i] = uniform(streamAt(s, i), 0, step);
}

function streamAt({ k0, k1 }: Streams, i: number): Stream {
  return { purpose: "", k0: k0[i]!, k1: k1[i]! };
}

/** Threefry-2x32-20 of `count` counters under the key (k0, k1), all int32: two words for each, into words[0], words[1], …. The counters are (c0, c1), (c0 + 1, c1), …, or with `along` 1 (c0, c1), (c0, c1 + 1), …. */
export function threefry(
  words: Int32Array,
  k0: number,
  k1: number,
  c0: number,
  c1: number,
  count: number,
  along: 0 | 1,
): void {
  const a = k0,
    b = k1,
    c = a ^ b ^ 0x1bd11bda; // the parity constant of Skein 1.3
  const cNext = (c + 1) | 0,
    a2 = (a + 2) | 0,
    b3 = (b + 3) | 0,
    c4 = (c + 4) | 0,
    a5 = (a + 5) | 0;
  let x0 = (c0 + a) | 0,
    y0 = (c1 + b) | 0;
  for (let w = 0; w < 2 * count; w += 2) {
    let x = x0,
      y = y0;
    x0 = (x0 + 1 - along) | 0;
    y0 = (y0 + along) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + b) | 0;
    y = (y + cNext) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + c) | 0;
    y = (y + a2) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + a) | 0;
    y = (y + b3) | 0;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + b) | 0;
    y = (y + c4) | 0;
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    words[w] = x + c;
    words[w + 1] = y + a5;
  }
}

const TWO_32 = 4294967296;
/** Second counter of draws that are keys of rows: no step of a run comes near it. */
const ROW = -1;
/** Counters whose bits are drawn at a time; two words each stay in the first-level cache. */
const BLOCK = 512;
const BIT_WORDS = new Int32Array(2 * BLOCK);
/** So few draws a step are made for many steps at once; farther than FAR no such block may reach. */
const FEW = 8;
const STEPS_AHEAD = 64;
const FAR = 2 ** 31 - STEPS_AHEAD;

/** What a step beyond 2^32 adds to the first word of the key; 0 for all others. */
export function farKey(step: number): number {
  return step < TWO_32 ? 0 : Math.imul(Math.floor(step / TWO_32), 0x61c88647);
}

/** 52 bits and a half, times 2^-52. */
function unit(high: number, low: number): number {
  return ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) * 2.220446049250313e-16;
}

// ---- the ziggurat: 256 layers of equal area under e^(-x²/2), layer 0 the base with the tail

const LAYERS = 256;
const TAIL = 3.6541528853610088; // where the tail begins
const AREA = 0.004928673233974655; // of each layer, the tail with layer 0: this pair is what makes the last layer end at the mode
const HALF_RANGE = 4503599627370496; // positions are integers in [-2^52, 2^52)
/** position * WIDTH[layer] is the abscissa. */
const WIDTH = new Float64Array(LAYERS);
/** |position| below this is under the curve without looking. */
const INNER = new Float64Array(LAYERS);
/** Density at the lower edge of each layer, and at the top of the last. */
const DENSITY = new Float64Array(LAYERS + 1);
buildZiggurat();
/** WIDTH and INNER of each layer side by side: for kernels that draw for themselves. */
export const ZIGGURAT: Float64Array = Float64Array.from(
  { length: 2 * LAYERS },
  (_, k) => (k % 2 === 0 ? WIDTH : INNER)[k >> 1] as number,
);

function buildZiggurat(): void {
  // x: right edge of the layer; the layer above it begins where the area is used up
  let x = TAIL,
    density = exp(-0.5 * x * x),
    edge = AREA / density;
  WIDTH[0] = edge / HALF_RANGE;
  INNER[0] = (x / edge) * HALF_RANGE;
  for (let layer = 1; layer < LAYERS; layer++) {
    DENSITY[layer] = density;
    WIDTH[layer] = x / HALF_RANGE;
    density = layer === LAYERS - 1 ? 1 : density + AREA / x;
    edge = layer === LAYERS - 1 ? 0 : sqrt(-2 * log(density));
    INNER[layer] = (edge / x) * HALF_RANGE;
    x = edge;
  }
  DENSITY[LAYERS] = 1;
}

/** The transform of the block of bits that threefry has made with the same arguments, apart from it so that each loop is a function of its own. */
function normals(
  out: Float64Array,
  at: number,
  count: number,
  k0: number,
  k1: number,
  index: number,
  step: number,
  along: 0 | 1,
): void {
  for (let k = 0; k < count; k++) {
    const word = BIT_WORDS[2 * k + 1]!,
      layer = word & 255,
      position = BIT_WORDS[2 * k]! * 2097152 + (word >>> 11);
    out[at + k] =
      Math.abs(position) < INNER[layer]!
        ? position * WIDTH[layer]!
        : normalEdge(k0, k1, index + (along === 0 ? k : 0), step + (along === 0 ? 0 : k), position, layer);
  }
}

const EDGE = new Int32Array(2);

/** The 1.2 % of draws that fall outside a layer's inner box: further bits come from keys derived by the number of the draw. */
export function normalEdge(
  k0: number,
  k1: number,
  index: number,
  step: number,
  position: number,
  layer: number,
): number {
  drawAgain(k0, k1, index, step, 1);
  return pastEdge(k0, k1, index, step, position, layer);
}

/** The same where the two words that the number is made of stand at `at` and at + 4, those of the first further draw at at + 8 and at + 12. */
export function normalOf(k0: number, k1: number, index: number, step: number, words: Int32Array, at: number): number {
  const word = words[at + 4]!;
  EDGE[0] = words[at + 8]!;
  EDGE[1] = words[at + 12]!;
  return pastEdge(k0, k1, index, step, words[at]! * 2097152 + (word >>> 11), word & 255);
}

/** The second word of the key from which the n-th further draw comes; the first is ~k0. */
export function furtherKey(k1: number, draw: number): number {
  return (k1 + Math.imul(draw, 0x9e3779b9)) | 0;
}

/** From a draw outside its layer's inner box, the words of the first further draw in EDGE. */
function pastEdge(k0: number, k1: number, index: number, step: number, position: number, layer: number): number {
  for (let draw = 2; ; drawAgain(k0, k1, index, step, draw++)) {
    if (layer === 0) {
      // Marsaglia's tail: exponential with the slope of the density where it begins, thinned
      const beyond = -log(unitOf32(EDGE[0]!)) / TAIL;
      if (-2 * log(unitOf32(EDGE[1]!)) > beyond * beyond) return position < 0 ? -TAIL - beyond : TAIL + beyond;
    } else {
      const x = position * WIDTH[layer]!;
      if (DENSITY[layer]! + unit(EDGE[0]!, EDGE[1]!) * (DENSITY[layer + 1]! - DENSITY[layer]!) < exp(-0.5 * x * x))
        return x;
      drawAgain(k0, k1, index, step, draw++);
      layer = EDGE[1]! & 255;
      position = EDGE[0]! * 2097152 + (EDGE[1]! >>> 11);
      if (Math.abs(position) < INNER[layer]!) return position * WIDTH[layer]!;
    }
  }
}

function drawAgain(k0: number, k1: number, index: number, step: number, draw: number): void {
  threefry(EDGE, ~k0, furtherKey(k1, draw), index, step, 1, 0);
}

function unitOf32(word: number): number {
  return ((word >>> 0) + 0.5) / TWO_32;
}
