// The number that an expression has when its parameters have their defaults, or what an experiment sets: what rules can prove without running anything.
import type { Elementary } from "../algebra/evaluate.ts";
import { assertNever } from "../base/invariant.ts";
import type { CheckedExpr, CheckedIndex, CheckedPopulation, CheckedQuantity, CheckedValue } from "./checked.ts";
import { done, type Work } from "../base/stackless.ts";
import * as math from "../runtime/math.ts";
import { fold, visit } from "./walk.ts";

/** What a quantity is worth; null where that is not known. */
export interface Values {
  (quantity: CheckedQuantity, indices: readonly CheckedIndex[]): number | null;
  /** ms; what `dt` is, where that is known. */
  readonly step: number | null;
  /** What `i` is, where one neuron is looked at. */
  readonly neuron: number | null;
}

/** A number, or a truth for conditions; null where it depends on what is not known. */
export function evaluate(expr: CheckedExpr, values: Values): Known {
  return fold<Known>(expr, (e, parts) => valueOf(e, parts, values));
}

/** A number, a truth, or null for what is not known. */
export type Known = number | boolean | null;

/** Of one node, from what its parts are. */
export function valueOf(e: CheckedExpr, parts: readonly Known[], values: Values): Known {
  const [a, b, c] = parts;
  switch (e.kind) {
    case "number":
      return e.value;
    case "quantity":
      return values(e.quantity, e.indices);
    case "setup":
      return values(e.quantity, []);
    case "negate":
      return typeof a === "number" ? -a : null;
    case "not":
      return typeof a === "boolean" ? !a : null;
    case "arithmetic":
      return typeof a === "number" && typeof b === "number" ? arithmetic(e.operator, a, b) : null;
    case "comparison":
      return typeof a === "number" && typeof b === "number" ? compare(e.operator, a, b) : null;
    case "logical":
      if (e.operator === "and") return a === false || b === false ? false : a === true && b === true ? true : null;
      return a === true || b === true ? true : a === false && b === false ? false : null;
    case "conditional":
      return a === true ? (b ?? null) : a === false ? (c ?? null) : null;
    case "call": {
      const numbers = parts.filter((p) => typeof p === "number");
      return numbers.length === parts.length ? elementary[e.function](...numbers) : null;
    }
    case "step":
      return values.step;
    case "neuron":
      return values.neuron;
    case "listed":
      return values.neuron === null ? null : (e.values[values.neuron] ?? null);
    case "index":
    case "time":
    case "past":
    case "target":
    case "end":
    case "noise":
    case "drawn":
    case "sum":
    case "stimulus":
      return null;
    default:
      return assertNever(e);
  }
}

/** The number, or null where it is unknown, a condition, or not finite. */
export function evaluateNumber(expr: CheckedExpr, values: Values): number | null {
  const value = evaluate(expr, values);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The number of neurons; null where it is unknown, or none, which is told where it stands. */
export function evaluateSize(expr: CheckedExpr, values: Values): number | null {
  const size = evaluateNumber(expr, values);
  return size !== null && Number.isInteger(size) && size >= 0 ? size : null;
}

/** The same where infinity and NaN are told, too; what has a hole in it is unknown. */
export function evaluateAny(expr: CheckedExpr, values: Values): number | null {
  let whole = true;
  visit(expr, (e) => {
    if (e.kind === "number" && Number.isNaN(e.value)) whole = false;
  });
  const value = whole ? evaluate(expr, values) : null;
  return typeof value === "number" ? value : null;
}

const ROLES: ReadonlySet<CheckedQuantity["role"]> = new Set(["const", "param", "let"]);

/** Defaults of constants, and of parameters and lets over them; states, inputs and indexed quantities are unknown. */
export function defaults(
  replaced: ReadonlyMap<CheckedQuantity, number> = new Map(),
  roles: ReadonlySet<CheckedQuantity["role"]> = ROLES,
  step: number | null = null,
): Values {
  const isPlain = replaced.size === 0 && step === null;
  const known = isPlain ? (PLAIN.get(roles) ?? new WeakMap<CheckedQuantity, number | null>()) : new Map();
  if (isPlain) PLAIN.set(roles, known);
  return valuesFrom((quantity) => quantity.value, replaced, roles, step, null, known);
}

/** What quantities are worth by themselves, by the roles that count: children have those of their parents. */
const PLAIN = new WeakMap<ReadonlySet<CheckedQuantity["role"]>, WeakMap<CheckedQuantity, number | null>>();

/** Defaults with the settings of a population or a connection in their place, and lets over them. What is drawn, or set for single elements, is unknown. */
export function inForce(
  { settings }: Pick<CheckedPopulation, "settings">,
  setup: readonly CheckedQuantity[],
  replaced: ReadonlyMap<CheckedQuantity, number> = new Map(),
  step: number | null = null,
  neuron: number | null = null,
): Values {
  // A whole quantity's setting comes before those of its elements.
  const given = new Map(
    settings.map(({ target, value }) => [
      target.quantity.name,
      value.kind === "draw" || target.indices.some((i) => i.kind === "position") ? null : value,
    ]),
  );
  // The set-up's names are others than the neuron's, although they may read the same.
  const common = new Set(setup);
  return valuesFrom(
    (quantity) =>
      common.has(quantity)
        ? quantity.value
        : (given.get(quantity.name) ?? (given.has(quantity.name) ? null : quantity.value)),
    replaced,
    ROLES,
    step,
    neuron,
  );
}

function valuesFrom(
  givenTo: (quantity: CheckedQuantity) => CheckedValue | null,
  replaced: ReadonlyMap<CheckedQuantity, number>,
  roles: ReadonlySet<CheckedQuantity["role"]>,
  step: number | null,
  neuron: number | null = null,
  known: Pick<WeakMap<CheckedQuantity, number | null>, "get" | "set"> = new Map(),
): Values {
  const elements = new Map<CheckedQuantity, Map<number, number | null>>();
  const values: Values = Object.assign(
    (quantity: CheckedQuantity, indices: readonly CheckedIndex[]): number | null => {
      const asked = elementOf(quantity, indices);
      if (asked === null) return null;
      const found = foundOf(asked);
      return found === undefined ? done(worth(asked)) : found;
    },
    { step, neuron },
  );
  return values;

  /** What of a table is read is its row; null where it is not known which. */
  function elementOf(quantity: CheckedQuantity, indices: readonly CheckedIndex[]): Element | null {
    const value = roles.has(quantity.role) ? givenTo(quantity) : null;
    if (value === null)
      return indices.length === 0 && replaced.has(quantity) ? { quantity, row: null, value: null } : null;
    if (indices.length === 0)
      return { quantity, row: null, value: value.kind === "expression" ? value.expression : null };
    if (value.kind === "expression") return { quantity, row: 0, value: value.expression };
    const row = rowOf(quantity, indices);
    return row === null ? null : { quantity, row, value: value.elements[row] ?? null };
  }

  function foundOf({ quantity, row }: Element): number | null | undefined {
    return row === null ? (replaced.get(quantity) ?? known.get(quantity)) : elements.get(quantity)?.get(row);
  }

  function keep({ quantity, row }: Element, number: number | null): number | null {
    if (row === null) known.set(quantity, number);
    else elements.set(quantity, (elements.get(quantity) ?? new Map<number, number | null>()).set(row, number));
    return number;
  }

  /** What it reads comes first: a chain of definitions may be as long as a text. */
  function* worth(asked: Element): Work<number | null> {
    // Settings may lead back to themselves: unknown.
    keep(asked, null);
    if (asked.value === null) return null;
    for (const read of readBy(asked.value)) {
      const element = elementOf(read.quantity, read.kind === "quantity" ? read.indices : []);
      if (element !== null && foundOf(element) === undefined) yield worth(element);
    }
    return keep(asked, evaluateNumber(asked.value, values));
  }
}

/** A quantity, or the row of one that has indices, and what it is given. */
interface Element {
  readonly quantity: CheckedQuantity;
  readonly row: number | null;
  readonly value: CheckedExpr | null;
}

type Reading = Extract<CheckedExpr, { readonly kind: "quantity" | "setup" }>;

function readBy(expr: CheckedExpr): readonly Reading[] {
  const found: Reading[] = [];
  visit(expr, (e) => {
    if (e.kind === "quantity" || e.kind === "setup") found.push(e);
  });
  return found;
}

function rowOf(quantity: CheckedQuantity, indices: readonly CheckedIndex[]): number | null {
  let row = 0;
  for (const [k, range] of quantity.indices.entries()) {
    const index = indices[k];
    if (index?.kind !== "position") return null;
    row = row * (range.to - range.from + 1) + index.value - range.from;
  }
  return row;
}

function arithmetic(operator: "+" | "-" | "*" | "/" | "^", a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "^":
      return math.pow(a, b);
    default:
      return assertNever(operator);
  }
}

function compare(operator: "<" | "<=" | ">" | ">=" | "==" | "!=", a: number, b: number): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    default:
      return assertNever(operator);
  }
}

/** The functions of the runtime, so that what is proved here is what runs. */
const elementary: Elementary = math;
