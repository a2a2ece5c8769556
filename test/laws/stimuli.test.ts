// Shapes, time, neuron's number and noise in any combination: each compiles, loads in both forms, and gives the values and the noise that the text says.
import { expect, test } from "vitest";
import { typescriptOf } from "../../src/compile.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";
import { codes } from "../check/program.ts";
import ts from "typescript";

const text = (stimulus: string): string => `
neuron N { param p = 3; input a : 1; state x = 0; x' = a/(1 ms) }
network W { param k = 2; population P = 4000 N }
experiment X of W { duration 2 ms; method euler; seed 3; P.a = ${stimulus}; record P[0..1].a }`;

/** Stimulus, its value without noise, and what multiplies sqrt(1 ms)*ξ, at step n for neuron i. */
const CASES: readonly (readonly [string, (n: number, i: number) => number, (n: number, i: number) => number])[] = [
  ["pulse(1, from: 0.5 ms)*(1 + sqrt(1 ms)*ξ)", (n) => (n < 5 ? 0 : 1), (n) => (n < 5 ? 0 : 1)],
  ["steps(0 ms: 1, 1 ms: 3)*(1 + 2*sqrt(1 ms)*ξ)", (n) => (n < 10 ? 1 : 3), (n) => (n < 10 ? 2 : 6)],
  ["1 + (1 + sqrt(1 ms)*ξ)*pulse(2, to: 1 ms)", (n) => (n < 10 ? 3 : 1), (n) => (n < 10 ? 2 : 0)],
  [
    "(1 + sqrt(1 ms)*ξ)*(pulse(1) + ramp(0, 2, from: 0 ms, to: 2 ms))/k",
    (n) => (1 + n / 10) / 2,
    (n) => (1 + n / 10) / 2,
  ],
  ["pulse(i, from: 0 ms)*(k + sqrt(1 ms)*ξ)*p", (_, i) => 6 * i, (_, i) => 3 * i],
  ["if pulse(1, from: 1 ms) > 0.5 then 2*sqrt(1 ms)*ξ else 5", (n) => (n < 10 ? 5 : 0), (n) => (n < 10 ? 0 : 2)],
  [
    "max(pulse(1, to: 1 ms), ramp(0, 2, from: 0 ms, to: 2 ms))*sqrt(1 ms)*ξ + t/(1 ms)",
    (n) => n / 10,
    (n) => (n < 10 ? 1 : n / 10),
  ],
  [
    "-(sine(1, frequency: 0.25 /ms) - sqrt(1 ms)*ξ)*pulse(1)*pulse(2)",
    (n) => -2 * Math.sin((Math.PI / 2) * (n / 10)),
    () => 2,
  ],
  ["pulse(1)*sqrt(1 ms)*ξ", () => 0, () => 1],
  [
    "pulses(k, every: 0.5 ms, width: 0.2 ms, from: 0.3 ms, to: 1.4 ms)*(1 + sqrt(1 ms)*ξ)",
    (n) => (n >= 3 && n < 14 && (n - 3) % 5 < 2 ? 2 : 0),
    (n) => (n >= 3 && n < 14 && (n - 3) % 5 < 2 ? 2 : 0),
  ],
  ["pulses(1, every: 0.2 ms*(i + 1), width: 0.1 ms*i)", (n, i) => (n % (2 * (i + 1)) < i ? 1 : 0), () => 0],
];

for (const [stimulus, value, noise] of CASES) {
  test(stimulus, () => {
    const plan = planSource("stimuli.glif", text(stimulus), "X");
    expect(() => typescriptOf(ts, plan)).not.toThrow();
    const simulation = instantiate(plan);
    let before = new Float64Array(4000);
    const x = simulation.population("P").states[0]?.values ?? new Float64Array();
    for (let n = 0; n < 20; n++) {
      simulation.advance(1);
      for (const i of [1, 3])
        if (noise(n, i) === 0)
          expect((x[i] as number) - (before[i] as number), `step ${n}, neuron ${i}`).toBeCloseTo(0.1 * value(n, i), 10);
      // What the noise adds has the variance dt, in units of what multiplies it.
      let square = 0;
      let count = 0;
      for (let i = 1; i < 4000; i++) {
        if (noise(n, i) === 0) continue;
        square += (((x[i] as number) - (before[i] as number) - 0.1 * value(n, i)) / noise(n, i)) ** 2;
        count++;
      }
      if (count > 0)
        expect(Math.abs(square / count / 0.1 - 1), `variance in step ${n}`).toBeLessThan(5 * Math.sqrt(2 / count));
      before = x.slice();
    }
    simulation.traces.forEach((trace, i) =>
      trace.values().forEach((v, n) => expect(v).toBeCloseTo(n === 20 ? v : value(n, i), 9)),
    );
  });
}

test("a shape inside a shape, noise or time in one are refused for what they are", () => {
  for (const inner of ["pulse(1)", "steps(0 ms: 1)", "t/(1 ms)", "sqrt(1 ms)*ξ"]) {
    const found = codes(text(`sine(${inner}, frequency: 1 Hz)`));
    expect(found.length, inner).toBe(1);
    expect(found[0], inner).toMatch(/^(model|noise)\/misplaced/);
  }
});
