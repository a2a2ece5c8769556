// Laws of the structural difference, over arbitrary equations.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { printExpr } from "../../../src/algebra/print.ts";
import { arithmetic, number, type Expr } from "../../../src/algebra/expression.ts";
import { contains, mapExpr } from "../../../src/algebra/traverse.ts";
import { differenceOfNeurons } from "../../../src/compare/structure/neurons.ts";
import { present } from "../../../src/base/invariant.ts";
import { at, expressions, negate, type Values } from "../../algebra/expressions.ts";
import { analyzeText } from "../../check/program.ts";
import { lines } from "./pairs.ts";

const smooth = expressions({ functions: ["exp", "sin", "tanh", "cosh"], depth: 3 });

/** a and b are parameters, x and y states, under whatever names. */
function model(
  name: string,
  e: Expr,
  names: { readonly a: string; readonly b: string; readonly x: string; readonly y: string },
): string {
  const { a, b, x, y } = names;
  const renamed = printExpr(
    mapExpr(e, (node) => (node.kind === "symbol" ? { kind: "symbol", name: names[node.name as "a"] } : node)),
  );
  return `neuron ${name} { param ${a} = 1.25, ${b} = 0.75; state ${x} : 1 = 0.5; state ${y} : 1 = 0.25
    ${x}' = (${renamed})/(1 ms)
    ${y}' = (${a}*${x} + ${b}*${b}*${b}*${y})/(3 ms)
    spike when ${x} > 2*${b} + 1; reset { ${x} <- ${a}*0.1 } }`;
}

const PLAIN = { a: "a", b: "b", x: "x", y: "y" };
const OTHER = { a: "gain", b: "loss", x: "fast", y: "slow" };

/** Both as neurons; null where the analysis refuses one, say for a division by 0. */
function compared(p: Expr, q: Expr, names = PLAIN): ReturnType<typeof differenceOfNeurons> | null {
  const { program } = analyzeText(`${model("A", p, PLAIN)}\n${model("B", q, names)}`);
  return program === null
    ? null
    : differenceOfNeurons(present(program.neurons[0], "A"), present(program.neurons[1], "B"));
}

const POINTS: readonly Values[] = [0.6, 0.9, 1.1, 1.4, 1.9].map((v, k) => ({
  a: v,
  b: 2.5 - v,
  x: 0.7 + 0.2 * k,
  y: 1.7 - 0.23 * k,
}));
const valuesOf = (e: Expr): number[] => POINTS.map((point) => at(e, point));

/** Rewrites that real numbers allow, one chosen for each operation. */
function rewritten(e: Expr, choices: readonly number[]): Expr {
  let next = 0;
  return mapExpr(e, (node) => {
    if (node.kind !== "arithmetic") return node;
    const choice = choices[next++ % choices.length] ?? 0;
    const { operator, left, right } = node;
    switch (operator) {
      case "+":
        return choice === 0 ? arithmetic("+", right, left) : choice === 1 ? arithmetic("-", left, negate(right)) : node;
      case "-":
        return choice === 0
          ? arithmetic("+", negate(right), left)
          : choice === 1
            ? negate(arithmetic("-", right, left))
            : node;
      case "*":
        return choice === 0
          ? arithmetic("*", right, left)
          : choice === 1
            ? arithmetic("/", arithmetic("*", arithmetic("*", number(4), left), right), number(4))
            : node;
      case "/":
        return choice === 0 ? negate(arithmetic("/", negate(left), right)) : node;
      case "^":
        return node;
    }
  });
}

/** The first sum becomes a difference, or the other way round. */
function flipped(e: Expr, which: number): Expr {
  let seen = 0;
  return mapExpr(e, (node) => {
    if (node.kind !== "arithmetic" || (node.operator !== "+" && node.operator !== "-")) return node;
    return seen++ === which ? arithmetic(node.operator === "+" ? "-" : "+", node.left, node.right) : node;
  });
}

/** Values that say something: finite, and of a size at which a sign shows. */
function isTame(e: Expr): boolean {
  return valuesOf(e).every((v) => Number.isFinite(v) && Math.abs(v) < 1e6);
}

test("a rewriting is no difference, under the same names and under others", () => {
  let looked = 0;
  fc.assert(
    fc.property(smooth, fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }), fc.boolean(), (e, choices, renamed) => {
      fc.pre(isTame(e));
      const found = compared(e, rewritten(e, choices), renamed ? OTHER : PLAIN);
      if (found === null) return;
      looked++;
      expect(lines(found)).toEqual([]);
    }),
    { numRuns: 150, seed: 4 },
  );
  expect(looked).toBeGreaterThan(75);
});

test("a flipped sign is found wherever it changes a value", () => {
  let looked = 0;
  fc.assert(
    fc.property(smooth, fc.nat(3), fc.boolean(), (e, which, renamed) => {
      const other = flipped(e, which);
      fc.pre(isTame(e) && isTame(other) && contains(e, (node) => node.kind === "symbol"));
      const [p, q] = [valuesOf(e), valuesOf(other)];
      fc.pre(p.some((v, k) => Math.abs(v - (q[k] ?? 0)) > 1e-3 * Math.max(Math.abs(v), Math.abs(q[k] ?? 0))));
      const found = compared(e, other, renamed ? OTHER : PLAIN);
      if (found === null) return;
      looked++;
      expect(found.equal).toBe(false);
    }),
    { numRuns: 150, seed: 4 },
  );
  expect(looked).toBeGreaterThan(50);
});

test("the same twice is no difference, and what is added one way round is removed the other", () => {
  fc.assert(
    fc.property(smooth, smooth, (p, q) => {
      const same = compared(p, p);
      if (same !== null) expect(same).toMatchObject({ equal: true, items: [], through: [] });
      const [there, back] = [compared(p, q), compared(q, p)];
      if (there === null || back === null) return;
      expect(back.equal).toBe(there.equal);
      expect(back.items.map((i) => [i.part, i.before, i.after])).toEqual(
        there.items.map((i) => [i.part, i.after, i.before]),
      );
    }),
    { numRuns: 60, seed: 4 },
  );
});

test("a model of 500 states under other names: in bounds, with the one sign that was changed", () => {
  const chain = (name: string, s: string, odd: number): string =>
    `neuron ${name} { param ${s}tau = 10 ms; input I_e : 1\n` +
    Array.from(
      { length: 500 },
      (_, i) =>
        `state ${s}${i} : 1 = 0; param ${s}w${i} = ${0.1 + i / 1000}; ${s}${i}' = (${i === 0 ? "I_e" : `${s}w${i}*${s}${i - 1}`} ${i === odd ? "+" : "-"} ${s}${i})/${s}tau`,
    ).join("\n") +
    `\nspike when ${s}499 > 1; reset { ${s}499 <- 0 } }`;
  const between = (p: string, q: string): string[] => {
    const { program } = analyzeText(`${p}\n${q}`);
    const [a, b] = program?.neurons ?? [];
    return lines(differenceOfNeurons(present(a, "A"), present(b, "B")));
  };
  expect(between(chain("A", "x", -1), chain("B", "y", -1))).toEqual([]);
  expect(between(chain("A", "x", -1), chain("B", "y", 300))).toEqual([
    "equation changed x300': (xw300*x299 - x300)/xtau -> (yw300*y299 + y300)/ytau",
  ]);
}, 60_000);
