// Dormand-Prince: a tableau that proves itself, errors that keep to what was allowed, and a clear end where there is no solution.

import { expect, test } from "vitest";
import { DORMAND_PRINCE, dormandPrince, type Derivatives } from "../../../src/runtime/adaptive.ts";

const { c, a, low } = DORMAND_PRINCE,
  high = [...(a[6] as readonly number[]), 0];
const row = (i: number): number[] => Array.from({ length: 7 }, (_, j) => a[i]?.[j] ?? 0);
const A = (v: readonly number[]): number[] =>
  c.map((_, i) => row(i).reduce((sum, weight, j) => sum + weight * (v[j] as number), 0));
const by = (x: readonly number[], y: readonly number[]): number[] => x.map((value, i) => value * (y[i] as number));
const dot = (x: readonly number[], y: readonly number[]): number => by(x, y).reduce((sum, value) => sum + value, 0);

/** The 17 conditions on b up to order 5, one a rooted tree (Hairer, Nørsett & Wanner, Solving ODEs I, table II.2.1). */
function conditions(b: readonly number[]): { order: number; defect: number }[] {
  const e = c.map(() => 1),
    c2 = by(c, c),
    c3 = by(c2, c),
    c4 = by(c3, c),
    Ac = A(c),
    Ac2 = A(c2),
    AAc = A(Ac);
  const trees: [number, readonly number[], number][] = [
    [1, e, 1],
    [2, c, 1 / 2],
    [3, c2, 1 / 3],
    [3, Ac, 1 / 6],
    [4, c3, 1 / 4],
    [4, by(c, Ac), 1 / 8],
    [4, Ac2, 1 / 12],
    [4, AAc, 1 / 24],
    [5, c4, 1 / 5],
    [5, by(c2, Ac), 1 / 10],
    [5, by(c, Ac2), 1 / 15],
    [5, by(c, AAc), 1 / 30],
    [5, by(Ac, Ac), 1 / 20],
    [5, A(c3), 1 / 20],
    [5, A(by(c, Ac)), 1 / 40],
    [5, A(Ac2), 1 / 60],
    [5, A(AAc), 1 / 120],
  ];
  return trees.map(([order, vector, value]) => ({ order, defect: Math.abs(dot(b, vector) - value) }));
}

test("the tableau: rows sum to their times, order 5 and order 4 and not more", () => {
  c.forEach((time, i) => expect(Math.abs(row(i).reduce((sum, weight) => sum + weight, 0) - time)).toBeLessThan(2e-15));
  for (const { order, defect } of conditions(high)) expect(defect, `order ${order}`).toBeLessThan(1e-15 * 10);
  for (const { order, defect } of conditions(low))
    if (order <= 4) expect(defect, `order ${order}`).toBeLessThan(1e-15 * 10);
  expect(Math.max(...conditions(low).map(({ defect }) => defect))).toBeGreaterThan(1e-4);
});

/** Error at the end after `calls` calls of length h. */
function run(
  f: Derivatives,
  y: Float64Array,
  h: number,
  calls: number,
  rtol: number,
  atol = 1e-12,
): { substep: number; evaluations: number } {
  let evaluations = 0,
    substep = 0;
  const integrate = dormandPrince(y.length, rtol, atol);
  const counted: Derivatives = (t, state, dy) => {
    evaluations++;
    f(t, state, dy);
  };
  for (let n = 0; n < calls; n++) substep = integrate(counted, n * h, y, h, substep);
  return { substep, evaluations };
}

test("errors shrink with the tolerance: decay, oscillation, a forced equation", () => {
  const problems: [Derivatives, number[], (t: number) => number[]][] = [
    [
      (_, y, dy) => {
        dy[0] = -(y[0] as number);
      },
      [1],
      (t) => [Math.exp(-t)],
    ],
    [
      (_, y, dy) => {
        dy[0] = y[1] as number;
        dy[1] = -(y[0] as number);
      },
      [1, 0],
      (t) => [Math.cos(t), -Math.sin(t)],
    ],
    [
      (t, y, dy) => {
        dy[0] = Math.cos(t) * (y[0] as number);
      },
      [1],
      (t) => [Math.exp(Math.sin(t))],
    ],
  ];
  for (const [f, start, exact] of problems) {
    let before = 0;
    for (const rtol of [1e-4, 1e-6, 1e-8, 1e-10]) {
      const y = Float64Array.from(start),
        { evaluations } = run(f, y, 0.5, 20, rtol, rtol);
      const wrong = Math.max(...exact(10).map((value, i) => Math.abs(value - (y[i] as number))));
      expect(wrong).toBeLessThan(40 * rtol);
      expect(evaluations).toBeGreaterThanOrEqual(before);
      before = evaluations;
    }
  }
});

test("a single step of a fixed length is of order 5", () => {
  const wrong = [0.4, 0.2, 0.1].map((h) => {
    const y = Float64Array.of(1);
    dormandPrince(1, 1, 1)(
      (t, state, dy) => {
        dy[0] = Math.cos(t) * (state[0] as number);
      },
      0,
      y,
      h,
      h,
    );
    return Math.abs((y[0] as number) - Math.exp(Math.sin(h)));
  });
  for (const k of [0, 1]) expect(Math.log2((wrong[k] as number) / (wrong[k + 1] as number))).toBeGreaterThan(5.5); // local error: h^6
});

test("the suggested substep outlives short calls, and a step ends where it should", () => {
  const f: Derivatives = (t, y, dy) => {
    dy[0] = 1;
    dy[1] = t;
    void y;
  };
  const y = Float64Array.of(0, 0),
    { substep } = run(f, y, 0.1, 1000, 1e-9);
  expect(substep).toBeGreaterThan(0.1);
  expect(Math.abs((y[0] as number) - 100)).toBeLessThan(1e-11);
  expect(Math.abs((y[1] as number) - 5000)).toBeLessThan(1e-8);
  for (const first of [0, -1, NaN, Infinity, 1e-3, 1e9]) {
    const z = Float64Array.of(1);
    dormandPrince(1, 1e-9, 1e-12)(
      (_, state, dy) => {
        dy[0] = -(state[0] as number);
      },
      0,
      z,
      1,
      first,
    );
    expect(Math.abs((z[0] as number) - Math.exp(-1))).toBeLessThan(1e-8);
  }
});

test("stiff is slow but right; late times are as good as early ones", () => {
  const y = Float64Array.of(0);
  run(
    (t, state, dy) => {
      dy[0] = -1000 * ((state[0] as number) - Math.cos(t));
    },
    y,
    0.1,
    10,
    1e-7,
  );
  expect(Math.abs((y[0] as number) - (1e6 * Math.cos(1) + 1000 * Math.sin(1)) / (1e6 + 1))).toBeLessThan(1e-6);
  const late = Float64Array.of(1),
    early = Float64Array.of(1),
    f: Derivatives = (_, state, dy) => {
      dy[0] = -(state[0] as number);
    };
  dormandPrince(1, 1e-8, 1e-10)(f, 2 ** 40, late, 0.1, 0);
  dormandPrince(1, 1e-8, 1e-10)(f, 0, early, 0.1, 0);
  expect(late).toEqual(early);
});

test("no solution, no number: a blow-up, NaN and overflow leave NaN and come to an end", () => {
  const bad: [string, Derivatives, number][] = [
    [
      "blow-up",
      (_, y, dy) => {
        dy[0] = (y[0] as number) ** 2;
      },
      1,
    ],
    [
      "NaN",
      (_, y, dy) => {
        dy[0] = Math.sqrt(-1 - (y[0] as number));
      },
      1,
    ],
    [
      "NaN later",
      (t, y, dy) => {
        dy[0] = t > 0.5 ? NaN : (y[0] as number);
      },
      1,
    ],
    [
      "infinite start",
      (_, y, dy) => {
        dy[0] = -(y[0] as number);
      },
      Infinity,
    ],
    [
      "exponential of an exponential",
      (_, y, dy) => {
        dy[0] = Math.exp(y[0] as number);
      },
      1,
    ],
  ];
  for (const [name, f, start] of bad) {
    const y = Float64Array.of(start);
    run(f, y, 2, 1, 1e-6);
    expect(y[0], name).toBe(NaN);
  }
});
