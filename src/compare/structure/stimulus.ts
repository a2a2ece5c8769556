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
import { present } from "../../base/invariant.ts";
import { sin } from "../../runtime/math.ts";
import { numbers, partsOfKind, shapeOf, shapeValue } from "../../stimuli/shapes.ts";
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
    if (s.shape === "named" && s.name === "pulse" && s.parts.size === 1)
      always.set(s.symbol, present(s.parts.get("value"), "value"));
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
        : partsOfKind(s, "time"),
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
    case "named":
      return shapeValue(s, value, {
        ...numbers(sin),
        t,
        during: (from, to, x) => ((from === null || t >= from) && (to === null || t < to) ? x : 0),
        along: (from, to, before, inside, after) =>
          t <= from ? before : t >= to ? after : inside((t - from) / (to - from)),
      });
    case "steps":
      return value(s.values[s.times.findLastIndex((e) => value(e) <= t)] ?? number(0));
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
    case "named": {
      const [from, to] = [s.parts.get("from") ?? number(0), s.parts.get("to")];
      if (s.name === "pulse") {
        const steps = [from, present(s.parts.get("value"), "value"), ...(to === undefined ? [] : [to, number(0)])];
        return {
          symbol: s.symbol,
          kind: `steps ${steps.length / 2}`,
          parts: steps,
          powers: steps.map((_, k) => k % 2),
        };
      }
      // Without a start the phase of a sine counts from 0.
      const given = shapeOf(s.name).parts.flatMap((p) => {
        const own = p.name === "from" ? from : s.parts.get(p.name);
        return own === undefined ? [] : [{ own, power: p.is === "value" ? 1 : 0 }];
      });
      return {
        symbol: s.symbol,
        kind: to === undefined ? s.name : `${s.name} to`,
        parts: given.map((p) => p.own),
        powers: given.map((p) => p.power),
      };
    }
    case "steps":
      return {
        symbol: s.symbol,
        kind: `steps ${s.times.length}`,
        parts: s.times.flatMap((t, k) => [t, s.values[k] ?? number(0)]),
        powers: s.times.flatMap(() => [0, 1]),
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
