// The figure of a run: what was recorded of the first neurons with the threshold and the spikes, the stimulus below; of networks a raster and rates.
import { shortWords } from "../base/shortWords.ts";
import type { Figure, Panel, Trace } from "../figure/figure.ts";
import type { PopulationPlan, SimulationPlan } from "../4-plan/plan.ts";
import { isRandom } from "../compare/isRandom.ts";
import { timeOf } from "../runtime/clock.ts";
import type { TraceLog } from "../runtime/recording.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { gatheredRaster, gatheredTimes } from "./gatheredSpikes.ts";
import { gatheredTrace, type GatheredTrace } from "./gatheredTrace.ts";
import { setupNumbers } from "./planNumbers.ts";
import { populationRates } from "./populationRate.ts";
import { spikeThreshold, type SpikeThreshold } from "./spikeCondition.ts";
import { splitPanels } from "./splitPanels.ts";
import { stimulusTrace } from "./stimulusTrace.ts";

/** Curves of one variable in a panel, and neurons that need no raster. */
const FEW = 5;
/** Neurons of which a rate over time says more than their spikes. */
const NETWORK = 20;

/** What a figure needs of a run, in memory that does not grow with the run. */
export interface FigureGathering {
  /** Takes what is new in the simulation's logs. */
  take(): void;
  /** As far as the simulation has come. */
  figure(): Figure;
}

/** Of a simulation that still has everything it recorded. */
export function figureOf(plan: SimulationPlan, simulation: Simulation): Figure {
  const gathering = figureGathering(plan, simulation);
  gathering.take();
  return gathering.figure();
}

export function figureGathering(plan: SimulationPlan, simulation: Simulation): FigureGathering {
  const { dt, spikes } = simulation;
  const steps = plan.steps ?? simulation.steps;
  const until = timeOf(steps, dt);
  const states = statePanels(plan, simulation);
  const inputs = recordedInputs(plan, simulation);
  const gathered = new Map<TraceLog, GatheredTrace>();
  for (const log of [
    ...states.flatMap((p) => (p.dashed === null ? p.shown : [...p.shown, p.dashed])),
    ...inputs.values(),
  ])
    gathered.set(log, gatheredTrace(log, steps, dt));
  const traceOf = (log: TraceLog, unnamed: boolean): Trace =>
    (gathered.get(log) ?? gatheredTrace(log, 0, dt)).trace(unnamed);

  // Spikes go to the panel of the spiking variable, or the first of a neuron where none was recorded.
  const marked = states.find((p) => p.spiking) ?? states.find((p) => p.neuron !== null);
  const own =
    marked?.neuron != null && plan.spikesOf.includes(marked.neuron.population)
      ? { ...marked.neuron, gathered: gatheredTimes(until) }
      : null;
  const ownPopulation = simulation.populations.findIndex((p) => p.name === own?.population);

  const kept = simulation.populations
    .map((population, p) => ({ population, p }))
    .filter(({ population }) => plan.spikesOf.includes(population.name));
  const rowOf = simulation.populations.map((_, p) => kept.findIndex((k) => k.p === p));
  const neurons = kept.reduce((sum, { population }) => sum + population.size, 0);
  // For more neurons than a few, and for a few whose spikes no panel shows.
  const sizes = kept.map(({ population: { name, size } }) => ({ name, size }));
  const raster = neurons === 0 || (neurons === 1 && states.length > 0) ? null : gatheredRaster(sizes, until);
  const rates = neurons > NETWORK ? populationRates(sizes, steps, dt) : null;
  const counts = sizes.map(() => 0);
  let told = 0;

  return {
    take() {
      for (const trace of gathered.values()) trace.take();
      for (let k = told - spikes.first; k < spikes.length; k++) {
        const [p, neuron, time] = [spikes.population(k), spikes.neuron(k), spikes.time(k)];
        const row = rowOf[p] ?? -1;
        raster?.add(row, neuron, time);
        rates?.add(row, time);
        counts[row] = (counts[row] ?? 0) + 1;
        if (p === ownPopulation && neuron === own?.neuron) own.gathered.add(time);
      }
      told = spikes.first + spikes.length;
    },
    figure() {
      const duration = timeOf(simulation.steps, dt);
      const panels = states.flatMap((panel): readonly Panel[] => {
        const { title, shown, neuron } = panel;
        const threshold = panel.dashed !== null ? traceOf(panel.dashed, true) : constantThreshold(panel, duration);
        const traces = shown.map((log) => traceOf(log, neuron !== null && log.neuron === 0));
        const { unit = "" } = shown[0] ?? {};
        return splitPanels(
          {
            title,
            kind: "state",
            traces,
            ...(threshold === null ? {} : { threshold }),
            ...(panel === marked && own !== null ? { spikes: own.gathered.times() } : {}),
          },
          unit === "" || unit === "1",
        );
      });
      const curves = rates === null ? [] : rates.traces(simulation.steps);
      const perNeuron = sizes.map(({ size }, row) =>
        rates === null || size === 0 || duration === 0 ? undefined : (1000 * (counts[row] ?? 0)) / size / duration,
      );
      return {
        title: shortWords(plan.name === plan.subject ? plan.name : `${plan.name} of ${plan.subject}`),
        subtitle: subtitle(plan, simulation),
        duration,
        panels: [
          ...(curves.length === 0 ? [] : [{ title: "rate (Hz)", kind: "rate" as const, traces: curves }]),
          ...panels,
          ...stimulusPanels(plan, simulation, traceOf, inputs),
        ],
        raster: raster?.raster(perNeuron) ?? null,
      };
    },
  };
}

function subtitle(plan: SimulationPlan, { spikes, steps, dt, seed }: Simulation): string {
  const count = spikes.first + spikes.length;
  const asked = plan.steps ?? steps;
  return [
    steps < asked ? `stopped at ${time(timeOf(steps, dt))} of ${time(timeOf(asked, dt))}` : time(timeOf(steps, dt)),
    plan.precise ? "spikes located inside the step" : `step ${time(dt)}`,
    ...(isRandom(plan) ? [`seed ${seed}`] : []),
    count === 1 ? "1 spike" : `${count} spikes`,
  ].join(", ");
}

/** 1.5 s, 200 ms, 0.1 ms. */
function time(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toPrecision(6))} s` : `${Number(ms.toPrecision(6))} ms`;
}

// ---- what the neurons did

/** A panel before there is anything to see in it. */
interface StatePanel {
  readonly title: string;
  /** Of the first few neurons. */
  readonly shown: readonly TraceLog[];
  /** The one neuron whose curves these are; null where there are several. */
  readonly neuron: { readonly population: string; readonly neuron: number } | null;
  /** Shows the variable that spikes. */
  readonly spiking: boolean;
  readonly threshold: SpikeThreshold | null;
  /** The threshold, where it was recorded. */
  readonly dashed: TraceLog | null;
}

function statePanels(plan: SimulationPlan, simulation: Simulation): StatePanel[] {
  const numbers = setupNumbers(plan);
  const thresholds = new Map(
    plan.populations.map(
      (population) => [population.name, spikeThreshold(population, numberOf(population, simulation, numbers))] as const,
    ),
  );
  // Of neurons whose threshold was recorded, too: mostly of none.
  const withThreshold = new Set(
    simulation.traces
      .filter((t) => t.kind !== "input" && t.variable === thresholds.get(t.population)?.name)
      .map(neuronName),
  );
  const recorded = new Set(
    withThreshold.size === 0 ? [] : simulation.traces.filter((t) => withThreshold.has(neuronName(t))).map(traceKey),
  );
  const groups = new Map<string, { readonly logs: TraceLog[]; readonly neurons: string[] }>();
  const dashed = new Map<string, TraceLog>();
  for (const trace of simulation.traces) {
    if (trace.kind === "input") continue;
    const threshold = thresholds.get(trace.population) ?? null;
    const neuron = neuronName(trace);
    if (
      threshold !== null &&
      trace.variable === threshold.name &&
      recorded.has(traceKey({ ...trace, variable: threshold.variable }))
    )
      dashed.set(neuron, trace);
    const key = threshold?.variable === trace.variable ? `${trace.variable} ${trace.unit}` : trace.unit;
    const group = groups.get(key) ?? { logs: [], neurons: [] };
    groups.set(key, group);
    if (!group.neurons.includes(neuron)) {
      if (group.neurons.length === FEW) continue;
      group.neurons.push(neuron);
    }
    group.logs.push(trace);
  }
  const panels: StatePanel[] = [];
  for (const { logs, neurons } of groups.values()) {
    const alone = neurons.length === 1;
    const shown = logs.filter((log) => !(alone && dashed.get(neuronName(log)) === log));
    const [first] = shown;
    if (first === undefined) continue;
    const threshold = thresholds.get(first.population) ?? null;
    const spiking = threshold?.variable === first.variable;
    panels.push({
      title: panelTitle(shown),
      shown,
      neuron: alone ? { population: first.population, neuron: first.neuron } : null,
      spiking,
      threshold: spiking ? threshold : null,
      dashed: spiking && alone ? (dashed.get(neuronName(first)) ?? null) : null,
    });
  }
  // The variable that spikes stands at the top.
  return [...panels.filter((p) => p.spiking), ...panels.filter((p) => !p.spiking)];
}

function constantThreshold({ threshold, shown }: StatePanel, duration: number): Trace | null {
  if (threshold?.constant == null || !Number.isFinite(threshold.constant)) return null;
  return {
    name: threshold.name ?? "threshold",
    unit: shown[0]?.unit ?? "",
    t: [0, duration],
    y: [threshold.constant, threshold.constant],
  };
}

function neuronName({ population, neuron }: TraceLog): string {
  return `${population}[${neuron}]`;
}

function traceKey({
  population,
  neuron,
  variable,
  unit,
}: Pick<TraceLog, "population" | "neuron" | "variable" | "unit">): string {
  return JSON.stringify([population, neuron, variable, unit]);
}

/** `I (pA)` for I[1] and I[2], `m, h, n` for pure numbers. */
function panelTitle(traces: readonly { readonly variable: string; readonly unit: string }[]): string {
  const names = [...new Set(traces.map((t) => t.variable.replace(/\[[^\]]*\]$/, "")))];
  const unit = traces[0]?.unit ?? "";
  const pure = unit === "" || unit === "1";
  const spoken = names.length > 4 ? (pure ? "variables" : "") : names.join(", ");
  return pure ? spoken : spoken === "" ? unit : `${spoken} (${unit})`;
}

// ---- what was done to them

/** The first trace of each input that was recorded, by population and name. */
function recordedInputs(plan: SimulationPlan, simulation: Simulation): ReadonlyMap<string, TraceLog> {
  const found = new Map<string, TraceLog>();
  const inputs = new Set(plan.populations.flatMap((p) => p.inputs.map((input) => inputKey(p.name, input.name))));
  for (const trace of simulation.traces) {
    const key = inputKey(trace.population, trace.variable);
    if (inputs.has(key) && !found.has(key)) found.set(key, trace);
  }
  return found;
}

function inputKey(population: string, input: string): string {
  return JSON.stringify([population, input]);
}

function stimulusPanels(
  plan: SimulationPlan,
  simulation: Simulation,
  traceOf: (log: TraceLog, unnamed: boolean) => Trace,
  recorded: ReadonlyMap<string, TraceLog>,
): Panel[] {
  const numbers = setupNumbers(plan);
  const byUnit = new Map<string, (Trace & { readonly variable: string })[]>();
  const add = (trace: Trace): void => {
    byUnit.set(trace.unit, [...(byUnit.get(trace.unit) ?? []), { ...trace, variable: trace.name }]);
  };
  const several = plan.populations.length > 1;
  for (const population of plan.populations) {
    const kernel = simulation.populations.find((p) => p.name === population.name);
    if (kernel === undefined || kernel.size === 0) continue;
    for (const input of population.inputs) {
      // `I_e~1` is the amplitude of an input's noise.
      if (input.name.includes("~")) continue;
      const log = recorded.get(inputKey(population.name, input.name));
      const drive =
        log === undefined
          ? stimulusTrace(input, numberOf(population, simulation, numbers), simulation.dt, simulation.steps)
          : null;
      if (log !== undefined) add(traceOf(log, !several));
      else if (drive !== null)
        add({ name: input.name, unit: input.shown.unit, ...drive, ...(several ? { label: population.name } : {}) });
    }
  }
  // One curve has no legend that says whose it is.
  const named = (traces: readonly (Trace & { readonly variable: string })[]): typeof traces =>
    several && traces.length === 1
      ? traces.map((t) => ({
          ...t,
          variable: t.label === undefined ? t.variable : `${t.label.replace(/\[\d+\]$/, "")}.${t.variable}`,
        }))
      : traces;
  return [...byUnit.values()].map((traces) => ({
    title: panelTitle(named(traces)),
    kind: "stimulus",
    traces: traces.slice(0, FEW),
  }));
}

function numberOf(
  population: PopulationPlan,
  simulation: Simulation,
  setup: ReadonlyMap<string, number>,
): (symbol: string) => number {
  const parameters = simulation.populations.find((p) => p.name === population.name)?.parameters ?? {};
  return (symbol) =>
    setup.get(symbol) ??
    population.lists.get(symbol)?.[0] ??
    (Object.hasOwn(parameters, symbol) ? (parameters[symbol] ?? NaN) : NaN);
}
