// The measures of one run: by itself, against a run of the reference, against several of them.
import type { Window } from "./runData.ts";
import { measureOfName, type MeasureEntry } from "../measures/catalogue.ts";
import { mean } from "../measures/moments.ts";
import { measureWith, overNeurons, type MeasureValue } from "../measures/compute.ts";
import {
  populationSpikes,
  spikeTrain,
  type PopulationSpikes,
  type SpikeTrain,
  type TraceSamples,
} from "../measures/train.ts";
import {
  undefinedFor,
  type Measured,
  type MeasureTask,
  type PopulationData,
  type RunData,
  type TraceData,
} from "./runData.ts";
import { inWindow } from "./windows.ts";

/** What a run is held against. */
export interface Against {
  /** Distances are means over those to each of these: the run of the reference with the same seed, or the repeats of a recording. None where nothing is held against it, or why there is none. */
  readonly runs: readonly RunData[] | { readonly missing: string };
  /** What measures of repeats take together: runs of the reference with other seeds, or the repeats of a recording. */
  readonly repeats: readonly RunData[];
  /** Of measures of repeats the value alone, not those without each of them: whoever takes thousands wants no jackknife. */
  readonly valueOnly?: true;
}

export const NOTHING: Against = { runs: [], repeats: [] };

/** Parts of what a value is made of: what is smaller is rounding. */
export const ROUNDING = 1e-12;

/** In windows the mean over those in which a measure is defined; a curve is of one window. */
export function evaluateIn(
  windows: readonly Window[],
  run: RunData,
  tasks: readonly MeasureTask[],
  against: Against,
): readonly Measured[] {
  if (windows.length === 0) return evaluateRun(run, tasks, against);
  const each = windows.map((w) =>
    evaluateRun(inWindow(run, w), tasks, {
      ...against,
      runs: "missing" in against.runs ? against.runs : against.runs.map((r) => inWindow(r, w)),
      repeats: against.repeats.map((r) => inWindow(r, w)),
    }),
  );
  const [first] = each;
  return first === undefined || each.length === 1
    ? (first ?? [])
    : tasks.map((_, k) => meanOverWindows(each.flatMap((m) => m[k] ?? [])));
}

function meanOverWindows(each: readonly Measured[]): Measured {
  const defined = each.filter((m) => m.value !== null);
  const [first] = each;
  if (defined.length === 0) return first ?? undefinedFor("it is defined in no window");
  const meanOf = (values: readonly (number | null | undefined)[]): number | null =>
    values.some((v) => v == null) ? null : values.reduce<number>((sum, v) => sum + (v ?? 0), 0) / values.length;
  const without = defined[0]?.without;
  return {
    value: meanOf(defined.map((m) => m.value)),
    because: "",
    curve: null,
    rounding: Math.max(...defined.map((m) => m.rounding ?? ROUNDING)),
    ...(without === undefined ? {} : { without: without.map((_, r) => meanOf(defined.map((m) => m.without?.[r]))) }),
  };
}

/** One a task, in their order; those of sweeps are taken of many runs and are left undefined here. */
export function evaluateRun(run: RunData, tasks: readonly MeasureTask[], against: Against): readonly Measured[] {
  return tasks.map((task) => {
    const impossible = task.impossible ?? (task.together ? TOGETHER : null);
    return impossible === null ? evaluate(run, task, against) : undefinedFor(impossible);
  });
}

const TOGETHER =
  "of a random model it is taken of several runs together, and here each is held against the reference by itself: coincidence_ratio or explained_variance do that";

/** A measure of repeats, taken of several runs of a random model and of all references at once: neuron by neuron, the mean over those in which it is defined. */
export function evaluateTogether(
  runs: readonly RunData[],
  task: MeasureTask,
  references: readonly RunData[],
): Measured {
  const entry = measureOfName(task.name);
  const measure = entry === null ? null : measureWith(entry.name, task.parameters);
  const [first] = runs;
  if (task.impossible !== null) return undefinedFor(task.impossible);
  if (entry === null || measure?.of !== "repeats" || first === undefined)
    return undefinedFor("there are no runs of which it is taken");
  const models = runs.map((run) => spikesOf(run, task));
  return withSpikes(first, references, task, (others) => {
    const [own] = models;
    if (own === undefined) return undefinedFor("there are no runs of which it is taken");
    let number = 0;
    return inPairs(own, others, entry.silent ?? "it is not defined here", (_, trains) => {
      const k = number++;
      return measure.apply(
        models.flatMap((m) => m.trains[k] ?? []),
        trains,
      );
    });
  });
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
      return traces.length === 0
        ? undefinedFor(`${task.variable?.name ?? "it"} was not recorded`)
        : measured(measure.apply(traces), silent);
    }
    case "pair of trains":
      return withReferences(against, (references) =>
        overReferences(references, (reference) =>
          withSpikes(run, [reference], task, (others) =>
            inPairs(spikesOf(run, task), others, silent, (model, [train]) =>
              train === undefined ? null : measure.apply(model, train),
            ),
          ),
        ),
      );
    case "repeats":
      return withReferences(against, (references) =>
        withSpikes(run, against.repeats.length === 0 ? references : against.repeats, task, (others) => {
          const model = spikesOf(run, task);
          const found = inPairs(model, others, silent, (train, trains) => measure.apply([train], trains));
          return found.value === null || against.valueOnly === true
            ? found
            : { ...found, without: withoutEach(model, others, measure.withoutEach) };
        }),
      );
    case "pair of traces":
      return withReferences(against, (references) =>
        overReferences(withTracesOfTheirOwn(references, task), (reference) =>
          withTrace(run, task, (model) =>
            withTrace(reference, task, (other) =>
              rounded(measured(measure.apply(model, other), silent), entry, [model, other]),
            ),
          ),
        ),
      );
    case "sweep":
      return undefinedFor("it is taken of a sweep");
  }
}

function withReferences({ runs }: Against, measure: (references: readonly RunData[]) => Measured): Measured {
  if ("missing" in runs) return undefinedFor(runs.missing);
  return runs.length === 0 ? undefinedFor("there is nothing to hold it against") : measure(runs);
}

/** The mean over those references to which there is a distance. */
function overReferences(references: readonly RunData[], to: (reference: RunData) => Measured): Measured {
  const each = references.map(to);
  const [first] = each;
  if (first === undefined || each.length === 1) return first ?? undefinedFor("there is nothing to hold it against");
  const values = each.flatMap((m) => m.value ?? []);
  return values.length === 0 ? first : { ...first, value: mean(Float64Array.from(values)), because: "" };
}

/** Of repeats that share a trace the first: cut for a window it is the same samples still. */
function withTracesOfTheirOwn(references: readonly RunData[], task: MeasureTask): readonly RunData[] {
  const seen: Float64Array[] = [];
  return references.filter((reference) => {
    const y = tracesOf(reference, task)[0]?.y;
    if (y === undefined) return true;
    if (seen.some((other) => isSame(y, other))) return false;
    seen.push(y);
    return true;
  });
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
}

/** The spikes of the references in the populations of the run, where they are known and were seen while the run was. */
function withSpikes(
  run: RunData,
  references: readonly RunData[],
  task: MeasureTask,
  measure: (references: readonly PopulationSpikes[]) => Measured,
): Measured {
  for (const { recorded, from, until } of references) {
    if (recorded !== null && recorded.unknown !== null) return undefinedFor(recorded.unknown);
    if (!(Math.min(until, run.until) > Math.max(from, run.from)))
      return undefinedFor(`the reference is of ${from} to ${until} ms, the run of ${run.from} to ${run.until} ms`);
  }
  return measure(
    references.map((reference) =>
      spikesOf(reference.recorded?.onlyActive === true ? withSilent(reference, run) : reference, task),
    ),
  );
}

/** Of a list of spikes: with the neurons and populations of the run that it does not name, for they were silent. */
function withSilent(list: RunData, { populations }: RunData): RunData {
  const own = populations.filter((p) => !p.isSource);
  const [only, listed] = [own[0], list.populations[0]];
  // The population of a lone neuron has the name of its model, which may be another in the list.
  if (only !== undefined && listed !== undefined && own.length === 1 && list.populations.length === 1)
    return { ...list, populations: [{ ...listed, name: only.name, size: Math.max(listed.size, only.size) }] };
  const sources = new Set(populations.filter((p) => p.isSource).map((p) => p.name));
  const named = own.map((p): PopulationData => {
    const found = list.populations.find((other) => other.name === p.name);
    return found === undefined
      ? { ...p, times: new Float64Array(), neurons: new Int32Array() }
      : { ...found, size: Math.max(found.size, p.size) };
  });
  return {
    ...list,
    populations: [
      ...named,
      ...list.populations.filter((p) => !sources.has(p.name) && !own.some((other) => other.name === p.name)),
    ],
  };
}

/** Neuron by neuron; the mean over those in which it is defined. */
function inPairs(
  model: PopulationSpikes,
  references: readonly PopulationSpikes[],
  silent: string,
  of: (model: SpikeTrain, references: readonly SpikeTrain[]) => MeasureValue,
): Measured {
  const other = references.find((r) => r.size !== model.size);
  if (other !== undefined) return undefinedFor(`there are ${model.size} neurons, and ${other.size} in the reference`);
  let number = 0;
  const { value } = overNeurons(model, (train) => {
    const k = number++;
    return of(
      train,
      references.flatMap((r) => r.trains[k] ?? []),
    );
  });
  return numberOr(value, silent);
}

/** Of all neurons together, as the measure itself is. */
function withoutEach(
  model: PopulationSpikes,
  references: readonly PopulationSpikes[],
  of: (models: readonly SpikeTrain[], references: readonly SpikeTrain[]) => readonly (number | null)[],
): readonly (number | null)[] {
  const each = model.trains.map((train, k) =>
    of(
      [train],
      references.flatMap((r) => r.trains[k] ?? []),
    ),
  );
  return references.map((_, j) => {
    const values = each.flatMap((values) => values[j] ?? []);
    return values.length === 0 ? null : mean(Float64Array.from(values));
  });
}

function withTrace(run: RunData, task: MeasureTask, measure: (trace: TraceSamples) => Measured): Measured {
  const [trace] = tracesOf(run, task);
  return trace === undefined ? undefinedFor(`${task.variable?.name ?? "it"} was not recorded`) : measure(trace);
}

/** Of the population that the measure is about, else of all neurons. A lone neuron's has the name of its model, which is another in every variant. */
function spikesOf(run: RunData, { population }: MeasureTask): PopulationSpikes {
  const known = trains.get(run) ?? new Map<string | null, PopulationSpikes>();
  trains.set(run, known);
  const there = known.get(population) ?? gathered(run, population);
  known.set(population, there);
  return there;
}

/** Kept by run: one that many are held against is asked for its trains each time. */
const trains = new WeakMap<RunData, Map<string | null, PopulationSpikes>>();

function gathered({ populations, from, until }: RunData, population: string | null): PopulationSpikes {
  const meant = populations.filter((p) => (population === null ? !p.isSource : p.name === population));
  const [only] = meant;
  if (only !== undefined && meant.length === 1)
    return populationSpikes(only.size, only.times, only.neurons, from, until);
  const each = meant.map((p) => populationSpikes(p.size, p.times, p.neurons, from, until));
  return { size: each.reduce((sum, p) => sum + p.size, 0), trains: each.flatMap((p) => p.trains), from, until };
}

/** In another run the population of a lone neuron may bear another name: then the only one is meant. */
function tracesOf(run: RunData, { variable }: MeasureTask): readonly TraceSamples[] {
  if (variable === null) return [];
  // A recorded column that names no population names no neuron either: it is of whichever is asked for.
  const isMeant = (t: TraceData): boolean =>
    t.variable === variable.name && (variable.neuron === null || t.neuron === variable.neuron || t.population === "");
  const named = run.traces.filter((t) => t.population === variable.population && isMeant(t));
  const meant =
    named.length > 0 || run.populations.filter((p) => !p.isSource).length > 1 ? named : run.traces.filter(isMeant);
  return meant.map(({ population, neuron, unit, t, y, spikes: own }) => {
    if (own !== undefined) return { t, y, unit, spikes: own };
    const spikes =
      run.populations.find((p) => p.name === population) ??
      (run.populations.length === 1 ? run.populations[0] : undefined);
    return {
      t,
      y,
      unit,
      spikes:
        spikes === undefined
          ? new Float64Array()
          : spikeTrain(
              spikes.times.filter((_, k) => spikes.neurons[k] === neuron),
              run.from,
              run.until,
            ).times,
    };
  });
}

function measured(value: MeasureValue, silent: string): Measured {
  if (value === null || typeof value === "number") return numberOr(value, silent);
  const { x, y, xName, xUnit, yName, yUnit } = value;
  return {
    value: null,
    because: "",
    curve: { x: [...x], y: Array.from(y, (v) => (Number.isFinite(v) ? v : null)), xName, xUnit, yName, yUnit },
  };
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
