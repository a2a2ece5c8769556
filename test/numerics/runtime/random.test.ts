// The generator: known answers, independence of order, and distributions that are right far into the tails.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { erf } from "../../../src/runtime/math.ts";
import { fillNormal, fillUniform, normal, stream, threefry, uniform } from "../../../src/runtime/random.ts";

test("Threefry-2x32-20 gives the known answers of Random123", () => {
  const words = new Int32Array(2);
  const answer = (k0: number, k1: number, c0: number, c1: number): string[] => {
    threefry(words, k0 | 0, k1 | 0, c0 | 0, c1 | 0, 1, 0);
    return [...words].map((word) => (word >>> 0).toString(16));
  };
  expect(answer(0, 0, 0, 0)).toEqual(["6b200159", "99ba4efe"]);
  expect(answer(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)).toEqual(["1cb996fc", "bb002be7"]);
  expect(answer(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).toEqual(["c4923a9c", "483df7a0"]);
});

test("a block is filled with what single draws give, wherever it begins and ends", () => {
  const s = stream(3, "E/V");
  for (const [low, high, step] of [
    [0, 3000, 0],
    [17, 1100, 5],
    [511, 513, 2 ** 31 + 3],
    [0, 700, 2 ** 32 - 1],
    [0, 700, 2 ** 40 + 7],
    [5, 5, 1],
  ] as const) {
    const normals = new Float64Array(3000).fill(-7),
      uniforms = new Float64Array(3000).fill(-7);
    fillNormal(normals, low, high, s, step);
    fillUniform(uniforms, low, high, s, step);
    for (let i = 0; i < 3000; i++) {
      const inside = i >= low && i < high;
      if (normals[i] !== (inside ? normal(s, i, step) : -7) || uniforms[i] !== (inside ? uniform(s, i, step) : -7))
        throw new Error(`differs at ${i} of ${low}..${high}, step ${step}`);
    }
  }
});

test("few draws a step, which are made for many steps at once, are what single draws give: in any order of steps, as far as steps go, with edges and tails", () => {
  const s = stream(7, "A/V"),
    out = new Float64Array(10);
  const steps = [
    0,
    1,
    2,
    63,
    64,
    65,
    2,
    1,
    500,
    499,
    501,
    0,
    2 ** 31 - 130,
    2 ** 31 - 65,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 + 1,
    3,
    ...Array.from({ length: 3000 }, (_, k) => 1000 + k),
  ];
  let beyond = 0;
  for (const step of steps) {
    for (const [low, high] of [
      [0, 1],
      [2, 7],
      [0, 8],
      [0, 9],
    ] as const) {
      out.fill(-7);
      fillNormal(out, low, high, s, step);
      for (let i = 0; i < 10; i++)
        if (out[i] !== (i >= low && i < high ? normal(s, i, step) : -7))
          throw new Error(`differs at ${i} of ${low}..${high}, step ${step}`);
    }
    for (const x of out) if (Math.abs(x) > 3.7 && x !== -7) beyond++;
  }
  expect(beyond).toBeGreaterThan(0);
});

test("draws are the same bits for ever", () => {
  const out = new Float64Array(60000),
    s = stream(42, "GLIF/ξ#1");
  fillNormal(out, 0, 50000, s, 12345);
  fillUniform(out, 50000, 60000, s, 2 ** 33 + 1);
  expect(createHash("sha256").update(new Uint8Array(out.buffer)).digest("hex")).toBe(
    "28add9714e7642cc6aed1cb9c8f896d1a2c92bd4faeb8b5b41b1423111e009ec",
  );
});

test("steps beyond 2^32, seeds beyond 2^32 and purposes that differ little are streams of their own", () => {
  const first = (seed: number, purpose: string, step = 0): number => uniform(stream(seed, purpose), 0, step);
  const values = [
    first(0, "E/V"),
    first(1, "E/V"),
    first(2 ** 32, "E/V"),
    first(2 ** 53 - 1, "E/V"),
    first(0, "E/W"),
    first(0, "E/V "),
    first(0, "V/E"),
    first(0, ""),
    first(0, "\0"),
    first(0, "\0\0"),
    first(0, "ξ"),
    first(0, "E/V", 1),
    first(0, "E/V", 2 ** 32),
    first(0, "E/V", 2 ** 33),
    first(0, "E/V", 2 ** 52),
  ];
  expect(new Set(values).size).toBe(values.length);
  for (const seed of [-1, 1.5, NaN, 2 ** 53]) expect(() => stream(seed, "E/V")).toThrow(/seed/);
});

const N = 1_000_000;
function normals(seed: number, purpose: string, step: number, count = N): Float64Array {
  const out = new Float64Array(count);
  fillNormal(out, 0, count, stream(seed, purpose), step);
  return out;
}

test("normals: moments, and the normal distribution by Kolmogorov and Smirnov", () => {
  const x = normals(11, "moments", 0);
  const moment = (k: number): number => x.reduce((sum, value) => sum + value ** k, 0) / N;
  // standard errors of the moments of n normals: 1, 2, 15, 96 over n
  expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / N));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / N));
  expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / N));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / N));
  let distance = 0;
  x.sort().forEach((value, i) => {
    const p = 0.5 + 0.5 * erf(value / Math.SQRT2);
    distance = Math.max(distance, Math.abs(p - i / N), Math.abs(p - (i + 1) / N));
  });
  expect(distance * Math.sqrt(N)).toBeLessThan(1.95); // p = 0.001
});

test("normals: as many beyond 3.5 and 4.5 standard deviations as there should be, on both sides, and no seam where the tail begins", () => {
  const out = new Float64Array(N),
    s = stream(7, "tails");
  // upper probability of each interval
  const edges = [3.5, 3.6, 3.6541528853610088, 3.7, 4, 4.5, Infinity],
    upper = edges.map((x) => (x < 5 ? upperTail(x) : 0));
  const counts = { above: new Float64Array(edges.length), below: new Float64Array(edges.length) };
  const rounds = 10;
  for (let step = 0; step < rounds; step++) {
    fillNormal(out, 0, N, s, step);
    for (const x of out) {
      const a = Math.abs(x);
      if (a < 3.5) continue;
      let k = 0;
      while (a >= edges[k + 1]!) k++;
      (x > 0 ? counts.above : counts.below)[k]! += 1;
    }
  }
  for (let k = 0; k + 1 < edges.length; k++) {
    const wanted = rounds * N * (upper[k]! - upper[k + 1]!);
    for (const side of [counts.above, counts.below])
      expect(Math.abs(side[k]! - wanted), `${edges[k]}`).toBeLessThan(4 * Math.sqrt(wanted));
  }
});

/** Mills' continued fraction. */
function upperTail(x: number): number {
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (x + fraction);
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / (x + fraction);
}

test("the wedges of the ziggurat: its 200 finest bins hold what they should", () => {
  const out = new Float64Array(N),
    s = stream(8, "wedges"),
    bins = 200,
    counts = new Float64Array(bins),
    rounds = 4;
  for (let step = 0; step < rounds; step++) {
    fillNormal(out, 0, N, s, step);
    for (const x of out) counts[Math.min(bins - 1, Math.floor((0.5 + 0.5 * erf(x / Math.SQRT2)) * bins))]! += 1;
  }
  const wanted = (rounds * N) / bins,
    chi2 = counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
  expect(Math.abs(chi2 - (bins - 1)) / Math.sqrt(2 * (bins - 1))).toBeLessThan(4);
});

test("no correlation between streams, seeds, steps and neighbours", () => {
  const n = 200_000,
    base = normals(0, "E/V", 0, n);
  const others: [string, Float64Array][] = [
    ["seed 1", normals(1, "E/V", 0, n)],
    ["seed 2", normals(2, "E/V", 0, n)],
    ["seed 2^32", normals(2 ** 32, "E/V", 0, n)],
    ["E/W", normals(0, "E/W", 0, n)],
    ["step 1", normals(0, "E/V", 1, n)],
    ["step 2", normals(0, "E/V", 2, n)],
    ["step 2^32", normals(0, "E/V", 2 ** 32, n)],
    ["neighbour", Float64Array.from(base, (_, i) => base[(i + 1) % n]!)],
  ];
  for (let a = 0; a < others.length; a++) {
    for (const [name, x] of [["base", base] as const, ...others.slice(0, a)]) {
      const [otherName, y] = others[a]!;
      let r = 0,
        squares = 0;
      for (let i = 0; i < n; i++) {
        r += x[i]! * y[i]!;
        squares += (x[i]! ** 2 - 1) * (y[i]! ** 2 - 1);
      }
      expect(Math.abs(r / n), `${name} and ${otherName}`).toBeLessThan(4 / Math.sqrt(n));
      expect(Math.abs(squares / n), `squares of ${name} and ${otherName}`).toBeLessThan(8 / Math.sqrt(n));
    }
  }
});

test("uniforms: within (0, 1), flat, and as fine as a double allows", () => {
  const out = new Float64Array(N);
  fillUniform(out, 0, N, stream(5, "u"), 0);
  expect(out.every((u) => u > 0 && u < 1 && (u * 2 ** 53) % 2 === 1)).toBe(true);
  const mean = out.reduce((sum, u) => sum + u, 0) / N,
    lag = out.reduce((sum, u, i) => sum + (u - 0.5) * (out[(i + 1) % N]! - 0.5), 0) / N;
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / N));
  expect(Math.abs(lag)).toBeLessThan(4 / 12 / Math.sqrt(N));
  let distance = 0;
  out.sort().forEach((u, i) => {
    distance = Math.max(distance, Math.abs(u - i / N), Math.abs(u - (i + 1) / N));
  });
  expect(distance * Math.sqrt(N)).toBeLessThan(1.95);
});
