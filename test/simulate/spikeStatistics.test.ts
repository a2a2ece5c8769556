// Rates, irregularity, synchrony and silence against numbers worked out by hand, and against plain computation of the definitions.
import { expect, test } from "vitest";
import { spikeLog } from "../../src/runtime/recording.ts";
import type { Simulation } from "../../src/runtime/simulation.ts";
import { populationStatistics, spikeStatistics } from "../../src/simulate/spikeStatistics.ts";
import { simulationOf } from "./helpers.ts";

type Trains = Readonly<Record<string, readonly (readonly number[])[]>>;

function simulationWith(trains: Trains, steps: number): Simulation {
  const spikes = spikeLog();
  const populations = Object.entries(trains).map(([name, neurons]) => ({ name, model: "M", size: neurons.length }));
  Object.values(trains).forEach((neurons, p) =>
    neurons.forEach((times, i) => times.forEach((t) => spikes.push(t, p, i))),
  );
  spikes.arrange(0);
  return { dt: 0.1, steps, populations, spikes } as unknown as Simulation;
}

test("rate is the mean over neurons, silent ones included; CV the mean over neurons with three intervals or more", () => {
  // Intervals 10, 10, 40 ms: mean 20, deviation √200, CV √2/2. Intervals 20, 20, 20: CV 0. Two intervals count for nothing.
  const simulation = simulationWith(
    { A: [[100, 110, 120, 160], [0.1, 20.1, 40.1, 60.1], [5, 6, 9], []], B: [[]] },
    20_000,
  );
  const [a, b] = populationStatistics(simulation, ["A", "B"]);
  expect(a).toMatchObject({ name: "A", size: 4, spikes: 11, rate: 11 / 4 / 2, silent: 0.25 });
  expect(a?.cv).toBeCloseTo(Math.SQRT1_2 / 2, 12);
  expect(b).toMatchObject({ spikes: 0, rate: 0, cv: null, synchrony: null, silent: 1 });
  expect(populationStatistics(simulation, ["A"], { fewestIntervals: 2 })[0]?.cv).toBeCloseTo(
    (Math.SQRT1_2 + 0 + 0.5) / 3,
    12,
  );
});

test("no time, no neurons, and spikes that were not kept have no rate", () => {
  expect(populationStatistics(simulationWith({ A: [[]] }, 0), ["A"])[0]).toMatchObject({ rate: null, synchrony: null });
  expect(populationStatistics(simulationWith({ A: [] }, 100), ["A"])[0]).toMatchObject({ rate: null, silent: null });
  expect(populationStatistics(simulationWith({ A: [[]] }, 100), [])[0]).toMatchObject({
    rate: null,
    silent: null,
    cv: null,
    synchrony: null,
  });
});

test("synchrony: variance over mean of the counts in bins of 3 ms; a spike belongs to the step it ends, a bin that is not over does not count", () => {
  // Bins (0, 3], (3, 6], (6, 9], (9, 12] with 2, 0, 3, 1 spikes: mean 1.5, variance 5/4.
  const trains = { A: [[0.1, 6.1, 12], [3, 9], [7]] };
  expect(populationStatistics(simulationWith(trains, 120), ["A"])[0]?.synchrony).toBeCloseTo(1.25 / 1.5, 14);
  expect(populationStatistics(simulationWith(trains, 149), ["A"])[0]?.synchrony).toBeCloseTo(1.25 / 1.5, 14);
  // With (12, 15], empty: mean 6/5, mean square 14/5.
  expect(populationStatistics(simulationWith(trains, 150), ["A"])[0]?.synchrony).toBeCloseTo(
    (14 / 5 - 36 / 25) / (6 / 5),
    14,
  );
  expect(populationStatistics(simulationWith({ A: [[1], [2]] }, 59), ["A"])[0]?.synchrony).toBeNull();
  // Bins of 6 ms with 2 and 4 spikes.
  expect(populationStatistics(simulationWith(trains, 120), ["A"], { bin: 6 })[0]?.synchrony).toBeCloseTo(1 / 3, 14);
});

test("synchrony is 1 for independent Poisson neurons, and their number where all spike together", () => {
  const N = 50;
  const each = simulationOf(
    `neuron P { spike with rate 20 Hz }
network N { population A = ${N} P }
experiment E of N { duration 20 s; step 0.1 ms; record spikes }`,
    3,
  ).simulation;
  each.advance(200_000);
  const [poisson] = populationStatistics(each, ["A"]);
  expect(Math.abs((poisson?.rate ?? 0) - 20)).toBeLessThan(4 * Math.sqrt(20 / 20 / N));
  expect(Math.abs((poisson?.cv ?? 0) - 1)).toBeLessThan(0.02);
  // Standard error of a Fano factor over n bins: √(2/n).
  expect(Math.abs((poisson?.synchrony ?? 0) - 1)).toBeLessThan(4 * Math.sqrt(2 / (20_000 / 3)));
  const train = Array.from({ length: 200 }, (_, k) => 1 + 97 * k);
  const together =
    populationStatistics(simulationWith({ A: Array.from({ length: N }, () => train) }, 194_000), ["A"])[0]?.synchrony ??
    0;
  expect(together / N).toBeGreaterThan(0.95);
  expect(together / N).toBeLessThan(1);
});

test("gathered slice by slice as from the whole, bit for bit, and as the definitions say", () => {
  const text = `neuron Noisy {
  param τ = 10 ms
  state V = 0 mV
  V' = (4 mV - V)/τ + 2 mV/sqrt(ms)*ξ
  spike when V > 5 mV
  reset { V <- 0 mV }
  refractory 2 ms { hold V }
}
network N { population A = 20 Noisy; population B = 5 Noisy { τ = 7 ms } }
experiment E of N { duration 2 s; step 0.1 ms; record spikes }`;
  const { simulation: whole } = simulationOf(text, 9);
  whole.advance(20_000);
  const { simulation } = simulationOf(text, 9);
  const statistics = [
    spikeStatistics(simulation, ["A", "B"]),
    spikeStatistics(simulation, ["A", "B"], { from: 500, fewestIntervals: 5 }),
  ];
  for (const steps of [1, 4999, 3000, 0, 7000, 5000]) {
    simulation.advance(steps);
    for (const s of statistics) s.take();
    simulation.spikes.clear();
  }
  expect(statistics[0]?.populations()).toEqual(populationStatistics(whole, ["A", "B"]));
  for (const [k, from, fewest] of [
    [0, 0, 3],
    [1, 500, 5],
  ] as const) {
    statistics[k]?.populations().forEach((found, p) => {
      const all = Array.from({ length: whole.spikes.length }, (_, s) => s).filter(
        (s) => whole.spikes.population(s) === p && whole.spikes.time(s) > from + 0.05,
      );
      const trains = Array.from({ length: found.size }, (_, i) =>
        all.filter((s) => whole.spikes.neuron(s) === i).map((s) => whole.spikes.time(s)),
      );
      const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
      const variance = (x: readonly number[]): number => mean(x.map((v) => (v - mean(x)) ** 2));
      const intervals = trains
        .map((train) => train.slice(1).map((t, j) => t - (train[j] ?? 0)))
        .filter((own) => own.length >= fewest);
      const bins = Array.from(
        { length: Math.floor((2000 - from) / 3) },
        (_, b) =>
          all.filter((s) => whole.spikes.time(s) > from + 3 * b + 0.05 && whole.spikes.time(s) < from + 3 * b + 3.05)
            .length,
      );
      expect(found.spikes).toBe(all.length);
      expect(found.rate).toBeCloseTo(all.length / found.size / ((2000 - from) / 1000), 10);
      expect(found.silent).toBe(trains.filter((train) => train.length === 0).length / found.size);
      expect(found.cv).toBeCloseTo(mean(intervals.map((own) => Math.sqrt(variance(own)) / mean(own))), 10);
      expect(found.synchrony).toBeCloseTo(variance(bins) / mean(bins), 10);
      expect(all.length).toBeGreaterThan(200);
    });
  }
});

test("sources may spike before the first step, and several times at once", () => {
  const [a] = populationStatistics(
    simulationWith(
      {
        A: [
          [0, 0, 0, 0],
          [0, 10, 20, 30],
        ],
      },
      1000,
    ),
    ["A"],
  );
  expect(a).toMatchObject({ spikes: 8, cv: 0, silent: 0 });
});
