// Claim: under a constant current the LIF of models/lif.glif spikes with the period of its closed form,
// T = t_ref + τ ln((V∞ - V_r)/(V∞ - V_th)).
// Model: τ = 20 ms, R = 0.1 GΩ (C = 200 pF, G = 10 nS), rest and reset at -60 mV, threshold at -50 mV, t_ref = 5 ms.
// Expected: the f-I curve from a hair above rheobase to ten times rheobase.
import { describe, expect, test } from "vitest";
import { planSource, reference, run, spikeTimes, MODELS } from "../harness.ts";

/** ms */
const STEP = 0.1;
const CURVE: readonly (readonly [current: number, rate: number, period: number])[] =
  reference("lif_fI_exact").reference.I_pA__rate_Hz__period_ms;

function spikes(current: number, duration: number, more = ""): number[] {
  const text = `
    import LIF from "glif/lif"
    experiment Constant of LIF {
      duration ${duration} ms
      step ${STEP} ms
      C = 200 pF, G = 10 nS, E_L = -60 mV, Θ_inf = -50 mV, t_ref = 5 ms
      I_e = ${current} pA
      ${more}
      record spikes
    }`;
  return spikeTimes(run(planSource(`${MODELS}/constant.glif`, text, "Constant")));
}

const intervals = (times: readonly number[]): number[] => times.slice(1).map((t, k) => t - (times[k] ?? NaN));

describe.each(CURVE.filter(([current]) => current > 100.5))("%d pA", (current, rate, period) => {
  const duration = Math.ceil(10 * period);

  test("located inside the step, every interval is the period to 1e-10, and the first spike comes t_ref earlier", () => {
    const times = spikes(current, duration, "spikes precise");
    expect(times.length).toBeGreaterThanOrEqual(9);
    for (const interval of intervals(times)) expect(Math.abs(interval - period)).toBeLessThanOrEqual(1e-10 * period);
    expect(Math.abs((times[0] ?? NaN) - (period - 5))).toBeLessThanOrEqual(1e-10 * period);
    expect(1000 / (intervals(times)[0] ?? NaN)).toBeCloseTo(rate, 8);
  });

  test("on the grid every interval is the period rounded up to a step", () => {
    for (const interval of intervals(spikes(current, duration))) {
      expect(interval).toBeGreaterThanOrEqual(period - 1e-9);
      expect(interval).toBeLessThanOrEqual(period + STEP + 1e-9);
    }
  });
});

describe("100.0000001 pA, a hair above rheobase", () => {
  // V∞ is 1e-8 mV above threshold, and V, around -50 mV, is known to 7e-15 mV: the crossing to 20 ms * 7e-15/1e-8 = 1.4e-5 ms for each
  // rounding. A few of them add up.
  const [[current, , period] = [NaN, NaN, NaN]] = CURVE;

  test("located inside the step, the period is right to what V can carry", () => {
    const [interval = NaN] = intervals(spikes(current, 900, "spikes precise"));
    expect(Math.abs(interval - period)).toBeLessThan(1e-3);
  });

  test("on the grid it is in [T, T + dt]", () => {
    const [interval = NaN] = intervals(spikes(current, 900));
    expect(interval).toBeGreaterThan(period - 1e-3);
    expect(interval).toBeLessThan(period + STEP + 1e-3);
  });
});

test("at rheobase and below it there is no spike: V approaches its threshold and never exceeds it", () => {
  expect(spikes(100, 2000)).toEqual([]);
  expect(spikes(100, 2000, "spikes precise")).toEqual([]);
  expect(spikes(99.99, 2000)).toEqual([]);
});
