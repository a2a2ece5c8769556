// Claim: below threshold V is the closed form of a leaky integrator, at every grid point, to 1e-9, whatever the step: the propagator is
// exact.
// Model: models/lif.glif with its own numbers, τ = C/G. The stimuli are constant over each step, so that nothing but rounding separates
// the two.
import { describe, expect, test } from "vitest";
import { planSource, run, trace, MODELS } from "../harness.ts";

const [C, G, E_L] = [58.7, 9.43, -78.9];
/** ms */
const TAU = C / G;

function simulate(step: number, stimulus: string): { readonly t: readonly number[]; readonly y: Float64Array } {
  const text = `
    import LIF from "glif/lif"
    experiment Below of LIF {
      duration 100 ms
      step ${step} ms
      I_e = ${stimulus}
      record V
    }`;
  return trace(run(planSource(`${MODELS}/below.glif`, text, "Below")), "V");
}

/** V - E_L under a current that starts at `on` with V at rest. */
const rise = (current: number, t: number, on: number): number =>
  t <= on ? 0 : (current / G) * -Math.expm1(-(t - on) / TAU);

function expectClose(y: Float64Array, t: readonly number[], exact: (t: number) => number, depth: number): void {
  expect(y.length).toBe(t.length);
  t.forEach((time, k) =>
    expect(Math.abs((y[k] ?? NaN) - E_L - exact(time)), `V at ${time} ms`).toBeLessThanOrEqual(1e-9 * depth),
  );
}

describe.each([1, 0.1, 0.01])("step %d ms", (step) => {
  test("a pulse of 200 pA from 20 ms to 60 ms: rise and decay with τ", () => {
    const { t, y } = simulate(step, "pulse(200 pA, from: 20 ms, to: 60 ms)");
    expectClose(y, t, (time) => rise(200, time, 20) - rise(200, time, 60), 200 / G);
  });

  test("a negative current and steps of several heights add up", () => {
    const { t, y } = simulate(step, "steps(0 ms: 0 pA, 10 ms: -300 pA, 30 ms: 150 pA, 70 ms: 0 pA)");
    expectClose(y, t, (time) => rise(-300, time, 10) + rise(450, time, 30) + rise(-150, time, 70), 300 / G);
  });
});

test("a pulse acts from the step that begins at its time: the value at 20 ms is still the resting potential, the next one is not", () => {
  const { y } = simulate(1, "pulse(200 pA, from: 20 ms, to: 60 ms)");
  expect(y[20]).toBe(E_L);
  expect((y[21] ?? NaN) - E_L).toBeCloseTo(rise(200, 1, 0), 10);
});
