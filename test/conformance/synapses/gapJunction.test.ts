// Claim: a gap junction, a contribution without events, couples two passive cells as their linear equations say.
// Model: C = 100 and 150 pF, G = 5 and 8 nS, rest at -70 and -65 mV, a junction of 2 nS; 60 pA into the first.
// Expected: the matrix exponential of the pair, every 1 ms, and its steady state.
import { describe, expect, test } from "vitest";
import { planSource, reference, run, trace, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";

function pair(step: number, junction: string, method = "auto"): Simulation {
  return run(
    planSource(
      `${MODELS}/pair.glif`,
      `
    neuron Membrane {
      param C = 100 pF, G = 5 nS, E_L = -70 mV
      input I_e : pA
      state V = E_L
      V' = (I_e - G*(V - E_L))/C
    }
    synapse Gap { weight g : nS = 2 nS; post.I_e += g*(pre.V - post.V) }
    synapse BothWays { weight g : nS = 2 nS; post.I_e += g*(pre.V - post.V); pre.I_e += g*(post.V - pre.V) }
    network Pair {
      population Cell = 2 Membrane { C = 100 pF + 50 pF*i, G = 5 nS + 3 nS*i, E_L = -70 mV + 5 mV*i }
      connect Cell -> Cell by ${junction}
    }
    experiment Step of Pair { duration 200 ms; step ${step} ms; method ${method}; Cell.I_e = 60 pA*(1 - i); record Cell.V every 1 ms }`,
      "Step",
    ),
  );
}

const { t_ms, V1_mV, V2_mV }: { t_ms: number[]; V1_mV: number[]; V2_mV: number[] } =
  reference("gap_passive_pair").reference.trace;

function farthest(simulation: Simulation): number {
  return Math.max(
    ...[V1_mV, V2_mV].flatMap((expected, neuron) => {
      const { t, y } = trace(simulation, "V", neuron);
      expect(t.map((s) => Math.round(s))).toEqual(t_ms);
      return Array.from(y, (v, k) => Math.abs(v - (expected[k] ?? NaN)));
    }),
  );
}

describe.each([
  ["one connection each way, one conductance for all", "Gap all"],
  ["one connection that contributes to both its ends", "BothWays all where i < j"],
  ["a conductance of each connection's own", "Gap { g ~ uniform(2 nS, 2 nS) } all"],
])("%s", (_, junction) => {
  // The other cell's voltage is that of the beginning of the step: order 1. With the neuron's own voltage held still as well the error would be twice as large.
  test("within 0.05 mV with a step of 0.1 ms, and half of that with half the step", () => {
    const [whole, half] = [farthest(pair(0.1, junction)), farthest(pair(0.05, junction))];
    expect(whole).toBeLessThan(0.05);
    expect(half).toBeLessThan(0.55 * whole);
  });

  test("the steady state is that of the pair to 1e-3 mV, and no further with ten times the step", () => {
    const steady: number[] = reference("gap_passive_pair").reference.steady_state_mV;
    // After 200 ms a mode of 19 ms has come within 2e-4 mV.
    for (const step of [0.1, 1])
      steady.forEach((v, neuron) =>
        expect(Math.abs((trace(pair(step, junction), "V", neuron).y.at(-1) ?? NaN) - v)).toBeLessThan(1e-3),
      );
  });
});

test("methods by name see the junction too", () => {
  for (const method of ["rk4", "heun", "exponential_euler", "euler"])
    expect(farthest(pair(0.1, "Gap all", method)), method).toBeLessThan(0.05);
});
