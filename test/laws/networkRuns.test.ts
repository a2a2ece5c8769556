// Laws of networks: cutting a run into pieces, recorders, reports of progress, other units, the order of declarations, more populations and connections change no bit of
// the rest; and where a state lives changes no weight.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";

const NEURON = `
neuron N {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, V_th = -50 mV
  input I : pA
  state V = E_L, w = 0 pA
  V' = (I - G*(V - E_L) - w)/C
  w' = -w/(80 ms)
  spike when V > V_th
  reset { let u ~ uniform(0, 1); V <- E_L + u*(1 mV); w <- w + 10 pA }
  refractory 2 ms { hold V }
}
`;
const SYNAPSES = `
synapse Exp { param τ = 5 ms, E_rev = 0 mV; weight w : nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I += g*(E_rev - post.V) }
synapse Jump { weight w : mV; on pre { let q ~ binomial(4, 0.5); post.V <- post.V + w*q/2 } }
synapse Stdp {
  param τ_x = 20 ms, τ_y = 15 ms, A = 0.02
  weight w : mV
  state x = 0, y = 0
  x' = -x/τ_x
  y' = -y/τ_y
  on pre { post.V <- post.V + w; w <- max(0 mV, w*(1 - A*y)); x <- x + 1 }
  on post { w <- min(4 mV, w + A*x*(1 mV)); y <- y + 1 }
}
`;
const POPULATIONS = [
  "  population A = 40 N { V ~ uniform(E_L, V_th) }\n",
  "  population B = 10 N { C ~ lognormal(mean: 100 pF, sd: 10 pF) }\n",
  "  population P = 30 poisson(40 Hz)\n",
];
const CONNECTIONS = [
  "  connect A -> A, B by Exp as exc { w ~ lognormal(mean: 0.5 nS, sd: 0.2 nS), delay ~ normal(1.5 ms, 0.5 ms, min: 0.1 ms) } random(p: 0.2)\n",
  "  connect B -> A, B by Exp as inh { E_rev = -80 mV, τ = 10 ms, w = 2 nS, delay = 0.7 ms } indegree(n: 4)\n",
  "  connect P -> A by Stdp as plastic { w ~ uniform(0.5 mV, 2 mV), delay = 2 ms } random(p: 0.3)\n",
  "  connect A -> A by Jump as jump { w ~ normal(0 mV, 0.3 mV), delay = 0.3 ms } outdegree(n: 5)\n",
];
const EXPERIMENT = `
experiment X of M { duration 300 ms; seed 4; A.I, B.I = pulse(120 pA, from: 10 ms, to: 280 ms) }`;

const networkOf = (...members: readonly string[]): string => `\nnetwork M {\n${members.join("")}}\n`;
const TEXT = NEURON + SYNAPSES + networkOf(...POPULATIONS, ...CONNECTIONS) + EXPERIMENT;
const plan = planSource("law.glif", TEXT, "X");
const whole = outcome(run(plan));

/** Spikes, states, connections and their values of every population and projection by name, to the last bit. */
function outcome(simulation: Simulation): Record<string, string> {
  const { spikes } = simulation;
  const of: Record<string, string> = {};
  const hash = (...arrays: readonly ArrayBufferView[]): string => {
    const sum = createHash("sha256");
    for (const a of arrays) sum.update(new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
    return sum.digest("hex");
  };
  simulation.populations.forEach((p, index) => {
    const own = Array.from({ length: spikes.length }, (_, k) => k).filter((k) => spikes.population(k) === index);
    of[`spikes of ${p.name}`] =
      `${own.length} ${hash(Float64Array.from(own.flatMap((k) => [spikes.time(k), spikes.neuron(k)])))}`;
    for (const s of p.states) of[`${p.name}.${s.name}`] = hash(Float64Array.from(s.values));
  });
  for (const p of simulation.projections) {
    const { starts, target, delays } = p.connections;
    of[p.name] = `${p.connections.count} ${hash(starts, target, delays)}`;
    for (const v of p.values) of[`${p.name} ${v.name}`] = hash(v.values);
  }
  return of;
}

test("there is something to be the same: spikes, of neurons that influence each other, and weights that change", () => {
  expect(Number((whole["spikes of A"] ?? "").split(" ")[0])).toBeGreaterThan(100);
  const without = outcome(run(planSource("law.glif", TEXT.replace("0.5 nS, sd", "0.6 nS, sd"), "X")));
  expect(without["spikes of A"]).not.toBe(whole["spikes of A"]);
  const fixed = outcome(run(planSource("law.glif", TEXT.replace("A = 0.02", "A = 0"), "X")));
  expect(fixed["plastic P->A w"]).not.toBe(whole["plastic P->A w"]);
});

test("runs are repeated, another seed is another run", () => {
  expect(outcome(run(plan))).toEqual(whole);
  expect(outcome(run(plan, { seed: 5 }))["spikes of A"]).not.toEqual(whole["spikes of A"]);
});

test("one run is several runs one after the other, with spikes in flight", () => {
  const pieces = instantiate(plan, { seed: 4 });
  for (const steps of [1, 2, 997, 13, 1, 700, 1286]) pieces.advance(steps);
  expect(pieces.steps).toBe(3000);
  expect(outcome(pieces)).toEqual(whole);
});

test("reports of progress and a limit to memory change nothing", () => {
  const told: number[] = [];
  const simulation = instantiate(plan, { seed: 4, progress: (done) => told.push(done), memoryLimit: 1e9 });
  simulation.advance(3000);
  expect(told.length).toBeGreaterThan(0);
  expect(outcome(simulation)).toEqual(whole);
});

test("recorders change nothing: of neurons, of states of connections, of the spikes of sources", () => {
  const recorded = run(
    planSource(
      "law.glif",
      TEXT.replace("seed 4;", "seed 4; record spikes; record P.spikes; record A[0..9].V, A.exc.g, B.I every 1 ms;"),
      "X",
    ),
  );
  const { "spikes of P": of, ...others } = outcome(recorded);
  const { "spikes of P": none, ...expected } = whole;
  expect(others).toEqual(expected);
  expect(Number((of ?? "").split(" ")[0])).toBeGreaterThan(100);
  expect(none?.startsWith("0 ")).toBe(true);
});

const REORDERED: Readonly<Record<string, string>> = {
  populations: NEURON + SYNAPSES + networkOf(...[...POPULATIONS].reverse(), ...CONNECTIONS) + EXPERIMENT,
  "connections and populations, mixed":
    NEURON + SYNAPSES + networkOf(...CONNECTIONS.flatMap((c, k) => [c, POPULATIONS[k] ?? ""])) + EXPERIMENT,
  "the members of neurons and synapses": TEXT.replace(
    "  V' = (I - G*(V - E_L) - w)/C\n  w' = -w/(80 ms)\n",
    "  w' = -w/(80 ms)\n  V' = (I - G*(V - E_L) - w)/C\n",
  )
    .replace("  x' = -x/τ_x\n  y' = -y/τ_y\n", "  y' = -y/τ_y\n  x' = -x/τ_x\n")
    .replace("param τ_x = 20 ms, τ_y = 15 ms, A = 0.02", "param A = 0.02, τ_y = 15 ms, τ_x = 20 ms")
    .replace("param τ = 5 ms, E_rev = 0 mV; weight w : nS;", "weight w : nS; param E_rev = 0 mV, τ = 5 ms;"),
  "models, network and experiment": EXPERIMENT + networkOf(...POPULATIONS, ...CONNECTIONS) + SYNAPSES + NEURON,
  settings: TEXT.replace(
    "E_rev = -80 mV, τ = 10 ms, w = 2 nS, delay = 0.7 ms",
    "delay = 0.7 ms, w = 2 nS, τ = 10 ms, E_rev = -80 mV",
  ).replace("A.I, B.I = ", "B.I, A.I = "),
  "assignments of one event": TEXT.replace(
    "post.V <- post.V + w; w <- max(0 mV, w*(1 - A*y)); x <- x + 1",
    "x <- x + 1; w <- max(0 mV, w*(1 - A*y)); post.V <- post.V + w",
  ),
  connections: NEURON + SYNAPSES + networkOf(...POPULATIONS, ...[...CONNECTIONS].reverse()) + EXPERIMENT,
};
test.each(Object.keys(REORDERED))("reordered, %s change nothing", (what) => {
  expect(outcome(run(planSource("law.glif", REORDERED[what] ?? "", "X")))).toEqual(whole);
});

test("another population and other connections change no draw of the rest", () => {
  const more =
    NEURON +
    SYNAPSES +
    networkOf(
      "  population AA = 7 N { V ~ normal(-60 mV, 5 mV) }\n",
      ...POPULATIONS,
      "  population Z = 3 poisson(10 Hz)\n",
      "  connect AA, A -> AA by Exp as another { w ~ uniform(0 nS, 1 nS) } random(p: 0.5)\n",
      ...CONNECTIONS,
      "  connect A -> AA by Stdp as more { w ~ uniform(0 mV, 1 mV) } all\n",
      "  connect A -> B by Jump as weightless { w = 0 mV } random(p: 0.5)\n",
    ) +
    EXPERIMENT;
  const all = outcome(run(planSource("law.glif", more, "X")));
  expect(Object.keys(all).length).toBeGreaterThan(Object.keys(whole).length);
  expect(Object.fromEntries(Object.keys(whole).map((key) => [key, all[key]]))).toEqual(whole);
});

test("what other connections there are changes no draw of one without a name, and a network that extends another replaces it where it joins the same", () => {
  const unnamed = (connections: string, more = ""): Record<string, string> =>
    outcome(both(`${connections}\n }\n network Child extends M {\n ${more}`));
  const alone = unnamed("connect P -> A by Jump { w ~ uniform(0 mV, 1 mV) } random(p: 0.5)");
  const beside = unnamed(
    "connect A -> A by Jump { w = 0 mV } random(p: 0.5)\n connect P -> A by Jump { w ~ uniform(0 mV, 1 mV) } random(p: 0.5)\n connect Q -> A by Jump { w = 0 mV } all",
  );
  for (const key of ["Jump P->A", "Jump P->A w", "spikes of A"]) expect(beside[key], key).toBe(alone[key]);
  expect(Object.keys(beside)).toEqual(expect.arrayContaining(["Jump A->A", "Jump Q->A"]));
  const child = planSource(
    "law.glif",
    `${NEURON}${SYNAPSES}
    network M {\n population P = 9 poisson(60 Hz)\n population A = 6 N\n connect P -> A by Jump { w = 1 mV } all\n }
    network Child extends M {\n connect P -> A by Jump { w = 2 mV } random(p: 0.5)\n connect A -> A by Jump { w = 3 mV } all\n }
    experiment X of Child { duration 1 ms; seed 4 }`,
    "X",
  );
  expect(child.projections.map((p) => [p.name, p.rule.kind])).toEqual([
    ["Jump A->A", "all"],
    ["Jump P->A", "random"],
  ]);
});

const LARGER: Readonly<Record<string, string>> = { mV: "V", ms: "s", pA: "nA", nS: "µS", pF: "nF", Hz: "kHz" };

test("units are an affair of the text: the same in volts, seconds and amperes", () => {
  // Digits moved by hand, so that every number is the same number.
  const rewritten = TEXT.replaceAll(
    /(?<![\d.])(-?\d+)(\.\d+)? (mV|ms|pA|nS|pF|Hz)\b/g,
    (_, whole: string, fraction: string | undefined, unit: string) =>
      `${whole}${fraction ?? ""}e-3 ${LARGER[unit] ?? ""}`,
  );
  expect(rewritten).not.toBe(TEXT);
  expect(outcome(run(planSource("law.glif", rewritten, "X")))).toEqual(whole);
});

/** Without draws, which are keyed by the connection's name. */
const both = (connections: string): Simulation =>
  run(
    planSource(
      "law.glif",
      `${NEURON}${SYNAPSES}
    synapse Stp { param U = 0.4; weight w : mV = 3 mV; state x = 1; x' = (1 - x)/(50 ms); on pre { post.V <- post.V + w*U*x; x <- x - U*x } }
    network M {
 population P = 9 poisson(60 Hz)
 population Q = 5 poisson(60 Hz)
 population A = 6 N
 population B = 4 N
 ${connections}
 }
    experiment X of M { duration 200 ms; seed 4; A.I, B.I = 110 pA }`,
      "X",
    ),
  );

test("one connection to two populations is two connections: what lives at a neuron moves once", () => {
  const found = outcome(
    both("connect P -> A, B by Stp as s { delay = 0.4 ms } all\n connect P, Q -> A by Stdp as p { w = 1 mV } all"),
  );
  const apart = outcome(
    both(
      "connect P -> A by Stp as s { delay = 0.4 ms } all\n connect P -> B by Stp as s2 { delay = 0.4 ms } all\n connect P -> A by Stdp as p { w = 1 mV } all\n connect Q -> A by Stdp as p2 { w = 1 mV } all",
    ),
  );
  for (const key of ["spikes of A", "spikes of B", "A.V", "B.V", "P.s.x", "A.p.y", "P.p.x"])
    expect(found[key], key).toBe(apart[key]);
  expect(found["p Q->A w"]).toBe(apart["p2 Q->A w"]);
  expect(Number((found["spikes of B"] ?? "").split(" ")[0])).toBeGreaterThan(5);
});

test("nor twice where slices of a population are connected, apart or with neurons in common", () => {
  const keys = ["spikes of A", "spikes of B", "A.V", "B.V"];
  const whole = outcome(
    both("connect P -> A, B by Stp as s { delay = 0.4 ms } all\n connect P -> A by Stdp as p { w = 1 mV } all"),
  );
  const apart = outcome(
    both(
      "connect P[0..3], P[4..8] -> A, B by Stp as s { delay = 0.4 ms } all\n connect P -> A[0..2], A[3..5] by Stdp as p { w = 1 mV } all",
    ),
  );
  for (const key of [...keys, "P.s.x", "A.p.y", "P.p.x"]) expect(apart[key], key).toBe(whole[key]);
  // Neurons 3 and 4 are in both slices: as two connections, they have two synapses.
  const common = outcome(both("connect P[0..4], P[3..8] -> A by Stp as s { delay = 0.4 ms } all"));
  const twice = outcome(
    both(
      "connect P[0..4] -> A by Stp as s { delay = 0.4 ms } all\n connect P[3..8] -> A by Stp as s2 { delay = 0.4 ms } all",
    ),
  );
  for (const key of keys) expect(common[key], key).toBe(twice[key]);
});

test.each([
  ["Stp", "s", "U ~ uniform(0.4, 0.4), delay = 0.4 ms"],
  ["Stp", "s", "delay ~ uniform(0.4 ms, 0.4 ms)"],
  ["Stdp", "p", "w = 1 mV, τ_x ~ uniform(20 ms, 20 ms), delay = 0.4 ms"],
  ["Stdp", "p", "w = 1 mV, delay ~ uniform(0.4 ms, 0.4 ms)"],
])("where a state lives changes nothing that spikes do: %s as %s { %s }", (synapse, name, settings) => {
  const common = both(
    `connect P -> A, B by ${synapse} as ${name} { ${synapse === "Stdp" ? "w = 1 mV, " : ""}delay = 0.4 ms } all`,
  );
  const own = both(`connect P -> A, B by ${synapse} as ${name} { ${settings} } all`);
  expect(outcome(own)["spikes of A"]).toBe(outcome(common)["spikes of A"]);
  expect(own.projections[0]?.values.length).toBeGreaterThan(common.projections[0]?.values.length ?? NaN);
  const weights = (s: Simulation): number[] =>
    Array.from(s.projections[0]?.values.find((v) => v.name === "w")?.values ?? []);
  weights(common).forEach((w, c) => expect(Math.abs((weights(own)[c] ?? NaN) - w)).toBeLessThan(1e-12));
});

test("slices of one population are wired and weighted apart", () => {
  const simulation = both("connect P -> A[0..2], A[3..5] by Jump as j { w ~ uniform(0 mV, 1 mV) } random(p: 0.5)");
  const [first, second] = simulation.projections;
  expect(first?.name).not.toBe(second?.name);
  expect(Array.from(second?.connections.target ?? [])).not.toEqual(
    Array.from(first?.connections.target ?? [], (j) => j + 3),
  );
  const weights = new Set(simulation.projections.flatMap((p) => Array.from(p.values[0]?.values ?? [])));
  expect(weights.size).toBe(simulation.projections.reduce((sum, p) => sum + p.connections.count, 0));
});
