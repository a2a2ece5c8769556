// Claim: on a ring of rate units with shifted weights a bump of activity travels at the speed of the theory, with and without a delay of the coupling.
// Papers: K. Zhang, J. Neurosci. 16:2112 (1996), for shifted weights; A. Roxin, N. Brunel, D. Hansel, Phys. Rev. Lett. 94:238103 (2005), for delays in rings.
// Model: models/delayed_ring.glif, τ r' = -r + [I + Σ (J_0 + J_1 cos(θ_i - θ_j - α)) r_j(t - D)/n]+, τ = 10 ms, α = π/4, D = 5 ms.
// Expected: ωτ = tan(α - ωD), solved here by bisection: 0.0556 /ms with the delay and 0.1 /ms without; the coupling's error is of the order of the step.
import { expect, test } from "vitest";
import { instantiate } from "../../../src/simulate/load.ts";
import { planModel } from "../harness.ts";

/** rad/ms */
function speed(experiment: string, step: number): number {
  const simulation = instantiate(planModel("delayed_ring", experiment), { seed: 1, step });
  const r = simulation.population("R").states[0]?.values ?? new Float64Array(0);
  const angle = (): number => {
    let [x, y] = [0, 0];
    r.forEach((value, i) => {
      x += value * Math.cos((2 * Math.PI * i) / r.length);
      y += value * Math.sin((2 * Math.PI * i) / r.length);
    });
    return Math.atan2(y, x);
  };
  simulation.run(250);
  const before = angle();
  simulation.run(30);
  return ((((angle() - before) / (2 * Math.PI) + 1) % 1) * 2 * Math.PI) / 30;
}

function theory(τ: number, α: number, D: number): number {
  let [low, high] = [0, 1];
  for (let k = 0; k < 60; k++) {
    const ω = (low + high) / 2;
    if (Math.atan(ω * τ) < α - ω * D) low = ω;
    else high = ω;
  }
  return low;
}

test.each([
  { experiment: "Delayed", D: 5 },
  { experiment: "AtOnce", D: 0 },
])("$experiment: the speed of the theory, at steps of 0.1 and 0.05 ms and beyond", ({ experiment, D }) => {
  const expected = theory(10, Math.PI / 4, D);
  const [coarse, fine] = [speed(experiment, 0.1), speed(experiment, 0.05)];
  expect(Math.abs(coarse / expected - 1)).toBeLessThan(0.011);
  expect(Math.abs(fine / expected - 1)).toBeLessThan(0.0055);
  expect(Math.abs((2 * fine - coarse) / expected - 1)).toBeLessThan(2e-4);
});
