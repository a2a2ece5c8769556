// Claim: a weight that is given to an input to be seen is recorded as it stands at that time, from t = 0 on, whatever delay the connection has.
// Model: the full triplet rule, J.-P. Pfister, W. Gerstner, J. Neurosci. 26:9673 (2006), all-to-all, visual cortex; every connection with a delay of its own.
// Expected: the sum of the weights at each neuron, computed spike by spike from the recorded spikes. A presynaptic spike acts in the step that begins when it
// arrives, so that the sample after shows it; a postsynaptic one at once. Tolerance 1e-12: sums of ten weights in another order.
import { expect, test } from "vitest";
import { planSource, run, MODELS } from "../harness.ts";

const SOURCES = 20,
  TARGETS = 3;
const delaySteps = (i: number, j: number): number => i + 7 * j;
const first = (i: number, j: number): number => 0.5 + 0.01 * i - 0.1 * j;

const simulation = run(
  planSource(
    `${MODELS}/recorded.glif`,
    `
  neuron Target {
    param τ = 10 ms
    input I : mV
    input W : 1
    state V = 0 mV
    V' = (I - V)/τ
    spike when V > 5 mV
    reset { V <- 0 }
    let weight = W
  }
  synapse Triplet {
    param A2p = 0.005, A2m = 0.007, A3p = 0.0062, A3m = 0.00023
    param τ_plus = 16.8 ms, τ_minus = 33.7 ms, τ_x = 101 ms, τ_y = 125 ms
    weight w : 1
    state r1 : 1 = 0, r2 : 1 = 0, o1 : 1 = 0, o2 : 1 = 0
    r1' = -r1/τ_plus
    r2' = -r2/τ_x
    o1' = -o1/τ_minus
    o2' = -o2/τ_y
    on pre { w <- w - o1*(A2m + A3m*r2); r1 <- r1 + 1; r2 <- r2 + 1 }
    on post { w <- w + r1*(A2p + A3p*o2); o1 <- o1 + 1; o2 <- o2 + 1 }
    post.W += w
  }
  network Net {
    population S = ${SOURCES} poisson(20 Hz)
    population P = ${TARGETS} Target
    connect S -> P by Triplet as triplet { w = 0.5 + 0.01*i - 0.1*j, delay = 0.1 ms*(i + 7*j) } all
  }
  experiment Seen of Net {
    duration 500 ms
    seed 4
    P.I = if i == 0 then 5.2 mV else 6 mV
    record spikes
    record S.spikes
    record P.weight, P.W
  }`,
    "Seen",
  ),
);

/** Steps at which a neuron spiked. */
function stepsOf(population: string, neuron: number): number[] {
  const { spikes, populations } = simulation;
  return Array.from({ length: spikes.length }, (_, k) => k)
    .filter((k) => populations[spikes.population(k)]?.name === population && spikes.neuron(k) === neuron)
    .map((k) => Math.round(spikes.time(k) * 10));
}

/** The weight at every step. */
function weight(i: number, j: number): number[] {
  const events = [
    ...stepsOf("P", j).map((step) => ({ step, seen: step, pre: false })),
    ...stepsOf("S", i).map((step) => ({ step: step + delaySteps(i, j), seen: step + delaySteps(i, j) + 1, pre: true })),
  ].sort((a, b) => a.step - b.step || Number(a.pre) - Number(b.pre));
  const trace = Array<number>(5001).fill(first(i, j));
  let w = first(i, j),
    r1 = 0,
    r2 = 0,
    o1 = 0,
    o2 = 0,
    last = 0;
  for (const { step, seen, pre } of events) {
    const h = (step - last) * 0.1;
    r1 *= Math.exp(-h / 16.8);
    r2 *= Math.exp(-h / 101);
    o1 *= Math.exp(-h / 33.7);
    o2 *= Math.exp(-h / 125);
    last = step;
    if (pre) {
      w -= o1 * (0.007 + 0.00023 * r2);
      r1++;
      r2++;
    } else {
      w += r1 * (0.005 + 0.0062 * o2);
      o1++;
      o2++;
    }
    if (seen < trace.length) trace.fill(w, seen);
  }
  return trace;
}

test.each([0, 1, 2])("the sum of the weights at neuron %d, at every step", (j) => {
  const expected = Array.from({ length: SOURCES }, (_, i) => weight(i, j)).reduce((a, b) =>
    a.map((x, n) => x + (b[n] ?? NaN)),
  );
  expect(stepsOf("P", j).length).toBeGreaterThan(10);
  for (const variable of ["weight", "W"]) {
    const found =
      simulation.traces.find((t) => t.variable === variable && t.neuron === j)?.values() ?? new Float64Array(0);
    expect(found).toHaveLength(expected.length);
    expect(Math.max(...expected.map((w, n) => Math.abs(w - (found[n] ?? NaN))))).toBeLessThan(1e-12);
  }
});
