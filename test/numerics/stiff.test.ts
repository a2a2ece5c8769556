// The Rosenbrock method on stiff systems with published solutions: its order, its tolerance, and that `auto` takes it where it is needed.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";
import { RODAS, rosenbrock } from "../../src/runtime/stiff.ts";
import { HIRES, HIRES_END, ROBERTSON, ROBERTSON_AT_40, VAN_DER_POL } from "../stiff.ts";

const finals = (text: string): readonly number[] =>
  (run(planSource("stiff.glif", text, "X")).populations[0]?.states ?? []).map((s) => s.values[0] ?? NaN);
const methodsOf = (text: string): readonly string[] =>
  planSource("stiff.glif", text, "X").populations.flatMap((p) => p.groups.map((g) => g.method));

test("has order 4, also where the time enters and the Jacobian is no diagonal", () => {
  const f = (t: number, y: Float64Array, dy: Float64Array): void => {
    const [a = 0, b = 0] = y;
    dy[0] = -a * a + Math.sin(t) + b;
    dy[1] = Math.cos(a * t) - b;
  };
  const slopes = (t: number, y: Float64Array, J: Float64Array, ft: Float64Array): void => {
    const [a = 0] = y;
    J.set([-2 * a, 1, -Math.sin(a * t) * t, -1]);
    ft.set([Math.cos(t), -Math.sin(a * t) * a]);
  };
  const at = (steps: number): number => {
    // A tolerance that allows everything: one substep a call.
    const step = rosenbrock([0, 1], 1e9, 1e9);
    const y = Float64Array.of(1, 0.5);
    for (let k = 0; k < steps; k++) step(f, slopes, (2 * k) / steps, y, 2 / steps, 0);
    return y[0] ?? NaN;
  };
  const exact = at(4096);
  const errors = [16, 32, 64].map((steps) => Math.abs(at(steps) - exact));
  for (const k of [1, 2]) expect(Math.log2((errors[k - 1] ?? 0) / (errors[k] ?? 1))).toBeCloseTo(4, 0);
});

test("is L-stable: what decays infinitely fast is gone after one step", () => {
  const y = Float64Array.of(1);
  rosenbrock([0], 1e9, 1e9)(
    (_, at, dy) => void (dy[0] = -1e12 * (at[0] ?? 0)),
    (_, __, J) => void (J[0] = -1e12),
    0,
    y,
    1,
    0,
  );
  expect(Math.abs(y[0] ?? 1)).toBeLessThan(1e-9);
});

test("its coefficients are consistent: the stage at the end of the step is there", () => {
  expect(RODAS.c.at(-1)).toBe(1);
  expect(RODAS.a.map((row) => row.length)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(RODAS.C.map((row) => row.length)).toEqual([0, 1, 2, 3, 4, 5]);
});

test.each(["rosenbrock", "auto"])("HIRES to the published digits by method %s", (method) => {
  const values = finals(`${HIRES}\nexperiment X of Hires { duration 321.8122 ms; step 1.609061 ms; method ${method} }`);
  HIRES_END.forEach((expected, k) =>
    expect(Math.abs((values[k] ?? NaN) / expected - 1), `y${k + 1}`).toBeLessThan(2e-6),
  );
});

test.each([100, 1000])("van der Pol's oscillator with μ = %s against Dormand and Prince", (μ) => {
  const text = (method: string, step: string): string =>
    `${VAN_DER_POL(μ)}\nexperiment X of VanDerPol { duration ${μ / 2} ms; step ${step}; method ${method} }`;
  const [x = NaN, y = NaN] = finals(text("auto", "1 ms"));
  const [xr = NaN, yr = NaN] = finals(text("rk45(tolerance: 1e-11)", "1 ms"));
  expect(methodsOf(text("auto", "1 ms"))).toEqual(["rosenbrock"]);
  expect(Math.abs(x - xr)).toBeLessThan(1e-6);
  expect(Math.abs(y - yr)).toBeLessThan(1e-6);
});

test("Robertson's reactions", () => {
  const text = `${ROBERTSON}\nexperiment X of Robertson { duration 40 ms; step 1 ms }`;
  expect(methodsOf(text)).toEqual(["rosenbrock"]);
  const values = finals(text);
  ROBERTSON_AT_40.forEach((expected, k) => expect((values[k] ?? NaN) / expected).toBeCloseTo(1, 3));
  expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9);
});

test("auto keeps Runge-Kutta where the step is short enough, and says why it does not", () => {
  const at = (step: string): string =>
    `${VAN_DER_POL(100)}\nexperiment X of VanDerPol { duration 100 ms; step ${step} }`;
  expect(methodsOf(at("0.002 ms"))).toEqual(["rk4"]);
  expect(planSource("stiff.glif", at("1 ms"), "X").populations[0]?.groups[0]?.reason).toMatch(
    /^x and y are stiff: they go back to their course within 0.0033 ms, and explicit steps of 1 ms would throw them off it: Rosenbrock method of order 4$/,
  );
});

test("auto finds what is stiff before a spike, however long the run goes on after it", () => {
  const text = (duration: number, spike: string): string =>
    `${VAN_DER_POL(1000).replace(/\}\s*$/u, `  spike when ${spike}\n  reset { y <- 0 }\n}`)}\nexperiment X of VanDerPol { duration ${duration} ms; step 1 ms }`;
  for (const duration of [100, 400, 800, 2000, 20_000]) {
    for (const spike of ["x > 1.9 and x < 1.95", "x < 1.9999"])
      expect(methodsOf(text(duration, spike)), `${duration} ms, ${spike}`).toEqual(["rosenbrock"]);
  }
});

test("auto looks past a spike that moves nothing, and past a crossing that is true from the beginning", () => {
  const text = (members: string): string =>
    `${VAN_DER_POL(100).replace(/\}\s*$/u, `  ${members}\n}`)}\nexperiment X of VanDerPol { duration 50 ms; step 1 ms }`;
  for (const when of ["x > 1.9", "x < 1.99999"])
    for (const after of ["", "; reset {}", "; refractory 3 ms"])
      expect(methodsOf(text(`spike when ${when}${after}`)), `${when}${after}`).toEqual(["rosenbrock"]);
  // A spike that holds or resets begins another course; a crossing needs to become true for that.
  const held = "; refractory 3 ms { hold x }";
  expect(methodsOf(text(`spike when x > 1.9${held}`))).toEqual(["rosenbrock"]);
  expect(methodsOf(text("spike when x > 1.9; reset { x <- 0 }"))).toEqual(["rk4"]);
});

test("noise is refused with the reason", () => {
  expect(() =>
    planSource(
      "stiff.glif",
      "neuron N { state x = 1; x' = -x^3/(1 ms) + 1 /sqrt(ms)*ξ }\nexperiment X of N { duration 1 ms; method rosenbrock }",
      "X",
    ),
  ).toThrow(/it has noise, which adaptive Rosenbrock 4\(3\) cannot take/);
});
