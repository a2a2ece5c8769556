// What drove an input from outside, as a curve: the plan's stimulus of a population's first neuron, without its noise.
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { elementary } from "../4-plan/elementary.ts";
import { type InputPlan, type StimulusShape } from "../4-plan/plan.ts";
import { NEURON, STEP, TIME } from "../4-plan/symbols.ts";
import { stepsIn, timeOf } from "../runtime/clock.ts";
import { sin } from "../runtime/math.ts";
import { partsOfKind, type NamedShape, shapeOf, shapeValue, stepClock } from "../stimuli/shapes.ts";

/** Numbers that a stimulus is made of: parameters of the neuron and the set-up by their symbols. */
export type NumberOf = (symbol: string) => number;

/** Times in ms, values in the input's shown unit. Null where the stimulus is 0 throughout or has no value. */
export function stimulusTrace(
  input: InputPlan,
  numberOf: NumberOf,
  dt: number,
  steps: number,
): { readonly t: readonly number[]; readonly y: readonly number[] } | null {
  const { multiply, divide } = input.shown;
  let now = 0;
  const value = (symbol: string): number => {
    const shape = shapes.get(symbol);
    if (shape !== undefined) return shape(now);
    return symbol === TIME ? timeOf(now, dt) : symbol === STEP ? dt : symbol === NEURON ? 0 : numberOf(symbol);
  };
  const shapes = new Map(input.shapes.map((shape) => [shape.symbol, courseOf(shape, value, dt)]));
  const valueAt = (n: number): number => {
    now = n;
    return (evaluate(input.stimulus, value, elementary) * multiply) / divide;
  };
  const sampled = samplesOf(input, numberOf, dt, steps);
  const y = sampled.map(valueAt);
  if (!y.some((value) => Number.isFinite(value) && value !== 0)) return null;
  return { t: sampled.map((n) => timeOf(n, dt)), y };
}

/** Points of an even grid for what changes smoothly; more than a figure has pixels. */
const SMOOTH = 2000;

/** Steps at which the curve has to be known: both sides of every jump, both ends, and an even grid if it changes smoothly. */
function samplesOf(input: InputPlan, numberOf: NumberOf, dt: number, steps: number): number[] {
  const value = (symbol: string): number => (symbol === STEP ? dt : symbol === NEURON ? 0 : numberOf(symbol));
  const jumps = input.shapes.flatMap((shape): number[] => {
    const at = (e: Expr): number => stepsIn(evaluate(e, value, elementary), dt);
    switch (shape.shape) {
      case "named":
        return [...partsOfKind(shape, "time").map(at), ...repeatedJumps(shape, at, steps)];
      case "steps":
        return shape.times.map(at);
      case "samples":
        return shape.times.map((t) => stepsIn(t, dt));
    }
  });
  const smooth =
    symbolsOf(input.stimulus).has(TIME) || input.shapes.some((s) => s.shape === "named" && shapeOf(s.name).smooth);
  const grid = smooth ? Array.from({ length: SMOOTH + 1 }, (_, k) => Math.round((k * steps) / SMOOTH)) : [];
  const wanted = new Set([0, steps, ...grid, ...jumps.flatMap((n) => [n - 1, n])]);
  return [...wanted].filter((n) => n >= 0 && n <= steps).sort((a, b) => a - b);
}

/** Where pulses begin and end; of more than a figure has pixels the first. */
function repeatedJumps({ parts, name }: NamedShape<Expr>, at: (e: Expr) => number, steps: number): number[] {
  const [every] = partsOfKind({ shape: "named", parts, name }, "period").map(at);
  if (every === undefined || every < 1) return [];
  const part = (wanted: string): number => {
    const given = parts.get(wanted);
    return given === undefined ? 0 : at(given);
  };
  const [from, width] = [part("from"), part("width")];
  const count = Math.min(SMOOTH, Math.ceil((steps - from) / every));
  return Array.from({ length: Math.max(0, count) }, (_, k) => [from + k * every, from + k * every + width]).flat();
}

/** Its value at a step. Times are looked up once: a file may have a million. */
function courseOf(shape: StimulusShape, value: NumberOf, dt: number): (n: number) => number {
  const number = (e: Expr): number => evaluate(e, value, elementary);
  const stepOf = (time: number): number => stepsIn(time, dt);
  switch (shape.shape) {
    case "named":
      return (n) => shapeValue(shape, number, stepClock(n, { t: timeOf(n, dt), stepOf, sin }));
    case "steps": {
      const last = lastAt(() => shape.times.map((e) => stepOf(number(e))));
      return (n) => {
        const held = shape.values[last(n)];
        return held === undefined ? 0 : number(held);
      };
    }
    case "samples": {
      const last = lastAt(() => shape.times.map(stepOf));
      return (n) => shape.values[last(n)] ?? 0;
    }
  }
}

/** Place of the last of the ascending times that is not after n; -1 before the first. */
function lastAt(timesOf: () => readonly number[]): (n: number) => number {
  let times: readonly number[] | null = null;
  return (n) => {
    times ??= timesOf();
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? Infinity) <= n) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
}
