// WebAssembly's binary format (core specification 2.0, chapter 5), as much of it as kernels take: functions on i32, f64 and v128 over one imported memory.

export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;
export type ValueType = typeof I32 | typeof F64 | typeof V128;

export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly result: ValueType;
}

export interface WasmFunction {
  readonly name: string;
  readonly signature: Signature;
  /** Besides the parameters. */
  readonly locals: readonly ValueType[];
  readonly code: readonly number[];
}

/** A module that imports `env.memory` and exports its functions. */
export function encodeModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([
    0x00,
    0x61,
    0x73,
    0x6d,
    0x01,
    0x00,
    0x00,
    0x00,
    ...section(
      1,
      functions.map(({ signature: { parameters, result } }) => [0x60, ...sized(parameters), 1, result]),
    ),
    ...section(2, [[...text("env"), ...text("memory"), 0x02, 0x00, 0x00]]),
    ...section(
      3,
      functions.map((_, k) => unsigned(k)),
    ),
    ...section(
      7,
      functions.map(({ name }, k) => [...text(name), 0x00, ...unsigned(k)]),
    ),
    ...section(
      10,
      functions.map(({ locals, code }) => sized([...declarations(locals), ...code, 0x0b])),
    ),
  ]);
}

/** Locals of one type in a row are declared together. */
function declarations(locals: readonly ValueType[]): number[] {
  const runs: { readonly type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return [...unsigned(runs.length), ...runs.flatMap(({ type, count }) => [...unsigned(count), type])];
}

function section(number: number, items: readonly (readonly number[])[]): number[] {
  return [number, ...sized([...unsigned(items.length), ...items.flat()])];
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

/** Names of functions are ours, and ASCII. */
function text(name: string): number[] {
  return sized(Array.from(name, (c) => c.charCodeAt(0)));
}

/** LEB128 of 0 .. 2^32-1. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low + 128 : low);
  } while (value > 0);
  return bytes;
}

/** LEB128 of an int32. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 127;
    value >>= 7;
    if ((value === 0 && (low & 64) === 0) || (value === -1 && (low & 64) !== 0)) return [...bytes, low];
    bytes.push(low + 128);
  }
}
