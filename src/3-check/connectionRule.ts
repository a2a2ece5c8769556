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
import { knownUnit } from "../quantities/unit.ts";
import { ruleOf, type RuleName } from "../runtime/rules.ts";
import type { RuleArgument } from "../runtime/rules/rule.ts";
import type { ResolvedRule } from "../2-resolve/resolved.ts";
import { condition } from "./agree.ts";
import type { CheckedExpr, CheckedRule, CheckedRuleArgument } from "./checked.ts";
import type { Context } from "./context.ts";
import { evaluateAny } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";
import { readPairs } from "./pairsFile.ts";
import type { Extent, RuleBase } from "./ruleBase.ts";
import { visit } from "./walk.ts";

export function checkRule(rule: ResolvedRule, base: RuleBase): CheckedRule {
  const { context } = base;
  const where = rule.where === null ? null : condition(measure(rule.where, context), "`where`", context).expr;
  const common = { where, self: rule.self, multiple: rule.multiple, origin: rule.span };
  if (rule.name === "file") return { kind: "file", ...readPairs(rule, base), ...common };
  const declared = ruleOf(rule.name);
  if (declared.pairsUp === true) demandPartners(rule, base);
  if (rule.multiple && declared.arguments.some((a) => a.is === "probability"))
    context.say(multipleWithoutMeaning(rule.span, {}));
  return { kind: rule.name, arguments: declared.arguments.map((a) => checkArgument(rule, a, base)), ...common };
}

/** The k-th source is connected with the k-th target. */
function demandPartners({ span, self }: ResolvedRule, { source, target, context }: RuleBase): void {
  const [from, to] = [sizeOf(source), sizeOf(target)];
  if (from !== null && to !== null && from !== to)
    context.say(sizesDiffer(span, { source: source.words, from, target: target.words, to }));
  else if (!self && from !== null && from > 0 && commonNeurons(source, target) === from)
    context.say(onlyWithItself(span, { source: source.words }));
}

function checkArgument(
  rule: ResolvedRule,
  { name, what, example, is, unit }: RuleArgument,
  base: RuleBase,
): CheckedRuleArgument {
  const { values, context } = base;
  const value = expectDimension(
    measure(rule.arguments.get(name) ?? { kind: "missing", span: rule.span }, context),
    { what, dimension: knownUnit(unit).dimension, example },
    context,
  ).expr;
  if (is === "probability") {
    const p = evaluateAny(value, values);
    if (p !== null && !(p >= 0 && p <= 1)) context.say(badProbability(value.origin, { value: spelled(value, p) }));
  } else if (isOneForAll(value, name, rule.name, context)) {
    const n = evaluateAny(value, values);
    if (n !== null && (is === "sources" || is === "targets" || is === "pairs")) demandCount(value, n, is, rule, base);
  }
  return { name, is, value };
}

function isOneForAll(value: CheckedExpr, argument: string, rule: RuleName, context: Context): boolean {
  const differing: CheckedExpr[] = [];
  visit(value, (e) => {
    if (e.kind === "neuron" || e.kind === "target" || e.kind === "end") differing.push(e);
  });
  const [first] = differing;
  if (first !== undefined)
    context.say(dependsOnNeurons(first.origin, { written: textOf(first.origin), argument, rule }));
  return first === undefined;
}

type Counted = "sources" | "targets" | "pairs";

/** A whole number, and no more than there are to choose from. */
function demandCount(
  expr: CheckedExpr,
  value: number,
  of: Counted,
  { multiple, self }: ResolvedRule,
  { source, target, context }: RuleBase,
): void {
  if (!Number.isInteger(value) || value < 0) {
    const isFraction = Number.isFinite(value) && !Number.isInteger(value);
    return context.say(badCount(expr.origin, { value: spelled(expr, value), isFraction }));
  }
  const most = mostOf(of, source, target, self);
  if (most === null || value <= most || (multiple && most > 0)) return;
  const withoutSelf = !self && commonNeurons(source, target) > 0;
  context.say(
    tooFewPartners(expr.origin, { of, value, most, source: source.words, target: target.words, withoutSelf }),
  );
}

/** How many different partners there are, or different pairs; null where that is not known. An upper bound: a `where` may leave out more. */
function mostOf(of: Counted, source: Extent, target: Extent, self: boolean): number | null {
  const [from, to] = [sizeOf(source), sizeOf(target)];
  if (from === null || to === null) return null;
  const common = self ? 0 : commonNeurons(source, target);
  if (of === "pairs") return from * to - common;
  const [partners, owners] = of === "sources" ? [from, to] : [to, from];
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

function spelled(expr: CheckedExpr, value: number): string {
  const text = textOf(expr.origin);
  return text === String(value) || text.startsWith("-") ? text : `${text} = ${value}`;
}
