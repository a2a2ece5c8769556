// The design's example, all the way to a checked program.
import { expect, test } from "vitest";
import { GLIF } from "./glif.ts";
import { analyzeText, programOf, quantityOf, show } from "./program.ts";
import { present } from "../../src/base/invariant.ts";

const program = programOf(GLIF);
const [lif, glif] = program.neurons;
const [noisy, step] = program.experiments;

test("nothing is said about it", () => {
  expect(analyzeText(GLIF).diagnostics).toEqual([]);
  expect(program.own).toEqual(["LIF", "GLIF", "Coupled", "Noisy", "Step"]);
});

test("the child has its parent's declarations, in the parent's order, with its own in their place", () => {
  const names = present(glif, "GLIF").quantities.map((q) => q.name);
  expect(names).toEqual([
    "C",
    "G",
    "E_L",
    "Θ_inf",
    "t_ref",
    "I_e",
    "V",
    "Θ",
    "k",
    "f",
    "δI",
    "b_s",
    "δΘ_s",
    "f_v",
    "δV",
    "I",
    "Θ_s",
  ]);
  const Θ = quantityOf(present(glif, "GLIF"), "Θ");
  expect(Θ.value?.kind === "expression" ? show(Θ.value.expression) : null).toBe("(Θ_inf + Θ_s)");
  expect(Θ.declaredIn).toBe("GLIF");
  expect(quantityOf(present(glif, "GLIF"), "C")).toMatchObject({
    declaredIn: "LIF",
    doc: "membrane capacitance",
    unit: { text: "pF" },
  });
  expect(present(glif, "GLIF").lineage).toEqual(["LIF"]);
});

test("equations, contributions and resets", () => {
  expect(present(lif, "LIF").equations.map((e) => show(e.value))).toEqual(["((I_e - (G * (V - E_L))) / C)"]);
  const { equations, contributions, reset, refractory, spike } = present(glif, "GLIF");
  expect(equations.map((e) => `${e.target.quantity.name}' = ${show(e.value)}`)).toEqual([
    "V' = ((I_e - (G * (V - E_L))) / C)",
    "I' = ((-k[j]) * I[j])",
    "Θ_s' = ((-b_s) * Θ_s)",
  ]);
  expect(contributions.map((c) => show(c.value))).toEqual(["sum[j=1..2](I[j])"]);
  expect(reset?.map((a) => show(a.value))).toEqual([
    "((f[j] * I[j]) + δI[j])",
    "((E_L + (f_v * (V - E_L))) - δV)",
    "(Θ_s + δΘ_s)",
  ]);
  expect(refractory?.held.map((h) => h.quantity.name)).toEqual(["V"]);
  expect(spike?.value.kind).toBe("comparison");
});

test("dimensions and canonical values", () => {
  const neuron = present(glif, "GLIF");
  expect(quantityOf(neuron, "V").dimension.key).toBe("L2 M1 T-3 I-1");
  expect(quantityOf(neuron, "I").dimension.key).toBe("I1");
  const k = quantityOf(neuron, "k").value;
  expect(k?.kind === "elements" ? k.elements.map(show) : null).toEqual(["0.003", "0.1"]);
});

test("experiments", () => {
  expect(noisy?.populations.map((p) => [p.name, show(p.size), p.lone])).toEqual([
    ["E", "round((800 * setup.scale))", false],
    ["I", "200", false],
  ]);
  expect(noisy?.populations[0]?.settings.map((s) => [s.target.quantity.name, s.value.kind])).toEqual([
    ["V", "draw"],
    ["I_e", "expression"],
  ]);
  expect(
    noisy?.records.map((r) => [r.population, r.quantity.name, r.neurons === null ? null : show(r.neurons.to)]),
  ).toEqual([["E", "V", "9"]]);
  expect(noisy?.seed).toBe(42);
  expect(step?.populations.map((p) => [p.name, p.lone])).toEqual([["GLIF", true]]);
  expect(step?.records.map((r) => [r.quantity.name, r.positions])).toEqual([
    ["V", null],
    ["Θ", null],
    ["I", [1]],
  ]);
  expect(step?.duration === null || step === undefined ? null : show(step.duration)).toBe("1000");
});
