// The automaton of spikes and events of the language reference, written once more over small Runge-Kutta steps and bisection: it knows the models of `eventModels.ts`, and nothing of glif.
import { DURATION, type Change, type Condition, type EventModel } from "../laws/eventModels.ts";

export interface Solved {
  readonly spikes: readonly number[];
  readonly events: readonly { readonly count: number; readonly sum: number; readonly last: number }[];
  readonly states: readonly number[];
}

/** A condition that goes on making itself true, at one time or at times that close up. */
export class Endless extends Error {}

/** Arrivals and ends of refractory periods this close to a time are at that time; conditions that become true this close together do so together. */
const NEAR = 1e-9;
/** Crossings that follow one another so closely (ms) close up. */
const CLOSING_UP = 1e-5;

export function solve(model: EventModel, step: number, substep: number, shift = 0): Solved {
  const moving = model.equations.length;
  let y = model.initial.map((v, k) => (k < moving ? v + shift : v));
  let input = 0,
    freeAt = -Infinity,
    lastSpike = -Infinity,
    lastCrossing = -Infinity;
  const spikes: number[] = [];
  const events = model.events.map(() => ({ count: 0, sum: 0, last: 0 }));
  const conditions = [model.spike.condition, ...model.events.map((e) => e.condition)];
  const isLevel = model.spike.reset !== null;
  const arrivals = model.arrivals.map((time) => time + model.delay);

  const holds = (c: number, t: number, at: readonly number[]): boolean => truth(conditions[c] as Condition, t, at);
  const known = conditions.map((_, c) => !(c === 0 && isLevel) && holds(c, 0, y));
  const isHeld = (t: number): boolean => t < freeAt - NEAR;
  const apply = (changes: readonly Change[], to: readonly number[]): number[] => {
    const after = [...to];
    for (const { of, scale, add } of changes) after[of] = scale * (to[of] ?? NaN) + add;
    return after;
  };

  const slopes = (at: readonly number[], held: boolean): number[] =>
    at.map((value, k) => {
      const equation = model.equations[k];
      if (equation === undefined || (held && model.spike.held.includes(k))) return 0;
      const { τ, drive, gain, coupling, cubic } = equation;
      return (
        (drive + gain * input + coupling.reduce((sum, w, j) => sum + w * (at[j] ?? NaN), 0) - cubic * value ** 3) / τ
      );
    });
  const flow = (from: readonly number[], h: number, held: boolean): number[] => {
    let at = [...from];
    const pieces = Math.max(1, Math.ceil(h / substep - NEAR)),
      piece = h / pieces;
    const plus = (k: readonly number[], by: number): number[] => at.map((v, i) => v + by * (k[i] ?? NaN));
    for (let n = 0; n < pieces; n++) {
      const k1 = slopes(at, held),
        k2 = slopes(plus(k1, piece / 2), held),
        k3 = slopes(plus(k2, piece / 2), held),
        k4 = slopes(plus(k3, piece), held);
      at = at.map(
        (v, i) => v + (piece / 6) * ((k1[i] ?? NaN) + 2 * (k2[i] ?? NaN) + 2 * (k3[i] ?? NaN) + (k4[i] ?? NaN)),
      );
    }
    return at;
  };

  const lose = (t: number): void => known.forEach((_, c) => (known[c] = holds(c, t, y)));
  const happen = (t: number): void => {
    for (let rounds = 0; ; rounds++) {
      if (isHeld(t)) return lose(t);
      if (rounds > 100) throw new Endless();
      const become = known.map((was, c) => holds(c, t, y) && !was);
      lose(t);
      if (!become.includes(true)) return;
      if (become[0] === true) {
        y = apply(model.spike.reset ?? [], y);
        spikes.push(t);
        lastSpike = t;
        if (model.spike.period > 0) freeAt = t + model.spike.period;
      }
      model.events.forEach((event, k) => {
        const told = events[k];
        if (become[k + 1] !== true || told === undefined) return;
        y = apply(event.changes, y);
        told.count++;
        told.sum += t;
        told.last = t;
      });
    }
  };
  const arrive = (t: number): void => {
    while ((arrivals[0] ?? Infinity) <= t + NEAR) {
      arrivals.shift();
      if (!(isHeld(t) && model.spike.held.includes(model.jump.of))) y = apply([model.jump], y);
    }
  };

  const leaves = conditions.flatMap(leavesOf);
  /** Where in (0, h] after t a leaf is no longer what it is at 0. */
  const root = (leaf: Leaf, t: number, h: number): number => {
    const is = leaf(t, y);
    let low = 0,
      high = h;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (leaf(t + middle, flow(y, middle, false)) !== is) high = middle;
      else low = middle;
    }
    return high;
  };
  /** Goes on to `until`, or to the first change of a leaf before it, the only places where conditions can change; returns the time. */
  const advance = (t: number, until: number): number => {
    const end = Math.min(until, t + substep),
      h = end - t;
    const ahead = flow(y, h, false);
    const changes = leaves.flatMap((leaf) => (leaf(t, y) !== leaf(end, ahead) ? [root(leaf, t, h)] : []));
    const first = Math.min(...changes);
    if (changes.length === 0) {
      y = ahead;
      return end;
    }
    const at = Math.max(...changes.filter((x) => x <= first + NEAR));
    y = flow(y, at, false);
    const time = h - at < NEAR ? end : t + at;
    known.forEach((was, c) => (known[c] = was && holds(c, time, y)));
    if (known.every((was, c) => was || !holds(c, time, y))) return time;
    if (time - lastCrossing < CLOSING_UP) throw new Endless();
    lastCrossing = time;
    happen(time);
    return time;
  };

  const steps = Math.round(DURATION / step);
  for (let n = 0; n < steps; n++) {
    const begin = n / Math.round(1 / step),
      end = (n + 1) / Math.round(1 / step);
    input = model.pulses.reduce(
      (sum, { value, from, to }) => sum + (n >= Math.round(from / step) && n < Math.round(to / step) ? value : 0),
      0,
    );
    arrive(begin);
    happen(begin);
    let instants = 0;
    for (let t = begin; t < end;) {
      if (++instants > 1000) throw new Endless();
      const next = Math.min(end, (arrivals[0] ?? Infinity) > end - NEAR ? end : (arrivals[0] ?? end));
      if (isHeld(t)) {
        const until = Math.min(next, freeAt > end - NEAR ? end : freeAt);
        y = flow(y, until - t, true);
        t = until;
        if (!isHeld(t)) {
          // What becomes true just here is after the period.
          lose(t - 2 * NEAR);
          if (isLevel) known[0] = false;
        }
        happen(t);
      } else {
        t = advance(t, next);
      }
      if (t >= end && isLevel && known[0] === true && lastSpike !== t && !isHeld(t)) {
        known[0] = false;
        happen(t);
      }
      if (t < end && (arrivals[0] ?? Infinity) <= t + NEAR) {
        arrive(t);
        happen(t);
      }
    }
  }
  return { spikes, events, states: y };
}

function truth(c: Condition, t: number, y: readonly number[]): boolean {
  const x = (k: number): number => y[k] ?? NaN;
  switch (c.kind) {
    case "and":
      return truth(c.left, t, y) && truth(c.right, t, y);
    case "or":
      return truth(c.left, t, y) || truth(c.right, t, y);
    case "not":
      return !truth(c.of, t, y);
    case "whole": {
      const value = whole(c, x(c.of));
      return c.operator === "==" ? value === c.bound : c.operator === "!=" ? value !== c.bound : value > c.bound;
    }
    case "fraction": {
      const u = c.scale * Math.min(2, Math.max(-1, x(c.of)));
      return u - Math.floor(u) < c.part;
    }
    case "between":
      return x(c.of) >= c.low && x(c.of) <= c.high;
    case "chosen":
      return x(c.of) > (truth(c.by, t, y) ? c.then : c.otherwise);
    case "time":
    case "state": {
      const value = c.kind === "time" ? t : c.weights.reduce((sum, w, k) => sum + w * x(k), 0);
      return c.operator === ">"
        ? value > c.bound
        : c.operator === "<"
          ? value < c.bound
          : c.operator === ">="
            ? value >= c.bound
            : value <= c.bound;
    }
  }
}

type Leaf = (t: number, y: readonly number[]) => boolean | number;

/** All that a condition is made of and that changes in jumps, each of them at one place of a state that rises. */
function leavesOf(c: Condition): readonly Leaf[] {
  switch (c.kind) {
    case "and":
    case "or":
      return [...leavesOf(c.left), ...leavesOf(c.right)];
    case "not":
      return leavesOf(c.of);
    case "whole":
      return [(_, y) => whole(c, y[c.of] ?? NaN)];
    case "fraction":
      return [(_, y) => Math.floor(c.scale * Math.min(2, Math.max(-1, y[c.of] ?? NaN))), (t, y) => truth(c, t, y)];
    case "between":
      return [(_, y) => (y[c.of] ?? NaN) >= c.low, (_, y) => (y[c.of] ?? NaN) <= c.high];
    case "chosen":
      return [...leavesOf(c.by), (_, y) => (y[c.of] ?? NaN) > c.then, (_, y) => (y[c.of] ?? NaN) > c.otherwise];
    case "time":
    case "state":
      return [(t, y) => truth(c, t, y)];
  }
}

function whole({ by, scale }: Extract<Condition, { kind: "whole" }>, x: number): number {
  switch (by) {
    case "floor":
      return Math.floor(scale * x);
    case "ceil":
      return Math.ceil(scale * x);
    // halves go away from 0
    case "round":
      return Math.sign(x) * Math.floor(Math.abs(scale * x) + 0.5);
  }
}
