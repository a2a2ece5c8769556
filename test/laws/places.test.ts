// Law: where a state lives changes no result. Parameters and delays that are the same for all connections, but said so that glif cannot know it, force states to live elsewhere.
import { expect, test } from "vitest";
import { planSource, provide, run } from "../conformance/harness.ts";
import type { Simulation } from "../../src/runtime/index.ts";

const SYNAPSES = `
neuron Cell {
  param C = 100 pF, G = 10 nS, E_L = -70 mV
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
}
neuron Firing extends Cell { param V_th = -50 mV; spike when V > V_th; reset { V <- E_L } }
neuron Curved extends Cell { V' = (I_e - G*(V - E_L) + 0.1 nS/mV*(V - E_L)^2)/C }
synapse Current { param τ = 2 ms; weight w : pA = 100 pA; state I = 0 pA; I' = -I/τ; on pre { I <- I + w }; post.I_e += I }
synapse Alpha { param τ = 2 ms; weight w : pA = 100 pA; state h = 0 pA/ms, I = 0 pA; h' = -h/τ; I' = h - I/τ; on pre { h <- h + w/τ }; post.I_e += I }
synapse Conductance { param τ = 2 ms; weight w : nS = 3 nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I_e += g*(0 mV - post.V) }
synapse Saturating {
  param τ = 10 ms, τ_x = 1 ms, α = 0.5 /ms
  weight w : pA = 300 pA
  state x = 0, s = 0
  x' = -x/τ_x
  s' = -s/τ + α*x*(1 - s)
  on pre { x <- x + 1 }
  post.I_e += w*s
}
synapse Echo { param τ = 4 ms; weight w : pA = 200 pA; state y = 0; y' = -y/τ; on post { y <- y + 1 }; post.I_e += w*y; pre.I_e += -0.3*w*y }
synapse Graded { param τ = 5 ms; weight w : pA = 200 pA; state s = 0; s' = (1/(1 + exp(-(pre.V + 60 mV)/(2 mV))) - s)/τ; post.I_e += w*s }
synapse Slowed { param τ = 2 ms; weight w : nS = 3 nS; state g = 0 nS; g' = -g/(τ*(1 + exp((post.V + 60 mV)/(20 mV)))); on pre { g <- g + w }; post.I_e += g*(0 mV - post.V) }
`;

/** Neurons driven through S, and through each other. */
const runOf = (cell: string, synapse: string, settings: string, rule: string, step: string): Simulation =>
  run(planSource("law.glif", `${SYNAPSES}
network M {
  population S = spikes([1 ms, 3 ms, 3.5 ms, 8 ms])
  population D = 2 Firing { C = 100 pF + 10 pF*i }
  population A = 3 ${cell} { C = 100 pF + 20 pF*i }
  connect ${synapse === "Graded" || synapse === "Echo" ? "D" : "S, D"} -> A by ${synapse} as c { ${settings} } ${rule}
}
experiment X of M { duration 20 ms; step ${step}; D.I_e = 400 pA; A.I_e = 30 pA }`, "X"));

const voltages = (simulation: Simulation): number[] => Array.from(simulation.population("A").states.find((s) => s.name === "V")?.values ?? []);
const apart = (a: readonly number[], b: readonly number[]): number => Math.max(...a.map((x, k) => Math.abs(x - (b[k] ?? NaN))));
for (const cell of ["Cell","Curved"]) for (const syn of ["Current","Alpha","Conductance","Saturating","Echo","Graded","Slowed"]) test(`${cell} ${syn}`, () => {
  const out = [0.2,0.1,0.05].map(h => apart(voltages(runOf(cell, syn, "delay = 0.4 ms", "all", `${h} ms`)), voltages(runOf(cell, syn, `τ = ${syn==="Saturating"?10:syn==="Echo"?4:syn==="Graded"?5:2} ms + 0 ms*i, delay = 0.4 ms`, "all", `${h} ms`))));
  console.log(cell, syn, out.join(" "));
});
