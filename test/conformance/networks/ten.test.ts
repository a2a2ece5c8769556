// Claim: ten LIF neurons with exponential currents, weights and delays given one by one, spike where two independent programs have them spike.
// Model: iaf_psc_exp of NEST: τ = 10 ms, threshold -50 mV, reset to -65 mV and held for 2 ms; excitatory currents of 2 ms, inhibitory of 5 ms.
// Delays: on the grid a spike has the time of the end of its step. NEST adds a current at the end of the step in which it arrives; it acts on the next one. That
// is a spike that reaches the synapse at t + d and acts from the step that begins there: NEST's delays are glif's, as they stand.
// Expected: on the same grid the same steps and neurons, without a tolerance; and what the grid has in common with continuous time.
import { describe, expect, test } from "vitest";
import { planSource, provide, reference, run, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";

const golden = reference("net10_iaf_psc_exp");
const p = golden.parameters;
const V_0: number[] = golden.initial_state.V.value;
const W: number[][] = p.W_post_pre.value;
const D: number[][] = p.delay_post_pre.value;

/** One line a connection, sources in any order. */
function pairs(sign: 1 | -1): string {
  const rows = W.flatMap((row, j) =>
    row.flatMap((w, i) => (w * sign > 0 ? [`${i},${j},${w},${D[j]?.[i] ?? ""}`] : [])),
  );
  return `source,target,w (pA),delay (ms)\n${rows.join("\n")}\n`;
}
provide("ten_excitatory.csv", pairs(1));
provide("ten_inhibitory.csv", pairs(-1));

const chosen = (values: readonly number[], unit: string): string =>
  values.reduceRight(
    (rest, v, k) => (rest === "" ? `${v} ${unit}` : `if i < ${k + 1} then ${v} ${unit} else ${rest}`),
    "",
  );

function network(step: number, also = ""): Simulation {
  return run(
    planSource(
      `${MODELS}/ten.glif`,
      `
    neuron Cell {
      param C = 250 pF, τ = 10 ms, E_L = -65 mV, V_th = -50 mV
      input I : pA
      state V = E_L
      V' = (E_L - V)/τ + I/C
      spike when V >= V_th
      reset { V <- E_L }
      refractory 2 ms { hold V }
    }
    synapse Current {
      param τ = 2 ms
      weight w : pA
      state i_syn = 0 pA
      i_syn' = -i_syn/τ
      on pre { i_syn <- i_syn + w }
      post.I += i_syn
    }
    network Ten {
      population N = 10 Cell { V = ${chosen(V_0, "mV")} }
      connect N -> N by Current as exc { τ = 2 ms } file("ten_excitatory.csv")
      connect N -> N by Current as inh { τ = 5 ms } file("ten_inhibitory.csv")
    }
    experiment Alone of Ten { duration 300 ms; step ${step} ms; ${also}; N.I = ${chosen(p.I.value, "pA")} }`,
      "Alone",
    ),
  );
}

function spikes({ spikes: log }: Simulation): (readonly [time: string, neuron: number])[] {
  return Array.from({ length: log.length }, (_, k) => [log.time(k).toFixed(3), log.neuron(k)] as const);
}

test.each([0.1, 0.01])("with a step of %d ms every spike is in the same step and of the same neuron", (step) => {
  const { spike_times_ms, spike_neuron } = golden.reference[`grid_dt${step}`];
  expect(spikes(network(step))).toEqual(spike_times_ms.map((t: number, k: number) => [t.toFixed(3), spike_neuron[k]]));
});

test("weights and delays are those of the files", () => {
  const { projections } = network(0.1);
  for (const [connection, sign] of [
    ["exc", 1],
    ["inh", -1],
  ] as const) {
    const { connections, values } = projections.find((q) => q.connection === connection) ?? expect.unreachable();
    const delays = connections.delays.length;
    for (let s = 0; s < connections.starts.length - 1; s++) {
      for (let c = connections.starts[s] ?? 0; c < (connections.starts[s + 1] ?? 0); c++) {
        const [i, j] = [connections.firstSource + Math.floor(s / delays), connections.target[c] ?? NaN];
        expect(values.find((v) => v.name === "w")?.values[c]).toBe(W[j]?.[i]);
        expect((connections.delays[s % delays] ?? NaN) * 0.1).toBeCloseTo(D[j]?.[i] ?? NaN, 10);
      }
    }
    expect(connections.count).toBe(W.flat().filter((w) => w * sign > 0).length);
  }
});

describe("against continuous time", () => {
  const { spike_times_ms, spike_neuron }: { spike_times_ms: number[]; spike_neuron: number[] } = golden.reference;
  const ofNeuron = (n: number): number[] => spike_times_ms.filter((_, k) => spike_neuron[k] === n);

  // Spikes are located and arrive inside the step; what is left is the root finder's tolerance, handed on from spike to spike.
  test("with precise spikes every one of the 69 is within 1e-6 ms, whatever the step", () => {
    for (const step of [0.1, 0.5]) {
      const { spikes: log } = network(step, "spikes precise");
      expect(Array.from({ length: log.length }, (_, k) => log.neuron(k))).toEqual(spike_neuron);
      spike_times_ms.forEach((t, k) => expect(Math.abs(log.time(k) - t)).toBeLessThan(1e-6));
    }
  });

  test("a step of 0.01 ms has as many spikes of each neuron, within 0.09 ms: each round of the recurrence adds a step", () => {
    const found = spikes(network(0.01));
    for (let n = 0; n < 10; n++) {
      const times = found.filter(([, neuron]) => neuron === n).map(([t]) => Number(t));
      expect(times.length, `neuron ${n}`).toBe(ofNeuron(n).length);
      times.forEach((t, k) => expect(Math.abs(t - (ofNeuron(n)[k] ?? NaN))).toBeLessThan(0.09));
    }
  });
});
