// The models that ship, held against each other: each sentence as a paper would say it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments, differenceOfNeurons, summaryOf } from "../../../src/compare/structure/index.ts";
import type { CheckedExperiment, CheckedNeuron } from "../../../src/3-check/checked.ts";
import { programOf } from "../../check/program.ts";
import { lines } from "./pairs.ts";

const folder = join(import.meta.dirname, "../../../models");
const files = Object.fromEntries(
  readdirSync(folder)
    .filter((f) => f.endsWith(".glif"))
    .map((f) => [f, readFileSync(join(folder, f), "utf8")]),
);

function neuron(file: string, name: string): CheckedNeuron {
  return present(
    programOf(files[`${file}.glif`] ?? "", files).neurons.find((n) => n.name === name),
    name,
  );
}

function experiment(file: string, name: string, edit: (text: string) => string = (text) => text): CheckedExperiment {
  return present(
    programOf(edit(files[`${file}.glif`] ?? ""), files).experiments.find((e) => e.name === name),
    name,
  );
}

function said(a: CheckedNeuron, b: CheckedNeuron): string {
  return summaryOf({ a: a.name, b: b.name }, differenceOfNeurons(a, b)).sentence;
}

test("LIF and GLIF, and the noisy one", () => {
  const lif = neuron("lif", "LIF");
  expect(said(lif, neuron("glif", "GLIF"))).toBe(
    "GLIF = LIF + after-spike currents I[1..2] in the input + rise of the threshold by past spikes Θ_s in the threshold + their reset + another reset of V",
  );
  expect(said(neuron("glif", "GLIF"), lif)).toBe(
    "LIF differs from GLIF in the reset of V: E_L + f_v*(V - E_L) - δV -> E_L, after-spike currents I[1..2] in the input (removed), rise of the threshold by past spikes Θ_s in the threshold (removed) and 1 more",
  );
  expect(said(lif, neuron("lif", "NoisyLIF"))).toBe("NoisyLIF = LIF + the noise in V'");
});

test("the five levels of Teeter et al., one after the other and across", () => {
  const [g1, g2, g3, g4, g5] = [1, 2, 3, 4, 5].map((k) => neuron("teeter", `GLIF${k}`)) as [
    CheckedNeuron,
    CheckedNeuron,
    CheckedNeuron,
    CheckedNeuron,
    CheckedNeuron,
  ];
  expect(said(g1, g2)).toBe(
    "GLIF2 = GLIF1 + rise of the threshold by past spikes Θ_s in the threshold + its reset + another reset of V, with Θ_inf E_L + 23.581 mV -> E_L + 24.522 mV",
  );
  expect(said(g1, g3)).toBe(
    "GLIF3 = GLIF1 + after-spike currents I[1..2] in the input + their reset, with 2 parameters changed",
  );
  expect(said(g3, g4)).toBe(
    "GLIF4 = GLIF3 + rise of the threshold by past spikes Θ_s in the threshold + its reset + another reset of V, with Θ_inf E_L + 22.427 mV -> E_L + 22.747 mV",
  );
  expect(said(g4, g5)).toBe(
    "GLIF5 = GLIF4 + rise of the threshold by the membrane potential Θ_v in the threshold, with Θ_inf E_L + 22.747 mV -> E_L + 18.009 mV",
  );
  expect(said(g4, g3)).toMatch(/^GLIF3 differs from GLIF4 in the reset of V/);
  expect(differenceOfNeurons(g1, g5).phrases.added).toEqual([
    "after-spike currents I[1..2] in the input",
    "rise of the threshold by past spikes Θ_s in the threshold",
    "rise of the threshold by the membrane potential Θ_v in the threshold",
    "their reset",
  ]);
});

test("Mihalas & Niebur's form is that of the family divided by the capacitance", () => {
  const found = differenceOfNeurons(neuron("mihalas_niebur", "MihalasNiebur"), neuron("glif", "GLIF"));
  expect(found.through.map((t) => `${t.name} = ${t.meaning}`).sort()).toEqual([
    "G = C*g",
    "I = C*I",
    "I_e = C*I_e",
    "f = R",
    "δI = A*C",
  ]);
  // Neither the membrane nor the currents are told to differ: only thresholds and the reset of V do.
  expect(found.items.filter((i) => i.part === "equation").map((i) => `${i.change} ${i.name}`)).toEqual([
    "removed Θ'",
    "added Θ_s'",
  ]);
  expect(found.items.filter((i) => i.part === "reset").map((i) => `${i.change} ${i.name}`)).toEqual([
    "changed V",
    "removed Θ",
    "added Θ_s",
  ]);
});

test("the squid's axon and a pyramidal cell have the same gates with other rates", () => {
  const found = differenceOfNeurons(neuron("hodgkin_huxley", "HodgkinHuxley"), neuron("traub_miles", "TraubMiles"));
  const states = found.items.filter((i) => i.part === "equation").map((i) => `${i.change} ${i.name}`);
  expect(states).toEqual(["changed V'", "changed Na.m'", "changed Na.h'", "changed K.n'"]);
  expect(lines(found)).toContain("parameter changed K.E: -77 mV -> -90 mV");
});

test("every neuron and experiment that ships is the same as itself", () => {
  for (const text of Object.values(files)) {
    const [once, again] = [programOf(text, files), programOf(text, files)];
    once.neurons.forEach((n, k) =>
      expect([n.name, ...lines(differenceOfNeurons(n, present(again.neurons[k], n.name)))]).toEqual([n.name]),
    );
    const last = once.experiments.length - 1;
    const e = once.experiments[last];
    if (e !== undefined)
      expect([e.name, ...lines(differenceOfExperiments(e, present(again.experiments[last], e.name)))]).toEqual([
        e.name,
      ]);
  }
}, 240_000);

test("networks: another model in every population", () => {
  const found = differenceOfExperiments(experiment("glif_network", "NoisyLeaky"), experiment("glif_network", "Noisy"));
  expect(summaryOf({ a: "Leaky", b: "Coupled" }, found).sentence).toBe(
    "Coupled = Leaky + after-spike currents I[1..2] in the input + rise of the threshold by past spikes Θ_s in the threshold + their reset + another reset of V",
  );
  expect(lines(found)).toContain("state added E, I: I[1..2]: nothing -> 0 pA");
});

/** An edit of the network and the lines of the difference. */
const NETWORK: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  ["size", (t) => t.replace("E = 800 GLIF", "E = 400 GLIF"), ["population changed E: 800 GLIF -> 400 GLIF"]],
  [
    "a drawn initial value",
    (t) => t.replace("V ~ uniform(E_L, Θ_inf) }", "V ~ uniform(E_L, Θ_inf - 1 mV) }"),
    ["state changed E: V: ~ uniform(E_L, Θ_inf) -> ~ uniform(E_L, Θ_inf - 1 mV)"],
  ],
  [
    "a parameter of one population",
    (t) => t.replace("t_ref = 1 ms", "t_ref = 2 ms"),
    ["parameter changed I: t_ref: 1 ms -> 2 ms"],
  ],
  [
    "probability",
    (t) => t.replace("random(p: 0.1)", "random(p: 0.11)"),
    ["connectivity changed exc: rule: random(p: 0.1) -> random(p: 0.11)"],
  ],
  [
    "another rule",
    (t) => t.replace("random(p: 0.1)", "indegree(n: 80)"),
    ["connectivity changed exc: rule: random(p: 0.1) -> indegree(n: 80)"],
  ],
  [
    "self-connections",
    (t) => t.replace("random(p: 0.1)", "random(p: 0.1) allow self"),
    ["connectivity changed exc E -> E: rule: random(p: 0.1) -> random(p: 0.1) allow self"],
  ],
  [
    "a condition",
    (t) => t.replace("random(p: 0.1)", "random(p: 0.1) where i < 400"),
    ["connectivity added exc: where: nothing -> i < 400"],
  ],
  [
    "a delay",
    (t) => t.replace("delay = 1.5 ms", "delay = 1.6 ms"),
    ["connectivity changed exc: delay: 1.5 ms -> 1.6 ms"],
  ],
  ["a delay in another unit", (t) => t.replace("delay = 1.5 ms", "delay = 0.0015 s"), []],
  [
    "a drawn delay",
    (t) => t.replace("uniform(0.8 ms, 2 ms)", "uniform(0.8 ms, 3 ms)"),
    ["connectivity changed inh: delay: ~ uniform(0.8 ms, 2 ms) -> ~ uniform(0.8 ms, 3 ms)"],
  ],
  ["a weight", (t) => t.replace("w = 4 nS", "w = 4 pS"), ["parameter changed inh: w: 4 nS -> 4 pS"]],
  [
    "a drawn weight",
    (t) => t.replace("sd: 0.2 nS", "sd: 0.3 nS"),
    ["parameter changed exc: w: ~ lognormal(0.4 nS, 0.2 nS) -> ~ lognormal(0.4 nS, 0.3 nS)"],
  ],
  [
    "a synapse's parameter",
    (t) => t.replace("τ = 10 ms, w", "τ = 11 ms, w"),
    ["parameter changed inh: τ: 10 ms -> 11 ms"],
  ],
  [
    "no inhibition of the inhibitory",
    (t) => t.replace("connect I -> E, I", "connect I -> E"),
    ["connectivity removed inh I -> I: by ExpConductance random(p: 0.1) -> nothing"],
  ],
  [
    "mean of the noise",
    (t) => t.replace("300 pA + 20 pA", "301 pA + 20 pA"),
    ["stimulus changed E, I: I_e: 300 pA + 20 pA*sqrt(ms) * ξ -> 301 pA + 20 pA*sqrt(ms) * ξ"],
  ],
  [
    "strength of the noise",
    (t) => t.replace("300 pA + 20 pA", "300 pA + 21 pA"),
    ["stimulus changed E, I: I_e: 300 pA + 20 pA*sqrt(ms) * ξ -> 300 pA + 21 pA*sqrt(ms) * ξ"],
  ],
  ["sign of the noise", (t) => t.replace("300 pA + 20 pA", "300 pA - 20 pA"), []],
  ["step", (t) => t.replace("step 0.1 ms", "step 0.05 ms"), ["step changed step: 0.1 ms -> 0.05 ms"]],
  ["seed", (t) => t.replace("seed 42", "seed 43"), []],
  ["what is recorded", (t) => t.replace(/record (?!spikes).*/, "record E[1].V"), []],
];

test.each(NETWORK)("networks: %s", (_, edit, expected) => {
  const changed = experiment("glif_network", "Noisy", edit);
  expect(lines(differenceOfExperiments(experiment("glif_network", "Noisy"), changed))).toEqual(expected);
});

test("networks: the method asked for, and what it changes for whom", () => {
  const found = differenceOfExperiments(
    experiment("glif_network", "Noisy"),
    experiment("glif_network", "Noisy", (t) => t.replace("step 0.1 ms", "step 0.1 ms\n  method euler")),
  );
  expect(found.items.map((i) => [i.part, i.before, i.after])).toEqual([
    ["method", "exact propagator", "Euler"],
    ["method", "exponential Euler", "Euler"],
  ]);
});

test("networks: a synapse that is written otherwise is the same, a sign in it is found", () => {
  const own =
    (body: string): ((text: string) => string) =>
    (t) =>
      t
        .replace('import ExpConductance from "synapses.glif"', `synapse ExpConductance { ${body} }`)
        .replaceAll(", E[0].exc.g, E[0].inh.g", "");
  const from = (body: string): ReturnType<typeof differenceOfExperiments> =>
    differenceOfExperiments(experiment("glif_network", "Noisy"), experiment("glif_network", "Noisy", own(body)));
  expect(
    lines(
      from(
        "param τ = 5 ms, E_rev = 0 mV; weight w : nS; state h = 0 nS; h' = -h/τ; on pre { h <- w + h }; post.I_e += -(post.V - E_rev)*h",
      ),
    ),
  ).toEqual([]);
  // The conductance over the weight, unless the weight changes: proven where the weight is a number, open where it is drawn, since then it might be 0.
  const open =
    "param τ = 5 ms, E_rev = 0 mV; weight w : nS; state s = 0; s' = -s/τ; on pre { s <- s + 1 }; post.I_e += w*s*(E_rev - post.V)";
  expect(from(open).equal).toBeNull();
  expect(lines(from(open))).toEqual([
    "equation changed exc: g': -g/τ -> -s/τ",
    "synapse changed exc: post.I_e: g*(E_rev - post.V) -> w*s*(E_rev - post.V)",
    "synapse changed exc: on pre: g: g + w -> s + 1",
  ]);
  const plastic = "on post { w <- 0.9*w }";
  const both = differenceOfExperiments(
    experiment(
      "glif_network",
      "Noisy",
      own(
        `param τ = 5 ms, E_rev = 0 mV; weight w : nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I_e += g*(E_rev - post.V); ${plastic}`,
      ),
    ),
    experiment("glif_network", "Noisy", own(`${open}; ${plastic}`)),
  );
  expect(both.equal).toBe(false);
  expect(
    lines(
      from(
        "param τ = 5 ms, E_rev = 0 mV; weight w : nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I_e += g*(post.V - E_rev)",
      ),
    ),
  ).toEqual(["synapse changed exc, inh: post.I_e: g*(E_rev - post.V) -> g*(post.V - E_rev)"]);
});

test("networks: what a synapse reads of a neuron by the name of a let or a constant is looked into", () => {
  const changed = (from: string, to: string): string[] =>
    lines(
      differenceOfExperiments(
        experiment("chimera", "Chimera"),
        experiment("chimera", "Chimera", (t) => t.replace(from, to)),
      ),
    );
  expect(changed("let φ = 2*π*log", "let φ = 3*π*log").map((l) => l.split(":").slice(0, 2).join(":"))).toEqual(
    ["synapse changed phase P -> P: post.x", "synapse changed phase P -> P: post.y"].map((l) =>
      expect.stringContaining(l.slice(0, 14)),
    ),
  );
  expect(changed("let φ = 2*π*log", "let half = π*log(μ/(μ - u)); let φ = 2*π*log")).toEqual([]);
});

test("networks: a branch that no neuron is in at first is looked into", () => {
  const changed = (from: string, to: string): string[] =>
    lines(
      differenceOfExperiments(
        experiment("coupled", "AsProgrammed"),
        experiment("coupled", "AsProgrammed", (t) => t.replace(from, to)),
      ),
    );
  expect(changed("then (E_L - V +", "then (E_L + V +")).toHaveLength(1);
  expect(changed("W*(if pre.V", "W/(if pre.V")).toHaveLength(1);
  expect(changed("then (E_L - V + R_m*I_ext + S + N)/τ_m", "then (S - (V - E_L - N) + I_ext*R_m)/τ_m")).toEqual([]);
});

test("networks: the far side of a ring is looked into", () => {
  const changed = (from: string, to: string): string[] =>
    lines(
      differenceOfExperiments(
        experiment("chimera", "Chimera"),
        experiment("chimera", "Chimera", (t) => t.replace(from, to)),
      ),
    );
  expect(changed("n - abs(i - j))", "n + abs(i - j))").length).toBeGreaterThan(0);
  expect(changed("n - abs(i - j))", "n - abs(j - i))")).toEqual([]);
});

test("stimuli: two steps are a pulse", () => {
  const step = (t: string): CheckedExperiment =>
    experiment("lif", "Step", (text) => text.replace("pulse(300 pA, from: 100 ms, to: 900 ms)", t));
  expect(lines(differenceOfExperiments(experiment("lif", "Step"), step("steps(0.1 s: 0.3 nA, 900 ms: 0 pA)")))).toEqual(
    [],
  );
  expect(
    lines(differenceOfExperiments(experiment("lif", "Step"), step("pulse(300 pA, from: 100 ms, to: 901 ms)"))),
  ).toEqual([
    "stimulus changed I_e: pulse(300 pA, from: 100 ms, to: 900 ms) -> pulse(300 pA, from: 100 ms, to: 901 ms)",
  ]);
});

test("stimuli and initial values are compared as what they are set to, in whatever measure the model has", () => {
  const both = (second: string): ReturnType<typeof differenceOfExperiments> => {
    const { experiments } =
      programOf(`neuron A { param C = 100 pF, G = 10 nS, E_L = -70 mV; input I_e : pA; state V = E_L; V' = (I_e - G*(V - E_L))/C }
      experiment X of A { duration 10 ms; I_e = pulse(300 pA, from: 1 ms); record V }
      ${second}`);
    return differenceOfExperiments(present(experiments[0], "X"), present(experiments[1], "Y"));
  };
  const divided =
    "neuron B { param g = 0.1 /ms, E_L = -70 mV; input I_e : mV/ms; state V = E_L; V' = I_e - g*(V - E_L) } experiment Y of B { duration 10 ms; I_e = pulse(3 mV/ms, from: 1 ms); record V }";
  expect(lines(both(divided))).toEqual([]);
  expect(lines(both(divided.replace("3 mV/ms", "4 mV/ms")))).toEqual([
    "stimulus changed I_e: pulse(300 pA, from: 1 ms) -> pulse(4 mV/ms, from: 1 ms)",
  ]);
  expect(lines(both(divided.replace("V = E_L; V'", "V = -71 mV; V'")))).toEqual(["state changed V: E_L -> -71 mV"]);
});
