// What a run begins with, as arrays: for exports that have to have exactly it.
import type { Made, MadeConnections } from "../exchange/exported.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { PopulationKernel } from "../runtime/kernel.ts";
import { delaySteps, type Projection } from "../runtime/projection.ts";
import { instantiate } from "./load.ts";

/** More spikes of sources than this are no file to hand to anybody. */
export const MOST_SOURCE_SPIKES = 20_000_000;

/** Null where the sources send more spikes than can be written down. `seed` is that of the run. */
export function madeOf(plan: SimulationPlan, seed: number): Made | null {
  const simulation = instantiate(plan, { seed });
  const sources = new Map<string, { readonly steps: Int32Array; readonly neurons: Int32Array }>();
  for (const kernel of simulation.populations) {
    if (kernel.source === undefined) continue;
    const spikes = spikesOf(kernel, plan.steps ?? 0);
    if (spikes === null) return null;
    sources.set(kernel.name, spikes);
  }
  return {
    neurons: new Map(
      simulation.populations.map((kernel) => [
        kernel.name,
        new Map([
          ...Object.entries(kernel.arrays).map(([name, values]): [string, Float64Array] => [name, values.slice()]),
          ...kernel.states.map((s): [string, Float64Array] => [s.name, s.values.slice()]),
        ]),
      ]),
    ),
    connections: new Map(simulation.projections.map((p) => [p.name, connectionsOf(p, plan.step)])),
    sources,
  };
}

function connectionsOf(p: Projection, step: number): MadeConnections {
  const { count, delays, starts, target, firstSource } = p.connections;
  const source = new Int32Array(count);
  const delay = new Int32Array(count);
  for (let segment = 0; segment < starts.length - 1; segment++)
    for (let c = starts[segment] ?? 0; c < (starts[segment + 1] ?? 0); c++) {
      source[c] = firstSource + Math.floor(segment / delays.length);
      delay[c] = delays[segment % delays.length] ?? 0;
    }
  if (p.kind === "precise")
    for (let c = 0; c < count; c++)
      delay[c] = delaySteps(typeof p.delays === "number" ? p.delays : (p.delays[c] ?? 0), step, p.connection);
  return {
    source,
    target: target.slice(0, count),
    delay,
    values: new Map(p.values.map((v) => [v.name, Float64Array.from(v.values)])),
  };
}

/** A spike at the end of step n is one at the beginning of step n + 1. */
function spikesOf(
  kernel: PopulationKernel,
  steps: number,
): { readonly steps: Int32Array; readonly neurons: Int32Array } | null {
  const at: number[] = [];
  const neurons: number[] = [];
  for (let n = -1; n < steps; n++) {
    if (n >= 0) kernel.drive(n);
    const count = kernel.source?.fire(n) ?? 0;
    for (let k = 0; k < count; k++) {
      at.push(n + 1);
      neurons.push(kernel.source?.spikes[k] ?? 0);
    }
    if (at.length > MOST_SOURCE_SPIKES) return null;
  }
  return { steps: Int32Array.from(at), neurons: Int32Array.from(neurons) };
}
