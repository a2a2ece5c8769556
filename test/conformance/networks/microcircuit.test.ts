// Claim: the cortical microcircuit of Potjans and Diesmann at a tenth of its size has the rates of all its eight populations.
// Paper: T. C. Potjans, M. Diesmann, Cereb. Cortex 24:785 (2014), with the parameters of its authors' published code.
// Model: 7718 neurons, 3 million connections whose weights and delays are drawn, total numbers with multiple and self-connections; independent Poisson input.
// Scaling down: in-degrees by k, weights by 1/√k, and a current for the mean input that is lost.
// Expected: means over five seeds and 5 s of an independent program. One seed and 0.7 s here: five standard deviations of that shorter time, √(5/0.7) of theirs.
import { expect, test } from "vitest";
import { planSource, rate, reference, run, MODELS } from "../harness.ts";

const NAMES = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"];
const SIZES = [20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948];
const EXTERNAL = [1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100];
/** Hz, at full size. */
const RATES = [0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829];
/** [target][source] */
const PROBABILITIES = [
  [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0, 0.0076, 0],
  [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0, 0.0042, 0],
  [0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0],
  [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0, 0.1057, 0],
  [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0],
  [0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0],
  [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
  [0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443],
];

/** pA: a potential of 0.15 mV. */
const WEIGHT = 87.8085;
const K = 0.1;
const BACKGROUND = 8;

function microcircuit(): string {
  const at = <T>(values: readonly T[], k: number): T => values[k] as T;
  const members = NAMES.flatMap((post, t) => {
    // ms and Hz: a thousandth; τ_syn = 0.5 ms.
    let lost = BACKGROUND * at(EXTERNAL, t) * WEIGHT;
    const connections = NAMES.flatMap((pre, s) => {
      const p = at(at(PROBABILITIES, t), s);
      const number = p === 0 ? 0 : Math.log(1 - p) / Math.log(1 - 1 / (at(SIZES, s) * at(SIZES, t)));
      const inhibitory = pre.endsWith("I");
      const weight = WEIGHT * (inhibitory ? -4 : pre === "L4E" && post === "L23E" ? 2 : 1);
      lost += ((weight * number) / at(SIZES, t)) * at(RATES, s);
      const n = Math.round(number * K * K);
      const scaled = weight / Math.sqrt(K);
      const delay = inhibitory ? "normal(0.75 ms, 0.375 ms, min: 0.05 ms)" : "normal(1.5 ms, 0.75 ms, min: 0.05 ms)";
      const drawn = `w ~ normal(${scaled} pA, ${Math.abs(scaled) / 10} pA, ${inhibitory ? "max" : "min"}: 0 pA)`;
      return n === 0
        ? []
        : [
            `connect ${pre} -> ${post} by Current as ${pre}_${post} { ${drawn}, delay ~ ${delay} } total(n: ${n}) allow self, multiple`,
          ];
    });
    const size = Math.round(at(SIZES, t) * K);
    return [
      `population ${post} = ${size} Cell { V ~ normal(-58 mV, 10 mV), I_dc = ${0.5e-3 * (1 - Math.sqrt(K)) * lost} pA }`,
      `population X_${post} = ${size} poisson(${BACKGROUND * at(EXTERNAL, t) * K} Hz)`,
      `connect X_${post} -> ${post} by Current as external_${post} { w = ${WEIGHT / Math.sqrt(K)} pA, delay = 1.5 ms } one_to_one`,
      ...connections,
    ];
  });
  return `
    neuron Cell {
      param C = 250 pF, τ_m = 10 ms, τ_syn = 0.5 ms, E_L = -65 mV, V_th = -50 mV, I_dc = 0 pA
      state V = E_L, I = 0 pA
      V' = (E_L - V)/τ_m + (I + I_dc)/C
      I' = -I/τ_syn
      spike when V >= V_th
      reset { V <- E_L }
      refractory 2 ms { hold V }
    }
    synapse Current { weight w : pA; on pre { post.I <- post.I + w } }
    network Microcircuit {
      ${members.join("\n      ")}
    }
    experiment Spontaneous of Microcircuit { duration 1 s; step 0.1 ms; seed 1 }`;
}

test("rates of the eight populations", () => {
  const simulation = run(planSource(`${MODELS}/microcircuit.glif`, microcircuit(), "Spontaneous"));
  const { populations, n_synapses } = reference("stat_pd14_small").reference.groups[0];
  const recurrent = simulation.projections.filter((p) => !p.source.startsWith("X_"));
  expect(Math.abs(recurrent.reduce((sum, p) => sum + p.connections.count, 0) - n_synapses)).toBeLessThan(64);
  for (const name of NAMES) {
    const { mean, sd } = populations[name].rate_Hz;
    const found = rate(simulation, name, 300);
    expect(Math.abs(found - mean), `${name}: ${found} Hz, expected ${mean} Hz`).toBeLessThan(
      5 * sd * Math.sqrt(5 / 0.7),
    );
  }
}, 300_000);
