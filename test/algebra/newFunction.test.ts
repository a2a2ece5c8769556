// A function that somebody adds is a name, an entry of the registry and its arithmetic: these two, one smooth and one with an edge, are checked, differentiated, folded, proved and run.
import { expect, test, vi } from "vitest";
import { differentiate, slopeOf } from "../../src/algebra/differentiate.ts";
import { evaluate } from "../../src/algebra/evaluate.ts";
import { arithmetic, call, number, symbol } from "../../src/algebra/expression.ts";
import type { Expr, FunctionName } from "../../src/algebra/expression.ts";
import type { ElementaryFunction } from "../../src/algebra/functions.ts";
import { sameByCases } from "../../src/algebra/cases.ts";
import { equivalent, fold } from "../../src/algebra/simplify.ts";
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import { elementary } from "../../src/4-plan/elementary.ts";
import { host, planSource } from "../conformance/harness.ts";
import { instantiate } from "../../src/simulate/load.ts";

vi.mock("../../src/algebra/expression.ts", async (original) => {
  const own = await original<typeof import("../../src/algebra/expression.ts")>();
  return { ...own, FUNCTION_NAMES: [...own.FUNCTION_NAMES, "softplus", "rectified"] };
});
vi.mock("../../src/runtime/math.ts", async (original) => {
  const own = await original<typeof import("../../src/runtime/math.ts")>();
  return { ...own, softplus: (x: number) => own.log1p(own.exp(x)), rectified: (x: number) => (x > 0 ? x : 0) };
});
vi.mock("../../src/algebra/functions.ts", async (original) => {
  const own = await original<typeof import("../../src/algebra/functions.ts")>();
  const { arithmetic, call, number } = await vi.importActual<typeof import("../../src/algebra/expression.ts")>(
    "../../src/algebra/expression.ts",
  );
  const minusX = (x: Expr): Expr => ({ kind: "negate", operand: x });
  const isAbove = (x: Expr): Expr => ({ kind: "compare", operator: ">", left: x, right: number(0) });
  const softplus: ElementaryFunction = {
    takes: ["x"],
    dimension: "pure",
    is: ["analytic", "never negative", "never -0"],
    exact: () => null,
    derivative: (x) => arithmetic("/", number(1), arithmetic("+", number(1), call("exp", minusX(x)))),
  };
  const rectified: ElementaryFunction = {
    takes: ["x"],
    dimension: "kept",
    exact: (x = NaN) => (x > 0 ? x : 0),
    derivative: null,
    slope: ([x = number(0)], [dx = number(0)]) => ({
      kind: "conditional",
      condition: isAbove(x),
      then: dx,
      otherwise: number(0),
    }),
    edges: (x = number(0)) => [{ kind: "above", of: x }],
    arms: (x = number(0)) => ({ kind: "conditional", condition: isAbove(x), then: x, otherwise: number(0) }),
  };
  Object.assign(own.FUNCTIONS, { softplus, rectified });
  return own;
});

const [softplus, rectified] = ["softplus", "rectified"] as unknown as [FunctionName, FunctionName];
const x = symbol("x");

test("what an entry must say is asked by its type", () => {
  const facts = { takes: ["x"], dimension: "pure", exact: () => null } as const;
  const complete: ElementaryFunction = { ...facts, derivative: null, slope: () => number(0), edges: () => [] };
  // @ts-expect-error without a derivative it has edges, which located spikes must know
  const edgeless: ElementaryFunction = { ...facts, derivative: null, slope: () => number(0) };
  // @ts-expect-error and a slope, which Jacobians need
  const slopeless: ElementaryFunction = { ...facts, derivative: null, edges: () => [] };
  // @ts-expect-error nothing is said of its derivative
  const silent: ElementaryFunction = facts;
  // @ts-expect-error a function without an entry
  const missing: Readonly<Record<FunctionName | "softplus", ElementaryFunction>> = {} as Readonly<
    Record<FunctionName, ElementaryFunction>
  >;
  expect([complete, edgeless, slopeless, silent, missing].length).toBe(5);
});

test("it is differentiated, folded, compared and proved", () => {
  const at = (e: Expr | null, value: number): number => evaluate(e ?? number(NaN), () => value, elementary);
  for (const value of [-3, 0.5, 2]) {
    const [f, h] = [call(softplus, arithmetic("*", number(2), x)), 1e-5];
    const slope = (at(f, value + h) - at(f, value - h)) / (2 * h);
    expect(at(differentiate(f, "x"), value)).toBeCloseTo(slope, 8);
    expect(at(slopeOf(f, "x"), value)).toBeCloseTo(slope, 8);
    expect(at(slopeOf(call(rectified, x), "x"), value)).toBe(value > 0 ? 1 : 0);
  }
  expect(differentiate(call(rectified, x), "x")).toBeNull();
  expect(fold(call(rectified, number(3)))).toEqual(number(3));
  expect(fold(call(softplus, number(3)))).toEqual(call(softplus, number(3)));
  const sum = (a: Expr, b: Expr): Expr => call(softplus, arithmetic("+", a, b));
  expect(equivalent(sum(x, number(1)), sum(number(1), x))).toBe(true);
  expect(equivalent(sum(x, number(1)), sum(number(2), x))).toBe(false);
  expect(sameByCases(call(rectified, x), call("max", x, number(0)), () => null).same).toBe(true);
});

const MODEL = `
neuron N {
  param τ = 10 ms
  state V = 1 mV, u : 1 = 0
  V' = -rectified(V)/τ
  u' = (softplus(t/(1 ms)) - u)/τ
  spike when rectified(V) < 0.5 mV
  reset { V <- 1 mV }
}
experiment Grid of N { duration 20 ms; record u }
experiment Precise of N { duration 20 ms; spikes precise; record u }`;

test("its arguments and its dimension are checked", () => {
  const codes = (text: string): readonly string[] =>
    check(sourceText("new.glif", text), host).diagnostics.map((d) => d.code);
  expect(codes(MODEL)).toEqual([]);
  expect(codes(MODEL.replace("softplus(t/(1 ms))", "softplus(t)"))).toEqual(["units/pure-number-needed"]);
  expect(codes(MODEL.replace("softplus(t/(1 ms))", "softplus(t/(1 ms), 2)"))).toEqual(["model/wrong-arguments"]);
  expect(codes(MODEL.replace("rectified(V)/τ", "rectified(u)/τ"))[0]).toBe("units/mismatched-sides");
  expect(codes(MODEL.replace("softplus(", "sofplus("))).toEqual(["names/unknown-function"]);
});

test("it runs, and where it bends located spikes are found", () => {
  const times = ["Grid", "Precise"].map((name) => {
    const simulation = instantiate(planSource("new.glif", MODEL, name));
    simulation.advance(200);
    expect(simulation.traces[0]?.values().at(-1)).toBeGreaterThan(1);
    return simulation.spikes.time(0);
  });
  expect(times[1]).toBeCloseTo(10 * Math.LN2, 8);
  expect(Math.abs((times[0] ?? NaN) - 10 * Math.LN2)).toBeLessThanOrEqual(0.1);
});
