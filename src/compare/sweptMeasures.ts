// Measures of several runs: the f-I curve and the rheobase, of the rates at the points of a sweep.
import { measureOfName } from "../measures/catalogue.ts";
import { measureWith } from "../measures/compute.ts";
import { estimate } from "../measures/statistics.ts";
import type { Curve } from "./comparison.ts";

/** Rates (Hz) by point and seed. */
export interface SweptRates {
  readonly name: string;
  readonly unit: string;
  /** In that unit, in the order of the points. */
  readonly x: readonly number[];
  readonly rates: readonly (readonly (number | null)[])[];
}

export function sweptMeasure(
  name: string,
  swept: SweptRates | null,
): { readonly value: number | null; readonly because: string; readonly curve: Curve | null } {
  const entry = measureOfName(name);
  if (swept === null || entry === null)
    return {
      value: null,
      because: "it needs a sweep of one quantity, such as `sweep I_e over 0 pA .. 500 pA in 26 steps`",
      curve: null,
    };
  const points = swept.x.map((x, k) => ({ x, rate: estimate(swept.rates[k] ?? []) })).sort((a, b) => a.x - b.x);
  const there = points.flatMap(({ x, rate }) => (rate === null ? [] : [{ x, rate }]));
  const measure = measureWith(entry.name);
  if (measure.of !== "sweep") return { value: null, because: "it is not taken of a sweep", curve: null };
  const found = measure.apply({
    name: swept.name,
    unit: swept.unit,
    x: Float64Array.from(there, (p) => p.x),
    rates: Float64Array.from(there, (p) => p.rate.mean),
  });
  if (found === null) return { value: null, because: entry.silent ?? "it is not defined here", curve: null };
  if (typeof found === "number") return { value: found, because: "", curve: null };
  const { xName, xUnit, yName, yUnit } = found;
  const isRandom = there.some((p) => p.rate.n > 1);
  const halfWidth = isRandom
    ? there.map(({ rate }) => (rate.interval === null ? null : rate.interval.high - rate.mean))
    : null;
  return {
    value: null,
    because: "",
    curve: { x: [...found.x], y: [...found.y], halfWidth, xName, xUnit, yName, yUnit },
  };
}
