// What a run leaves behind, as the bits of its numbers, so that two engines can be compared by text.
import type { Simulation } from "../../src/runtime/index.ts";

export interface Bits {
  /** Times, population and neuron of each spike. */
  readonly spikes: string;
  /** One for each recorded variable, `POP[i].NAME`. */
  readonly traces: Readonly<Record<string, string>>;
  /** The last values of all neurons, `POP.STATE`. */
  readonly states: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

export function bitsOf({ spikes, traces, populations, warnings }: Simulation): Bits {
  const all = Array.from({ length: spikes.length }, (_, k) => [spikes.time(k), spikes.population(k), spikes.neuron(k)]);
  return {
    spikes: hex(all.flat()),
    traces: Object.fromEntries(traces.map((t) => [`${t.population}[${t.neuron}].${t.variable}`, hex(t.values())])),
    states: Object.fromEntries(populations.flatMap((p) => p.states.map((s) => [`${p.name}.${s.name}`, hex(s.values)]))),
    warnings,
  };
}

function hex(values: ArrayLike<number>): string {
  const bits = new BigUint64Array(Float64Array.from(values).buffer);
  return Array.from(bits, (b) => b.toString(16).padStart(16, "0")).join(" ");
}
