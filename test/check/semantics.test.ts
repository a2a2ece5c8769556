// What the checked program means: indices and sums, functions written out, mechanisms in their hosts, zeros that fit, units people see.
import { expect, test } from "vitest";
import { codes, neuronOf, programOf, quantityOf, show } from "./program.ts";
import type { CheckedNeuron } from "../../src/3-check/checked.ts";

const valueOf = (neuron: CheckedNeuron, name: string): string => {
  const { value } = quantityOf(neuron, name);
  return value === null
    ? "none"
    : value.kind === "expression"
      ? show(value.expression)
      : `[${value.elements.map(show).join(", ")}]`;
};
const LEAKY = "state V = -70 mV\n V' = (-70 mV - V)/(10 ms)\n";

test("what a sum runs over", () => {
  const n = neuronOf(`neuron N { ${LEAKY} index j = 1..2; index m = 0..3
    param a[j] = j, W[j, m] = j*m
    let all = sum(a)
    let named = sum(a[j])
    let pairs = sum(a*a)
    let both = sum(W)
    let row[j] = sum(W[j, m])
    let nested[j] = a[j] + sum(a)
    let outer[j] = sum(a[j]*a)
    let numbers = sum(j*a[j])
    let u = all + named + pairs + both + sum(row) + sum(nested) + sum(outer) + numbers }`);
  expect(valueOf(n, "all")).toBe("sum[j=1..2](a[j])");
  expect(valueOf(n, "named")).toBe("sum[j=1..2](a[j])");
  expect(valueOf(n, "pairs")).toBe("sum[j=1..2]((a[j] * a[j]))");
  expect(valueOf(n, "both")).toBe("sum[j=1..2,m=0..3](W[j,m])");
  expect(valueOf(n, "row")).toBe("sum[m=0..3](W[j,m])");
  // A bare name in a sum is added up over all of it, even where the index has a value outside.
  expect(valueOf(n, "nested")).toBe("(a[j] + sum[j#=1..2](a[j#]))");
  expect(valueOf(n, "outer")).toBe("sum[j#=1..2]((a[j] * a[j#]))");
  expect(valueOf(n, "numbers")).toBe("sum[j=1..2]((j * a[j]))");
});

test("lists, nested lists and lists with a unit", () => {
  const n = neuronOf(`neuron N { ${LEAKY} index j = 1..2; index m = 1..2
    param W[j, m] = [[1, 2], [3, 4]] nS, v[j] = [-1, 2*3] V
    let u = sum(W) * sum(v) }`);
  expect(valueOf(n, "W")).toBe("[1, 2, 3, 4]");
  expect(valueOf(n, "v")).toBe("[(-1000), ((2 * 3) * 1000)]");
  expect(quantityOf(n, "v").unit.text).toBe("V");
});

test("functions are written out with their arguments in place", () => {
  const n = neuronOf(
    `function half(x) = x/2\nneuron N { ${LEAKY} param g = 1 nS
    function scaled(x, by : 1) = half(x)*by + 0*V*g/g*0
    function of_V(x) = half(x)*g
    let a = of_V(V)
    let b = half(x: V + 1 mV) }`.replace(" + 0*V*g/g*0", ""),
  );
  expect(valueOf(n, "a")).toBe("((V / 2) * g)");
  expect(valueOf(n, "b")).toBe("((V + 1) / 2)");
});

test("constants of a file stand for their values", () => {
  const n = programOf(`import F from "f.glif"\nneuron N { ${LEAKY} let a = 2*F }`, {
    "f.glif": "const z = 2\nconst F = z*3 mV\n",
  }).neurons[0];
  expect(n === undefined ? "" : valueOf(n, "a")).toBe("(2 * (2 * 3))");
});

test("a mechanism's names are its own, then its file's, then its host's", () => {
  const text = `
    const E_K = -90 mV
    mechanism Gate { state m = 0; index j = 1..2; param k[j] = j; m' = (1 - m)/τ; let s = sum(k); let u = s }
    mechanism Na extends Gate { param g = 3 nS, E = 50 mV; I_e += g*m*(E - V) + g*(E_K - V); use Slow as deep }
    mechanism Slow { state m = 1; m' = -m/τ; let see = E - V }
    neuron N { param τ = 3 ms, E_K = -80 mV, C = 1 pF, E = -10 mV; input I_e : pA; state V = E_K + 0*E; V' = I_e/C
      use Na as fast { g = 2*g_0 }
      param g_0 = 7 nS
      use Slow }`;
  const n = neuronOf(text, "N");
  expect(n.quantities.map((q) => q.name)).toEqual([
    "τ",
    "E_K",
    "C",
    "E",
    "I_e",
    "V",
    "g_0",
    "fast.m",
    "fast.k",
    "fast.s",
    "fast.u",
    "fast.g",
    "fast.E",
    "fast.deep.m",
    "fast.deep.see",
    "Slow.m",
    "Slow.see",
  ]);
  expect(n.contributions.map((c) => show(c.value))).toEqual([
    "(((fast.g * fast.m) * (fast.E - V)) + (fast.g * ((-90) - V)))",
  ]);
  expect(valueOf(n, "fast.g")).toBe("(2 * g_0)");
  expect(valueOf(n, "fast.deep.see")).toBe("(fast.E - V)");
  expect(valueOf(n, "Slow.see")).toBe("(E - V)");
  expect(valueOf(n, "fast.s")).toBe("sum[fast.j=1..2](fast.k[fast.j])");
  expect(quantityOf(n, "fast.m").declaredIn).toBe("Gate");
});

test("zeros take the dimension of their place, down to the literal", () => {
  const n = neuronOf(
    `neuron N { ${LEAKY} let a = V + 0; let b = if V > 0 then V else 0; let c = max(0, V); let d = -0*3 }`,
  );
  const b = quantityOf(n, "b").value;
  expect(
    b?.kind === "expression" && b.expression.kind === "conditional"
      ? [b.expression.otherwise.dimension.key, b.expression.dimension.key]
      : null,
  ).toEqual([quantityOf(n, "V").dimension.key, quantityOf(n, "V").dimension.key]);
  expect(quantityOf(n, "d").dimension.key).toBe("1");
});

test("states that start at 0 get their dimension from what changes them", () => {
  const n = neuronOf(`neuron N { ${LEAKY} param g_0 = 1 nS, τ = 3 ms
    state g = 0; state h = 0; state a = 0; input I
    g' = -g/τ
    h' = (g - h)/τ
    a' = -a/τ
    spike when V > 0
    reset { g <- g + g_0; a <- a + 2*g*V }
    I += h*V
    let u = I + a }`);
  expect(["g", "h", "a", "I"].map((name) => quantityOf(n, name).unit.text)).toEqual(["nS", "nS", "pA", "pA"]);
});

test("the unit that people see is the declared one, else the literal's, else the canonical one", () => {
  const n = neuronOf(`neuron N { ${LEAKY} param a : V = -70 mV, b = 0.3 nA, c = 2*b; let u = a*b*c }`);
  expect(["a", "b", "c", "V"].map((name) => quantityOf(n, name).unit.text)).toEqual(["V", "nA", "pA", "mV"]);
  expect(valueOf(n, "b")).toBe("300");
});

test("a child's equation replaces its parent's, contributions and events add up", () => {
  const n = neuronOf(
    `
    neuron A { state V = 0 mV; state w = 0 pA; input I : pA; V' = I/(1 pF); w' = -w/(1 ms); I += w; on V > 1 mV { w <- 0 pA } }
    neuron B extends A { w' = -w/(2 ms); I += 2*w; on V < 0 { w <- 1 pA } }`,
    "B",
  );
  expect(n.equations.map((e) => `${e.target.quantity.name} ${show(e.value)}`)).toEqual(["V (I / 1)", "w ((-w) / 2)"]);
  expect(n.contributions.map((c) => show(c.value))).toEqual(["w", "(2 * w)"]);
  expect(n.events).toHaveLength(2);
});

test("noise is named after what it drives, so that the order of declarations changes no draw", () => {
  const noises = (text: string): string[] => {
    const found: string[] = [];
    JSON.stringify(neuronOf(text), (key, value: unknown) => {
      if (key === "origin") return undefined;
      if (typeof value === "object" && value !== null && "kind" in value && value.kind === "noise" && "name" in value)
        found.push(String(value.name));
      return value;
    });
    return found.sort();
  };
  const [a, b] = ["w' = -w/(1 ms) + ξ*1 sqrt(ms)/ms", "I += 3 pA*sqrt(ms)*ξ + 2 pA*sqrt(ms)*ξ"];
  const text = (first: string, second: string): string =>
    `neuron N { state V = 0 mV; state w = 0.5; input I : pA; V' = I/(1 pF)*w*0 + I/(1 pF); ${first}; ${second} }`.replace(
      "*w*0 + I/(1 pF)",
      "",
    );
  expect(noises(text(a ?? "", b ?? ""))).toEqual(["ξ#I", "ξ#I#2", "ξ#w"]);
  expect(noises(text(b ?? "", a ?? ""))).toEqual(noises(text(a ?? "", b ?? "")));
});

test("the text that was not understood hides what may have stood in it", () => {
  // One mistake of syntax, and no complaint that `G` is unknown or that V has no initial value.
  expect(
    codes("neuron N { param G = = 3 nS\n state V = -70 mV\n V' = G*(V - E)/(1 pF) }").every((c) =>
      c.startsWith("syntax/"),
    ),
  ).toBe(true);
});

test("a set-up is visible in sizes, settings and durations, before the neuron's own names", () => {
  const program = programOf(`neuron N { param C = 1 pF, τ = 3 ms; state V = 0 mV; V' = -V/τ; let u = C }
    network Net { param n = 4, C = 9 pF; population P = 2*n N { C = 2*C, V = 1 mV*i } }
    experiment E of Net { param T = 10 ms; duration 3*T; n = 5; P.τ = T }`);
  const [e] = program.experiments;
  expect(
    e?.populations[0]?.settings.map(
      (s) => `${s.target.quantity.name} ${s.value.kind === "expression" ? show(s.value.expression) : ""}`,
    ),
  ).toEqual(["C (2 * setup.C)", "V (1 * i)", "τ setup.T"]);
  expect(e?.setup.map((q) => `${q.name} ${q.value?.kind === "expression" ? show(q.value.expression) : ""}`)).toEqual([
    "n 5",
    "C 9",
    "T 10",
  ]);
});

test("a sum of which a term is told not to fit is of no kind: what it is set equal to is not told as well", () => {
  // the last term takes its unit from what the sum is, which is not known
  expect(
    codes(`neuron N { param ν = 3 /s, β = 40 /s, γ = 2
    state u = 0.1, y = 0
    u' = ν + γ*u - β*y
    y' = -β*y }`),
  ).toEqual(["units/mismatched-terms γ*u"]);
});

test("a setting that does not exist is told once, and not that what was meant by it has no value", () => {
  const text = (
    set: string,
  ): string => `synapse S { weight w : mV\n on pre { post.V <- post.V + w } }\nneuron N { ${LEAKY} spike when V > -50 mV\n reset { V <- -70 mV } }
    network W { population A = 3 N\n connect A -> A by S as c { ${set}delay = 1 ms } all }
    experiment E of W { duration 5 ms; record spikes }`;
  expect([text("w = 1 mV, "), text("gain = 1 mV, "), text("weight = 1 mV, "), text("")].map((t) => codes(t))).toEqual([
    [],
    ["names/unknown-setting gain"],
    ["names/unknown-setting weight"],
    ["experiment/value-missing c"],
  ]);
});
