// Claim: voltage jumps that arrive at a neuron while it is held after a spike are lost, all others count; the cell of the fourth benchmark of Brette et al. 2007.
// Paper: R. Brette et al., J. Comput. Neurosci. 23:349 (2007), Appendix 2, benchmark 4.
// Model: τ = 20 ms towards -49 mV, threshold -50 mV, reset to -60 mV and held for 5 ms; jumps of +0.25 and -2.25 mV at 400 given times.
// Expected: three spikes at times of an event-driven solution. On the grid jumps are rounded to steps: as many spikes, one more or less; with a step of 0.001 ms,
// the same to the 15 jumps or so that a membrane remembers, half a step each, 0.02 ms.
import { expect, test } from "vitest";
import { planSource, provide, reference, run, spikeTimes, trace, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";

const golden = reference("lif_delta_event_driven");
const events: [time: number, jump: number][] = golden.stimulus.events_t_ms_w_mV;
const expected: number[] = golden.reference.spike_times_ms;
const csv = (jump: number): string =>
  `t_ms,neuron\n${events
    .filter(([, w]) => w === jump)
    .map(([t]) => `${t},0`)
    .join("\n")}\n`;
provide("jumps_up.csv", csv(0.25));
provide("jumps_down.csv", csv(-2.25));

const spikes = (step: number): number[] => spikeTimes(simulate(step), "C");

function simulate(step: number, record = ""): Simulation {
  return run(
    planSource(
      `${MODELS}/jumps.glif`,
      `
    neuron Cell {
      param τ = 20 ms, E_L = -49 mV, V_th = -50 mV, V_r = -60 mV
      state V = V_r
      V' = (E_L - V)/τ
      spike when V >= V_th
      reset { V <- V_r }
      refractory 5 ms { hold V }
    }
    synapse Jump { weight w : mV; on pre { post.V <- post.V + w } }
    network One {
      population Up = spikes(file("jumps_up.csv"))
      population Down = spikes(file("jumps_down.csv"))
      population C = 1 Cell
      connect Up -> C by Jump as up { w = 0.25 mV } all
      connect Down -> C by Jump as down { w = -2.25 mV } all
    }
    experiment Given of One { duration 400 ms; step ${step} ms; ${record} }`,
      "Given",
    ),
  );
}

test("every jump is in one of the two files", () =>
  expect(events.every(([, w]) => w === 0.25 || w === -2.25)).toBe(true));

test("on a grid of 0.1 ms: three spikes, one more or less", () => {
  expect(Math.abs(spikes(0.1).length - expected.length)).toBeLessThanOrEqual(1);
});

test("with precise spikes: the event-driven solution to 1e-9 ms, jumps at their very times", () => {
  const times = spikeTimes(simulate(0.1, "spikes precise"), "C");
  expect(times.length).toBe(expected.length);
  times.forEach((t, k) => expect(Math.abs(t - (expected[k] ?? NaN))).toBeLessThan(1e-9));
});

test("on a grid of 0.001 ms: the spikes of the event-driven solution to 0.02 ms", () => {
  const times = spikes(0.001);
  expect(times.length).toBe(expected.length);
  times.forEach((t, k) => expect(Math.abs(t - (expected[k] ?? NaN))).toBeLessThan(0.02));
});

test("the membrane potential after each of the 400 jumps, lost ones included, to 2e-3 mV", () => {
  // A jump is up to half a step early or late and seen at the end of its step, both on slopes of 11 mV/20 ms at the most.
  const { y } = trace(simulate(0.001, "record C.V"), "V");
  const after: number[] = golden.reference.V_after_event_mV;
  const held = after.filter((v) => v === -60).length;
  expect(held).toBeGreaterThan(10);
  events.forEach(([t], k) =>
    expect(Math.abs((y[Math.round(t / 0.001) + 1] ?? NaN) - (after[k] ?? NaN)), `${t} ms`).toBeLessThan(2e-3),
  );
});
