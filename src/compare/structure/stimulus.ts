// Stimuli in one form, so that two ways of writing one are found equal: a pulse is two steps, and shapes stand in an order of their own.
import { affine } from "../../algebra/affine.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { number, symbol, type Expr } from "../../algebra/expression.ts";
import { digest } from "../../algebra/fraction.ts";
import { normalize } from "../../algebra/normalForm.ts";
import { printExpr } from "../../algebra/print.ts";
import { nought, plus, times } from "../../algebra/reals.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { sin } from "../../runtime/math.ts";
import { type StimulusShape } from "../../4-plan/plan.ts";
import { TIME, shapeSymbol, symbolOf } from "../../4-plan/symbols.ts";
import type { Clause } from "./system.ts";

interface Shape {
  readonly symbol: string;
  readonly kind: string;
  readonly parts: readonly Expr[];
  /** 1 for what is in the input's unit, 0 for times. */
  readonly powers: readonly number[];
}

/** The clause with its shapes among its parts, their symbols numbered by what they are. */
export function stimulusParts(
  clause: Pick<Clause, "shape" | "parts">,
  shapes: readonly StimulusShape[],
): Pick<Clause, "shape" | "parts" | "powers"> {
  const used = shapes.filter((s) => clause.parts.some((e) => symbolsOf(e).has(s.symbol)));
  const always = new Map<string, Expr>();
  const plain: Shape[] = [];
  for (const s of used) {
    if (s.shape === "pulse" && s.from === null && s.to === null) always.set(s.symbol, s.value);
    else plain.push(formOf(s));
  }
  const { parts, shapes: scaled } = withFactors(noiseParts(clause.parts), plain);
  const sorted = scaled
    .map((s) => ({ ...s, order: `${s.kind} ${s.parts.map((e) => printExpr(normalize(e))).join(", ")}` }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const names = new Map([...sorted.map((s, k): [string, Expr] => [s.symbol, symbol(shapeSymbol(`${k}`))]), ...always]);
  return {
    shape: [clause.shape, ...(parts.length > clause.parts.length ? ["noise"] : []), ...sorted.map((s) => s.kind)]
      .filter((s) => s !== "")
      .join("; "),
    parts: [...parts.map((e) => substitute(e, names)), ...sorted.flatMap((s) => s.parts)],
    // The second part is a variance, where there is noise.
    powers: [
      ...parts.map((_, k) => (k === 1 && parts.length > clause.parts.length ? 2 : 1)),
      ...sorted.flatMap((s) => s.powers),
    ],
  };
}

/** Times of a file at which courses are held against each other. */
const MOST_SAMPLES = 2000;

/** What it is at a time: so that two ways of writing it that no form makes one are held against each other. */
export function courseOf(
  clause: Pick<Clause, "parts">,
  shapes: readonly StimulusShape[],
): NonNullable<Clause["course"]> {
  const [only, ...more] = clause.parts;
  const edges = shapes.flatMap((s) =>
    s.shape === "steps"
      ? s.times
      : s.shape === "samples"
        ? s.times.slice(0, MOST_SAMPLES).map(number)
        : [s.from, s.to].filter((e) => e !== null),
  );
  return {
    edges,
    at: (valueOf) =>
      only === undefined || more.length > 0
        ? NaN
        : evaluate(
            only,
            (name) => {
              const shape = shapes.find((s) => s.symbol === name);
              return shape === undefined
                ? valueOf(name)
                : shapeAt(shape, (e) => evaluate(e, valueOf, elementary), valueOf(TIME));
            },
            elementary,
          ),
  };
}

function shapeAt(s: StimulusShape, value: (e: Expr) => number, t: number): number {
  switch (s.shape) {
    case "pulse":
      return (s.from === null || t >= value(s.from)) && (s.to === null || t < value(s.to)) ? value(s.value) : 0;
    case "steps":
      return value(s.values[s.times.findLastIndex((e) => value(e) <= t)] ?? number(0));
    case "sine": {
      const from = s.from === null ? 0 : value(s.from);
      return (s.from !== null && t < from) || (s.to !== null && t >= value(s.to))
        ? 0
        : value(s.amplitude) * sin(2 * Math.PI * value(s.frequency) * (t - from) + value(s.phase));
    }
    case "ramp": {
      const [from, to, start, end] = [value(s.from), value(s.to), value(s.start), value(s.end)];
      return t <= from ? start : t >= to ? end : start + ((end - start) * (t - from)) / (to - from);
    }
    case "samples":
      return s.values[s.times.findLastIndex((e) => e <= t)] ?? 0;
  }
}

/** A stimulus with white noise is its mean and the sum of the squared strengths: noises of one input are nobody else's, and their signs are nothing. */
function noiseParts(parts: readonly Expr[]): readonly Expr[] {
  const [only, ...more] = parts;
  const noises = only === undefined ? [] : [...symbolsOf(only)].filter((s) => symbolOf(s).kind === "noise");
  const linear = only === undefined || more.length > 0 || noises.length === 0 ? null : affine(only, new Set(noises));
  return linear === null
    ? parts
    : [
        linear.rest,
        [...linear.coefficients.values()].map((c) => times(c, c)).reduce((sum, square) => plus(sum, square), nought),
      ];
}

/** 300*pulse(1 pA) is pulse(300 pA): factors of shapes go into their values, but for those of a file. */
function withFactors(
  parts: readonly Expr[],
  shapes: readonly Shape[],
): { readonly parts: readonly Expr[]; readonly shapes: readonly Shape[] } {
  const [first, ...more] = parts;
  const free = shapes.filter((s) => s.parts.length > 0 && !more.some((e) => symbolsOf(e).has(s.symbol)));
  const linear = first === undefined || free.length === 0 ? null : affine(first, new Set(free.map((s) => s.symbol)));
  if (linear === null) return { parts, shapes };
  return {
    parts: [[...linear.coefficients.keys()].reduce((sum, s) => plus(sum, symbol(s)), linear.rest), ...more],
    shapes: shapes.map((s) => {
      const factor = linear.coefficients.get(s.symbol);
      return factor === undefined
        ? s
        : { ...s, parts: s.parts.map((e, k) => (s.powers[k] === 1 ? times(factor, e) : e)) };
    }),
  };
}

function formOf(s: StimulusShape): Shape {
  switch (s.shape) {
    case "pulse": {
      const steps = [s.from ?? number(0), s.value, ...(s.to === null ? [] : [s.to, number(0)])];
      return { symbol: s.symbol, kind: `steps ${steps.length / 2}`, parts: steps, powers: steps.map((_, k) => k % 2) };
    }
    case "steps":
      return {
        symbol: s.symbol,
        kind: `steps ${s.times.length}`,
        parts: s.times.flatMap((t, k) => [t, s.values[k] ?? number(0)]),
        powers: s.times.flatMap(() => [0, 1]),
      };
    case "ramp":
      return { symbol: s.symbol, kind: "ramp", parts: [s.start, s.end, s.from, s.to], powers: [1, 1, 0, 0] };
    case "sine":
      // Without a start the phase counts from 0.
      return {
        symbol: s.symbol,
        kind: s.to === null ? "sine" : "sine to",
        parts: [s.amplitude, s.frequency, s.phase, s.from ?? number(0), ...(s.to === null ? [] : [s.to])],
        powers: [1, 0, 0, 0, 0],
      };
    case "samples":
      return {
        symbol: s.symbol,
        kind: `samples ${s.times.length} ${digest(JSON.stringify([s.times, s.values]))}`,
        parts: [],
        powers: [],
      };
  }
}
