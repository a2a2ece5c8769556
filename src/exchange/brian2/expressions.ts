// Expressions as Brian2 writes them: of a checked model with its units, and of a plan as numbers.
import type {
  CheckedExpr,
  CheckedIndex,
  CheckedQuantity,
  CheckedStimulus,
  End,
  EventDraw,
} from "../../3-check/checked.ts";
import { allBindings, type Bindings } from "../../4-plan/lower.ts";
import { contains } from "../../algebra/traverse.ts";
import { assertNever, present } from "../../base/invariant.ts";
import { textOf } from "../../base/source.ts";
import type { Expr, FunctionName } from "../../algebra/expression.ts";
import { canonicalValue, parseUnit, type Unit } from "../../quantities/unit.ts";
import { operandsOf } from "./elements.ts";
import { numberText, quantityText } from "./units.ts";

/** How strongly a text holds together, as Python reads it. */
const OR = 1,
  AND = 2,
  NOT = 3,
  COMPARE = 4,
  SUM = 5,
  PRODUCT = 6,
  SIGN = 7,
  POWER = 8,
  ATOM = 9;

/** A text and how strongly it holds together. */
export interface Written {
  readonly text: string;
  readonly binds: number;
}

const atom = (text: string): Written => ({ text, binds: ATOM });
/** A number with its unit, `-5*mV`, binds as it is read. */
export const asWritten = (text: string): Written => ({
  text,
  binds: /^[A-Za-z_][A-Za-z_0-9]*$|^[0-9.]+(?:e[+-]?[0-9]+)?$/.test(text)
    ? ATOM
    : text.startsWith("-")
      ? SIGN
      : PRODUCT,
});

/** An expression that stands in for a name. */
export function grouped(text: string): Written {
  return asWritten(text).binds === ATOM || isEnclosed(text) ? atom(text) : atom(`(${text})`);
}

/** A call, or what stands in parentheses as a whole. */
function isEnclosed(text: string): boolean {
  if (!/^[A-Za-z_0-9]*\(.*\)$/s.test(text)) return false;
  let depth = 0;
  for (let k = 0; k < text.length; k++) {
    if (text[k] === "(") depth++;
    if (text[k] === ")" && --depth === 0) return k === text.length - 1;
  }
  return false;
}

function within({ text, binds }: Written, least: number, isRight = false): string {
  return binds < least || (isRight && text.startsWith("-") && binds < ATOM) ? `(${text})` : text;
}

/** What stands for the names of a model where an expression is written. */
export interface Scope {
  own(q: CheckedQuantity, positions: readonly number[], e: CheckedExpr): Written;
  end(end: End, q: CheckedQuantity, positions: readonly number[], e: CheckedExpr): Written;
  setup(q: CheckedQuantity): Written;
  /** `t` as the modeller means it. */
  readonly time: Written;
  noise(name: string, e: CheckedExpr): Written;
  drawn(drawn: EventDraw, e: CheckedExpr): Written;
  stimulus(stimulus: CheckedStimulus, e: CheckedExpr): Written;
  listed(e: ListedExpr): Written;
  /** Whether a choice is made in what a name stands for. */
  chooses(q: CheckedQuantity, positions: readonly number[]): boolean;
}

/** A value for each neuron. */
export type ListedExpr = Extract<CheckedExpr, { readonly kind: "listed" }>;

/** The functions of the script that expressions need. */
export type Helper = "choose" | "positive" | "minimum" | "maximum";

export interface Writer {
  (e: CheckedExpr, bound: Bindings): string;
}

/** `needs` is told which functions are used. */
export function writer(scope: Scope, needs: (helper: Helper) => void): Writer {
  const positionsAt = (indices: readonly CheckedIndex[], bound: Bindings): number[] =>
    indices.map((i) => (i.kind === "position" ? i.value : present(bound.get(i.name), i.name)));
  const isChoice = (e: CheckedExpr, bound: Bindings): boolean => {
    if (e.kind === "conditional" || (e.kind === "call" && e.function === "step")) return true;
    if (e.kind === "quantity" || e.kind === "end") return scope.chooses(e.quantity, positionsAt(e.indices, bound));
    return operandsOf(e, bound).some((part) => isChoice(part.value, part.bound));
  };
  /** A condition as 1 or 0. */
  const decision = (e: CheckedExpr, bound: Bindings): Decision => {
    const relations = comparisonsIn(e);
    const isPlain = !relations.some((r) => [r.left, r.right].some((side) => isChoice(side, bound)));
    return isPlain ? plainDecision(write(e, bound)) : opaque(e, bound);
  };
  const opaque = (e: CheckedExpr, bound: Bindings): Decision => {
    switch (e.kind) {
      case "comparison":
        return difference(e.operator, write(e.left, bound), write(e.right, bound), needs);
      case "logical":
        return combined(e.operator, opaque(e.left, bound), opaque(e.right, bound));
      case "not":
        return swapped(opaque(e.operand, bound));
      default:
        return plainDecision(write(e, bound));
    }
  };
  const write = (e: CheckedExpr, bound: Bindings): Written => {
    const of = (part: CheckedExpr): Written => write(part, bound);
    switch (e.kind) {
      case "number":
        return asWritten(literal(e, e.value));
      case "quantity":
        return scope.own(e.quantity, positionsAt(e.indices, bound), e);
      case "end":
        return scope.end(e.end, e.quantity, positionsAt(e.indices, bound), e);
      case "setup":
        return scope.setup(e.quantity);
      case "index":
        return asWritten(String(present(bound.get(e.name), e.name)));
      case "time":
        return scope.time;
      case "step":
        return atom("dt");
      case "neuron":
        return atom("i");
      case "target":
        return atom("j");
      case "drawn":
        return scope.drawn(e.drawn, e);
      case "noise":
        return scope.noise(e.name, e);
      case "negate":
        return negated(of(e.operand));
      case "not":
        return { text: `not ${within(of(e.operand), NOT)}`, binds: NOT };
      case "arithmetic":
        return arithmetic(e.operator, of(e.left), of(e.right));
      case "comparison":
        return comparison(e.operator, of(e.left), of(e.right));
      case "logical":
        return logical(e.operator, of(e.left), of(e.right));
      case "conditional":
        return conditional(
          decision(e.condition, bound),
          of(e.then),
          of(e.otherwise),
          isTame(e.then) && isTame(e.otherwise),
          needs,
        );
      case "call":
        return called(e.function, e.arguments.map(of), zeroOf(e.arguments[0]), needs);
      case "sum": {
        const terms = [...allBindings(e.over)].map((b) => write(e.body, new Map([...bound, ...b])));
        return terms.length === 0
          ? asWritten(quantityText(0, e.dimension))
          : terms.reduce((a, b) => arithmetic("+", a, b));
      }
      case "stimulus":
        return scope.stimulus(e.stimulus, e);
      case "listed":
        return scope.listed(e);
      case "past":
        return present<never>(null, `what is refused before it is written, at ${e.origin.start}`);
      default:
        return assertNever(e);
    }
  };
  return (e, bound) => write(e, bound).text;
}

function zeroOf(e: CheckedExpr | undefined): Written {
  return asWritten(e === undefined ? "0" : quantityText(0, e.dimension));
}

/** A number in the unit in which it stands in the model, where that is what is meant there. */
function literal({ origin, dimension }: CheckedExpr, value: number): string {
  const [, digits = "", unitText = ""] = /^([0-9.]+(?:[eE][+-]?[0-9]+)?) *(.*)$/.exec(textOf(origin)) ?? [];
  const parsed = unitText === "" ? null : parseUnit(unitText);
  const unit: Unit | null = parsed !== null && "unit" in parsed ? parsed.unit : null;
  if (unit !== null && unit.dimension.key === dimension.key && canonicalValue(digits, unit).value === value)
    return quantityText(value, dimension, unit);
  return quantityText(value, dimension);
}

/** An expression that is finite wherever its states are: both sides of a choice may be computed. */
function isTame(e: CheckedExpr): boolean {
  switch (e.kind) {
    case "number":
    case "quantity":
    case "setup":
    case "index":
    case "time":
    case "step":
    case "end":
    case "neuron":
    case "target":
    case "listed":
      return true;
    case "negate":
      return isTame(e.operand);
    case "arithmetic":
      return (e.operator === "+" || e.operator === "-" || e.operator === "*") && isTame(e.left) && isTame(e.right);
    case "sum":
      return isTame(e.body);
    default:
      return false;
  }
}

export function negated(operand: Written): Written {
  return { text: `-${within(operand, PRODUCT, true)}`, binds: SIGN };
}

export function arithmetic(operator: "+" | "-" | "*" | "/" | "^", left: Written, right: Written): Written {
  switch (operator) {
    case "+":
    case "-":
      return { text: `${within(left, SUM)} ${operator} ${within(right, PRODUCT, true)}`, binds: SUM };
    case "*":
    case "/":
      return { text: `${within(left, PRODUCT)}${operator}${within(right, POWER, true)}`, binds: PRODUCT };
    case "^":
      return { text: `${within(left, ATOM)}**${within(right, ATOM)}`, binds: POWER };
  }
}

export function comparison(operator: string, left: Written, right: Written): Written {
  return { text: `${within(left, SUM)} ${operator} ${within(right, SUM)}`, binds: COMPARE };
}

export function logical(operator: "and" | "or", left: Written, right: Written): Written {
  const binds = operator === "and" ? AND : OR;
  return { text: `${within(left, binds)} ${operator} ${within(right, binds + 1)}`, binds };
}

/** A condition as a number, 1 where it holds and 0 elsewhere, and the other way round. */
interface Decision {
  readonly holds: Written;
  readonly fails: Written;
}

function plainDecision(condition: Written): Decision {
  return { holds: atom(`int(${condition.text})`), fails: atom(`int(not ${within(condition, ATOM)})`) };
}

function swapped({ holds, fails }: Decision): Decision {
  return { holds: fails, fails: holds };
}

function combined(operator: "and" | "or", a: Decision, b: Decision): Decision {
  if (operator === "or") return swapped(combined("and", swapped(a), swapped(b)));
  const both = arithmetic("*", a.holds, b.holds);
  return { holds: both, fails: grouped(arithmetic("-", asWritten("1"), both).text) };
}

/**
 * A comparison as a function of the difference. Brian2 puts what names stand for into one another, and its algebra takes no comparison of something in which another comparison is multiplied by a sum.
 */
function difference(operator: string, left: Written, right: Written, needs: (helper: Helper) => void): Decision {
  needs("positive");
  const above = (a: Written, b: Written): Decision => {
    const holds = atom(`positive(${arithmetic("-", a, b).text})`);
    return { holds, fails: grouped(`1 - ${holds.text}`) };
  };
  switch (operator) {
    case ">":
      return above(left, right);
    case "<":
      return above(right, left);
    case ">=":
      return swapped(above(right, left));
    case "<=":
      return swapped(above(left, right));
    case "==":
      return combined("and", swapped(above(left, right)), swapped(above(right, left)));
    default:
      return combined("or", above(left, right), above(right, left));
  }
}

/** `tame`: both values are finite, so that one times 0 is 0. */
function conditional(
  { holds, fails }: Decision,
  then: Written,
  otherwise: Written,
  tame: boolean,
  needs: (helper: Helper) => void,
): Written {
  if (!tame) {
    needs("choose");
    return atom(`choose(${holds.text}, ${then.text}, ${otherwise.text})`);
  }
  const term = (chosen: Written, value: Written): Written | null =>
    /^0(?:$|[*/])/.test(value.text) ? null : value.text === "1" ? chosen : arithmetic("*", chosen, value);
  const terms = [term(holds, then), term(fails, otherwise)].filter((t) => t !== null);
  return terms.length === 0 ? then : terms.reduce((a, b) => arithmetic("+", a, b));
}

/** Those of the same name need no word. */
const RENAMED: Partial<Record<FunctionName, string>> = {
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
  clamp: "clip",
};

function called(name: FunctionName, args: readonly Written[], zero: Written, needs: (helper: Helper) => void): Written {
  const [x = zero, ...others] = args;
  switch (name) {
    case "min":
    case "max": {
      const helper = name === "min" ? "minimum" : "maximum";
      needs(helper);
      return others.reduce((a, b) => atom(`${helper}(${a.text}, ${b.text})`), x);
    }
    case "step":
      return atom(`int(${comparison(">=", x, zero).text})`);
    case "round":
      return arithmetic("*", atom(`sign(${x.text})`), atom(`floor(abs(${x.text}) + 0.5)`));
    default:
      return atom(`${RENAMED[name] ?? name}(${args.map((a) => a.text).join(", ")})`);
  }
}

/** Of a plan: pure numbers, symbols as `symbol` writes them; `named` gives the name of a part that has one. */
export function writtenNumber(
  e: Expr,
  symbol: (name: string) => Written,
  needs: (helper: Helper) => void,
  named: (e: Expr) => string | null = () => null,
): Written {
  const name = named(e);
  if (name !== null) return atom(name);
  const of = (part: Expr): Written => writtenNumber(part, symbol, needs, named);
  const decision = (part: Expr): Decision => {
    switch (part.kind) {
      case "compare":
        return [part.left, part.right].some((side) => contains(side, (x) => x.kind === "conditional"))
          ? difference(part.operator, of(part.left), of(part.right), needs)
          : plainDecision(of(part));
      case "logical":
        return combined(part.operator, decision(part.left), decision(part.right));
      case "not":
        return swapped(decision(part.operand));
      default:
        return plainDecision(of(part));
    }
  };
  switch (e.kind) {
    case "number":
      return asWritten(numberText(e.value));
    case "symbol":
      return symbol(e.name);
    case "negate":
      return negated(of(e.operand));
    case "arithmetic":
      return arithmetic(e.operator, of(e.left), of(e.right));
    case "compare":
      return comparison(e.operator, of(e.left), of(e.right));
    case "logical":
      return logical(e.operator, of(e.left), of(e.right));
    case "not":
      return { text: `not ${within(of(e.operand), NOT)}`, binds: NOT };
    case "conditional":
      return conditional(decision(e.condition), of(e.then), of(e.otherwise), false, needs);
    case "call":
      return called(e.function, e.arguments.map(of), asWritten("0"), needs);
  }
}

function comparisonsIn(e: CheckedExpr): readonly Extract<CheckedExpr, { readonly kind: "comparison" }>[] {
  switch (e.kind) {
    case "comparison":
      return [e];
    case "logical":
      return [...comparisonsIn(e.left), ...comparisonsIn(e.right)];
    case "not":
      return comparisonsIn(e.operand);
    default:
      return [];
  }
}
