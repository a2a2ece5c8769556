// The measures of one run: by itself, against a run of the reference, against several of them.
import { measureOfName, type MeasureEntry } from "../measures/catalogue.ts";
import { measureWith, overNeurons, type MeasureValue } from "../measures/compute.ts";
import { populationSpikes, spikeTrain, type PopulationSpikes, type SpikeTrain, type TraceSamples } from "../measures/train.ts";
import { undefinedFor, type Measured, type MeasureTask, type RunData, type TraceData } from "./runData.ts";

/** What a run is held against. */
export interface Against {
  /** The reference's run, or why there is none; null where nothing is held against it. */
  readonly run: RunData | { readonly missing: string } | null;
  /** Its runs with all seeds, for measures of repeats. */
  readonly repeats: readonly RunData[];
}

export const NOTHING: Against = { run: null, repeats: [] };

/** Parts of what a value is made of: what is smaller is rounding. */
export const ROUNDING = 1e-12;

/** One a task, in their order; those of sweeps are taken of many runs and are left undefined here. */
export function evaluateRun(run: RunData, tasks: readonly MeasureTask[], against: Against): readonly Measured[] {
  return tasks.map((task) => (task.impossible === null ? evaluate(run, task, against) : undefinedFor(task.impossible)));
}

function evaluate(run: RunData, task: MeasureTask, against: Against): Measured {
  const entry = measureOfName(task.name);
  if (entry === null) return undefinedFor(`there is no measure ${task.name}`);
  const measure = measureWith(entry.name, task.parameters);
  const silent = entry.silent ?? "it is not defined here";
  switch (measure.of) {
    case "train":
      return numberOr(overNeurons(spikesOf(run, task), measure.apply).value, silent);
    case "population":
      return measured(measure.apply(spikesOf(run, task)), silent);
    case "trace":
      return withTrace(run, task, (trace) => rounded(measured(measure.apply(trace), silent), entry, [trace]));
    case "traces": {
      const traces = tracesOf(run, task);
      return traces.length === 0 ? undefinedFor(`${task.variable?.name ?? "it"} was not recorded`) : measured(measure.apply(traces), silent);
    }
    case "pair of trains":
      return withReference(against, (reference) => inPairs(spikesOf(run, task), [spikesOf(reference, task)], silent, (model, [other]) => (other === undefined ? null : measure.apply(model, other))));
    case "repeats":
      return withReference(against, (reference) => {
        const references = (against.repeats.length === 0 ? [reference] : against.repeats).map((r) => spikesOf(r, task));
        return inPairs(spikesOf(run, task), references, silent, (model, others) => measure.apply([model], others));
      });
    case "pair of traces":
      return withReference(against, (reference) => withTrace(run, task, (model) => withTrace(reference, task, (other) => rounded(measured(measure.apply(model, other), silent), entry, [model, other]))));
    case "sweep":
      return undefinedFor("it is taken of a sweep");
  }
}

function withReference({ run }: Against, measure: (reference: RunData) => Measured): Measured {
  if (run === null) return undefinedFor("there is nothing to hold it against");
  return "missing" in run ? undefinedFor(run.missing) : measure(run);
}

/** Neuron by neuron; the mean over those in which it is defined. */
function inPairs(model: PopulationSpikes, references: readonly PopulationSpikes[], silent: string, of: (model: SpikeTrain, references: readonly SpikeTrain[]) => MeasureValue): Measured {
  const other = references.find((r) => r.size !== model.size);
  if (other !== undefined) return undefinedFor(`there are ${model.size} neurons, and ${other.size} in the reference`);
  let number = 0;
  const mean = overNeurons(model, (train) => {
    const k = number++;
    return of(train, references.flatMap((r) => r.trains[k] ?? []));
  });
  return numberOr(mean.value, silent);
}

function withTrace(run: RunData, task: MeasureTask, measure: (trace: TraceSamples) => Measured): Measured {
  const [trace] = tracesOf(run, task);
  return trace === undefined ? undefinedFor(`${task.variable?.name ?? "it"} was not recorded`) : measure(trace);
}

/** Of the population that the measure is about, else of all neurons. A lone neuron's has the name of its model, which is another in every variant. */
function spikesOf({ populations, duration }: RunData, { population }: MeasureTask): PopulationSpikes {
  const meant = populations.filter((p) => (population === null ? !p.isSource : p.name === population));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return populationSpikes(only.size, only.times, only.neurons, 0, duration);
  const each = meant.map((p) => populationSpikes(p.size, p.times, p.neurons, 0, duration));
  return { size: each.reduce((sum, p) => sum + p.size, 0), trains: each.flatMap((p) => p.trains), from: 0, until: duration };
}

/** In another run the population of a lone neuron may bear another name: then the only one is meant. */
function tracesOf(run: RunData, { variable }: MeasureTask): readonly TraceSamples[] {
  if (variable === null) return [];
  const isMeant = (t: TraceData): boolean => t.variable === variable.name && (variable.neuron === null || t.neuron === variable.neuron);
  const named = run.traces.filter((t) => t.population === variable.population && isMeant(t));
  const meant = named.length > 0 || run.populations.filter((p) => !p.isSource).length > 1 ? named : run.traces.filter(isMeant);
  return meant.map(({ population, neuron, unit, t, y }) => {
    const spikes = run.populations.find((p) => p.name === population);
    return { t, y, unit, spikes: spikes === undefined ? new Float64Array() : spikeTrain(spikes.times.filter((_, k) => spikes.neurons[k] === neuron), 0, run.duration).times };
  });
}

function measured(value: MeasureValue, silent: string): Measured {
  if (value === null || typeof value === "number") return numberOr(value, silent);
  const { x, y, xName, xUnit, yName, yUnit } = value;
  return { value: null, because: "", curve: { x: [...x], y: Array.from(y, (v) => (Number.isFinite(v) ? v : null)), xName, xUnit, yName, yUnit } };
}

/** Steps of arithmetic lose bits of the largest value, however small what is left of it is. */
function rounded(found: Measured, { unit }: MeasureEntry, traces: readonly TraceSamples[]): Measured {
  if (unit !== "same as trace" || found.value === null) return found;
  return { ...found, rounding: ROUNDING * Math.max(0, ...traces.map(({ y }) => largest(y))) };
}

function largest(y: Float64Array): number {
  let most = 0;
  for (let k = 0; k < y.length; k++) most = Math.max(most, Math.abs(y[k] as number));
  return most;
}

function numberOr(value: number | null, silent: string): Measured {
  return value === null || !Number.isFinite(value) ? undefinedFor(silent) : { value, because: "", curve: null };
}
