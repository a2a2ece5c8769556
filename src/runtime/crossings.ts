// The way of one neuron through a step, piece by piece, up to the first point at which a condition becomes true.
import { pieceBorders, type Border } from "./edges.ts";
import type { PreciseCondition, PreciseKernel } from "./kernel.ts";
import { findRoot } from "./root.ts";

/** Crossings are located to this many ms, */
const TOLERANCE = 1e-12;
/** or to this part of the piece they lie in: on a steep upstroke much moves within TOLERANCE. */
const FINE = 1e-12;
/** Times that lie no further apart (ms) are one time. */
export const TOGETHER = 1e-10;
/** A crossing stands still when a shorter way to it finds it within this many ms of where it was. */
const SETTLED = 1e-10;
/** A condition that moves this many times as far in the second half of a piece as in the first may be escaping to infinity: one Runge-Kutta step would not see it. */
const STEEP = 1.5;
/** A steep piece is halved down to this part of a step, twenty times. */
const SHORTEST = 1 / 1048576;
/** One that leaves the numbers, down to this part. */
const VANISHING = 2 ** -200;
/** A piece of which a method of fixed steps makes too much is halved down to this part of a step: a crossing may be there as well. */
const LEAST_RESOLVED = 1 / 64;
/** A step of an adaptive method is smooth within its tolerance. */
const MOST_SUBSTEPS_A_PIECE = 2;
/** Each step towards a crossing is this part of what is left. */
const STRIDE = 1 / 8;
/** Two crossings between two looks are excluded where a condition stays this many times as far from changing as the parabola through the looks errs. */
const SAFETY = 4;
/** What is smaller than this part of the largest state is rounding. */
const ROUNDING = 1e-13;
/** A neuron that leaves so many pieces within TOGETHER, one after the other, slides along an edge: the next piece is not cut there. */
const MOST_SLIPS = 100;
/** More pieces of one step than this: it would not end in any reasonable time. */
const MOST_PIECES = 100_000;

export interface CrossingSearch {
  /** The state that it moves. */
  readonly y: Float64Array;
  /** A step begins at `begin` (ms), with the length `dt`, and ends at `end`. */
  enter(begin: number, end: number): void;
  /** The next neuron has been loaded and begins its step. */
  start(): void;
  /** Time (ms) at x ms into the step; the end of the step is exactly that of the clock. */
  timeAt(x: number): number;
  /**
   * Moves `y` from x ms into the step towards x + h: to where the first condition becomes true that is not `known` as true, which is then `found`, or as far as is
   * certain that none does (`found` is -1), and returns how far. `known` is brought up to date where nothing is found.
   */
  advance(x: number, h: number, known: Uint8Array): number;
  readonly found: number;
  /** Something has happened: what is fast moves anew. */
  disturbed(): void;
  /**
   * One instant is one instant: what else becomes true, or false, together with what is found now, but for rounding, is waited for, as long as that stays true;
   * returns how long.
   */
  gather(x: number, known: Uint8Array): number;
  /** Where in (0, h] a condition that was false at the start of a held piece became true, `start` being the state there. */
  heldCrossing(c: number, x: number, h: number, start: Float64Array): number;
}

/** There is no end to the pieces of a step. */
export class TooManyPieces extends Error {
  override readonly name = "TooManyPieces";
}

/** What is true where it is false. */
const opposite = ({ holds, margin }: Border): Border => ({
  holds: (time, state) => !holds(time, state),
  margin: (time, state) => -margin(time, state),
});

export function crossingSearch(
  kernel: PreciseKernel,
  conditions: readonly PreciseCondition[],
  dt: number,
): CrossingSearch {
  const width = Math.max(kernel.states.length, 1);
  const [y, trial, middle, ahead, early, late, back] = Array.from({ length: 7 }, () => new Float64Array(width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const { solved } = kernel;
  const shortest = SHORTEST * dt,
    resolved = LEAST_RESOLVED * dt,
    vanishing = VANISHING * dt;
  // A variable that functions share would take a new object for each number; a property is written in place.
  const step = { begin: NaN, end: NaN };
  /** Its length, and where in it the first border is crossed, `firstCrossed`. */
  const piece = { length: NaN, firstAt: NaN };
  /** Of the neuron that is under way. */
  const look = { first: NaN, longest: NaN };
  let pieces = 0,
    found = -1;
  const timeAt = (x: number): number => (x >= dt ? step.end : step.begin + x);
  const condition = (c: number): PreciseCondition => conditions[c] as PreciseCondition;
  const edges = kernel.edges === undefined ? null : pieceBorders(kernel.edges);
  const borders = edges?.borders ?? [];
  const uncrossed = new Uint8Array(borders.length);
  let slips = 0;

  // `to.set(from)`, which takes longer to call than a few states to copy.
  const copy = (from: Float64Array, to: Float64Array): void => {
    for (let k = 0; k < width; k++) to[k] = from[k] as number;
  };
  const flow = (from: Float64Array, x: number, h: number, to: Float64Array): void => {
    copy(from, to);
    if (h > 0) kernel.flow(timeAt(x), h, to);
  };
  const isFinite = (state: Float64Array): boolean => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (state[k] as number) * 0;
    return sum === 0;
  };

  /** Where in (low, high] a border that is not crossed at low is: just after it. An upstroke that runs to infinity has crossed. */
  const root = (border: Border, x: number, low: number, high: number, move: (h: number) => void): number => {
    const value = (h: number): number => {
      move(h);
      const time = timeAt(x + h);
      const margin = border.margin(time, trial);
      if (Number.isNaN(margin) || !isFinite(trial)) return Infinity;
      // The truth decides, the margin only says how near.
      return border.holds(time, trial) ? Math.max(margin, Number.MIN_VALUE) : Math.min(margin, -Number.MIN_VALUE);
    };
    const before = value(low);
    return before > 0 ? low : findRoot(value, low, high, before, value(high), Math.min(TOLERANCE, FINE * high));
  };
  const flowFrom =
    (x: number) =>
    (h: number): void =>
      flow(y, x, h, trial);

  /** Looks at the quarters of a piece, once a piece. */
  let looked = false;
  const lookCloser = (x: number): void => {
    if (looked) return;
    looked = true;
    const { length } = piece;
    flow(y, x, length / 4, early);
    if (solved) flow(middle, x + length / 2, length / 4, late);
    else flow(y, x, 0.75 * length, late);
  };

  /** Whether a condition, alike at the start, the middle and the end of a piece, g0, g1 and g2 away from changing, is so all the way. */
  const isSteady = (border: Border, x: number, is: boolean, g0: number, g1: number, g2: number): boolean => {
    const { length } = piece;
    const distance = (at: number, state: Float64Array): number => (is ? 1 : -1) * border.margin(timeAt(x + at), state);
    lookCloser(x);
    if (border.holds(timeAt(x + length / 4), early) !== is || border.holds(timeAt(x + 0.75 * length), late) !== is)
      return false;
    const p1 = (3 * g0 + 6 * g1 - g2) / 8,
      p3 = (6 * g1 + 3 * g2 - g0) / 8;
    let largest = 0;
    for (let k = 0; k < width; k++) largest = Math.max(largest, Math.abs(y[k] as number));
    const noise = ROUNDING * largest;
    if (Math.max(g0, g1, g2) <= noise) return true; // it rests on the border
    const d1 = Math.abs(distance(length / 4, early) - p1),
      d3 = Math.abs(distance(0.75 * length, late) - p3);
    const bend = 2 * (g0 - 2 * g1 + g2),
      slope = 4 * g1 - 3 * g0 - g2;
    if (bend > 0 && slope < 0 && -slope < 2 * bend) {
      const lowest = g0 - (slope * slope) / (4 * bend);
      return lowest >= -noise && lowest + noise >= SAFETY * Math.max(d1, d3);
    }
    return SAFETY * d1 <= Math.abs(p1) + noise && SAFETY * d3 <= Math.abs(p3) + noise;
  };

  /** Whether a condition, alike at both ends of one half of a piece, is so in that half; in the other half it changes. */
  const isSteadyIn = (second: boolean, border: Border, x: number, is: boolean): boolean => {
    const { length } = piece;
    lookCloser(x);
    const offset = second ? length / 2 : 0,
      between = second ? late : early;
    if (border.holds(timeAt(x + offset + length / 4), between) !== is) return false;
    const distance = (at: number, state: Float64Array): number =>
      (is ? 1 : -1) * border.margin(timeAt(x + offset + at), state);
    const g0 = distance(0, second ? middle : y),
      g1 = distance(length / 4, between),
      g2 = distance(length / 2, second ? ahead : middle);
    const bend = 2 * (g0 - 2 * g1 + g2),
      slope = 4 * g1 - 3 * g0 - g2;
    return !(bend > 0 && slope < 0 && -slope < 2 * bend) || g0 - (slope * slope) / (4 * bend) > 0;
  };

  /**
   * Whether what the method makes of a piece may hide a crossing: it takes several substeps of its own, or errs, as its two halves show, so far that a condition may change.
   */
  const isUnresolved = (x: number, of: readonly Border[]): boolean => {
    const { length } = piece;
    if (solved) return false;
    if (kernel.substeps !== undefined) return length > shortest && kernel.substeps() > MOST_SUBSTEPS_A_PIECE;
    if (length <= resolved) return false;
    flow(middle, x + length / 2, length / 2, late);
    for (const { margin } of of) {
      const end = margin(timeAt(x + length), ahead);
      const least = Math.min(
        Math.abs(margin(timeAt(x), y)),
        Math.abs(margin(timeAt(x + length / 2), middle)),
        Math.abs(end),
      );
      if (!(SAFETY * Math.abs(margin(timeAt(x + length), late) - end) <= least)) return true;
    }
    return false;
  };

  let crosses = false;
  /** Whether a piece must be shorter: it leaves the numbers, something rises more and more steeply, or may have changed twice. If not, `crosses` tells whether a border is crossed in it. */
  const isTooLong = (x: number, of: readonly Border[], known: Uint8Array): boolean => {
    const { length } = piece;
    crosses = true;
    if (!isFinite(ahead) || !isFinite(middle)) return length > vanishing;
    if (isUnresolved(x, of)) return true;
    looked = false;
    crosses = false;
    const start = timeAt(x),
      half = timeAt(x + length / 2),
      end = timeAt(x + length);
    for (let c = 0; c < of.length; c++) {
      const border = of[c] as Border;
      const is = known[c] === 1,
        between = border.holds(half, middle);
      if (!is && between) {
        crosses = true;
        continue;
      }
      const after = border.holds(end, ahead);
      if (after && !is) crosses = true;
      if (length <= shortest) continue;
      if (is !== after) {
        if (!isSteadyIn(is !== between, border, x, between)) return true;
        continue;
      }
      if (is !== between) return true;
      const m0 = border.margin(start, y),
        m1 = border.margin(half, middle),
        m2 = border.margin(end, ahead);
      if (!is && !solved && m1 > m0 && m2 - m1 > STEEP * (m1 - m0)) return true;
      const least = is ? Math.min(m0, m1, m2) : -Math.max(m0, m1, m2),
        most = is ? Math.max(m0, m1, m2) : -Math.min(m0, m1, m2);
      // What is further from changing than it has moved does not change.
      if (least <= most - least && !isSteady(border, x, is, is ? m0 : -m0, is ? m1 : -m1, is ? m2 : -m2)) return true;
    }
    return false;
  };

  /** The border that is crossed first in a piece, -1 for none, and `firstAt`, where. */
  const firstCrossed = (x: number, of: readonly Border[], known: Uint8Array): number => {
    const { length } = piece;
    let first = -1;
    piece.firstAt = Infinity;
    for (let c = 0; c < of.length; c++) {
      if (known[c] === 1) continue;
      const border = of[c] as Border;
      const half = border.holds(timeAt(x + length / 2), middle);
      if (!half && !border.holds(timeAt(x + length), ahead)) continue;
      const from = half
        ? root(border, x, 0, length / 2, flowFrom(x))
        : root(border, x, length / 2, length, flowFrom(x));
      if (from < piece.firstAt) [piece.firstAt, first] = [from, c];
    }
    return first;
  };

  /** The longest part, short of `until`, in which no edge is crossed. */
  const shortOf = (until: number, x: number): number => {
    for (let less = 2 * TOLERANCE; less < until; less *= 2) {
      flow(y, x, until - less, trial);
      const time = timeAt(x + until - less);
      if (borders.every((border) => !border.holds(time, trial))) return until - less;
    }
    return 0;
  };
  const forget = (time: number, state: Float64Array, known: Uint8Array): void => {
    for (let c = 0; c < conditions.length; c++) if (known[c] === 1 && !condition(c).holds(time, state)) known[c] = 0;
  };

  /**
   * Moves y towards the crossing of a border that was found `at` ms ahead, and returns how far. One long Runge-Kutta step misses an upstroke that escapes
   * to infinity by a third of the way to it: so the way is taken in shorter and shorter steps until the crossing stands still.
   */
  const approach = (border: Border, x: number, h: number, at: number): number => {
    let walked = 0,
      left = at;
    while (!solved && left * STRIDE > TOLERANCE) {
      const stride = left * STRIDE;
      back.set(y);
      flow(back, x + walked, stride, y);
      const next = upTo(border, x + walked + stride, left - stride, h - walked - stride);
      if (next === null) {
        y.set(back);
        break;
      }
      const moved = Math.abs(stride + next - left);
      walked += stride;
      left = next;
      if (moved <= SETTLED) break;
    }
    flow(y, x + walked, left, trial);
    copy(trial, y);
    return walked + left;
  };
  /** Where a border is crossed, first looked for within `near`; null where it does not within h. */
  const upTo = (border: Border, x: number, near: number, h: number): number | null => {
    if (border.holds(timeAt(x), y)) return null;
    for (let reach = near; ; reach = Math.min(2 * reach, h)) {
      flow(y, x, reach, trial);
      const there = isFinite(trial);
      if (!there || border.holds(timeAt(x + reach), trial)) {
        const at = root(border, x, 0, reach, flowFrom(x));
        if (there) return at;
        flow(y, x, at, trial);
        return isFinite(trial) ? at : null;
      }
      if (reach >= h) return null;
    }
  };

  return {
    y,
    timeAt,
    get found() {
      return found;
    },
    enter(begin, end) {
      step.begin = begin;
      step.end = end;
    },
    start() {
      pieces = 0;
      slips = 0;
      look.first = kernel.firstLook();
      look.longest = kernel.longestLook();
      piece.length = look.first;
    },
    disturbed() {
      piece.length = look.first;
    },
    advance(x, h, known) {
      let length = Math.min(piece.length, h, look.longest);
      let edge = -1,
        edgeAt = Infinity,
        uncut = 0;
      let smooth = edges === null || slips > MOST_SLIPS;
      if (smooth) slips = 0;
      else edges?.begin(timeAt(x), y);
      for (;;) {
        if (++pieces > MOST_PIECES) throw new TooManyPieces();
        piece.length = length;
        flow(y, x, length / 2, middle);
        if (solved) flow(middle, x + length / 2, length / 2, ahead);
        else flow(y, x, length, ahead);
        if (!smooth) {
          if (isTooLong(x, borders, uncrossed)) {
            length /= 2;
            continue;
          }
          smooth = true;
          edge = crosses && isFinite(ahead) && isFinite(middle) ? firstCrossed(x, borders, uncrossed) : -1;
          if (edge >= 0) {
            [edgeAt, uncut] = [piece.firstAt, length];
            length = shortOf(edgeAt, x);
            if (length === 0) break;
            continue;
          }
        }
        if (!isTooLong(x, conditions, known)) break;
        length /= 2;
        edge = -1;
      }
      found = length > 0 && crosses ? firstCrossed(x, conditions, known) : -1;
      piece.length = edge < 0 ? 2 * length : uncut;
      if (found >= 0) return approach(condition(found), x, h, piece.firstAt);
      if (length > 0) forget(timeAt(x + length), ahead, known);
      if (edge < 0) {
        copy(ahead, y);
        return length;
      }
      // On the other side of the edge conditions may hold that did not.
      const walked = approach(borders[edge] as Border, x, h, edgeAt),
        time = timeAt(x + walked);
      forget(time, y, known);
      found = conditions.findIndex((c, k) => known[k] === 0 && c.holds(time, y));
      slips = walked <= TOGETHER ? slips + 1 : 0;
      return walked;
    },
    gather(x, known) {
      if (conditions.length === 1) return 0;
      const time = timeAt(x);
      let wait = 0;
      flow(y, x, TOGETHER, late);
      for (let c = 0; c < conditions.length; c++) {
        const border = condition(c),
          is = border.holds(time, y);
        if (is !== (known[c] === 1) || is === border.holds(timeAt(x + TOGETHER), late)) continue;
        wait = Math.max(wait, root(is ? opposite(border) : border, x, 0, TOGETHER, flowFrom(x)));
      }
      if (wait === 0) return 0;
      flow(y, x, wait, trial);
      if (!condition(found).holds(timeAt(x + wait), trial)) return 0;
      y.set(trial);
      return wait;
    },
    heldCrossing(c, x, h, start) {
      return root(condition(c), x, 0, h, (span) => {
        trial.set(start);
        if (span > 0) kernel.flowHeld(timeAt(x), span, trial);
      });
    },
  };
}
