// Random numbers of all neurons of a population in one step, eight counters at a time: runtime/random.ts in WebAssembly, bit for bit. The rare draws at the edge of a
// layer of the ziggurat are listed, and left to the runtime.
import { assembler, localsAfter, type Assembler } from "./assemble.ts";
import { I32, V128, type WasmFunction } from "./encode.ts";
import { FOUND } from "./loops.ts";
import type { Surroundings } from "./vectors.ts";

/** The runtime's table of widths and inner edges, in turn. */
export const ZIGGURAT = "ZIGGURAT";

/** Where the numbers go (a byte address), how many (more are written up to a multiple of eight), the key, the second counter. */
const [OUT, HIGH, K0, K1, STEP] = [0, 1, 2, 3, 4] as const;
const PARAMETERS = [I32, I32, I32, I32, I32] as const;

/** Rotations and injected keys of Threefry-2x32: four rounds, then the key's words in turn. */
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** `fillNormal` or `fillUniform` from neuron 0 on; answers how many numbers it has listed as edges, in rising order. */
export function noiseFunction(name: "fillNormal" | "fillUniform", around: Surroundings): WasmFunction {
  const locals = localsAfter(PARAMETERS.length);
  const w = assembler();
  const vector = (make: () => void): number => {
    const local = locals.fresh(V128);
    make();
    w.set(local);
    return local;
  };
  const parity = locals.fresh(I32),
    index = locals.fresh(I32),
    edges = locals.fresh(I32);
  w.get(K0);
  w.get(K1);
  w.i32(0x1bd11bda);
  w.do("i32.xor", "i32.xor");
  w.set(parity);
  const splat = (local: number, plus: number): number =>
    vector(() => {
      w.get(local);
      w.i32(plus);
      w.do("i32.add", "i32x4.splat");
    });
  const [a, b, c] = [splat(K0, 0), splat(K1, 0), splat(parity, 0)];
  const injected = [
    [b, splat(parity, 1)],
    [c, splat(K0, 2)],
    [a, splat(K1, 3)],
    [b, splat(parity, 4)],
    [c, splat(K0, 5)],
  ] as const;
  const first = vector(() => {
    w.get(STEP);
    w.do("i32x4.splat");
    w.get(b);
    w.do("i32x4.add");
  });
  const eight = vector(() => w.constants([8, 8, 8, 8]));
  // Two vectors of four counters go through the rounds side by side: one alone would wait for itself.
  const lanes = [0, 4].map((offset) => ({
    offset,
    counters: vector(() => {
      w.constants([offset, offset + 1, offset + 2, offset + 3]);
      w.get(a);
      w.do("i32x4.add");
    }),
    x: locals.fresh(V128),
    y: locals.fresh(V128),
  }));
  const transform = (name === "fillNormal" ? normals : uniforms)(w, locals.fresh, around, { index, edges });

  w.block("block", () => {
    w.get(HIGH);
    w.do("i32.eqz");
    w.branchIf(0);
    w.block("loop", () => {
      for (const { counters, x, y } of lanes) {
        w.get(counters);
        w.set(x);
        w.get(first);
        w.set(y);
      }
      injected.forEach(([toX, toY], k) => {
        for (const rotation of ROTATIONS[k % 2] as readonly number[])
          for (const { x, y } of lanes) round(w, x, y, rotation);
        for (const { x, y } of lanes) {
          add(w, x, toX);
          add(w, y, toY);
        }
      });
      for (const { x, y, offset } of lanes)
        for (const half of [0, 1] as const) transform({ x, y, half, offset: offset + 2 * half });
      for (const { counters } of lanes) add(w, counters, eight);
      w.get(OUT);
      w.i32(64);
      w.do("i32.add");
      w.set(OUT);
      w.get(index);
      w.i32(8);
      w.do("i32.add");
      w.tee(index);
      w.get(HIGH);
      w.do("i32.lt_u");
      w.branchIf(0);
    });
  });
  w.get(edges);
  return { name, signature: { parameters: PARAMETERS, result: I32 }, locals: locals.types, code: w.code };
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

/** Two counters of a vector of four words x and of four words y; `offset` is the first's place in the pass. */
interface Half {
  readonly x: number;
  readonly y: number;
  readonly half: 0 | 1;
  readonly offset: number;
}

/** The words of the first or the second two counters, as doubles. */
function word(
  w: Assembler,
  local: number,
  half: 0 | 1,
  convert: "f64x2.convert_low_i32x4_s" | "f64x2.convert_low_i32x4_u",
  shift = 0,
): void {
  w.get(local);
  if (shift > 0) {
    w.i32(shift);
    w.do("i32x4.shr_u");
  }
  upper(w, half);
  w.do(convert);
}

/** The upper half of the vector on the stack in place of the lower one. */
function upper(w: Assembler, half: 0 | 1): void {
  if (half === 0) return;
  w.constants([0, 0, 0, 0]);
  w.shuffle(1, 2);
}

function uniforms(w: Assembler, fresh: Fresh, around: Surroundings): (words: Half) => void {
  const number = (value: number): number => {
    const local = fresh(V128);
    w.i32(0);
    w.access("v128.load64_splat", around.literal(value));
    w.set(local);
    return local;
  };
  const [high, middle, unit] = [number(67108864), number(0.5), number(2.220446049250313e-16)];
  return ({ x, y, half, offset }) => {
    w.get(OUT);
    word(w, x, half, "f64x2.convert_low_i32x4_u", 6);
    w.get(high);
    w.do("f64x2.mul");
    word(w, y, half, "f64x2.convert_low_i32x4_u", 6);
    w.do("f64x2.add");
    w.get(middle);
    w.do("f64x2.add");
    w.get(unit);
    w.do("f64x2.mul");
    w.access("v128.store", 8 * offset);
  };
}

function normals(
  w: Assembler,
  fresh: Fresh,
  around: Surroundings,
  { index, edges }: { readonly index: number; readonly edges: number },
): (words: Half) => void {
  const shift = fresh(V128),
    bytes = fresh(V128);
  w.i32(0);
  w.access("v128.load64_splat", around.literal(2097152));
  w.set(shift);
  w.constants([255, 255, 255, 255]);
  w.set(bytes);
  const table = around.address(ZIGGURAT);
  const [position, layers, inside] = [fresh(V128), fresh(V128), fresh(V128)];
  const rows = [fresh(V128), fresh(V128)] as const;
  return ({ x, y, half, offset }) => {
    word(w, x, half, "f64x2.convert_low_i32x4_s");
    w.get(shift);
    w.do("f64x2.mul");
    word(w, y, half, "f64x2.convert_low_i32x4_u", 11);
    w.do("f64x2.add");
    w.set(position);
    w.get(y);
    upper(w, half);
    w.get(bytes);
    w.do("v128.and");
    w.set(layers);
    rows.forEach((row, lane) => {
      w.get(layers);
      w.lane("i32x4.extract_lane", lane);
      w.i32(4);
      w.do("i32.shl");
      w.access("v128.load", table);
      w.set(row);
    });
    w.get(OUT);
    w.get(position);
    w.get(rows[0]);
    w.get(rows[1]);
    w.shuffle(0, 2);
    w.do("f64x2.mul");
    w.access("v128.store", 8 * offset);
    w.get(position);
    w.do("f64x2.abs");
    w.get(rows[0]);
    w.get(rows[1]);
    w.shuffle(1, 3);
    w.do("f64x2.lt");
    w.tee(inside);
    w.do("i64x2.bitmask");
    w.i32(3);
    w.do("i32.ne");
    w.block("if", () => {
      for (const lane of [0, 1]) {
        w.get(inside);
        w.do("i64x2.bitmask");
        w.i32(1 << lane);
        w.do("i32.and", "i32.eqz");
        w.block("if", () => {
          w.get(edges);
          w.i32(2);
          w.do("i32.shl");
          w.get(index);
          w.i32(offset + lane);
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
}
