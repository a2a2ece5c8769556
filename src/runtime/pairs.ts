// Kernels in WebAssembly that take two neurons at a time, and the memory in which they and the JavaScript kernels work on the same arrays.
import * as math from "./math.ts";
import { allocate, type Memory } from "./memory.ts";
import * as random from "./random.ts";

/** What is used of the engine's WebAssembly; the language's own types do not know of it. */
interface Engine {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: Readonly<Record<string, object>>) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> };
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
  /** Functions of the runtime that they call. */
  readonly functions: readonly string[];
  /** Fewer neurons than this do not repay what a module costs. */
  readonly leastSize: number;
  /** `addresses`: where each array, table and the literals begin, in bytes. */
  encode(addresses: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer>;
}

export type PairedKernels = Readonly<Record<string, (...args: number[]) => number>>;

const PAGE = 65536;
/** Doubles behind each array, so that the last of an odd number of neurons has company. */
const COMPANY = 4;
/** Arrays begin 320 bytes further on, modulo 4096, than the ones before: see memory.ts. */
const STAGGER = 40;
const LINE = 512;
const TABLES: Readonly<Record<string, Float64Array>> = {
  ROOT_OF_TWO: math.ROOT_OF_TWO, ROOT_OF_TWO_LOW: math.ROOT_OF_TWO_LOW, EXPONENTIAL: math.EXPONENTIAL, EXPREL_NEAR_0: math.EXPREL_NEAR_0, ZIGGURAT: random.ZIGGURAT,
};

/** Room for so many arrays and lists of `size` elements and for those of other lengths, the tables and literals of `module` besides. */
export function roomFor(module: PairedModule, size: number, arrays: number, lists: number, others: readonly number[]): Room {
  const lengths = [...Array.from({ length: arrays }, () => size), ...Array.from({ length: lists }, () => Math.ceil(size / 2)), ...others, module.literals.length, ...module.tables.map((name) => TABLES[name]?.length ?? 0)];
  const memory = size < module.leastSize ? null : memoryOf(lengths.reduce((sum, length) => sum + length + COMPANY + LINE, LINE) * 8);
  if (memory === null) return { memory, floats: (content) => new Float64Array(content as number), integers: (length) => new Int32Array(length), allocate };
  let next = 0, taken = 0;
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
      const first = arrays[0]?.byteOffset ?? 0, last = arrays.at(-1);
      return { words: new Float64Array(memory.buffer, first, last === undefined ? 0 : (last.byteOffset - first) / 8 + length), arrays };
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
export function pairedKernels(module: PairedModule, room: Room, arrays: Readonly<Record<string, Float64Array | Int32Array>>, closures: Readonly<Record<string, unknown>>): PairedKernels | null {
  const wasm = engine();
  if (room.memory === null || wasm === null) return null;
  const addresses: Record<string, number> = { literals: room.floats(module.literals).byteOffset };
  for (const name of module.tables) addresses[name] = room.floats(TABLES[name] ?? []).byteOffset;
  for (const [name, array] of Object.entries(arrays)) addresses[name] = array.byteOffset;
  const functions: Record<string, unknown> = { ...closures };
  for (const name of module.functions) functions[name] = name === "normalEdge" ? random.normalEdge : math[name as keyof typeof math];
  try {
    return new wasm.Instance(new wasm.Module(module.encode(addresses)), { env: { memory: room.memory, ...functions } }).exports;
  } catch {
    return null;
  }
}

/** `fillNormal` and `fillUniform` of random.ts by a kernel that begins with the first neuron. */
export function filledBy(kernel: (...args: number[]) => number): typeof random.fillNormal {
  return (out, _low, high, s, step) => {
    kernel(out.byteOffset, high, (s.k0 + random.farKey(step)) | 0, s.k1, step | 0);
  };
}

/** Copies the neurons that a kernel found to where the caller wants them. */
export function handedOver(count: number, from: Int32Array, to: Int32Array): number {
  for (let k = 0; k < count; k++) to[k] = from[k] as number;
  return count;
}
