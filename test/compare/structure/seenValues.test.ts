// What is seen through, k for 1/τ, has to have the same value as well: in each neuron, draw for draw, and whatever it follows is set to.
import { describe, expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";
import { lines } from "./pairs.ts";

const experimentOf = (text: string) => present(programOf(text).experiments[0], "E");
const between = (a: string, b: string) => differenceOfExperiments(experimentOf(a), experimentOf(b));
/** In both directions, which must say the same. */
const told = (a: string, b: string) => {
  const [there, back] = [between(a, b).equal, between(b, a).equal];
  expect(back).toBe(there);
  return there;
};

const population = (parameters: string, rate: string, settings = "", more = ""): string =>
  `neuron N { param ${parameters}; state x = 1; x' = ${rate} }
network W { param q = 1; population A = 3 N { ${settings} } }
experiment E of W { duration 10 ms; seed 1; ${more} record A.x }`;
const byTau = (settings: string, more?: string): string => population("τ = 10 ms", "-x/τ", settings, more);
const byRate = (settings: string, more?: string): string => population("k = 0.1 /ms", "-k*x", settings, more);

describe("of each neuron", () => {
  test.each([
    ["τ = 10 ms + 10 ms*i", "k = 0.1 /ms + 0.5 /ms*i", false],
    ["τ = 10 ms + 10 ms*i", "k = 1/(10 ms + 10 ms*i)", true],
    ["τ = 10 ms + 10 ms*i", "k = 0.1 /ms/(1 + i)", true],
    ["τ = 10 ms + 10 ms*i", "k = 0.1 /ms", false],
    // Neurons 0, 1 and 2 are all there are.
    ["τ = 10 ms*(if i == 0 then 1 else if i < 2 then 2 else 4)", "k = 0.1 /ms/(if i == 2 then 4 else 1 + i)", true],
    ["τ = 10 ms*(if i < 3 then 1 else 2)", "k = 0.1 /ms", true],
  ])("%s and %s: %s", (a, b, equal) => {
    expect(told(byTau(a), byRate(b))).toBe(equal);
  });

  test("a capacitance and a conductance are a time constant and a resistance", () => {
    const conductance = (c: string): string => population("C = 100 pF, G = 10 nS, E = 1", "G*(E - x)/C", `C = ${c}`);
    const time = (tau: string): string => population("τ = 10 ms, E = 1", "(E - x)/τ", `τ = ${tau}`);
    expect(told(conductance("100 pF + 10 pF*i"), time("10 ms + 1 ms*i"))).toBe(true);
    expect(told(conductance("100 pF + 10 pF*i"), time("10 ms + 5 ms*i"))).toBe(false);
  });

  test("no text has a number that is none", () => {
    const membrane = (parameters: string, rate: string, settings: string): string =>
      `neuron N { param ${parameters}; input I : pA; state V = -70 mV; V' = ${rate} }
network W { population A = 3 N { ${settings} } }
experiment E of W { duration 10 ms; A.I = 400 pA; record A.V }`;
    const a = membrane("C = 100 pF, G = 10 nS, E_L = -70 mV", "(I - G*(V - E_L))/C", "C = 100 pF + 10 pF*i");
    const b = (tau: string): string =>
      membrane("τ = 10 ms, R = 100 MΩ, E_L = -70 mV", "(E_L - V + R*I)/τ", `τ = ${tau}`);
    expect(told(a, b("10 ms + 1 ms*i"))).toBe(true);
    const other = between(a, b("10 ms + 5 ms*i"));
    expect(other.equal).toBe(false);
    expect(lines(other).join("\n")).not.toContain("NaN");
  });

  test("what the two are is written where no numbers tell them apart", () => {
    expect(lines(between(byTau("τ = 10 ms + 10 ms*i"), byRate("k = 0.1 /ms + 0.5 /ms*i")))).toEqual([
      "parameter changed k: 1/τ with τ = 10 ms + 10 ms * i -> 0.1 /ms + 0.5 /ms * i",
    ]);
  });
});

describe("of connections", () => {
  const synapse = (parameters: string, rate: string, settings: string, rule = "all"): string =>
    `neuron N { input I : mV/ms; state V = 0 mV; V' = I - V/(10 ms) }
synapse S { weight w : mV/ms; param ${parameters}; state g = 0 mV/ms; g' = ${rate}; on pre { g <- g + w }; post.I += g }
network W { population P = 3 poisson(30 Hz); population A = 3 N; connect P -> A by S { w = 1 mV/ms${settings} } ${rule} }
experiment E of W { duration 10 ms; seed 1; record A.V }`;
  const tau = (settings: string, rule?: string): string => synapse("τ = 5 ms", "-g/τ", settings, rule);
  const rate = (settings: string): string => synapse("k = 0.2 /ms", "-k*g", settings);

  test.each([
    [", τ = 5 ms + 1 ms*j", ", k = 0.2 /ms + 0.3 /ms*j", false],
    [", τ = 5 ms + 1 ms*j", ", k = 1/(5 ms + 1 ms*j)", true],
    [", τ ~ uniform(4 ms, 6 ms)", ", k = 0.2 /ms", false],
  ])("%s and %s: %s", (a, b, equal) => {
    expect(told(tau(a), rate(b))).toBe(equal);
  });

  test.each([
    ["all where abs(i - j) < 3", "all", true],
    ["all where abs(i - j) < 2", "all", false],
    ["all where floor(i/2)*2 == i", "all where i == 0 or i == 2", true],
    ["all where floor(i/2)*2 == i", "all where i == 0 or i == 1", false],
  ])("%s and %s: %s", (a, b, equal) => {
    expect(told(tau("", a), tau("", b))).toBe(equal);
  });

  test("a weight that grows with the neuron is never negative", () => {
    const weighted = (given: string): string =>
      tau("").replace("g <- g + w", `g <- g + ${given}`).replace("w = 1 mV/ms", "w = 1 mV/ms*i");
    expect(told(weighted("abs(w)"), weighted("w"))).toBe(true);
    expect(told(weighted("abs(w)"), weighted("-w"))).toBe(false);
  });
});

describe("of draws", () => {
  test.each([
    ["τ ~ normal(20 ms, 1 ms)", "k ~ normal(0.5 /ms, 0.01 /ms)", false],
    ["τ ~ normal(10 ms, 1 ms)", "k = 0.1 /ms + 0.01 /ms*i", false],
    ["τ ~ exponential(10 ms)", "k ~ exponential(1 /ms)", false],
    ["τ ~ lognormal(2 ms, 0.2 ms)", "k ~ lognormal(2 /ms, 0.2 /ms)", false],
    ["τ ~ normal(10 ms, 2 ms, min: 1 ms)", "k ~ normal(0.1 /ms, 0.001 /ms, min: 0.01 /ms)", false],
    // As far as anybody can see: no two draws are one.
    ["τ ~ normal(20 ms, 1 ms)", "k ~ normal(0.05 /ms, 0.0025 /ms)", null],
  ])("%s and %s: %s", (a, b, equal) => {
    expect(told(byTau(a), byRate(b))).toBe(equal);
  });

  test.each([
    ["τ ~ normal(12 ms, 0 ms)", "τ = 12 ms", true],
    ["τ ~ normal(12 ms + 1 ms*i, 0 ms*i)", "τ = 12 ms + 1 ms*i", true],
    ["τ ~ normal(12 ms, 0 ms)", "τ = 13 ms", false],
    // Between bounds there may be no such value.
    ["τ ~ normal(12 ms, 0 ms, min: 13 ms)", "τ = 12 ms", false],
    ["τ ~ normal(12 ms, 1 ms)", "τ = 12 ms", false],
  ])("%s and %s: %s", (a, b, equal) => {
    expect(told(byTau(a), byTau(b))).toBe(equal);
  });

  test("what is made of one draw is that draw", () => {
    const half = population("G = 0.1 /ms, k = 2*G", "-k/2*x", "G ~ normal(0.1 /ms, 0.01 /ms)");
    expect(told(half, population("G = 0.1 /ms", "-G*x", "G ~ normal(0.1 /ms, 0.01 /ms)"))).toBe(true);
    expect(told(half, population("G = 0.1 /ms", "-G*x", "G ~ normal(0.1 /ms, 0.05 /ms)"))).toBe(false);
  });

  test("a product of draws is none of its own", () => {
    const product = population("a = 2, b = 0.05 /ms", "-x*a*b", "a ~ normal(2, 0.1)");
    expect(told(product, byRate("k ~ normal(0.1 /ms, 0.05 /ms, min: 0 /ms)"))).toBe(false);
  });
});

describe("of what it follows", () => {
  test("three neurons of one value are not the same where one follows a parameter", () => {
    const models = [
      population("a = 2, k = 0.1 /ms", "-k*x*a/a"),
      population("a = 2, τ = 5 ms*a", "-x/τ*a/a"),
      population("a = 2, τ = 10 ms", "-x/τ*a/a"),
    ] as const;
    expect(told(models[0], models[1])).toBe(false);
    expect(told(models[0], models[2])).toBe(true);
    expect(told(models[1], models[2])).toBe(false);
  });

  test.each([
    ["a = 2, τ = 5 ms*a", "a = 2, k = 0.05 /ms*a", false],
    ["a = 2, τ = 5 ms*a", "a = 2, k = 0.2 /ms/a", true],
  ])("%s and %s: %s", (a, b, equal) => {
    expect(told(population(a, "-x/τ"), population(b, "-k*x"))).toBe(equal);
  });

  test("a parameter of the network or of the experiment", () => {
    expect(told(byTau("τ = 10 ms*q"), byRate("k = 0.1 /ms*q"))).toBe(false);
    expect(told(byTau("τ = 10 ms*q"), byRate("k = 0.1 /ms/q"))).toBe(true);
    expect(told(byTau("", "param z = 2; A.τ = 5 ms*z;"), byRate("", "param z = 2; A.k = 0.05 /ms*z;"))).toBe(false);
    expect(told(byTau("", "param z = 2; A.τ = 5 ms*z;"), byRate("", "param z = 2; A.k = 0.2 /ms/z;"))).toBe(true);
  });
});

describe("a neuron that no sample looks at", () => {
  const many = (parameters: string, rate: string, settings: string, more = "", size = "1000"): string =>
    `neuron N { param ${parameters}; input I = 0; state x = 1; x' = ${rate} + I/(1 ms) }
network W { param n = ${size}; population A = n N { ${settings} } }
experiment E of W { duration 10 ms; seed 1; ${more} record A[0].x }`;

  test.each([
    ["τ = 10 ms", "τ = 10 ms + (if i == 777 then 5 ms else 0 ms)"],
    ["τ ~ normal(10 ms, 1 ms)", "τ ~ normal(10 ms + (if i == 777 then 50 ms else 0 ms), 1 ms)"],
    ["τ ~ normal(10 ms, 1 ms)", "τ ~ normal(10 ms, if i == 777 then 3 ms else 1 ms)"],
    ["x = 1", "x = if i == 777 then 2 else 1"],
    ["I = 1", "I = if i == 777 then 2 else 1"],
    ["I = pulse(1, to: 3 ms)", "I = (if i == 777 then 2 else 1)*pulse(1, to: 3 ms)"],
  ])("%s and %s are not told equal", (a, b) => {
    const [p, q] = [a, b].map((settings) => many("τ = 10 ms", "-x/τ", settings));
    expect(told(present(p, "A"), present(q, "B"))).not.toBe(true);
  });

  test.each([
    ["τ = 10 ms", "k = 0.1 /ms*(if i == 777 then 2 else 1)"],
    ["τ ~ normal(10 ms, 0.1 ms)", "k ~ normal(0.1 /ms, if i == 777 then 0.05 /ms else 0.001 /ms)"],
  ])("nor %s and %s, seen through", (a, b) => {
    expect(told(many("τ = 10 ms", "-x/τ", a), many("k = 0.1 /ms", "-k*x", b))).not.toBe(true);
  });
});
