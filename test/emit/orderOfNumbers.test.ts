// No number that is set decides in which order states are integrated: a point of a sweep is the run with `--set`, to the last bit.
import { expect, test } from "vitest";
import { planSource } from "../conformance/harness.ts";
import { glif, folderWith } from "../cli/helpers.ts";

const GATE = `
neuron P {
  param C = 100 pF, g = 30 nS, g_L = 5 nS, E_K = -80 mV, E_L = -60 mV
  function α(V : mV) : /ms = 0.1 /ms / exprel(-(V + 50 mV)/(10 mV))
  function β(V : mV) : /ms = 0.125 /ms*exp(-(V + 60 mV)/(20 mV))
  input I_e : pA
  state V = -60 mV, n = 0.1
  n' = α(V)*(1 - n) - β(V)*n
  V' = (I_e + g_L*(E_L - V) + g*n*(E_K - V))/C
  spike when V > -30 mV
  reset { V <- -60 mV }
}
experiment E of P { duration 100 ms; step 0.1 ms; seed 1; param lev = 900 pA; I_e = lev; record V, n }
`;
const EXACT = `
neuron P { param G = 0.5, τ = 7 ms; input r : 1; state a = 0.1, b = 0.2; a' = (r - a - b)/τ; b' = (G*a - b)/(3*τ) }
experiment E of P { duration 20 ms; param lev = 1; r = lev; record a, b }
`;
const RIVALS = `
neuron P {
  param r = 1, q = 1, k = 1, τ = 10 ms
  state a = 0.4, b = 0.6
  a' = (r*(1 - a) - k*b*a)/τ
  b' = (q*(1 - b) - k*a*b)/τ
}
experiment E of P { duration 10 ms; step 0.5 ms; param lev = 1; record a, b }
`;
/** One neuron, two names: from a set-up as from a neuron. */
const CASES = [
  ["gates and a voltage", GATE, { "P.g": "nS", I_e: "pA", lev: "pA", "P.C": "pF", V: "mV" }],
  ["an exact pair", EXACT, { "P.G": "", lev: "", r: "", a: "" }],
  ["rivals", RIVALS, { "P.r": "", "P.q": "", "P.k": "", b: "" }],
] as const;

const orderOf = (text: string, settings: readonly string[] = []): unknown =>
  planSource("order.glif", text, "E", settings).populations.map((p) => p.groups.map((g) => g.states));

test.each(CASES)("the order of %s is the same whatever is set", (_, text, names) => {
  const own = orderOf(text);
  for (const [set, unit] of Object.entries(names))
    for (let k = 1; k <= 8; k++)
      expect(orderOf(text, [`${set} = ${(0.3 * k * k).toFixed(2)} ${unit}`]), `${set} ${k}`).toEqual(own);
});

test("gates move before the voltage", () => {
  expect(orderOf(GATE)).toEqual([[["n", "V"]]]);
  expect(orderOf(GATE.replaceAll(/\bn\b/g, "z").replaceAll(/\bV\b/g, "A"))).toEqual([[["z", "A"]]]);
});

test("a point of a sweep is the run with --set", async () => {
  const cwd = folderWith({ "gate.glif": GATE });
  const sweep = await glif(cwd, [
    "sweep",
    "gate.glif",
    "E",
    "--over",
    "I_e over [1426, 1434, 1442] pA",
    "--measure",
    "rate",
    "--json",
    "-q",
    "--out",
    "s",
  ]);
  const { comparison } = JSON.parse(sweep.out) as {
    comparison: { sweep: { points: readonly { means: readonly number[] }[] } };
  };
  for (const [k, I] of [1426, 1434, 1442].entries()) {
    const run = await glif(cwd, ["run", "gate.glif", "E", "--set", `I_e=${I} pA`, "--json", "-q", "--out", `r${I}`]);
    const { counts } = JSON.parse(run.out) as { counts: { spikes: number } };
    expect(comparison.sweep.points[k]?.means[0]).toBeCloseTo(counts.spikes / 0.1, 9);
  }
});
