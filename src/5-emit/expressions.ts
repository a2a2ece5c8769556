// Expressions become statements: shared parts and named lets get a constant of their own, what does not change inside a kernel is taken out of it.
import { append } from "../base/lists.ts";
import type { CompareOperator, Expr } from "../algebra/expression.ts";
import type { Interner } from "../algebra/intern.ts";
import { foldExpr, partsOf } from "../algebra/traverse.ts";
import { assertNever, invariant, present } from "../base/invariant.ts";
import { STEP } from "../4-plan/symbols.ts";
import type { BinaryOperator, Code, Statement } from "./code.ts";
import { binary, callOf, constant, id, load, math, num, ternary } from "./construct.ts";
import {
  exponentialPrelude,
  isExponential,
  isExponentialHeavy,
  nearPrelude,
  ofShortStep,
  writtenOut,
} from "./exponentials.ts";

/** What a symbol is where a kernel stands. */
export type Leaf =
  /** A local name, a call, an element: as it is. */
  | { readonly kind: "code"; readonly code: Code }
  /** An element of an array, read once into a constant of this name. */
  | { readonly kind: "load"; readonly name: string; readonly code: Code }
  /** The same for all neurons in one step: read once, at the top of the function. */
  | { readonly kind: "stepwise"; readonly name: string; readonly code: Code }
  /** The same for all neurons and steps: a coefficient. */
  | { readonly kind: "coefficient"; readonly name: string; readonly code: Code };

/** Coefficients of a population: values that its kernels read from one array, `coefficient`, into constants at their top. */
export interface Coefficients {
  /** The slot of a value that is computed when the simulation is created. */
  slot(key: string, name: string, code: () => Code): { readonly index: number; readonly name: string };
  /** What the array holds. */
  readonly codes: readonly Code[];
}

export function coefficients(): Coefficients {
  const slots = new Map<string, { readonly index: number; readonly name: string }>();
  const codes: Code[] = [];
  return {
    codes,
    slot(key, name, code) {
      const old = slots.get(key);
      if (old !== undefined) return old;
      const made = { index: codes.length, name };
      codes.push(code());
      slots.set(key, made);
      return made;
    },
  };
}

/** Where a block of statements gets its leaves and names from. */
export interface BlockContext {
  leaf(symbol: string): Leaf;
  /** Imports a function of the runtime and answers its name. */
  runtime(name: string): string;
  /** A name for a constant of this block. */
  fresh(wanted: string): string;
  /** A name for a coefficient: the same in every block. */
  coefficientName(wanted: string): string;
  readonly interner: Interner;
  readonly lets: ReadonlyMap<number, string>;
  /** Null where nothing is taken out: at creation. */
  readonly coefficients: Coefficients | null;
  /** Code at creation of an expression over coefficients. */
  atCreation(e: Expr): Code;
}

export interface Block {
  readonly statements: readonly Statement[];
  /** Constants read from the coefficient array: the top of the function. */
  prelude(): Statement[];
  /** `const name = value` */
  define(name: string, value: Expr, note?: string): void;
  code(e: Expr): Code;
  push(...statements: readonly Statement[]): void;
}

/** One of the stages that a step is taken in: what earlier ones have left, by the number of its expression, where it is and the name it gets. Exponentials are written out. */
export interface Stage {
  readonly stored: ReadonlyMap<number, { readonly name: string; readonly code: Code }>;
}

/** An expression in one place, without statements; where the text would be long for what it repeats, a function that is called at once computes that first. */
export function inlineCode(context: BlockContext, e: Expr): Code {
  const repeats = textSize(e, context.interner) > LONGEST_INLINE;
  const body = block(context, repeats ? [e] : null);
  const value = body.code(e);
  return body.statements.length === 0
    ? value
    : callOf({ kind: "arrow", parameters: [], before: body.statements, body: value });
}

/** Symbols, numbers and operators of an expression's text. */
const LONGEST_INLINE = 500;

function textSize(root: Expr, { idOf }: Interner): number {
  const sizes = new Map<number, number>();
  return foldExpr<number>(
    root,
    (e, parts) => {
      const size = sizes.get(idOf(e)) ?? parts.reduce((sum, part) => sum + part, 1);
      sizes.set(idOf(e), size);
      return size;
    },
    (e) => (sizes.has(idOf(e)) ? [] : partsOf(e)),
  );
}

/** `roots`: every expression that will be written in this block, so that what they share is seen beforehand; null where nothing gets a name. */
export function block(context: BlockContext, roots: readonly Expr[] | null, stage: Stage | null = null): Block {
  const { interner } = context;
  const stored: Stage["stored"] = stage?.stored ?? new Map();
  const statements: Statement[] = [];
  const written = new Map<number, Code>();
  /** How many operators deep what stands for an expression is, without what has a name: engines compile expressions by recursion. */
  const depths = new Map<number, number>();
  const used = new Map<number, string>();
  const uses = countUses(roots ?? [], interner, stored);
  const loaded = new Set<string>();
  const preludes = new Set<"exponential" | "near">();
  const writeOut = stage !== null || (context.coefficients !== null && isExponentialHeavy(roots ?? []));
  const stepwise = new Map<string, Code>();

  const constancy = new Map<number, Constancy>();
  const constancyOf = (root: Expr): Constancy =>
    foldExpr<Constancy>(
      root,
      (e, parts) => {
        const number = interner.idOf(e);
        const known = constancy.get(number);
        if (known !== undefined) return known;
        const own: Constancy =
          e.kind === "symbol" ? (context.leaf(e.name).kind === "coefficient" ? "coefficient" : "varies") : "number";
        const made = [own, ...parts].reduce<Constancy>(
          (a, b) => (a === "varies" || b === "varies" ? "varies" : a === "number" ? b : a),
          "number",
        );
        constancy.set(number, made);
        return made;
      },
      (e) => (constancy.has(interner.idOf(e)) ? [] : partsOf(e)),
    );
  /** Whether it is computed once, when the simulation is created. */
  const fixed = (e: Expr): boolean =>
    context.coefficients !== null &&
    e.kind !== "number" &&
    e.kind !== "compare" &&
    e.kind !== "logical" &&
    e.kind !== "not" &&
    constancyOf(e) === "coefficient";

  const coefficient = (key: string, name: string, make: () => Code): Code => {
    const slot = present(context.coefficients, "coefficients").slot(key, name, make);
    used.set(slot.index, slot.name);
    return id(slot.name);
  };

  const leafCode = (symbol: string): Code => {
    const leaf = context.leaf(symbol);
    switch (leaf.kind) {
      case "code":
        return leaf.code;
      case "load":
        if (!loaded.has(leaf.name)) {
          loaded.add(leaf.name);
          statements.push(constant(leaf.name, leaf.code));
        }
        return id(leaf.name);
      case "stepwise":
        stepwise.set(leaf.name, leaf.code);
        return id(leaf.name);
      case "coefficient":
        return context.coefficients === null ? leaf.code : coefficient(`leaf ${symbol}`, leaf.name, () => leaf.code);
    }
  };

  const compose = (e: Expr, parts: readonly Code[]): Code => {
    const part = (k: number): Code => present(parts[k], "part");
    switch (e.kind) {
      case "number":
        return num(e.value);
      case "symbol":
        return leafCode(e.name);
      case "negate":
        return { kind: "unary", operator: "-", operand: part(0) };
      case "arithmetic":
        return e.operator === "^"
          ? (context.runtime("pow"), math("pow", part(0), part(1)))
          : binary(e.operator, part(0), part(1));
      case "call": {
        if (!writeOut || !isExponential(e.function)) {
          context.runtime(e.function);
          return math(e.function, ...parts);
        }
        const write =
          e.function === "exprel" && isOfStep(e.arguments[0]) ? ofShortStep : writtenOut.bind(null, e.function);
        const { statements: steps, value, uses } = write(part(0), context.fresh, context.runtime);
        append(statements, steps);
        for (const prelude of uses) preludes.add(prelude);
        return value;
      }
      case "conditional":
        return ternary(part(0), part(1), part(2));
      case "compare":
        return binary(COMPARISONS[e.operator], part(0), part(1));
      case "logical":
        return binary(e.operator === "and" ? "&&" : "||", part(0), part(1));
      case "not":
        return { kind: "unary", operator: "!", operand: part(0) };
      default:
        return assertNever(e);
    }
  };

  const code = (root: Expr): Code =>
    foldExpr<Code>(
      root,
      (e, parts) => {
        const number = interner.idOf(e);
        const old = written.get(number);
        if (old !== undefined) return old;
        const left = stored.get(number);
        if (left !== undefined) {
          statements.push(constant(left.name, left.code));
          written.set(number, id(left.name));
          return id(left.name);
        }
        const isLeaf = e.kind === "number" || e.kind === "symbol";
        if (!isLeaf && fixed(e)) {
          const name = context.lets.get(number);
          return coefficient(`expression ${number}`, context.coefficientName(name ?? "c"), () => context.atCreation(e));
        }
        // What is no part of a root would be written out wherever it occurs, and what it shares with itself as well.
        invariant(isLeaf || roots === null || uses.has(number), "an expression of a block stands among its roots");
        const composed = compose(e, parts);
        const name = context.lets.get(number);
        const branches = writeOut && e.kind === "call" && isExponential(e.function);
        const depth = isLeaf
          ? 0
          : 1 + partsOf(e).reduce((deepest, part) => Math.max(deepest, depths.get(interner.idOf(part)) ?? 0), 0);
        if (
          isLeaf ||
          (name === undefined && !branches && (uses.get(number) ?? 0) < 2 && (roots === null || depth < DEEPEST))
        ) {
          depths.set(number, depth);
          return composed;
        }
        const temporary = context.fresh(name ?? "x");
        statements.push(constant(temporary, composed));
        written.set(number, id(temporary));
        return id(temporary);
      },
      (e) =>
        written.has(interner.idOf(e)) ||
        stored.has(interner.idOf(e)) ||
        (e.kind !== "number" && e.kind !== "symbol" && fixed(e))
          ? []
          : partsOf(e),
    );

  return {
    statements,
    code,
    define(name, value, note) {
      statements.push(constant(name, code(value), note));
    },
    push(...more) {
      append(statements, more);
    },
    prelude: () => [
      ...(preludes.has("exponential") ? exponentialPrelude(context.runtime) : []),
      ...(preludes.has("near") ? nearPrelude(context.runtime) : []),
      ...[...used]
        .sort(([a], [b]) => a - b)
        .map(([index, name]) => constant(name, load("coefficient", { of: "place", place: index }))),
      ...[...stepwise].map(([name, code]) => constant(name, code)),
    ],
  };
}

/** A sum of more terms, or any other chain, is written in pieces, in the order of its operations. */
const DEEPEST = 200;

/** Of an expression: numbers alone, what is the same for all neurons and steps, or more. */
type Constancy = "number" | "coefficient" | "varies";

const COMPARISONS: Readonly<Record<CompareOperator, BinaryOperator>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "==": "===",
  "!=": "!==",
};

/** A rate times the step. */
function isOfStep(e: Expr | undefined): boolean {
  return e?.kind === "arithmetic" && e.operator === "*" && e.right.kind === "symbol" && e.right.name === STEP;
}

function countUses(roots: readonly Expr[], { idOf }: Interner, stored: Stage["stored"]): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const seen = new Set<number>();
  const pending = [...roots];
  const meet = (e: Expr): void => {
    const number = idOf(e);
    uses.set(number, (uses.get(number) ?? 0) + 1);
    if (!seen.has(number)) {
      seen.add(number);
      if (!stored.has(number)) pending.push(e);
    }
  };
  for (const root of pending.splice(0)) meet(root);
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) for (const part of partsOf(e)) meet(part);
  return uses;
}
