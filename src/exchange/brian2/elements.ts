// Quantities element by element, and what their expressions are made of.
import {
  allBindings,
  elementName,
  flatPosition,
  positionsOf,
  targetElements,
  UNBOUND,
  type Bindings,
} from "../../4-plan/lower.ts";
import { settingOf } from "../../4-plan/values.ts";
import type {
  CheckedContribution,
  CheckedEquation,
  CheckedExpr,
  CheckedQuantity,
  CheckedSetting,
  EventDraw,
} from "../../3-check/checked.ts";
import type { ExportProjection } from "../exported.ts";

export interface Element {
  readonly q: CheckedQuantity;
  readonly positions: readonly number[];
  readonly name: string;
}

/** An expression with the values of the indices in it. */
export interface Bound {
  readonly value: CheckedExpr;
  readonly bound: Bindings;
}

/** What is put in where a name is looked through: nothing for what has a value of its own. */
export type Through = (q: CheckedQuantity, positions: readonly number[]) => readonly Bound[];

export function elementsOf(
  quantities: readonly CheckedQuantity[],
  ...roles: CheckedQuantity["role"][]
): readonly Element[] {
  return quantities
    .filter((q) => roles.includes(q.role))
    .flatMap((q) => positionsOf(q.indices).map((positions) => ({ q, positions, name: elementName(q, positions) })));
}

/** What the declaration says of an element. */
export function declared(q: CheckedQuantity, positions: readonly number[]): Bound | null {
  if (q.value === null) return null;
  if (q.value.kind === "expression")
    return { value: q.value.expression, bound: new Map(q.indices.map((range, k) => [range.name, positions[k] ?? 0])) };
  const value = q.value.elements[flatPosition(q.indices, positions)];
  return value === undefined ? null : { value, bound: UNBOUND };
}

/** What settings say of it, else the declaration; null where it is drawn, or nothing is said. */
export function saidOf({ q, positions }: Element, settings: readonly CheckedSetting[]): Bound | null {
  const set = settingOf(q, positions, settings);
  if (set === null) return declared(q, positions);
  const { value } = set.setting;
  if (value.kind === "expression") return { value: value.expression, bound: set.bound };
  const one = value.kind === "elements" ? value.elements[flatPosition(q.indices, positions)] : undefined;
  return one === undefined ? null : { value: one, bound: UNBOUND };
}

/** Whether settings draw it. */
export function drawnSetting({ q, positions }: Element, settings: readonly CheckedSetting[]): CheckedSetting | null {
  const set = settingOf(q, positions, settings);
  return set?.setting.value.kind === "draw" ? set.setting : null;
}

/** The line that is written for an element. */
export function lineFor(lines: readonly (CheckedEquation | CheckedContribution)[], element: string): Bound | null {
  for (const { target, value } of lines)
    for (const { name, bound } of targetElements(target)) if (name === element) return { value, bound };
  return null;
}

/** What is said of an input element in the text. */
export function contributionsTo(lines: readonly CheckedContribution[], element: string): readonly Bound[] {
  return lines.flatMap(({ target, value }) =>
    targetElements(target).flatMap(({ name, bound }) => (name === element ? [{ value, bound }] : [])),
  );
}

export const throughLets: Through = (q, positions) => {
  const at = q.role === "let" || q.role === "const" ? declared(q, positions) : null;
  return at === null ? [] : [at];
};

/** The positions of a reference. */
export function positionsAt(
  indices: readonly (
    { readonly kind: "index"; readonly name: string } | { readonly kind: "position"; readonly value: number }
  )[],
  bound: Bindings,
): readonly number[] {
  return indices.map((i) => (i.kind === "position" ? i.value : (bound.get(i.name) ?? 0)));
}

/** The operands of an expression: sums written out once for each of their indices' values. */
export function operandsOf(e: CheckedExpr, bound: Bindings): readonly Bound[] {
  const here = (...values: readonly (CheckedExpr | null)[]): readonly Bound[] =>
    values.flatMap((value) => (value === null ? [] : [{ value, bound }]));
  switch (e.kind) {
    case "negate":
    case "not":
      return here(e.operand);
    case "arithmetic":
    case "comparison":
    case "logical":
      return here(e.left, e.right);
    case "conditional":
      return here(e.condition, e.then, e.otherwise);
    case "call":
      return here(...e.arguments);
    case "sum":
      return [...allBindings(e.over)].map((b) => ({ value: e.body, bound: new Map([...bound, ...b]) }));
    case "drawn":
      return here(...e.drawn.draw.arguments, e.drawn.draw.min, e.drawn.draw.max);
    default:
      return [];
  }
}

/** Calls `visit` for an expression and all that it is made of, through lets and whatever else `through` says; `end` is the neuron at the end of a connection whose names these are. */
export function walk(
  { value, bound }: Bound,
  through: Through,
  visit: (e: CheckedExpr, name: string | null, end: "pre" | "post" | null) => void,
): void {
  const looked = new Set<string>();
  const look = (e: CheckedExpr, at: Bindings, end: "pre" | "post" | null): void => {
    if (e.kind !== "quantity" && e.kind !== "end") {
      visit(e, null, end);
      for (const part of operandsOf(e, at)) look(part.value, part.bound, end);
      return;
    }
    const where = e.kind === "end" ? e.end : end;
    const positions = positionsAt(e.indices, at);
    const name = elementName(e.quantity, positions);
    visit(e, name, where);
    const key = `${where ?? ""}.${name}`;
    if (looked.has(key)) return;
    looked.add(key);
    for (const inner of through(e.quantity, positions)) look(inner.value, inner.bound, where);
  };
  look(value, bound, null);
}

/** Names that an expression reads, through what `through` says, those of the neurons at the ends with their end: `post.V`. */
export function readsOf(e: Bound, through: Through): ReadonlySet<string> {
  const found = new Set<string>();
  walk(e, through, (_, name, end) => {
    if (name !== null) found.add(end === null ? name : `${end}.${name}`);
  });
  return found;
}

/** Whether an expression speaks of the time. */
export function readsTime(e: Bound, through: Through): boolean {
  let found = false;
  walk(e, through, (part) => (found ||= part.kind === "time"));
  return found;
}

/** Whether a choice is made in what a name stands for. */
export function chooses(q: CheckedQuantity, positions: readonly number[], through: Through): boolean {
  let found = false;
  for (const inner of through(q, positions))
    walk(inner, through, (e) => (found ||= e.kind === "conditional" || (e.kind === "call" && e.function === "step")));
  return found;
}

/** What an assignment draws, each after those that it is made of. */
export function drawsIn(e: Bound): readonly EventDraw[] {
  const found = new Set<EventDraw>();
  const add = (part: Bound): void => {
    for (const inner of operandsOf(part.value, part.bound)) add(inner);
    if (part.value.kind === "drawn") found.add(part.value.drawn);
  };
  add(e);
  return [...found];
}

/** The terms of a sum, signs written into them, apart by whether white noise is in them. */
export function splitNoise(e: CheckedExpr): {
  readonly plain: readonly CheckedExpr[];
  readonly noisy: readonly CheckedExpr[];
} {
  const terms: CheckedExpr[] = [];
  const add = (term: CheckedExpr, isNegative: boolean): void => {
    if (isNoisy(term)) {
      if (term.kind === "negate") return add(term.operand, !isNegative);
      if (term.kind === "arithmetic" && (term.operator === "+" || term.operator === "-")) {
        add(term.left, isNegative);
        return add(term.right, term.operator === "-" ? !isNegative : isNegative);
      }
    }
    terms.push(isNegative ? { kind: "negate", operand: term, origin: term.origin, dimension: term.dimension } : term);
  };
  add(e, false);
  return { plain: terms.filter((t) => !isNoisy(t)), noisy: terms.filter(isNoisy) };
}

function isNoisy(e: CheckedExpr): boolean {
  return e.kind === "noise" || operandsOf(e, UNBOUND).some((part) => isNoisy(part.value));
}

/** The contributions of a synapse that are made of sums that live at the target. */
export function ofSums(p: ExportProjection): readonly CheckedContribution[] {
  return p.checked.synapse.contributions.filter((c) => !isCoupling(p, c));
}

/** Those that are summed over connections in every step. */
export function couplingsAt(p: ExportProjection, end: "pre" | "post"): readonly CheckedContribution[] {
  return p.checked.synapse.contributions.filter((c) => c.target.end === end && isCoupling(p, c));
}

function isCoupling(p: ExportProjection, c: CheckedContribution): boolean {
  return targetElements(c.target).every((t) =>
    [...readsOf({ value: c.value, bound: t.bound }, throughLets)].every((name) => !p.summed.has(name)),
  );
}
