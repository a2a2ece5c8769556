// Claim: levels 1 to 5 of Teeter et al. 2018 (models/teeter.glif), with the fits of Allen cell 637930677, spike where the model's
// closed form does, spike cut and all.
// C. Teeter et al., Nat. Commun. 9:709 (2018). The reference solves the same equations event by event: exponentials in closed form,
// crossings by Brent's method.
// AllenSDK itself integrates V by forward Euler and Θ and the currents exactly, a mixture that no one `method` is, so its own steps are
// compared through its limit for small steps.
import { describe, expect, test } from "vitest";
import { reference, runModel, spikeTimes, trace } from "../harness.ts";
import { expectSpikes, expectSpikesOnGrid, expectTrace, onGrid, precisely, valuesAt } from "./comparing.ts";

/** ms */
const STEP = 0.05;
const E_L = -71.39990234375;

describe.each([1, 2, 3, 4, 5])("level %i", (level) => {
  const golden = reference(`glif${level}_allen_bmtk_637930677`);
  const exact: number[] = golden.reference.spike_times_continuous_ms;
  const experiment = `Level${level}`;

  test("spikes located inside the step are the closed form's to 1e-6 ms", () => {
    expectSpikes(spikeTimes(precisely("teeter", experiment)), exact, 1e-6);
  });

  test("V, Θ and the sum of the currents are the closed form's to 1e-9, wherever it gives them", () => {
    // Samples inside a cut are left out by the reference, which knows no values there.
    const simulation = precisely("teeter", experiment);
    const { t_ms, V_mV_rel, Theta_mV_rel, ASC_sum_pA } = golden.reference.trace_continuous;
    const above = (name: string): number[] => valuesAt(simulation, name, t_ms).map((v) => v - E_L);
    expectTrace(above("V"), V_mV_rel, 1e-9, "V");
    expectTrace(above("Θ"), Theta_mV_rel, 1e-9, "Θ");
    if (level >= 3) {
      const [slow, fast] = [valuesAt(simulation, "I[1]", t_ms), valuesAt(simulation, "I[2]", t_ms)];
      expectTrace(
        slow.map((i, k) => i + (fast[k] ?? NaN)),
        ASC_sum_pA,
        1e-9,
        "I",
      );
    }
  });

  test("on the grid each spike adds at most one step of delay", () => {
    // A cut restarts the neuron at a grid point: up to one dt of lag a spike, and none is early.
    expectSpikesOnGrid(spikeTimes(onGrid("teeter", experiment)), exact, STEP);
  });

  test("AllenSDK's own spikes are within the error of its forward Euler step", () => {
    // The reference states how far AllenSDK is from the closed form at this step; ours is as far from it and one dt a spike at most.
    const own: number[] = golden.reference.spike_times_ms;
    expectSpikes(
      spikeTimes(onGrid("teeter", experiment)),
      own,
      golden.convergence.max_abs_diff_ms_vs_continuous["dt=0.05ms"] + own.length * STEP,
    );
  });
});

describe("the spike cut", () => {
  test("holds everything for t_cut = 6.7 ms, 134 steps sharp, and then moves on", () => {
    const simulation = onGrid("teeter", "Level5");
    const [first = NaN] = spikeTimes(simulation);
    const spike = Math.round(first / STEP);
    for (const name of ["V", "Θ", "I[1]", "I[2]", "Θ_v"]) {
      const { y } = trace(simulation, name);
      for (let n = spike; n <= spike + 134; n++) expect(y[n]).toBe(y[spike]);
      expect(y[spike + 135]).not.toBe(y[spike]);
    }
  });

  test("amplitudes are those at its end: after the first spike the currents are δI, and Θ_s is δΘ_s", () => {
    const simulation = onGrid("teeter", "Level4");
    const after = (spikeTimes(simulation)[0] ?? NaN) + 6.7;
    expect(valuesAt(simulation, "I[1]", [after])).toEqual([-73.83464366961142]);
    expect(valuesAt(simulation, "I[2]", [after])).toEqual([-449.68285427360047]);
    expect((valuesAt(simulation, "Θ", [after])[0] ?? NaN) - E_L).toBeCloseTo(
      22.746577435217098 + 1.9193415026425237,
      10,
    );
  });
});

describe("each level is the one before and one mechanism more: where that is switched off, the spikes are the same", () => {
  const same = (a: readonly [string, readonly string[]], b: readonly [string, readonly string[]]): void => {
    const times = spikeTimes(runModel("teeter", a[0], { settings: a[1] }));
    expect(times.length).toBeGreaterThan(5);
    expectSpikes(times, spikeTimes(runModel("teeter", b[0], { settings: b[1] })), 1e-9);
  };
  const threshold = "Θ_inf = E_L + 23 mV";

  test("5 without a_v is 4", () => same(["Level5", [threshold, "a_v = 0 /s"]], ["Level4", [threshold]]));
  test("4 without the reset rule is 3", () =>
    same(["Level4", [threshold, "f_v = 0", "δV = 0 mV", "δΘ_s = 0 mV"]], ["Level3", [threshold]]));
  test("4 without currents is 2", () =>
    same(["Level4", [threshold, "δI = [0, 0] pA"]], ["Level2", [threshold, "G = 2.9407850592455422 nS"]]));
  test("2 without the reset rule is 1", () =>
    same(["Level2", [threshold, "f_v = 0", "δV = 0 mV", "δΘ_s = 0 mV"]], ["Level1", [threshold]]));
});
