// The elementary functions: right to the promised last digits, and the same bits for ever.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import * as m from "../../../src/runtime/math.ts";
import { big, bigExp, bigLog, bigSinCos, ONE, points, times, ulps } from "./bigReference.ts";

const between = (random: () => number, low: number, high: number): number =>
  low + (high - low) * (random() + random() / 4294967296);
/** Numbers of every size between 10^low and 10^high, of both signs. */
const spread = (random: () => number, low: number, high: number): number =>
  (random() < 0.5 ? -1 : 1) * m.exp(2.302585092994046 * between(random, low, high)); // not Math.pow: the golden bits begin here

function worst(count: number, error: (random: () => number) => number): number {
  const random = points(20240917);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const e = Math.abs(error(random));
    if (!(e <= largest)) largest = e;
  }
  return largest;
}

test("exp, expm1 and exprel against a series in 600 bits", () => {
  expect(
    worst(1500, (r) => {
      const x = between(r, -100, 100);
      return ulps(m.exp(x), bigExp(big(x)));
    }),
  ).toBeLessThan(0.85);
  expect(
    worst(1500, (r) => {
      const x = between(r, -1.5, 1.5);
      return ulps(m.exp(x), bigExp(big(x)));
    }),
  ).toBeLessThan(0.85);
  expect(
    worst(1500, (r) => {
      const x = between(r, -3, 3);
      return ulps(m.expm1(x), bigExp(big(x)) - ONE);
    }),
  ).toBeLessThan(1.5);
  expect(
    worst(1000, (r) => {
      const x = spread(r, -20, 2);
      return ulps(m.expm1(x), bigExp(big(x)) - ONE);
    }),
  ).toBeLessThan(1.5);
  expect(
    worst(1500, (r) => {
      const x = between(r, -3, 3);
      return ulps(m.exprel(x), ((bigExp(big(x)) - ONE) * ONE) / big(x));
    }),
  ).toBeLessThan(2.5);
  expect(
    worst(1000, (r) => {
      const x = spread(r, -20, 2);
      return ulps(m.exprel(x), ((bigExp(big(x)) - ONE) * ONE) / big(x));
    }),
  ).toBeLessThan(2.5);
});

test("log, log1p and log10 against a series in 600 bits", () => {
  const ln10 = bigLog(10n * ONE);
  expect(
    worst(1000, (r) => {
      const x = between(r, 0.4, 3);
      return ulps(m.log(x), bigLog(big(x)));
    }),
  ).toBeLessThan(0.9);
  expect(
    worst(1000, (r) => {
      const x = Math.abs(spread(r, -100, 100));
      return ulps(m.log(x), bigLog(big(x)));
    }),
  ).toBeLessThan(0.9);
  expect(
    worst(1000, (r) => {
      const x = between(r, -0.9, 3);
      return ulps(m.log1p(x), bigLog(ONE + big(x)));
    }),
  ).toBeLessThan(1);
  expect(
    worst(1000, (r) => {
      const x = spread(r, -20, -1);
      return ulps(m.log1p(x), bigLog(ONE + big(x)));
    }),
  ).toBeLessThan(1);
  expect(
    worst(1000, (r) => {
      const x = Math.abs(spread(r, -100, 100));
      return ulps(m.log10(x), (bigLog(big(x)) * ONE) / ln10);
    }),
  ).toBeLessThan(0.51);
  for (let k = -307; k <= 308; k++) expect(m.log10(Number(`1e${k}`))).toBe(k);
});

test("pow against e^(y log x) in 600 bits, and exact where the result is a double", () => {
  const error = (x: number, y: number): number => ulps(m.pow(x, y), bigExp(times(big(y), bigLog(big(x)))));
  expect(worst(1000, (r) => error(Math.abs(spread(r, -3, 3)), between(r, -12, 12)))).toBeLessThan(0.75);
  expect(worst(500, (r) => error(1 + spread(r, -8, -1), spread(r, 0, 2)))).toBeLessThan(0.75);
  expect(worst(500, (r) => error(between(r, 0.01, 9), 3))).toBeLessThan(0.51);
  expect(worst(500, (r) => error(between(r, 0.01, 9), 4))).toBeLessThan(0.51);
  for (let k = -1074; k <= 1023; k++) expect(m.pow(2, k)).toBe(k < -1000 ? 2 ** (k + 60) * 2 ** -60 : 2 ** k);
  for (let base = 3; base < 100; base++) {
    for (let y = 3; base ** y < 2 ** 53; y++) expect(m.pow(base, y)).toBe(Number(BigInt(base) ** BigInt(y)));
  }
  const random = points(5);
  for (let i = 0; i < 1000; i++) {
    const x = spread(random, -150, 150);
    expect(m.pow(x, 2)).toBe(x * x);
    expect(m.pow(x, -1)).toBe(1 / x);
    expect(m.pow(Math.abs(x), 0.5)).toBe(Math.sqrt(Math.abs(x)));
  }
});

test("sin, cos and tan, near and far", () => {
  const error = (x: number): number => {
    const exact = bigSinCos(big(x));
    return Math.max(
      Math.abs(ulps(m.sin(x), exact.sin)),
      Math.abs(ulps(m.cos(x), exact.cos)),
      0.5 * Math.abs(ulps(m.tan(x), (exact.sin * ONE) / exact.cos)),
    );
  };
  expect(worst(1000, (r) => error(between(r, -8, 8)))).toBeLessThan(1);
  expect(worst(500, (r) => error(spread(r, -10, 9)))).toBeLessThan(1);
  expect(worst(200, (r) => error(spread(r, 9, 20)))).toBeLessThan(1);
  // The double nearest to a multiple of π/2 (J.-M. Muller, Elementary Functions), and near misses within the fast range.
  const far = 6381956970095103 * 2 ** 797;
  expect(m.cos(far)).toBeCloseTo(-4.68716592425462761112e-19, 33);
  expect(m.sin(far)).toBe(1);
  for (let n = 1; n < 600e6; n = Math.ceil(n * 1.37)) expect(error(n * (Math.PI / 2)), `${n}`).toBeLessThan(1);
});

test("the inverse and hyperbolic functions against those of V8", () => {
  const relative = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.abs(b) / 2 ** -53);
  for (const name of ["asin", "acos"] as const)
    expect(
      worst(20000, (r) => {
        const x = between(r, -1, 1);
        return relative(m[name](x), Math[name](x));
      }),
      name,
    ).toBeLessThan(4);
  for (const name of ["atan", "sinh", "cosh", "tanh"] as const) {
    expect(
      worst(20000, (r) => {
        const x = between(r, -4, 4);
        return relative(m[name](x), Math[name](x));
      }),
      name,
    ).toBeLessThan(name === "atan" ? 4 : 7);
    expect(
      worst(20000, (r) => {
        const x = spread(r, -12, 2.8);
        return relative(m[name](x), Math[name](x));
      }),
      name,
    ).toBeLessThan(name === "atan" ? 4 : 7);
  }
  for (const name of ["exp", "expm1"] as const)
    expect(
      worst(20000, (r) => {
        const x = between(r, -708, 709);
        return relative(m[name](x), Math[name](x));
      }),
      name,
    ).toBeLessThan(4);
});

test("atan and asin are the inverses of their series", () => {
  const error = (x: number): number => {
    const y = m.atan(x),
      { sin, cos } = bigSinCos(big(y));
    return Number(((sin - times(big(x), cos)) << 80n) / ONE) / 2 ** 80 / Math.hypot(1, x) / Math.abs(y) / 2 ** -53;
  };
  expect(worst(2000, (r) => error(between(r, -4, 4)))).toBeLessThan(2);
});

test("erf: its series, and known values", () => {
  // A&S 7.1.6: erf x = 2/sqrt(π) e^(-x²) Σ 2^n x^(2n+1)/(2n+1)!!, positive terms only
  const TWO_OVER_ROOT_PI = (112837916709551257389615890312154517168810125865799771n * ONE) / 10n ** 53n;
  const series = (x: number): bigint => {
    const z = big(x);
    let term = z,
      sum = z;
    for (let n = 1n; n < 400n; n++) {
      term = (2n * times(times(term, z), z)) / (2n * n + 1n);
      sum += term;
    }
    return times(times(sum, bigExp(-times(z, z))), TWO_OVER_ROOT_PI);
  };
  for (let x = -5.9; x < 6; x += 0.0437) expect(Math.abs(ulps(m.erf(x), series(x)))).toBeLessThan(1.5);
  expect(m.erf(0.5)).toBeCloseTo(0.520499877813046537682746653892, 15);
  expect([m.erf(Infinity), m.erf(-Infinity), m.erf(NaN), m.erf(-0)]).toEqual([1, -1, NaN, -0]);
});

const EDGES = [
  0,
  -0,
  1,
  -1,
  2,
  -2,
  0.5,
  -0.5,
  3,
  -3,
  4,
  7,
  -7,
  22,
  Infinity,
  -Infinity,
  NaN,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  1e20,
  1e21,
  -1e21,
  708,
  -708,
  710,
  -740,
  709.782712893384,
  709.7827128933841,
  -745.1332191019411,
  -745.1332191019412,
  9007199254740991,
  -9007199254740991,
  0.9999999999999999,
  1.0000000000000002,
];

test("special values: as V8's, signs of zero included", () => {
  for (const name of [
    "exp",
    "expm1",
    "log",
    "log1p",
    "log10",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "sign",
  ] as const) {
    for (const x of EDGES) {
      const own = m[name](x),
        theirs = Math[name](x),
        close = Math.abs(own - theirs) <= Math.max(5e-16 * Math.abs(theirs), 5e-324);
      expect(Object.is(own, theirs) || (own !== 0 && close), `${name}(${x}) = ${own}, not ${theirs}`).toBe(true);
    }
  }
  for (const x of EDGES) {
    for (const y of EDGES) {
      const own = m.pow(x, y),
        theirs = x ** y,
        close = Math.abs(own - theirs) <= Math.max(3e-16 * Math.abs(theirs), 5e-324);
      expect(Object.is(own, theirs) || (own !== 0 && close), `pow(${x}, ${y}) = ${own}, not ${theirs}`).toBe(true);
    }
  }
  expect([0, -0, Infinity, -Infinity, NaN, 5e-324, 1e-300].map(m.exprel)).toEqual([1, 1, Infinity, 0, NaN, 1, 1]);
  expect(m.exprel(716)).toBeCloseTo(1.2587399625442793e308, -293); // e^716 itself overflows
  expect([0.49999999999999994, 0.5, -0.5, 1.5, 2.5, -2.5, -0.2, 4503599627370497.5, Infinity].map(m.round)).toEqual([
    0,
    1,
    -1,
    2,
    3,
    -3,
    -0,
    4503599627370498,
    Infinity,
  ]);
  expect([m.clamp(5, 0, 1), m.clamp(-5, 0, 1), m.clamp(0.5, 0, 1), m.clamp(NaN, 0, 1)]).toEqual([1, 0, 0.5, NaN]);
  expect([m.step(0), m.step(-0), m.step(1e-300), m.step(-1e-300)]).toEqual([1, 1, 1, 0]);
  expect([m.min(1, NaN), m.max(NaN, 1), m.min(0, -0), m.max(-0, 0), m.min(2, 3), m.max(2, 3)]).toEqual([
    NaN,
    NaN,
    -0,
    0,
    2,
    3,
  ]);
});

test("monotonic and without jumps where one formula hands over to the next", () => {
  const seams: [(x: number) => number, number[]][] = [
    [m.exp, [0, 0.34657359027997264, -0.34657359027997264, 1.0397207708399179, 708, -708, 700]],
    [m.expm1, [0.34657359027997264, -0.34657359027997264, 708, -708]],
    [m.exprel, [1e-9, 0.34657359027997264, -0.34657359027997264, 708]],
    [m.log, [Math.SQRT2, Math.SQRT1_2, 2 * Math.SQRT2, 2.2250738585072014e-308]],
    [m.log1p, [0.41, -0.29, 1]],
    [m.asin, [0.5, -0.5]],
    [(x) => -m.acos(x), [0.5, -0.5]],
    [m.atan, [0.4375, 0.6875, 1.1875, 2.4375]],
    [m.sinh, [1, 22, 700]],
    [m.cosh, [0.35, 22, 700]],
    [m.tanh, [1, 22]],
    [m.erf, [1, 6]],
    [m.sin, [0.7853981633974483]],
  ];
  for (const [f, places] of seams) {
    for (const place of places) {
      for (let k = -8; k < 8; k++) {
        const x = place * (1 + k * 2 ** -46),
          y = place * (1 + (k + 1) * 2 ** -46),
          jump = Math.abs(f(y) - f(x)),
          slope = Math.abs(f(place * (1 + 1e-6)) - f(place)) * 1e6 * 2 ** -46;
        expect(jump, `${f.name} at ${place}`).toBeLessThanOrEqual(1.1 * slope + 6e-16 * Math.abs(f(place)));
      }
    }
  }
});

test("the same bits for ever", () => {
  const random = points(1),
    outputs: number[] = [];
  const one = [
    "exp",
    "expm1",
    "exprel",
    "log",
    "log1p",
    "log10",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "erf",
  ] as const;
  for (let i = 0; i < 3000; i++) {
    for (const name of one) outputs.push(m[name](spread(random, -6, 2.85)), m[name](between(random, -1, 1)));
    outputs.push(m.pow(Math.abs(spread(random, -3, 3)), between(random, -20, 20)), m.sin(spread(random, 0, 300)));
  }
  const bits = Float64Array.from(outputs, (x) => (x !== x ? NaN : x));
  expect(bits.length).toBeGreaterThan(1e5);
  expect(createHash("sha256").update(new Uint8Array(bits.buffer)).digest("hex")).toBe(
    "8403ea2fa9b382e2cb69c2e295bff0c102b32afc3684cc17de427de0a6ce45fc",
  );
});
