// Problems of the literature under `auto`, against solutions that share nothing with it: the fitted order of what is told, and the times of crossings and upstrokes.
import { describe, expect, test } from "vitest";
import { planSource, run, spikeTimes } from "../conformance/harness.ts";

const finals = (text: string): ReadonlyMap<string, number> =>
  new Map(
    (run(planSource("known.glif", text, "X")).populations[0]?.states ?? []).map((s) => [s.name, s.values[0] ?? NaN]),
  );
const methodsOf = (text: string): readonly string[] =>
  planSource("known.glif", text, "X").populations.flatMap((p) => p.groups.map((g) => g.method));

/** Least-squares slope of log error against log step. */
function fittedOrder(steps: readonly number[], errors: readonly number[]): number {
  const xs = steps.map(Math.log),
    ys = errors.map(Math.log);
  const mean = (a: readonly number[]): number => a.reduce((s, v) => s + v, 0) / a.length;
  const [mx, my] = [mean(xs), mean(ys)];
  return xs.reduce((s, x, k) => s + (x - mx) * ((ys[k] ?? 0) - my), 0) / xs.reduce((s, x) => s + (x - mx) ** 2, 0);
}

/** Periods and elliptic functions by the arithmetic-geometric mean (Abramowitz & Stegun 16.4): sn, cn, dn of u for the parameter m. */
function jacobi(u: number, m: number): readonly [sn: number, cn: number, dn: number] {
  const a = [1],
    c = [Math.sqrt(m)];
  for (let b = Math.sqrt(1 - m); Math.abs(c.at(-1) ?? 0) > 1e-16 && a.length < 40;) {
    const last = a.at(-1) ?? 1;
    a.push((last + b) / 2);
    c.push((last - b) / 2);
    b = Math.sqrt(last * b);
  }
  let φ = 2 ** (a.length - 1) * (a.at(-1) ?? 1) * u;
  for (let n = a.length - 1; n > 0; n--) φ = (φ + Math.asin(((c[n] ?? 0) / (a[n] ?? 1)) * Math.sin(φ))) / 2;
  return [Math.sin(φ), Math.cos(φ), Math.sqrt(1 - m * Math.sin(φ) ** 2)];
}

function quarterPeriod(m: number): number {
  let [a, b] = [1, Math.sqrt(1 - m)];
  for (let k = 0; k < 40; k++) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  return Math.PI / (2 * a);
}

/** By many short steps of extrapolated midpoints: no Runge-Kutta method and no planner. */
function extrapolated(
  f: (x: readonly number[]) => number[],
  start: readonly number[],
  duration: number,
  steps: number,
): readonly number[] {
  const h = duration / steps;
  const midpoints = (x: readonly number[], n: number): number[] => {
    const s = h / n;
    let before = [...x],
      at = x.map((v, i) => v + s * (f(x)[i] ?? 0));
    for (let k = 1; k < n; k++) {
      const d = f(at);
      [before, at] = [at, before.map((v, i) => v + 2 * s * (d[i] ?? 0))];
    }
    const d = f(at);
    return at.map((v, i) => (v + (before[i] ?? 0) + s * (d[i] ?? 0)) / 2);
  };
  let x = start;
  for (let k = 0; k < steps; k++) {
    const table = [2, 4, 6, 8].map((n) => midpoints(x, n));
    const counts = [2, 4, 6, 8];
    for (let column = 1; column < 4; column++) {
      for (let row = 3; row >= column; row--) {
        const ratio = ((counts[row] ?? 1) / (counts[row - column] ?? 1)) ** 2;
        table[row] = (table[row] ?? []).map((v, i) => v + (v - (table[row - 1]?.[i] ?? 0)) / (ratio - 1));
      }
    }
    x = table[3] ?? [];
  }
  return x;
}

interface Problem {
  readonly text: (step: number) => string;
  readonly steps: readonly number[];
  readonly wanted: ReadonlyMap<string, number>;
  /** Of the shortest step. */
  readonly error: number;
}

const kepler = (): Problem => {
  // e = 0.9 from the pericentre, half a revolution and more: E - e sin E = t.
  const e = 0.9,
    t = 4;
  let E = t;
  for (let k = 0; k < 60; k++) E -= (E - e * Math.sin(E) - t) / (1 - e * Math.cos(E));
  return {
    text: (step) => `neuron N { state x = ${1 - e}, y : 1 = 0, u : 1 = 0, w = ${Math.sqrt((1 + e) / (1 - e))}
      let r = sqrt(x^2 + y^2)
      x' = u/(1 ms); y' = w/(1 ms); u' = -x/r^3/(1 ms); w' = -y/r^3/(1 ms) }
      experiment X of N { duration ${t} ms; step ${step} ms }`,
    steps: [0.002, 0.001, 0.0005, 0.00025],
    wanted: new Map([
      ["x", Math.cos(E) - e],
      ["y", Math.sqrt(1 - e * e) * Math.sin(E)],
    ]),
    error: 1e-8,
  };
};

const rigidBody = (): Problem => {
  const t = 10,
    [sn, cn, dn] = jacobi(t, 0.51);
  return {
    text: (
      step,
    ) => `neuron N { state x : 1 = 0, y = 1, z = 1; x' = y*z/(1 ms); y' = -x*z/(1 ms); z' = -0.51*x*y/(1 ms) }
      experiment X of N { duration ${t} ms; step ${step} ms }`,
    steps: [0.2, 0.1, 0.05, 0.025],
    wanted: new Map([
      ["x", sn],
      ["y", cn],
      ["z", dn],
    ]),
    error: 1e-7,
  };
};

const lorenz = (): Problem => {
  const [x = NaN, y = NaN, z = NaN] = extrapolated(
    ([a = 0, b = 0, c = 0]) => [10 * (b - a), a * (28 - c) - b, a * b - (8 / 3) * c],
    [1, 1, 1],
    10,
    20_000,
  );
  return {
    text: (
      step,
    ) => `neuron N { state x = 1, y = 1, z = 1; x' = 10*(y - x)/(1 ms); y' = (x*(28 - z) - y)/(1 ms); z' = (x*y - 8/3*z)/(1 ms) }
      experiment X of N { duration 10 ms; step ${step} ms }`,
    steps: [0.001, 0.0005, 0.00025, 0.000125],
    wanted: new Map([
      ["x", x],
      ["y", y],
      ["z", z],
    ]),
    error: 1e-6,
  };
};

describe("order 4 where nothing is linear", () => {
  for (const [name, problem] of Object.entries({
    "Kepler's orbit, e = 0.9": kepler(),
    "a rigid body": rigidBody(),
    "Lorenz's equations at 10": lorenz(),
  })) {
    test(name, () => {
      const { text, steps, wanted, error } = problem;
      expect(methodsOf(text(0.1))).toEqual(["rk4"]);
      const errors = steps.map((step) => {
        const found = finals(text(step));
        return Math.max(...[...wanted].map(([state, value]) => Math.abs((found.get(state) ?? NaN) - value)));
      });
      expect(Math.abs(fittedOrder(steps, errors) - 4), errors.join(", ")).toBeLessThan(0.25);
      expect(errors.at(-1)).toBeLessThan(error);
    });
  }

  test("crossings of a pendulum from 1.5 rad, by its period", () => {
    // Downwards through 0 after a quarter of the period, and every half after that.
    const quarter = quarterPeriod(Math.sin(0.75) ** 2);
    const text = (
      step: number,
    ): string => `neuron N { state x = 1.5, v : 1 = 0; x' = v/(1 ms); v' = -sin(x)/(1 ms); spike when x < 0 }
      experiment X of N { duration 40 ms; step ${step} ms; spikes precise; record spikes }`;
    expect(methodsOf(text(0.1))).toEqual(["rk4"]);
    const steps = [0.05, 0.025, 0.0125, 0.00625];
    const errors = steps.map((step) => {
      const times = spikeTimes(run(planSource("known.glif", text(step), "X")), "N");
      expect(times.length).toBe(6);
      return Math.max(...times.map((t, k) => Math.abs(t - (4 * k + 1) * quarter)));
    });
    expect(Math.abs(fittedOrder(steps, errors) - 4), errors.join(", ")).toBeLessThan(0.25);
    expect(errors.at(-1)).toBeLessThan(1e-9);
  });
});

describe("an exponential upstroke", () => {
  const [τ, V_T, Δ, E, V_peak, V_r, I] = [10, -50, 2, -65, 0, -60, 20] as const;
  /** The time from V to the peak: ∫ τ dV/F by Simpson's rule in steps that the exponential scales, without a solver. */
  const timeFrom = (V: number): number => {
    const slowness = (v: number): number => τ / (E - v + Δ * Math.exp((v - V_T) / Δ) + I);
    const n = 400_000,
      h = (V_peak - V) / n;
    let sum = slowness(V) + slowness(V_peak);
    for (let k = 1; k < n; k++) sum += (k % 2 === 1 ? 4 : 2) * slowness(V + k * h);
    return (sum * h) / 3;
  };
  const wanted = [0, 1, 2].map((k) => timeFrom(E) + k * timeFrom(V_r));

  test("the times by quadrature are those to twelve decimals that an independent solver gave", () => {
    [18.937637234827, 34.999370717368, 51.061104199909].forEach((t, k) => expect(wanted[k]).toBeCloseTo(t, 10));
  });

  const text = (settings: string, capped: boolean): string => `
    neuron N { param τ = ${τ} ms, V_T = ${V_T} mV, Δ = ${Δ} mV, E = ${E} mV, V_peak = ${V_peak} mV
      input I : mV
      state V = E
      let V_c = ${capped ? "min(V, V_peak)" : "V"}
      V' = (E - V + Δ*exp((V_c - V_T)/Δ) + I)/τ
      spike when V > V_peak
      reset { V <- ${V_r} mV } }
    experiment X of N { duration 60 ms; spikes precise; I = ${I} mV; ${settings}; record spikes }`;
  for (const capped of [true, false]) {
    for (const step of [1, 0.25, 0.1]) {
      test(`by rk45, ${capped ? "capped" : "as it is"}, in steps of ${step} ms`, () => {
        for (const [method, error] of [
          ["rk45", 1e-6],
          ["rk45(tolerance: 1e-12)", 2e-9],
        ] as const) {
          const times = spikeTimes(
            run(planSource("known.glif", text(`method ${method}; step ${step} ms`, capped), "X")),
            "N",
          );
          expect(times.length).toBe(3);
          times.forEach((t, k) => expect(Math.abs(t - (wanted[k] ?? NaN)), `${method}: ${t}`).toBeLessThan(error));
        }
      });
    }
  }
});
