// How much memory a run will take, known before it is asked for.
import type { PopulationPlan, SimulationPlan } from "../4-plan/plan.ts";

/** Bytes of everything that each neuron has: states, parameters and inputs of its own, and what is drawn in a step. */
export function populationBytes({ size, states, parameters, inputs, noises }: PopulationPlan): number {
  return 8 * size * (states.length + parameters.filter((p) => p.perNeuron).length + inputs.filter((i) => i.perNeuron).length + noises.length);
}

/** Bytes of the sampled traces at the end of the run. */
export function recordingBytes(plan: SimulationPlan): number {
  return plan.records.reduce((sum, r) => sum + 8 * r.variables.length * (r.last - r.first + 1) * (Math.floor((plan.steps ?? 0) / r.every) + 1), 0);
}

/** Why a run cannot be held in memory, or null. `available` in bytes. */
export function memoryProblem(plan: SimulationPlan, available: number): string | null {
  const populations = plan.populations.reduce((sum, p) => sum + populationBytes(p), 0);
  const recordings = recordingBytes(plan);
  if (populations + recordings <= available) return null;
  const [what, way] =
    recordings > populations
      ? ["what it records", "record fewer neurons, or `every` some ms"]
      : ["its neurons", "make the populations smaller"];
  return `the run needs about ${sizeText(populations + recordings)} of memory, most of it for ${what}, and there are ${sizeText(available)}: ${way}`;
}

/** 80 GB, 1.5 MB, 320 bytes. */
export function sizeText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit] ?? ""}`;
}
