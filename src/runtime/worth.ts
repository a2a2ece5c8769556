// Whether threads can pay: what they do between two meetings against what a meeting takes. It decides on time alone; the bits are the same.
import { LOOK_EVERY } from "./clock.ts";

/** What one thread would do from one meeting of several to the next. */
export interface BetweenMeetings {
  /** Steps. */
  readonly steps: number;
  /** ns in which one thread would take them all. */
  readonly work: number;
}

/**
 * ns of a meeting, the letters of a step with it: between what one took in networks that meet in every step on a quiet machine of two cores, 10 to 16 µs, and what one took where threads fall asleep in between,
 * above 100. `npm run bench -- threads` shows it of each network that takes one thread.
 */
const MEETING = 35_000;
/** ns of a connection that gives something in every step. */
const COUPLING = 2;

/** Steps that threads can take between two meetings, where a spike takes so many steps to arrive at the least; Infinity where none do. */
export function stepsApart(leastDelay: number): number {
  return Math.min(LOOK_EVERY, leastDelay + 1);
}

/** ns of one step of all neurons; `works`: of one neuron, by population. `coupled`: connections that give something in every step. */
export function workOf(
  sizes: readonly { readonly name: string; readonly size: number }[],
  works: Readonly<Record<string, number>>,
  coupled: number,
): number {
  return sizes.reduce((sum, { name, size }) => sum + size * (works[name] ?? 0), COUPLING * coupled);
}

/** Why threads cannot be faster than one; null where they may be. What two save is asked: more meet as often. */
export function whyNotWorth({ steps, work }: BetweenMeetings): string | null {
  const saved = work / 2;
  if (saved > MEETING) return null;
  const [when, of] = steps === 1 ? ["in every step", "it"] : [`every ${steps} steps`, "them"];
  return `threads would have to meet ${when}: two save about ${microseconds(saved)} of ${of}, and a meeting takes about ${microseconds(MEETING)}`;
}

function microseconds(ns: number): string {
  return `${ns < 1000 ? "1" : String(Number((ns / 1000).toPrecision(2)))} µs`;
}
