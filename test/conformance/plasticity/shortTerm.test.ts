// Claim: short-term plasticity written as two equations and one event releases what the recursion of its authors says, spike by spike, wherever its states live.
// Papers: M. Tsodyks, K. Pawelzik, H. Markram, Neural Comput. 10:821 (1998); W. Maass, H. Markram, Neural Networks 15:155 (2002) for the recursion.
// Model: u' = -u/τ_fac, x' = (1 - x)/τ_rec; a spike takes u to r = u + U(1 - u), releases r·x and leaves x(1 - r). Without facilitation r is U.
// Expected: efficacies r·x of ten spikes at 20 Hz and one that finds the synapse recovered.
import { describe, expect, test } from "vitest";
import { planSource, reference, run, trace, MODELS } from "../harness.ts";
import type { SimulationPlan } from "../../../src/4-plan/plan.ts";

/** The postsynaptic neuron counts what it is given. */
const MODEL = `
  neuron Counter { state released : 1 = 0 }
  synapse Depressing {
    param U = 0.5, τ_rec = 800 ms
    state x = 1
    x' = (1 - x)/τ_rec
    on pre { post.released <- post.released + U*x; x <- x - U*x }
  }
  synapse Facilitating {
    param U = 0.15, τ_rec = 130 ms, τ_fac = 530 ms
    state u = 0, x = 1
    u' = -u/τ_fac
    x' = (1 - x)/τ_rec
    let r = u + U*(1 - u)
    on pre { post.released <- post.released + r*x; x <- x - r*x; u <- r }
  }
  network Pair {
    population Source = spikes([10 ms, 60 ms, 110 ms, 160 ms, 210 ms, 260 ms, 310 ms, 360 ms, 410 ms, 460 ms, 1010 ms])
    population Cell = 1 Counter
    population Other = 2 Counter
    connect Source -> Cell, Other by SYNAPSE as stp { SETTINGS } all
  }
  experiment Train of Pair { duration 1100 ms; step STEP ms; record Cell.released }`;

function plan(synapse: string, settings: string, step = 0.1): SimulationPlan {
  return planSource(
    `${MODELS}/stp.glif`,
    MODEL.replace("SYNAPSE", synapse).replace("SETTINGS", settings).replace("STEP", String(step)),
    "Train",
  );
}

/** What each spike released: the steps of the count. */
function released(plan: SimulationPlan): number[] {
  const { y } = trace(run(plan), "released");
  return Array.from(y).flatMap((now, k) => (k > 0 && now !== y[k - 1] ? [now - (y[k - 1] ?? NaN)] : []));
}

function expectEfficacies(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  // A closed form: what is left is the rounding of 5500 steps.
  found.forEach((efficacy, k) =>
    expect(Math.abs(efficacy / (expected[k] ?? NaN) - 1), `spike ${k + 1}`).toBeLessThan(1e-12),
  );
}

describe.each([
  ["Depressing", "stp_depressing"],
  ["Facilitating", "stp_facilitating"],
])("%s", (synapse, id) => {
  const efficacies: number[] = reference(id).reference.efficacy_u_x;

  test("with a state of the source", () => {
    const shared = plan(synapse, "delay = 0.3 ms");
    expect(shared.projections[0]?.places.map((p) => p.place)).toEqual(
      synapse === "Depressing" ? ["source"] : ["source", "source"],
    );
    expectEfficacies(released(shared), efficacies);
  });

  test("with a state of each connection, because its parameters are drawn", () => {
    const own = plan(
      synapse,
      "τ_rec ~ uniform(TAU, TAU)".replaceAll("TAU", synapse === "Depressing" ? "800 ms" : "130 ms"),
    );
    expect(own.projections[0]?.places.find((p) => p.state === "x")?.place).toBe("connection");
    expectEfficacies(released(own), efficacies);
  });

  test("whatever the step", () => expectEfficacies(released(plan(synapse, "", 0.5)), efficacies));
});
