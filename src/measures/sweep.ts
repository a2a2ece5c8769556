// What comes of several runs: the f-I curve, and the rheobase from it or by bisection.
import type { Curve } from "./curve.ts";
import type { SweepPoints } from "./train.ts";

/** Rate (Hz) over what was varied; null without points. */
export function fI({ x, rates, name, unit }: SweepPoints): Curve | null {
  return x.length === 0 ? null : { x, y: rates, xName: name, xUnit: unit, yName: "firing rate", yUnit: "Hz" };
}

/** Where spiking begins: it does not yet at `below`, and does at `above`. */
export interface Bracket {
  readonly below: number;
  readonly above: number;
}

/** The middle of the bracket, in the unit of what was varied; half its width is the error. */
export function rheobase(points: SweepPoints): number | null {
  const bracket = rheobaseBracket(points);
  return bracket === null ? null : 0.5 * (bracket.below + bracket.above);
}

/** The first point with a spike and the one before it; null where no point has spikes, or the first has. That spikes may cease again farther up (depolarisation block) changes nothing. */
export function rheobaseBracket({ x, rates }: SweepPoints): Bracket | null {
  const first = rates.findIndex((rate) => rate > 0);
  const [below, above] = [x[first - 1], x[first]];
  return below === undefined || above === undefined ? null : { below, above };
}

/**
 * By bisection, down to a bracket no wider than `tolerance` (or than doubles can be parted): `isSpiking` runs the neuron at a current. Null where it spikes at `low` already, or not at `high`.
 * Calls are log2((high - low)/tolerance) + 2 at most.
 */
export function rheobaseBy(isSpiking: (current: number) => boolean, low: number, high: number, tolerance: number): Bracket | null {
  if (isSpiking(low) || !isSpiking(high)) return null;
  let [below, above] = [low, high];
  while (above - below > tolerance) {
    const middle = below + 0.5 * (above - below);
    if (middle <= below || middle >= above) break;
    if (isSpiking(middle)) above = middle;
    else below = middle;
  }
  return { below, above };
}
