// From checked expressions to unit-free scalars: indices written out, constants and lets put in, inputs replaced by what drives them.
import { arithmetic, call, number, symbol, type Expr } from "../algebra/expression.ts";
import { interner } from "../algebra/intern.ts";
import { printExpr } from "../algebra/print.ts";
import { fold } from "../algebra/simplify.ts";
import { assertNever, invariant, present } from "../base/invariant.ts";
import { textOf } from "../base/source.ts";
import { done, type Work } from "../base/stackless.ts";
import type {
  CheckedExpr,
  CheckedIndex,
  CheckedNeuron,
  CheckedQuantity,
  CheckedStimulus,
  CheckedTarget,
  End,
  IndexRange,
} from "../3-check/checked.ts";
import { shapeOf } from "../stimuli/shapes.ts";
import type { EventDrawPlan, StimulusShape } from "./plan.ts";
import {
  NEURON,
  STEP,
  TARGET,
  TIME,
  drawnSymbol,
  listSymbol,
  noiseSymbol,
  pastSymbol,
  setupSymbol,
  shapeSymbol,
} from "./symbols.ts";

/** Which element of every index is meant. */
export type Bindings = ReadonlyMap<string, number>;
export const UNBOUND: Bindings = new Map();

/** What the names of a model's own parameters, weights and states become, and those of the neurons at the ends of a synapse. */
export interface Scope {
  own(q: CheckedQuantity, positions: readonly number[]): Expr;
  end(end: End, q: CheckedQuantity, positions: readonly number[]): Expr;
  /** What a constant of the model, or of the set-up, is called where it keeps its name; null (or no such function) where its value is put in. */
  constant?(q: CheckedQuantity, positions: readonly number[], of: "model" | "setup"): Expr | null;
}

const PLAIN: Scope = {
  own: (q, positions) => symbol(elementName(q, positions)),
  end: (end, q) => present<Expr>(null, `${end}.${q.name} outside of a synapse`),
};

export interface Lowering {
  /** An element of a quantity of the model. */
  quantity(q: CheckedQuantity, positions: readonly number[]): Expr;
  /** `prefix` keeps the noises of different settings apart, and the draws of different events. */
  expression(e: CheckedExpr, bound: Bindings, prefix?: string): Expr;
  /** What events draw, as far as it was met, by its symbol. */
  readonly drawn: ReadonlyMap<string, EventDrawPlan>;
  /** Values one for each neuron, as far as they were met, by their symbols. */
  readonly lists: ReadonlyMap<string, readonly number[]>;
  /** States that are read as they were, as far as they were met, by their symbols. */
  readonly pasts: ReadonlyMap<string, ReadPast>;
  /** Noises met so far, in order. */
  readonly noises: ReadonlySet<string>;
  /** Stimulus shapes met since the last call. */
  takeShapes(): StimulusShape[];
  /** Names of lets by the expressions they became. */
  readonly lets: ReadonlyMap<Expr, string>;
}

/** A state's element and how long ago (ms) it is read. */
export interface ReadPast {
  readonly quantity: CheckedQuantity;
  readonly positions: readonly number[];
  readonly delay: Expr;
  /** As written. */
  readonly text: string;
}

/**
 * `drive` gives what an input element receives from outside: its symbol, and noise of a stimulus. `folding` works out constants as kernels would; who compares
 * expressions exactly hands in another, since a folded 1/3 is no third any more.
 */
export function lowering(
  neuron: Pick<CheckedNeuron, "contributions">,
  drive: (input: CheckedQuantity, positions: readonly number[]) => Expr,
  scope: Scope = PLAIN,
  folding: (e: Expr) => Expr = fold,
): Lowering {
  const noises = new Set<string>();
  const drawn = new Map<string, EventDrawPlan>();
  const lists = new Map<string, readonly number[]>();
  const pasts = new Map<string, ReadPast>();
  const lets = new Map<Expr, string>();
  const known = new Map<string, Expr>();
  const constants = new Map<CheckedQuantity, Expr>();
  const { only } = interner();
  let shapes: StimulusShape[] = [];
  let shapeCount = 0;

  /** An expression under the bindings of one place, the prefix of its noises and draws, and what of it is lowered already. */
  interface Spot {
    readonly bound: Bindings;
    readonly prefix: string;
    readonly lowered: Map<CheckedExpr, Expr>;
  }
  const spot = (bound: Bindings, prefix = ""): Spot => ({ bound, prefix, lowered: new Map() });

  function* value(q: CheckedQuantity, positions: readonly number[]): Work<Expr> {
    const { expression, bound } = elementValue(q, positions);
    return folding(yield lowered(expression, spot(bound)));
  }

  function* letElement(q: CheckedQuantity, positions: readonly number[], name: string): Work<Expr> {
    // Folded as the right sides are, so that kernels recognise it in them.
    const made = yield value(q, positions);
    // A let that only renames something keeps that name.
    if (made.kind !== "symbol" && made.kind !== "number" && !lets.has(made)) lets.set(made, name);
    return made;
  }

  /** Everything that drives an input: its stimulus and all contributions. */
  function* inputElement(q: CheckedQuantity, positions: readonly number[], name: string): Work<Expr> {
    let total = drive(q, positions);
    for (const { value: added, bound } of contributed().get(name) ?? [])
      total = only(arithmetic("+", total, yield lowered(added, spot(bound))));
    return total;
  }

  const contributed = once(() => {
    const byElement = new Map<string, { readonly value: CheckedExpr; readonly bound: Bindings }[]>();
    for (const { target, value: added } of neuron.contributions) {
      for (const { name, bound } of targetElements(target)) {
        const others = byElement.get(name);
        if (others === undefined) byElement.set(name, [{ value: added, bound }]);
        else others.push({ value: added, bound });
      }
    }
    return byElement;
  });

  function* remembered(name: string, make: (name: string) => Work<Expr>): Work<Expr> {
    const made = known.get(name) ?? (yield make(name));
    known.set(name, made);
    return made;
  }

  const placed = (indices: readonly CheckedIndex[], bound: Bindings): number[] =>
    indices.map((i) => (i.kind === "position" ? i.value : present(bound.get(i.name), `binding of index ${i.name}`)));

  function* reference(q: CheckedQuantity, positions: readonly number[]): Work<Expr> {
    switch (q.role) {
      case "param":
      case "weight":
      case "state":
        return scope.own(q, positions);
      case "const": {
        const named = scope.constant?.(q, positions, "model") ?? null;
        if (named !== null) return named;
        if (positions.length > 0) return yield value(q, positions);
        const constant = constants.get(q) ?? (yield value(q, []));
        constants.set(q, constant);
        return constant;
      }
      case "let":
        return yield remembered(elementName(q, positions), (name) => letElement(q, positions, name));
      case "input":
        return yield remembered(elementName(q, positions), (name) => inputElement(q, positions, name));
    }
  }

  function* stimulus(s: CheckedStimulus, at: Spot): Work<Expr> {
    const name = shapeSymbol(String(shapeCount++));
    function* all(list: readonly CheckedExpr[]): Generator<Work<Expr>, Expr[], Expr> {
      const values: Expr[] = [];
      for (const e of list) values.push(yield lowered(e, at));
      return values;
    }
    switch (s.shape) {
      case "named": {
        const parts = new Map<string, Expr>();
        for (const p of shapeOf(s.name).parts) {
          const given = s.parts.get(p.name);
          if (given !== undefined) parts.set(p.name, yield lowered(given, at));
          else if (typeof p.otherwise === "number") parts.set(p.name, number(p.otherwise));
        }
        shapes.push({ symbol: name, shape: "named", name: s.name, parts });
        break;
      }
      case "steps":
        shapes.push({ symbol: name, shape: "steps", times: yield* all(s.times), values: yield* all(s.values) });
        break;
      case "samples":
        shapes.push({
          symbol: name,
          shape: "samples",
          path: s.path,
          ...(s.each === null ? changesOf(s) : { times: s.times, values: s.values }),
          sweeps: s.sweeps === null ? null : new Map([...s.sweeps].map(([n, sweep]) => [n, changesOf(sweep)])),
          each: s.each,
        });
        break;
    }
    return symbol(name);
  }

  /** What is shared in a checked expression is lowered once, and what is equal becomes one. */
  function* lowered(e: CheckedExpr, at: Spot): Work<Expr> {
    const old = at.lowered.get(e);
    if (old !== undefined) return old;
    const made = only(yield lowerNode(e, at));
    at.lowered.set(e, made);
    return made;
  }

  function* lowerNode(e: CheckedExpr, at: Spot): Work<Expr> {
    const { bound, prefix } = at;
    switch (e.kind) {
      case "number":
        invariant(!Number.isNaN(e.value), "what was not understood has been told");
        return number(e.value);
      case "quantity":
        return yield reference(e.quantity, placed(e.indices, bound));
      case "end":
        return scope.end(e.end, e.quantity, placed(e.indices, bound));
      case "setup": {
        if (e.quantity.role === "param") return symbol(setupSymbol(e.quantity.name));
        const named =
          e.quantity.role === "const" && scope.constant !== undefined ? scope.constant(e.quantity, [], "setup") : null;
        return named === null ? yield value(e.quantity, []) : named;
      }
      case "index":
        return number(present(bound.get(e.name), `binding of index ${e.name}`));
      case "time":
        return symbol(TIME);
      case "step":
        return symbol(STEP);
      case "neuron":
        return symbol(NEURON);
      case "listed": {
        const name = listSymbol(e.values);
        lists.set(name, e.values);
        return symbol(name);
      }
      case "target":
        return symbol(TARGET);
      case "noise": {
        // An anonymous occurrence is independent for each element of an indexed equation.
        const element = e.name.includes("#") && bound.size > 0 ? `[${[...bound.values()].join(",")}]` : "";
        const name = noiseSymbol(prefix + e.name + element);
        noises.add(name);
        return symbol(name);
      }
      case "drawn": {
        const element = e.drawn.of === "elements" ? `[${[...bound.values()].join(",")}]` : "";
        const name = prefix + e.drawn.name + element;
        const { draw } = e.drawn;
        const args: Expr[] = [];
        for (const argument of draw.arguments) args.push(folding(yield lowered(argument, at)));
        const [min, max] = [
          draw.min === null ? null : folding(yield lowered(draw.min, at)),
          draw.max === null ? null : folding(yield lowered(draw.max, at)),
        ];
        const { distribution, origin } = draw;
        drawn.set(drawnSymbol(name), {
          name,
          value: { kind: "draw", distribution, arguments: args, min, max, except: null, origin },
        });
        return symbol(drawnSymbol(name));
      }
      case "past": {
        const { of } = e;
        invariant(of.kind === "quantity", "the past is a state's");
        const [{ quantity }, positions] = [of, placed(of.indices, bound)];
        const delay = fold(yield lowered(e.delay, at));
        const name = pastSymbol(elementName(quantity, positions), printExpr(delay));
        pasts.set(name, { quantity, positions, delay, text: textOf(e.origin) });
        return symbol(name);
      }
      case "negate":
        return { kind: "negate", operand: yield lowered(e.operand, at) };
      case "not":
        return { kind: "not", operand: yield lowered(e.operand, at) };
      case "arithmetic": {
        const [left, right] = [yield lowered(e.left, at), yield lowered(e.right, at)];
        return e.operator === "^" ? powered(left, right) : arithmetic(e.operator, left, right);
      }
      case "comparison":
        return {
          kind: "compare",
          operator: e.operator,
          left: yield lowered(e.left, at),
          right: yield lowered(e.right, at),
        };
      case "logical":
        return {
          kind: "logical",
          operator: e.operator,
          left: yield lowered(e.left, at),
          right: yield lowered(e.right, at),
        };
      case "conditional":
        return {
          kind: "conditional",
          condition: yield lowered(e.condition, at),
          then: yield lowered(e.then, at),
          otherwise: yield lowered(e.otherwise, at),
        };
      case "call": {
        const parts: Expr[] = [];
        for (const argument of e.arguments) parts.push(yield lowered(argument, at));
        return variadic(e.function, parts);
      }
      case "sum": {
        let total: Expr | null = null;
        for (const more of allBindings(e.over)) {
          const term = yield lowered(e.body, spot(new Map([...bound, ...more]), prefix));
          total = total === null ? term : only(arithmetic("+", total, term));
        }
        return total ?? number(0);
      }
      case "stimulus":
        return yield stimulus(e.stimulus, at);
      default:
        return assertNever(e);
    }
  }

  return {
    quantity: (q, positions) => done(reference(q, positions)),
    expression: (e, bound, prefix) => done(lowered(e, spot(bound, prefix))),
    noises,
    drawn,
    lists,
    pasts,
    lets,
    takeShapes() {
      const taken = shapes;
      shapes = [];
      return taken;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
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

/** A value holds until the next: one that is as the one before says nothing. -0 is another than 0. */
function changesOf({ times, values }: { readonly times: readonly number[]; readonly values: readonly number[] }): {
  readonly times: readonly number[];
  readonly values: readonly number[];
} {
  const changes = values.flatMap((v, k) => (k > 0 && Object.is(v, values[k - 1]) ? [] : [k]));
  if (changes.length === values.length) return { times, values };
  return { times: changes.map((k) => times[k] as number), values: changes.map((k) => values[k] as number) };
}

function elementValue(
  q: CheckedQuantity,
  positions: readonly number[],
): { readonly expression: CheckedExpr; readonly bound: Bindings } {
  const value = present(q.value, `value of ${q.name}`);
  if (value.kind === "expression")
    return {
      expression: value.expression,
      bound: new Map(q.indices.map((range, k) => [range.name, positions[k] ?? 0])),
    };
  return {
    expression: present(value.elements[flatPosition(q.indices, positions)], `element of ${q.name}`),
    bound: UNBOUND,
  };
}

export function flatPosition(ranges: readonly IndexRange[], positions: readonly number[]): number {
  return ranges.reduce((flat, range, k) => flat * (range.to - range.from + 1) + ((positions[k] ?? 0) - range.from), 0);
}

/** The elements that a target with free indices stands for, each with the bindings under which its value is meant. */
export function targetElements(
  target: CheckedTarget,
): readonly { readonly name: string; readonly positions: readonly number[]; readonly bound: Bindings }[] {
  const free = target.indices.flatMap((index, k) =>
    index.kind === "index" ? [{ ...present(target.quantity.indices[k], "index range"), name: index.name }] : [],
  );
  return [...allBindings(free)].map((bound) => {
    const positions = target.indices.map((index) =>
      index.kind === "position" ? index.value : present(bound.get(index.name), index.name),
    );
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
