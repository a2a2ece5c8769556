// What is said of a quantity's value: by a setting, a later one before an earlier, else by its declaration.
import type { Expr } from "../algebra/expression.ts";
import { fold } from "../algebra/simplify.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { present } from "../base/invariant.ts";
import type {
  CheckedDraw,
  CheckedEvent,
  CheckedExpr,
  CheckedQuantity,
  CheckedSetting,
  CheckedValue,
} from "../3-check/checked.ts";
import { flatPosition, targetElements, UNBOUND, type Bindings, type Lowering } from "./lower.ts";
import { partsOfDraw, withParts, type EventDrawPlan, type ValuePlan } from "./plan.ts";
import { textOf } from "../base/source.ts";
import { oneLine, shownValue } from "./units.ts";

/** Each after those its value needs; the checker has excluded cycles. */
export function inOrder<P extends { readonly name: string }>(
  plans: readonly (P & ({ readonly value: ValuePlan } | { readonly initial: ValuePlan }))[],
): P[] {
  const byName = new Map(plans.map((p) => [p.name, p]));
  const placed = new Set<string>();
  const result: P[] = [];
  const place = (p: (typeof plans)[number]): void => {
    if (placed.has(p.name)) return;
    placed.add(p.name);
    for (const needed of symbolsOfValue("value" in p ? p.value : p.initial)) {
      const other = byName.get(needed);
      if (other !== undefined) place(other);
    }
    result.push(p);
  };
  for (const p of plans) place(p);
  return result;
}

export function symbolsOfValue(value: ValuePlan): string[] {
  const expressions = value.kind === "expression" ? [value.expression] : partsOfDraw(value);
  return expressions.flatMap((e) => [...symbolsOf(e)]);
}

/** What the settings say of an element, a later one before an earlier, else the declaration; null when neither says anything. */
export function valueOf(
  q: CheckedQuantity,
  positions: readonly number[],
  settings: readonly CheckedSetting[],
  lower: Lowering,
): ValuePlan | null {
  const setting = settingOf(q, positions, settings);
  const value = setting?.setting.value ?? q.value;
  const bound = setting?.bound ?? new Map(q.indices.map((range, k) => [range.name, positions[k] ?? 0]));
  return value === null ? null : valuePlan(value, bound, flatPosition(q.indices, positions), lower);
}

/** The same as the source has it, for people: `58.7 pF`; null where no one place says it: draws, and lists in settings, whose unit may be another than the declaration's. */
export function saidOf(
  q: CheckedQuantity,
  positions: readonly number[],
  settings: readonly CheckedSetting[],
): string | null {
  const set = settingOf(q, positions, settings)?.setting.value ?? null;
  return set?.kind === "elements" ? null : shownValue(set ?? q.value, q.unit, flatPosition(q.indices, positions));
}

/**
 * What each event is called in the keys of its draws: by its condition, so that no other event has a say in them; where that is written alike, by what it assigns, too, and else by its
 * number among those that are alike.
 */
export function eventBlocks(events: readonly CheckedEvent[]): readonly string[] {
  const conditions = events.map(whenText);
  const targets = events.map((e) => [...new Set(e.assignments.map((a) => a.target.quantity.name))].sort().join(", "));
  const apart = (names: readonly string[], more: (k: number) => string): string[] =>
    names.map((name, k) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${more(k)}`));
  const named = apart(conditions, (k) => `{ ${targets[k] ?? ""} }`);
  return apart(named, (k) => String(named.slice(0, k).filter((name) => name === named[k]).length + 1));
}

/** `on V > V_th`, `every 100 ms from 1 s`: as it is written. */
export function whenText({ condition, every }: Pick<CheckedEvent, "condition" | "every">): string {
  const text = (e: CheckedExpr): string => oneLine(textOf(e.origin));
  if (every === null) return `on ${text(condition)}`;
  const { period, from, to } = every;
  return `every ${text(period)}${from === null ? "" : ` from ${text(from)}`}${to === null ? "" : ` to ${text(to)}`}`;
}

/** What an assignment draws, each after those that it is made of. */
export function drawsOf(value: Expr, { drawn }: Pick<Lowering, "drawn">): readonly EventDrawPlan[] {
  const found = new Map<string, EventDrawPlan>();
  const add = (e: Expr): void => {
    for (const s of symbolsOf(e)) {
      const draw = drawn.get(s);
      if (draw === undefined || found.has(s)) continue;
      for (const part of partsOfDraw(draw.value)) add(part);
      found.set(s, draw);
    }
  };
  add(value);
  return [...found.values()];
}

/** `flat`: which element of an array literal. */
export function valuePlan(
  value: CheckedValue | CheckedDraw,
  bound: Bindings,
  flat: number,
  lower: Lowering,
): ValuePlan {
  const go = (e: Parameters<Lowering["expression"]>[0]): Expr => fold(lower.expression(e, bound));
  if (value.kind === "draw") return withParts(value, go);
  if (value.kind === "expression") return { kind: "expression", expression: go(value.expression) };
  return { kind: "expression", expression: fold(lower.expression(present(value.elements[flat], "element"), UNBOUND)) };
}

export function settingOf(
  q: CheckedQuantity,
  positions: readonly number[],
  settings: readonly CheckedSetting[],
): { readonly setting: CheckedSetting; readonly bound: Bindings } | null {
  for (const setting of [...settings].reverse()) {
    if (setting.target.quantity.name !== q.name) continue;
    if (setting.target.indices.length === 0)
      return { setting, bound: new Map(q.indices.map((range, k) => [range.name, positions[k] ?? 0])) };
    const element = targetElements(setting.target).find((e) => e.positions.every((p, k) => p === positions[k]));
    if (element !== undefined) return { setting, bound: element.bound };
  }
  return null;
}
