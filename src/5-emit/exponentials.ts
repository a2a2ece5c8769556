// Exponentials written out inside a kernel. V8 inlines five calls of `exp` into a function and boxes the numbers of every further call, which makes a
// Hodgkin-Huxley step eight times slower; so kernels with many of them carry the arithmetic of runtime/math.ts themselves, operation for operation.
import { nodesOf } from "../algebra/traverse.ts";
import type { Expr } from "../algebra/expression.ts";
import type { Code, Statement, Table } from "./code.ts";
import { binary, comment, constant, id, load, math, num, product } from "./construct.ts";

/** More calls than this in one function are written out. */
const INLINED_BY_THE_ENGINE = 4;

/** Below this square the series of exprel is used. */
const NEAR = 1.5;

export type Exponential = "exp" | "expm1" | "exprel";

export function isExponential(name: string): name is Exponential {
  return name === "exp" || name === "expm1" || name === "exprel";
}

/** More exponentials than this, written out, make a function that engines neither optimise nor, at last, find room for on the stack. */
const MOST_WRITTEN_OUT = 1000;

/** Whether so many exponentials stand in a block that they are to be written out. */
export function isExponentialHeavy(roots: readonly Expr[]): boolean {
  let met = 0;
  for (const e of nodesOf(roots))
    if (e.kind === "call" && isExponential(e.function) && ++met > MOST_WRITTEN_OUT) return false;
  return met > INLINED_BY_THE_ENGINE;
}

/** The constants of runtime/math.ts by the names they have in a kernel, in the order of its table EXPONENTIAL. */
const CONSTANTS = [
  "per_root",
  "rounder",
  "root_head",
  "root_tail",
  "series_1",
  "series_2",
  "series_3",
  "series_4",
  "far",
] as const;

/** Reads them at the top of a function: as literals in the loop they would be made anew in every pass. */
export function exponentialPrelude(runtime: (name: string) => string): Statement[] {
  runtime("EXPONENTIAL");
  return CONSTANTS.map((name, k) => constant(`exp_${name}`, load("EXPONENTIAL", { of: "place", place: k })));
}

/** Reads the coefficients of `exprelNear0` at the top of a function. */
export function nearPrelude(runtime: (name: string) => string): Statement[] {
  runtime("EXPREL_NEAR_0");
  return Array.from({ length: 8 }, (_, k) => constant(`near_${k}`, load("EXPREL_NEAR_0", { of: "place", place: k })));
}

/** What was written: statements that go before the value, and which preludes they need. */
export interface WrittenOut {
  readonly statements: readonly Statement[];
  readonly value: Code;
  readonly uses: readonly ("exponential" | "near")[];
}

/** name(argument). `fresh` names constants; `runtime` imports. */
export function writtenOut(
  name: Exponential,
  argument: Code,
  fresh: (wanted: string) => string,
  runtime: (name: string) => string,
): WrittenOut {
  const { u, square, start } = squared(argument, fresh);
  runtime(name);
  const farAway = (otherwise: Code): Code => ({
    kind: "ternary",
    condition: binary(">", id(square), known("far")),
    then: math(name, id(u)),
    otherwise,
    seldom: "then",
  });
  const { statements, rest, high, low } = reduced(u, fresh, runtime);
  switch (name) {
    case "exp":
      return {
        statements: [comment(`exp(${u}) as 2^(k/32) e^r with r = ${u} - k ln 2 / 32`), ...start, ...statements],
        value: farAway(plus(high, plus(low, product(high, rest)))),
        uses: ["exponential"],
      };
    case "expm1":
    case "exprel": {
      const below = fresh(`${u}_below`);
      const less = minus(minus(rest, id(below)), minus(product(id(below), rest), low));
      const middle = [...statements, constant(below, minus(num(1), high))];
      if (name === "expm1")
        return {
          statements: [comment(`expm1(${u}) as 2^(k/32) e^r - 1 with r = ${u} - k ln 2 / 32`), ...start, ...middle],
          value: farAway(less),
          uses: ["exponential"],
        };
      const near = nearSeries(u, square, fresh);
      return {
        statements: [
          comment(`exprel(${u}): near 0 by its series, else from 2^(k/32) e^r with r = ${u} - k ln 2 / 32`),
          ...start,
          ...near.statements,
          ...middle,
        ],
        value: mostlyNear(square, near.value, farAway(binary("/", less, id(u)))),
        uses: ["exponential", "near"],
      };
    }
  }
}

/** exprel of a rate times a step, which is mostly near 0: the series, and a call in the rare other case. */
export function ofShortStep(
  argument: Code,
  fresh: (wanted: string) => string,
  runtime: (name: string) => string,
): WrittenOut {
  const { u, square, start } = squared(argument, fresh);
  const near = nearSeries(u, square, fresh);
  runtime("exprel");
  return {
    statements: [comment(`exprel(${u}) near 0`), ...start, ...near.statements],
    value: mostlyNear(square, near.value, math("exprel", id(u))),
    uses: ["near"],
  };
}

/** The argument under a name, and its square, which tells where it lies. */
function squared(
  argument: Code,
  fresh: (wanted: string) => string,
): { readonly u: string; readonly square: string; readonly start: readonly Statement[] } {
  const u = argument.kind === "name" ? argument.name : fresh("u");
  const square = fresh(`${u}_square`);
  return {
    u,
    square,
    start: [...(argument.kind === "name" ? [] : [constant(u, argument)]), constant(square, product(id(u), id(u)))],
  };
}

/** The reduction that exp and expm1 share: e^r - 1, and 2^(k/32) in two parts. */
function reduced(
  u: string,
  fresh: (wanted: string) => string,
  runtime: (name: string) => string,
): { readonly statements: readonly Statement[]; readonly rest: Code; readonly high: Code; readonly low: Code } {
  const [k, head, tail, r, z, rest, high, low] = ["k", "head", "tail", "r", "z", "rest", "high", "low"].map((part) =>
    fresh(`${u}_${part}`),
  ) as [string, string, string, string, string, string, string, string];
  const series = plus(
    plus(num(0.5), product(known("series_1"), id(r))),
    product(plus(plus(known("series_2"), product(known("series_3"), id(r))), product(known("series_4"), id(z))), id(z)),
  );
  const root = (table: Table): Code => load(runtime(table), { of: "bits", whole: k, mask: 16383 });
  return {
    statements: [
      constant(k, { kind: "whole", of: product(id(u), known("per_root")), rounder: known("rounder") }),
      constant(head, minus(id(u), product(id(k), known("root_head")))),
      constant(tail, product(id(k), known("root_tail"))),
      constant(r, minus(id(head), id(tail))),
      constant(z, product(id(r), id(r))),
      constant(rest, minus(id(head), minus(id(tail), product(id(z), series)))),
      constant(high, root("ROOT_OF_TWO")),
      constant(low, root("ROOT_OF_TWO_LOW")),
    ],
    rest: id(rest),
    high: id(high),
    low: id(low),
  };
}

function nearSeries(
  u: string,
  square: string,
  fresh: (wanted: string) => string,
): { readonly statements: readonly Statement[]; readonly value: Code } {
  const [fourth, low, high] = ["fourth", "near_low", "near_high"].map((part) => fresh(`${u}_${part}`)) as [
    string,
    string,
    string,
  ];
  const coefficient = (n: number): Code => ({ kind: "tabled", name: `near_${n}`, table: "EXPREL_NEAR_0", entry: n });
  const line = (n: number): Code => minus(coefficient(n), product(coefficient(n + 1), id(square)));
  const cubic = (n: number): Code => plus(line(n), product(line(n + 2), id(fourth)));
  const bend = product(id(square), plus(id(low), product(id(high), product(id(fourth), id(fourth)))));
  return {
    statements: [constant(fourth, product(id(square), id(square))), constant(low, cubic(0)), constant(high, cubic(4))],
    value: binary("/", num(1), plus(num(1), minus(bend, product(num(0.5), id(u))))),
  };
}

const mostlyNear = (square: string, then: Code, otherwise: Code): Code => ({
  kind: "ternary",
  condition: binary("<", id(square), num(NEAR)),
  then,
  otherwise,
  seldom: "otherwise",
});
const known = (name: (typeof CONSTANTS)[number]): Code => ({
  kind: "tabled",
  name: `exp_${name}`,
  table: "EXPONENTIAL",
  entry: CONSTANTS.indexOf(name),
});
const plus = (a: Code, b: Code): Code => binary("+", a, b);
const minus = (a: Code, b: Code): Code => binary("-", a, b);
