// What comes of several runs: the f-I curve, and the rheobase from it.
import type { Curve } from "./curve.ts";
import type { SweepPoints } from "./train.ts";

/** Rate (Hz) over what was varied; null without points. */
export function fI({ x, rates, name, unit }: SweepPoints): Curve | null {
  return x.length === 0 ? null : { x, y: rates, xName: name, xUnit: unit, yName: "firing rate", yUnit: "Hz" };
}

/**
 * The middle between the first point with a spike and the one before it, in the unit of what was varied; half their distance is the error. Null where no point has
 * spikes, or the first has. That spikes may cease again farther up (depolarisation block) changes nothing.
 */
export function rheobase({ x, rates }: SweepPoints): number | null {
  const first = rates.findIndex((rate) => rate > 0);
  const [below, above] = [x[first - 1], x[first]];
  return below === undefined || above === undefined ? null : 0.5 * (below + above);
}
