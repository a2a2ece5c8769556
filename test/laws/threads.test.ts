// Law: a network in several threads has the bits of one, however it is made and however its run is cut: neurons of all kinds, noise, sources, delays, plasticity, couplings, recorders.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { planSource } from "../conformance/harness.ts";
import { divisionOf } from "../../src/4-plan/division.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { startThread } from "../../src/simulate/workers/startThread.ts";

const ENTRY = resolve("dist/cli/thread.js");
const running: Simulation[] = [];
afterAll(() => {
  for (const simulation of running) simulation.dismissThreads();
});

function inThreads(plan: SimulationPlan, count: number): Simulation {
  if (!existsSync(ENTRY)) throw new Error("`npm run build` makes what threads begin with");
  const start = (): ReturnType<typeof startThread> => startThread(pathToFileURL(ENTRY));
  const simulation = instantiate(plan, { seed: 7, threads: { count, start, anyway: true } });
  running.push(simulation);
  return simulation;
}

/** Spikes, traces, states, connections and warnings to the last bit. */
function outcome({ spikes, traces, populations, projections, warnings }: Simulation): Record<string, string> {
  const hash = (values: Float64Array | Float32Array): string =>
    createHash("sha256").update(new Uint8Array(values.slice().buffer)).digest("hex");
  const all = Array.from({ length: spikes.length }, (_, k) => [spikes.time(k), spikes.population(k), spikes.neuron(k)]);
  return {
    spikes: `${all.length} ${hash(Float64Array.from(all.flat()))}`,
    warnings: warnings.join("\n"),
    ...Object.fromEntries(traces.map((t) => [`${t.population}[${t.neuron}].${t.variable}`, hash(t.values())])),
    ...Object.fromEntries(populations.flatMap((p) => p.states.map((s) => [`${p.name}.${s.name}`, hash(s.values)]))),
    ...Object.fromEntries(projections.flatMap((p) => p.values.map((v) => [`${p.name} ${v.name}`, hash(v.values)]))),
  };
}

/** Numbers from 0 to 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

const SYNAPSES = `
synapse Exp { param τ = 5 ms, E_rev = 0 mV; weight w : nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I += g*(E_rev - post.V) }
synapse Jump { weight w : mV; on pre { let q ~ binomial(4, 0.5); post.V <- post.V + w*q/2 } }
synapse Used { weight w : mV; on pre { post.V <- post.V + w; w <- 0.9*w + 0.01 mV } }
synapse Stdp {
  param τ_x = 20 ms, τ_y = 15 ms, A = 0.02
  weight w : mV
  state x = 0, y = 0
  x' = -x/τ_x
  y' = -y/τ_y
  on pre { post.V <- post.V + w; w <- max(0 mV, w*(1 - A*y)); x <- x + 1 }
  on post { let u ~ uniform(0, 2); w <- min(4 mV, w + u*A*x*(1 mV)); y <- y + 1 }
}
synapse Depressing {
  param U = 0.4, τ_r = 60 ms, τ = 4 ms
  weight w : pA
  state r = 1, c = 0 pA
  r' = (1 - r)/τ_r
  c' = -c/τ
  on pre { c <- c + w*U*r; r <- r - U*r }
  post.I += c
}
synapse Gate { param τ = 30 ms; weight w : pA; state s = 0; s' = -s/τ + (1 - s)*exp(post.V/(40 mV))/(80 ms); on pre { s <- s + 0.2*(1 - s) }; post.I += w*s }
synapse Gap { weight w : nS; post.I += w*(pre.V - post.V) }
synapse Graded { weight w : pA; post.I += w/(1 + exp(-(pre.V + 60 mV)/(3 mV))) + 0.001*w/(1 pA)*pre.w }
`;

/** A network that says of each thing one of what there is. */
function text(seed: number): string {
  const next = numbers(seed);
  const one = <T>(...of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const some = (share: number): boolean => next() < share;
  const size = one(33, 48, 90, 150);
  const delay = one("0 ms", "0.1 ms", "0.7 ms", "1.5 ms", "drawn");
  const said = (name: string): string =>
    delay === "drawn" ? `${name} ~ normal(1.2 ms, 0.4 ms, min: 0.2 ms)` : `${name} = ${delay}`;
  const rule = (): string =>
    one("random(p: 0.1)", "random(p: 0.2) allow self", "indegree(n: 6)", "outdegree(n: 5)", "where abs(i - j) < 4");
  const noise = some(0.5);
  const chosen = [
    `connect A -> A${some(0.5) ? ", B" : ""} by Exp as exc { w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS), ${said("delay")} } ${rule()}`,
    `connect B -> A by Exp as inh { E_rev = -80 mV, w = 2 nS, delay = 0.7 ms } ${rule()}`,
    `connect P -> A by ${one("Stdp", "Jump")} as plastic { w ~ uniform(0.5 mV, 2 mV), ${said("delay")} } random(p: 0.3)`,
    `connect A -> A by Stdp as own { w = 0.5 mV, delay = ${one("0.1 ms", "1 ms")} } ${rule()}`,
    `connect A[3..20] -> B by Depressing as stp { w = 30 pA, delay = 0.5 ms } ${rule()}`,
    `connect A -> B by Gate as gate { w = 3 pA, ${said("delay")} } ${rule()}`,
    `connect Q -> B by ${one("Used", "Stdp", "Used")} as each { w = 3 mV, delay = ${one("0 ms", "0.4 ms")} } one_to_one`,
    `connect B -> B by Gap as gap { w = 0.1 nS${some(0.5) ? `, ${said("delay")}` : ""} } ${rule()}`,
    `connect A -> B by Graded as graded { w = 2 pA, ${said("delay")} } ${rule()}`,
    "connect A -> A by Jump as jump { w ~ normal(0 mV, 0.3 mV), delay = 0.3 ms } outdegree(n: 5)",
  ].filter(() => some(0.5));
  const kinds = [
    "spike when V > V_th\n  reset { V <- E_L; w <- w + 10 pA }",
    "spike when V > V_th\n  reset { V <- V - 0.02 mV; w <- w + 40 pA }",
    "spike with rate exp((V - V_th)/(4 mV))*(40 Hz)\n  reset { V <- E_L; w <- w + 10 pA }",
    "spike when V > V_th\n  reset { V <- E_L }\n  on w < 5 pA { w <- w + 20 pA }",
    "spike when V > V_th\n  reset { let u ~ uniform(0, 1); V <- E_L + u*(1 mV); w ~ normal(10 pA, 5 pA) }\n  on w < 5 pA { w ~ uniform(5 pA, 10 pA) }",
  ];
  return `
neuron N {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, V_th = -50 mV
  input I : pA
  state V = E_L, w = 0 pA
  V' = (I - G*(V - E_L) - w)/C
  w' = -w/(80 ms)
  ${one(...kinds)}
  ${some(0.7) ? "refractory 2 ms { hold V }" : ""}
}
${SYNAPSES}
network M {
  population A = ${size} N { V ~ uniform(E_L, V_th)${noise ? "; I = 90 pA + 30 pA*sqrt(1 ms)*ξ" : ""} }
  population B = 40 N { C ~ lognormal(mean: 100 pF, sd: 10 pF) }
  population P = 30 poisson(${one("40 Hz", "400 Hz", "30 kHz")})
  population Q = 40 poisson(300 Hz)
  ${chosen.join("\n  ")}
}
experiment X of M {
  duration 60 ms
  ${noise ? "" : "A.I = pulse(120 pA, from: 5 ms, to: 50 ms)"}
  B.I = pulse(130 pA, from: 1 ms, to: 58 ms) + 1 pA*i
  record spikes
  ${some(0.6) ? `record A[0..${Math.min(size, 40) - 1}].V` : ""}
  ${some(0.5) ? "record A.I every 0.5 ms\n  record P.spikes" : ""}
}`;
}

const PIECES = [1, 2, 130, 7, 260, 200];

test.each(Array.from({ length: 16 }, (_, k) => k + 1))("network %i", (seed) => {
  const plan = planSource("law.glif", text(seed), "X");
  const alone = instantiate(plan, { seed: 7 });
  alone.advance(600);
  expect(alone.spikes.length).toBeGreaterThan(0);
  const division = divisionOf(plan);
  for (const count of [2, 3]) {
    const simulation = inThreads(plan, count);
    for (const steps of PIECES) simulation.advance(steps);
    expect(simulation.threads).toBe("because" in division ? 1 : count);
    expect(outcome(simulation)).toEqual(outcome(alone));
    simulation.dismissThreads();
  }
});
