// Random numbers of all neurons of a population in one step, sixteen counters at a time: runtime/random.ts in WebAssembly, bit for bit. The rare draws at the edge of a
// layer of the ziggurat are listed, and left to the runtime.
import { assembler, localsAfter, type Assembler } from "./assemble.ts";
import { I32, V128, type ValueType, type WasmFunction } from "./encode.ts";
import { FOUND } from "./loops.ts";
import type { Filler } from "../written.ts";
import type { Surroundings } from "./vectors.ts";

/** The runtime's table of widths and inner edges, in turn. */
export const ZIGGURAT = "ZIGGURAT";

/** The runtime's words of numbers at an edge. */
export const EDGES = "edges";

/**
 * Where the first number goes (a byte address), behind which neuron they end (more are written up to a multiple of sixteen), the key, the second counter, the first neuron. Of each
 * neuron's own stream the key is where the keys are (byte addresses), the first counter 0, the first neuron 0, and what a far step adds to the first word comes last.
 */
const [OUT, HIGH, K0, K1, STEP, LOW, FAR] = [0, 1, 2, 3, 4, 5, 5] as const;

/** Whether each neuron draws from a stream of its own. */
export function isOfEach(name: Filler): boolean {
  return name.endsWith("OfEach");
}

/** The parity constant of the generator. */
const PARITY = 0x1bd11bda;

/** Rotations and injected keys of Threefry-2x32: four rounds, then the key's words in turn. */
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Four counters and how they become words. */
interface Lane {
  /** Of the first, in the pass. */
  readonly offset: number;
  readonly x: number;
  readonly y: number;
  /** The counters with the key added. */
  start(): void;
  /** After four rounds: the key's words in turn, the second with the number of the turn. */
  inject(turn: number): void;
}

/** What the rare draws need: of each listed number the two words it was made of and the two of the next draw, four numbers side by side. */
export function edgesFunction(around: Surroundings): WasmFunction {
  const [COUNT, FIRST0, FIRST1, SECOND0, SECOND1, COUNTER] = [0, 1, 2, 3, 4, 5] as const;
  const parameters = [I32, I32, I32, I32, I32, I32] as const;
  const locals = localsAfter(parameters.length);
  const w = assembler();
  const at = locals.fresh(I32);
  const vector = (make: () => void): number => {
    const local = locals.fresh(V128);
    make();
    w.set(local);
    return local;
  };
  const lanes = [
    [FIRST0, FIRST1],
    [SECOND0, SECOND1],
  ].map(([k0, k1]): Lane => {
    const { words, inject } = keyed(w, locals.fresh, vector, k0 as number, k1 as number);
    const [x, y] = [locals.fresh(V128), locals.fresh(V128)];
    return {
      offset: 0,
      x,
      y,
      start() {
        w.get(at);
        w.access("v128.load", around.address(FOUND));
        w.get(words[0] as number);
        w.do("i32x4.add");
        w.set(x);
        w.get(COUNTER);
        w.do("i32x4.splat");
        w.get(words[1] as number);
        w.do("i32x4.add");
        w.set(y);
      },
      inject: (turn) => inject(turn, x, y),
    };
  });
  w.block("block", () => {
    w.get(COUNT);
    w.i32(2);
    w.do("i32.shl");
    w.tee(COUNT);
    w.do("i32.eqz");
    w.branchIf(0);
    w.block("loop", () => {
      threefry(w, lanes);
      lanes
        .flatMap(({ x, y }) => [x, y])
        .forEach((words, k) => {
          w.get(at);
          w.i32(2);
          w.do("i32.shl");
          w.get(words);
          w.access("v128.store", around.address(EDGES) + 16 * k);
        });
      w.get(at);
      w.i32(16);
      w.do("i32.add");
      w.tee(at);
      w.get(COUNT);
      w.do("i32.lt_u");
      w.branchIf(0);
    });
  });
  w.get(COUNT);
  return { name: EDGES, signature: { parameters, result: I32 }, locals: locals.types, code: w.code };
}

/** Numbers of neurons in their order; answers how many of them it has listed as edges, in rising order. */
export function noiseFunction(name: Filler, around: Surroundings): WasmFunction {
  const ofEach = isOfEach(name);
  const parameters: readonly ValueType[] = Array.from({ length: 6 }, () => I32);
  const locals = localsAfter(parameters.length);
  const w = assembler();
  const vector = (make: () => void): number => {
    const local = locals.fresh(V128);
    make();
    w.set(local);
    return local;
  };
  const index = locals.fresh(I32),
    edges = locals.fresh(I32);
  // Four vectors of four counters go through the rounds side by side: one alone would wait for itself.
  const streams = ofEach ? ownStreams(w, locals.fresh, vector) : oneStream(w, locals.fresh, vector);
  const lanes = [0, 4, 8, 12].map(streams.lane);
  const inside: Inside[] = [];
  const transform = (name.startsWith("fillNormal") ? normals : uniforms)(w, locals.fresh, around, inside);

  const listEdges = (): void => {
    inside.forEach(({ mask }, k) => {
      w.get(mask);
      if (k > 0) w.do("v128.and");
    });
    w.do("i64x2.bitmask");
    w.i32(3);
    w.do("i32.ne");
    w.block("if", () => {
      for (const { mask, place } of inside)
        for (const lane of [0, 1]) {
          w.get(mask);
          w.do("i64x2.bitmask");
          w.i32(1 << lane);
          w.do("i32.and", "i32.eqz");
          w.block("if", () => {
            w.get(edges);
            w.i32(2);
            w.do("i32.shl");
            w.get(index);
            w.i32(place + lane);
            w.do("i32.add");
            w.access("i32.store", around.address(FOUND));
            w.get(edges);
            w.i32(1);
            w.do("i32.add");
            w.set(edges);
          });
        }
    });
  };

  if (!ofEach) {
    w.get(LOW);
    w.set(index);
  }
  w.block("block", () => {
    w.get(index);
    w.get(HIGH);
    w.do("i32.lt_u", "i32.eqz");
    w.branchIf(0);
    w.block("loop", () => {
      threefry(w, lanes);
      // Without a branch in between: engines would put each vector's rounds behind it, one after the other.
      for (const lane of lanes) transform(lane);
      if (inside.length > 0) listEdges();
      streams.next();
      w.get(OUT);
      w.i32(128);
      w.do("i32.add");
      w.set(OUT);
      w.get(index);
      w.i32(16);
      w.do("i32.add");
      w.tee(index);
      w.get(HIGH);
      w.do("i32.lt_u");
      w.branchIf(0);
    });
  });
  w.get(edges);
  return { name, signature: { parameters, result: I32 }, locals: locals.types, code: w.code };
}

interface LanesOf {
  lane(offset: number): Lane;
  /** Goes on to the next sixteen. */
  next(): void;
}
type AnyFresh = (type: typeof V128 | typeof I32) => number;
type Vector = (make: () => void) => number;

/** The words of one key, four times each, and how they are added after four rounds. */
function keyed(
  w: Assembler,
  fresh: AnyFresh,
  vector: Vector,
  k0: number,
  k1: number,
): { readonly words: readonly number[]; inject(turn: number, x: number, y: number): void } {
  const parity = fresh(I32);
  w.get(k0);
  w.get(k1);
  w.i32(PARITY);
  w.do("i32.xor", "i32.xor");
  w.set(parity);
  const splat = (local: number, plus: number): number =>
    vector(() => {
      w.get(local);
      w.i32(plus);
      w.do("i32.add", "i32x4.splat");
    });
  const words = [k0, k1, parity].map((word) => splat(word, 0));
  const counted = [1, 2, 3, 4, 5].map((turn) => splat([k0, k1, parity][(turn + 1) % 3] as number, turn));
  return {
    words,
    inject(turn, x, y) {
      add(w, x, words[turn % 3] as number);
      add(w, y, counted[turn - 1] as number);
    },
  };
}

/** Vectors of counters through the twenty rounds, side by side. */
function threefry(w: Assembler, lanes: readonly Lane[]): void {
  for (const lane of lanes) lane.start();
  for (let turn = 1; turn <= 5; turn++) {
    for (const rotation of ROTATIONS[(turn - 1) % 2] as readonly number[])
      for (const { x, y } of lanes) round(w, x, y, rotation);
    for (const lane of lanes) lane.inject(turn);
  }
}

/** One stream: its words are the same for all, the first counter is the neuron's number. */
function oneStream(w: Assembler, fresh: AnyFresh, vector: Vector): LanesOf {
  const { words, inject } = keyed(w, fresh, vector, K0, K1);
  const first = vector(() => {
    w.get(STEP);
    w.do("i32x4.splat");
    w.get(words[1] as number);
    w.do("i32x4.add");
  });
  const sixteen = vector(() => w.constants([16, 16, 16, 16]));
  const counters: number[] = [];
  return {
    lane(offset) {
      const [x, y] = [fresh(V128), fresh(V128)];
      const counter = vector(() => {
        w.constants([offset, offset + 1, offset + 2, offset + 3]);
        w.get(words[0] as number);
        w.do("i32x4.add");
        w.get(LOW);
        w.do("i32x4.splat", "i32x4.add");
      });
      counters.push(counter);
      return {
        offset,
        x,
        y,
        start() {
          w.get(counter);
          w.set(x);
          w.get(first);
          w.set(y);
        },
        inject: (turn) => inject(turn, x, y),
      };
    },
    next() {
      for (const counter of counters) add(w, counter, sixteen);
    },
  };
}

/** A stream for each: its words come from where the keys are, the first counter is 0. */
function ownStreams(w: Assembler, fresh: AnyFresh, vector: Vector): LanesOf {
  const splat = (make: () => void): number =>
    vector(() => {
      make();
      w.do("i32x4.splat");
    });
  const [step, far, parity] = [splat(() => w.get(STEP)), splat(() => w.get(FAR)), splat(() => w.i32(PARITY))];
  const turns = [1, 2, 3, 4, 5].map((turn) => vector(() => w.constants([turn, turn, turn, turn])));
  return {
    lane(offset) {
      const [x, y, ...words] = Array.from({ length: 5 }, () => fresh(V128)) as [number, number, ...number[]];
      const [first, second, third] = words as [number, number, number];
      return {
        offset,
        x,
        y,
        start() {
          w.get(K0);
          w.access("v128.load", 4 * offset);
          w.get(far);
          w.do("i32x4.add");
          w.tee(first);
          w.set(x);
          w.get(K1);
          w.access("v128.load", 4 * offset);
          w.tee(second);
          w.get(step);
          w.do("i32x4.add");
          w.set(y);
          w.get(first);
          w.get(second);
          w.get(parity);
          w.do("v128.xor", "v128.xor");
          w.set(third);
        },
        inject(turn) {
          add(w, x, words[turn % 3] as number);
          add(w, y, words[(turn + 1) % 3] as number);
          add(w, y, turns[turn - 1] as number);
        },
      };
    },
    next() {
      for (const keys of [K0, K1]) {
        w.get(keys);
        w.i32(64);
        w.do("i32.add");
        w.set(keys);
      }
    },
  };
}

/** x += y; y = (y rotated to the left) ^ x */
function round(w: Assembler, x: number, y: number, rotation: number): void {
  add(w, x, y);
  w.get(y);
  if (rotation % 8 === 0) {
    w.get(y);
    w.turnBytes(rotation / 8);
  } else {
    w.i32(rotation);
    w.do("i32x4.shl");
    w.get(y);
    w.i32(32 - rotation);
    w.do("i32x4.shr_u", "v128.or");
  }
  w.get(x);
  w.do("v128.xor");
  w.set(y);
}

function add(w: Assembler, to: number, what: number): void {
  w.get(to);
  w.get(what);
  w.do("i32x4.add");
  w.set(to);
}

type Fresh = (type: typeof V128) => number;

/** Four words x and four words y; `offset` is the place of the first in the pass. */
interface Four {
  readonly x: number;
  readonly y: number;
  readonly offset: number;
}

/** A mask of two numbers that lie inside their layers' inner boxes, and the place of the first in the pass. */
interface Inside {
  readonly mask: number;
  readonly place: number;
}

const HALVES = [0, 1] as const;

/** The first or the second two of four words below 2^31, or with their signs, as doubles. */
function doubles(w: Assembler, words: number, half: 0 | 1): void {
  w.get(words);
  if (half === 1) {
    w.get(words);
    w.shuffle(1, 1);
  }
  w.do("f64x2.convert_low_i32x4_s");
}

/** Four words less their last bits. */
function shifted(w: Assembler, words: number, by: number, into: number): void {
  w.get(words);
  w.i32(by);
  w.do("i32x4.shr_u");
  w.set(into);
}

function uniforms(w: Assembler, fresh: Fresh, around: Surroundings): (words: Four) => void {
  const number = (value: number): number => {
    const local = fresh(V128);
    w.i32(0);
    w.access("v128.load64_splat", around.literal(value));
    w.set(local);
    return local;
  };
  const [high, middle, unit] = [number(67108864), number(0.5), number(2.220446049250313e-16)];
  const [upper, lower] = [fresh(V128), fresh(V128)];
  return ({ x, y, offset }) => {
    shifted(w, x, 6, upper);
    shifted(w, y, 6, lower);
    for (const half of HALVES) {
      w.get(OUT);
      doubles(w, upper, half);
      w.get(high);
      w.do("f64x2.mul");
      doubles(w, lower, half);
      w.do("f64x2.add");
      w.get(middle);
      w.do("f64x2.add");
      w.get(unit);
      w.do("f64x2.mul");
      w.access("v128.store", 8 * (offset + 2 * half));
    }
  };
}

function normals(w: Assembler, fresh: Fresh, around: Surroundings, inside: Inside[]): (words: Four) => void {
  const shift = fresh(V128),
    rows = fresh(V128);
  w.i32(0);
  w.access("v128.load64_splat", around.literal(2097152));
  w.set(shift);
  // A row of the table, width and inner edge of a layer, takes 16 bytes.
  w.constants([4080, 4080, 4080, 4080]);
  w.set(rows);
  const table = around.address(ZIGGURAT);
  const [position, layers, lower] = [fresh(V128), fresh(V128), fresh(V128)];
  const row = [fresh(V128), fresh(V128)] as const;
  return ({ x, y, offset }) => {
    shifted(w, y, 11, lower);
    w.get(y);
    w.i32(4);
    w.do("i32x4.shl");
    w.get(rows);
    w.do("v128.and");
    w.set(layers);
    for (const half of HALVES) {
      doubles(w, x, half);
      w.get(shift);
      w.do("f64x2.mul");
      doubles(w, lower, half);
      w.do("f64x2.add");
      w.set(position);
      row.forEach((one, lane) => {
        w.get(layers);
        w.lane("i32x4.extract_lane", 2 * half + lane);
        w.access("v128.load", table);
        w.set(one);
      });
      w.get(OUT);
      w.get(position);
      w.get(row[0]);
      w.get(row[1]);
      w.shuffle(0, 2);
      w.do("f64x2.mul");
      w.access("v128.store", 8 * (offset + 2 * half));
      w.get(position);
      w.do("f64x2.abs");
      w.get(row[0]);
      w.get(row[1]);
      w.shuffle(1, 3);
      w.do("f64x2.lt");
      const mask = fresh(V128);
      w.set(mask);
      inside.push({ mask, place: offset + 2 * half });
    }
  };
}
