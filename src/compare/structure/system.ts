// What a model says, taken apart into clauses that can be held against each other one by one: a rate, an initial value, a reset, a threshold, a weight.
import { affine } from "../../algebra/affine.ts";
import { number, symbol, type Expr } from "../../algebra/expression.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { equivalent } from "../../algebra/normalForm.ts";
import { minus, negated, nought, over, plus, times } from "../../algebra/reals.ts";
import { mapExpr, substitute, symbolsOf } from "../../algebra/traverse.ts";
import { GLIF, printExpr } from "../../algebra/print.ts";
import { present } from "../../base/invariant.ts";
import { largestOf, smallestOf } from "../../base/lists.ts";
import type { Dimension } from "../../quantities/dimension.ts";
import type {
  CheckedDraw,
  CheckedExpr,
  CheckedQuantity,
  CheckedSetting,
  CheckedValue,
  Draw,
} from "../../3-check/checked.ts";
import { drawParts } from "../../3-check/walk.ts";
import { elementary } from "../../4-plan/elementary.ts";
import {
  elementName,
  flatPosition,
  positionsOf,
  UNBOUND,
  type Bindings,
  type Lowering,
  type Scope,
} from "../../4-plan/lower.ts";
import { drawnSymbol, NEURON, setupSymbol, TARGET, writtenSymbol } from "../../4-plan/symbols.ts";
import { partsOfDraw } from "../../4-plan/plan.ts";
import { drawsOf, settingOf } from "../../4-plan/values.ts";
import { distributionOf } from "../../runtime/distributions.ts";
import { isDraw } from "../../2-resolve/builtins.ts";
import { ANYWHERE } from "./agree.ts";
import { neuronsIn } from "./wholeNumbers.ts";
import { writeElement, writeValue, type Writing } from "./write.ts";

export type Family =
  /** Rates of states, without noise; while refractory; with inputs left as names. */
  | "rate"
  | "held"
  | "bare"
  /** The noise in a rate. */
  | "noise"
  | "initial"
  | "reset"
  | "spike"
  | "duration"
  | "hold"
  | "calculus"
  /** What contributes to an input inside the model; what drives it from outside. */
  | "contribution"
  | "stimulus"
  /** Of a parameter or weight. */
  | "value"
  | "source"
  /** What a let stands for that may be recorded although nothing in the model reads it. */
  | "let"
  /** Of synapses and connections. */
  | "pre"
  | "post"
  | "give"
  | "rule"
  | "where"
  | "delay"
  /** Of a weight kept in single precision. */
  | "precision";

export interface Clause {
  readonly family: Family;
  /** Symbol of the state, parameter or input that it is about; "" where it is about the model. */
  readonly target: string;
  /** What must agree to the letter: a distribution, a kind of rule. */
  readonly shape: string;
  readonly parts: readonly Expr[];
  /** The parts with inputs left as names, where something in the model contributes to inputs. */
  readonly bare?: readonly Expr[];
  /** Of a rule that draws nothing: which pairs it connects, slices and conditions and all. */
  readonly pairs?: Expr;
  /** The same values would be other draws. */
  readonly isRedrawn?: boolean;
  /** Of a rule: whether what it draws by is one number for all pairs or one for each, which are drawn otherwise. */
  readonly drawn?: "for all" | "for each";
  /** Of noise and of what has noise in it: with which power of its unit each part goes. */
  readonly powers?: readonly number[];
  /** Of a stimulus: its parts at any step, where a time in them goes by the steps that there are. */
  readonly atAnyStep?: readonly Expr[];
  /** Of a stimulus: its parts at a time, under values of the names in it, and the times at which it jumps. NaN where that is not known. */
  readonly course?: {
    at(valueOf: (name: string) => number): readonly number[];
    readonly edges: readonly Expr[];
    /** ms; null where it is not known. */
    readonly step: number | null;
  };
  /** For one element, or for all elements of its quantity at once. */
  text(writing: Writing, whole: boolean): string;
}

export type Role = "state" | "param" | "const" | "weight" | "input" | "let" | "noise" | "setup" | "outer";

/** A name in the clauses that is the model's own. */
export interface Member {
  readonly symbol: string;
  readonly role: Role;
  /** As people know it: `I[1]`. */
  readonly name: string;
  readonly dimension: Dimension | null;
  readonly quantity: CheckedQuantity | null;
  readonly doc: string;
}

export interface SystemEvent {
  readonly condition: Expr;
  readonly assignments: ReadonlyMap<string, Expr>;
  /** The same with inputs left as names. */
  readonly bare: Pick<SystemEvent, "condition" | "assignments">;
  text(writing: Writing): string;
}

export interface System {
  readonly members: ReadonlyMap<string, Member>;
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly events: readonly SystemEvent[];
  /** Numbers of parameters, weights and set-up as they are declared or set; NaN where they are drawn or left open. */
  readonly values: ReadonlyMap<string, number>;
  /** What a run sees of it besides what its clauses say; null where there may be any synapse and any record. */
  readonly outside: Outside | null;
  /** Names of lets that the model itself reads. */
  readonly lets: ReadonlySet<string>;
  /** How many neurons `i` and `j` count, by symbol; what is not there may be any number. */
  readonly counts: ReadonlyMap<string, number>;
  /** Initial values of states under those numbers. */
  readonly initial: ReadonlyMap<string, number>;
}

export function keyOf(family: Family, target: string): string {
  return `${family} ${target}`;
}

export function clauseOf(system: System, family: Family, target: string): Clause | null {
  return system.clauses.get(keyOf(family, target)) ?? null;
}

/** Expressions stay as they were written: a folded 1/3 would be no third any more. */
export const unfolded = (e: Expr): Expr => e;

export interface Element {
  readonly quantity: CheckedQuantity;
  readonly positions: readonly number[];
  readonly name: string;
}

export function elementsOf(quantities: readonly CheckedQuantity[], ...roles: CheckedQuantity["role"][]): Element[] {
  return quantities
    .filter((q) => roles.includes(q.role))
    .flatMap((quantity) =>
      positionsOf(quantity.indices).map((positions) => ({
        quantity,
        positions,
        name: elementName(quantity, positions),
      })),
    );
}

export function memberOf({ quantity, name }: Element, role: Role, as = name): Member {
  return { symbol: as, role, name, dimension: quantity.dimension, quantity, doc: quantity.doc };
}

/** The clause of a declared or set value; null where nothing is said. */
export function valueClause(
  family: Family,
  { quantity, positions, name }: Element,
  settings: readonly CheckedSetting[],
  lower: Lowering,
  target = name,
  prefix = "",
): Clause | null {
  const setting = settingOf(quantity, positions, settings);
  const value = setting?.setting.value ?? quantity.value;
  if (value === null) return null;
  const bound: Bindings =
    setting?.bound ?? new Map(quantity.indices.map((range, k) => [range.name, positions[k] ?? 0]));
  const flat = flatPosition(quantity.indices, positions);
  const ofElement = setting !== null && setting.setting.target.indices.length > 0;
  return {
    family,
    target,
    ...loweredValue(value, bound, flat, lower, prefix),
    text: (w, whole) =>
      whole && !ofElement
        ? writeValue(value, quantity.unit, w)
        : writeElement(value, ofElement ? 0 : flat, quantity.unit, { ...w, bound }),
  };
}

export function loweredValue(
  value: CheckedValue | CheckedDraw,
  bound: Bindings,
  flat: number,
  lower: Lowering,
  prefix = "",
): Pick<Clause, "shape" | "parts"> {
  const go = (e: CheckedExpr): Expr => lower.expression(e, bound, prefix);
  switch (value.kind) {
    case "draw": {
      const certain = withoutSpread(value, go);
      if (certain !== null) return { shape: "", parts: [certain] };
      return {
        shape: shapeOfDraw(value),
        parts: drawParts(value).map(go),
      };
    }
    case "expression":
      return { shape: "", parts: [go(value.expression)] };
    case "elements":
      return { shape: "", parts: [lower.expression(present(value.elements[flat], "element"), UNBOUND, prefix)] };
  }
}

/** What an event assigns, with what it draws for it: names and distributions agree to the letter, since the draws hang on them. */
export function assignedValue(value: Expr, lower: Lowering): Pick<Clause, "shape" | "parts"> {
  const draws = drawsOf(value, lower);
  return {
    shape: draws.map(({ name, value: draw }) => `${name} ${shapeOfDraw(draw)}`).join(", "),
    parts: [value, ...draws.flatMap((d) => partsOfDraw(d.value))],
  };
}

/** The same in one expression: each draw's symbol tells what is drawn. */
export function withDrawsNamed(value: Expr, lower: Lowering): Expr {
  const draws = drawsOf(value, lower);
  if (draws.length === 0) return value;
  const named = draws.map(({ name, value: draw }): [string, Expr] => [
    drawnSymbol(name),
    symbol(
      drawnSymbol(
        `${name} ${shapeOfDraw(draw)} ${partsOfDraw(draw)
          .map((e) => printExpr(e, GLIF))
          .join(", ")}`,
      ),
    ),
  ]);
  return substitute(value, new Map(named));
}

function shapeOfDraw({ distribution, min, max, except }: Draw<unknown>): string {
  return [
    `~${distribution}`,
    ...(min === null ? [] : ["min"]),
    ...(max === null ? [] : ["max"]),
    ...(except === null ? [] : ["except"]),
  ].join(" ");
}

/** normal(m, 0) is m. Between bounds it may be none at all. */
function withoutSpread(draw: CheckedDraw, go: (e: CheckedExpr) => Expr): Expr | null {
  const { arguments: named, moves } = distributionOf(draw.distribution);
  const [mean, spread] = draw.arguments;
  const isCertain =
    moves === 1 &&
    named[1]?.name === "sd" &&
    draw.min === null &&
    draw.max === null &&
    draw.except === null &&
    spread !== undefined &&
    equivalent(go(spread), nought);
  return isCertain && mean !== undefined ? go(mean) : null;
}

/** NaN where a name has no one number: a condition on it would hide that. */
export function knownValue(e: Expr, valueOf: (name: string) => number): number {
  return [...symbolsOf(e)].some((name) => Number.isNaN(valueOf(name))) ? NaN : evaluate(e, valueOf, elementary);
}

/** Values of all parameters, each computed from those it uses. */
export function numbersOf(
  names: Iterable<string>,
  clauses: ReadonlyMap<string, Clause>,
  given: (symbol: string) => number,
): Map<string, number> {
  const values = new Map<string, number>();
  const of = (name: string): number => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const clause = clauses.get(keyOf("value", name));
    // Until it is known: the checker has excluded cycles.
    values.set(name, NaN);
    const value =
      clause === undefined
        ? given(name)
        : clause.shape === ""
          ? knownValue(present(clause.parts[0], "value"), of)
          : NaN;
    values.set(name, value);
    return value;
  };
  for (const name of names) values.set(name, of(name));
  return values;
}

/** Below that of a parameter that is positive: it can be set, and keeps the sign of its values alone. */
const LEAST = 1e-3;

/** Between which values a parameter is that differs between neurons or is drawn; where that is not known, anywhere. */
export function rangeOfValue(s: System, target: string): readonly [least: number, most: number] {
  const { shape = "", parts = [] } = clauseOf(s, "value", target) ?? {};
  return shape === "" && parts[0] !== undefined ? rangeOverNeurons(s, parts[0]) : drawnRange(s, target);
}

function rangeOverNeurons(s: System, e: Expr): readonly [least: number, most: number] {
  const names = symbolsOf(e);
  const all = neuronsIn(names, (name) => s.counts.get(name) ?? Infinity);
  if (all === null || ![NEURON, TARGET].some((name) => names.has(name))) return ANYWHERE;
  const values = all.map((at) => knownValue(e, (name) => at.get(name) ?? s.values.get(name) ?? NaN));
  const [least, most] = [smallestOf(values), largestOf(values)];
  if (!values.every(Number.isFinite)) return ANYWHERE;
  return least >= 0 ? [Math.min(least, LEAST), Infinity] : most <= 0 ? [-Infinity, Math.max(most, -LEAST)] : ANYWHERE;
}

/** Where the distribution's own arguments are not known, anywhere. */
function drawnRange(s: System, target: string): readonly [least: number, most: number] {
  const { shape = "", parts = [] } = clauseOf(s, "value", target) ?? {};
  const [word = "", ...bounds] = shape.split(" ");
  const name = word.slice(1);
  if (!word.startsWith("~") || !isDraw(name)) return ANYWHERE;
  const values = parts.map((e) => knownValue(e, (other) => s.values.get(other) ?? NaN));
  const own = values.slice(0, values.length - bounds.length);
  const [least, most] = distributionOf(name).range(own);
  const bound = (which: string): number => values[own.length + bounds.indexOf(which)] ?? NaN;
  // NaN where it is not known.
  const low = bounds.includes("min") && bound("min") > least ? bound("min") : least;
  const high = bounds.includes("max") && bound("max") < most ? bound("max") : most;
  return [Number.isNaN(low) ? -Infinity : low, Number.isNaN(high) ? Infinity : high];
}

/** The expression with its noises at 0, and what only 0 multiplied gone. */
export function withoutNoise(e: Expr, noises: ReadonlySet<string>): Expr {
  if (noises.size === 0 || ![...symbolsOf(e)].some((s) => noises.has(s))) return e;
  return mapExpr(e, (node) => {
    if (node.kind === "symbol") return noises.has(node.name) ? nought : node;
    if (node.kind === "negate") return negated(node.operand);
    if (node.kind !== "arithmetic") return node;
    switch (node.operator) {
      case "+":
        return plus(node.left, node.right);
      case "-":
        return minus(node.left, node.right);
      case "*":
        return times(node.left, node.right);
      case "/":
        return over(node.left, node.right);
      case "^":
        return node;
    }
  });
}

/** What the noises add to it, Σ factor·noise, and of those that are nobody else's only the variance Σ factor²: two of them are one, whatever their signs. Null where there are none. */
export function noiseIn(
  e: Expr,
  noises: ReadonlySet<string>,
  isOwn: (noise: string) => boolean,
): Pick<Clause, "parts" | "powers"> | null {
  if (![...symbolsOf(e)].some((s) => noises.has(s))) return null;
  const linear = affine(e, noises);
  if (linear === null) return { parts: [minus(e, withoutNoise(e, noises)), nought], powers: NOISE_POWERS };
  const all = [...linear.coefficients];
  const sum = (terms: readonly Expr[]): Expr => terms.reduce((total, term) => plus(total, term), nought);
  return {
    parts: [
      sum(all.flatMap(([name, factor]) => (isOwn(name) ? [] : [times(factor, symbol(name))]))),
      sum(all.flatMap(([name, factor]) => (isOwn(name) ? [times(factor, factor)] : []))),
    ],
    powers: NOISE_POWERS,
  };
}

/** Of what noises add together, and of the variance of those that are nobody else's. */
export const NOISE_POWERS: readonly number[] = [1, 2];

/** Set-up parameters that one of the two experiments lacks are numbers; the others stay names. */
export type SetupView = (e: Expr) => Expr;
export const NO_SETUP: SetupView = (e) => e;

export function setupView(values: ReadonlyMap<string, number>, shared: ReadonlySet<string>): SetupView {
  const by = new Map([...values].filter(([name]) => !shared.has(name)).map(([name, value]) => [name, number(value)]));
  return by.size === 0 ? NO_SETUP : (e) => substitute(e, by);
}

export function mapClause(clause: Clause, f: (e: Expr) => Expr): Clause {
  return {
    ...clause,
    parts: clause.parts.map(f),
    ...(clause.bare === undefined ? {} : { bare: clause.bare.map(f) }),
    ...(clause.pairs === undefined ? {} : { pairs: f(clause.pairs) }),
    ...(clause.atAnyStep === undefined ? {} : { atAnyStep: clause.atAnyStep.map(f) }),
  };
}

export function mapEvent(event: SystemEvent, f: (e: Expr) => Expr): SystemEvent {
  const mapped = ({
    condition,
    assignments,
  }: Pick<SystemEvent, "condition" | "assignments">): Pick<SystemEvent, "condition" | "assignments"> => ({
    condition: f(condition),
    assignments: new Map([...assignments].map(([name, e]) => [name, f(e)])),
  });
  return { ...mapped(event), bare: mapped(event.bare), text: event.text };
}

export function joinSetup(given: ReadonlyMap<string, number>, members: Map<string, Member>): void {
  for (const name of given.keys())
    members.set(name, {
      symbol: name,
      role: "setup",
      name: writtenSymbol(name),
      dimension: null,
      quantity: null,
      doc: "",
    });
}

/** What two blocks of assignments do one after the other. */
export function composed(
  first: ReadonlyMap<string, Expr>,
  second: ReadonlyMap<string, Expr>,
): ReadonlyMap<string, Expr> {
  return new Map([...first, ...[...second].map(([name, e]): [string, Expr] => [name, substitute(e, first)])]);
}

/** Constants keep their names: what they are is told as that of parameters. */
export const NAMED_CONSTANTS: Pick<Scope, "constant"> = {
  constant: (q, positions, of) => symbol(of === "setup" ? setupSymbol(q.name) : elementName(q, positions)),
};

/** What a run sees of a neuron besides what the neuron itself does. */
export interface Outside {
  /** Symbols that connections read or assign. */
  readonly seen: ReadonlySet<string>;
  /** Symbols that connections assign. */
  readonly assigned: ReadonlySet<string>;
  /** Names of quantities that are recorded. */
  readonly recorded: ReadonlySet<string>;
}
