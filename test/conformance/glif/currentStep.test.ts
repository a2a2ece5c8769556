// Claim: the GLIF of models/glif.glif, reset and refractory period included, spikes where its equations, solved by hand, say so; and
// what it adds to the LIF can be taken away again.
// S. Mihalas & E. Niebur, Neural Comput. 21:704-718 (2009). Expected: computed below with nothing but exponentials and bisection, event
// after event.
import { describe, expect, test } from "vitest";
import { runModel, spikeTimes } from "../harness.ts";
import { expectSpikes, expectSpikesOnGrid, expectTrace, onGrid, precisely, valuesAt } from "./comparing.ts";

interface State {
  readonly V: number;
  readonly I: readonly [number, number];
  readonly Θ_s: number;
}

const [C, G, E_L, Θ_inf, t_ref] = [58.7, 9.43, -78.9, -51.7, 3];
const k = [0.003, 0.1] as const;
const δI = [-9.18, -198.94] as const;
const [b_s, δΘ_s, f_v, δV] = [0.02, 2, 0.2, 1.5];

/** V' = (I_e + I_1 + I_2 - G (V - E_L))/C solved: each current drives V by the difference of two exponentials. */
function after(s: State, I_e: number, h: number): State {
  const leak = Math.exp((-h * G) / C);
  const driven = s.I.map((I, j) => ((I / C) * (Math.exp(-(k[j] ?? 0) * h) - leak)) / (G / C - (k[j] ?? 0)));
  const V = E_L + (s.V - E_L) * leak + (I_e / G) * (1 - leak) + (driven[0] ?? 0) + (driven[1] ?? 0);
  return { V, ...decayed(s, h) };
}

function decayed(s: State, h: number): Pick<State, "I" | "Θ_s"> {
  return { I: [s.I[0] * Math.exp(-k[0] * h), s.I[1] * Math.exp(-k[1] * h)], Θ_s: s.Θ_s * Math.exp(-b_s * h) };
}

function reset({ V, I, Θ_s }: State): State {
  return { V: E_L + f_v * (V - E_L) - δV, I: [I[0] + δI[0], I[1] + δI[1]], Θ_s: Θ_s + δΘ_s };
}

/** Spike times and V at whole milliseconds under 300 pA from 100 ms to 900 ms. */
function solve(): { readonly spikes: readonly number[]; readonly V: readonly number[] } {
  const spikes: number[] = [];
  const samples: number[] = [];
  let state: State = { V: E_L, I: [0, 0], Θ_s: 0 };
  let freeAt = -Infinity;
  const above = (s: State): boolean => s.V > Θ_inf + s.Θ_s;
  samples.push(state.V);
  for (let ms = 0; ms < 1000; ms++) {
    const I_e = ms >= 100 && ms < 900 ? 300 : 0;
    let t: number = ms;
    while (t < ms + 1) {
      if (t < freeAt) {
        const until = Math.min(freeAt, ms + 1);
        state = { V: state.V, ...decayed(state, until - t) };
        t = until;
      } else if (above(after(state, I_e, ms + 1 - t))) {
        // V rises steadily towards its threshold here, so that the end of a millisecond tells of every crossing within it.
        let [low, high] = [0, ms + 1 - t];
        for (let n = 0; n < 80; n++) {
          const middle = (low + high) / 2;
          if (above(after(state, I_e, middle))) high = middle;
          else low = middle;
        }
        state = reset(after(state, I_e, high));
        t += high;
        spikes.push(t);
        freeAt = t + t_ref;
      } else {
        state = after(state, I_e, ms + 1 - t);
        t = ms + 1;
      }
    }
    samples.push(state.V);
  }
  return { spikes, V: samples };
}

describe("CurrentStep", () => {
  const solved = solve();

  test("spikes located inside the step are those of the solution to 1e-6 ms, V to 1e-9", () => {
    const simulation = precisely("glif", "CurrentStep");
    expect(solved.spikes).toHaveLength(14);
    expectSpikes(spikeTimes(simulation), solved.spikes, 1e-6);
    expectTrace(
      valuesAt(
        simulation,
        "V",
        solved.V.map((_, ms) => ms),
      ),
      solved.V,
      1e-9,
      "V",
    );
  });

  test("on the grid none is early and each adds at most one step of delay", () => {
    expectSpikesOnGrid(spikeTimes(onGrid("glif", "CurrentStep")), solved.spikes, 0.1);
  });

  test("it adapts: no interval is shorter than the one before, and the last is more than twice the first", () => {
    const times = spikeTimes(precisely("glif", "CurrentStep"));
    const intervals = times.slice(1).map((t, n) => t - (times[n] ?? NaN));
    intervals.slice(1).forEach((interval, n) => expect(interval).toBeGreaterThan(intervals[n] ?? NaN));
    expect((intervals.at(-1) ?? NaN) / (intervals[0] ?? NaN)).toBeGreaterThan(2);
  });

  test("after the first spike the reset stands as written: read before the event, all at once, V held for 30 steps while the rest decays", () => {
    const simulation = onGrid("glif", "CurrentStep");
    const spike = spikeTimes(simulation)[0] ?? NaN;
    const times = [spike, spike + 3];
    const [I1, I2, Θ, V] = ["I[1]", "I[2]", "Θ", "V"].map((name) => valuesAt(simulation, name, times));
    expect([I1?.[0], I2?.[0]]).toEqual([...δI]);
    expect(Θ?.[0]).toBeCloseTo(Θ_inf + δΘ_s, 12);
    expect(V?.[1]).toBe(V?.[0]);
    expect(I2?.[1]).toBeCloseTo(δI[1] * Math.exp(-0.3), 9);
    expect(Θ?.[1]).toBeCloseTo(Θ_inf + δΘ_s * Math.exp(-0.06), 12);
  });
});

test("without after-spike currents, threshold rise and reset rule, it is the LIF it extends: the same spikes, sample for sample", () => {
  const settings = ["δI = [0, 0] pA", "δΘ_s = 0 mV", "f_v = 0", "δV = 0 mV"];
  expect(spikeTimes(runModel("glif", "CurrentStep", { settings }))).toEqual(spikeTimes(runModel("lif", "Step")));
});
