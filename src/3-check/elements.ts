// Single elements of what has an index: which of them a target means, and what an expression for all of them is for one.
import { assertNever } from "../base/invariant.ts";
import type { CheckedExpr, CheckedIndex, CheckedQuantity, CheckedTarget, CheckedValue, IndexRange } from "./checked.ts";
import { drawOf, fold } from "./walk.ts";

export interface Element {
  readonly positions: readonly number[];
  /** The values of the indices in the target's brackets. */
  readonly bound: ReadonlyMap<string, number>;
}

/** The elements that a target means; `rangeOf` knows the indices in its brackets. */
export function elementsOf(
  { quantity, indices }: CheckedTarget,
  rangeOf: (name: string) => IndexRange | null,
): readonly Element[] {
  let found: readonly Element[] = [{ positions: [], bound: new Map() }];
  indices.forEach((index, k) => {
    const range = index.kind === "index" ? (rangeOf(index.name) ?? quantity.indices[k]) : null;
    const values =
      index.kind === "position"
        ? [index.value]
        : range == null
          ? []
          : Array.from({ length: Math.max(0, range.to - range.from + 1) }, (_, n) => range.from + n);
    found = found.flatMap(({ positions, bound }) => {
      const given = index.kind === "index" ? bound.get(index.name) : undefined;
      return (given === undefined ? values : [given]).map((v) => ({
        positions: [...positions, v],
        bound: index.kind === "index" ? new Map([...bound, [index.name, v]]) : bound,
      }));
    });
  });
  return found;
}

/** All elements of a quantity, the last index running fastest. */
export function allElements(quantity: CheckedQuantity): readonly Element[] {
  return elementsOf(
    { quantity, indices: quantity.indices.map((i) => ({ kind: "index", name: i.name })), end: null },
    () => null,
  );
}

/** What a value is for each element of its quantity, one after the other. */
export function elementValues(quantity: CheckedQuantity, value: CheckedValue | null): (CheckedExpr | null)[] {
  const elements = allElements(quantity);
  if (value === null) return elements.map(() => null);
  return value.kind === "elements"
    ? [...value.elements]
    : elements.map(({ bound }) => atElement(value.expression, bound));
}

/** An expression for one value of each of these indices. White noise is called as it would be called there. */
export function atElement(expr: CheckedExpr, bound: ReadonlyMap<string, number>): CheckedExpr {
  if (bound.size === 0) return expr;
  const indexAt = (i: CheckedIndex): CheckedIndex =>
    i.kind === "index" && bound.has(i.name) ? { kind: "position", value: bound.get(i.name) ?? NaN } : i;
  return fold<CheckedExpr>(expr, (e, parts) => {
    const [first = e, second = e, third = e] = parts;
    switch (e.kind) {
      case "index":
        return bound.has(e.name)
          ? { kind: "number", value: bound.get(e.name) ?? NaN, origin: e.origin, dimension: e.dimension }
          : e;
      case "quantity":
        return { ...e, indices: e.indices.map(indexAt) };
      case "end":
        return { ...e, indices: e.indices.map(indexAt) };
      case "noise":
        return e.name.includes("#") ? { ...e, name: `${e.name}[${[...bound.values()].join(",")}]` } : e;
      case "negate":
      case "not":
        return { ...e, operand: first };
      case "arithmetic":
      case "comparison":
      case "logical":
        return { ...e, left: first, right: second };
      case "conditional":
        return { ...e, condition: first, then: second, otherwise: third };
      case "past":
        return { ...e, of: first, delay: second };
      case "call":
        return { ...e, arguments: parts };
      case "sum":
        return { ...e, body: first };
      case "drawn":
        return { ...e, drawn: { ...e.drawn, draw: drawOf(e.drawn.draw, parts) } };
      case "number":
      case "setup":
      case "time":
      case "step":
      case "neuron":
      case "target":
      case "listed":
      case "stimulus":
        return e;
      default:
        return assertNever(e);
    }
  });
}

/** Of what is said, the less precise first: of all elements, then of rows, then of single ones. */
export function byPrecision<T extends { readonly target: CheckedTarget }>(said: readonly T[]): T[] {
  return [...said].sort((a, b) => precisionOf(a.target) - precisionOf(b.target));
}

export function precisionOf({ indices }: CheckedTarget): number {
  return indices.filter((i) => i.kind === "position").length;
}
