// Kernels in WebAssembly that take two neurons at a time, and the memory in which they and the JavaScript kernels work on the same arrays.
import { EXPONENTIAL, EXPREL_NEAR_0, ROOT_OF_TWO, ROOT_OF_TWO_LOW } from "./math.ts";
import { allocate, type Memory } from "./memory.ts";
import { farKey, furtherKey, normal, normalOf, ZIGGURAT, type fillNormal, type fillNormalOfEach } from "./random.ts";
import { MOST_COUNTED, type CountTable, type PairedProcesses } from "./source.ts";

/** What is used of the engine's WebAssembly; the language's own types do not know of it. */
interface Engine {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, object>>,
  ) => { readonly exports: Readonly<Record<string, Run>> };
}

/** Where the arrays of one population live. */
export interface Room {
  /** Null where WebAssembly cannot have them: then every array is one of its own. */
  readonly memory: { readonly buffer: ArrayBuffer } | null;
  floats(content: number | readonly number[] | Float64Array): Float64Array;
  integers(length: number): Int32Array;
  allocate(length: number, count: number): Memory;
}

/** Kernels of one population, as they are encoded for the addresses of a room. */
export interface PairedModule {
  /** Tables of the runtime that they read. */
  readonly tables: readonly string[];
  /** Numbers of their text. */
  readonly literals: readonly number[];
  /** Fewer neurons than this do not repay what a module costs. */
  readonly leastSize: number;
  /** `addresses`: where each array, table and the literals begin, in bytes. */
  encode(addresses: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer>;
}

/** Neurons low .. high - 1 with so many found before, then the time where it matters; answers how many are found. `stopped` tells how far it came. */
type Run = (...args: number[]) => number;

/** Kernels of a population in WebAssembly, and the lists they share with those in JavaScript. */
export interface PairedKernels {
  readonly run: Readonly<Record<string, Run>>;
  /** One number: the neuron that the last run did not come to. */
  readonly stopped: Int32Array;
  /** Neurons that a run found for a caller with a list of its own; numbers that a fill left to the runtime. */
  readonly found: Int32Array;
  /** Of each four of these numbers the first words, the second words, and those of the next draw. */
  readonly edges: Int32Array;
}

const PAGE = 65536;
/** Doubles behind each array, so that the last of an odd number of neurons has company; random numbers come by sixteen. */
const COMPANY = 16;
/** Arrays begin 320 bytes further on, modulo 4096, than the ones before: see memory.ts. */
const STAGGER = 40;
const LINE = 512;
const TABLES: Readonly<Record<string, Float64Array>> = {
  ROOT_OF_TWO,
  ROOT_OF_TWO_LOW,
  EXPONENTIAL,
  EXPREL_NEAR_0,
  ZIGGURAT,
};

/** Room for so many arrays and lists of `size` elements and for those of other lengths, the tables and literals of `module` besides. */
export function roomFor(
  module: PairedModule,
  size: number,
  arrays: number,
  lists: number,
  others: readonly number[],
): Room {
  // Theirs, and what pairedKernels adds.
  const lengths = [
    ...Array.from({ length: arrays }, () => size),
    ...Array.from({ length: lists }, () => Math.ceil(size / 2)),
    ...others,
    module.literals.length,
    1,
    (size + COMPANY) / 2,
    2 * (size + COMPANY),
    ...module.tables.map((name) => TABLES[name]?.length ?? 0),
  ];
  const memory =
    size < module.leastSize ? null : memoryOf(lengths.reduce((sum, length) => sum + length + COMPANY + LINE, LINE) * 8);
  if (memory === null)
    return {
      memory,
      floats: (content) => new Float64Array(content as number),
      integers: (length) => new Int32Array(length),
      allocate,
    };
  let next = 0,
    taken = 0;
  const place = (length: number): number => {
    const wanted = (taken++ * STAGGER) % LINE;
    const start = next + ((wanted - (next % LINE) + LINE) % LINE);
    next = start + length + COMPANY;
    return start * 8;
  };
  const floats = (content: number | readonly number[] | Float64Array): Float64Array => {
    const length = typeof content === "number" ? content : content.length;
    const array = new Float64Array(memory.buffer, place(length), length);
    if (typeof content !== "number") array.set(content);
    return array;
  };
  return {
    memory,
    floats,
    integers: (length) => new Int32Array(memory.buffer, place(Math.ceil(length / 2)), length),
    allocate(length, count) {
      const arrays = Array.from({ length: count }, () => floats(length));
      const first = arrays[0]?.byteOffset ?? 0,
        last = arrays.at(-1);
      return {
        words: new Float64Array(memory.buffer, first, last === undefined ? 0 : (last.byteOffset - first) / 8 + length),
        arrays,
      };
    },
  };
}

function engine(): Engine | null {
  return (globalThis as { readonly WebAssembly?: Engine }).WebAssembly ?? null;
}

function memoryOf(bytes: number): { readonly buffer: ArrayBuffer } | null {
  const wasm = engine();
  const pages = Math.ceil(bytes / PAGE);
  if (wasm === null || pages > 65536) return null;
  try {
    return new wasm.Memory({ initial: pages });
  } catch {
    return null;
  }
}

/** The kernels over the arrays of a room; null where there are none: no memory, no vectors, or an engine that compiles nothing at once. */
export function pairedKernels(
  module: PairedModule,
  room: Room,
  size: number,
  arrays: Readonly<Record<string, Float64Array | Int32Array>>,
): PairedKernels | null {
  const wasm = engine();
  if (room.memory === null || wasm === null) return null;
  const stopped = room.integers(1),
    found = room.integers(size + COMPANY),
    edges = room.integers(4 * (size + COMPANY));
  const addresses: Record<string, number> = {
    literals: room.floats(module.literals).byteOffset,
    stopped: stopped.byteOffset,
    found: found.byteOffset,
    edges: edges.byteOffset,
  };
  for (const name of module.tables) addresses[name] = room.floats(TABLES[name] ?? []).byteOffset;
  for (const [name, array] of Object.entries(arrays)) addresses[name] = array.byteOffset;
  try {
    return {
      run: new wasm.Instance(pairedCode(wasm, module, addresses), { env: { memory: room.memory } }).exports,
      stopped,
      found,
      edges,
    };
  } catch {
    return null;
  }
}

/** What was compiled last of each module, and for which addresses: populations of one size have the same. */
const lastPairedCode = new WeakMap<PairedModule, { readonly places: string; readonly code: object }>();

function pairedCode(wasm: Engine, module: PairedModule, addresses: Readonly<Record<string, number>>): object {
  const places = Object.values(addresses).join();
  const last = lastPairedCode.get(module);
  if (last?.places === places) return last.code;
  const code = new wasm.Module(module.encode(addresses));
  lastPairedCode.set(module, { places, code });
  return code;
}

type Clock = () => number;

/** Runs that met more rare pairs than one in eight; after so many a kernel stays with JavaScript. */
const PATIENCE = 64;

/** A kernel over a range: pairs by `run`, and what it leaves out, two neurons or the last one, by `alone`, which gets and answers the count. */
function inPairs(
  { stopped }: PairedKernels,
  run: Run,
  alone: (from: number, to: number, count: number) => number,
  clocks: readonly Clock[],
): (low: number, high: number, count: number) => number {
  const [first, second] = clocks;
  let patience = PATIENCE;
  return (low, high, before) => {
    let count = before,
      from = low,
      left = 0;
    if ((low & 1) !== 0 || patience === 0) return alone(low, high, before);
    while (from < high) {
      count =
        first === undefined
          ? run(from, high, count)
          : second === undefined
            ? run(from, high, count, first())
            : run(from, high, count, first(), second());
      from = stopped[0] as number;
      if (from >= high) break;
      count = alone(from, Math.min(from + 2, high), count);
      from += 2;
      left++;
    }
    if (left > 1 && left * 16 > high - low) patience--;
    return count;
  };
}

/** `update(low, high)`: both kernels write to `candidates`, the JavaScript one from its beginning. */
export function pairedUpdate(
  kernels: PairedKernels,
  name: string,
  update: (low: number, high: number) => number,
  candidates: Int32Array,
  clocks: readonly Clock[],
): (low: number, high: number) => number {
  const paired = inPairs(
    kernels,
    kernels.run[name] as Run,
    (from, to, count) => {
      if (count === 0) return update(from, to);
      const kept0 = candidates[0] as number,
        kept1 = candidates[1] as number;
      const more = update(from, to);
      const new0 = candidates[0] as number,
        new1 = candidates[1] as number;
      candidates[0] = kept0;
      candidates[1] = kept1;
      if (more > 0) candidates[count] = new0;
      if (more > 1) candidates[count + 1] = new1;
      return count + more;
    },
    clocks,
  );
  return (low, high) => paired(low, high, 0);
}

/** `prepare(low, high)`, or an update that finds nothing. */
export function pairedPrepare(
  kernels: PairedKernels,
  name: string,
  prepare: (low: number, high: number) => unknown,
  clocks: readonly Clock[],
): (low: number, high: number) => number {
  const paired = inPairs(kernels, kernels.run[name] as Run, (from, to) => (prepare(from, to), 0), clocks);
  return (low, high) => paired(low, high, 0);
}

/** `advance(low, high, count)` */
export function pairedAdvance(
  kernels: PairedKernels,
  name: string,
  advance: (low: number, high: number, count: number) => number,
  clocks: readonly Clock[],
): (low: number, high: number, count: number) => number {
  return inPairs(kernels, kernels.run[name] as Run, advance, clocks);
}

/** `detect(low, high, found)` */
export function pairedDetect(
  kernels: PairedKernels,
  name: string,
  detect: (low: number, high: number, found: Int32Array) => number,
  clocks: readonly Clock[],
): (low: number, high: number, found: Int32Array) => number {
  const few = new Int32Array(2),
    all = kernels.found;
  const paired = inPairs(
    kernels,
    kernels.run[name] as Run,
    (from, to, count) => {
      const list = to - from > 2 ? all : few;
      const more = detect(from, to, list);
      if (list === few) for (let k = 0; k < more; k++) all[count + k] = few[k] as number;
      return count + more;
    },
    clocks,
  );
  return (low, high, found) => {
    const count = paired(low, high, 0);
    for (let k = 0; k < count; k++) found[k] = all[k] as number;
    return count;
  };
}

/** A kernel over a list: by `run` where the list lies in its memory and nothing is rare. */
export function pairedListed(
  { run: runs, stopped: { buffer } }: PairedKernels,
  name: string,
  alone: (neurons: Int32Array, count: number) => void,
  clocks: readonly Clock[],
): (neurons: Int32Array, count: number) => void {
  const run = runs[name] as Run;
  const [first, second] = clocks;
  return (neurons, count) => {
    const all =
      neurons.buffer === buffer &&
      (first === undefined
        ? run(neurons.byteOffset, count)
        : second === undefined
          ? run(neurons.byteOffset, count, first())
          : run(neurons.byteOffset, count, first(), second())) === 1;
    if (!all) alone(neurons, count);
  };
}

/** `fillNormal` or `fillUniform` of random.ts for neurons of a population from a multiple of sixteen on. */
export function pairedFill({ run, found, edges }: PairedKernels, name: string): typeof fillNormal {
  const fill = run[name] as Run,
    wordsOf = run["edges"] as Run;
  return (out, low, high, { k0, k1 }, step) => {
    const first = (k0 + farKey(step)) | 0;
    const count = fill(out.byteOffset + 8 * low, high, first, k1, step | 0, low);
    if (count === 0) return;
    wordsOf(count, first, k1, ~first, furtherKey(k1, 1), step | 0);
    for (let k = 0; k < count; k++) {
      const i = found[k] as number;
      if (i < high) out[i] = normalOf(first, k1, i, step, edges, ((k >> 2) << 4) | (k & 3));
    }
  };
}

/** `fillNormalOfEach` or `fillUniformOfEach`. */
export function pairedFillOfEach({ run, found }: PairedKernels, name: string): typeof fillNormalOfEach {
  const fill = run[name] as Run;
  const own = { purpose: "", k0: 0, k1: 0 };
  return (out, _low, high, s, step) => {
    const edges = fill(out.byteOffset, high, s.k0.byteOffset, s.k1.byteOffset, step | 0, farKey(step));
    for (let k = 0; k < edges; k++) {
      const i = found[k] as number;
      if (i >= high) continue;
      own.k0 = s.k0[i] as number;
      own.k1 = s.k1[i] as number;
      out[i] = normal(own, 0, step);
    }
  };
}

/** `table` is the array of cumulative probabilities that the kernel reads. */
export function pairedProcesses(
  kernels: PairedKernels,
  uniforms: Float64Array,
  spikes: Int32Array,
  table: Float64Array,
): PairedProcesses {
  const send = kernels.run["processes"] as Run;
  const most = spikes.length - PROCESSES_TOGETHER * (MOST_COUNTED + 1);
  let last: CountTable | null = null;
  return {
    uniforms,
    fill: pairedFill(kernels, "fillUniform"),
    spikes,
    send(counted, low, high) {
      if (counted !== last) table.set(counted.cumulative);
      last = counted;
      return send(low, high - ((high - low) % PROCESSES_TOGETHER), 8 * counted.mostly, most);
    },
    stopped: kernels.stopped,
  };
}

/** Processes that are counted at a time. */
const PROCESSES_TOGETHER = 4;
