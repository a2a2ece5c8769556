// Stimuli as functions of the time, so that two ways of writing one are found equal: a pulse is an `if`, a sine is `sin` while it lasts.
import { affine } from "../../algebra/affine.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { call, number, symbol, type CompareOperator, type Expr } from "../../algebra/expression.ts";
import { digest } from "../../algebra/fraction.ts";
import { either, minus, nought, plus, times, unity } from "../../algebra/reals.ts";
import { mapExpr, substitute, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { stepsIn } from "../../runtime/clock.ts";
import { sin } from "../../runtime/math.ts";
import type { ShapeClock } from "../../stimuli/shape.ts";
import { partsOfKind, shapeValue, stepClock } from "../../stimuli/shapes.ts";
import type { EachColumn } from "../../3-check/checked.ts";
import { type StimulusShape } from "../../4-plan/plan.ts";
import { STEP, TIME, listSymbol, shapeSymbol, symbolOf } from "../../4-plan/symbols.ts";
import { knownValue, NOISE_POWERS, noiseIn, withoutNoise, type Clause } from "./system.ts";
import { isPolynomial, TURNED } from "./wholeNumbers.ts";

/**
 * The time that shapes go by. In step n their times are compared as n >= round(a/dt), halves away from 0: a < (n + 1/2)·dt. So this is (n + 1/2)·dt,
 * approached from below, for all n and dt, and what holds at all its values holds in all steps.
 */
const CLOCK = symbol(shapeSymbol("clock"));
/** Whole steps are counted from the first to the last: of their share nothing is known but where it begins and ends. */
const RAMP_ENDS = [symbol(shapeSymbol("from")), symbol(shapeSymbol("to"))] as const;

const PULSE_TIMES = [symbol(shapeSymbol("from")), symbol(shapeSymbol("width")), symbol(shapeSymbol("every"))] as const;

/** Points of steps that are written out; more are known by their digest. */
const MOST_POINTS = 24;
/** Points at which courses are held against each other. */
const MOST_SAMPLES = 2000;

/** Its mean, and its noise as a strength and a variance: noises of one input are nobody else's, and their signs are nothing. `step`: where it is a number. */
export function stimulusForm(
  clause: Pick<Clause, "shape" | "parts">,
  shapes: readonly StimulusShape[],
  step: number | null,
): Pick<Clause, "parts" | "course" | "atAnyStep" | "powers"> {
  const [only, ...more] = clause.parts;
  if (only === undefined || more.length > 0) return { parts: clause.parts };
  const noises = new Set([...symbolsOf(only)].filter((s) => symbolOf(s).kind === "noise"));
  const parts = [withoutNoise(only, noises), ...(noiseIn(only, noises, () => true)?.parts ?? [nought, nought])];
  const forms = new Map(shapes.map((s) => [s.symbol, formOf(s)]));
  return {
    parts: parts.map((e) => substitute(onClock(e, step), forms)),
    atAnyStep: parts.map((e) => substitute(e, forms)),
    powers: [1, ...NOISE_POWERS],
    course: courseOf(parts, shapes, step),
  };
}

/** What it is at a time, shapes and all: where two forms are not proven to be one, their values say whether they are two. */
function courseOf(
  parts: readonly Expr[],
  shapes: readonly StimulusShape[],
  step: number | null,
): NonNullable<Clause["course"]> {
  const edges = shapes.flatMap((s) =>
    s.shape === "steps"
      ? s.times
      : s.shape === "samples"
        ? s.times.slice(0, MOST_SAMPLES).map(number)
        : [...partsOfKind(s, "time"), ...partsOfKind(s, "period")],
  );
  return {
    edges,
    step,
    at: (valueOf) => {
      const value = (e: Expr): number => evaluate(e, valueOf, elementary);
      const known = (name: string): number => {
        const shape = shapes.find((s) => s.symbol === name);
        return shape === undefined ? valueOf(name) : shapeAt(shape, value, valueOf(TIME), step);
      };
      return parts.map((e) => knownValue(e, known));
    },
  };
}

/** On the clock of the steps, where they are known: times are rounded to them. */
function shapeAt(s: StimulusShape, value: (e: Expr) => number, t: number, step: number | null): number {
  const place = (time: number): number => (step === null ? time : stepsIn(time, step));
  const now = place(t);
  switch (s.shape) {
    case "named":
      return shapeValue(s, value, stepClock(now, { t, stepOf: place, sin }));
    case "steps":
      return value(s.values[s.times.findLastIndex((e) => place(value(e)) <= now)] ?? nought);
    case "samples":
      if (s.each !== null) return NaN;
      return s.values[s.times.findLastIndex((e) => place(e) <= now)] ?? 0;
  }
}

function formOf(s: StimulusShape): Expr {
  switch (s.shape) {
    case "named":
      return shapeValue(s, (e) => e, FORMS);
    case "steps":
      return stepsForm(s.times, s.values);
    case "samples":
      return stepsForm(s.times.map(number), s.each === null ? s.values.map(number) : rowsOf(s.each, s.times.length));
  }
}

/** What neurons get from each time on: a list of theirs, that begins where they do. */
function rowsOf({ first, columns }: EachColumn, count: number): readonly Expr[] {
  const others = Array.from({ length: first }, () => 0);
  return Array.from({ length: count }, (_, k) =>
    symbol(listSymbol([...others, ...columns.map((column) => column[k] ?? 0)])),
  );
}

const FORMS: ShapeClock<Expr> = {
  number,
  plus,
  minus,
  times,
  sin: (angle) => call("sin", angle),
  t: symbol(TIME),
  during(from, to, value) {
    const lasting = to === null ? value : since(to, nought, value);
    return from === null ? lasting : since(from, lasting, nought);
  },
  repeated(from, every, width, value) {
    // Below 0 where it is there: a function that no law is known of, of what decides it and of nothing else.
    const [begins, lasts, again] = PULSE_TIMES;
    const place = call(
      "round",
      plus(CLOCK, plus(times(again, every), plus(times(lasts, width), times(begins, from ?? nought)))),
    );
    return either({ kind: "compare", operator: "<", left: place, right: nought }, value, nought);
  },
  along(from, to, before, inside, after) {
    // 0 up to the step where it begins, 1 from that where it ends: a function that no law is known of, of what decides it and of nothing else.
    const [begins, ends] = RAMP_ENDS;
    const share = call("round", plus(CLOCK, plus(times(begins, from), times(ends, to))));
    const is = (operator: CompareOperator, right: Expr): Expr => ({ kind: "compare", operator, left: share, right });
    return either(is("<=", nought), before, either(is(">=", unity), after, inside(share)));
  },
};

function stepsForm(at: readonly Expr[], values: readonly Expr[]): Expr {
  if (at.length > MOST_POINTS && [...at, ...values].every((e) => e.kind === "number"))
    return symbol(shapeSymbol(`samples ${digest(JSON.stringify([at, values]))}`));
  return at.reduce((before, time, k) => since(time, values[k] ?? nought, before), nought);
}

/** The clock is after 0. */
function since(time: Expr, then: Expr, before: Expr): Expr {
  return time.kind === "number" && time.value <= 0 ? then : either(clockIs(">=", time), then, before);
}

/** A name or a number, multiplied by powers of 2, which rounds nothing. */
function isExact(e: Expr): boolean {
  if (e.kind === "negate") return isExact(e.operand);
  if (e.kind !== "arithmetic" || e.operator !== "*") return e.kind === "number" || e.kind === "symbol";
  const isPower = (f: Expr): boolean => f.kind === "number" && isPowerOf2(Math.abs(f.value));
  return isExact(e.left) && isExact(e.right) && (isPower(e.left) || isPower(e.right));
}

function isPowerOf2(x: number): boolean {
  const larger = x < 1 ? 1 / x : x;
  return Number.isSafeInteger(larger) && Number.isInteger(2 ** 53 / larger);
}

function clockIs(operator: CompareOperator, right: Expr): Expr {
  return { kind: "compare", operator, left: CLOCK, right };
}

/** Conditions on t_n = n·dt, where dt is a number and t_n the double next to it, as the shapes have them: t < c is n < ⌈c/dt⌉, t <= c is n < ⌊c/dt⌋ + 1. */
function onClock(e: Expr, dt: number | null): Expr {
  if (dt === null || (1 / Math.round(1 / dt) !== dt && !Number.isInteger(dt))) return e;
  return mapExpr(e, (node) => {
    if (node.kind !== "compare" || !symbolsOf(node).has(TIME) || !isPolynomial(node)) return node;
    const excess = affine(substitute(minus(node.left, node.right), new Map([[STEP, number(dt)]])), new Set([TIME]));
    const slope = excess?.coefficients.get(TIME);
    if (excess === null || slope?.kind !== "number" || symbolsOf(excess.rest).size > 0) return node;
    const steps = evaluate(excess.rest, () => NaN, elementary) / -slope.value / dt;
    const isPlain = [node.left, node.right].every(isExact);
    const whole = Math.round(steps);
    const isWhole = Math.abs(steps - whole) < 1e-6;
    // Of a sum that is a time of the grid but for rounding nobody knows on which side of it it lies.
    if (!Number.isFinite(steps) || (isWhole && !isPlain)) return node;
    const from = (n: number): Expr => clockIs(">=", times(number(n), number(dt)));
    const before = (n: number): Expr => clockIs("<", times(number(n), number(dt)));
    const [least, next] = [isWhole ? whole : Math.ceil(steps), isWhole ? whole + 1 : Math.ceil(steps)];
    switch (slope.value > 0 ? node.operator : TURNED[node.operator]) {
      case "<":
        return before(least);
      case ">=":
        return from(least);
      case "<=":
        return before(next);
      case ">":
        return from(next);
      default:
        return node;
    }
  });
}
