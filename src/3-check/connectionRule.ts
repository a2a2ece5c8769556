// Which neurons a connection connects: probabilities, numbers, conditions and files, each against the populations as large as they are by default.
import { textOf } from "../base/source.ts";
import {
  badCount,
  badProbability,
  dependsOnNeurons,
  multipleWithoutMeaning,
  onlyWithItself,
  sizesDiffer,
  tooFewPartners,
} from "../diagnostics/network.ts";
import { DIMENSIONLESS } from "../quantities/dimension.ts";
import type { ResolvedRule } from "../2-resolve/resolved.ts";
import { condition } from "./agree.ts";
import type { CheckedExpr, CheckedRule } from "./checked.ts";
import type { Context } from "./context.ts";
import { evaluateAny } from "./evaluate.ts";
import type { Values } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";
import { readPairs } from "./pairsFile.ts";
import type { CheckedPair } from "./synapse.ts";
import { visit } from "./walk.ts";

/** Neurons that can be connected at one end. */
export interface Extent {
  readonly population: string;
  /** As written: `E`, `E[0..9]`. */
  readonly words: string;
  /** First and last, both included; null where that is not known. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

export interface RuleBase {
  readonly pair: CheckedPair;
  readonly source: Extent;
  readonly target: Extent;
  readonly values: Values;
  readonly context: Context;
}

export function checkRule(rule: ResolvedRule, base: RuleBase): CheckedRule {
  const { context } = base;
  const where = rule.where === null ? null : condition(measure(rule.where, context), "`where`", context).expr;
  const common = { where, self: rule.self, multiple: rule.multiple, origin: rule.span };
  switch (rule.name) {
    case "all":
      return { kind: "all", ...common };
    case "one_to_one": {
      const [from, to] = [sizeOf(base.source), sizeOf(base.target)];
      if (from !== null && to !== null && from !== to)
        context.say(sizesDiffer(rule.span, { source: base.source.words, from, target: base.target.words, to }));
      else if (!rule.self && from !== null && from > 0 && commonNeurons(base.source, base.target) === from)
        context.say(onlyWithItself(rule.span, { source: base.source.words }));
      return { kind: "one_to_one", ...common };
    }
    case "random": {
      if (rule.multiple) context.say(multipleWithoutMeaning(rule.span, {}));
      return { kind: "random", p: probability(rule, base), ...common };
    }
    case "indegree":
    case "outdegree":
    case "total":
      return { kind: rule.name, n: numberOf(rule, rule.name, base), ...common };
    case "file":
      return { kind: "file", ...readPairs(rule, base), ...common };
  }
}

function probability({ argument, span }: ResolvedRule, { values, context }: RuleBase): CheckedExpr {
  const p = expectDimension(
    measure(argument ?? { kind: "missing", span }, context),
    { what: "the probability `p`", dimension: DIMENSIONLESS, example: "0.1" },
    context,
  ).expr;
  const value = evaluateAny(p, values);
  if (value !== null && !(value >= 0 && value <= 1))
    context.say(badProbability(p.origin, { value: spelled(p, value) }));
  return p;
}

function numberOf(
  { argument, span, multiple, self }: ResolvedRule,
  kind: "indegree" | "outdegree" | "total",
  base: RuleBase,
): CheckedExpr {
  const { values, context } = base;
  const n = expectDimension(
    measure(argument ?? { kind: "missing", span }, context),
    { what: "the number `n`", dimension: DIMENSIONLESS, example: "10" },
    context,
  ).expr;
  let differs: CheckedExpr | null = null;
  visit(n, (e) => {
    if (e.kind === "neuron" || e.kind === "target" || e.kind === "end") differs ??= e;
  });
  if (differs !== null) {
    context.say(
      dependsOnNeurons((differs as CheckedExpr).origin, {
        written: textOf((differs as CheckedExpr).origin),
        rule: kind,
      }),
    );
    return n;
  }
  const value = evaluateAny(n, values);
  if (value === null) return n;
  if (!Number.isInteger(value) || value < 0)
    context.say(
      badCount(n.origin, { value: spelled(n, value), isFraction: Number.isFinite(value) && !Number.isInteger(value) }),
    );
  else {
    const most = mostOf(kind, base, self);
    if (most !== null && value > most && (!multiple || most === 0))
      context.say(
        tooFewPartners(n.origin, {
          rule: kind,
          value,
          most,
          source: base.source.words,
          target: base.target.words,
          withoutSelf: !self && meets(base.source, base.target),
        }),
      );
  }
  return n;
}

/** How many different partners there are, or different pairs; null where that is not known. An upper bound: a `where` may leave out more. */
function mostOf(kind: "indegree" | "outdegree" | "total", { source, target }: RuleBase, self: boolean): number | null {
  const [from, to] = [sizeOf(source), sizeOf(target)];
  if (from === null || to === null) return null;
  const common = self ? 0 : commonNeurons(source, target);
  if (kind === "total") return from * to - common;
  const [partners, owners] = kind === "indegree" ? [from, to] : [to, from];
  // Nobody asks for partners where there are none to have them; a neuron that is its own partner has one less.
  return owners === 0 ? null : common > 0 ? partners - 1 : partners;
}

function sizeOf({ range }: Extent): number | null {
  return range === null ? null : range.to - range.from + 1;
}

function commonNeurons(a: Extent, b: Extent): number {
  if (a.population !== b.population || a.range === null || b.range === null) return 0;
  return Math.max(0, Math.min(a.range.to, b.range.to) - Math.max(a.range.from, b.range.from) + 1);
}

function meets(a: Extent, b: Extent): boolean {
  return commonNeurons(a, b) > 0;
}

function spelled(expr: CheckedExpr, value: number): string {
  const text = textOf(expr.origin);
  return text === String(value) || text.startsWith("-") ? text : `${text} = ${value}`;
}
