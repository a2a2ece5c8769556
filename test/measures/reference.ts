// Trains and values of `reference.json`, which `reference.py` made by other means than src/ has; and trains drawn with known statistics.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { spikeTrain } from "../../src/measures/train.ts";
import type { PopulationSpikes, SpikeTrain, TraceSamples } from "../../src/measures/train.ts";
import { drawExponential } from "../../src/runtime/distributions.ts";
import { stream } from "../../src/runtime/random.ts";

export const reference = JSON.parse(readFileSync(fileURLToPath(new URL("reference.json", import.meta.url)), "utf8"));

export const trains: Readonly<Record<string, SpikeTrain>> = Object.fromEntries(
  Object.entries(reference.trains).map(([name, { times }]: [string, any]) => [name, train(times)]),
);

export function train(times: readonly number[], from = 0, until = 1000): SpikeTrain {
  return spikeTrain(times, from, until);
}

export function named(name: string): SpikeTrain {
  const found = trains[name];
  if (found === undefined) throw new Error(`no train ${name}`);
  return found;
}

export function populationOf(times: readonly (readonly number[])[], from = 0, until = 1000): PopulationSpikes {
  return { size: times.length, trains: times.map((own) => train(own, from, until)), from, until };
}

export function trace(t: readonly number[], y: readonly number[], spikes: readonly number[] = []): TraceSamples {
  return { t: Float64Array.from(t), y: Float64Array.from(y), unit: "mV", spikes: Float64Array.from(spikes) };
}

/** Of that rate (Hz) in a window of that length (ms). */
export function poisson(seed: number, rate: number, until: number): SpikeTrain {
  const draws = stream(seed, "poisson");
  const times: number[] = [];
  for (let k = 0, t = 0; ; k++) {
    t += drawExponential(draws, k, 1000 / rate);
    if (t > until) return train(times, 0, until);
    times.push(t);
  }
}

/** The same train `by` ms later, in a window as much later. */
export function shifted({ times, from, until }: SpikeTrain, by: number): SpikeTrain {
  return { times: times.map((t) => t + by), from: from + by, until: until + by };
}
