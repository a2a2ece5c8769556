/*
 * LIF: one model by itself.
 * Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018.
 *
 * Written by glif from lif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population LIF:
 *   V is linear with constant coefficients: exact propagator.
 *   While refractory V is held.
 */

// From the runtime, runtime/usageError.ts
// What a model or a program asks for and cannot have, told to whoever asks. Any other RangeError is a fault of ours, or of the machine.

/** A name that is not there, a value that does not fit, a draw or a connection that cannot be made: the message says which, and what there is. */
class UsageError extends RangeError {
  override readonly name: string = "UsageError";
}

/** What only a run shows: a rate below 0, a draw that cannot be made. It says what and when, and the run cannot go on; what was recorded before is good. */
class StoppedError extends UsageError {
  override readonly name: string = "StoppedError";
}

// From the runtime, runtime/endless.ts
// A step that does not come to an end: what goes on in it, and in which neuron, so that a run stops there instead of going on for ever.

interface Endless {
  readonly kind: "events" | "substeps" | "pieces";
  readonly neuron: number;
  /** ms */
  readonly time: number;
  /** The condition that goes on becoming true (the spike's first, then the events'), or the state that needs the shortest substeps; -1 for none in particular. */
  readonly index: number;
}

/** Thrown by steppers; the simulation adds the names. */
class EndlessStep extends Error {
  override readonly name = "EndlessStep";
  readonly about: Endless;

  constructor(about: Endless) {
    super(`a step does not end: ${about.kind}`);
    this.about = about;
  }
}

/** Thrown by an adaptive integrator, which does not know whom it integrates. */
class TooManySubsteps extends Error {
  override readonly name = "TooManySubsteps";
  /** ms */
  readonly time: number;
  /** The state whose error is the largest. */
  readonly state: number;

  constructor(time: number, state: number) {
    super(`too many substeps at t = ${time} ms`);
    this.time = time;
    this.state = state;
  }
}

/** A simulation cannot go on: one step of a neuron would not end. */
class EndlessError extends UsageError {
  override readonly name = "EndlessError";
  readonly kind: Endless["kind"];
  readonly population: string;
  readonly neuron: number;
  readonly time: number;
  /** The state or the condition; "" for none in particular. */
  readonly what: string;
  readonly index: number;

  constructor(population: string, about: Endless, what: string) {
    super(`${population}[${about.neuron}] does not get past t = ${about.time} ms: ${REASONS[about.kind](what)}`);
    this.kind = about.kind;
    this.population = population;
    this.neuron = about.neuron;
    this.time = about.time;
    this.index = about.index;
    this.what = what;
  }
}

const REASONS: Readonly<Record<Endless["kind"], (what: string) => string>> = {
  events: (what) => `${what} happens more than 1000 times in one step`,
  substeps: (what) => `${what} needs more than 20000 substeps in one step`,
  pieces: () => "what its conditions read changes too fast to be followed",
};

// From the runtime, runtime/math.ts

// Elementary functions with the same bits on every machine: V8's own exp, log, pow, sin, … differ between releases in the last digit.
//
// Only what IEEE 754 fixes to the last bit is used: + - * / sqrt, comparisons, exact rounding to integers, and views of the bits.
// Errors are given in units in the last place (ulp) of the result. Polynomials are near-minimax: interpolated at Chebyshev nodes in
// 400-bit arithmetic, their error below 2^-55 of the result. The reductions are the classical ones: W. J. Cody & W. Waite, Software Manual
// for the Elementary Functions (1980); double-double products after T. J. Dekker, Numer. Math. 18, 224 (1971).

/** e^x. Error below 0.6 ulp. One way for all x in the middle, without a division and with paired terms (Estrin): in a kernel nothing waits long. */
function exp(x: number): number {
  if (x * x > 31329) return expEdge(x); // |x| > 177: beyond the table
  // k = 32 x/ln 2 to the nearest integer: adding 1.5 * 2^52 shifts the fraction out. ln 2 / 32 in two parts, the first with 32 bits, so that k*it is exact.
  const k = x * 46.16624130844683 + 6755399441055744 - 6755399441055744;
  const head = x - k * 0.02166084938653512,
    tail = k * 5.9631716539705866e-12,
    r = head - tail,
    z = r * r;
  // e^r - 1 = r + r² q(r), |r| <= ln 2 / 64
  const rest =
    head -
    (tail -
      z *
        (0.5 +
          0.16666666666581356 * r +
          (0.04166666666656003 + 0.008333362425226669 * r + 0.0013888925253743708 * z) * z));
  const high = ROOT_OF_TWO[k & 16383]!,
    low = ROOT_OF_TWO_LOW[k & 16383]!;
  return high + (low + high * rest);
}

/** e^x - 1, keeping its digits where x is small. Error below 1.5 ulp. */
function expm1(x: number): number {
  if (x * x > 31329) return x < 0 ? -1 : expEdge(x);
  const k = x * 46.16624130844683 + 6755399441055744 - 6755399441055744;
  const head = x - k * 0.02166084938653512,
    tail = k * 5.9631716539705866e-12,
    r = head - tail,
    z = r * r;
  const rest =
    head -
    (tail -
      z *
        (0.5 +
          0.16666666666581356 * r +
          (0.04166666666656003 + 0.008333362425226669 * r + 0.0013888925253743708 * z) * z));
  const below = 1 - ROOT_OF_TWO[k & 16383]!;
  return rest - below - (below * rest - ROOT_OF_TWO_LOW[k & 16383]!);
}

/** (e^x - 1)/x, and 1 at x = 0: the smooth form of x/(1 - e^-x) and its like. Error below 2.5 ulp. */
function exprel(x: number): number {
  if (x * x < 1.5) return exprelNear0(x);
  if (x > 177) return x > 720 ? Infinity : expOver(x, x); // still finite a little beyond the overflow of e^x
  return expm1(x) / x;
}

/** exprel for x² < 1.5: 1/exprel(x) = x/2 coth(x/2) - x/2, and x/2 coth(x/2) - 1 is a polynomial in x² of which 8 terms are left. */
function exprelNear0(x: number): number {
  const z = x * x,
    z2 = z * z;
  const low = 0.08333333333333333 - 0.0013888888888883954 * z + (3.30687830618644e-5 - 8.26719539711412e-7 * z) * z2;
  const high =
    2.0876659583289337e-8 - 5.282793488596742e-10 * z + (1.3270903604552138e-11 - 2.9179360237212905e-13 * z) * z2;
  return 1 / (1 + (z * (low + high * (z2 * z2)) - 0.5 * x));
}

/** The nearest integer; halves go away from zero. (x + 0.5 is not used: it rounds 0.49999999999999994 up.) */
function round(x: number): number {
  const whole = Math.trunc(x),
    rest = x - whole;
  return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole;
}

/** Heaviside step: 1 for x >= 0, else 0. */
function step(x: number): number {
  return x >= 0 ? 1 : 0;
}

const LN2_32 = 0.6931471803691238; // ln 2, its first 32 bits

const LN2_REST = 1.9082149292705877e-10;

/** 2^k at index k & 2047, for k = -1024 .. 1023. */
const POWER_OF_TWO: Float64Array = powersOfTwo();

/** 2^(j/32), rounded, and what the rounding left out. */
const ROOTS: Float64Array = new Float64Array([
  1, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237, 1.0905077326652577, 1.1143867425958924,
  1.1387886347566916, 1.1637248587775775, 1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332,
  1.2968395546510096, 1.3252366431597413, 1.3542555469368927, 1.383909881963832, 1.4142135623730951, 1.4451808069770467,
  1.4768261459394993, 1.5091644275934228, 1.5422108254079407, 1.5759808451078865, 1.6104903319492543, 1.645755478153965,
  1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072, 1.8340080864093424, 1.8741676341103,
  1.9152065613971474, 1.9571441241754002,
]);

const ROOTS_LOW: Float64Array = new Float64Array([
  0, 5.109225028973444e-17, 8.551889705537965e-17, -7.899853966841582e-17, -3.046782079812471e-17,
  1.0410278456845571e-16, 8.912812676025408e-17, 3.8292048369240935e-17, 3.982015231465646e-17, -7.712630692681488e-17,
  4.658027591836937e-17, 2.667932131342186e-18, 2.5382502794888315e-17, -2.8587312100388614e-17, 7.70094837980299e-17,
  -6.770511658794786e-17, -9.667293313452913e-17, -3.0237581349939873e-17, -3.483994556892796e-17,
  -1.016455327754295e-16, 7.949834809697621e-17, -1.0136916471278304e-17, 2.4707192569797888e-17,
  -1.0125679913674773e-16, 8.199010020581497e-17, -1.851380418263111e-17, 2.960140695448873e-17, 1.8227458427912087e-17,
  3.283107224245627e-17, -6.122763413004143e-17, -1.0619946056195963e-16, 8.960767791036668e-17,
]);

/** 2^(k/32) at index k & 16383, for k = -8192 .. 8191, and what rounding left out: for kernels that write exponentials out. */
const ROOT_OF_TWO: Float64Array = rootsOfTwo(ROOTS);

/** Of 2^0 it is -0, so that expm1(-0) stays -0. */
const ROOT_OF_TWO_LOW: Float64Array = rootsOfTwo(ROOTS_LOW);

function powersOfTwo(): Float64Array {
  const table = new Float64Array(2048);
  for (let k = 0, value = 1; k <= 1023; k++, value *= 2) table[k] = value;
  for (let k = -1, value = 0.5; k >= -1024; k--, value *= 0.5) table[k & 2047] = value;
  return table;
}

function rootsOfTwo(roots: Float64Array): Float64Array {
  const table = new Float64Array(16384);
  for (let k = -8192; k < 8192; k++) table[k & 16383] = roots[k & 31]! * POWER_OF_TWO[(k >> 5) & 2047]!;
  if (table[0] === 0) table[0] = -0;
  return table;
}

// ---- exponential and logarithm

/** e^r - 1 - r for |r| <= 0.35. */
function expTail(r: number): number {
  const z = r * r;
  const c =
    r -
    z *
      (0.1666666666666666 -
        z *
          (0.0027777777777562864 -
            z * (6.613756470855508e-5 - z * (1.6534058842837582e-6 - z * 4.1437096880780196e-8))));
  return (r * c) / (2 - c);
}

/** value * 2^k in two exact steps and one rounding, so that subnormal results are rounded once. */
function scale(value: number, k: number): number {
  const half = k >> 1;
  return value * POWER_OF_TWO[half & 2047]! * POWER_OF_TWO[(k - half) & 2047]!;
}

/** e^x where e^x overflows, is subnormal or nearly so. */
function expEdge(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  return expOver(x, 1);
}

/** e^x / divisor, also where e^x alone would overflow; |x| <= 750. */
function expOver(x: number, divisor: number): number {
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
  const head = x - k * LN2_32,
    tail = k * LN2_REST;
  return scale((1 + (head - (tail - expTail(head - tail)))) / divisor, k);
}

// From the runtime, runtime/clock.ts
// The clock is an integer; a time is computed from it and never accumulated.

/** Which share of a count of steps the digits that a double lacks may come to: 0.15 ms is 1.4999999999999998 steps of 0.1 ms. */
const SLACK = 1e-12;

/** Steps between looks for values that are no longer finite, and between two saves. */
const LOOK_EVERY = 128;

/** A time in steps, rounded to the nearest; decimals are meant as they are written, so that halves go away from 0 (0.15 ms is 2 steps of 0.1 ms); -0 where a negative time is rounded to none. */
function stepsIn(time: number, dt: number): number {
  const steps = time / dt,
    size = Math.abs(steps);
  const whole = Math.floor(size + 0.5 + SLACK * Math.max(1, size));
  return steps < 0 ? -whole : whole;
}

/**
 * Time of step n (ms). Where a whole number m of steps makes a millisecond it is n/m, the double nearest to the decimal
 * that is meant (n = 1201 at dt = 0.1 gives 120.1); else n·dt.
 */
function timeOf(n: number, dt: number): number {
  const perMillisecond = Math.round(1 / dt);
  return 1 / perMillisecond === dt ? n / perMillisecond : n * dt;
}

/** Whether a time is a whole number of steps, up to rounding: 0.3 ms is three steps of 0.1 ms although 0.3/0.1 is not 3. */
function isMultiple(time: number, dt: number): boolean {
  const steps = time / dt;
  return Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps));
}

/** Without the digits that rounding leaves behind: 1.1, not 1.1000000000000001. */
function plainTime(time: number): string {
  return String(Number(time.toPrecision(12)));
}

// From the runtime, runtime/connectError.ts
// What cannot be connected as the model says: told with the projection, so that it can be told where the model says it.

class ConnectionError extends UsageError {
  override readonly name = "ConnectionError";
  /** `exc E->I` */
  readonly projection: string;
  constructor(projection: string, message: string) {
    super(message);
    this.projection = projection;
  }
}

// From the runtime, runtime/connectMemory.ts
// The memory that connections take, and the refusal where it does not suffice: before anything large is allocated.

/** The memory that may be used does not suffice; nothing large was allocated. */
class MemoryError extends Error {
  /** Bytes; `limit` is Infinity where none was given and the machine refused. */
  readonly needed: number;
  readonly limit: number;
  constructor(what: string, needed: number, limit: number) {
    super(
      `${what} needs ${inBytes(needed)} of memory, ${limit === Infinity ? "more than this machine gives" : `${inBytes(limit)} may be used`}`,
    );
    this.name = "MemoryError";
    this.needed = needed;
    this.limit = limit;
  }
}

/** Zeros. */
function integers(length: number, name: string): Int32Array {
  return new Int32Array(shared(4 * length, name));
}

/** Bytes that threads share where the engine can. */
function shared(bytes: number, name: string): ArrayBufferLike {
  try {
    return typeof SharedArrayBuffer === "function" ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  } catch (refusal) {
    if (refusal instanceof RangeError) throw new MemoryError(`\`${name}\``, bytes, Infinity);
    throw refusal;
  }
}

function inBytes(bytes: number): string {
  for (const [unit, size] of [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
  ] as const)
    if (bytes >= size) return `${Number((bytes / size).toPrecision(3))} ${unit}`;
  return `${bytes} bytes`;
}

// From the runtime, runtime/random.ts
// Random draws as pure functions of (seed, what they are for, neuron or connection, step), so that nothing else can change them:

/** One independent stream of draws: what it is for, under one seed. Two 32-bit words, the key of the generator. */
interface Stream {
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

/** 52 bits and a half, times 2^-52. */
function unit(high: number, low: number): number {
  return ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) * 2.220446049250313e-16;
}

// From the runtime, runtime/connectDelays.ts
// Delays of connections: drawn row by row, then each row is sorted by them, so that what arrives of a spike at one time is one segment.

function refuse(steps: number, i: number, j: number, name: string): never {
  throw new ConnectionError(
    name,
    `the delay of \`${name}\` from neuron ${i} to neuron ${j} is a whole number of steps from 0 to 2147483647, not ${steps}`,
  );
}

function near(seen: Uint8Array): number[] {
  const found: number[] = [];
  for (let steps = seen.indexOf(1); steps >= 0; steps = seen.indexOf(1, steps + 1)) found.push(steps);
  return found;
}

function copy(to: Int32Array, from: Int32Array, first: number, count: number): void {
  for (let k = 0; k < count; k++) to[k] = from[first + k]!;
}

// From the runtime, runtime/sampling.ts
// Uniform samples of whole numbers, with and without replacement, ascending, in time linear in the size of the sample: the rows of random connectivity.

/** Counters whose bits are drawn at a time; each gives two numbers. */
const DRAWS_AT_ONCE = 512;

const SAMPLE_WORDS = new Int32Array(2 * DRAWS_AT_ONCE);

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

// From the runtime, runtime/drawError.ts
// Why a draw cannot be made, with what it was for, so that it can be told where the model says it.

/** Why a distribution cannot give what is asked of it: bounds that it hardly ever comes between, or a parameter that makes it none. Numbers are canonical. */
type DrawProblem =
  | { readonly kind: "bounds"; readonly min: number; readonly max: number }
  | { readonly kind: "parameter"; readonly distribution: string; readonly needed: string; readonly given: number };

class DrawError extends UsageError {
  override readonly name = "DrawError";
  /** That of the stream: `E/V`, `exc E->I.w`. */
  readonly purpose: string;
  readonly problem: DrawProblem;
  /** Whose, of what events draw. */
  readonly neuron: number | null;
  constructor({ purpose, neuron }: Pick<Stream, "purpose" | "neuron">, problem: DrawProblem) {
    super(`${purpose}: ${drawProblemText(problem, "")} (what has a unit is in ms, mV, pF and what follows from them)`);
    this.purpose = purpose;
    this.problem = problem;
    this.neuron = neuron ?? null;
  }
}

/** In words; bounds with `unit` behind them. */
function drawProblemText(problem: DrawProblem, unit: string): string {
  if (problem.kind === "parameter") return `${problem.distribution} needs ${problem.needed}, not ${problem.given}`;
  const [low, high] = [problem.min, problem.max].map((bound) => `${bound}${unit}`);
  const between =
    problem.min === -Infinity
      ? `at ${high} or below`
      : problem.max === Infinity
        ? `at ${low} or above`
        : `between ${low} and ${high}`;
  return `none of ${ATTEMPTS} draws lay ${between}: the distribution hardly ever comes there`;
}

/** How often a value is drawn again that lies outside its bounds. */
const ATTEMPTS = 100000;

// From the runtime, runtime/connectRequest.ts
// What is asked of a projection's connectivity and what is built: the contract between emitted modules and the builders of connections.

/** Rows of connections, one row a source, cut into segments of equal delay. */
interface Connections {
  readonly count: number;
  /** Distinct delays in steps, ascending; one at least (0 for an empty projection). */
  readonly delays: Int32Array;
  /**
   * Connections of source i (number in its population) with delay number d are those from starts[(i - firstSource)*delays.length + d] up to the
   * next entry. Within a segment targets ascend. Length sources*delays + 1.
   */
  readonly starts: Int32Array;
  /** Target neuron of each connection (number in its population). */
  readonly target: Int32Array;
  /**
   * The number k of each connection in its source's row before the row was sorted by delay (targets ascending; parallel connections one after another):
   * what draws are keyed by. Null where it is the position in the row.
   */
  readonly rank: Int32Array | null;
  /** For rule `pairs`: index into the given pairs of each connection; else null. */
  readonly pair: Int32Array | null;
  readonly firstSource: number;
}

// From the runtime, runtime/connectTranspose.ts
// Connections by target, for what a postsynaptic spike or a contribution of each connection must find.

/**
 * Connections by target: those of target j (number in its population) are position[starts[j]], … up to starts[j+1], ascending, with their sources
 * beside them. Length of `starts`: targetSize + 1.
 */
function incoming(
  connections: Connections,
  targetSize: number,
): { readonly starts: Int32Array; readonly position: Int32Array; readonly source: Int32Array } {
  const { target, delays, firstSource } = connections,
    rows = (connections.starts.length - 1) / delays.length;
  const starts = integers(targetSize + 1, "connections by target"),
    position = integers(target.length, "connections by target"),
    source = integers(target.length, "connections by target");
  tallyTargets(starts, target);
  for (let j = 0; j < targetSize; j++) starts[j + 1]! += starts[j]!;
  const next = starts.slice();
  for (let r = 0; r < rows; r++)
    placeSources(
      position,
      source,
      next,
      target,
      connections.starts[r * delays.length]!,
      connections.starts[(r + 1) * delays.length]!,
      firstSource + r,
    );
  return { starts, position, source };
}

function tallyTargets(starts: Int32Array, target: Int32Array): void {
  for (let c = 0; c < target.length; c++) starts[target[c]! + 1]!++;
}

function placeSources(
  position: Int32Array,
  source: Int32Array,
  next: Int32Array,
  target: Int32Array,
  from: number,
  to: number,
  i: number,
): void {
  for (let c = from; c < to; c++) {
    const placeSources = next[target[c]!]!++;
    position[placeSources] = c;
    source[placeSources] = i;
  }
}

// From the runtime, runtime/meeting.ts
// Where the threads of one simulation meet: each brings a letter of numbers, and all go on when everybody can read everybody's.

/** The memory in which they meet; plain data that any thread can be handed. */
interface MeetingPlace {
  readonly parts: number;
  readonly control: Int32Array;
  /** A box for each thread, in halves that are used in turn. */
  readonly boxes: readonly Float64Array[];
}

/** Of `control`: how many have come, how often all have gone on, how many are there at all, whether one has left for good; then of each thread its steps, and the lengths of its letters in turn. */
const ARRIVED = 0,
  GENERATION = 1,
  READY = 2,
  GONE = 3,
  OWN = 16,
  OWN_LENGTH = 16;

/** Tells that a thread has made what it needs. */
function arrive({ control }: MeetingPlace): void {
  Atomics.add(control, READY, 1);
  Atomics.notify(control, READY);
}

// From the runtime, runtime/past.ts
// What neurons were in the steps before: connections with a delay read it, a row of values for each step.

/** A variable of a population, by name, and its past: rows of as many values as it has. */
interface KeptVariable {
  readonly population: string;
  readonly array: string;
  readonly past: Float64Array;
}

/** Steps for which rows are kept. So many more than the longest delay that going back to the last save finds all that it needs: nothing of it is saved. */
function rowsKept({ delays }: Pick<Connections, "delays">): number {
  return (delays.at(-1) ?? 0) + 1 + LOOK_EVERY;
}

/** The row of step n; those before the run are one, behind all others. */
function pastRow(n: number, connections: Pick<Connections, "delays">): number {
  const rows = rowsKept(connections);
  return n < 0 ? rows : n % rows;
}

/** Keeps the values of a variable as those of step n; -1 is before the run. */
function keepValues(values: Float64Array, past: Float64Array, n: number, connections: Connections): void {
  past.set(values, pastRow(n, connections) * values.length);
}

// From the runtime, runtime/projection.ts
// What an emitted module hands to the runtime for the connections between two populations, and what it needs to make them.

/** What the projections of both ways of stepping share. */
interface ProjectionBase {
  /** `exc E->I` */
  readonly name: string;
  readonly connection: string;
  readonly source: string;
  readonly target: string;
  readonly connections: Connections;
  /** Values that differ between connections, in the order of the connections. */
  readonly values: readonly ConnectionArray[];
  /** Its delays, where they are written or come from a file and are rounded to the step. */
  readonly times?: readonly ModelTime[];
}

/** The kernel of a projection whose spikes arrive at any time inside a step. */
interface PreciseProjection extends ProjectionBase {
  readonly kind: "precise";
  /** Delay of each connection, or of all (ms). */
  readonly delays: Float64Array | number;
  /** state <- state of target j after a spike of source i arrives through connection c at time t (ms). */
  jump(i: number, j: number, c: number, t: number, state: Float64Array): void;
}

type Projection = GridProjection | PreciseProjection;

/**
 * The kernels of one projection on the grid. Each works on the connections [from, to) of one source `i`, or on the entries [from, to) of the connections that reach one
 * target `j`, so that each is a single loop.
 */
interface GridProjection extends ProjectionBase {
  readonly kind: "grid";
  /** By target; only where postsynaptic spikes do something. */
  readonly incoming?: { readonly starts: Int32Array; readonly position: Int32Array; readonly source: Int32Array };
  /** Populations whose held states its events write to. */
  readonly protects: readonly string[];
  /** What it writes there is read by events of the same moment: it is undone connection by connection. */
  readonly oneByOne?: true;
  /** Arrays that its continuous coupling fills: inputs, `#in:I~exc`, and sums that move inside the step, `I~exc`. */
  readonly fills: readonly { readonly population: string; readonly array: string; readonly constant: boolean }[];
  /** States of neurons that the states of connections see move, and the arrays for how fast they will in the step. */
  readonly ahead: readonly { readonly population: string; readonly state: string; readonly slope: string }[];
  /** What connections read as it was a delay ago. */
  readonly kept?: readonly KeptVariable[];
  /** Sets the time to t = n·dt, where something depends on it. */
  drive?(n: number): void;
  /** A spike of source i arrives at its connections [from, to). */
  deliver?(i: number, from: number, to: number): void;
  /** In place of `deliver` where a source has one connection at most: all spikes of a list at once, its entries [from, to). */
  deliverEach?(ring: Int32Array, mask: number, from: number, to: number): void;
  /** The same at what lives at the source itself, after its connections. */
  arrive?(i: number): void;
  /** A spike of target j, at its incoming connections. */
  reply?(j: number, from: number, to: number): void;
  /** The same at what lives at the target itself, after its connections. */
  settle?(j: number): void;
  /** Adds what the connections of source i give in every step to the inputs of the neurons at their ends. `row`: of the past that they read. */
  couple?(i: number, from: number, to: number, row: number): void;
  /** The part of it that never changes: added up once. */
  coupleOnce?(i: number, from: number, to: number): void;
  /** Integrates the states of the connections of source i over one step, and adds up how what they give moves in it. */
  update?(i: number, from: number, to: number, row: number): void;
}

interface ConnectionArray {
  readonly name: string;
  readonly role: "weight" | "param" | "state";
  /** Canonical unit. */
  readonly unit: string;
  readonly values: Float64Array | Float32Array;
  /** Part of what a run changes. */
  readonly changes: boolean;
}

/** The array of a neuron's variable, as connections read and write it. */
function variableOf(population: PopulationBase, name: string): Float64Array {
  const array = Object.hasOwn(population.arrays, name) ? population.arrays[name] : undefined;
  if (array === undefined)
    throw new Error(
      `population '${population.name}' has no variable '${name}'; there are ${Object.keys(population.arrays).join(", ")}`,
    );
  return array;
}

/** The source neuron of connection c. */
function sourceOf({ starts, delays, firstSource }: Connections, c: number): number {
  let low = 0,
    high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= c) low = middle;
    else high = middle;
  }
  return firstSource + Math.floor(low / delays.length);
}

// From the runtime, runtime/recording.ts
// What a run leaves behind: spikes and sampled traces, in arrays that grow until somebody has taken what is in them.

/** What to sample: an observable of neurons first..last, every so many steps. */
interface RecordRequest {
  readonly population: string;
  readonly variable: string;
  readonly first: number;
  readonly last: number;
  /** Steps between samples; the first sample is the initial state. */
  readonly every: number;
}

/** Spikes in the order of time, then population, then neuron: all there have been, or those since the last `clear`. */
interface SpikeLog {
  /** Spikes that were cleared: spike k of the log is number first + k of the run. */
  readonly first: number;
  readonly length: number;
  /** ms */
  time(k: number): number;
  population(k: number): number;
  neuron(k: number): number;
  push(time: number, population: number, neuron: number): void;
  /** Forgets all but the first `length`. */
  truncate(length: number): void;
  /** Sorts what came since `start` by time, then population, then neuron. */
  arrange(start: number): void;
  /** Drops what is in the log, for whoever needs it has it. Only between two calls of `advance`: inside one, a simulation may go back. */
  clear(): void;
}

function spikeLog(): SpikeLog {
  // Small at first: a sweep makes thousands of logs.
  let times = new Float64Array(64);
  let populations = new Int32Array(64);
  let neurons = new Int32Array(64);
  let first = 0;
  let length = 0;
  const grow = (): void => {
    times = enlarged(times, new Float64Array(2 * length));
    populations = enlarged(populations, new Int32Array(2 * length));
    neurons = enlarged(neurons, new Int32Array(2 * length));
  };
  return {
    get first() {
      return first;
    },
    get length() {
      return length;
    },
    time: (k) => times[k] ?? NaN,
    population: (k) => populations[k] ?? -1,
    neuron: (k) => neurons[k] ?? -1,
    push(time, population, neuron) {
      if (length === times.length) grow();
      times[length] = time;
      populations[length] = population;
      neurons[length] = neuron;
      length++;
    },
    truncate(to) {
      length = Math.min(length, to);
    },
    arrange(start) {
      const count = length - start;
      if (count < 2) return;
      const order = Array.from({ length: count }, (_, k) => start + k);
      const at = (a: ArrayLike<number>, k: number): number => a[k] ?? 0;
      order.sort(
        (a, b) =>
          at(times, a) - at(times, b) || at(populations, a) - at(populations, b) || at(neurons, a) - at(neurons, b),
      );
      times.set(
        order.map((k) => at(times, k)),
        start,
      );
      populations.set(
        order.map((k) => at(populations, k)),
        start,
      );
      neurons.set(
        order.map((k) => at(neurons, k)),
        start,
      );
    },
    clear() {
      first += length;
      length = 0;
    },
  };
}

/** One recorded variable of one neuron, sampled at steps 0, every, 2·every, …: all samples, or those since the last `clear`. */
interface TraceLog {
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
  readonly kind: Observable["kind"];
  /** Steps between samples. */
  readonly every: number;
  /** Samples that were cleared: sample k of the log was taken at step (first + k)·every. */
  readonly first: number;
  readonly length: number;
  /** Samples in the log; valid until the next one is taken. */
  values(): Float64Array;
  sample(): void;
  /** Takes a sample that was read elsewhere. */
  push(value: number): void;
  truncate(length: number): void;
  /** As a SpikeLog's. */
  clear(): void;
}

function traceLog(population: string, neuron: number, observable: Observable, every: number): TraceLog {
  // Small at first: of a hundred thousand logs, each need only hold what a slice of the run brings.
  let samples = new Float64Array(16);
  let first = 0;
  let length = 0;
  return {
    population,
    neuron,
    variable: observable.name,
    unit: observable.unit,
    kind: observable.kind,
    every,
    get first() {
      return first;
    },
    get length() {
      return length;
    },
    values: () => samples.subarray(0, length),
    sample() {
      this.push(observable.read(neuron));
    },
    push(value) {
      if (length === samples.length) samples = enlarged(samples, new Float64Array(2 * length));
      samples[length++] = value;
    },
    truncate(to) {
      length = Math.min(length, to);
    },
    clear() {
      first += length;
      length = 0;
    },
  };
}

/** The same numbers in a larger array. */
function enlarged<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

// From the runtime, runtime/spikeHistory.ts
// The spikes of one population that are still on their way: a list for each of the last steps, so that connections with one delay need no queue.

interface SpikeHistory {
  /** The lists, one behind the other; entry a stands at `ring[a & mask]`. They may move when spikes are added. */
  readonly ring: Int32Array;
  readonly mask: number;
  /** Keeps the spikes at t_n; steps come one after another. */
  push(n: number, neurons: Int32Array, count: number): void;
  /** First entry of the spikes at t_n and the one behind the last; empty where n is before the run. */
  from(n: number): number;
  to(n: number): number;
  /** from[k], to[k] <- the same of the spikes at t_(n - ages[k]), for ages (steps) below the depth. */
  look(n: number, ages: Int32Array, from: Int32Array, to: Int32Array): void;
  /** The first and the last step whose lists it has. */
  readonly oldest: number;
  readonly newest: number;
  /** Forgets all lists: the next one that comes is that of step n. */
  begin(n: number): void;
  save(): void;
  restore(): void;
}

/** `depth`: for how many steps spikes are kept, the longest delay (steps) + 1. */
function spikeHistory(depth: number): SpikeHistory {
  let ring = new Int32Array(1024);
  let mask = ring.length - 1;
  let head = 0;
  // Beginnings and ends of the lists, the one of step n at n modulo depth. They grow up to the depth with the run: a delay may be longer than it.
  let begins = new Float64Array(Math.min(depth, 1024));
  let ends = new Float64Array(begins.length);
  let first = 0;
  let newest = -1;
  const saved = {
    ring: new Int32Array(0),
    head: 0,
    begins: new Float64Array(0),
    ends: new Float64Array(0),
    newest: -1,
  };

  const makeRoom = (wanted: number, oldest: number): void => {
    let length = ring.length;
    while (length < wanted) length *= 2;
    const larger = new Int32Array(length);
    for (let a = oldest; a < head; a++) larger[a & (length - 1)] = ring[a & mask] as number;
    ring = larger;
    mask = length - 1;
  };
  const lengthen = (): void => {
    const length = Math.min(depth, 2 * begins.length);
    const [longerBegins, longerEnds] = [new Float64Array(length), new Float64Array(length)];
    longerBegins.set(begins);
    longerEnds.set(ends);
    begins = longerBegins;
    ends = longerEnds;
  };
  const known = (n: number): boolean => n >= first && n <= newest && n > newest - depth;

  return {
    get ring() {
      return ring;
    },
    get mask() {
      return mask;
    },
    push(n, neurons, count) {
      const oldestStep = Math.max(first, n - depth + 1);
      const oldest = oldestStep < n ? (begins[oldestStep % depth] as number) : head;
      if (head + count - oldest > ring.length) makeRoom(head + count - oldest, oldest);
      while (n % depth >= begins.length) lengthen();
      begins[n % depth] = head;
      if (count < MANY_SPIKES) for (let k = 0; k < count; k++) ring[(head + k) & mask] = neurons[k] as number;
      else {
        const first = Math.min(count, ring.length - (head & mask));
        ring.set(neurons.subarray(0, first), head & mask);
        ring.set(neurons.subarray(first, count), 0);
      }
      head += count;
      ends[n % depth] = head;
      newest = n;
      if (head > REBASE) rebase();
    },
    get oldest() {
      return Math.max(first, newest - depth + 1);
    },
    get newest() {
      return newest;
    },
    begin(n) {
      head = 0;
      begins.fill(0);
      ends.fill(0);
      first = n;
      newest = n - 1;
    },
    from: (n) => (known(n) ? (begins[n % depth] as number) : 0),
    to: (n) => (known(n) ? (ends[n % depth] as number) : 0),
    look(n, ages, from, to) {
      const here = n % depth;
      for (let k = 0; k < ages.length; k++) {
        const age = ages[k] as number;
        const at = age > here ? here - age + depth : here - age;
        const has = known(n - age);
        from[k] = has ? (begins[at] as number) : 0;
        to[k] = has ? (ends[at] as number) : 0;
      }
    },
    save() {
      if (saved.ring.length !== ring.length) saved.ring = new Int32Array(ring.length);
      saved.ring.set(ring);
      saved.head = head;
      if (saved.begins.length !== begins.length) {
        saved.begins = new Float64Array(begins.length);
        saved.ends = new Float64Array(begins.length);
      }
      saved.begins.set(begins);
      saved.ends.set(ends);
      saved.newest = newest;
    },
    restore() {
      if (ring.length !== saved.ring.length) {
        ring = new Int32Array(saved.ring.length);
        mask = ring.length - 1;
      }
      ring.set(saved.ring);
      head = saved.head;
      begins.set(saved.begins);
      ends.set(saved.ends);
      newest = saved.newest;
    },
  };

  /** Entries stay below 2^31, where `&` ends: all counts go down by the same multiple of the ring's length. */
  function rebase(): void {
    const oldest = begins[(newest + 1) % depth] ?? 0;
    const down = Math.floor(Math.min(oldest, head) / ring.length) * ring.length;
    for (let k = 0; k < begins.length; k++) {
      begins[k] = Math.max(0, (begins[k] as number) - down);
      ends[k] = Math.max(0, (ends[k] as number) - down);
    }
    head -= down;
  }
}

/** From so many on, copying them together is faster than one by one. */
const MANY_SPIKES = 64;

const REBASE = 1073741824;

// From the runtime, runtime/network.ts
// Spikes on their way between populations, in the order of the language reference, "Time": deliver, couple, integrate the connections; after the neurons' step, send.

interface Network {
  /** Steps 1 of the clock at t_n, and everything that connections do before the neurons move. */
  before(n: number): void;
  /** What connections give at t_n, from the values as they stand: for a look at inputs between steps. */
  gather(n: number): void;
  /** The spikes of population p at t_n (or in the step before it) leave. */
  send(p: number, n: number, spikes: SentSpikes): void;
  /** Postsynaptic plasticity sees them at once. */
  reply(p: number, n: number, spikes: SentSpikes): void;
  /** Whether spikes of population p are wanted by anybody. */
  listens(p: number): boolean;
  save(): void;
  restore(): void;
}

/** Spikes of one population in one step. */
interface SentSpikes {
  readonly neurons: Int32Array;
  readonly count: number;
  /** ms; where they are located inside the step. */
  readonly times?: Float64Array;
}

/** A state of a population, and how fast it will move in a step (per ms). */
interface Course {
  readonly values: Float64Array;
  readonly slope: Float64Array;
}

/** Neurons as connections meet them. */
interface Neurons {
  /** Looks how fast states will move in step n, from its beginning to its end before any reset, with what connections give at its beginning. */
  lookAhead(n: number, courses: readonly Course[]): void;
  /** Keeps the held states of the neurons that are refractory in step n from what arrives: `undo` undoes what was done to neuron i, `unprotect` to all. */
  protect(n: number): void;
  undo(i: number): void;
  unprotect(): void;
}

/** The spikes on their way from each population; null where nobody waits for them. */
function historiesOf(
  populations: readonly PopulationKernel[],
  projections: readonly GridProjection[],
): readonly (SpikeHistory | null)[] {
  return populations.map(({ name }) => {
    const delays = projections.flatMap((p) =>
      p.source === name && receives(p) ? [p.connections.delays.at(-1) ?? 0] : [],
    );
    return delays.length === 0 ? null : spikeHistory(Math.max(...delays) + 1);
  });
}

function network(
  populations: readonly PopulationKernel[],
  all: readonly GridProjection[],
  neurons: readonly Neurons[],
  histories: readonly (SpikeHistory | null)[],
  { segmentsOf, kept }: Connected = ALL_CONNECTIONS,
): Network {
  const indexOf = (name: string): number => populations.findIndex((p) => p.name === name);
  const neuronsOf = (name: string): Neurons => neurons[indexOf(name)] as Neurons;
  const segments = new Map(all.map((p) => [p.name, segmentsOf(p)]));
  const projections = all.map((p) => (p.oneByOne ? oneByOne(p, neuronsOf(p.source), neuronsOf(p.target)) : p));
  const looks = populations.map(({ name }, p) =>
    arrivingFrom(
      histories[p] ?? null,
      projections.filter((q) => q.source === name && receives(q)),
    ),
  );
  const delivering = projections
    .filter((p) => receives(p))
    .map((projection) => {
      const look = looks[indexOf(projection.source)] as Arriving;
      const places = projection.connections.delays.map((delay) => look.ages.indexOf(delay));
      return { projection, look, places, segments: segments.get(projection.name) as Segments };
    });
  const forEachRow = (p: GridProjection, kernel: RowKernel, n: number): void =>
    forEachSegment(p, segments.get(p.name) as Segments, kernel, n);
  const replying = populations.map((population) =>
    projections.filter((p) => p.target === population.name && (p.reply !== undefined || p.settle !== undefined)),
  );
  const coupling = projections.filter((p) => p.couple !== undefined);
  const moving = projections.filter((p) => p.update !== undefined);
  const timed = projections.filter((p) => p.drive !== undefined);
  const protectedBy = (some: readonly GridProjection[]): Neurons[] =>
    [...new Set(some.flatMap((p) => p.protects))].map(neuronsOf);
  const protectedFromArrivals = protectedBy(delivering.map((d) => d.projection));
  const protectedFromReplies = replying.map(protectedBy);

  const sums = filledArrays(populations, projections, false);
  const couple = (n: number): void => {
    for (const sum of sums) sum.fill(0);
    for (const p of coupling) forEachRow(p, p.couple as RowKernel, n);
  };
  const slopes = new Set(projections.flatMap((p) => p.ahead.map((a) => a.slope)));
  const pasts = projections.flatMap((p) =>
    (p.kept ?? []).map((k) => {
      const population = populations[indexOf(k.population)] as PopulationKernel;
      const values = variableOf(population, k.array);
      return { isSlope: slopes.has(k.array), keep: (n: number) => keepValues(values, k.past, n, p.connections) };
    }),
  );
  /** How fast states move is known after a look ahead, and nothing moves before the run. */
  const keep = (n: number, isSlope: boolean): void => {
    for (const k of pasts) if (k.isSlope === isSlope) k.keep(n);
  };

  const courses = populations
    .map((population, p) => {
      const names = [
        ...new Map(
          projections.flatMap((q) => q.ahead.filter((a) => a.population === population.name)).map((a) => [a.state, a]),
        ).values(),
      ];
      return {
        neurons: neurons[p] as Neurons,
        courses: names.map((a): Course => ({
          values: variableOf(population, a.state),
          slope: variableOf(population, a.slope),
        })),
      };
    })
    .filter((c) => c.courses.length > 0);

  /** Values of connections that change, and what they were. */
  const changing = projections.flatMap((p) =>
    p.values.filter((v) => v.changes).map((v) => ({ values: kept(v.values), copy: null as typeof v.values | null })),
  );

  return {
    before(n) {
      for (const p of timed) p.drive?.(n);
      if (n === 0) keep(-1, false);
      for (const p of protectedFromArrivals) p.protect(n);
      for (const { history, ages, from, to } of looks) history?.look(n, ages, from, to);
      for (const { projection, look, places, segments } of delivering) arrivals(projection, segments, look, places);
      for (const p of protectedFromArrivals) p.unprotect();
      keep(n, false);
      couple(n);
      for (const c of courses) c.neurons.lookAhead(n, c.courses);
      keep(n, true);
      for (const p of moving) forEachRow(p, p.update as RowKernel, n);
    },
    gather(n) {
      for (const p of coupling) p.drive?.(n);
      if (n === 0) keep(-1, false);
      keep(n, false);
      couple(n);
    },
    send(p, n, { neurons, count }) {
      histories[p]?.push(n, neurons, count);
    },
    reply(p, n, { neurons, count }) {
      const repliers = replying[p] as readonly GridProjection[];
      if (count === 0 || repliers.length === 0) return;
      for (const shield of protectedFromReplies[p] as readonly Neurons[]) shield.protect(n);
      for (const projection of repliers) {
        projection.drive?.(n);
        replies(projection, neurons, count);
      }
      for (const shield of protectedFromReplies[p] as readonly Neurons[]) shield.unprotect();
    },
    listens: (p) => histories[p] !== null || (replying[p] as readonly GridProjection[]).length > 0,
    save() {
      for (const history of histories) history?.save();
      for (const change of changing) (change.copy ??= change.values.slice()).set(change.values);
    },
    restore() {
      for (const history of histories) history?.restore();
      for (const { values, copy } of changing) if (copy !== null) values.set(copy);
    },
  };
}

/** Adds up once what connections give in every step alike. */
function coupleForGood(
  populations: readonly PopulationKernel[],
  projections: readonly GridProjection[],
  segmentsOf: Connected["segmentsOf"] = ALL_CONNECTIONS.segmentsOf,
): void {
  for (const constants of filledArrays(populations, projections, true)) constants.fill(0);
  for (const p of projections) if (p.coupleOnce !== undefined) forEachSegment(p, segmentsOf(p), p.coupleOnce, 0);
}

/** What couplings fill, in every step or once. */
function filledArrays(
  populations: readonly PopulationKernel[],
  projections: readonly GridProjection[],
  constant: boolean,
): readonly Float64Array[] {
  const fills = projections.flatMap((p) => p.fills.filter((f) => f.constant === constant));
  const arrayOf = ({ population, array }: (typeof fills)[number]): Float64Array =>
    variableOf(populations.find((p) => p.name === population) as PopulationKernel, array);
  return [...new Set(fills.map(arrayOf))];
}

/** Whether spikes do something where they arrive. */
function receives(p: GridProjection): boolean {
  return p.deliver !== undefined || p.deliverEach !== undefined || p.arrive !== undefined;
}

/** What a spike does through one connection to states that are held is undone before its next connection reads them. */
function oneByOne(p: GridProjection, source: Neurons, target: Neurons): GridProjection {
  const undoAt = (i: number, j: number): void => {
    if (p.protects.includes(p.source)) source.undo(i);
    if (p.protects.includes(p.target)) target.undo(j);
  };
  return {
    ...p,
    ...(p.deliver && {
      deliver(i, from, to) {
        for (let c = from; c < to; c++) {
          p.deliver?.(i, c, c + 1);
          undoAt(i, p.connections.target[c] as number);
        }
      },
    }),
    ...(p.reply && {
      reply(j, from, to) {
        for (let entry = from; entry < to; entry++) {
          p.reply?.(j, entry, entry + 1);
          undoAt(p.incoming?.source[entry] as number, j);
        }
      },
    }),
  };
}

/** Connections of a projection: from[s] up to to[s] of each segment s of equal source and delay. `whole`: all of them. `near`: all that its spikes, those that come to hear, run through. */
interface Segments {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly whole: boolean;
  readonly near: boolean;
}

/** What of the connections a network sees to. */
interface Connected {
  segmentsOf(projection: GridProjection): Segments;
  /** What it saves of an array of their values. */
  kept(values: Float64Array | Float32Array): Float64Array | Float32Array;
}

const ALL_CONNECTIONS: Connected = {
  segmentsOf: ({ connections: { starts } }) => ({ from: starts, to: starts.subarray(1), whole: true, near: true }),
  kept: (values) => values,
};

/** The spikes of one population that arrive anywhere in a step: of those sent so many steps ago, the first entry of its history and the one behind the last. */
interface Arriving {
  readonly history: SpikeHistory | null;
  /** Each delay of any of its projections, once. */
  readonly ages: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

function arrivingFrom(history: SpikeHistory | null, projections: readonly GridProjection[]): Arriving {
  const ages = Int32Array.from(new Set(projections.flatMap((p) => [...p.connections.delays])));
  return { history, ages, from: new Int32Array(ages.length), to: new Int32Array(ages.length) };
}

/** What arrives through one projection: for each of its delays, which stands at `places` among the ages, the spikes that were sent so long ago, each through the connections of that delay. */
function arrivals(
  projection: GridProjection,
  { from, to, near }: Segments,
  look: Arriving,
  places: ArrayLike<number>,
): void {
  const { starts, delays, firstSource } = projection.connections;
  const { deliver, deliverEach, arrive } = projection;
  const width = delays.length;
  const rows = (starts.length - 1) / width;
  const { ring, mask } = look.history as SpikeHistory;
  for (let d = 0; d < width; d++) {
    const begin = look.from[places[d] as number] as number,
      end = look.to[places[d] as number] as number;
    if (begin === end) continue;
    if (deliverEach !== undefined && near) {
      deliverEach(ring, mask, begin, end);
      continue;
    }
    let seen = 0;
    for (let a = begin; a < end; a++) {
      const i = ring[a & mask] as number;
      const r = i - firstSource;
      if (r < 0 || r >= rows) continue;
      const first = from[r * width + d] as number,
        last = to[r * width + d] as number;
      if (first < last) {
        if (deliverEach === undefined) deliver?.(i, first, last);
        else {
          if (seen === mine.length) mine = enlarged(mine, new Int32Array(2 * seen));
          mine[seen++] = i;
        }
      }
      arrive?.(i);
    }
    // No spike is taken for another: every bit of its place counts.
    if (seen > 0) deliverEach?.(mine, -1, 0, seen);
  }
}

/** Spikes of one step whose one connection is seen to here. */
let mine = new Int32Array(64);

function replies(projection: GridProjection, neurons: Int32Array, count: number): void {
  const { incoming } = projection;
  for (let k = 0; k < count; k++) {
    const j = neurons[k] as number;
    if (incoming !== undefined) projection.reply?.(j, incoming.starts[j] as number, incoming.starts[j + 1] as number);
    projection.settle?.(j);
  }
}

type RowKernel = NonNullable<GridProjection["couple"]>;

/**
 * Segment by segment, or all segments of a source at once where they lie side by side and read nothing as it was: the order of the connections is the same. A segment reads
 * the row of its delay before step n.
 */
function forEachSegment(
  { connections, kept = [] }: GridProjection,
  { from, to, whole }: Segments,
  kernel: RowKernel,
  n: number,
): void {
  const { starts, delays, firstSource } = connections;
  const together = whole && kept.length === 0;
  const width = together ? 1 : delays.length,
    stride = together ? delays.length : 1;
  const rows = kept.length === 0 ? null : Array.from(delays, (delay) => pastRow(n - delay, connections));
  for (let s = 0, i = firstSource; s < starts.length - 1; i++)
    for (let d = 0; d < width; d++, s += stride) {
      const first = from[s] as number,
        last = to[s + stride - 1] as number;
      if (first < last) kernel(i, first, last, rows?.[d] ?? 0);
    }
}

// From the runtime, runtime/memory.ts
// Where the state of a population lives without WebAssembly (pairs.ts): one pooled buffer, so that a copy of it is a checkpoint and arrays do not alias in the cache.

/** Arrays cut from one buffer. */
interface Memory {
  /** The whole pool; copying it is a checkpoint of everything cut from it. */
  readonly words: Float64Array;
  readonly arrays: readonly Float64Array[];
}

/**
 * `count` arrays of `length` doubles in one buffer. Each starts 320 bytes further on, modulo 4096, than the one before:
 * large arrays at equal offsets of a page share cache sets and slow a kernel down up to three times.
 */
function allocate(length: number, count: number): Memory {
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

// From the runtime, runtime/source.ts
// Populations that send spikes without being neurons: Poisson processes and lists of given times.

/** A rate that only the run shows to be too high, negative or no number. */
class RateError extends StoppedError {
  override readonly name = "RateError";
}

/** `rate` in 1/ms, `time` in ms. */
function negativeRate(what: string, rate: number, time: number): RateError {
  const value = Number.isNaN(rate) ? "no number (NaN)" : `${Number((rate * 1000).toPrecision(12))} Hz`;
  return new RateError(
    `${what} is ${value} at t = ${time} ms: a rate is 0 or more; write \`max(0, …)\` where it may fall below`,
  );
}

// From the runtime, runtime/share.ts
// How a network is divided among threads: each sees to a range of the neurons of every population, and to the connections that end there.

/** For each boundary between shares, the first connection of each segment whose target is not before it. */
type Boundaries = readonly Int32Array[];

// From the runtime, runtime/gridStepper.ts
// One step of a population on the grid: integrate, detect, reset (language reference, "Time").

/** Steps a population and tells of its spikes; can go back to where it was saved. */
interface Stepper {
  /** From t_n to t_(n+1). */
  step(n: number): void;
  /** The spikes of the last step, by ascending neuron. */
  readonly sent: SentSpikes;
  /** Copies all that changes; `restore` goes back to the last copy. */
  save(): void;
  restore(): void;
}

/** A stepper of some neurons of a population, those of `range`. */
interface GridStepper extends Stepper, Neurons {
  /** Goes on at step n with the states and the refractory periods that somebody else has brought there. */
  resume(n: number): void;
}

/** Neurons low .. high - 1. */
interface NeuronRange {
  readonly low: number;
  readonly high: number;
}

/** What a stepper tells its simulation. */
interface Listener {
  /** False where nobody wants to hear of spikes: sources send many. */
  readonly keepsSpikes: boolean;
  spike(neuron: number, time: number): void;
  /** The reset of neuron `neuron` left its own spike condition true. */
  stillTrue(neuron: number, time: number): void;
  /** Neuron `neuron` cannot go on, while the others do: where each is a run of its own. Without this the error is thrown. */
  ends?(neuron: number): void;
}

/** `freeFrom`: for each neuron the first step in which it may spike again; steppers of one population share it. */
function gridStepper(
  kernel: GridKernel,
  dt: number,
  listener: Listener,
  freeFrom: Float64Array = new Float64Array(kernel.size),
  { low, high }: NeuronRange = { low: 0, high: kernel.size },
): GridStepper {
  const { size, source } = kernel;
  // -0: below 0, rounded.
  const isNegative = (steps: number): boolean => !(steps >= 0) || Object.is(steps, -0);
  for (let i = 0; i < size && kernel.periodsAtSpikes === undefined; i++)
    if (isNegative(kernel.refractorySteps(i))) throw negativePeriod(kernel.name, i);
  const held = kernel.states.filter((s) => kernel.held.includes(s.name)).map((s) => s.values);
  /** Of neurons that are refractory in the step that is protected. */
  const kept = new Float64Array(size * held.length);
  let keptIn = 0;
  let spikeCount = 0;
  const refractory = kernel.refractory ?? new Int32Array(size);
  let refractoryCount = 0;
  /** Whether they stand in the order in which they become free, as they do where the period is the same for all. */
  let inTurn = true;
  const found = kernel.events.map(() => new Int32Array(size));
  const happened = new Int32Array(kernel.events.length);
  const saved = {
    words: new Float64Array(kernel.memory.words.length),
    refractory: new Int32Array(size),
    refractoryCount: 0,
    inTurn: true,
    freeFrom: new Float64Array(size),
  };

  /** What a look ahead puts back, and what it has seen. */
  let present = new Float64Array(0),
    slopes = new Float64Array(0);

  const free = (neurons: Int32Array, count: number, n: number): number => {
    if (refractoryCount === 0) return count;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const i = neurons[k] as number;
      if ((freeFrom[i] as number) <= n) neurons[kept++] = i;
    }
    return kept;
  };

  /** Forgets those that are free in step n. */
  const release = (n: number): void => {
    if (inTurn) {
      let gone = 0;
      while (gone < refractoryCount && (freeFrom[refractory[gone] as number] as number) <= n) gone++;
      if (gone === 0) return;
      refractory.copyWithin(0, gone, refractoryCount);
      refractoryCount -= gone;
      return;
    }
    let still = 0;
    for (let k = 0; k < refractoryCount; k++) {
      const i = refractory[k] as number;
      if ((freeFrom[i] as number) > n) refractory[still++] = i;
    }
    refractoryCount = still;
  };

  const undo = (i: number): void => {
    if ((freeFrom[i] as number) <= keptIn) return;
    for (let h = 0; h < held.length; h++) (held[h] as Float64Array)[i] = kept[h * size + i] as number;
  };

  /** Over step n, up to what is detected; how many candidates there are. */
  const integrate = (n: number): number => {
    kernel.shake(n);
    release(n);
    if (refractoryCount > 0) kernel.hold(refractory, refractoryCount);
    const count = kernel.update(low, high);
    if (refractoryCount > 0) kernel.restore(refractory, refractoryCount);
    return count;
  };

  /** Of a neuron that is about to spike at the end of the step: what is wrong with it. */
  const whyNoSpike = (i: number, time: number): Error | null => {
    for (const state of kernel.states) if (!Number.isFinite(state.values[i])) return new NotFinite();
    const rate = kernel.rate?.(i) ?? 0;
    return rate >= 0 ? null : negativeRate(`the spike rate of ${kernel.name}[${i}]`, rate, time);
  };

  return {
    get sent() {
      return { neurons: source === undefined ? kernel.candidates : source.spikes, count: spikeCount };
    },
    protect(n) {
      release(n);
      keptIn = n;
      for (let h = 0; h < held.length; h++)
        for (let k = 0; k < refractoryCount; k++) {
          const i = refractory[k] as number;
          kept[h * size + i] = (held[h] as Float64Array)[i] as number;
        }
    },
    undo,
    unprotect() {
      for (let k = 0; k < refractoryCount; k++) undo(refractory[k] as number);
    },

    lookAhead(n, courses) {
      const { words } = kernel.memory;
      if (present.length !== words.length) present = new Float64Array(words.length);
      if (slopes.length !== size * courses.length) slopes = new Float64Array(size * courses.length);
      present.set(words);
      courses.forEach(({ values }, k) => slopes.set(values, k * size));
      integrate(n);
      for (let k = 0; k < courses.length; k++) {
        const { values } = courses[k] as Course;
        for (let i = low; i < high; i++)
          slopes[k * size + i] = ((values[i] as number) - (slopes[k * size + i] as number)) / dt;
      }
      // The slopes may lie in the same memory.
      words.set(present);
      courses.forEach(({ slope }, k) => slope.set(slopes.subarray(k * size, (k + 1) * size)));
    },

    step(n) {
      const { candidates, pasts = [] } = kernel;
      const isHeld = (i: number): boolean => (freeFrom[i] as number) > n;
      for (const past of pasts) past.begin(n, timeOf(n, dt), low, high, isHeld);
      let count = integrate(n);
      for (const past of pasts) past.end(n, timeOf(n + 1, dt), low, high, isHeld);

      // All conditions are judged on the state before any reset.
      if (kernel.crossings !== undefined) count = kernel.crossings(low, high, candidates);
      for (let e = 0; e < kernel.events.length; e++) {
        const neurons = found[e] as Int32Array;
        const event = kernel.events[e] as EventKernel;
        const detected = event.detect(low, high, neurons);
        happened[e] = event.byClock === true ? detected : free(neurons, detected, n);
      }
      count = free(candidates, count, n);

      if (source !== undefined) {
        spikeCount = source.fire(n, low, high);
        if (!listener.keepsSpikes || spikeCount === 0) return;
        const { spikes } = source;
        const time = timeOf(n + 1, dt);
        for (let k = 0; k < spikeCount; k++) listener.spike(spikes[k] as number, time);
        return;
      }
      if (count > 0) {
        const time = timeOf(n + 1, dt);
        let fit = 0;
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          const problem = whyNoSpike(i, time);
          if (problem === null) candidates[fit++] = i;
          else if (listener.ends === undefined) throw problem;
          else listener.ends(i);
        }
        count = fit;
      }
      spikeCount = count;
      for (const past of pasts) past.straighten(n, candidates, count);
      if (count > 0) {
        const time = timeOf(n + 1, dt);
        kernel.reset(candidates, count);
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          listener.spike(i, time);
          if (kernel.holds(i)) listener.stillTrue(i, time);
          const steps = kernel.refractorySteps(i);
          if (kernel.periodsAtSpikes === true && isNegative(steps)) {
            if (listener.ends === undefined) throw negativePeriodAt(kernel.name, i, time);
            listener.ends(i);
          }
          if (steps > 0) {
            if (refractoryCount === 0) inTurn = true;
            else if ((freeFrom[refractory[refractoryCount - 1] as number] as number) > n + 1 + steps) inTurn = false;
            refractory[refractoryCount++] = i;
            freeFrom[i] = n + 1 + steps;
          }
        }
      }
      for (let e = 0; e < kernel.events.length; e++) {
        if ((happened[e] as number) > 0)
          (kernel.events[e] as EventKernel).apply(found[e] as Int32Array, happened[e] as number);
      }
      if (kernel.rearm === undefined) return;
      if (count > 0) kernel.rearm(candidates, count);
      for (let e = 0; e < kernel.events.length; e++)
        if ((happened[e] as number) > 0) kernel.rearm(found[e] as Int32Array, happened[e] as number);
    },

    resume(n) {
      const held: number[] = [];
      for (let i = low; i < high; i++) if ((freeFrom[i] as number) > n) held.push(i);
      held.sort((a, b) => (freeFrom[a] as number) - (freeFrom[b] as number) || a - b);
      refractory.set(held);
      refractoryCount = held.length;
      inTurn = true;
    },

    save() {
      saved.words.set(kernel.memory.words);
      saved.refractory.set(refractory);
      saved.refractoryCount = refractoryCount;
      saved.inTurn = inTurn;
      saved.freeFrom.set(freeFrom);
    },
    restore() {
      kernel.memory.words.set(saved.words);
      refractory.set(saved.refractory);
      refractoryCount = saved.refractoryCount;
      inTurn = saved.inTurn;
      freeFrom.set(saved.freeFrom);
    },
  };
}

/** What a draw or a number computed for each neuron can be, and no period is. */
function negativePeriod(population: string, i: number): UsageError {
  return new UsageError(
    `the refractory period of ${population}[${i}] is negative; draws can be kept above 0 with \`min: 0 ms\``,
  );
}

/** Of one that a spike has left. */
function negativePeriodAt(population: string, i: number, time: number): StoppedError {
  return new StoppedError(
    `the refractory period of ${population}[${i}] is negative after its spike at t = ${plainTime(time)} ms; what is drawn is kept above 0 with \`min: 0 ms\``,
  );
}

/** A value has stopped being finite; the simulation finds out which and when. */
class NotFinite extends Error {
  override readonly name = "NotFinite";
}

// From the runtime, runtime/looks.ts
// How values are looked at while a simulation runs: what can be recorded, whether all are finite, what is said of them.

/** @throws UsageError for a name that is not there */
function observableOf(kernel: PopulationKernel, variable: string): Observable {
  const observable = kernel.observables.find((o) => o.name === variable);
  if (observable === undefined)
    throw new UsageError(
      `population '${kernel.name}' has nothing named '${variable}' to record; there are ${kernel.observables.map((o) => o.name).join(", ")}`,
    );
  return observable;
}

/** The first element that is no finite number; -1 where all are. */
function indexOfNonFinite(values: Float64Array | Float32Array): number {
  // x·0 is 0 for finite x and NaN for all others, and a sum keeps a NaN.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * 0;
  return sum === 0 ? -1 : values.findIndex((x) => !Number.isFinite(x));
}

/** What is told where a reset has left the spike condition of neuron i true, which people know as number `shown`. */
function stillTrueText({ name, states }: PopulationKernel, i: number, shown: number, time: number): string {
  const values = states.map((s) => `${s.name} = ${withUnit(s.values[i] ?? NaN, s.unit)}`).join(", ");
  return `the reset of ${name}[${shown}] at t = ${time} ms left its spike condition true: ${values}`;
}

/** A pure number stands alone. */
function withUnit(value: number, unit: string): string {
  return unit === "1" ? String(value) : `${value} ${unit}`;
}

// From the runtime, runtime/threads.ts
// One simulation by several threads: what each of them does in a step, what they tell one another, and how the bits stay those of one.

/** States of neurons that connections read at their source: each thread has those of all neurons. */
interface Mirrored {
  readonly population: string;
  readonly state: string;
}

/** What all threads of a simulation have in common. */
interface SharedRun {
  readonly dt: number;
  /** In alphabetical order. */
  readonly populations: readonly GridKernel[];
  readonly projections: readonly GridProjection[];
  readonly spikesOf: readonly string[];
  readonly records: readonly RecordRequest[];
  readonly histories: readonly (SpikeHistory | null)[];
  readonly mirrored: readonly Mirrored[];
  readonly place: MeetingPlace;
  /** By projection. */
  readonly boundaries: readonly Boundaries[];
}

/** What the thread that was asked does with what all have found. */
interface Account {
  /** The steps taken so far cannot be undone any more but by `restore`. */
  save(n: number): void;
  spike(time: number, population: number, neuron: number): void;
  /** A sample of the trace number k. */
  sample(k: number, value: number): void;
  stillTrue(population: number, text: string): void;
  /** Asked after each step: whether to stop after one of the next. */
  enough(): boolean;
}

// From the runtime, runtime/crew.ts
// How threads are brought to a simulation that has been made, and let go; what each does in a step is in threads.ts.

/** What is asked of them. */
interface Team {
  /** Those that take part, this one among them. */
  readonly threads: number;
  /** Why there is one alone; null where there are more, or the others have been let go. */
  readonly because: string | null;
  /** Null where the others are not there. */
  lead(n: number, end: number, account: Account): { readonly n: number; readonly apart: boolean } | null;
  dismiss(): void;
}

/** Brings the others to a simulation that has been made. `freeFrom`: its refractory periods, by population. */
type Recruit = (run: Omit<SharedRun, "place" | "boundaries" | "mirrored">, freeFrom: readonly Float64Array[]) => Team;

// From the runtime, runtime/edges.ts
// Where the conditions of a neuron jump or bend: a piece of its way that crosses none of these edges sees every condition smooth.

/** What can be crossed: a condition, or an edge inside of one. */
type Border = Pick<PreciseCondition, "holds" | "margin">;

interface PieceBorders {
  /** The edges that lie next to where a piece has begun, on either side; one holds where it has been crossed. */
  readonly borders: readonly Border[];
  /** A piece begins at time t (ms) and state y. */
  begin(t: number, y: Float64Array): void;
}

function pieceBorders(edges: Edges): PieceBorders {
  const { kinds } = edges;
  const labels = new Float64Array(kinds.length);
  // One border after the other is asked about the same few states of a piece: the edges are computed once for each array that holds one.
  const looks: Look[] = [];
  const valuesAt = (t: number, y: Float64Array): Float64Array => {
    let look = looks.find(({ of }) => of === y);
    if (look === undefined) looks.push((look = { of: y, y: y.slice(), u: new Float64Array(kinds.length), t: NaN }));
    if (look.t !== t || !isSame(look.y, y)) {
      edges.values(t, y, look.u);
      look.y.set(y);
      look.t = t;
    }
    return look.u;
  };
  /** The edge below, -1, or above, 1, what the piece has begun with; null: the only one, wherever it lies. */
  const border = (k: number, kind: EdgeKind, where: -1 | 1 | null): Border => {
    const value = (t: number, y: Float64Array): number => valuesAt(t, y)[k] as number;
    const side = (): number => where ?? (labels[k] === 1 ? -1 : 1);
    return {
      holds: (t, y) => (labelOf(kind, value(t, y)) - (labels[k] as number)) * side() > 0,
      margin(t, y) {
        const beyond = (value(t, y) - edgeOf(kind, labels[k] as number, side())) * side();
        return Number.isFinite(beyond) ? beyond : -1;
      },
    };
  };
  return {
    borders: kinds.flatMap((kind, k) =>
      kind === "above" || kind === "from" ? [border(k, kind, null)] : [border(k, kind, -1), border(k, kind, 1)],
    ),
    begin(t, y) {
      // It may be another neuron, and its inputs may be others.
      for (const look of looks) look.t = NaN;
      const u = valuesAt(t, y);
      kinds.forEach((kind, k) => (labels[k] = labelOf(kind, u[k] as number)));
    },
  };
}

/** The u of all edges for the state y at time t (ms), which the array `of` held. */
interface Look {
  readonly of: Float64Array;
  readonly y: Float64Array;
  readonly u: Float64Array;
  t: number;
}

/** To the last bit. */
function isSame(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
}

/** Changes at the edges alone. */
function labelOf(kind: EdgeKind, u: number): number {
  switch (kind) {
    case "floor":
      return Math.floor(u);
    case "ceil":
      return Math.ceil(u);
    case "round":
      return round(u);
    case "above":
      return u > 0 ? 1 : 0;
    case "from":
      return u >= 0 ? 1 : 0;
  }
}

/** The u of the edge on that side of what bears a label. */
function edgeOf(kind: EdgeKind, label: number, side: number): number {
  switch (kind) {
    case "floor":
      return side < 0 ? label : label + 1;
    case "ceil":
      return side < 0 ? label - 1 : label;
    case "round":
      return label + side / 2;
    case "above":
    case "from":
      return 0;
  }
}

// From the runtime, runtime/root.ts
// Locating a crossing inside a step.

/**
 * A point within `tolerance` after the crossing of f between low and high, by R. P. Brent's method (Algorithms for Minimization Without Derivatives, 1973, ch. 4).
 *
 * Returned is the end of the last bracket on the side of `high`: with fHigh > 0, a point where f >= 0, just at or after the crossing (with fHigh < 0, f <= 0).
 * fLow = f(low), fHigh = f(high). `low` may lie above `high`. Without a change of sign the answer is `high`; where fLow is 0 it is `low`.
 * At most 100 evaluations; after them the bracket is simply wider than asked for.
 */
function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  fLow: number,
  fHigh: number,
  tolerance: number,
): number {
  if (fLow === 0) return low;
  if (!(fLow < 0 ? fHigh > 0 : fHigh < 0)) return high;
  const side = fHigh > 0 ? 1 : -1;
  // b: best estimate; c: the other end of the bracket; a: the estimate before
  let a = low,
    fa = fLow,
    b = high,
    fb = fHigh,
    c = a,
    fc = fa,
    move = b - a,
    moveBefore = move;
  for (let evaluations = 0; evaluations < 100; evaluations++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const small = 2 * 2.220446049250313e-16 * Math.abs(b) + 0.5 * tolerance,
      half = 0.5 * (c - b);
    if (fb === 0 || Math.abs(half) <= small) break; // the bracket is within the tolerance
    if (Math.abs(moveBefore) >= small && Math.abs(fa) > Math.abs(fb)) {
      // inverse quadratic interpolation, or the secant where only two points differ
      const s = fb / fa;
      let p: number, q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = fb / fc,
          u = fa / fc;
        p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * half * q - Math.abs(small * q), Math.abs(moveBefore * q))) {
        moveBefore = move;
        move = p / q;
      } else moveBefore = move = half;
    } else moveBefore = move = half;
    a = b;
    fa = fb;
    b += Math.abs(move) > small ? move : half > 0 ? small : -small;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      moveBefore = move = b - a;
    }
  }
  return fb === 0 || fb * side > 0 ? b : c;
}

// From the runtime, runtime/crossings.ts
// The way of one neuron through a step, piece by piece, up to the first point at which a condition becomes true.

/** Crossings are located to this many ms, */
const TOLERANCE = 1e-12;

/** or to this part of the piece they lie in: on a steep upstroke much moves within TOLERANCE. */
const FINE = 1e-12;

/** Times that lie no further apart (ms) are one time. */
const TOGETHER = 1e-10;

/** A crossing stands still when a shorter way to it finds it within this many ms of where it was. */
const SETTLED = 1e-10;

/** A condition that moves this many times as far in the second half of a piece as in the first may be escaping to infinity: one Runge-Kutta step would not see it. */
const STEEP = 1.5;

/** A steep piece is halved down to this part of a step, twenty times. */
const SHORTEST = 1 / 1048576;

/** One that leaves the numbers, down to this part. */
const VANISHING = 2 ** -200;

/** A piece of which a method of fixed steps makes too much is halved down to this part of a step: a crossing may be there as well. */
const LEAST_RESOLVED = 1 / 64;

/** A step of an adaptive method is smooth within its tolerance. */
const MOST_SUBSTEPS_A_PIECE = 2;

/** Each step towards a crossing is this part of what is left. */
const STRIDE = 1 / 8;

/** Two crossings between two looks are excluded where a condition stays this many times as far from changing as the parabola through the looks errs. */
const SAFETY = 4;

/** What is smaller than this part of the largest state is rounding. */
const ROUNDING = 1e-13;

/** A neuron that leaves so many pieces within TOGETHER, one after the other, slides along an edge: the next piece is not cut there. */
const MOST_SLIPS = 100;

/** More pieces of one step than this: it would not end in any reasonable time. */
const MOST_PIECES = 100_000;

interface CrossingSearch {
  /** The state that it moves. */
  readonly y: Float64Array;
  /** A step begins at `begin` (ms), with the length `dt`, and ends at `end`. */
  enter(begin: number, end: number): void;
  /** The next neuron has been loaded and begins its step. */
  start(): void;
  /** Time (ms) at x ms into the step; the end of the step is exactly that of the clock. */
  timeAt(x: number): number;
  /**
   * Moves `y` from x ms into the step towards x + h: to where the first condition becomes true that is not `known` as true, which is then `found`, or as far as is
   * certain that none does (`found` is -1), and returns how far. `known` is brought up to date where nothing is found.
   */
  advance(x: number, h: number, known: Uint8Array): number;
  readonly found: number;
  /** Something has happened: what is fast moves anew. */
  disturbed(): void;
  /**
   * One instant is one instant: what else becomes true, or false, together with what is found now, but for rounding, is waited for, as long as that stays true;
   * returns how long.
   */
  gather(x: number, known: Uint8Array): number;
  /** Where in (0, h] a condition that was false at the start of a held piece became true, `start` being the state there. */
  heldCrossing(c: number, x: number, h: number, start: Float64Array): number;
}

/** There is no end to the pieces of a step. */
class TooManyPieces extends Error {
  override readonly name = "TooManyPieces";
}

/** What is true where it is false. */
const opposite = ({ holds, margin }: Border): Border => ({
  holds: (time, state) => !holds(time, state),
  margin: (time, state) => -margin(time, state),
});

function crossingSearch(kernel: PreciseKernel, conditions: readonly PreciseCondition[], dt: number): CrossingSearch {
  const width = Math.max(kernel.states.length, 1);
  const [y, trial, middle, ahead, early, late, back] = Array.from({ length: 7 }, () => new Float64Array(width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const { solved } = kernel;
  const shortest = SHORTEST * dt,
    resolved = LEAST_RESOLVED * dt,
    vanishing = VANISHING * dt;
  // A variable that functions share would take a new object for each number; a property is written in place.
  const step = { begin: NaN, end: NaN };
  /** Its length, and where in it the first border is crossed, `firstCrossed`. */
  const piece = { length: NaN, firstAt: NaN };
  /** Of the neuron that is under way. */
  const look = { first: NaN, longest: NaN };
  let pieces = 0,
    found = -1;
  const timeAt = (x: number): number => (x >= dt ? step.end : step.begin + x);
  const condition = (c: number): PreciseCondition => conditions[c] as PreciseCondition;
  const edges = kernel.edges === undefined ? null : pieceBorders(kernel.edges);
  const borders = edges?.borders ?? [];
  const uncrossed = new Uint8Array(borders.length);
  let slips = 0;

  // `to.set(from)`, which takes longer to call than a few states to copy.
  const copy = (from: Float64Array, to: Float64Array): void => {
    for (let k = 0; k < width; k++) to[k] = from[k] as number;
  };
  const flow = (from: Float64Array, x: number, h: number, to: Float64Array): void => {
    copy(from, to);
    if (h > 0) kernel.flow(timeAt(x), h, to);
  };
  const isFinite = (state: Float64Array): boolean => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (state[k] as number) * 0;
    return sum === 0;
  };

  /** Where in (low, high] a border that is not crossed at low is: just after it. An upstroke that runs to infinity has crossed. */
  const root = (border: Border, x: number, low: number, high: number, move: (h: number) => void): number => {
    const value = (h: number): number => {
      move(h);
      const time = timeAt(x + h);
      const margin = border.margin(time, trial);
      if (Number.isNaN(margin) || !isFinite(trial)) return Infinity;
      // The truth decides, the margin only says how near.
      return border.holds(time, trial) ? Math.max(margin, Number.MIN_VALUE) : Math.min(margin, -Number.MIN_VALUE);
    };
    const before = value(low);
    return before > 0 ? low : findRoot(value, low, high, before, value(high), Math.min(TOLERANCE, FINE * high));
  };
  const flowFrom =
    (x: number) =>
    (h: number): void =>
      flow(y, x, h, trial);

  /** Looks at the quarters of a piece, once a piece. */
  let looked = false;
  const lookCloser = (x: number): void => {
    if (looked) return;
    looked = true;
    const { length } = piece;
    flow(y, x, length / 4, early);
    if (solved) flow(middle, x + length / 2, length / 4, late);
    else flow(y, x, 0.75 * length, late);
  };

  /** Whether a condition, alike at the start, the middle and the end of a piece, g0, g1 and g2 away from changing, is so all the way. */
  const isSteady = (border: Border, x: number, is: boolean, g0: number, g1: number, g2: number): boolean => {
    const { length } = piece;
    const distance = (at: number, state: Float64Array): number => (is ? 1 : -1) * border.margin(timeAt(x + at), state);
    lookCloser(x);
    if (border.holds(timeAt(x + length / 4), early) !== is || border.holds(timeAt(x + 0.75 * length), late) !== is)
      return false;
    const p1 = (3 * g0 + 6 * g1 - g2) / 8,
      p3 = (6 * g1 + 3 * g2 - g0) / 8;
    let largest = 0;
    for (let k = 0; k < width; k++) largest = Math.max(largest, Math.abs(y[k] as number));
    const noise = ROUNDING * largest;
    if (Math.max(g0, g1, g2) <= noise) return true; // it rests on the border
    const d1 = Math.abs(distance(length / 4, early) - p1),
      d3 = Math.abs(distance(0.75 * length, late) - p3);
    const bend = 2 * (g0 - 2 * g1 + g2),
      slope = 4 * g1 - 3 * g0 - g2;
    if (bend > 0 && slope < 0 && -slope < 2 * bend) {
      const lowest = g0 - (slope * slope) / (4 * bend);
      return lowest >= -noise && lowest + noise >= SAFETY * Math.max(d1, d3);
    }
    return SAFETY * d1 <= Math.abs(p1) + noise && SAFETY * d3 <= Math.abs(p3) + noise;
  };

  /** Whether a condition, alike at both ends of one half of a piece, is so in that half; in the other half it changes. */
  const isSteadyIn = (second: boolean, border: Border, x: number, is: boolean): boolean => {
    const { length } = piece;
    lookCloser(x);
    const offset = second ? length / 2 : 0,
      between = second ? late : early;
    if (border.holds(timeAt(x + offset + length / 4), between) !== is) return false;
    const distance = (at: number, state: Float64Array): number =>
      (is ? 1 : -1) * border.margin(timeAt(x + offset + at), state);
    const g0 = distance(0, second ? middle : y),
      g1 = distance(length / 4, between),
      g2 = distance(length / 2, second ? ahead : middle);
    const bend = 2 * (g0 - 2 * g1 + g2),
      slope = 4 * g1 - 3 * g0 - g2;
    return !(bend > 0 && slope < 0 && -slope < 2 * bend) || g0 - (slope * slope) / (4 * bend) > 0;
  };

  /**
   * Whether what the method makes of a piece may hide a crossing: it takes several substeps of its own, or errs, as its two halves show, so far that a condition may change.
   */
  const isUnresolved = (x: number, of: readonly Border[]): boolean => {
    const { length } = piece;
    if (solved) return false;
    if (kernel.substeps !== undefined) return length > shortest && kernel.substeps() > MOST_SUBSTEPS_A_PIECE;
    if (length <= resolved) return false;
    flow(middle, x + length / 2, length / 2, late);
    for (const { margin } of of) {
      const end = margin(timeAt(x + length), ahead);
      const least = Math.min(
        Math.abs(margin(timeAt(x), y)),
        Math.abs(margin(timeAt(x + length / 2), middle)),
        Math.abs(end),
      );
      if (!(SAFETY * Math.abs(margin(timeAt(x + length), late) - end) <= least)) return true;
    }
    return false;
  };

  let crosses = false;
  /** Whether a piece must be shorter: it leaves the numbers, something rises more and more steeply, or may have changed twice. If not, `crosses` tells whether a border is crossed in it. */
  const isTooLong = (x: number, of: readonly Border[], known: Uint8Array): boolean => {
    const { length } = piece;
    crosses = true;
    if (!isFinite(ahead) || !isFinite(middle)) return length > vanishing;
    if (isUnresolved(x, of)) return true;
    looked = false;
    crosses = false;
    const start = timeAt(x),
      half = timeAt(x + length / 2),
      end = timeAt(x + length);
    for (let c = 0; c < of.length; c++) {
      const border = of[c] as Border;
      const is = known[c] === 1,
        between = border.holds(half, middle);
      if (!is && between) {
        crosses = true;
        continue;
      }
      const after = border.holds(end, ahead);
      if (after && !is) crosses = true;
      if (length <= shortest) continue;
      if (is !== after) {
        if (!isSteadyIn(is !== between, border, x, between)) return true;
        continue;
      }
      if (is !== between) return true;
      const m0 = border.margin(start, y),
        m1 = border.margin(half, middle),
        m2 = border.margin(end, ahead);
      if (!is && !solved && m1 > m0 && m2 - m1 > STEEP * (m1 - m0)) return true;
      const least = is ? Math.min(m0, m1, m2) : -Math.max(m0, m1, m2),
        most = is ? Math.max(m0, m1, m2) : -Math.min(m0, m1, m2);
      // What is further from changing than it has moved does not change.
      if (least <= most - least && !isSteady(border, x, is, is ? m0 : -m0, is ? m1 : -m1, is ? m2 : -m2)) return true;
    }
    return false;
  };

  /** The border that is crossed first in a piece, -1 for none, and `firstAt`, where. */
  const firstCrossed = (x: number, of: readonly Border[], known: Uint8Array): number => {
    const { length } = piece;
    let first = -1;
    piece.firstAt = Infinity;
    for (let c = 0; c < of.length; c++) {
      if (known[c] === 1) continue;
      const border = of[c] as Border;
      const half = border.holds(timeAt(x + length / 2), middle);
      if (!half && !border.holds(timeAt(x + length), ahead)) continue;
      const from = half
        ? root(border, x, 0, length / 2, flowFrom(x))
        : root(border, x, length / 2, length, flowFrom(x));
      if (from < piece.firstAt) [piece.firstAt, first] = [from, c];
    }
    return first;
  };

  /** The longest part, short of `until`, in which no edge is crossed. */
  const shortOf = (until: number, x: number): number => {
    for (let less = 2 * TOLERANCE; less < until; less *= 2) {
      flow(y, x, until - less, trial);
      const time = timeAt(x + until - less);
      if (borders.every((border) => !border.holds(time, trial))) return until - less;
    }
    return 0;
  };
  const forget = (time: number, state: Float64Array, known: Uint8Array): void => {
    for (let c = 0; c < conditions.length; c++) if (known[c] === 1 && !condition(c).holds(time, state)) known[c] = 0;
  };

  /**
   * Moves y towards the crossing of a border that was found `at` ms ahead, and returns how far. One long Runge-Kutta step misses an upstroke that escapes
   * to infinity by a third of the way to it: so the way is taken in shorter and shorter steps until the crossing stands still.
   */
  const approach = (border: Border, x: number, h: number, at: number): number => {
    let walked = 0,
      left = at;
    while (!solved && left * STRIDE > TOLERANCE) {
      const stride = left * STRIDE;
      back.set(y);
      flow(back, x + walked, stride, y);
      const next = upTo(border, x + walked + stride, left - stride, h - walked - stride);
      if (next === null) {
        y.set(back);
        break;
      }
      const moved = Math.abs(stride + next - left);
      walked += stride;
      left = next;
      if (moved <= SETTLED) break;
    }
    flow(y, x + walked, left, trial);
    copy(trial, y);
    return walked + left;
  };
  /** Where a border is crossed, first looked for within `near`; null where it does not within h. */
  const upTo = (border: Border, x: number, near: number, h: number): number | null => {
    if (border.holds(timeAt(x), y)) return null;
    for (let reach = near; ; reach = Math.min(2 * reach, h)) {
      flow(y, x, reach, trial);
      const there = isFinite(trial);
      if (!there || border.holds(timeAt(x + reach), trial)) {
        const at = root(border, x, 0, reach, flowFrom(x));
        if (there) return at;
        flow(y, x, at, trial);
        return isFinite(trial) ? at : null;
      }
      if (reach >= h) return null;
    }
  };

  return {
    y,
    timeAt,
    get found() {
      return found;
    },
    enter(begin, end) {
      step.begin = begin;
      step.end = end;
    },
    start() {
      pieces = 0;
      slips = 0;
      look.first = kernel.firstLook();
      look.longest = kernel.longestLook();
      piece.length = look.first;
    },
    disturbed() {
      piece.length = look.first;
    },
    advance(x, h, known) {
      let length = Math.min(piece.length, h, look.longest);
      let edge = -1,
        edgeAt = Infinity,
        uncut = 0;
      let smooth = edges === null || slips > MOST_SLIPS;
      if (smooth) slips = 0;
      else edges?.begin(timeAt(x), y);
      for (;;) {
        if (++pieces > MOST_PIECES) throw new TooManyPieces();
        piece.length = length;
        flow(y, x, length / 2, middle);
        if (solved) flow(middle, x + length / 2, length / 2, ahead);
        else flow(y, x, length, ahead);
        if (!smooth) {
          if (isTooLong(x, borders, uncrossed)) {
            length /= 2;
            continue;
          }
          smooth = true;
          edge = crosses && isFinite(ahead) && isFinite(middle) ? firstCrossed(x, borders, uncrossed) : -1;
          if (edge >= 0) {
            [edgeAt, uncut] = [piece.firstAt, length];
            length = shortOf(edgeAt, x);
            if (length === 0) break;
            continue;
          }
        }
        if (!isTooLong(x, conditions, known)) break;
        length /= 2;
        edge = -1;
      }
      found = length > 0 && crosses ? firstCrossed(x, conditions, known) : -1;
      piece.length = edge < 0 ? 2 * length : uncut;
      if (found >= 0) return approach(condition(found), x, h, piece.firstAt);
      if (length > 0) forget(timeAt(x + length), ahead, known);
      if (edge < 0) {
        copy(ahead, y);
        return length;
      }
      // On the other side of the edge conditions may hold that did not.
      const walked = approach(borders[edge] as Border, x, h, edgeAt),
        time = timeAt(x + walked);
      forget(time, y, known);
      found = conditions.findIndex((c, k) => known[k] === 0 && c.holds(time, y));
      slips = walked <= TOGETHER ? slips + 1 : 0;
      return walked;
    },
    gather(x, known) {
      if (conditions.length === 1) return 0;
      const time = timeAt(x);
      let wait = 0;
      flow(y, x, TOGETHER, late);
      for (let c = 0; c < conditions.length; c++) {
        const border = condition(c),
          is = border.holds(time, y);
        if (is !== (known[c] === 1) || is === border.holds(timeAt(x + TOGETHER), late)) continue;
        wait = Math.max(wait, root(is ? opposite(border) : border, x, 0, TOGETHER, flowFrom(x)));
      }
      if (wait === 0) return 0;
      flow(y, x, wait, trial);
      if (!condition(found).holds(timeAt(x + wait), trial)) return 0;
      y.set(trial);
      return wait;
    },
    heldCrossing(c, x, h, start) {
      return root(condition(c), x, 0, h, (span) => {
        trial.set(start);
        if (span > 0) kernel.flowHeld(timeAt(x), span, trial);
      });
    },
  };
}

// From the runtime, runtime/rational.ts
// Exponents of dimensions and of scales: rational numbers, so that roots of units are exact.

/** In lowest terms; the denominator is positive. Both are safe integers. */
interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** numerator/denominator in lowest terms. Both must be safe integers, the denominator not 0. */
function rational(numerator: number, denominator = 1): Rational {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator === 0)
    throw new Error(`no rational: ${numerator}/${denominator}`);
  if (denominator === 1) return { numerator: numerator + 0, denominator };
  const divisor = greatestCommonDivisor(Math.abs(numerator), Math.abs(denominator)) * (denominator < 0 ? -1 : 1);
  return { numerator: numerator / divisor + 0, denominator: denominator / divisor }; // + 0: no negative zero
}

function addRationals(a: Rational, b: Rational): Rational {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  // Where a product is not exact the sum must not look as if it were.
  const sum = Number.isSafeInteger(left) && Number.isSafeInteger(right) ? left + right : NaN;
  return fitted(sum, a.denominator * b.denominator, () => [
    BigInt(a.numerator) * BigInt(b.denominator) + BigInt(b.numerator) * BigInt(a.denominator),
    BigInt(a.denominator) * BigInt(b.denominator),
  ]);
}

function multiplyRationals(a: Rational, b: Rational): Rational {
  return fitted(a.numerator * b.numerator, a.denominator * b.denominator, () => [
    BigInt(a.numerator) * BigInt(b.numerator),
    BigInt(a.denominator) * BigInt(b.denominator),
  ]);
}

function negateRational(a: Rational): Rational {
  return { numerator: 0 - a.numerator, denominator: a.denominator };
}

/** The fraction with a denominator up to 1000 whose double is `x` (0.5 is 1/2, 0.1 is 1/10, the double nearest 1/3 is 1/3), or null. */
function rationalFromNumber(x: number): Rational | null {
  if (!Number.isFinite(x)) return null;
  for (let denominator = 1; denominator <= 1000; denominator++) {
    const numerator = Math.round(x * denominator);
    if (Number.isSafeInteger(numerator) && numerator / denominator === x) return rational(numerator, denominator);
  }
  return null;
}

/** `2`, `-1/2`. */
function rationalText(r: Rational): string {
  return r.denominator === 1 ? String(r.numerator) : `${r.numerator}/${r.denominator}`;
}

/** The fast way when the plain products are exact. Exponents beyond 2^53, which `((V^0.001)^0.001)^…` can reach and physics cannot, are coarsened. */
function fitted(numerator: number, denominator: number, slow: () => readonly [bigint, bigint]): Rational {
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) return rational(numerator, denominator);
  let [n, d] = slow();
  const divisor = bigGreatestCommonDivisor(n < 0n ? -n : n, d);
  n /= divisor;
  d /= divisor;
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  while (n > most || n < -most || d > most) {
    n /= 2n;
    d /= 2n;
  }
  if (d === 0n) return { numerator: n < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER, denominator: 1 };
  return rational(Number(n), Number(d));
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function bigGreatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

// From the runtime, runtime/scale.ts
// What a unit is of another, exactly: whole numbers to rational powers, so that roots and quotients of units lose nothing.

/** The product of these powers, by ascending bases, no exponent 0. `min` in ms is 6·10^4: `[[6, 1], [10, 4]]`. */
type Scale = readonly (readonly [base: number, exponent: Rational])[];

/** left·right^exponent. */
function scaleTimes(left: Scale, right: Scale, exponent: Rational): Scale {
  const exponents = new Map(left);
  for (const [base, own] of right) {
    const [before, more] = [exponents.get(base), multiplyRationals(own, exponent)];
    exponents.set(base, before === undefined ? more : addRationals(before, more));
  }
  return [...exponents].filter(([, e]) => e.numerator !== 0).sort(([a], [b]) => a - b);
}

/** n where the scale is 10^n and n is whole; null for any other. */
function decadesOf(scale: Scale): number | null {
  const [first, ...others] = scale;
  if (first === undefined) return 0;
  return others.length === 0 && first[0] === 10 && first[1].denominator === 1 ? first[1].numerator : null;
}

/** Of `60`, `1.602176634e-19` or `101325/760`, times 10^ten. */
function scaleOf(text: string, ten: number): Scale {
  const [over = "", under] = text.split("/");
  const scale = scaleTimes(decimalScale(over), [[10, rational(1)]], rational(ten));
  return under === undefined ? scale : scaleTimes(scale, decimalScale(under), rational(-1));
}

/** The least whole number that makes all exponents whole. */
function commonRoot(scale: Scale): number {
  return scale.reduce((root, [, { denominator }]) => root * rational(denominator, root).numerator, 1);
}

function decimalScale(text: string): Scale {
  const [, whole = "", fraction = "", exponent = "0"] = /^(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/0+$/, "");
  const ten = rational(Number(exponent) - fraction.length + (whole + fraction).length - digits.length);
  return scaleTimes(Number(digits) === 1 ? [] : [[Number(digits), rational(1)]], [[10, ten]], rational(1));
}

// From the runtime, runtime/decimal.ts
// Exact arithmetic on decimal texts, rounded once, at the very end: why `10 ms` and `0.01 s` are the same double.

/** ±digits * 10^exponent. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly exponent: number;
}

/** `[+-]digits[.digits][e±digits]`. Of more than 1000 significant digits the rest only tells whether one is not 0: that decides every rounding. */
function decimal(text: string): Decimal {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null || !/\d/.test((match[2] ?? "") + (match[3] ?? "")))
    throw new Error(`no decimal number: ${text.slice(0, 40)}`);
  const written = ((match[2] ?? "") + (match[3] ?? "")).replace(/^0+/, "");
  const shift = Math.max(-FARTHEST, Math.min(FARTHEST, Number(match[4] ?? 0))) - (match[3] ?? "").length;
  const kept =
    written.length > MOST_DIGITS
      ? written.slice(0, MOST_DIGITS) + (/[1-9]/.test(written.slice(MOST_DIGITS)) ? "1" : "0")
      : written;
  return {
    negative: match[1] === "-",
    digits: BigInt(kept === "" ? 0 : kept),
    exponent: shift + written.length - kept.length,
  };
}

/** Exact, but for a term so small beside the other that no double shows it. */
function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.digits === 0n || magnitude(b) - magnitude(a) > FAR_APART) return b;
  if (b.digits === 0n || magnitude(a) - magnitude(b) > FAR_APART) return a;
  const exponent = Math.min(a.exponent, b.exponent);
  const at = (d: Decimal): bigint => (d.negative ? -d.digits : d.digits) * 10n ** BigInt(d.exponent - exponent);
  const sum = at(a) + at(b);
  return { negative: sum < 0n, digits: sum < 0n ? -sum : sum, exponent };
}

/** A decimal text of a unit in canonical units, with its sign, which counts before the unit's zero does; exactly. */
function canonicalNumber(
  digits: string,
  unit: { readonly scale: Scale; readonly offset: string | null },
): Decimal & { readonly value: number } {
  const written = unit.offset === null ? decimal(digits) : addDecimals(decimal(digits), decimal(unit.offset));
  return { ...written, value: scaledToDouble(written, unit.scale) };
}

/**
 * The double nearest to d·scale, ties to even; Infinity beyond the doubles, 0 below them. Where the scale is irrational (a root of a
 * prefix) it is taken to 60 digits, which rounds rightly unless the digits of the product run `…5000000…` for 40 places.
 */
function scaledToDouble(d: Decimal, scale: Scale): number {
  const minus = d.negative ? -1 : 1;
  if (d.digits === 0n) return minus * 0;
  // Decimal text is read correctly rounded; only what is no power of ten needs the long way.
  const ten = decadesOf(scale);
  if (ten !== null) return minus * Number(`${d.digits}e${d.exponent + ten}`);
  const size = scale.reduce((sum, [base, e]) => sum + (decadesIn(base) * e.numerator) / e.denominator, magnitude(d));
  if (size > FAR_APART) return minus * Infinity;
  if (size < -FAR_APART) return minus * 0;
  const root = commonRoot(scale);
  let [top, bottom, underRoot] = [d.digits, 1n, 1n];
  for (const [base, e] of scaleTimes(scale, [[10, rational(1)]], rational(d.exponent))) {
    const whole = Math.floor(e.numerator / e.denominator);
    underRoot *= BigInt(base) ** BigInt((e.numerator - whole * e.denominator) * (root / e.denominator));
    if (whole >= 0) top *= BigInt(base) ** BigInt(whole);
    else bottom *= BigInt(base) ** BigInt(-whole);
  }
  if (root > 1) {
    top *= integerRoot(underRoot * ROOT_UNIT ** BigInt(root), BigInt(root));
    bottom *= ROOT_UNIT;
  }
  return minus * nearestDouble(top, bottom);
}

/** The double nearest to a positive fraction, ties to even. */
function nearestDouble(top: bigint, bottom: bigint): number {
  // 66 bits or 67 of the quotient, the last one set when anything was left over: enough to round at 53.
  const shift = 66 - bitLength(top) + bitLength(bottom);
  const [n, d] = shift >= 0 ? [top << BigInt(shift), bottom] : [top, bottom << BigInt(-shift)];
  const quotient = (n / d) | (n % d === 0n ? 0n : 1n);
  const bits = bitLength(quotient);
  // Below 2^-1022 doubles keep fewer bits: their last place is 2^-1074.
  const precision = Math.min(53, bits - shift + 1074);
  if (precision < 0) return 0;
  const drop = bits - precision;
  const half = 1n << BigInt(drop - 1);
  const rest = quotient & ((half << 1n) - 1n);
  let kept = quotient >> BigInt(drop);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const last = drop - shift;
  return last > 971 ? Infinity : Number(kept) * powerOfTwo(last);
}

const MOST_DIGITS = 1000;

/** Beyond any exponent that digits of a file's size could bring back. */
const FARTHEST = 1e12;

/** Decades: no double lies so far from another, and the size of a product is known to a quarter of it. */
const FAR_APART = 2000;

const ROOT_UNIT = 10n ** 60n;

/** floor(log10) + 1. */
function magnitude(d: Decimal): number {
  return d.digits.toString().length + d.exponent;
}

/** log10, to 1/64. */
function decadesIn(base: number): number {
  return base === 10 ? 1 : (BigInt(base) ** 64n).toString().length / 64;
}

/** floor(x^(1/root)) by Newton's method from above. */
function integerRoot(x: bigint, root: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(bitLength(x) / Number(root)));
  for (;;) {
    const next = ((root - 1n) * guess + x / guess ** (root - 1n)) / root;
    if (next >= guess) return guess;
    guess = next;
  }
}

function bitLength(x: bigint): number {
  const hex = x.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0] ?? "0", 16)));
}

/** 2^n, -1074 <= n <= 971, exactly; Math.pow promises no exactness. */
function powerOfTwo(n: number): number {
  if (n >= 0) return Number(1n << BigInt(n));
  return n >= -1022 ? 1 / Number(1n << BigInt(-n)) : Number.MIN_VALUE * Number(1n << BigInt(n + 1074));
}

// From the runtime, runtime/delayLine.ts
// A state as it was some time ago, `x(t - T)`, T rounded to steps: of each step the values and slopes at both ends are kept, and the step that is due is gone through once more as a cubic.

interface DelayLine {
  /** Puts in what belongs to step n. Before the run x has its initial value. */
  recall(n: number): void;
  /** Keeps what x of neurons low .. high - 1 is at the beginning of step n, at t_n, and what it is at its end, before anything happens there. `isHeld`: refractory in this step. */
  begin(n: number, t: number, low: number, high: number, isHeld: (i: number) => boolean): void;
  end(n: number, t: number, low: number, high: number, isHeld: (i: number) => boolean): void;
  /** These neurons have spiked at the end of step n: an upstroke that was cut there has no slope, and the step is a straight line. */
  straighten(n: number, neurons: Int32Array, count: number): void;
}

// From the runtime, runtime/eventDraws.ts
// What events draw: each number is a pure function of the seed, what it is for, the neuron, the step, and its order among those of this neuron in this step.

/** A draw of an event that cannot be made, with its time. */
class EventDrawError extends StoppedError {
  override readonly name = "EventDrawError";
}

/** What an error is at a time of a run; `neurons` is whose number the draw bears: of the population itself, or of the one that a connection ends at. */
function atTime(error: unknown, time: number, neurons: string): unknown {
  if (!(error instanceof DrawError) || error.neuron === null) return error;
  const [block, name] = eventAndName(error.purpose);
  return new EventDrawError(
    `\`${name}\` of \`${block}\` cannot be drawn for ${neurons}[${error.neuron}] at t = ${plainTime(time)} ms: ${drawProblemText(error.problem, "")} (what has a unit is in ms, mV, pF and what follows from them); what the distribution is made of must keep to that: \`round(…)\`, \`max(0, …)\`, or draws by \`min:\` and \`max:\``,
  );
}

/** `E/on V > 3 mV/u`, `exc E->I/on pre/n`: the event, and the name that it draws. */
function eventAndName(purpose: string): readonly [block: string, name: string] {
  const last = purpose.lastIndexOf("/");
  return [purpose.slice(purpose.indexOf("/") + 1, last), purpose.slice(last + 1)];
}

// From the runtime, runtime/matrix.ts
// The product of two matrices, n×n and row-major.

/** out = a b; what is 0 in a costs nothing. */
function multiply(out: Float64Array, a: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n * n; i++) out[i] = 0; // `fill` takes longer to call than a few to write
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!;
    }
  }
}

// From the runtime, runtime/linear.ts
// Exact propagators of linear differential equations: matrix exponentials, their integrals, and the noise collected over a step.

/**
 * x' = A x + b with b constant over the step: x(t + h) = P x(t) + Q b, where P = e^(A h) and Q = ∫_0^h e^(A s) ds.
 * D = P - 1 = A Q has the digits that P loses where h is short: x + (D x + Q b) does not drift over many steps.
 */
function propagator(
  a: Float64Array,
  n: number,
  h: number,
): { readonly P: Float64Array; readonly Q: Float64Array; readonly D: Float64Array } {
  const made = { P: new Float64Array(n * n), Q: new Float64Array(n * n), D: new Float64Array(n * n) };
  writePropagator(a, n, partsOf(a, n), h, made);
  return made;
}

/** The same into arrays that there are, zero where parts do not influence each other. */
function writePropagator(
  a: Float64Array,
  n: number,
  parts: Parts,
  h: number,
  { P, Q, D }: { readonly P: Float64Array; readonly Q: Float64Array; readonly D: Float64Array },
): void {
  exponentiate(a, n, parts, h, P, Q);
  for (let i = 0; i < n * n; i++) Q[i]! *= h;
  multiply(D, a, Q, n);
}

/** The coefficients of the numerator of the [m/m] approximant of e^z, and the norm up to which it is exact to rounding (Higham's table 2.3). */
const PADE: readonly { readonly reach: number; readonly b: readonly number[] }[] = [
  { reach: 1.495585217958292e-2, b: [120, 60, 12, 1] },
  { reach: 2.53939833006323e-1, b: [30240, 15120, 3360, 420, 30, 1] },
  { reach: 9.504178996162932e-1, b: [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1] },
  {
    reach: 2.097847961257068,
    b: [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1],
  },
  {
    reach: 5.371920351148152,
    b: [
      64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
      670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ],
  },
];

/** The states of each weakly connected part, ascending. */
type Parts = readonly (readonly number[])[];

function partsOf(a: Float64Array, n: number): Parts {
  const part = firstOfPart(a, n);
  const states = Array.from(part, (_, i) => i);
  return states.filter((i) => part[i] === i).map((first) => states.filter((i) => part[i] === first));
}

/** Writes e^(A h) to P and (e^(A h) - 1)/(A h) to F, one weakly connected part after the other. */
function exponentiate(a: Float64Array, n: number, parts: Parts, h: number, P: Float64Array, F: Float64Array): void {
  for (const members of parts) {
    const size = members.length,
      first = members[0]!;
    if (size === 1) {
      const z = a[first * n + first]! * h;
      P[first * n + first] = exp(z);
      F[first * n + first] = exprel(z);
      continue;
    }
    if (size === 2 && exponentiateOneWay(a, n, first, members[1]!, h, P, F)) continue;
    const work = workspace(size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) work.Z[i * size + j] = a[members[i]! * n + members[j]!]! * h;
    exponentiatePart(work, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        P[members[i]! * n + members[j]!] = work.P[i * size + j]!;
        F[members[i]! * n + members[j]!] = work.F[i * size + j]!;
      }
    }
  }
}

/** Smaller couplings might leave rounding of another sign. */
const LEAST_COUPLING = 1e-200;

/**
 * What `exponentiatePart` makes, to the last bit, of two states of which one drives the other, the part that is met most: a synapse's and the membrane's.
 * Whether it is such a part, and none that would be pivoted.
 */
function exponentiateOneWay(
  a: Float64Array,
  n: number,
  first: number,
  second: number,
  h: number,
  P: Float64Array,
  F: Float64Array,
): boolean {
  const forward = a[first * n + second] === 0; // the first drives the second
  if (!forward && a[second * n + first] !== 0) return false;
  const source = forward ? first : second,
    target = forward ? second : first,
    across = target * n + source;
  const sourceRate = a[source * n + source]! * h,
    targetRate = a[target * n + target]! * h,
    coupling = a[across]! * h;
  const size = Math.max(Math.abs(sourceRate) + Math.abs(coupling), Math.abs(targetRate));
  if (!(Math.abs(coupling) > LEAST_COUPLING && size <= PADE[PADE.length - 1]!.reach)) return false;
  let degree = 0;
  while (size > PADE[degree]!.reach) degree++;
  const { b } = PADE[degree]!;
  // Z², its powers, V and W: of the source, of the target, across
  const s = sourceRate * sourceRate,
    t = targetRate * targetRate,
    c = coupling * sourceRate + targetRate * coupling;
  let ps = s,
    pt = t,
    pc = c;
  let vs = b[0]!,
    vt = vs,
    vc = 0,
    ws = b[1]!,
    wt = ws,
    wc = 0;
  for (let k = 2; k < b.length; k += 2) {
    if (k > 2) {
      pc = pc * s + pt * c;
      ps *= s;
      pt *= t;
    }
    const even = b[k]!,
      odd = b[k + 1]!;
    vs += even * ps;
    vt += even * pt;
    vc += even * pc;
    ws += odd * ps;
    wt += odd * pt;
    wc += odd * pc;
  }
  vc -= coupling * ws + targetRate * wc;
  vs -= sourceRate * ws;
  vt -= targetRate * wt;
  if (Math.abs(vc) > Math.abs(vs)) return false;
  ws *= 2;
  wc *= 2;
  // As elimination from above and substitution from below go.
  const f = (forward ? wc - (vc / vs) * ws : wc - vc * (ws / vs)) / vt;
  P[across] = coupling * (ws / vs) + targetRate * f;
  F[across] = f;
  P[source * n + source] = exp(sourceRate);
  F[source * n + source] = exprel(sourceRate);
  P[target * n + target] = exp(targetRate);
  F[target * n + target] = exprel(targetRate);
  return true;
}

/** For each state the first state of its weakly connected part. */
function firstOfPart(a: Float64Array, n: number): Int32Array {
  const part = new Int32Array(n);
  for (let i = 0; i < n; i++) part[i] = i;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if ((a[i * n + j] === 0 && a[j * n + i] === 0) || part[i] === part[j]) continue;
      const kept = Math.min(part[i]!, part[j]!),
        merged = Math.max(part[i]!, part[j]!);
      for (let k = 0; k < n; k++) if (part[k] === merged) part[k] = kept;
    }
  }
  return part;
}

interface Workspace {
  Z: Float64Array;
  P: Float64Array;
  F: Float64Array; // the argument and the results
  readonly square: Float64Array;
  power: Float64Array;
  spare: Float64Array;
  readonly V: Float64Array;
  readonly W: Float64Array;
  readonly scale: Float64Array; // of balancing
  readonly rate: Float64Array; // diagonal of Z
  readonly reaches: Uint8Array; // [i, j]: j influences i
  readonly alone: Uint8Array; // on no cycle with another state
}

const workspaces: (Workspace | undefined)[] = [];

function workspace(n: number): Workspace {
  const matrix = (): Float64Array => new Float64Array(n * n);
  return (workspaces[n] ??= {
    Z: matrix(),
    P: matrix(),
    F: matrix(),
    square: matrix(),
    power: matrix(),
    spare: matrix(),
    V: matrix(),
    W: matrix(),
    scale: new Float64Array(n),
    rate: new Float64Array(n),
    reaches: new Uint8Array(n * n),
    alone: new Uint8Array(n),
  });
}

function exponentiatePart(work: Workspace, n: number): void {
  const { Z, square, V, W, scale, rate, reaches } = work;
  findReach(work, n);
  for (let i = 0; i < n; i++) rate[i] = Z[i * n + i]!;
  balance(Z, n, scale);
  const size = norm(Z, n, n, 1);
  if (!(size < Infinity)) {
    work.P.fill(NaN);
    work.F.fill(NaN);
    return;
  }

  // With the numerator V + U, U = Z W, and the denominator D = V - U: F = 2 D⁻¹ W and P = 1 + Z F.
  const degree = PADE.find(({ reach }) => size <= reach) ?? PADE[PADE.length - 1]!;
  const part = fractionWithin(degree.reach, size),
    b = degree.b;
  for (let i = 0; i < n * n; i++) Z[i]! *= part;
  multiply(square, Z, Z, n);
  V.fill(0);
  W.fill(0);
  for (let i = 0; i < n; i++) {
    V[i * n + i] = b[0]!;
    W[i * n + i] = b[1]!;
  }
  for (let k = 2; k < b.length; k += 2) {
    if (k === 2) work.power.set(square);
    else {
      multiply(work.spare, work.power, square, n);
      [work.power, work.spare] = [work.spare, work.power];
    }
    const even = b[k]!,
      odd = b[k + 1]!;
    for (let i = 0; i < n * n; i++) {
      V[i]! += even * work.power[i]!;
      W[i]! += odd * work.power[i]!;
    }
  }
  multiply(work.spare, Z, W, n);
  for (let i = 0; i < n * n; i++) {
    V[i]! -= work.spare[i]!;
    W[i]! *= 2;
  }
  solve(V, W, n);
  work.F.set(W);
  for (let i = 0; i < n * n; i++) if (reaches[i] === 0) work.F[i] = 0; // pivoting leaves rounding there
  multiply(work.P, Z, work.F, n);
  for (let i = 0; i < n; i++) work.P[i * n + i]! += 1;
  setOwnRates(work, n, part);

  // F(2z) = (P + 1) F / 2, P(2z) = P²
  for (let reached = 2 * part; reached <= 1; reached *= 2) {
    multiply(work.spare, work.P, work.F, n);
    for (let i = 0; i < n * n; i++) work.F[i] = 0.5 * (work.F[i]! + work.spare[i]!);
    multiply(work.spare, work.P, work.P, n);
    [work.P, work.spare] = [work.spare, work.P];
    setOwnRates(work, n, reached);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const back = scale[i]! / scale[j]!;
      work.P[i * n + j]! *= back;
      work.F[i * n + j]! *= back;
    }
  }
}

/** Diagonal elements of states that are on no cycle are known exactly; set anew after each squaring, they do not gather its errors. */
function setOwnRates({ P, F, rate, alone }: Workspace, n: number, part: number): void {
  for (let i = 0; i < n; i++) {
    if (alone[i] === 0) continue;
    P[i * n + i] = exp(rate[i]! * part);
    F[i * n + i] = exprel(rate[i]! * part);
  }
}

/** Who influences whom, over any number of intermediates (Warshall). */
function findReach({ Z, reaches, alone }: Workspace, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) reaches[i * n + j] = i === j || Z[i * n + j] !== 0 ? 1 : 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      if (reaches[i * n + k] === 0) continue;
      for (let j = 0; j < n; j++) if (reaches[k * n + j] === 1) reaches[i * n + j] = 1;
    }
  }
  for (let i = 0; i < n; i++) {
    alone[i] = 1;
    for (let j = 0; j < n; j++) if (j !== i && reaches[i * n + j] === 1 && reaches[j * n + i] === 1) alone[i] = 0;
  }
}

/** Scales states by powers of two (exact) until rows and columns weigh alike, so that units do not decide about the squarings (E. E. Osborne 1960). */
function balance(Z: Float64Array, n: number, scale: Float64Array): void {
  scale.fill(1);
  for (let sweep = 0, changed = true; changed && sweep < 8; sweep++) {
    changed = false;
    for (let i = 0; i < n; i++) {
      let column = 0,
        row = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        column += Math.abs(Z[j * n + i]!);
        row += Math.abs(Z[i * n + j]!);
      }
      if (!(column > 0 && row > 0 && column + row < Infinity)) continue;
      let factor = 1;
      const before = column + row;
      while (column * 2 < row) {
        factor *= 2;
        column *= 2;
        row *= 0.5;
      }
      while (row * 2 < column) {
        factor *= 0.5;
        column *= 0.5;
        row *= 2;
      }
      if (column + row >= 0.95 * before) continue;
      changed = true;
      scale[i]! *= factor;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        Z[j * n + i]! *= factor;
        Z[i * n + j]! /= factor;
      }
    }
  }
}

/** The largest 2^-k, k = 0, 1, …, that brings a norm within reach. */
function fractionWithin(reach: number, norm: number): number {
  let fraction = 1;
  for (let rest = norm; rest > reach && rest < Infinity; rest *= 0.5) fraction *= 0.5;
  return fraction;
}

/** The largest sum of magnitudes over one index: 1-norm for strides (n, 1), ∞-norm for (1, n). NaN if any element is. */
function norm(a: Float64Array, n: number, inner: number, outer: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * outer + j * inner]!);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** X ← D⁻¹ X by Gaussian elimination with row pivoting; D is used up. */
function solve(D: Float64Array, X: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(D[i * n + k]!) > Math.abs(D[pivot * n + k]!)) pivot = i;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) {
        const d = D[k * n + j]!,
          x = X[k * n + j]!;
        D[k * n + j] = D[pivot * n + j]!;
        D[pivot * n + j] = d;
        X[k * n + j] = X[pivot * n + j]!;
        X[pivot * n + j] = x;
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = D[i * n + k]! / D[k * n + k]!;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) D[i * n + j]! -= factor * D[k * n + j]!;
      for (let j = 0; j < n; j++) X[i * n + j]! -= factor * X[k * n + j]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) {
      const factor = D[k * n + i]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) X[k * n + j]! -= factor * X[i * n + j]!;
    }
    for (let j = 0; j < n; j++) X[k * n + j]! /= D[k * n + k]!;
  }
}

// From the runtime, runtime/inbox.ts
// The spikes that arrive at the neurons of one population inside a step, packed: neuron by neuron in the order of time.

interface Inbox {
  /** What the spikes that come through a projection are added by. Projections that are opened first act first on what arrives together. */
  open(projection: PreciseProjection): number;
  /** A spike of neuron `source` comes to neuron j at a time (ms) inside the coming step, through connection c of projection `by`. */
  add(j: number, time: number, by: number, source: number, c: number): void;
  /** Nothing is added any more before `clear`: what has come to neuron j stands at first(j) … first(j + 1) - 1, in the order of time. */
  close(): void;
  first(j: number): number;
  time(k: number): number;
  /** Those at from … to - 1 arrive together: puts them in the order of their projections, of their delays, the shortest first, and of their sources. */
  together(from: number, to: number): void;
  act(k: number, t: number, state: Float64Array): void;
  clear(): void;
}

/** More spikes than this are sorted by the engine; fewer are put in their places one by one. */
const MANY_ARRIVALS = 32;

function createInbox(size: number): Inbox {
  const projections: PreciseProjection[] = [];
  let count = 0,
    room = 256;
  let neuron = new Int32Array(room),
    source = new Int32Array(room),
    connection = new Int32Array(room),
    by = new Int32Array(room),
    times = new Float64Array(room),
    order = new Int32Array(room);
  const firsts = new Int32Array(size + 1),
    next = new Int32Array(size);

  const makeRoom = (): void => {
    room *= 2;
    const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const longer = new Int32Array(room);
      longer.set(old);
      return longer;
    };
    [neuron, source, connection, by, order] = [ints(neuron), ints(source), ints(connection), ints(by), ints(order)];
    const longer = new Float64Array(room);
    longer.set(times);
    times = longer;
  };
  const byTime = (a: number, b: number): number => (times[a] as number) - (times[b] as number);
  const byConnection = (a: number, b: number): number =>
    (by[a] as number) - (by[b] as number) ||
    delayOf(a) - delayOf(b) ||
    (source[a] as number) - (source[b] as number) ||
    (connection[a] as number) - (connection[b] as number);
  const delayOf = (a: number): number => {
    const { delays } = projections[by[a] as number] as PreciseProjection;
    return typeof delays === "number" ? delays : (delays[connection[a] as number] as number);
  };
  /** They mostly are in that order as they come; equal ones stay as they are. */
  const sort = (from: number, to: number, compare: (a: number, b: number) => number): void => {
    for (let k = from + 1; k < to; k++) {
      const late = order[k] as number;
      if (compare(order[k - 1] as number, late) <= 0) continue;
      if (to - from > MANY_ARRIVALS) {
        order.subarray(from, to).sort((a, b) => compare(a, b) || a - b);
        return;
      }
      let place = k;
      for (; place > from && compare(order[place - 1] as number, late) > 0; place--)
        order[place] = order[place - 1] as number;
      order[place] = late;
    }
  };

  return {
    open: (projection) => projections.push(projection) - 1,
    add(j, time, projection, i, c) {
      if (count === room) makeRoom();
      neuron[count] = j;
      times[count] = time;
      by[count] = projection;
      source[count] = i;
      connection[count++] = c;
    },
    close() {
      if (count === 0) return;
      firsts.fill(0);
      for (let k = 0; k < count; k++) firsts[(neuron[k] as number) + 1]! += 1;
      for (let j = 0; j < size; j++) {
        firsts[j + 1]! += firsts[j] as number;
        next[j] = firsts[j] as number;
      }
      for (let k = 0; k < count; k++) order[next[neuron[k] as number]!++] = k;
      for (let j = 0; j < size; j++) sort(firsts[j] as number, firsts[j + 1] as number, byTime);
    },
    first: (j) => firsts[j] as number,
    time: (k) => times[order[k] as number] as number,
    together(from, to) {
      sort(from, to, byConnection);
    },
    act(k, t, state) {
      const a = order[k] as number;
      (projections[by[a] as number] as PreciseProjection).jump(
        source[a] as number,
        neuron[a] as number,
        connection[a] as number,
        t,
        state,
      );
    },
    clear() {
      if (count > 0) firsts.fill(0);
      count = 0;
    },
  };
}

// From the runtime, runtime/preciseNetwork.ts
// Spikes on their way between populations whose spikes are located inside the step: a calendar of arrivals at any time.

/**
 * A neuron's spikes must not arrive in the step they are sent in, because that step is under way: every delay from neurons is a step at least. What is sent from outside
 * is known beforehand and may arrive at once.
 */
function preciseNetwork(
  populations: readonly PopulationKernel[],
  projections: readonly PreciseProjection[],
  steppers: readonly PreciseStepper[],
  dt: number,
): Network {
  const indexOf = (name: string): number => populations.findIndex((p) => p.name === name);
  const routes = projections.map((projection, index): Route => {
    const { inbox } = steppers[indexOf(projection.target)] as PreciseStepper;
    return { index, projection, inbox, by: inbox.open(projection) };
  });
  const outgoing = populations.map((population) =>
    routes.filter(({ projection }) => projection.source === population.name),
  );
  for (const p of projections) if (populations[indexOf(p.source)]?.source === undefined) demandStep(p, dt);

  // What is under way by the step in which it arrives, in the order in which it was sent.
  let calendar = new Map<number, Day>();
  // A day only grows, so that its length says what it was; those that are over and that no saved calendar has any more are used again.
  let saved: readonly { readonly step: number; readonly day: Day; readonly length: number }[] = [];
  let over: Day[] = [],
    unused: Day[] = [];

  const enter = (route: Route, i: number, first: number, end: number, at: number): void => {
    // A time that is a multiple of the step but for rounding belongs to the step that begins there.
    const step = Math.floor(at / dt + 1e-9);
    let day = calendar.get(step);
    if (day === undefined) {
      day = unused.pop() ?? createDay();
      calendar.set(step, day);
    }
    day.push(route.index, i, first, end, at);
  };
  /** Connections with one delay are one entry. */
  const schedule = (route: Route, i: number, time: number): void => {
    const {
      delays,
      connections: { starts, firstSource, delays: segments },
    } = route.projection;
    const r = (i - firstSource) * segments.length;
    if (r < 0 || r + segments.length >= starts.length) return;
    const begin = starts[r] as number,
      end = starts[r + segments.length] as number;
    if (typeof delays === "number") {
      if (begin < end) enter(route, i, begin, end, time + delays);
      return;
    }
    for (let first = begin, next = first; first < end; first = next) {
      const delay = delays[first] as number;
      for (next = first + 1; next < end && delays[next] === delay;) next++;
      enter(route, i, first, next, time + delay);
    }
  };
  const sendAll = (p: number, neurons: Int32Array, count: number, time: (k: number) => number): void => {
    for (const route of outgoing[p] ?? [])
      for (let k = 0; k < count; k++) schedule(route, neurons[k] as number, time(k));
  };

  return {
    before(n) {
      populations.forEach(({ source }, p) => {
        if (source === undefined) return;
        const count = source.fire(n);
        const { times, spikes } = source;
        sendAll(p, spikes, count, (k) => times?.[k] ?? timeOf(n + 1, dt));
      });
      const day = calendar.get(n);
      if (day === undefined) return;
      for (let a = 0; a < day.length; a++) {
        const { projection, inbox, by } = routes[day.route(a)] as Route;
        for (let c = day.first(a); c < day.end(a); c++)
          inbox.add(projection.connections.target[c] as number, day.time(a), by, day.source(a), c);
      }
      calendar.delete(n);
      over.push(day);
    },
    gather() {
      // Nothing is given but by spikes.
    },
    send(p, n, { neurons, count, times }) {
      // Sources have been sent before the step, but for what they give at the very beginning.
      if (populations[p]?.source !== undefined && n > 0) return;
      sendAll(p, neurons, count, (k) => times?.[k] ?? timeOf(n, dt));
    },
    reply() {
      // What postsynaptic spikes do is for the grid.
    },
    listens: (p) => (outgoing[p]?.length ?? 0) > 0,
    save() {
      saved = [...calendar].map(([step, day]) => ({ step, day, length: day.length }));
      for (const day of over) {
        day.length = 0;
        unused.push(day);
      }
      over = [];
    },
    restore() {
      for (const { day, length } of saved) day.length = length;
      calendar = new Map(saved.map(({ step, day }) => [step, day]));
      [over, unused] = [[], []];
    },
  };
}

/** A projection among all, where what comes through it is put, and what it is called there. */
interface Route {
  readonly index: number;
  readonly projection: PreciseProjection;
  readonly inbox: Inbox;
  readonly by: number;
}

/** What arrives in one step: spikes, each through some connections in a row that have one delay. */
interface Day {
  length: number;
  push(route: number, source: number, first: number, end: number, time: number): void;
  route(a: number): number;
  source(a: number): number;
  first(a: number): number;
  end(a: number): number;
  /** ms */
  time(a: number): number;
}

function createDay(): Day {
  let entries = new Int32Array(4 * 64),
    times = new Float64Array(64);
  return {
    length: 0,
    push(route, source, first, end, time) {
      if (this.length === times.length) {
        const [longer, later] = [new Int32Array(2 * entries.length), new Float64Array(2 * times.length)];
        longer.set(entries);
        later.set(times);
        [entries, times] = [longer, later];
      }
      const a = 4 * this.length;
      entries[a] = route;
      entries[a + 1] = source;
      entries[a + 2] = first;
      entries[a + 3] = end;
      times[this.length++] = time;
    },
    route: (a) => entries[4 * a] as number,
    source: (a) => entries[4 * a + 1] as number,
    first: (a) => entries[4 * a + 2] as number,
    end: (a) => entries[4 * a + 3] as number,
    time: (a) => times[a] as number,
  };
}

function demandStep({ delays, connection, connections }: PreciseProjection, dt: number): void {
  const shortest =
    connections.count === 0
      ? Infinity
      : typeof delays === "number"
        ? delays
        : delays.reduce((a, b) => Math.min(a, b), Infinity);
  if (shortest < dt * (1 - 1e-9))
    throw new ConnectionError(
      connection,
      `with \`spikes precise\` every delay between neurons is at least one step (${dt} ms): \`${connection}\` has one of ${shortest} ms`,
    );
}

// From the runtime, runtime/preciseStepper.ts
// One step of a population whose spikes are located inside the step: the automaton of the language reference, "Spikes, resets, events".

/** One neuron whose conditions become true more often than this in one step does not get out of it. */
const MOST_INSTANTS = 1000;

/** What a reset makes true happens in the next round of the same instant: more rounds than this have no end. */
const MOST_ROUNDS = 1000;

interface PreciseStepper extends Stepper {
  /** What is to be acted on in the next step. */
  readonly inbox: Inbox;
}

function preciseStepper(kernel: PreciseKernel, dt: number, listener: Listener): PreciseStepper {
  const { size } = kernel;
  const conditions: PreciseCondition[] =
    kernel.spike === undefined ? [...kernel.events] : [kernel.spike, ...kernel.events];
  const isSpike = (c: number): boolean => kernel.spike !== undefined && c === 0;
  const isLevel = kernel.spike?.crossing === false;
  // Per neuron: when it is free again (ms), and which conditions have been seen to be true.
  const freeAt = new Float64Array(size).fill(-Infinity);
  const seen = Array.from({ length: size }, (_, i) =>
    Uint8Array.from(conditions, (condition, c) => (!(isLevel && c === 0) && condition.initial(i) ? 1 : 0)),
  );
  const saved = {
    words: new Float64Array(kernel.memory.words.length),
    freeAt: new Float64Array(size),
    seen: seen.map((flags) => flags.slice()),
  };
  const search = crossingSearch(kernel, conditions, dt);
  const { y } = search;
  const back = new Float64Array(y.length);
  for (let i = 0; i < size; i++) {
    kernel.load(i, y);
    if (kernel.periodsAtSpikes === undefined && !(kernel.refractoryPeriod(y) >= 0))
      throw negativePeriod(kernel.name, i);
  }
  const happening = new Uint8Array(conditions.length);
  const heldStates = kernel.states.flatMap((s, k) => (kernel.held.includes(s.name) ? [k] : []));

  const inbox = createInbox(size);
  let spiked = new Int32Array(16);
  let spikeTimes = new Float64Array(16);
  let spikeCount = 0;
  // Of the neuron that is under way.
  let known: Uint8Array = new Uint8Array(0);
  let lastSpike = -Infinity;
  // Of the step (ms): where it begins and ends, and how far apart times may lie that are one time; late times are rounded more coarsely.
  let begin = 0,
    end = 0,
    near = TOGETHER;
  // Its arrivals: the next one, and the one behind the last.
  let arrived = 0,
    arrivals = 0;

  const tell = (i: number, time: number): void => {
    if (spikeCount === spiked.length) {
      const [neurons, times] = [new Int32Array(2 * spikeCount), new Float64Array(2 * spikeCount)];
      neurons.set(spiked);
      times.set(spikeTimes);
      [spiked, spikeTimes] = [neurons, times];
    }
    spiked[spikeCount] = i;
    spikeTimes[spikeCount++] = time;
    lastSpike = time;
    listener.spike(i, time);
    const period = kernel.refractoryPeriod(y);
    if (!(period >= 0)) throw negativePeriodAt(kernel.name, i, time);
    if (period > 0) freeAt[i] = time + period;
  };
  const isHeld = (i: number, time: number): boolean => time < (freeAt[i] as number) - near;
  const holds = (c: number, time: number): boolean => (conditions[c] as PreciseCondition).holds(time, y);
  const demandFinite = (i: number): void => {
    for (let k = 0; k < y.length; k++) {
      if (Number.isFinite(y[k])) continue;
      kernel.store(i, y);
      throw new NotFinite();
    }
  };
  // `back.set(y)`, which takes longer to call than a few states to copy.
  const keep = (): void => {
    for (let k = 0; k < y.length; k++) back[k] = y[k] as number;
  };

  /** What is true in a refractory period is lost, however it became so. */
  const lose = (time: number): void => {
    for (let c = 0; c < conditions.length; c++) known[c] = holds(c, time) ? 1 : 0;
  };

  /** All conditions that have become true happen, the spike first; then those that became true by it, round by round. Whether anything did. */
  const happen = (i: number, time: number): boolean => {
    if (isHeld(i, time)) {
      lose(time);
      return false;
    }
    for (let rounds = 0; ; rounds++) {
      let last = -1;
      for (let c = 0; c < conditions.length; c++) {
        const now = holds(c, time);
        happening[c] = now && known[c] === 0 ? 1 : 0;
        known[c] = now ? 1 : 0;
        if (happening[c] === 1) last = c;
      }
      if (last < 0) return rounds > 0;
      if (rounds >= MOST_ROUNDS) throw new EndlessStep({ kind: "events", neuron: i, time, index: last });
      demandFinite(i);
      for (let c = 0; c <= last; c++) {
        if (happening[c] === 0) continue;
        (conditions[c] as PreciseCondition).apply(time, y);
        if (!isSpike(c)) continue;
        tell(i, time);
        if (isLevel && holds(c, time)) listener.stillTrue(i, time);
      }
      if (isHeld(i, time)) {
        lose(time);
        return true;
      }
    }
  };

  /** A refractory period of h ms from x on has passed. What became true at its very end was not lost; a level spikes where it is true. */
  const release = (x: number, h: number): void => {
    const time = search.timeAt(x + h);
    for (let c = 0; c < conditions.length; c++) {
      const now = holds(c, time);
      if (!now || (isLevel && c === 0)) known[c] = 0;
      else if (known[c] === 0 && search.heldCrossing(c, x, h, back) < h - near) known[c] = 1;
    }
  };

  const nextArrival = (): number => (arrived < arrivals ? inbox.time(arrived) : Infinity);
  const takeArrivals = (i: number, time: number): void => {
    const held = isHeld(i, time);
    if (held) keep();
    let last = arrived;
    while (last < arrivals && inbox.time(last) <= time + near) last++;
    inbox.together(arrived, last);
    for (; arrived < last; arrived++) {
      inbox.act(arrived, time, y);
      // What arrives in a refractory period leaves held states as they were: the next one reads that.
      if (held) for (const k of heldStates) y[k] = back[k] as number;
    }
    search.disturbed();
  };

  const stepNeuron = (i: number): void => {
    known = seen[i] as Uint8Array;
    lastSpike = -Infinity;
    kernel.load(i, y);
    search.start();
    arrived = inbox.first(i);
    arrivals = inbox.first(i + 1);
    let done = 0; // ms into the step
    let instants = 0;

    // Inputs may have jumped with the step, and spikes arrive with it.
    if (arrived < arrivals) takeArrivals(i, begin);
    if (conditions.length > 0) happen(i, begin);
    while (done < dt) {
      const time = search.timeAt(done);
      const held = isHeld(i, time);
      const arrivesAt = nextArrival() - begin;
      const freeIn = held ? (freeAt[i] as number) - begin : Infinity;
      let until = Math.min(dt, arrivesAt, freeIn);
      let look = held;
      if (until > dt - near) until = dt; // it belongs to the end of this step
      if (held || conditions.length === 0) {
        const x = done,
          h = until - done;
        keep();
        if (h > 0) {
          if (held) kernel.flowHeld(time, h, y);
          else kernel.flow(time, h, y);
        }
        done = until;
        if (held && freeIn <= until + near) {
          release(x, h);
          search.disturbed();
        }
      } else {
        const rest = until - done;
        const moved = rest > 0 ? search.advance(done, rest, known) : 0;
        done = moved >= rest ? until : done + moved;
        demandFinite(i);
        if (rest > 0 && search.found >= 0) {
          look = true;
          if (++instants > MOST_INSTANTS)
            throw new EndlessStep({ kind: "events", neuron: i, time: search.timeAt(done), index: search.found });
          done = Math.min(dt, done + search.gather(done, known));
          search.disturbed();
        }
      }
      const now = search.timeAt(done);
      // A level that its reset left true spikes once a step, at its end.
      if (isLevel && done >= dt && known[0] === 1 && lastSpike !== now && !isHeld(i, now)) {
        known[0] = 0;
        look = true;
      }
      if (look && conditions.length > 0 && happen(i, now)) search.disturbed();
      if (nextArrival() <= now + near) {
        takeArrivals(i, now);
        if (conditions.length > 0) happen(i, now);
      }
    }
    kernel.store(i, y);
  };

  const stepAll = (): void => {
    let i = 0;
    try {
      for (; i < size; i++) stepNeuron(i);
    } catch (error) {
      if (error instanceof TooManySubsteps)
        throw new EndlessStep({ kind: "substeps", neuron: i, time: error.time, index: error.state });
      if (error instanceof TooManyPieces) throw new EndlessStep({ kind: "pieces", neuron: i, time: begin, index: -1 });
      throw error;
    }
  };

  return {
    get sent() {
      return { neurons: spiked, count: spikeCount, times: spikeTimes };
    },
    inbox,
    step(n) {
      spikeCount = 0;
      const { source } = kernel;
      if (source !== undefined) {
        if (!listener.keepsSpikes) return;
        const count = source.fire(n);
        for (let k = 0; k < count; k++)
          listener.spike(source.spikes[k] as number, source.times?.[k] ?? timeOf(n + 1, dt));
        return;
      }
      begin = timeOf(n, dt);
      end = timeOf(n + 1, dt);
      near = TOGETHER + end * 1e-15;
      search.enter(begin, end);
      inbox.close();
      stepAll();
      inbox.clear();
    },
    save() {
      saved.words.set(kernel.memory.words);
      saved.freeAt.set(freeAt);
      seen.forEach((flags, i) => saved.seen[i]?.set(flags));
    },
    restore() {
      kernel.memory.words.set(saved.words);
      freeAt.set(saved.freeAt);
      seen.forEach((flags, i) => flags.set(saved.seen[i] as Uint8Array));
      inbox.clear();
    },
  };
}

// From the runtime, runtime/rounding.ts
// Times of a model that a simulation takes to whole steps: what that changes is told, as the compiler tells it for the step that it knows.

/** A time that somebody wrote, with its value in this simulation. */
interface ModelTime {
  /** `the delay of "exc"` */
  readonly what: string;
  /** ms: one for all, a list of further ones of the kind, or one for each neuron. */
  readonly times: ArrayLike<number> | ((i: number) => number);
  /** Whether it is rounded to the step. */
  readonly rounded: boolean;
  /** A period: it cannot be negative. */
  readonly lasts: boolean;
}

/** What is rounded to another value, a sentence a time of the model. @throws UsageError for a period that is negative */
function roundings(times: readonly ModelTime[], size: number, dt: number): string[] {
  return times.flatMap((time) => roundingOf(time, size, dt));
}

function roundingOf(time: ModelTime, size: number, dt: number): string[] {
  const { times } = time;
  if (!(times instanceof Float64Array)) return lookedAt(time, size, dt);
  let known = roundedTables.get(times);
  if (known?.dt !== dt || known.what !== time.what)
    roundedTables.set(times, (known = { dt, what: time.what, told: lookedAt(time, size, dt) }));
  return known.told;
}

/** A table may be as long as a recording, and does not change: it is looked at once. */
const roundedTables = new WeakMap<
  Float64Array,
  { readonly dt: number; readonly what: string; readonly told: string[] }
>();

function lookedAt({ what, times, rounded, lasts }: ModelTime, size: number, dt: number): string[] {
  const count = typeof times === "function" ? size : times.length;
  let first = "";
  let more = 0;
  for (let i = 0; i < count; i++) {
    const time = typeof times === "function" ? times(i) : (times[i] as number);
    const whose = typeof times === "function" ? `${what}, neuron ${i}` : what;
    if (lasts && time < 0)
      throw new UsageError(
        `${whose} is negative: ${plainTime(time)} ms${whose === what ? "" : "; draws can be kept above 0 with `min: 0 ms`"}`,
      );
    if (!rounded || !(time >= 0 && time < Infinity) || isMultiple(time, dt)) continue;
    if (first === "")
      first = `${whose}, ${plainTime(time)} ms, is not a multiple of the step, ${plainTime(dt)} ms: it is rounded to ${plainTime(stepsIn(time, dt) * dt)} ms`;
    else more++;
  }
  return first === "" ? [] : [more === 0 ? first : `${first}, and so ${more === 1 ? "is 1" : `are ${more}`} more`];
}

// From the runtime, runtime/simulation.ts
// A running simulation: the integer clock, the populations' steppers, what is recorded, and stopping when a value is no longer finite.

interface SimulationSetup {
  readonly name: string;
  /** ms */
  readonly dt: number;
  readonly seed: number;
  readonly populations: readonly PopulationKernel[];
  /** In the order in which spikes that arrive together take effect. */
  readonly projections: readonly Projection[];
  /** Names of the populations whose spikes are kept. */
  readonly spikesOf: readonly string[];
  readonly records: readonly RecordRequest[];
}

/** A model at a time: it advances by whole steps and keeps what it records. Times are in ms; values of variables in mV, pF and what follows from them. */
interface Simulation {
  readonly name: string;
  readonly dt: number;
  readonly seed: number;
  /** Steps taken so far; the time is timeOf(steps, dt). */
  readonly steps: number;
  /** In alphabetical order of their names, which is the order of simultaneous spikes. */
  readonly populations: readonly PopulationKernel[];
  readonly projections: readonly Projection[];
  readonly spikes: SpikeLog;
  readonly traces: readonly TraceLog[];
  /** What the modeller should hear of: what is rounded to the step, then what happens, each once a population. */
  readonly warnings: readonly string[];
  /** The warnings that come first: of times rounded to the step. Compiling with this step and these values tells them, too. */
  readonly rounded: readonly string[];
  /**
   * Takes `count` steps, or fewer where `enough`, which is asked after each, says so. Any way of cutting a run into calls gives the same bits.
   * @throws NonFiniteError when a state stops being finite, EndlessError where a step would not end; what was recorded before stays.
   */
  advance(count: number, enough?: Enough): void;
  /**
   * Takes the steps of that time (ms).
   * @throws UsageError where it is no whole number of steps: rounded, a run in pieces would not be the run in one.
   */
  run(duration: number): void;
  population(name: string): PopulationKernel;
  /** Threads that took the last steps: 1 unless more were asked for, its plan can be divided, and the others are there. */
  readonly threads: number;
  /** Why one thread takes the steps where more were asked for; null where more do, one was asked for, or the others have been let go. */
  readonly alone: string | null;
  /** Ends all threads but this one: what follows runs in it alone. */
  dismissThreads(): void;
}

/** Says whether it is enough. `anywhere`: it looks at nothing of the simulation, so that it may be asked at any steps; without it, all steps are taken in one thread. */
type Enough = (() => boolean) & { readonly anywhere?: true };

/** A state has become NaN or infinite. */
class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  /** The population, or the connection: `exc`. */
  readonly population: string;
  /** The neuron, or the connection's number. */
  readonly neuron: number;
  /** `E[3]`, or `exc E[3]->I[5]`. */
  readonly place: string;
  readonly variable: string;
  readonly unit: string;
  /** End of the step in which it happened (ms). */
  readonly time: number;
  readonly value: number;
  /** The value one step before. */
  readonly lastValue: number;
  /** All states of the neuron, or changing values of the connection, one step before. */
  readonly before: ReadonlyMap<string, number>;

  constructor(at: {
    population: string;
    neuron: number;
    place: string;
    variable: string;
    unit: string;
    time: number;
    value: number;
    lastValue: number;
    before: ReadonlyMap<string, number>;
  }) {
    super(
      `${at.place}.${at.variable} became ${at.value} at t = ${at.time} ms; it was ${withUnit(at.lastValue, at.unit)} one step before`,
    );
    this.population = at.population;
    this.neuron = at.neuron;
    this.place = at.place;
    this.variable = at.variable;
    this.unit = at.unit;
    this.time = at.time;
    this.value = at.value;
    this.lastValue = at.lastValue;
    this.before = at.before;
  }
}

/** `recruit`: brings other threads that take their share of the steps; `alone`: why none can. */
function simulate(setup: SimulationSetup, recruit: Recruit | null = null, alone: string | null = null): Simulation {
  const { dt } = setup;
  const populations = inOrderOfNames(setup.populations);
  for (const kernel of populations)
    Object.defineProperty(kernel, "parameters", { value: unwritable(kernel), enumerable: true });
  const spikes = spikeLog();
  const rounded = [
    ...populations.flatMap((p) => roundings([...(p.times ?? []), ...givenTimes(p)], p.size, dt)),
    ...new Set(setup.projections.flatMap((p) => roundings(p.times ?? [], 1, dt))),
  ];
  const warnings: string[] = [...rounded];
  const told = new Set<string>();

  const listeners = populations.map((kernel, p): Listener => {
    const kept = setup.spikesOf.includes(kernel.name);
    return {
      keepsSpikes: kept,
      spike: (neuron: number, time: number): void => {
        if (kept) spikes.push(time, p, neuron);
      },
      stillTrue: (neuron: number, time: number): void => {
        if (!told.has(kernel.name)) tellOnce(p, stillTrueText(kernel, neuron, neuron, time));
      },
    };
  });
  const tellOnce = (p: number, warning: string): void => {
    const { name } = populations[p] as PopulationKernel;
    if (!told.has(name)) warnings.push(warning);
    told.add(name);
  };
  const motion = inMotion(populations, setup.projections, listeners, dt);
  const { steppers, connected } = motion;
  const watched = watchedValues(populations, setup.projections);
  const unordered = populations.some((kernel) => kernel.kind === "precise");

  const traces = setup.records.flatMap((record) => {
    const kernel = find(populations, record.population);
    const observable = observableOf(kernel, record.variable);
    return Array.from({ length: record.last - record.first + 1 }, (_, k) =>
      traceLog(kernel.name, record.first + k, observable, record.every),
    );
  });
  // Inputs that connections fill, and what is computed from them, are looked at as they are at t_n and not as the step before had them.
  const gathered = traces.filter(
    (trace) =>
      trace.kind !== "state" &&
      setup.projections.some(
        (p) => p.kind === "grid" && p.fills.some((f) => !f.constant && f.population === trace.population),
      ),
  );
  let n = 0;
  const intervals = [...new Set(traces.map((trace) => trace.every))];
  const isDue = (): boolean => {
    for (const every of intervals) if (n % every === 0) return true;
    return false;
  };
  const sample = (): void => {
    if (!isDue()) return;
    for (const kernel of populations) kernel.drive(n);
    if (gathered.some((trace) => n % trace.every === 0)) connected.gather(n);
    for (const trace of traces) if (n % trace.every === 0) trace.sample();
  };
  sample();
  // Spikes that are given for the very beginning.
  populations.forEach((kernel, p) => {
    const { source } = kernel;
    const count = source?.fire(-1) ?? 0;
    if (source === undefined || count === 0) return;
    const sent = { neurons: source.spikes, count };
    connected.send(p, 0, sent);
    connected.reply(p, 0, sent);
    if (setup.spikesOf.includes(kernel.name))
      for (let k = 0; k < count; k++) spikes.push(0, p, source.spikes[k] as number);
  });

  const listened = steppers.flatMap((stepper, p) => (connected.listens(p) ? [{ stepper, p }] : []));
  const connects = setup.projections.length > 0;
  /** What events of a step have not drawn: arrivals are at its beginning, all else at its end. */
  const drawnAt = (error: unknown, kernel: PopulationKernel | undefined): unknown => {
    if (!(error instanceof DrawError)) return error;
    const [drawing = ""] = error.purpose.split("/");
    const projection = setup.projections.find(({ name }) => name === drawing);
    const arrives = error.purpose.startsWith(`${drawing}/on pre/`);
    return atTime(error, timeOf(arrives ? n : n + 1, dt), projection?.target ?? kernel?.name ?? drawing);
  };
  const step = (): void => {
    const before = spikes.length;
    // Connections read inputs, too: all are what they are from t_n on before anything happens.
    for (let p = 0; p < populations.length; p++) (populations[p] as PopulationKernel).drive(n);
    let p = -1;
    try {
      if (connects) connected.before(n);
      for (p = 0; p < steppers.length; p++) (steppers[p] as Stepper).step(n);
      if (connects)
        for (const { stepper, p } of listened) {
          connected.send(p, n + 1, stepper.sent);
          connected.reply(p, n + 1, stepper.sent);
        }
    } catch (error) {
      const kernel = populations[p];
      const cause = named(drawnAt(error, kernel), kernel);
      // Of a step that does not end, nothing is kept.
      if (cause instanceof EndlessError || cause instanceof StoppedError) spikes.truncate(before);
      throw cause;
    }
    if (unordered) spikes.arrange(before);
    n++;
    if (intervals.length > 0) sample();
  };

  const mark = { n: 0, spikes: 0, traces: traces.map(() => 0) };
  const remember = (): void => {
    mark.n = n;
    mark.spikes = spikes.length;
    traces.forEach((trace, k) => (mark.traces[k] = trace.length));
  };
  const save = (): void => {
    for (const stepper of steppers) stepper.save();
    connected.save();
    remember();
  };
  const forget = (): void => {
    n = mark.n;
    spikes.truncate(mark.spikes);
    traces.forEach((trace, k) => trace.truncate(mark.traces[k] ?? 0));
  };

  const restore = (): void => {
    for (const stepper of steppers) stepper.restore();
    connected.restore();
    forget();
  };

  const others = motion.grid === null ? null : (recruit?.({ ...setup, ...motion.grid }, motion.grid.freeFrom) ?? null);
  let threads = 1;
  /** Why the other threads are gone with the state of their neurons: no step can be taken any more. */
  let lost: Error | null = null;
  /** Takes steps with the other threads, up to `end` or to where it is enough; false where they are not there, or something is wrong that this thread alone has to find again. */
  const advanceTogether = (end: number, enough: Enough | undefined): boolean => {
    if (others === null || motion.grid === null || (enough !== undefined && enough.anywhere !== true)) return false;
    const account: Account = {
      save(at) {
        n = at;
        remember();
      },
      spike: (time, p, neuron) => spikes.push(time, p, neuron),
      sample: (k, value) => traces[k]?.push(value),
      stillTrue: tellOnce,
      enough: enough ?? (() => false),
    };
    remember();
    let reached: ReturnType<typeof others.lead>;
    try {
      reached = others.lead(n, end, account);
    } catch (error) {
      forget();
      lost = error as Error;
      throw error;
    }
    if (reached === null) return false;
    n = reached.n;
    if (reached.apart) forget();
    for (const stepper of motion.grid.steppers) stepper.resume(n);
    return !reached.apart;
  };

  /** From the last save, one step at a time up to the first bad value; what was recorded before it stays. */
  const locate = (): never => {
    restore();
    for (;;) {
      const before = watched.map((w) => w.values.slice());
      const recorded = { spikes: spikes.length, traces: traces.map((t) => t.length) };
      let stopped = false;
      try {
        step();
      } catch (error) {
        if (!(error instanceof NotFinite)) throw error;
        stopped = true;
      }
      const bad = firstNonFinite(watched);
      if (bad === null && !stopped) continue;
      const time = timeOf(stopped ? n + 1 : n, dt);
      spikes.truncate(recorded.spikes);
      traces.forEach((t, k) => t.truncate(recorded.traces[k] ?? 0));
      const { w, i } = bad ?? { w: 0, i: 0 };
      const { population, name, unit, values, place } = watched[w] as Watched;
      const own = new Map(
        watched.flatMap((other, k): [string, number][] =>
          other.population === population ? [[other.name, before[k]?.[i] ?? NaN]] : [],
        ),
      );
      throw new NonFiniteError({
        population,
        neuron: i,
        place: place(i),
        variable: name,
        unit,
        time,
        value: values[i] ?? NaN,
        lastValue: before[w]?.[i] ?? NaN,
        before: own,
      });
    }
  };

  return {
    name: setup.name,
    dt,
    seed: setup.seed,
    get steps() {
      return n;
    },
    populations,
    projections: setup.projections,
    spikes,
    traces,
    warnings,
    rounded,
    advance(count, enough) {
      if (!(Number.isSafeInteger(count) && count >= 0))
        throw new UsageError(`a simulation advances by a whole number of steps, 0 or more, not by ${String(count)}`);
      if (lost !== null) throw lost;
      const end = n + count;
      let over = n < end && advanceTogether(end, enough);
      if (n < end || over) threads = over ? (others?.threads ?? 1) : 1;
      while (n < end && !over) {
        save();
        const until = Math.min(end, n + LOOK_EVERY);
        try {
          while (n < until && !over) {
            step();
            over = enough?.() === true;
          }
        } catch (error) {
          if (error instanceof NotFinite) locate();
          throw error;
        }
        if (firstNonFinite(watched) !== null) locate();
      }
    },
    run(duration) {
      if (!(duration >= 0 && duration < Infinity))
        throw new UsageError(`a simulation runs for a time in ms, 0 or longer, not for ${String(duration)}`);
      if (!isMultiple(duration, dt))
        throw new UsageError(
          `a simulation runs for a multiple of its step, ${plainTime(dt)} ms, not for ${plainTime(duration)} ms; \`advance(n)\` takes n steps`,
        );
      this.advance(stepsIn(duration, dt));
    },
    population: (name) => find(populations, name),
    get threads() {
      return threads;
    },
    get alone() {
      return others?.because ?? alone;
    },
    dismissThreads: () => others?.dismiss(),
  };
}

/** The order of simultaneous spikes. */
function inOrderOfNames<P extends PopulationKernel>(populations: readonly P[]): readonly P[] {
  return [...populations].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Spikes that are given are sent at the nearest step. */
function givenTimes({ name, source }: PopulationKernel): ModelTime[] {
  return source?.given === undefined
    ? []
    : [{ what: `the time of a spike of \`${name}\``, times: source.given, rounded: true, lasts: false }];
}

/** Steppers and what goes on between them: all populations and projections step on the grid, or none does. */
function inMotion(
  populations: readonly PopulationKernel[],
  projections: readonly Projection[],
  listeners: readonly Listener[],
  dt: number,
): Motion {
  const listenerOf = (p: number): Listener => listeners[p] as Listener;
  const freeFrom = populations.map(({ size }) => new Float64Array(size));
  const onGrid = populations.flatMap((kernel, p) =>
    kernel.kind === "grid" ? [gridStepper(kernel, dt, listenerOf(p), freeFrom[p])] : [],
  );
  const located = populations.flatMap((kernel, p) =>
    kernel.kind === "precise" ? [preciseStepper(kernel, dt, listenerOf(p))] : [],
  );
  if (onGrid.length > 0 && located.length > 0)
    throw new UsageError(
      "populations step on the grid, or locate their spikes inside the step: not both in one simulation",
    );
  if (located.length > 0)
    return {
      steppers: located,
      grid: null,
      connected: preciseNetwork(
        populations,
        projections.filter((p) => p.kind === "precise"),
        located,
        dt,
      ),
    };
  const gridProjections = projections.filter((p) => p.kind === "grid");
  const histories = historiesOf(populations, gridProjections);
  coupleForGood(populations, gridProjections);
  return {
    steppers: onGrid,
    connected: network(populations, gridProjections, onGrid, histories),
    grid: {
      populations: populations.filter((p) => p.kind === "grid"),
      projections: gridProjections,
      histories,
      steppers: onGrid,
      freeFrom,
    },
  };
}

interface Motion {
  readonly steppers: readonly Stepper[];
  readonly connected: Network;
  /** What other threads share of it; null where spikes are located inside the step. */
  readonly grid: {
    readonly populations: readonly GridKernel[];
    readonly projections: readonly GridProjection[];
    readonly histories: readonly (SpikeHistory | null)[];
    readonly steppers: readonly GridStepper[];
    readonly freeFrom: readonly Float64Array[];
  } | null;
}

/** A step that does not end, with the names of what does not let it. */
function named(error: unknown, kernel: PopulationKernel | undefined): unknown {
  if (kernel === undefined) return error;
  if (error instanceof TooManySubsteps) {
    const neuron = kernel.kind === "grid" ? (kernel.underWay?.() ?? 0) : 0;
    return named(new EndlessStep({ kind: "substeps", neuron, time: error.time, index: error.state }), kernel);
  }
  if (!(error instanceof EndlessStep)) return error;
  const { about } = error;
  const conditions =
    kernel.kind === "precise" ? [...(kernel.spike === undefined ? [] : [kernel.spike]), ...kernel.events] : [];
  const what = about.kind === "substeps" ? kernel.states[about.index]?.name : conditions[about.index]?.text;
  return new EndlessError(kernel.name, about, what ?? "");
}

/** The values in use. To write them would change nothing: propagators are made of them when a simulation is created. */
function unwritable({ name, parameters }: PopulationKernel): PopulationKernel["parameters"] {
  const refuse = (): never => {
    throw new UsageError(
      `parameters of '${name}' are given when a simulation is created, \`{ parameters: { ${name}: { … } } }\`: written later they would change nothing`,
    );
  };
  return new Proxy(parameters, { set: refuse, deleteProperty: refuse, defineProperty: refuse });
}

function find(populations: readonly PopulationKernel[], name: string): PopulationKernel {
  const kernel = populations.find((p) => p.name === name);
  if (kernel === undefined)
    throw new UsageError(`no population '${name}'; there are ${populations.map((p) => p.name).join(", ")}`);
  return kernel;
}

/** Values that must stay finite. */
interface Watched {
  readonly population: string;
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array | Float32Array;
  place(i: number): string;
}

function watchedValues(populations: readonly PopulationKernel[], projections: readonly Projection[]): Watched[] {
  const neurons = populations.flatMap((p) =>
    p.states.map((s): Watched => ({
      population: p.name,
      name: s.name,
      unit: s.unit,
      values: s.values,
      place: (i) => `${p.name}[${i}]`,
    })),
  );
  const connections = projections.flatMap((p) =>
    p.values
      .filter((v) => v.changes)
      .map((v): Watched => ({
        population: p.connection,
        name: v.name,
        unit: v.unit,
        values: v.values,
        place: (c) =>
          `${p.connection} ${p.source}[${sourceOf(p.connections, c)}]->${p.target}[${p.connections.target[c] ?? -1}]`,
      })),
  );
  return [...neurons, ...connections];
}

function firstNonFinite(watched: readonly Watched[]): { readonly w: number; readonly i: number } | null {
  for (let w = 0; w < watched.length; w++) {
    const i = indexOfNonFinite((watched[w] as Watched).values);
    if (i >= 0) return { w, i };
  }
  return null;
}

// From the runtime, runtime/kernel.ts
// What an emitted module hands to the runtime: the kernels of one population, and what may be looked at.

/** A value of each neuron that can be recorded. */
interface Observable {
  /** `V`, `I[1]`, `Na.m`, `Θ` */
  readonly name: string;
  /** The unit that `read` answers in. */
  readonly unit: string;
  readonly kind: "state" | "input" | "other";
  /** Value of neuron `i` as it stands. */
  read(i: number): number;
}

interface StateArray {
  readonly name: string;
  /** Canonical unit: mV, pA, nS, ms, … */
  readonly unit: string;
  readonly values: Float64Array;
}

/** An `on` event: found when its condition becomes true, then applied to the neurons found. */
interface EventKernel {
  /** Writes the neurons in [low, high) whose condition has just become true, or whose time has come, to `found` and returns how many. */
  detect(low: number, high: number, found: Int32Array): number;
  apply(neurons: Int32Array, count: number): void;
  /** It goes by the clock: refractory neurons have it, too. */
  readonly byClock?: true;
}

/** Spikes from outside of the network. */
interface SpikeSource {
  /** The neurons that `fire` found, ascending; one that spikes several times in a step stands there as often. */
  readonly spikes: Int32Array;
  /** When each of them spiked (ms), where that is not the end of the step. */
  readonly times?: Float64Array;
  /** All times that were given (ms), where they are rounded to the step. */
  readonly given?: ArrayLike<number>;
  /** Finds the spikes of neurons low .. high - 1, all unless given, at the end of step n, t = (n + 1)·dt, and returns how many. Step -1 ends at the beginning of the run. */
  fire(n: number, low?: number, high?: number): number;
}

/** What both ways of stepping share. Times are ms; `n` counts steps from 0. */
interface PopulationBase {
  readonly name: string;
  readonly model: string;
  readonly size: number;
  readonly memory: Memory;
  readonly states: readonly StateArray[];
  readonly observables: readonly Observable[];
  /** Inputs that stay as they are until somebody writes to them, one value or one a neuron; canonical units. */
  readonly inputs: Readonly<Record<string, Float64Array>>;
  /** Everything of a neuron that a connection may read or write, by name: states, parameters that differ between neurons, and inputs (`#in:I_e`; one value where all neurons have the same). */
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** States that keep their value while a neuron is refractory. */
  readonly held: readonly string[];
  /** Where the spikes come from if not from neurons. */
  readonly source?: SpikeSource;
  /** Whether its loops run in WebAssembly, those that can; the bits are the same. Absent where only JavaScript was asked for. */
  readonly backend?: "webassembly" | "javascript";
  /** Values of the parameters in use, for the record: canonical units, the first neuron's where they differ. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Times of its model that the step has a say in. */
  readonly times?: readonly ModelTime[];
  /** Sets inputs and the time to what they are from t = n·dt on; may be called again. */
  drive(n: number): void;
  /** Refractory periods are made of states: known at the spike alone. */
  readonly periodsAtSpikes?: true;
  /** Draws the noise of step n. */
  shake(n: number): void;
}

/** Kernels of a population that steps on the grid. */
interface GridKernel extends PopulationBase {
  readonly kind: "grid";
  /** Integrates [low, high) over one step; where a spike is a level (`V > Θ`), writes the neurons that meet it to `candidates`. */
  update(low: number, high: number): number;
  readonly candidates: Int32Array;
  /** Where a spike is a crossing: finds the neurons whose condition has just become true, like an event. */
  readonly crossings?: EventKernel["detect"];
  /** Integrates the refractory neurons with what they hold, before `update`; `restore` puts the results back after it. */
  hold(neurons: Int32Array, count: number): void;
  /** The neuron whose equations are being integrated, where that takes substeps. */
  underWay?(): number;
  restore(neurons: Int32Array, count: number): void;
  /** States that are read as they were. `drive` recalls them. */
  readonly pasts?: readonly DelayLine[];
  /** For the list of refractory neurons, where these two read it in a memory of their own. */
  readonly refractory?: Int32Array;
  /** Number of steps neuron i stays refractory after a spike; 0 for none. */
  refractorySteps(i: number): number;
  reset(neurons: Int32Array, count: number): void;
  /** Where spikes are drawn with a rate: that of neuron i as it stands (1/ms). One that is negative or no number makes its neuron a candidate. */
  rate?(i: number): number;
  /** Whether the spike condition of neuron i holds as it stands: after a reset it should not. */
  holds(i: number): boolean;
  readonly events: readonly EventKernel[];
  /** After resets and events of these neurons: conditions that are false now may become true in the next step. */
  rearm?(neurons: Int32Array, count: number): void;
}

/** One condition located inside a step; y is the state of one neuron at time t (ms). */
interface PreciseCondition {
  /** As written: `on y < 0 mV` */
  readonly text: string;
  holds(t: number, y: Float64Array): boolean;
  /** Positive where it holds, negative where it does not, 0 on the border, and smooth between the edges of the kernel where the condition compares what is. */
  margin(t: number, y: Float64Array): number;
  /** Whether it was true before the run, when nothing was set from outside. */
  initial(i: number): boolean;
  /** y <- state after the event */
  apply(t: number, y: Float64Array): void;
}

/**
 * Where a part u of a condition jumps or bends: `floor(u)`, `ceil(u)` and `round(u)` at whole numbers and halves; at 0 a choice by `u > 0` ("above") or by `u >= 0` ("from").
 * Nothing happens at an edge itself, but between edges every condition is smooth.
 */
type EdgeKind = "floor" | "ceil" | "round" | "above" | "from";

/** The edges inside the conditions of a population. */
interface Edges {
  readonly kinds: readonly EdgeKind[];
  /** u <- the u of each, for state y at time t (ms). */
  values(t: number, y: Float64Array, u: Float64Array): void;
}

/** Kernels of a population whose spikes are located inside the step. They work on the state `y` of neuron `i`, loaded first. */
interface PreciseKernel extends PopulationBase {
  readonly kind: "precise";
  /** Makes neuron i the one the other functions speak of. */
  load(i: number, y: Float64Array): void;
  store(i: number, y: Float64Array): void;
  /** y <- state after h ms from t, with nothing held. */
  flow(t: number, h: number, y: Float64Array): void;
  /** The same while refractory. */
  flowHeld(t: number, h: number, y: Float64Array): void;
  /** Whether `flow` is the solution itself, however long the way. */
  readonly solved: boolean;
  /** Where `flow` chooses substeps of its own: how many the last call took. */
  substeps?(): number;
  /** Looks for crossings (ms): the first one after a disturbance, and how far apart two may lie; Infinity where nothing in the model tells. */
  firstLook(): number;
  longestLook(): number;
  /** Length of the refractory period (ms) after a spike that left the state y, 0 for none. */
  refractoryPeriod(y: Float64Array): number;
  readonly spike?: PreciseCondition & { readonly crossing: boolean };
  readonly events: readonly PreciseCondition[];
  /** Absent where all conditions are smooth. */
  readonly edges?: Edges;
}

type PopulationKernel = GridKernel | PreciseKernel;

// From the runtime, runtime/unitTable.ts
// The table of units, all there is to say of each in one row: the compiler, its suggestions and emitted programs read it. Nothing in it is rounded.

interface UnitRow {
  /** Spellings of the one unit. */
  readonly names: string;
  /** One of it in units of the SI, exactly: a decimal, or a quotient of two. No π: an irrational number is none of these. */
  readonly si: string;
  /** Exponents over length, mass, time, current, temperature, amount, luminosity. */
  readonly of: readonly number[];
  /** It takes no prefix. */
  readonly alone?: true;
  /** Where its zero lies (K); for absolute temperatures only. */
  readonly zero?: string;
  /** What people write in its place: words, in small letters, a longer one before a shorter that it ends in. */
  readonly words?: string;
  /** Its spellings of daily use, with prefixes: suggested before others. */
  readonly usual?: string;
}

const UNITS: readonly UnitRow[] = [
  { names: "V", si: "1", of: [2, 1, -3, -1], words: "volts volt", usual: "mV V uV" },
  { names: "A", si: "1", of: [0, 0, 0, 1], words: "amperes ampere amps amp", usual: "pA nA uA mA A" },
  { names: "S", si: "1", of: [-2, -1, 3, 2], words: "siemens mhos mho", usual: "nS pS uS mS S" },
  { names: "F", si: "1", of: [-2, -1, 4, 2], words: "farads farad", usual: "pF nF uF F" },
  { names: "s", si: "1", of: [0, 0, 1], words: "seconds second secs sec", usual: "ms s us" },
  { names: "Hz Bq", si: "1", of: [0, 0, -1], words: "hertz", usual: "Hz kHz" },
  {
    names: "Ω \u2126 ohm Ohm",
    si: "1",
    of: [2, 1, -3, -2],
    words: "ohms ohm",
    usual: "GΩ MΩ kΩ Ω Gohm Mohm kohm ohm",
  },
  { names: "C", si: "1", of: [0, 0, 1, 1], words: "coulombs coulomb", usual: "fC pC nC C" },
  { names: "m", si: "1", of: [1], words: "meters meter metres metre", usual: "um cm mm nm m" },
  { names: "g", si: "1e-3", of: [0, 1], words: "grams gram" },
  { names: "M", si: "1e3", of: [-3, 0, 0, 0, 0, 1], words: "molar", usual: "mM uM nM M" },
  { names: "mol", si: "1", of: [0, 0, 0, 0, 0, 1], words: "moles mole", usual: "mol" },
  { names: "L l", si: "1e-3", of: [3], words: "liters liter litres litre" },
  { names: "kat", si: "1", of: [0, 0, -1, 0, 0, 1] },
  { names: "min", si: "60", of: [0, 0, 1], alone: true, words: "minutes minute mins", usual: "min" },
  { names: "h", si: "3600", of: [0, 0, 1], alone: true, words: "hours hour hrs hr", usual: "h" },
  { names: "day", si: "86400", of: [0, 0, 1], alone: true, words: "days", usual: "day" },
  { names: "K", si: "1", of: [0, 0, 0, 0, 1], words: "kelvins kelvin", usual: "K" },
  {
    names: "degC",
    si: "1",
    of: [0, 0, 0, 0, 1],
    alone: true,
    zero: "273.15",
    words: "celsius \u00B0c \u2103",
    usual: "degC",
  },
  { names: "%", si: "1e-2", of: [], alone: true, words: "percent", usual: "%" },
  { names: "rad sr", si: "1", of: [] },
  { names: "N", si: "1", of: [1, 1, -2], words: "newtons newton" },
  { names: "Pa", si: "1", of: [-1, 1, -2], words: "pascals pascal" },
  { names: "J", si: "1", of: [2, 1, -2], words: "joules joule" },
  { names: "W", si: "1", of: [2, 1, -3], words: "watts watt" },
  { names: "Wb", si: "1", of: [2, 1, -2, -1] },
  { names: "T", si: "1", of: [0, 1, -2, -1], words: "teslas tesla" },
  { names: "H", si: "1", of: [2, 1, -2, -2] },
  { names: "cd lm", si: "1", of: [0, 0, 0, 0, 0, 0, 1] },
  { names: "lx", si: "1", of: [-2, 0, 0, 0, 0, 0, 1] },
  { names: "Gy Sv", si: "1", of: [2, 0, -2] },
  // By the definition of the SI: e times a volt. Of a calorie, the thermochemical one.
  { names: "eV", si: "1.602176634e-19", of: [2, 1, -2], words: "electronvolts electronvolt", usual: "eV" },
  { names: "cal", si: "4.184", of: [2, 1, -2], words: "calories calorie", usual: "cal kcal" },
  // The conventional millimetre of mercury, 13.5951 times 9.80665 Pa; a torr is 1/760 of an atmosphere.
  { names: "mmHg", si: "133.322387415", of: [-1, 1, -2], alone: true, usual: "mmHg" },
  { names: "Torr", si: "101325/760", of: [-1, 1, -2], usual: "Torr" },
  { names: "atm", si: "101325", of: [-1, 1, -2], alone: true, words: "atmospheres atmosphere", usual: "atm" },
  { names: "Å \u212B", si: "1e-10", of: [1], alone: true, words: "angstroms angstrom \u00E5ngstr\u00F6m", usual: "Å" },
  // Measured: the value that CODATA recommends, of 2022.
  { names: "Da", si: "1.66053906892e-27", of: [0, 1], words: "daltons dalton amu", usual: "kDa Da" },
];

/** With their powers of ten and their words; u and two signs of Unicode stand for µ. */
const PREFIXES: readonly (readonly [prefix: string, ten: number, words?: string])[] = [
  ["m", -3, "milli"],
  ["u", -6, "micro"],
  ["n", -9, "nano"],
  ["p", -12, "pico"],
  ["k", 3, "kilo"],
  ["M", 6, "mega meg"],
  ["G", 9, "giga"],
  ["f", -15, "femto"],
  ["a", -18, "atto"],
  ["c", -2, "centi"],
  ["d", -1, "deci"],
  ["\u00B5", -6],
  ["\u03BC", -6],
  ["da", 1],
  ["h", 2],
  ["T", 12],
  ["P", 15],
  ["E", 18],
  ["Z", 21],
  ["Y", 24],
  ["R", 27],
  ["Q", 30],
  ["z", -21],
  ["y", -24],
  ["r", -27],
  ["q", -30],
];

/** The longest symbol there is, in UTF-16 code units; what is longer need not be looked up. */
const LONGEST_SYMBOL = 8;

/** The canonical unit of each base dimension as a power of ten of the SI's (kg for mass): µm, 1e-12 kg, ms, pA, K, amol, cd. The mass makes the voltage mV. */
const CANONICAL_TENS: readonly number[] = [-6, -12, -3, -12, 0, -18, 0];

// From the runtime, runtime/unitSymbol.ts
// What one symbol of a unit means, prefix included: `mV`, `Ω`, `kcal`, `degC`.

interface UnitSymbol {
  /** Over length, mass, time, current, temperature, amount, luminosity; whole. */
  readonly exponents: readonly number[];
  /** One of this unit, in canonical units. */
  readonly scale: Scale;
  /** Where the unit's zero lies, as decimal text in canonical units; for absolute temperatures only. */
  readonly offset: string | null;
}

function unitSymbol(symbol: string): UnitSymbol | null {
  const known = KNOWN.get(symbol);
  const found = known === undefined ? rowOf(symbol) : null;
  if (found === null) return known ?? null;
  const { row, shift } = found;
  const ten = row.of.reduce((sum, e, k) => sum - e * (CANONICAL_TENS[k] ?? 0), shift);
  const meaning = { exponents: row.of, scale: scaleOf(row.si, ten), offset: row.zero ?? null };
  KNOWN.set(symbol, meaning);
  return meaning;
}

function isUnitSymbol(symbol: string): boolean {
  return rowOf(symbol) !== null;
}

/** A memory only: scales are worked out where they are asked for. */
const KNOWN = new Map<string, UnitSymbol>();

const ROWS: ReadonlyMap<string, UnitRow> = new Map(
  UNITS.flatMap((row) => row.names.split(" ").map((name): [string, UnitRow] => [name, row])),
);

const SHIFTS: ReadonlyMap<string, number> = new Map(PREFIXES.map(([prefix, ten]) => [prefix, ten]));

/** A whole symbol wins over prefix and unit: Pa is no peta-a, min no milli-in, cd no centi-d. */
function rowOf(symbol: string): { readonly row: UnitRow; readonly shift: number } | null {
  const whole = ROWS.get(symbol);
  if (whole !== undefined) return { row: whole, shift: 0 };
  for (const length of [1, 2]) {
    const [shift, row] = [SHIFTS.get(symbol.slice(0, length)), ROWS.get(symbol.slice(length))];
    if (shift !== undefined && row !== undefined && row.alone !== true) return { row, shift };
  }
  return null;
}

// From the runtime, runtime/unitText.ts
// How a unit is written: `mV`, `/ms`, `nS/cm^2`, `pA*sqrt(ms)`. One reader serves the lexer, which needs to know where a unit

/** One symbol of a unit. `start` and `end` hold the symbol alone, without sqrt and exponent. */
interface UnitFactor {
  readonly symbol: string;
  /** As written before it (before its sqrt, for the first symbol inside one); "" for one that begins the unit. */
  readonly operator: "" | "*" | "/";
  readonly start: number;
  readonly end: number;
  /** Of this symbol in the whole unit: negative after `/`. */
  readonly exponent: Rational;
}

interface UnitReading {
  readonly end: number;
  readonly factors: readonly UnitFactor[];
}

/** What a unit means: a number of it, times the scale, plus the offset, is the number of canonical units; exactly. */
interface UnitMeaning {
  /** Over length, mass, time, current, temperature, amount, luminosity. */
  readonly exponents: readonly Rational[];
  readonly scale: Scale;
  /** Decimal text, in canonical units; degC alone has one. */
  readonly offset: string | null;
}

/** Why a text is no unit: reading it ended at `end`; it is more than can be meant; or degC has something beside it, its zero not being zero. */
type NoUnit = { readonly end: number } | { readonly tooMuch: string } | { readonly notAlone: UnitFactor };

/** Of a whole text: `mV`, `/ms`, `1/ms`, `nS/cm^2`, `pA*sqrt(ms)`, `ms^(-1/2)`, `%`, and `1` for a pure number. */
function unitMeaning(text: string): UnitMeaning | NoUnit {
  let exponents: readonly Rational[] = CANONICAL_TENS.map(() => NO_EXPONENT);
  let scale: Scale = [];
  if (text === "1") return { exponents, scale, offset: null };
  const reading = readUnit(text, text.startsWith("1/") ? 1 : 0);
  if (reading?.end !== text.length) return { end: reading?.end ?? 0 };
  if (reading.factors.length > MOST_FACTORS) return { tooMuch: `a unit of more than ${MOST_FACTORS} factors` };
  for (const factor of reading.factors) {
    const symbol = unitSymbol(factor.symbol);
    if (symbol === null) return { end: factor.start };
    exponents = exponents.map((e, k) =>
      addRationals(e, multiplyRationals(rational(symbol.exponents[k] ?? 0), factor.exponent)),
    );
    scale = scaleTimes(scale, symbol.scale, factor.exponent);
    if (symbol.offset !== null)
      return text === factor.symbol ? { exponents, scale, offset: symbol.offset } : { notAlone: factor };
  }
  return commonRoot(scale) > FINEST_SCALE
    ? { tooMuch: "exponents too fine for a unit" }
    : { exponents, scale, offset: null };
}

/** Reads the longest unit at `offset` that begins with a symbol, `%`, `sqrt(` or `/`; null where there is none. */
function readUnit(text: string, offset: number): UnitReading | null {
  return readProduct(text, offset, true, 0);
}

/** Deeper roots than a fourth occur in no model; the bound keeps the reader's recursion flat. */
const DEEPEST_ROOT = 2;

const FINEST_EXPONENT = 12;

const MOST_FACTORS = 32;

/** Roots of prefixes are taken to many digits; beyond this root that would be slow and of no use. */
const FINEST_SCALE = 60;

const WORD_CHARACTER = /[\p{L}\p{M}\p{N}_]/uy;

const EXPONENT = /\^(?:(-?\d{1,3}(?:\.\d{1,3})?)(?![\p{L}\p{M}\p{N}_]|\.\d)|\((-?\d{1,3})(?:\/(\d{1,2}))?\))/uy;

const NO_EXPONENT = rational(0);

const ONE = rational(1);

const HALF = rational(1, 2);

function readProduct(text: string, offset: number, mayStartWithSlash: boolean, depth: number): UnitReading | null {
  const factors: UnitFactor[] = [];
  let end = offset;
  for (;;) {
    const written = text[end];
    const operator = written === "/" || (written === "*" && factors.length > 0) ? written : "";
    if (operator === "" ? factors.length > 0 : factors.length === 0 && !mayStartWithSlash) break;
    const read = readFactor(text, end + operator.length, operator, depth);
    if (read === null) break;
    for (const factor of read.factors) factors.push(factor);
    end = read.end;
  }
  return factors.length === 0 ? null : { end, factors };
}

function readFactor(text: string, offset: number, operator: UnitFactor["operator"], depth: number): UnitReading | null {
  const inner = readRoot(text, offset, depth) ?? readSymbol(text, offset);
  if (inner === null) return null;
  const { exponent, end } = readExponent(text, inner.end);
  const signed = operator === "/" ? negateRational(exponent) : exponent;
  const factors = inner.factors.map((f, i) => ({
    ...f,
    operator: i === 0 ? operator : f.operator,
    exponent: multiplyRationals(f.exponent, signed),
  }));
  return { end, factors };
}

function readRoot(text: string, offset: number, depth: number): UnitReading | null {
  if (!text.startsWith("sqrt(", offset) || depth >= DEEPEST_ROOT) return null;
  const inside = readProduct(text, offset + 5, false, depth + 1);
  if (inside === null || text[inside.end] !== ")") return null;
  return {
    end: inside.end + 1,
    factors: inside.factors.map((f) => ({ ...f, exponent: multiplyRationals(f.exponent, HALF) })),
  };
}

function readSymbol(text: string, start: number): UnitReading | null {
  const symbol = text[start] === "%" ? "%" : wordAt(text, start);
  const end = start + symbol.length;
  WORD_CHARACTER.lastIndex = end;
  if (!isUnitSymbol(symbol) || WORD_CHARACTER.test(text)) return null;
  return { end, factors: [{ symbol, operator: "", start, end, exponent: ONE }] };
}

/** At most one character more than the longest symbol: what is cut off is no unit anyway. */
function wordAt(text: string, start: number): string {
  return /^[\p{L}\p{M}\p{N}_]*/u.exec(text.slice(start, start + LONGEST_SYMBOL + 1))?.[0] ?? "";
}

function readExponent(text: string, end: number): { readonly exponent: Rational; readonly end: number } {
  EXPONENT.lastIndex = end;
  const match = EXPONENT.exec(text);
  if (match === null) return { exponent: ONE, end };
  const [whole, plain, numerator, denominator] = match;
  const exponent =
    plain === undefined ? fraction(Number(numerator), Number(denominator ?? 1)) : rationalFromNumber(Number(plain));
  return exponent === null || exponent.denominator > FINEST_EXPONENT
    ? { exponent: ONE, end }
    : { exponent, end: end + whole.length };
}

function fraction(numerator: number, denominator: number): Rational | null {
  return denominator === 0 ? null : rational(numerator, denominator);
}

// From the runtime, runtime/quantityText.ts
// Quantities that programs give as text, "1.5 mS/cm^2": read into canonical units, by the decimals of the text, so that 10 ms and 0.01 s are the same bits.

/** A number with a unit; `Unit` is the canonical one, that of a plain number. */
type Quantity<Unit extends string> = number | `${number} ${Unit}` | `${number} ${string}`;

/** The number in units of `canonical`, itself a unit text; a text that says why not. */
function readQuantity(text: string, canonical: string): number | string {
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$/u.exec(text);
  if (parts === null) return "it is no number with a unit";
  const [, digits = "", written = ""] = parts;
  if (written === "" && canonical !== "1" && Number(digits) !== 0) return "it has no unit";
  const [wanted, unit] = [unitMeaning(canonical), unitMeaning(written === "" ? canonical : written)];
  if (!("scale" in unit) || !("scale" in wanted)) return `\`${written}\` is no unit`;
  const kindOf = ({ exponents }: UnitMeaning): string => exponents.map(rationalText).join(" ");
  if (kindOf(unit) !== kindOf(wanted)) return `\`${written}\` is another kind of quantity`;
  const { value } = canonicalNumber(digits, unit);
  return Number.isFinite(value) ? value : "it is too large a number";
}

// From the runtime, runtime/settings.ts
// What a program gives when it creates a simulation: known names and finite numbers, or an error that names what there is; texts with units become numbers.

/** What can be set of a model: canonical units by population and parameter (in brackets where neurons may differ), and those of the network's and the experiment's parameters. */
interface Settable {
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly setup: Readonly<Record<string, string>>;
  /** What has its value elsewhere: `E.V` a state, `E.I_e` an input that stays as it is or one that a stimulus drives, `exc.delay` a delay. */
  readonly elsewhere: Readonly<Record<string, "state" | "input" | "stimulus" | "delay">>;
}

/** The same without texts. */
type Numbers<T> = { [K in keyof T]: Exclude<T[K], string> };

interface Settings<P, S, Z> {
  readonly parameters: { readonly [K in keyof P]: Numbers<P[K]> };
  readonly setup: Numbers<S>;
  readonly sizes: Z;
}

/** What a simulation can be created with. */
const CREATE_OPTIONS: readonly string[] = ["step", "seed", "parameters", "setup", "sizes", "memoryLimit", "progress"];

/** @throws UsageError for a name that is not there, and for what is no number, or no quantity of its kind */
function settingsOf<P extends object, S extends object, Z extends object>(
  options: {
    readonly step?: number;
    readonly seed?: number;
    readonly parameters?: P;
    readonly setup?: S;
    readonly sizes?: Z;
  },
  settable: Settable,
): Settings<P, S, Z> {
  demandNames(options, CREATE_OPTIONS, "option");
  const { step, seed, parameters = {}, setup = {}, sizes = {} } = options;
  if (step !== undefined && !(step > 0 && step < Infinity))
    throw new UsageError(`the step is a time in ms above 0, not ${shownValue(step)}`);
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
    throw new UsageError(`a seed is a whole number from 0 to 2^53 - 1, not ${shownValue(seed)}`);
  const populations = Object.keys(settable.parameters);
  demandNames(parameters, populations, "population", "to have parameters");
  demandNames(sizes, populations, "population", "to have a size");
  for (const [name, size] of Object.entries(sizes)) populationSize(name, size as number);
  const read = (given: object, units: Readonly<Record<string, string | readonly string[]>>, of: string): object =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, valueOf(value, units[name] ?? "1", `${of}${name}`)]),
    );
  for (const [name, given] of Object.entries(parameters))
    demandNames(given as object, Object.keys(settable.parameters[name] ?? {}), "parameter", `of \`${name}\``, (p) =>
      elsewhere(`${name}.${p}`, settable),
    );
  demandNames(setup, Object.keys(settable.setup), "parameter", "of the network, the experiment or a connection", (p) =>
    elsewhere(p, settable),
  );
  return {
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, given]) => [
        name,
        read(given ?? {}, settable.parameters[name] ?? {}, `${name}.`),
      ]),
    ),
    setup: read(setup, settable.setup, ""),
    sizes,
  } as Settings<P, S, Z>;
}

/** The number of neurons of a population. */
function populationSize(name: string, size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new UsageError(`population \`${name}\` has a whole number of neurons, 0 or more, not ${shownValue(size)}`);
}

/** A number, or a text that could be taken for one, as somebody gave it. */
function shownValue(value: unknown): string {
  return typeof value === "string" ? `the text "${value}": give a number` : String(value);
}

/** Where that is given a value which no parameter is; empty for a name that there is not. */
function elsewhere(name: string, { elsewhere: known }: Settable): string {
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined) return "";
  const [population = "", ...rest] = name.split(".");
  const compiled = `given where the model is compiled: in its file, or by \`compile(source, host, name, ["${name} = …"])\``;
  if (kind === "state") return `; \`${name}\` is a state: its initial value is ${compiled}`;
  if (kind === "delay") return `; delays are ${compiled}`;
  const written =
    kind === "input" ? `, or written to \`simulation.population("${population}").inputs["${rest.join(".")}"]\`` : "";
  return `; \`${name}\` is an input: ${compiled}${written}`;
}

/** @throws UsageError for a name that is not among the known ones; `hint` may say of it what to do instead */
function demandNames(
  given: object,
  known: readonly string[],
  kind: string,
  where = "",
  hint: (name: string) => string = () => "",
): void {
  if (typeof given !== "object" || given === null)
    throw new UsageError(
      `${kind}s ${where === "" ? "" : `${where} `}are given as an object with their names, not as ${shownValue(given)}`,
    );
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const there =
      known.length === 0
        ? "there are none"
        : known.length === 1
          ? `there is \`${known[0] ?? ""}\``
          : `there are ${known.map((k) => `\`${k}\``).join(", ")}`;
    throw new UsageError(`no ${kind} \`${name}\`${where === "" ? "" : ` ${where}`}: ${there}${hint(name)}`);
  }
}

function valueOf(value: unknown, declared: string | readonly string[], name: string): number | ArrayLike<number> {
  const unit = typeof declared === "string" ? declared : (declared[0] ?? "1");
  const inUnit = unit === "1" ? "" : ` (${unit})`;
  if (typeof value === "string") {
    const read = readQuantity(value, unit);
    if (typeof read === "string")
      throw new UsageError(
        `\`${name}\`${inUnit} cannot be "${value}": ${read}; write a number${unit === "1" ? "" : ` in ${unit}, or one with a unit, "1.5 ${unit}"`}`,
      );
    return read;
  }
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const isList = typeof value === "object" && value !== null && "length" in value;
  if (isList && typeof declared === "string")
    throw new UsageError(
      `\`${name}\`${inUnit} is one number for all, not a list: only what differs between neurons in the model can be given one by one`,
    );
  if (isList && Array.from(value as ArrayLike<unknown>).every((v) => typeof v === "number" && Number.isFinite(v)))
    return value as ArrayLike<number>;
  throw new UsageError(
    `\`${name}\`${inUnit} is ${isList ? "a list of finite numbers" : "a finite number"}, not ${isList ? "a list with something else in it" : String(value)}`,
  );
}

// The module itself

/** Parameters of LIF: Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018. */
export interface LIFParameters {
  /** membrane capacitance (pF); 58.7 pF unless given */
  C?: Quantity<"pF">;
  /** leak conductance (nS); 9.43 nS unless given */
  G?: Quantity<"nS">;
  /** resting potential, and where a spike leaves the membrane (mV); -78.9 mV unless given */
  E_L?: Quantity<"mV">;
  /** spike threshold, long after a spike (mV); -51.7 mV unless given */
  Θ_inf?: Quantity<"mV">;
  /** refractory period: V stays at rest for so long after a spike (ms); 3 ms unless given */
  t_ref?: Quantity<"ms">;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    LIF?: LIFParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    LIF?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "LIF",
  duration: 0,
  step: 0.1,
  seed: 0,
};

/** Units of what can be set, in brackets where it can be given for each neuron; and what has its value elsewhere. */
const settable: Settable = {
  parameters: {
    LIF: {
      C: "pF",
      G: "nS",
      E_L: "mV",
      Θ_inf: "mV",
      t_ref: "ms",
    },
  },
  setup: {},
  elsewhere: { "LIF.V": "state", "LIF.I_e": "input" },
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const settings = settingsOf(options, settable);
  const parameters = settings.parameters;
  const sizes = settings.sizes;
  const LIF = population_LIF(populationSize("LIF", sizes.LIF ?? 1), parameters.LIF ?? {}, dt, seed);
  return simulate({
    name: "LIF",
    dt,
    seed,
    populations: [LIF],
    projections: [],
    spikesOf: ["LIF"],
    records: [],
  });
}

/** The kernels of population LIF: one neuron of LIF. */
function population_LIF(size: number, given: Numbers<LIFParameters>, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 58.7; // membrane capacitance (pF)
  const G = given.G ?? 9.43; // leak conductance (nS)
  const E_L = given.E_L ?? -78.9; // resting potential, and where a spike leaves the membrane (mV)
  const Θ_inf = given.Θ_inf ?? -51.7; // spike threshold, long after a spike (mV)
  const t_ref = given.t_ref ?? 3; // refractory period: V stays at rest for so long after a spike (ms)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-G / C]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([D[0], Q[0] * (1 / C), Q[0] * ((G * E_L) / C), Θ_inf, E_L, C, G, t_ref]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 1);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
  }

  function drive(): void {}

  function shake(): void {}

  function update(low: number, high: number): number {
    const D_V_V = coefficient[0];
    const Q_V_I_e = coefficient[1];
    const c_V = coefficient[2];
    const Θ_inf = coefficient[3];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_V * V + Q_V_I_e * I_e + c_V);
      V_at[i] = V_next;
      // lif.glif:28  spike when V > Θ
      if (V_next > Θ_inf) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      scratch[index] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      V_at[i] = scratch[index];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const E_L = coefficient[4];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // lif.glif:29  V <- E_L
      const V_after = E_L;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[3];
    const V = V_at[i];
    return V > Θ_inf;
  }

  function read_C(i: number): number {
    const C = coefficient[5];
    return C;
  }

  function read_G(i: number): number {
    const G = coefficient[6];
    return G;
  }

  function read_E_L(i: number): number {
    const E_L = coefficient[4];
    return E_L;
  }

  function read_Θ_inf(i: number): number {
    const Θ_inf = coefficient[3];
    return Θ_inf;
  }

  function read_t_ref(i: number): number {
    const t_ref = coefficient[7];
    return t_ref;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function read_Θ(i: number): number {
    const Θ_inf = coefficient[3];
    return Θ_inf;
  }

  function refractorySteps(): number {
    return stepsIn(t_ref, dt);
  }

  return {
    kind: "grid",
    name: "LIF",
    model: "LIF",
    size,
    memory,
    states: [{ name: "V", unit: "mV", values: V_at }],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "C",
        unit: "pF",
        kind: "other",
        read: read_C,
      },
      {
        name: "G",
        unit: "nS",
        kind: "other",
        read: read_G,
      },
      {
        name: "E_L",
        unit: "mV",
        kind: "other",
        read: read_E_L,
      },
      {
        name: "Θ_inf",
        unit: "mV",
        kind: "other",
        read: read_Θ_inf,
      },
      {
        name: "t_ref",
        unit: "ms",
        kind: "other",
        read: read_t_ref,
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
      {
        name: "Θ",
        unit: "mV",
        kind: "other",
        read: read_Θ,
      },
    ],
    inputs: { I_e: I_e_at },
    arrays: { V: V_at, "#in:I_e": I_e_at },
    held: ["V"],
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_ref,
    },
    times: [
      {
        what: "the refractory period of `LIF`",
        times: [t_ref],
        rounded: true,
        lasts: true,
      },
    ],
    drive,
    shake,
    update,
    candidates,
    hold,
    restore,
    refractorySteps,
    reset,
    holds,
    events: [],
  };
}
