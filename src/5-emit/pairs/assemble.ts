// Instructions of one WebAssembly function, written down in the order in which its stack takes them.
import { signed, unsigned, type ValueType } from "./encode.ts";

/** Instructions without immediates, by their names in the specification (core 2.0, 5.4). */
const PLAIN = {
  "i32.eqz": 0x45,
  "i32.ne": 0x47,
  "i32.lt_u": 0x49,
  "i32.gt_u": 0x4b,
  "i32.add": 0x6a,
  "i32.mul": 0x6c,
  "i32.and": 0x71,
  "i32.or": 0x72,
  "i32.xor": 0x73,
  "i32.shl": 0x74,
  "i32.shr_u": 0x76,
  "f64.convert_i32_s": 0xb7,
} as const;

/** Of the vector instructions, the number behind the prefix. */
const VECTOR = {
  "f64x2.splat": 0x14,
  "i32x4.splat": 0x11,
  "f64x2.eq": 0x47,
  "f64x2.ne": 0x48,
  "f64x2.lt": 0x49,
  "f64x2.gt": 0x4a,
  "f64x2.le": 0x4b,
  "f64x2.ge": 0x4c,
  "v128.not": 0x4d,
  "v128.and": 0x4e,
  "v128.or": 0x50,
  "v128.xor": 0x51,
  "v128.bitselect": 0x52,
  "f64x2.ceil": 0x74,
  "f64x2.floor": 0x75,
  "f64x2.trunc": 0x7a,
  "i32x4.shl": 0xab,
  "i32x4.shr_u": 0xad,
  "i32x4.add": 0xae,
  "i64x2.bitmask": 0xc4,
  "i64x2.sub": 0xd1,
  "f64x2.abs": 0xec,
  "f64x2.neg": 0xed,
  "f64x2.sqrt": 0xef,
  "f64x2.add": 0xf0,
  "f64x2.sub": 0xf1,
  "f64x2.mul": 0xf2,
  "f64x2.div": 0xf3,
  "f64x2.min": 0xf4,
  "f64x2.max": 0xf5,
  "f64x2.pmax": 0xf7,
  "f64x2.convert_low_i32x4_s": 0xfe,
} as const;

/** They take the address from the stack and add an offset to it. */
const ACCESS = {
  "i32.load": [0x28],
  "i32.store": [0x36],
  "v128.load": [0xfd, 0x00],
  "v128.load64_splat": [0xfd, 0x0a],
  "v128.load64_zero": [0xfd, 0x5d],
  "v128.store": [0xfd, 0x0b],
} as const;

const LANE = { "i32x4.extract_lane": 0x1b } as const;

export type Plain = keyof typeof PLAIN;
export type Vector = keyof typeof VECTOR;

export interface Assembler {
  readonly code: readonly number[];
  do(...names: readonly (Plain | Vector)[]): void;
  get(local: number): void;
  set(local: number): void;
  tee(local: number): void;
  i32(value: number): void;
  access(name: keyof typeof ACCESS, offset: number): void;
  lane(name: keyof typeof LANE, lane: number): void;
  /** Loads the upper half of the vector on the stack from the address below it. */
  loadUpper(offset: number): void;
  /** Stores one half of the vector on the stack at the address below it. */
  storeHalf(half: 0 | 1, offset: number): void;
  /** The doubles `first` and `second` of two vectors: 0 and 1 are those of the first, 2 and 3 those of the second. */
  shuffle(first: number, second: number): void;
  /** Each of the four words with its bytes turned by so many to the left. */
  turnBytes(bytes: number): void;
  constants(values: readonly [number, number, number, number]): void;
  block(kind: "block" | "loop" | "if", body: () => void): void;
  branchIf(depth: number): void;
  append(code: readonly number[]): void;
}

export interface Locals {
  readonly types: readonly ValueType[];
  fresh(type: ValueType): number;
}

export function localsAfter(parameters: number): Locals {
  const types: ValueType[] = [];
  return { types, fresh: (type) => parameters + types.push(type) - 1 };
}

export function assembler(): Assembler {
  const code: number[] = [];
  const put = (...bytes: readonly number[]): void => {
    for (const byte of bytes) code.push(byte);
  };
  const wide = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];
  return {
    code,
    do(...names) {
      for (const name of names) {
        if (name in PLAIN) put(PLAIN[name as Plain]);
        else put(0xfd, ...unsigned(VECTOR[name as Vector]));
      }
    },
    get: (local) => put(0x20, ...unsigned(local)),
    set: (local) => put(0x21, ...unsigned(local)),
    tee: (local) => put(0x22, ...unsigned(local)),
    i32: (value) => put(0x41, ...signed(value)),
    // Alignment is a hint only, and doubles are all that is promised.
    access: (name, offset) => put(...ACCESS[name], name.startsWith("i32") ? 2 : 3, ...unsigned(offset)),
    lane: (name, lane) => put(0xfd, LANE[name], lane),
    loadUpper: (offset) => put(0xfd, 0x57, 3, ...unsigned(offset), 1),
    storeHalf: (half, offset) => put(0xfd, 0x5b, 3, ...unsigned(offset), half),
    shuffle: (first, second) =>
      put(0xfd, 0x0d, ...[first, second].flatMap((double) => Array.from({ length: 8 }, (_, k) => double * 8 + k))),
    turnBytes: (bytes) => put(0xfd, 0x0d, ...Array.from({ length: 16 }, (_, k) => (k & ~3) + ((k - bytes) & 3))),
    constants: (values) => put(0xfd, 0x0c, ...values.flatMap(wide)),
    block(kind, body) {
      put({ block: 0x02, loop: 0x03, if: 0x04 }[kind], 0x40);
      body();
      put(0x0b);
    },
    branchIf: (depth) => put(0x0d, ...unsigned(depth)),
    append(more) {
      for (const byte of more) code.push(byte);
    },
  };
}
