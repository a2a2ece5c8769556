// Expressions as Brian2 writes them: of a checked model with its units, and of a plan as numbers.
import type { CheckedExpr, CheckedIndex, CheckedQuantity, CheckedStimulus, End, EventDraw } from "../../3-check/checked.ts";
import { allBindings, type Bindings } from "../../4-plan/lower.ts";
import { assertNever, present } from "../../base/invariant.ts";
import { textOf } from "../../base/source.ts";
import type { Expr, FunctionName } from "../../algebra/expression.ts";
import { canonicalValue, parseUnit, type Unit } from "../../quantities/unit.ts";
import { numberText, quantityText } from "./units.ts";

/** How strongly a text holds together, as Python reads it. */
const OR = 1, AND = 2, NOT = 3, COMPARE = 4, SUM = 5, PRODUCT = 6, SIGN = 7, POWER = 8, ATOM = 9;

/** A text and how strongly it holds together. */
export interface Written {
  readonly text: string;
  readonly binds: number;
}

const atom = (text: string): Written => ({ text, binds: ATOM });
/** A number with its unit, `-5*mV`, binds as it is read. */
export const asWritten = (text: string): Written => ({
  text,
  binds: /^[A-Za-z_][A-Za-z_0-9]*$|^[0-9.]+(?:e[+-]?[0-9]+)?$/.test(text) ? ATOM : text.startsWith("-") ? SIGN : PRODUCT,
});

/** An expression that stands in for a name. */
export function grouped(text: string): Written {
  return asWritten(text).binds === ATOM ? atom(text) : atom(`(${text})`);
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
}

export interface Writer {
  (e: CheckedExpr, bound: Bindings): string;
}

/** `needsChoice` is called where the function \`choose\` is used. */
export function writer(scope: Scope, needsChoice: () => void): Writer {
  const positionsAt = (indices: readonly CheckedIndex[], bound: Bindings): number[] =>
    indices.map((i) => (i.kind === "position" ? i.value : present(bound.get(i.name), i.name)));
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
        return conditional(of(e.condition), of(e.then), of(e.otherwise), isTame(e.then) && isTame(e.otherwise), needsChoice);
      case "call":
        return called(e.function, e.arguments.map(of), zeroOf(e.arguments[0]), needsChoice);
      case "sum": {
        const terms = [...allBindings(e.over)].map((b) => write(e.body, new Map([...bound, ...b])));
        return terms.length === 0 ? asWritten(quantityText(0, e.dimension)) : terms.reduce((a, b) => arithmetic("+", a, b));
      }
      case "stimulus":
        return scope.stimulus(e.stimulus, e);
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
      return { text: `${within(left, SUM)} ${operator} ${within(right, operator === "+" ? SUM : PRODUCT, true)}`, binds: SUM };
    case "*":
    case "/":
      return { text: `${within(left, PRODUCT)}${operator}${within(right, operator === "*" ? PRODUCT : POWER, true)}`, binds: PRODUCT };
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

/** `tame`: both values are finite, so that one times 0 is 0. */
function conditional(condition: Written, then: Written, otherwise: Written, tame: boolean, needsChoice: () => void): Written {
  if (!tame) {
    needsChoice();
    return atom(`choose(${condition.text}, ${then.text}, ${otherwise.text})`);
  }
  const term = (chosen: string, value: Written): Written | null =>
    /^0(?:$|[*/])/.test(value.text) ? null : value.text === "1" ? atom(chosen) : arithmetic("*", atom(chosen), value);
  const terms = [
    term(`int(${condition.text})`, then),
    term(`int(not ${within(condition, ATOM)})`, otherwise),
  ].filter((t) => t !== null);
  return terms.length === 0 ? then : terms.reduce((a, b) => arithmetic("+", a, b));
}

/** Those of the same name need no word. */
const RENAMED: Partial<Record<FunctionName, string>> = { asin: "arcsin", acos: "arccos", atan: "arctan", clamp: "clip" };

function called(name: FunctionName, args: readonly Written[], zero: Written, needsChoice: () => void): Written {
  const [x = zero, ...others] = args;
  switch (name) {
    case "min":
    case "max":
      return others.reduce((a, b) => {
        needsChoice();
        return atom(`choose(${comparison(name === "min" ? "<" : ">", b, a).text}, ${b.text}, ${a.text})`);
      }, x);
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
  needsChoice: () => void,
  named: (e: Expr) => string | null = () => null,
): Written {
  const name = named(e);
  if (name !== null) return atom(name);
  const of = (part: Expr): Written => writtenNumber(part, symbol, needsChoice, named);
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
      return conditional(of(e.condition), of(e.then), of(e.otherwise), false, needsChoice);
    case "call":
      return called(e.function, e.arguments.map(of), asWritten("0"), needsChoice);
  }
}
