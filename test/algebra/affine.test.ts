import * as fc from "fast-check";
import { expect, test } from "vitest";
import { affine } from "../../src/algebra/affine.ts";
import type { Expr } from "../../src/algebra/expression.ts";
import { arithmetic, call, number, symbol } from "../../src/algebra/expression.ts";
import { printExpr } from "../../src/algebra/print.ts";
import { equivalent, isZero } from "../../src/algebra/simplify.ts";
import { symbolsOf } from "../../src/algebra/traverse.ts";
import { at, chain, conditional, expressions, negate, read, valuesInside } from "./expressions.ts";

const variables: ReadonlySet<string> = new Set(["x", "y"]);

/** `x: a, y: b | rest` */
function shown(text: string, names: Iterable<string> = ["V", "W"]): string {
  const form = affine(read(text), new Set(names));
  if (!form) return "not affine";
  return `${[...form.coefficients].map(([name, c]) => `${name}: ${printExpr(c)}`).join(", ")} | ${printExpr(form.rest)}`;
}

test("the shape of what was written is kept", () => {
  expect(shown("-G*(V - E_L)/C")).toBe("V: -G/C | G*E_L/C");
  expect(shown("(I_e - G*(V - E_L))/C")).toBe("V: -G/C | (I_e + G*E_L)/C");
  expect(shown("-V/τ")).toBe("V: -1/τ | 0");
  expect(shown("-(V - W)*k + a")).toBe("V: -k, W: k | a");
  expect(shown("if t > 3 then V*a else b")).toBe("V: if t > 3 then a else 0 | if t > 3 then 0 else b");
  expect(shown("a + exp(b)")).toBe(" | a + exp(b)");
  expect(shown("2*V + 3*V - 5*W")).toBe("V: 5, W: -5 | 0");
});

test("other names give the same form, where it is found by looking and where by the normal form", () => {
  const forms = [
    "((V + a)^2 - V^2)/(b + c + a) + c*b",
    "(V*V - W*V)/V*(c + b*a)",
    "-a*(V - b) + c*W",
    "V*(a + b) + (V + c)^2 - (V - b)^2",
  ];
  for (const text of forms) {
    const renamed = (of: string): string =>
      of.replace(/[abcVW]/g, (name) => ({ a: "z", b: "m", c: "A", V: "q", W: "B" })[name] ?? name);
    expect(shown(text), text).not.toBe("not affine");
    expect(shown(renamed(text), ["q", "B"]), text).toBe(renamed(shown(text)));
  }
});

test("coefficients that are zero are not there", () => {
  expect(shown("V - V + a")).toBe(" | a");
  expect(shown("0*V + a")).toBe(" | a");
  expect(shown("(a*(b + c) - a*b - c*a)*V + W")).toBe("W: 1 | 0");
  expect(shown("V/3 + V/3 + V/3 - V")).toBe(" | 0");
});

test("affine after all", () => {
  const cases: [string, string, string, string][] = [
    ["V*V/V", "1", "0", "0"],
    ["(V + a)*(V - a) - V^2 + W*b", "0", "b", "-a^2"],
    ["(V^2 + V)/(V + 1)", "1", "0", "0"],
    ["(V^2 - W^2)/(V - W) + 1", "1", "1", "1"],
    ["exp(V)*exp(-V)*V + exp(V - V)", "1", "0", "1"],
    ["(exp(2*V) - 1)/(exp(V) - 1) - exp(V) + W", "0", "1", "1"],
    ["sqrt(V)*sqrt(V)", "1", "0", "0"],
    ["a*V/(b*V)", "0", "0", "a/b"],
    ["V^1 + abs(0*V)", "1", "0", "0"],
    ["if V - V > 1 then V^2 else V*a", "a", "0", "0"],
    ["if a > b then V*V/V else W", "if a > b then 1 else 0", "if a > b then 0 else 1", "0"],
  ];
  for (const [text, v, w, rest] of cases) {
    const form = affine(read(text), new Set(["V", "W"]));
    const found = form && [
      equivalent(form.coefficients.get("V") ?? number(0), read(v)),
      equivalent(form.coefficients.get("W") ?? number(0), read(w)),
      equivalent(form.rest, read(rest)),
    ];
    expect([text, found]).toEqual([text, [true, true, true]]);
    for (const e of form ? [...form.coefficients.values(), form.rest] : [])
      expect([...symbolsOf(e)].filter((name) => "VW".includes(name))).toEqual([]);
  }
});

test("not affine", () => {
  const texts = [
    "V^2",
    "V*W",
    "1/V",
    "exp(V)",
    "exp(V/k)*a",
    "if V > 0 then 1 else 2",
    "abs(V)",
    "max(V, 0)",
    "V*exp(-W)",
    "a/(1 + exp(-V))",
    "V^0.5",
    "V^a",
    "a^V",
    "clamp(V, 0, 1)",
    // Vanishing derivatives, but several straight lines
    "sqrt(V^2)",
    "V/sqrt(V^2)",
    "(V^2)^0.5 + V",
    "atan(V) + atan(1/V)",
    "atan(tan(V))",
    "asin(sin(V))",
    "(V^4)^0.25",
    "floor(V)",
    "sign(V)",
    "V*sign(V)",
    "round(V) - V",
    "step(V)*W",
    "W + V*V - V*W",
    "(V > 0)*a",
    "V^2/W",
    "V/(V + W)",
  ];
  for (const text of texts) expect([text, shown(text)]).toEqual([text, "not affine"]);
});

test("jointly affine, or in some of the variables only", () => {
  expect(shown("V*W + a*V", ["V"])).toBe("V: W + a | 0");
  expect(shown("V*W + a*V", ["W"])).toBe("W: V | a*V");
  expect(shown("V*W + a*V", ["V", "W"])).toBe("not affine");
  expect(shown("exp(W)*V + W^2", ["V"])).toBe("V: exp(W) | W^2");
});

const freeParts = expressions({ functions: ["exp", "tanh", "sqrt"], depth: 2 }).map((e) => renamed(e));

/** Without variables: x and y become c and d. */
function renamed(e: Expr): Expr {
  return read(printExpr(e).replaceAll(/\bx\b/g, "c").replaceAll(/\by\b/g, "d"));
}

const affineExpressions: fc.Arbitrary<Expr> = fc.letrec<{ e: Expr }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("x", "y").map(symbol),
    freeParts,
    fc.tuple(tie("e"), tie("e")).map(([l, r]) => arithmetic("+", l, r)),
    fc.tuple(tie("e"), tie("e")).map(([l, r]) => arithmetic("-", l, r)),
    fc.tuple(freeParts, tie("e")).map(([l, r]) => arithmetic("*", l, r)),
    fc.tuple(tie("e"), freeParts).map(([l, r]) => arithmetic("*", l, r)),
    fc.tuple(tie("e"), freeParts).map(([l, r]) => arithmetic("/", l, r)),
    tie("e").map(negate),
    fc
      .tuple(freeParts, tie("e"), tie("e"))
      .map(([c, l, r]) => conditional({ kind: "compare", operator: ">", left: c, right: number(1) }, l, r)),
  ),
})).e;

function reconstructed(form: NonNullable<ReturnType<typeof affine>>): Expr {
  return [...form.coefficients].reduce(
    (sum, [name, c]) => arithmetic("+", sum, arithmetic("*", c, symbol(name))),
    form.rest,
  );
}

const inside = fc
  .tuple(valuesInside, fc.double({ min: 0.5, max: 2, noNaN: true }), fc.double({ min: 0.5, max: 2, noNaN: true }))
  .map(([v, c, d]) => ({ ...v, c, d }));

test("affine by construction: found, and the parts make the whole", () => {
  fc.assert(
    fc.property(affineExpressions, inside, (e, values) => {
      const form = affine(e, variables);
      if (form === null) throw new Error(`not found: ${printExpr(e)}`);
      for (const part of [...form.coefficients.values(), form.rest])
        expect([...symbolsOf(part)].some((name) => variables.has(name))).toBe(false);
      for (const c of form.coefficients.values()) expect(isZero(c)).toBe(false);
      const [before, after] = [at(e, values), at(reconstructed(form), values)];
      const size = Math.max(1, ...[...form.coefficients.values(), form.rest].map((part) => Math.abs(at(part, values))));
      if (Number.isFinite(before) && size < 1e6) expect(Math.abs(after - before)).toBeLessThan(1e-8 * size);
    }),
    { numRuns: 500 },
  );
});

test("whatever is said to be affine is", () => {
  let found = 0;
  fc.assert(
    fc.property(
      expressions({ functions: ["exp", "sqrt", "abs", "tanh", "max"], conditions: true, depth: 3 }),
      valuesInside,
      (e, values) => {
        const form = affine(e, variables);
        if (form === null || form.coefficients.size === 0) return;
        found++;
        const [before, after] = [at(e, values), at(reconstructed(form), values)];
        const size = Math.max(
          1,
          Math.abs(before),
          ...[...form.coefficients.values(), form.rest].map((part) => Math.abs(at(part, values))),
        );
        if (Number.isFinite(before) && size < 1e6) expect(Math.abs(after - before)).toBeLessThan(1e-8 * size);
      },
    ),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(100);
});

test("10,000 inputs, and shared subtrees", () => {
  const sum = chain(
    10_000,
    (i) => arithmetic("*", symbol(`w${i}`), symbol(`x${i}`)),
    (i) => (i % 2 ? "-" : "+"),
  );
  const form = affine(
    arithmetic("/", arithmetic("-", sum, symbol("E")), symbol("C")),
    new Set(Array.from({ length: 10_000 }, (_, i) => `x${i}`)),
  );
  expect(form?.coefficients.size).toBe(10_000);
  expect(form && printExpr(form.coefficients.get("x1") ?? number(0))).toBe("-w1/C");
  const same = affine(
    chain(10_000, (i) => arithmetic("*", symbol(`w${i}`), symbol("V"))),
    new Set(["V"]),
  );
  expect(same && symbolsOf(same.coefficients.get("V") ?? number(0)).size).toBe(10_000);
  let doubled: Expr = symbol("V");
  for (let i = 0; i < 60; i++) doubled = arithmetic("+", doubled, doubled);
  expect(shownOf(doubled)).toBe(`V: ${2 ** 60} | 0`);
  let nested: Expr = symbol("a");
  for (let i = 0; i < 60; i++) nested = arithmetic("*", call("sin", nested), call("cos", nested));
  const scaled = affine(arithmetic("*", nested, arithmetic("-", symbol("V"), symbol("E"))), new Set(["V"]));
  expect(scaled?.coefficients.get("V")).toBe(nested);
});

function shownOf(e: Expr): string {
  const form = affine(e, new Set(["V"]));
  return form ? `V: ${printExpr(form.coefficients.get("V") ?? number(0))} | ${printExpr(form.rest)}` : "not affine";
}
