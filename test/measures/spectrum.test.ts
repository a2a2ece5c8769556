// Spectrum of the population rate: as scipy's Welch has it, and what theory says.
import { expect, test } from "vitest";
import { peakFrequency, spectrum } from "../../src/measures/spectrum.ts";
import { poisson, populationOf, reference } from "./reference.ts";

test("as scipy.signal.welch has it, with segments of even, odd and full length", () => {
  const population = populationOf(reference.population.trains);
  for (const [segment, expected] of Object.entries<{ x: number[]; y: number[] }>(reference.population.spectrum)) {
    const found = spectrum(population, 1, Number(segment));
    expect(found?.x).toHaveLength(expected.x.length);
    for (const [k, x] of expected.x.entries()) {
      expect(found?.x[k]).toBeCloseTo(x, 10);
      expect(Math.abs((found?.y[k] ?? NaN) - (expected.y[k] ?? 0))).toBeLessThan(1e-10 * Math.max(...expected.y));
    }
  }
  expect(peakFrequency(population, 1, 1000, 0.001)).toBe(
    reference.population.spectrum["1000"].y.indexOf(Math.max(...reference.population.spectrum["1000"].y)),
  );
});

test("a Poisson population is white: twice its rate over its size, one-sided", () => {
  const until = 2e5;
  const population = {
    size: 10,
    trains: Array.from({ length: 10 }, (_, i) => poisson(100 + i, 20, until)),
    from: 0,
    until,
  };
  const curve = spectrum(population, 1, 1000);
  const level = (curve?.y.slice(5, 495) ?? new Float64Array(0)).reduce((a, b) => a + b, 0) / 490;
  expect(level / ((2 * 20) / 10)).toBeCloseTo(1, 1);
});

test("the peak lies at the frequency of a common rhythm", () => {
  const beat = Array.from({ length: 80 }, (_, k) => 0.5 + 25 * k);
  const population = populationOf([beat, beat, beat], 0, 2000);
  expect(peakFrequency(population, 1, 1000, 0.001)).toBe(40);
  expect(peakFrequency(population, 1, 1000, 0.05)).toBe(80);
  expect(peakFrequency(population, 1, 500, 0.001)).toBe(40);
});

test("no spikes, no neurons, no time", () => {
  expect(spectrum(populationOf([[], []]), 1, 1000)?.y.every((p) => p === 0)).toBe(true);
  expect(peakFrequency(populationOf([[], []]), 1, 1000, 0.001)).toBeNull();
  expect(peakFrequency(populationOf([[5, 9]]), 1, 1000, 1)).toBeNull();
  expect(spectrum(populationOf([]), 1, 1000)).toBeNull();
  expect(spectrum(populationOf([[0]], 0, 1), 1, 1000)).toBeNull();
});
