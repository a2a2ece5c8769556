// χ² of traces: 1 in synchrony, 1/N without, against numpy between.
import { expect, test } from "vitest";
import { chiSquared } from "../../src/measures/chiSquared.ts";
import { reference, trace } from "./reference.ts";

test("as numpy has it", () => {
  const { t, y, chi_squared } = reference.traces;
  expect(chiSquared(y.map((own: number[]) => trace(t, own)))).toBeCloseTo(chi_squared, 12);
});

test("equal traces have 1, N in evenly spread phases 0, N orthogonal ones 1/N", () => {
  const t = Array.from({ length: 1200 }, (_, k) => k);
  const wave = (cycles: number, phase: number): number[] =>
    t.map((k) => -65 + Math.sin((2 * Math.PI * cycles * k) / 1200 + phase));
  expect(chiSquared([0, 0, 0].map(() => trace(t, wave(3, 1))))).toBeCloseTo(1, 12);
  expect(chiSquared([0, 1, 2, 3].map((i) => trace(t, wave(3, (Math.PI * i) / 2))))).toBeCloseTo(0, 12);
  expect(chiSquared([1, 2, 3, 4, 5].map((i) => trace(t, wave(i, 0))))).toBeCloseTo(0.2, 12);
});

test("traces at rest, no traces and no samples have none", () => {
  expect(chiSquared([trace([0, 1], [-65.3, -65.3]), trace([0, 1], [-70.1, -70.1])])).toBeNull();
  expect(chiSquared([])).toBeNull();
  expect(chiSquared([trace([], [])])).toBeNull();
});
