// Measures by name: defaults, parameters, subjects, populations.
import { expect, test } from "vitest";
import { measureNames, measureOfName } from "../../src/measures/catalogue.ts";
import { compute, measureWith, overNeurons } from "../../src/measures/compute.ts";
import type { MeasureValue } from "../../src/measures/compute.ts";
import { named, populationOf, reference, trace, train } from "./reference.ts";

test("defaults are those of the catalogue, given parameters take their place", () => {
  const distance = measureWith("van_rossum");
  const slow = measureWith("van_rossum", { tau: 50 });
  if (distance.of !== "pair of trains" || slow.of !== "pair of trains") throw new Error("van_rossum is of a pair");
  const [a, b] = [named("gamma"), named("poisson")];
  expect(distance.apply(a, b)).toBe(compute.van_rossum([a, b], { tau: 10 }));
  expect(slow.apply(a, b)).toBe(compute.van_rossum([a, b], { tau: 50 }));
  expect(slow.apply(a, b)).not.toBe(distance.apply(a, b));
});

test("every measure gives what the catalogue says it gives, of silent subjects its null", () => {
  const silent = train([]);
  const population = populationOf([[], []]);
  const flat = trace([0, 1], [-65, -65]);
  const apply = (name: (typeof measureNames)[number], empty: boolean): MeasureValue => {
    const measure = measureWith(name);
    const [a, b] = empty ? [silent, silent] : [named("gamma"), named("jittered")];
    const ring = empty ? population : populationOf(reference.population.trains);
    const volts = empty ? flat : trace(reference.traces.t, reference.traces.y[0]);
    switch (measure.of) {
      case "train":
        return measure.apply(a);
      case "population":
        return measure.apply(ring);
      case "pair of trains":
        return measure.apply(a, b);
      case "repeats":
        return measure.apply([a, a], [b, a]);
      case "trace":
        return measure.apply(volts);
      case "traces":
        return measure.apply([volts, volts]);
      case "pair of traces":
        return measure.apply(volts, empty ? flat : trace(reference.traces.t, reference.traces.y[1]));
      case "sweep":
        return measure.apply({
          name: "I",
          unit: "pA",
          x: Float64Array.of(1, 2),
          rates: Float64Array.of(0, empty ? 0 : 5),
        });
    }
  };
  for (const name of measureNames) {
    const entry = measureOfName(name);
    const value = apply(name, false);
    if (entry?.gives === "number") expect(Number.isFinite(value), name).toBe(true);
    else
      expect(
        typeof value === "object" && value !== null && value.x.length === value.y.length && value.x.length > 0,
        name,
      ).toBe(true);
    const unit =
      typeof value === "object" && value !== null && typeof entry?.unit === "object"
        ? [value.yUnit, entry.unit.text]
        : [];
    expect(unit[0], name).toBe(unit[1]);
    const none = apply(name, true);
    expect(none === null ? entry?.silent : "has a value", name).not.toBeNull();
  }
});

test("over a population: the mean over the neurons that have a value, and how many", () => {
  const population = populationOf([[10, 20, 40], [5, 6], []]);
  const measure = measureWith("cv2");
  if (measure.of !== "train") throw new Error("cv2 is of a train");
  expect(overNeurons(population, measure.apply)).toEqual({ value: 2 / 3, neurons: 1 });
  expect(overNeurons(populationOf([[], []]), measure.apply)).toEqual({ value: null, neurons: 0 });
});
