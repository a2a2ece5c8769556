// From a checked experiment to its simulation plan: populations one by one, then the clock and what is recorded.
import { evaluate } from "../algebra/evaluate.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { badSize, badTime, outOfRange } from "../diagnostics/plan.ts";
import type { CheckedExperiment, CheckedExpr, CheckedNeuron } from "../3-check/checked.ts";
import { DIMENSIONLESS, TIME } from "../quantities/dimension.ts";
import { elementary } from "./elementary.ts";
import { elementName, positionsOf } from "./lower.ts";
import { planPopulation } from "./planPopulation.ts";
import type { RecordPlan, SimulationPlan } from "./plan.ts";
import { lowerSetup } from "./setup.ts";

export function planSimulation(experiment: CheckedExperiment): { readonly plan: SimulationPlan | null; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const setup = lowerSetup(experiment.setup);
  const numberOf = (e: CheckedExpr): number => evaluate(setup.expression(e), setup.value, elementary);

  const step = numberOf(experiment.step);
  if (!(step > 0 && Number.isFinite(step))) diagnostics.push(badTime(experiment.step.origin, { what: "step", value: step, rule: "it must be positive" }));
  const wholeSteps = (e: CheckedExpr, what: string, least: number): number => {
    const time = numberOf(e);
    const steps = Math.round(time / step);
    if (!(steps >= least && Math.abs(steps * step - time) <= 1e-9 * Math.max(step, time))) {
      diagnostics.push(badTime(e.origin, { what, value: time, rule: `it must be a multiple of the step, ${step} ms${least > 0 ? ", and positive" : ""}` }));
    }
    return steps;
  };
  const steps = experiment.duration === null || diagnostics.length > 0 ? null : wholeSteps(experiment.duration, "duration", 0);

  const sizes = new Map<string, number>();
  for (const population of experiment.populations) {
    const size = numberOf(population.size);
    if (!Number.isInteger(size) || size < 0) diagnostics.push(badSize(population.size.origin, { population: population.name, size }));
    sizes.set(population.name, size);
  }
  if (hasErrors(diagnostics)) return { plan: null, diagnostics };

  const populations = experiment.populations.map((population) => planPopulation(population, sizes.get(population.name) ?? 0, experiment, setup, step, diagnostics));

  const records = experiment.records.map((record): RecordPlan => {
    const size = sizes.get(record.population) ?? 0;
    const first = record.neurons === null ? 0 : numberOf(record.neurons.from);
    const last = record.neurons === null ? size - 1 : numberOf(record.neurons.to);
    const inside = Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last < size;
    if (!inside && record.neurons !== null) diagnostics.push(outOfRange(record.origin, { population: record.population, size, first, last }));
    const positions = record.positions === null ? positionsOf(record.quantity.indices) : [record.positions];
    return {
      population: record.population,
      variables: positions.map((p) => elementName(record.quantity, p)),
      first,
      last,
      every: record.every === null ? 1 : wholeSteps(record.every, "sampling interval", 1),
    };
  });

  if (hasErrors(diagnostics)) return { plan: null, diagnostics };
  const plan: SimulationPlan = {
    name: experiment.name,
    doc: experiment.doc,
    source: experiment.origin.source.path,
    subject: experiment.subject,
    step,
    steps,
    seed: experiment.seed,
    precise: experiment.precise,
    setup: setup.parameters,
    populations,
    records,
    spikesOf: experiment.spikesOf,
  };
  return { plan, diagnostics };
}

/** The experiment that a lone model stands for: one neuron, a step of 0.1 ms, spikes and nothing else recorded. */
export function loneExperiment(neuron: CheckedNeuron): CheckedExperiment {
  const origin = neuron.origin;
  const literal = (value: number, dimension = DIMENSIONLESS): CheckedExpr => ({ kind: "number", value, origin, dimension });
  return {
    name: neuron.name,
    doc: neuron.doc,
    origin,
    subject: neuron.name,
    setup: [],
    duration: null,
    step: literal(0.1, TIME),
    seed: null,
    method: { name: "auto", tolerance: null, origin: null },
    precise: false,
    populations: [{ name: neuron.name, neuron, size: literal(1), lone: true, settings: [], origin }],
    records: [],
    spikesOf: [neuron.name],
  };
}
