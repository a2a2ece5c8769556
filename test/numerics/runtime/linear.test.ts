// Exact propagators against Taylor series in 600 bits: equal rates, oscillations, stiffness, zeros that are zeros.

import { expect, test } from "vitest";
import { exp, exprel } from "../../../src/runtime/math.ts";
import { matrixExponential, noiseFactor, propagator } from "../../../src/runtime/linear.ts";
import { big, bigMatrixExp, ONE, points, times, toNumber } from "./bigReference.ts";

/** P and Q from e^[[A, 1], [0, 0]]h. */
function exactPropagator(a: readonly number[], n: number, h: number): { P: number[]; Q: number[] } {
  const M = new Array<bigint>(4 * n * n).fill(0n),
    H = big(h);
  for (let i = 0; i < n; i++) {
    M[i * 2 * n + n + i] = H;
    for (let j = 0; j < n; j++) M[i * 2 * n + j] = times(big(a[i * n + j] as number), H);
  }
  const E = bigMatrixExp(M, 2 * n),
    block = (column: number): number[] =>
      Array.from({ length: n * n }, (_, k) => toNumber(E[Math.floor(k / n) * 2 * n + column + (k % n)] as bigint));
  return { P: block(0), Q: block(n) };
}

/** The largest error, relative to each element where `elementwise`, else to the largest. */
function error(actual: Float64Array, exact: readonly number[], elementwise: boolean): number {
  const size = Math.max(...exact.map(Math.abs));
  return Math.max(
    ...exact.map((value, k) =>
      value === (actual[k] as number)
        ? 0
        : Math.abs((actual[k] as number) - value) / (elementwise ? Math.abs(value) : size),
    ),
  );
}

function check(a: readonly number[], n: number, h: number, within: number, elementwise = true): void {
  const { P, Q } = propagator(Float64Array.from(a), n, h),
    exact = exactPropagator(a, n, h),
    name = `A = ${a.join(" ")}, h = ${h}`;
  expect(error(P, exact.P, elementwise), `P of ${name}`).toBeLessThan(within);
  expect(error(Q, exact.Q, elementwise), `Q of ${name}`).toBeLessThan(within);
}

test("a synapse and a membrane whose time constants come together: smooth, finite and right to 1e-14 (M01)", () => {
  for (const gap of [0, 1e-16, 1e-15, 1e-14, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]) {
    for (const sign of [1, -1])
      for (const h of [0.001, 0.1, 1, 30]) check([-1 / (10 * (1 + sign * gap)), 0, 0.004, -1 / 10], 2, h, 2e-14);
  }
  // three in a row (an alpha synapse on a membrane), all alike or nearly
  for (const gap of [0, 1e-9, 1e-3])
    check([-0.1, 0, 0, 1, -0.1 * (1 + gap), 0, 0, 0.004, -0.1 * (1 - gap)], 3, 0.1, 1e-14);
});

test("complex eigenvalues: the oscillator turns, damped, growing or for ever (M03)", () => {
  for (const h of [0.01, 0.5, 3, 20]) {
    const { P } = propagator(Float64Array.of(0, 1, -1, 0), 2, h);
    expect(
      Math.abs((P[0] as number) - Math.cos(h)) +
        Math.abs((P[1] as number) - Math.sin(h)) +
        Math.abs((P[2] as number) + Math.sin(h)),
    ).toBeLessThan(1e-14);
    check([-0.1, 1, -1, -0.1], 2, h, 2e-14, false);
    check([0.05, 2, -1, 0.1], 2, h, 2e-14, false);
  }
  check([-0.1, -1000, 0.001, -0.01], 2, 0.1, 1e-14); // V in mV, w in pA: units far apart
});

test("stiff, nilpotent, singular and zero matrices", () => {
  check([-1000, 0, 3, -0.001], 2, 0.1, 2e-14);
  check([-1000, 5, 3, -0.001], 2, 0.1, 1e-13, false);
  check([-1000, 0, 0, 1, -0.001, 0, 0, 1, -0.01], 3, 0.1, 2e-14);
  check([0, 0, 0, 1, 0, 0, 0, 1, 0], 3, 0.5, 1e-15);
  check([-1, 1, 1, -1], 2, 0.3, 1e-14);
  check([0, 0, 0, 0], 2, 0.3, 1e-15);
  const { P, Q } = propagator(Float64Array.of(0, 0, 1, 0), 2, 0.5);
  expect([[...P], [...Q]]).toEqual([
    [1, 0, 0.5, 1],
    [0.5, 0, 0.125, 0.5],
  ]);
});

test("full and sparse matrices of 1 to 12 states", () => {
  const random = points(3);
  for (let n = 1; n <= 12; n++) {
    for (let repeat = 0; repeat < (n < 7 ? 4 : 1); repeat++) {
      const a = Array.from({ length: n * n }, (_, k) =>
        k % (n + 1) === 0 ? -(10 ** (3 * random() - 2)) : random() < 0.4 ? random() - 0.5 : 0,
      );
      check(a, n, [0.1, 1, 0.025][repeat % 3] as number, 3e-15 * Math.max(n, 4), false);
    }
  }
  for (const degree of [0.01, 0.2, 0.9, 2, 5, 40])
    check([-0.5 * degree, 0.3 * degree, 0.4 * degree, -0.6 * degree], 2, 1, 2e-14); // every approximant in turn
});

test("no path, no number: zeros are exact, and what is not coupled keeps its bits", () => {
  const random = points(9);
  for (let n = 2; n <= 9; n++) {
    for (let repeat = 0; repeat < 20; repeat++) {
      const a = Float64Array.from({ length: n * n }, (_, k) =>
        k % (n + 1) === 0 || random() < 0.2 ? (random() - 0.7) * 10 ** (4 * random() - 2) : 0,
      );
      const reach = Array.from(a, (value, k) => value !== 0 || k % (n + 1) === 0);
      for (let k = 0; k < n; k++)
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) if (reach[i * n + k] && reach[k * n + j]) reach[i * n + j] = true;
      const { P, Q } = propagator(a, n, 0.3);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) if (!reach[i * n + j]) expect([P[i * n + j], Q[i * n + j]]).toEqual([0, 0]);
        const onCycle = reach.some((_, k) => k < n && k !== i && reach[i * n + k] && reach[k * n + i]);
        if (!onCycle)
          expect([P[i * n + i], Q[i * n + i]]).toEqual([
            exp((a[i * n + i] as number) * 0.3),
            0.3 * exprel((a[i * n + i] as number) * 0.3),
          ]);
      }
    }
  }
  const alone = propagator(Float64Array.of(-0.1, 0.2, -0.3, -0.05), 2, 0.1);
  const beside = propagator(Float64Array.of(-0.1, 0, 0.2, 0, -1e4, 0, -0.3, 0, -0.05), 3, 0.1);
  expect([0, 2, 6, 8].map((k) => beside.P[k])).toEqual([...alone.P]);
  expect([0, 2, 6, 8].map((k) => beside.Q[k])).toEqual([...alone.Q]);
});

test("a state that drives another one has the bits that it has in a larger part, which goes the general way", () => {
  for (const h of [1e-9, 0.01, 0.05, 0.3, 1, 3, 7]) {
    for (const [source, target, coupling] of [
      [-0.5, -0.1, 0.1],
      [-2, -0.05, 40],
      [-0.1, -0.1, -0.3],
      [-1, 0, 1],
      [0, -0.7, 0.02],
      [0.4, -0.3, 1e-7],
    ] as const) {
      // The third state is driven as well, so weakly that the norm, which decides on the degree, is the same.
      for (const [s, t] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const [small, large] = [new Float64Array(4), new Float64Array(9)];
        for (const [a, n] of [
          [small, 2],
          [large, 3],
        ] as const) {
          a[s * n + s] = source;
          a[t * n + t] = target;
          a[t * n + s] = coupling;
        }
        large[6 + s] = 1e-30;
        const [alone, beside] = [propagator(small, 2, h), propagator(large, 3, h)];
        for (const of of ["P", "Q", "D"] as const)
          for (const i of [0, 1])
            for (const j of [0, 1])
              expect(alone[of][2 * i + j], `${of} ${i} ${j} of ${small.join(" ")}, h = ${h}`).toBe(
                beside[of][3 * i + j],
              );
      }
    }
  }
});

test("the matrix exponential of what is not finite or overflows does not hang", () => {
  expect([...matrixExponential(Float64Array.of(NaN, 1, 1, 0), 2)]).toEqual([NaN, NaN, NaN, NaN]);
  expect([...matrixExponential(Float64Array.of(-Infinity, 1, 1, 0), 2)]).toEqual([NaN, NaN, NaN, NaN]);
  expect(matrixExponential(Float64Array.of(1e6, 1, 1, 0), 2)[0]).not.toBeLessThan(Infinity);
});

/** ∫ e^(As) B Bᵀ e^(Aᵀs) ds over the step, from Van Loan's exponential in 600 bits. */
function exactCovariance(a: readonly number[], b: readonly number[], n: number, m: number, h: number): bigint[] {
  const M = new Array<bigint>(4 * n * n).fill(0n),
    H = big(h);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      M[i * 2 * n + j] = -times(big(a[i * n + j] as number), H);
      M[(n + j) * 2 * n + n + i] = times(big(a[i * n + j] as number), H);
      let sum = 0n;
      for (let k = 0; k < m; k++) sum += times(big(b[i * m + k] as number), big(b[j * m + k] as number));
      M[i * 2 * n + n + j] = times(sum, H);
    }
  }
  const E = bigMatrixExp(M, 2 * n),
    C = new Array<bigint>(n * n).fill(0n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++)
        C[i * n + j] =
          (C[i * n + j] as bigint) + times(E[(n + k) * 2 * n + n + i] as bigint, E[k * 2 * n + n + j] as bigint);
    }
  }
  return C;
}

test("noise: L Lᵀ is the covariance that a step collects", () => {
  const random = points(4);
  const cases: [number[], number[], number, number, number][] = [
    [[-0.05], [2], 1, 1, 0.1],
    [[0], [1.5], 1, 1, 0.25],
    [[0.3], [1.5], 1, 1, 2],
    [[-50], [1], 1, 1, 1],
    [[-0.2, 0, 0.004, -0.1], [1, 0], 2, 1, 0.1], // noise on a synaptic current: V's variance is of third order in the step
    [[0, 0, 0, 1, 0, 0, 0, 1, 0], [1, 0, 0], 3, 1, 0.01],
    [[0, 1, -1, -0.1], [0, 1], 2, 1, 3],
    [[-100, 5, 3, -0.01], [1, 0, 0, 1], 2, 2, 0.3],
    [[-0.1, 0, 0, -0.2], [1, 1], 2, 1, 0.1],
  ];
  for (let n = 2; n <= 6; n++) {
    cases.push([
      Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? -random() : random() < 0.4 ? random() - 0.5 : 0)),
      Array.from({ length: 2 * n }, () => (random() < 0.5 ? random() : 0)),
      n,
      2,
      0.4,
    ]);
  }
  for (const [a, b, n, m, h] of cases) {
    const L = noiseFactor(Float64Array.from(a), Float64Array.from(b), n, m, h),
      C = exactCovariance(a, b, n, m, h);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (j > i) expect(L[i * n + j]).toBe(0);
        let sum = 0n;
        for (let k = 0; k < n; k++) sum += times(big(L[i * n + k] as number), big(L[j * n + k] as number));
        const size = Math.sqrt(toNumber(C[i * n + i] as bigint) * toNumber(C[j * n + j] as bigint));
        const wrong = Math.abs(toNumber(sum - (C[i * n + j] as bigint)));
        expect(wrong, `A = ${a.join(" ")}; ${i}, ${j}`).toBeLessThanOrEqual(5e-14 * size);
      }
    }
  }
});

test("noise: OU to the last digits at every step, one source for two states, states without noise (M13)", () => {
  for (const h of [0.025, 0.05, 0.1, 10]) {
    const L = noiseFactor(Float64Array.of(-1 / 7), Float64Array.of(1.3), 1, 1, h),
      variance = ((1.3 ** 2 * 7) / 2) * -Math.expm1((-2 * h) / 7);
    expect(Math.abs((L[0] as number) ** 2 / variance - 1)).toBeLessThan(2e-15);
  }
  // the same noise in two equal states: the second has none of its own
  const twins = noiseFactor(Float64Array.of(-0.1, 0, 0, -0.1), Float64Array.of(1, 2), 2, 1, 0.1);
  expect([twins[1], twins[3]]).toEqual([0, 0]);
  expect((twins[2] as number) / (twins[0] as number)).toBeCloseTo(2, 14);
  // a state upstream of the noise, and one not touched by it
  expect(
    [...noiseFactor(Float64Array.of(-0.1, 0, 0.5, -0.2), Float64Array.of(0, 1), 2, 1, 0.1)].map((x) => x !== 0),
  ).toEqual([false, false, false, true]);
  expect([...noiseFactor(Float64Array.of(-0.1, 0, 0, -0.2), Float64Array.of(0, 0), 2, 1, 0.1)]).toEqual([0, 0, 0, 0]);
});

test("two half steps make a whole one", () => {
  const a = Float64Array.of(-0.3, 0.1, 0, 0.2, -0.5, 0.4, 0, 0, -1);
  const half = matrixExponential(
      a.map((x) => x / 2),
      3,
    ),
    whole = matrixExponential(a, 3);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      const product = [0, 1, 2].reduce((sum, k) => sum + (half[i * 3 + k] as number) * (half[k * 3 + j] as number), 0);
      expect(Math.abs(product - (whole[i * 3 + j] as number))).toBeLessThan(2e-16);
    }
  expect(toNumber(ONE)).toBe(1);
});
