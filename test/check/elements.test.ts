// Elements of indexed quantities: set where a mechanism is used, set at any level, given equations by a child, and added up by sums inside of sums.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { compile } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { hostOf } from "./program.ts";

const codesOf = (text: string, set: readonly string[] = []): string[] =>
  compile(sourceText("main.glif", text), hostOf({}), "X", set).diagnostics.map((d) => d.code);

/** What neuron 0 has of these names after so many steps. */
function valuesOf(text: string, names: readonly string[], { steps = 0, set = [] as readonly string[] } = {}): number[] {
  const { plan, diagnostics } = compile(sourceText("main.glif", text), hostOf({}), "X", set);
  if (plan === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  const simulation = instantiate(plan);
  simulation.advance(steps);
  const [p] = simulation.populations;
  return names.map(
    (name) =>
      p?.parameters[name] ??
      p?.states.find((s) => s.name === name)?.values[0] ??
      p?.observables.find((o) => o.name === name)?.read(0) ??
      NaN,
  );
}

const used = (braces: string, declared = "param g[j] = [1, 2, 3]"): string => `
mechanism M { index j = 1..3; index k = 1..2; ${declared}; param w[j, k] = [[1, 2], [3, 4], [5, 6]] }
neuron N { const two = 2; param s = 7; use M as a { ${braces} } use M as b; state x : 1 = sum(a.g) + sum(b.g) + sum(a.w) + sum(b.w) + s; x' = 0 /ms*x }
experiment X of N { duration 1 ms }`;
const G = ["a.g[1]", "a.g[2]", "a.g[3]"];

test("`use` sets single elements; the others keep what the mechanism says", () => {
  expect(valuesOf(used("g[1] = 10"), G)).toEqual([10, 2, 3]);
  expect(valuesOf(used("g[1] = 10; g[3] = s"), [...G, "b.g[1]"])).toEqual([10, 2, 7, 1]);
  expect(valuesOf(used("g[two] = 10"), G)).toEqual([1, 10, 3]);
  expect(valuesOf(used("g[3] = 30; g = 5"), G)).toEqual([5, 5, 30]);
  expect(valuesOf(used("g = [4, 5, 6], g[3] = 30"), G)).toEqual([4, 5, 30]);
  expect(valuesOf(used("g[j] = 2*j"), G)).toEqual([2, 4, 6]);
  expect(valuesOf(used("g[1] = 10", "param g[j] = 3*j"), G)).toEqual([10, 6, 9]);
  expect(valuesOf(used("w[1, k] = 10*k; w[1, 2] = 0"), ["a.w[1,1]", "a.w[1,2]", "a.w[2,1]"])).toEqual([10, 0, 3]);
});

test("what `use` sets of an element is checked as any setting is", () => {
  expect(codesOf(used("g[4] = 1"))).toEqual(["indices/out-of-range"]);
  expect(codesOf(used("g[1] = 1; g[1] = 2"))).toEqual(["names/duplicate"]);
  expect(codesOf(used("g[1] = 1 mV"))).toEqual(["units/wrong-dimension"]);
  expect(codesOf(used("g[1, 2] = 1"))).toEqual(["indices/wrong-count"]);
  expect(codesOf(used("g[1] = 1; g[2] = 2", "param g[j] : 1").replace("use M as b", "use M as b { g = 1 }"))).toEqual([
    "experiment/value-missing",
  ]);
  expect(
    valuesOf(used("g[1] = 1; g[2] = 2; g[3] = 3", "param g[j] : 1").replace("use M as b", "use M as b { g = 1 }"), G),
  ).toEqual([1, 2, 3]);
});

const leveled = (population: string, experiment: string): string => `
neuron N { index j = 1..2; index k = 1..2; param a[j] = 1; param w[j, k] = 0; state x : 1 = sum(a) + sum(w); x' = 0 /ms*x }
network P2 { population P = 1 N { ${population} } }
experiment X of P2 { duration 1 ms; ${experiment} }`;
const A = ["a[1]", "a[2]"];

test("settings of single elements come last, at whatever level", () => {
  expect(valuesOf(leveled("", "P.a[1] = 55"), A, { set: ["P.a = 7"] })).toEqual([55, 7]);
  expect(valuesOf(leveled("a[2] = 9", "P.a = 5"), A)).toEqual([5, 9]);
  expect(valuesOf(leveled("a[2] = 9; a = 3", "P.a = 5"), A, { set: ["P.a[2] = 8"] })).toEqual([5, 8]);
});

test("in one block nothing depends on the order", () => {
  const lines = ["P.a = 3", "P.a[1] = 4", "P.w[1, 2] = 5", "P.w[1, k] = 6", "P.w = 7"];
  const names = [...A, "w[1,1]", "w[1,2]", "w[2,1]"];
  for (const order of [lines, [...lines].reverse()])
    expect(valuesOf(leveled("", order.join("; ")), names)).toEqual([4, 3, 6, 5, 7]);
  expect(codesOf(leveled("", "P.w[1, k] = 6; P.w[j, 2] = 7"))).toEqual(["experiment/said-twice"]);
});

test("constants and lets of a network and of an experiment cannot be set", () => {
  const text =
    "neuron N { state x : 1 = 0; x' = -x/(1 ms) } network W { const c = 2; let l = 3*c; param p = l; population P = p N } experiment X of W { const d = 1; duration d*1 ms }";
  expect(codesOf(text)).toEqual([]);
  expect(codesOf(text, ["W.p = 4"])).toEqual([]);
  for (const name of ["W.c", "W.l", "c", "l", "X.d", "d"])
    expect(codesOf(text, [`${name} = 4`]), name).toEqual(["experiment/not-settable"]);
});

test("an index that an outer sum runs over has its value inside", () => {
  const text = (sum: string): string => `
neuron N {
  index j = 1..2
  index k = 1..2
  param v[j] = [10, 20], w[j, k] = [[1, 2], [3, 4]]
  let s = ${sum}
  state x : 1 = 0; x' = (s - x)/(1 ms)
}
experiment X of N { duration 1 ms; record s }`;
  expect(valuesOf(text("sum(v[j]*sum(w[j, k]))"), ["s"])).toEqual([10 * 3 + 20 * 7]);
  expect(valuesOf(text("sum(sum(w[j, k])*v[j])"), ["s"])).toEqual([170]);
  expect(valuesOf(text("sum(v[j]*sum(w))"), ["s"])).toEqual([300]);
  expect(valuesOf(text("sum(j*sum(k*sum(v)*w[j, k]))"), ["s"])).toEqual([30 * (1 * (1 + 4) + 2 * (3 + 8))]);
  expect(codesOf(text("sum(sum(w[j, k]))"))).toEqual(["model/wrong-arguments"]);
});

test("a child's equation of one element replaces that element's alone", () => {
  const text = (parent: string, child: string): string => `
neuron A { index j = 1..3; const one = 1; state z[j] : 1 = 1; ${parent} }
neuron B extends A { ${child} }
experiment X of B { duration 1 ms; method euler }`;
  const Z = ["z[1]", "z[2]", "z[3]"];
  const step = (parent: string, child: string): number[] =>
    valuesOf(text(parent, child), Z, { steps: 1 }).map((z) => Number(z.toPrecision(12)));
  expect(step("z[j]' = -j*z[j]/(1 ms)", "z[1]' = 2 /ms")).toEqual([1.2, 0.8, 0.7]);
  expect(step("z[j]' = -j*z[j]/(1 ms)", "z[one]' = 2 /ms; z[3]' = 0 /ms")).toEqual([1.2, 0.8, 1]);
  expect(step("z[1]' = 1 /ms; z[2]' = 2 /ms; z[3]' = 3 /ms", "z[2]' = 0 /ms")).toEqual([1.1, 1, 1.3]);
  expect(step("z[1]' = 1 /ms; z[2]' = 2 /ms; z[3]' = 3 /ms", "z[j]' = 0 /ms")).toEqual([1, 1, 1]);
  expect(codesOf(text("z[j]' = -z[j]/(1 ms)", "z[1]' = 0 /ms; z[1]' = 1 /ms"))).toEqual(["model/two-equations"]);
});
