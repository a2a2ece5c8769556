// Order parameters: in closed form, and as numpy has them.
import { expect, test } from "vitest";
import { kuramoto, kuramotoLocal, phaseVelocity } from "../../src/measures/kuramoto.ts";
import { drawUniform } from "../../src/runtime/distributions.ts";
import { stream } from "../../src/runtime/random.ts";
import { populationOf, reference } from "./reference.ts";

const clock = (period: number, phase: number, until = 1000): number[] =>
  Array.from({ length: Math.floor((until - phase) / period) + 1 }, (_, k) => phase + k * period);

test("as numpy has them", () => {
  const population = populationOf(reference.population.trains);
  expect(kuramoto(population, 1)).toBeCloseTo(reference.population.kuramoto, 12);
  const local = kuramotoLocal(population, 5, 1);
  const velocity = phaseVelocity(population);
  for (let k = 0; k < 40; k++) {
    expect(local?.y[k]).toBeCloseTo(reference.population.kuramoto_local[k], 12);
    expect(velocity.y[k]).toBeCloseTo(reference.population.phase_velocity[k], 10);
  }
});

test("one phase: R = 1; N phases evenly spread: 0; two groups in antiphase, of 3 and 1: 1/2", () => {
  expect(kuramoto(populationOf([0, 0, 0].map(() => clock(40, 7))), 1)).toBeCloseTo(1, 12);
  expect(kuramoto(populationOf([0, 10, 20, 30].map((phase) => clock(40, phase))), 1)).toBeLessThan(0.03);
  expect(
    kuramoto(populationOf([20, 20, 20, 40].map((phase) => clock(40, phase).filter((t) => t >= 40 && t <= 960))), 1),
  ).toBeCloseTo(0.5, 1);
});

test("independent phases: R is √(π/4N)", () => {
  const [N, draws] = [400, stream(1, "phases")];
  const population = populationOf(
    Array.from({ length: N }, (_, i) =>
      clock(35 + 10 * drawUniform(draws, i, 0, 1), 40 * drawUniform(draws, i, 0, 1, 1), 20_000),
    ),
    0,
    20_000,
  );
  // R is Rayleigh distributed, its deviation half its mean; frequencies 6 Hz apart make about 100 independent moments.
  expect(Math.abs((kuramoto(population, 5) ?? 1) / Math.sqrt(Math.PI / 4 / N) - 1)).toBeLessThan(4 * 0.05);
});

test("along a ring: coherent where the neighbours are; around a small ring every neuron counts once", () => {
  // Neurons 0-19 together, 20-39 in phases that alternate.
  const population = populationOf(Array.from({ length: 40 }, (_, i) => clock(40, i < 20 || i % 2 === 0 ? 0 : 20)));
  const curve = kuramotoLocal(population, 3, 1);
  expect(curve?.y[10]).toBeCloseTo(1, 12);
  expect(curve?.y[30]).toBeLessThan(0.2);
  expect(curve).toMatchObject({ xName: "neuron", yUnit: "1" });
  const small = populationOf([0, 10, 20].map((phase) => clock(40, phase)));
  for (const z of kuramotoLocal(small, 9, 1)?.y ?? []) expect(z).toBeCloseTo(kuramoto(small, 1) ?? NaN, 14);
});

test("a neuron that is alone without a phase has no local order; without phases there is no order", () => {
  expect(kuramotoLocal(populationOf([clock(40, 0), [], clock(40, 0), clock(40, 0)]), 1, 1)?.y[1]).toBeCloseTo(1, 12);
  const [alone] = kuramotoLocal(populationOf([[], ...Array.from({ length: 1 }, () => clock(40, 0))]), 1, 1)?.y ?? [];
  expect(alone).toBeCloseTo(1, 12);
  expect(kuramoto(populationOf([[5], [7], []]), 1)).toBeNull();
  expect(kuramotoLocal(populationOf([[5], [7], []]), 1, 1)).toBeNull();
  expect(kuramoto(populationOf([]), 1)).toBeNull();
  const [one, none, two] = phaseVelocity(populationOf([[5], [], [0, 100]])).y;
  expect([one, none]).toEqual([0, 0]);
  expect(two).toBeCloseTo(20 * Math.PI, 12);
});
