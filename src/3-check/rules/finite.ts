// Expressions that have no finite value by their constants, or by the defaults of their parameters. Inside an `if` nothing is said, since that may be what it guards against.
import { FUNCTIONS } from "../../algebra/functions.ts";
import { textOf } from "../../base/source.ts";
import { notFiniteByConstants, notFiniteByDefault } from "../../diagnostics/model.ts";
import type { CheckedDraw, CheckedExperiment, CheckedExpr, CheckedQuantity, CheckedValue } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, valueOf, type Known, type Values } from "../evaluate.ts";
import { childrenOf, drawParts, fold } from "../walk.ts";
import type { ModelRule, SynapseRule } from "./rule.ts";
import { factorsOf, valuesOf } from "./division.ts";

export const finiteValues: ModelRule = ({ neuron }, say) => {
  askAll(valuesOf(neuron), say);
};

export const finiteValuesOfSynapse: SynapseRule = ({ synapse }, say) => {
  askAll(valuesOf(synapse), say);
};

/** The same of what an experiment or a network sets. */
export function finiteSettings(experiment: CheckedExperiment, say: Say): void {
  const own = experiment.setup.flatMap((q) => (q.value === null ? [] : expressionsIn(q.value)));
  const settings = [...experiment.populations, ...experiment.projections].flatMap((p) =>
    p.settings.flatMap((s) => expressionsIn(s.value)),
  );
  askAll([...own, ...settings], say);
}

function expressionsIn(value: CheckedValue | CheckedDraw): readonly CheckedExpr[] {
  return value.kind === "expression" ? [value.expression] : value.kind === "draw" ? drawParts(value) : value.elements;
}

const WITHOUT_PARAMETERS: ReadonlySet<CheckedQuantity["role"]> = new Set(["const", "let"]);

function askAll(roots: readonly CheckedExpr[], say: Say): void {
  const [certain, likely] = [defaults(new Map(), WITHOUT_PARAMETERS), defaults()];
  const told = new Set<CheckedExpr>();
  for (const root of roots) {
    const open = unguarded(root);
    if (open.size === 0) continue;
    for (const { at, parts, value } of notFinite(root, open, certain)) {
      told.add(at);
      if (byFactor(at, certain)) continue;
      say(notFiniteByConstants(at.origin, { text: textOf(at.origin), value, because: reason(at, parts) }));
    }
    for (const { at, parts, value } of notFinite(root, open, likely)) {
      if (!told.has(at) && !byFactor(at, likely))
        say(notFiniteByDefault(at.origin, { text: textOf(at.origin), value, because: reason(at, parts) }));
    }
  }
}

/** What may leave the numbers, and is computed in any case. */
function unguarded(root: CheckedExpr): ReadonlySet<CheckedExpr> {
  const found = new Set<CheckedExpr>();
  const seen = new Set<CheckedExpr>();
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.kind === "arithmetic" || next.kind === "call") found.add(next);
    if (next.kind === "conditional") stack.push(next.condition);
    else if (next.kind === "logical") stack.push(next.left);
    else for (const child of childrenOf(next)) stack.push(child);
  }
  return found;
}

interface Found {
  readonly at: CheckedExpr;
  readonly parts: readonly number[];
  readonly value: number;
}

/** The innermost expressions that are not finite although their parts are. */
function notFinite(root: CheckedExpr, open: ReadonlySet<CheckedExpr>, values: Values): readonly Found[] {
  const found: Found[] = [];
  fold<Known>(root, (at, parts) => {
    // A hole that a mistake has left.
    if (at.kind === "number" && Number.isNaN(at.value)) return null;
    const value =
      at.kind === "arithmetic" && at.operator === "/" && parts[1] === 0 && parts[0] === null
        ? Infinity
        : valueOf(at, parts, values);
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    if (open.has(at)) found.push({ at, parts: parts.map((p) => (typeof p === "number" ? p : NaN)), value });
    // What is made of it is not told again.
    return null;
  });
  return found;
}

/** A parameter or constant of 0 that is a factor of the divisor has a message of its own. */
function byFactor(at: CheckedExpr, values: Values): boolean {
  return (
    at.kind === "arithmetic" &&
    at.operator === "/" &&
    factorsOf(at.right).some(({ quantity }) => values(quantity, []) === 0)
  );
}

function reason(at: CheckedExpr, [a = NaN, b = NaN]: readonly number[]): string {
  if (at.kind === "arithmetic") {
    if (at.operator === "/" && b === 0) return `${Number.isNaN(a) ? "" : `${number(a)} `}divided by 0`;
    if (at.operator === "^") return `${number(a)} to the power ${number(b)}`;
    return "larger than any number";
  }
  if (at.kind !== "call") return "";
  return FUNCTIONS[at.function].undefinedAt?.(a, number(a)) ?? `${at.function} of ${number(a)}`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}
