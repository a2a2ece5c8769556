// From checked expressions to unit-free scalars: indices written out, constants and lets put in, inputs replaced by what drives them.
import { arithmetic, call, number, symbol, type Expr } from "../algebra/expression.ts";
import { fold } from "../algebra/simplify.ts";
import { assertNever, invariant, present } from "../base/invariant.ts";
import type { CheckedExpr, CheckedIndex, CheckedNeuron, CheckedQuantity, CheckedStimulus, CheckedTarget, End, IndexRange } from "../3-check/checked.ts";
import { NEURON, noiseSymbol, setupSymbol, shapeSymbol, STEP, TARGET, TIME, type StimulusShape } from "./plan.ts";

/** Which element of every index is meant. */
export type Bindings = ReadonlyMap<string, number>;
export const UNBOUND: Bindings = new Map();

/** What the names of a model's own parameters, weights and states become, and those of the neurons at the ends of a synapse. */
export interface Scope {
  own(q: CheckedQuantity, positions: readonly number[]): Expr;
  end(end: End, q: CheckedQuantity, positions: readonly number[]): Expr;
}

const PLAIN: Scope = {
  own: (q, positions) => symbol(elementName(q, positions)),
  end: (end, q) => present<Expr>(null, `${end}.${q.name} outside of a synapse`),
};

export interface Lowering {
  /** An element of a quantity of the model. */
  quantity(q: CheckedQuantity, positions: readonly number[]): Expr;
  /** `noisePrefix` keeps the noises of different settings apart. */
  expression(e: CheckedExpr, bound: Bindings, noisePrefix?: string): Expr;
  /** Noises met so far, in order. */
  readonly noises: ReadonlySet<string>;
  /** Stimulus shapes met since the last call. */
  takeShapes(): StimulusShape[];
  /** Names of lets by the expressions they became. */
  readonly lets: ReadonlyMap<Expr, string>;
}

/**
 * `drive` gives what an input element receives from outside: its symbol, and noise of a stimulus. `folding` works out constants as kernels would; who compares
 * expressions exactly hands in another, since a folded 1/3 is no third any more.
 */
export function lowering(
  neuron: Pick<CheckedNeuron, "contributions">, drive: (input: CheckedQuantity, positions: readonly number[]) => Expr, scope: Scope = PLAIN, folding: (e: Expr) => Expr = fold,
): Lowering {
  const noises = new Set<string>();
  const lets = new Map<Expr, string>();
  const known = new Map<string, Expr>();
  const constants = new Map<CheckedQuantity, Expr>();
  let shapes: StimulusShape[] = [];
  let shapeCount = 0;

  const remember = (key: string, make: () => Expr): Expr => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const made = make();
    known.set(key, made);
    return made;
  };

  const letElement = (q: CheckedQuantity, positions: readonly number[]): Expr =>
    remember(elementName(q, positions), () => {
      // Folded as the right sides are, so that kernels recognise it in them.
      const value = folding(elementValue(q, positions, lowerExpression));
      // A let that only renames something keeps that name.
      if (value.kind !== "symbol" && value.kind !== "number" && !lets.has(value)) lets.set(value, elementName(q, positions));
      return value;
    });

  /** Everything that drives an input: its stimulus and all contributions. */
  const inputElement = (q: CheckedQuantity, positions: readonly number[]): Expr =>
    remember(elementName(q, positions), () => {
      let total = drive(q, positions);
      for (const contribution of neuron.contributions) {
        for (const { name, bound } of targetElements(contribution.target)) {
          if (name === elementName(q, positions)) total = arithmetic("+", total, lowerExpression(contribution.value, bound, ""));
        }
      }
      return total;
    });

  const placed = (indices: readonly CheckedIndex[], bound: Bindings): number[] =>
    indices.map((i) => (i.kind === "position" ? i.value : present(bound.get(i.name), `binding of index ${i.name}`)));

  const reference = (q: CheckedQuantity, positions: readonly number[]): Expr => {
    switch (q.role) {
      case "param":
      case "weight":
      case "state":
        return scope.own(q, positions);
      case "const": {
        if (positions.length > 0) return folding(elementValue(q, positions, lowerExpression));
        const value = constants.get(q) ?? folding(elementValue(q, [], lowerExpression));
        constants.set(q, value);
        return value;
      }
      case "let":
        return letElement(q, positions);
      case "input":
        return inputElement(q, positions);
    }
  };

  const stimulus = (s: CheckedStimulus, bound: Bindings): Expr => {
    const go = (e: CheckedExpr): Expr => lowerExpression(e, bound, "");
    const maybe = (e: CheckedExpr | null): Expr | null => (e === null ? null : go(e));
    const name = shapeSymbol(String(shapeCount++));
    const shape = ((): StimulusShape => {
      switch (s.shape) {
        case "pulse":
          return { symbol: name, shape: "pulse", value: go(s.value), from: maybe(s.from), to: maybe(s.to) };
        case "steps":
          return { symbol: name, shape: "steps", times: s.times.map(go), values: s.values.map(go) };
        case "ramp":
          return { symbol: name, shape: "ramp", start: go(s.start), end: go(s.end), from: go(s.from), to: go(s.to) };
        case "sine":
          return { symbol: name, shape: "sine", amplitude: go(s.amplitude), frequency: go(s.frequency), phase: maybe(s.phase) ?? number(0), from: maybe(s.from), to: maybe(s.to) };
        case "samples":
          return { symbol: name, shape: "samples", path: s.path, times: s.times, values: s.values };
      }
    })();
    shapes.push(shape);
    return symbol(name);
  };

  const lowerExpression = (e: CheckedExpr, bound: Bindings, noisePrefix = ""): Expr => {
    const go = (x: CheckedExpr): Expr => lowerExpression(x, bound, noisePrefix);
    switch (e.kind) {
      case "number":
        return number(e.value);
      case "quantity":
        return reference(e.quantity, placed(e.indices, bound));
      case "end":
        return scope.end(e.end, e.quantity, placed(e.indices, bound));
      case "setup":
        return e.quantity.role === "param" ? symbol(setupSymbol(e.quantity.name)) : folding(elementValue(e.quantity, [], lowerExpression));
      case "index":
        return number(present(bound.get(e.name), `binding of index ${e.name}`));
      case "time":
        return symbol(TIME);
      case "step":
        return symbol(STEP);
      case "neuron":
        return symbol(NEURON);
      case "target":
        return symbol(TARGET);
      case "noise": {
        // An anonymous occurrence is independent for each element of an indexed equation.
        const element = e.name.includes("#") && bound.size > 0 ? `[${[...bound.values()].join(",")}]` : "";
        const name = noiseSymbol(noisePrefix + e.name + element);
        noises.add(name);
        return symbol(name);
      }
      case "negate":
        return { kind: "negate", operand: go(e.operand) };
      case "not":
        return { kind: "not", operand: go(e.operand) };
      case "arithmetic":
        return lowerChain(e, go);
      case "comparison":
        return { kind: "compare", operator: e.operator, left: go(e.left), right: go(e.right) };
      case "logical":
        return { kind: "logical", operator: e.operator, left: go(e.left), right: go(e.right) };
      case "conditional":
        return { kind: "conditional", condition: go(e.condition), then: go(e.then), otherwise: go(e.otherwise) };
      case "call":
        return variadic(e.function, e.arguments.map(go));
      case "sum": {
        let total: Expr | null = null;
        for (const more of allBindings(e.over)) {
          const term = lowerExpression(e.body, new Map([...bound, ...more]), noisePrefix);
          total = total === null ? term : arithmetic("+", total, term);
        }
        return total ?? number(0);
      }
      case "stimulus":
        return stimulus(e.stimulus, bound);
      default:
        return assertNever(e);
    }
  };

  return {
    quantity: reference,
    expression: lowerExpression,
    noises,
    lets,
    takeShapes() {
      const taken = shapes;
      shapes = [];
      return taken;
    },
  };
}

/** Left-leaning chains of any length without recursion. */
function lowerChain(e: CheckedExpr & { readonly kind: "arithmetic" }, go: (e: CheckedExpr) => Expr): Expr {
  const spine: (CheckedExpr & { readonly kind: "arithmetic" })[] = [];
  let left: CheckedExpr = e;
  while (left.kind === "arithmetic") {
    spine.push(left);
    left = left.left;
  }
  let result = go(left);
  for (const node of spine.reverse()) {
    const right = go(node.right);
    result = node.operator === "^" ? powered(result, right) : arithmetic(node.operator, result, right);
  }
  return result;
}

/** Whole powers are products, so that they cost and round the same everywhere. */
function powered(base: Expr, exponent: Expr): Expr {
  const folded = fold(exponent);
  if (folded.kind !== "number") return arithmetic("^", base, exponent);
  const n = folded.value;
  if (n === 0.5) return call("sqrt", base);
  if (!Number.isInteger(n) || n === 0 || Math.abs(n) > 8) return arithmetic("^", base, folded);
  const whole = wholePower(base, Math.abs(n));
  return n > 0 ? whole : arithmetic("/", number(1), whole);
}

function wholePower(base: Expr, n: number): Expr {
  if (n === 1) return base;
  if (n % 2 === 1) return arithmetic("*", wholePower(base, n - 1), base);
  const half = wholePower(base, n / 2);
  return arithmetic("*", half, half);
}

/** min and max of several arguments are nested pairs. */
function variadic(name: Parameters<typeof call>[0], args: readonly Expr[]): Expr {
  if ((name === "min" || name === "max") && args.length !== 2) return args.reduce((a, b) => call(name, a, b));
  return call(name, ...args);
}

export function elementName(q: CheckedQuantity, positions: readonly number[]): string {
  invariant(positions.length === q.indices.length, `${q.name} has ${q.indices.length} indices`);
  return positions.length === 0 ? q.name : `${q.name}[${positions.join(",")}]`;
}

/** All positions of a quantity, the last index running fastest. */
export function positionsOf(ranges: readonly IndexRange[]): readonly (readonly number[])[] {
  return [...allBindings(ranges)].map((b) => [...b.values()]);
}

function elementValue(q: CheckedQuantity, positions: readonly number[], lower: (e: CheckedExpr, bound: Bindings) => Expr): Expr {
  const value = present(q.value, `value of ${q.name}`);
  if (value.kind === "expression") return lower(value.expression, new Map(q.indices.map((range, k) => [range.name, positions[k] ?? 0])));
  return lower(present(value.elements[flatPosition(q.indices, positions)], `element of ${q.name}`), UNBOUND);
}

export function flatPosition(ranges: readonly IndexRange[], positions: readonly number[]): number {
  return ranges.reduce((flat, range, k) => flat * (range.to - range.from + 1) + ((positions[k] ?? 0) - range.from), 0);
}

/** The elements that a target with free indices stands for, each with the bindings under which its value is meant. */
export function targetElements(target: CheckedTarget): readonly { readonly name: string; readonly positions: readonly number[]; readonly bound: Bindings }[] {
  const free = target.indices.flatMap((index, k) => (index.kind === "index" ? [{ ...present(target.quantity.indices[k], "index range"), name: index.name }] : []));
  return [...allBindings(free)].map((bound) => {
    const positions = target.indices.map((index) => (index.kind === "position" ? index.value : present(bound.get(index.name), index.name)));
    return { name: elementName(target.quantity, positions), positions, bound };
  });
}

export function* allBindings(ranges: readonly IndexRange[]): Generator<Bindings> {
  const [first, ...rest] = ranges;
  if (first === undefined) {
    yield UNBOUND;
    return;
  }
  for (let v = first.from; v <= first.to; v++) {
    for (const more of allBindings(rest)) yield new Map([[first.name, v], ...more]);
  }
}
