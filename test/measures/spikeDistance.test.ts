// SPIKE-distance of periodic trains, in closed form, and of Poisson trains.
import { expect, test } from "vitest";
import { isiDistance } from "../../src/measures/isiDistance.ts";
import { spikeDistance } from "../../src/measures/spikeDistance.ts";
import { poisson, train } from "./reference.ts";

test("clocks of one period P, one later by Δ, are Δ/P apart; the edges too, where the window begins and ends with a spike of each", () => {
  const clock = Array.from({ length: 51 }, (_, k) => 20 * k);
  for (const delta of [0, 1, 5, 10]) {
    const late = clock.map((t) => t + delta);
    // S₁ = S₂ = Δ between two spikes whose distances are both Δ, and (S₁P + S₂P)/(2P²) = Δ/P.
    const found = spikeDistance({ times: Float64Array.from(clock), from: 0, until: 1000 }, train(late)) ?? NaN;
    expect(Math.abs(found - delta / 20)).toBeLessThanOrEqual(0.02 * (delta / 20));
  }
});

test("by hand: spikes at 400 and 600 in a window of 1 s", () => {
  // Edges at 0 and 1000 are as far away as the spike beside them, 200: S₁ = S₂ = 200 all along. Weighted: (200 I₂ + 200 I₁)/(2⟨I⟩²) = 200/⟨I⟩ with ⟨I⟩ = 500, 600, 500.
  expect(spikeDistance(train([400]), train([600]))).toBeCloseTo(
    (0.4 * 200) / 500 + (0.2 * 200) / 600 + (0.4 * 200) / 500,
    13,
  );
});

test("independent Poisson trains have about 0.295, whatever their rates", () => {
  const found = spikeDistance(poisson(1, 50, 4e5), poisson(2, 50, 4e5)) ?? NaN;
  expect(Math.abs(found - 0.295)).toBeLessThan(0.005);
  expect(spikeDistance(poisson(1, 10, 2e6), poisson(2, 10, 2e6))).toBeCloseTo(found, 2);
});

test("a hundred thousand spikes; an empty window has no value", () => {
  const [a, b] = [poisson(1, 50, 2e6), poisson(2, 50, 2e6)];
  expect(spikeDistance(a, a)).toBe(0);
  expect(spikeDistance(a, b)).toBeLessThan(isiDistance(a, b) ?? 0);
  expect(spikeDistance(train([], 5, 5), train([], 5, 5))).toBeNull();
});
