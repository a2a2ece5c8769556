// The catalogue: names that a language can read, units that are units, defaults that are allowed.
import { expect, test } from "vitest";
import { catalogue, measureNames, measureOfName, parameterProblem } from "../../src/measures/catalogue.ts";
import type { MeasureEntry, MeasureParameter } from "../../src/measures/catalogue.ts";
import { compute } from "../../src/measures/compute.ts";
import { equal } from "../../src/quantities/dimension.ts";
import { reservedWords } from "../../grammar/tokens.ts";

const entries: readonly MeasureEntry[] = catalogue;

test("names are unique identifiers, none of them reserved; each has its arithmetic", () => {
  expect(new Set(measureNames).size).toBe(measureNames.length);
  for (const { name, parameters } of entries)
    for (const word of [name, ...parameters.map((p) => p.name)])
      expect(/^[A-Za-z][A-Za-z0-9_]*$/.test(word) && !reservedWords.includes(word), word).toBe(true);
  expect(Object.keys(compute)).toEqual(measureNames);
  expect(measureOfName("cv_isi")?.of).toBe("train");
  expect(measureOfName("constructor")).toBeNull();
});

test("a parameter is shown in a unit of its dimension, and its default is allowed", () => {
  for (const { name, parameters } of entries) {
    for (const parameter of parameters) {
      expect(equal(parameter.dimension, parameter.unit.dimension), `${name}, ${parameter.name}`).toBe(true);
      if (parameter.default !== null)
        expect(parameterProblem(parameter, parameter.default), `${name}, ${parameter.name}`).toBeNull();
    }
  }
});

test("values that a parameter cannot have are told", () => {
  const found = (name: string, parameter: string): MeasureParameter => {
    const one = measureOfName(name)?.parameters.find((p) => p.name === parameter);
    if (one === undefined) throw new Error(`${name} has no ${parameter}`);
    return one;
  };
  expect(parameterProblem(found("van_rossum", "tau"), 0)).toBe("must be positive");
  expect(parameterProblem(found("van_rossum", "tau"), Infinity)).toBe("must be positive");
  expect(parameterProblem(found("victor_purpura", "cost"), -1)).toBe("must be 0 or more");
  expect(parameterProblem(found("kuramoto_local", "neighbours"), 2.5)).toBe("must be a whole number from 1");
  expect(parameterProblem(found("latency", "onset"), NaN)).toBe("must be finite");
  expect(parameterProblem(found("latency", "onset"), -5)).toBeNull();
});
