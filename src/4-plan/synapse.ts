// A projection's synapse as the planner sees it: its elements, what its events and equations compute, and which of its values differ between connections.
import type { Expr } from "../algebra/expression.ts";
import { symbol } from "../algebra/expression.ts";
import { likeness, type Likeness, type Saying } from "../algebra/likeness.ts";
import { fold } from "../algebra/simplify.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import { invariant } from "../base/invariant.ts";
import { textOf, type Span } from "../base/source.ts";
import type { CheckedEquation, CheckedProjection, CheckedQuantity, End } from "../3-check/checked.ts";
import {
  elementName,
  lowering,
  positionsOf,
  targetElements,
  UNBOUND,
  type Bindings,
  type Lowering,
  type Scope,
} from "./lower.ts";
import { CONTRIBUTION, EQUATION, kindsOf, defaultOf } from "./order.ts";
import { sortedBy } from "../base/lists.ts";
import { type ValuePlan } from "./plan.ts";
import { NEURON, STEP, TARGET, agoSymbol, atEnd, endSymbol, isSetup, setupSymbol } from "./symbols.ts";
import { oneLine } from "./units.ts";
import { symbolsOfValue, valueOf, valuePlan } from "./values.ts";

/** A line of the synapse for one element of its target; `lower` writes its right side in whatever names a view gives. */
export interface Line {
  /** Element that is written to, or the input that is given to: `g`, `V` of an end. */
  readonly element: string;
  readonly end: End | null;
  readonly text: string;
  readonly origin: Span;
  lower(view: Lowering): Expr;
}

export interface Element {
  readonly name: string;
  readonly quantity: CheckedQuantity;
  readonly positions: readonly number[];
}

export interface SynapseStudy {
  readonly projection: CheckedProjection;
  /** `exc E->I` */
  readonly name: string;
  readonly states: readonly Element[];
  /** Parameters and weights. */
  readonly constants: readonly Element[];
  /** Elements, weights and parameters alike, that differ between connections. */
  readonly varying: ReadonlySet<string>;
  /** Of every parameter, weight and state, in the names of the view `plain`. */
  readonly values: ReadonlyMap<string, ValuePlan>;
  readonly delay: ValuePlan | null;
  readonly oneDelay: boolean;
  /** Whether anything takes its time: no delay, and one of 0 for all, are none. */
  readonly delayed: boolean;
  readonly equations: readonly Line[];
  readonly contributions: readonly Line[];
  readonly onPre: readonly Line[];
  readonly onPost: readonly Line[];
  /** What tells its symbols in the view `plain` apart. */
  readonly alike: Likeness;
  /** Own states and varying values by their names, common values as `@exc.τ`, values of the ends as `#pre:V`, `#pre ago:V`. */
  readonly plain: Lowering;
}

/** Name of a value that all connections of a `connect` share. */
export function sharedName(connection: string, element: string): string {
  return `${connection}.${element}`;
}

export function studySynapse(projection: CheckedProjection): SynapseStudy {
  const { synapse, connection } = projection;
  const elements = (...roles: CheckedQuantity["role"][]): Element[] =>
    synapse.quantities
      .filter((q) => roles.includes(q.role))
      .flatMap((quantity) =>
        positionsOf(quantity.indices).map((positions) => ({
          name: elementName(quantity, positions),
          quantity,
          positions,
        })),
      );
  const states = elements("state");
  const constants = elements("weight", "param");
  const assigned = new Set(
    [...synapse.onPre, ...synapse.onPost]
      .filter((a) => a.target.end === null)
      .flatMap((a) => targetElements(a.target).map((e) => e.name)),
  );

  const bare = synapseView(projection, { own: (q, positions) => symbol(elementName(q, positions)), end: openEnd });
  const columns = projection.rule.kind === "file" ? projection.rule.columns : new Map<string, readonly number[]>();
  const valueIn = (e: Element, view: Lowering): ValuePlan =>
    valueOf(e.quantity, e.positions, projection.settings, view) ?? {
      kind: "expression",
      expression: { kind: "number", value: 0 },
    };
  const varying = new Set([
    ...columns.keys(),
    ...constants.filter((e) => e.quantity.role === "weight" && assigned.has(e.name)).map((e) => e.name),
  ]);
  for (let grown = true; grown;) {
    grown = false;
    for (const e of constants) {
      if (varying.has(e.name) || !differs(valueIn(e, bare), varying)) continue;
      varying.add(e.name);
      grown = true;
    }
  }

  /** Values of the ends that nothing changes, as far as they were met. */
  const fixed = new Set<string>();
  const shared = (q: CheckedQuantity, name: string): boolean => q.role !== "state" && !varying.has(name);
  const plain = synapseView(projection, {
    own: (q, positions) =>
      symbol(
        shared(q, elementName(q, positions))
          ? setupSymbol(sharedName(connection, elementName(q, positions)))
          : elementName(q, positions),
      ),
    end(end, q, positions) {
      const name = endSymbol(end, elementName(q, positions));
      if (q.role === "param" || q.role === "const") fixed.add(name);
      return symbol(name);
    },
  });
  const listed = columns.get("delay");
  // A column of one and the same delay is one delay.
  const [common] = listed ?? [];
  const oneListed = common !== undefined && listed?.every((d) => d === common) === true;
  const delay: ValuePlan | null = oneListed
    ? { kind: "expression", expression: { kind: "number", value: common } }
    : projection.delay === null
      ? null
      : valuePlan(projection.delay.value, UNBOUND, 0, plain);
  const delayed =
    (listed?.some((d) => d !== 0) ?? false) ||
    (delay !== null && !(delay.kind === "expression" && isZero(delay.expression)));
  const lines = (of: readonly CheckedEquation[], block = ""): Line[] =>
    of.flatMap((a) => targetElements(a.target).map(({ name, bound }) => line(name, a.target.end, a, bound, block)));
  const lateLines = (of: readonly CheckedEquation[]): Line[] =>
    delayed ? lines(of).map((l) => late(l, fixed)) : lines(of);
  const values = new Map([...constants, ...states].map((e) => [e.name, valueIn(e, plain)]));
  const [equations, contributions, onPre, onPost] = [
    lateLines(synapse.equations),
    lateLines(synapse.contributions),
    lines(synapse.onPre, "on pre/"),
    lines(synapse.onPost, "on post/"),
  ] as const;
  const said = (role: string, of: readonly Line[]): Saying[] =>
    of.map((l) => ({
      role: `${role} ${l.end ?? ""}`,
      of: l.end === null ? l.element : endSymbol(l.end, l.element),
      values: [l.lower(plain)],
    }));
  const alike = likeness(
    [
      ...said(EQUATION, equations),
      ...said(CONTRIBUTION, contributions),
      ...said("pre", onPre),
      ...said("post", onPost),
      ...[...constants, ...states].flatMap((e) => {
        const value = valueOf(e.quantity, e.positions, [], plain);
        return value === null ? [] : [defaultOf(nameOf(plain.quantity(e.quantity, e.positions)), "=", value)];
      }),
    ],
    kindsOf(synapse.quantities),
    states.map((e) => e.name),
  );
  return {
    projection,
    name: orderedBy(projection),
    states,
    constants,
    varying,
    values,
    delay,
    oneDelay: (listed === undefined || oneListed) && (delay === null || !differs(delay, varying)),
    delayed,
    equations,
    contributions: sortedBy(contributions, (l) => alike.ofExpression(l.lower(plain))),
    onPre,
    onPost,
    alike,
    plain,
  };
}

/** What connections are sorted by: in this order they act on spikes that arrive together. */
export function orderedBy({ drawnAs, source, target }: CheckedProjection): string {
  return `${drawnAs} ${source.population}->${target.population}`;
}

/** The synapse's expressions with names of the caller's choice. */
export function synapseView({ synapse }: CheckedProjection, scope: Scope): Lowering {
  return lowering({ contributions: [] }, (input) => symbol(`no input ${synapse.name}.${input.name}`), scope);
}

function openEnd(end: End, q: CheckedQuantity, positions: readonly number[]): Expr {
  return symbol(endSymbol(end, elementName(q, positions)));
}

function line(
  element: string,
  end: End | null,
  { value, origin }: Pick<CheckedEquation, "value" | "origin">,
  bound: Bindings,
  block: string,
): Line {
  return {
    element,
    end,
    text: oneLine(textOf(origin)),
    origin,
    lower: (view) => fold(view.expression(value, bound, block)),
  };
}

/** The same line with what it reads of the other end as that was a delay ago: the source, but for what the source receives. */
function late(l: Line, fixed: ReadonlySet<string>): Line {
  const far: End = l.end === "pre" ? "post" : "pre";
  return {
    ...l,
    lower(view) {
      const now = l.lower(view);
      const then = new Map(
        [...symbolsOf(now)].flatMap((s): [string, Expr][] => {
          const read = fixed.has(s) ? null : atEnd(s, far);
          return read === null ? [] : [[s, symbol(agoSymbol(far, read.of))]];
        }),
      );
      return then.size === 0 ? now : substitute(now, then);
    },
  };
}

/** Whether a value is not the same for all connections. */
function differs(value: ValuePlan, varying: ReadonlySet<string>): boolean {
  return (
    value.kind === "draw" ||
    symbolsOfValue(value).some((s) => s === NEURON || s === TARGET || isEnd(s) || varying.has(s))
  );
}

/** What a symbol is called. */
export function nameOf(e: Expr): string {
  invariant(e.kind === "symbol", "a state is a symbol");
  return e.name;
}

export function isEnd(s: string, end?: End): boolean {
  return atEnd(s, end) !== null;
}

/** Made of numbers and what all connections share. */
export function isShared(s: string): boolean {
  return isSetup(s) || s === STEP;
}

/** 0, whatever it is made of. */
export function isZero(e: Expr): boolean {
  const folded = fold(e);
  return folded.kind === "number" && folded.value === 0;
}

export function readsOnly(e: Expr, allowed: (s: string) => boolean): boolean {
  return [...symbolsOf(e)].every(allowed);
}
