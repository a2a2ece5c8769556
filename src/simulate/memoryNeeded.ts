// How much memory and disk a run will take, known before it is asked for.
import { evaluate } from "../algebra/evaluate.ts";
import type { PreparedCase } from "../compare/prepare.ts";
import type { CaseProgram } from "../compare/runData.ts";
import type { PopulationPlan, SimulationPlan } from "../4-plan/plan.ts";
import { elementary } from "../4-plan/elementary.ts";
import { bytesOfDelayLine } from "../runtime/index.ts";
import { networkNeeds } from "./networkMemory.ts";
import { populationNumbers, setupNumbers } from "./planNumbers.ts";

/** Bytes of everything that each neuron has: states, parameters and inputs of its own, and what is drawn in a step. */
export function populationBytes({ size, states, parameters, inputs, noises }: PopulationPlan): number {
  return (
    8 *
    size *
    (states.length +
      parameters.filter((p) => p.perNeuron).length +
      inputs.filter((i) => i.perNeuron).length +
      noises.length)
  );
}

/** Bytes that recorded variables will have on disk at the end of the run, about: a number takes 18 characters, a comma and its share of the times. */
export function recordingBytes(plan: SimulationPlan): number {
  const steps = plan.steps ?? 0;
  const values = plan.records.reduce(
    (sum, r) => sum + r.variables.length * (r.last - r.first + 1) * (Math.floor(steps / r.every) + 1),
    0,
  );
  const rows = intervalsOf(plan).reduce((sum, every) => sum + Math.floor(steps / every) + 1, 0);
  return 19 * values + 8 * rows;
}

/** `traces.csv will have about 12 GB` */
export function recordingText(plan: SimulationPlan): string {
  return `${intervalsOf(plan).length > 1 ? "the files of traces" : "traces.csv"} will have about ${sizeText(recordingBytes(plan))}`;
}

/** In steps; each has a file of its own. */
function intervalsOf(plan: SimulationPlan): readonly number[] {
  return [...new Set(plan.records.map((r) => r.every))];
}

/** Recordings on disk that are nobody's oversight. */
const MUCH = 4e9;

/** Why recordings so large should be asked for once more, or null. `free`: bytes on the disk, null where nobody knows. */
export function recordingProblem(plan: SimulationPlan, free: number | null): string | null {
  const bytes = recordingBytes(plan);
  const tooMuch = free !== null && bytes > free;
  if (bytes <= MUCH && !tooMuch) return null;
  return `${recordingText(plan)}${tooMuch ? `, and there are ${sizeText(free)} free on the disk` : ""}`;
}

/** Bytes of what is kept in memory of each variable that is recorded, and of each neuron whose spikes are counted. */
const RECORDED_VARIABLE = 2000;
const COUNTED_NEURON = 32;

/** Bytes that a run takes besides what it records. */
export function planBytes(plan: SimulationPlan): number {
  return networkNeeds(plan).bytes + neuronBytes(plan);
}

/** Bytes of all that neurons have, and of what is kept of their states' past; how long is not known of delays that differ between neurons, and counts as a step. */
function neuronBytes(plan: SimulationPlan): number {
  const setup = setupNumbers(plan);
  const pastBytes = (p: PopulationPlan): number => {
    const numbers = populationNumbers(p, setup);
    return p.pasts.reduce((sum, { delay }) => {
      const steps = evaluate(delay, (s) => numbers.get(s) ?? NaN, elementary) / plan.step;
      return sum + bytesOfDelayLine(p.size, Number.isFinite(steps) ? Math.ceil(steps) : 1);
    }, 0);
  };
  return plan.populations.reduce((sum, p) => sum + populationBytes(p) + pastBytes(p), 0);
}

/** Why a run cannot be held in memory, or null. `available` in bytes, and of them what JavaScript's own heap may have, where the logs of recorded variables are. */
export function memoryProblem(plan: SimulationPlan, available: number, heap = available): string | null {
  const network = networkNeeds(plan);
  const variables = plan.records.reduce((sum, r) => sum + r.variables.length * (r.last - r.first + 1), 0);
  const parts = [
    {
      bytes: network.bytes,
      what: `the ${counted(network.connections)} connections, \`${network.largest ?? ""}\` before all`,
      way: "make the populations or the probabilities smaller",
    },
    {
      bytes: plan.populations.reduce(
        (sum, p) => sum + (plan.spikesOf.includes(p.name) ? COUNTED_NEURON * p.size : 0),
        neuronBytes(plan),
      ),
      what: "its neurons",
      way: "make the populations smaller",
    },
    {
      bytes: RECORDED_VARIABLE * variables,
      what: `the ${counted(variables)} variables it records`,
      way: "record fewer neurons",
    },
  ];
  if (RECORDED_VARIABLE * variables > heap) {
    return `the run records ${counted(variables)} variables, which need ${sizeText(RECORDED_VARIABLE * variables)} of JavaScript's heap, and it may have ${sizeText(heap)}: record fewer neurons, or give it more with \`NODE_OPTIONS=--max-old-space-size=…\` (MB)`;
  }
  const needed = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (needed <= available) return null;
  const { what, way } = parts.reduce((most, part) => (part.bytes > most.bytes ? part : most));
  return `the run needs about ${sizeText(needed)} of memory, most of it for ${what}, and there are ${sizeText(available)}: ${way}`;
}

/** Bytes of a sample that a measure reads: the log, which grows by halves, its copy, and its time. */
const MEASURED_SAMPLE = 40;

/** Samples that the measures of one run of a comparison read, all of them in memory at once. */
export function measuredSamples({ measured, steps }: CaseProgram): number {
  return measured.reduce((sum, r) => sum + (r.last - r.first + 1) * (Math.floor(steps / r.every) + 1), 0);
}

/** Bytes that one run of a comparison takes. */
export function caseBytes({ plan, program }: PreparedCase): number {
  return planBytes(plan) + MEASURED_SAMPLE * measuredSamples(program);
}

/** Bytes of JavaScript's heap for each run of a comparison, what has come of it and its place in the results, and for each of its measures. */
const COMPARED_RUN = 600;
const COMPARED_VALUE = 250;

/** Bytes of JavaScript's heap that the results of so many runs take, when what is no longer needed has been collected. */
export function resultBytes(runs: number, measures: number): number {
  return runs * (COMPARED_RUN + COMPARED_VALUE * measures);
}

/** Why a comparison cannot be held in memory, or null: a run of it, or the results of so many. Bytes as `memoryProblem` has them. */
export function comparisonProblem(
  cases: readonly PreparedCase[],
  runs: number,
  measures: number,
  available: number,
  heap: number,
): string | null {
  for (const { plan } of cases) {
    const problem = memoryProblem({ ...plan, records: [] }, available);
    if (problem !== null) return problem;
  }
  const largest = cases.reduce<PreparedCase | null>(
    (most, c) => (most === null || caseBytes(c) > caseBytes(most) ? c : most),
    null,
  );
  if (largest !== null && caseBytes(largest) > available) {
    return `one run holds the ${counted(measuredSamples(largest.program))} samples that its measures read, which need ${sizeText(caseBytes(largest))} of memory, and there are ${sizeText(available)}: measure fewer neurons, a shorter experiment, or a longer step`;
  }
  const results = resultBytes(runs, measures);
  if (results <= heap) return null;
  return `the results of ${counted(runs)} runs with ${counted(measures)} ${measures === 1 ? "measure" : "measures"} need about ${sizeText(results)} of JavaScript's heap, and it may have ${sizeText(heap)}: take fewer points, seeds or measures at once, or give it more with \`NODE_OPTIONS=--max-old-space-size=…\` (MB)`;
}

/** 10,000,000,000 */
function counted(number: number): string {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ",");
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
