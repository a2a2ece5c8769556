// The figure of a finished run: what was recorded of the first neurons with the threshold and the spikes, the stimulus below, a raster where there are many.
import type { Figure, Panel, Raster, Trace } from "../figure/figure.ts";
import type { PopulationPlan, SimulationPlan } from "../4-plan/plan.ts";
import { timeOf } from "../runtime/clock.ts";
import type { TraceLog } from "../runtime/recording.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { setupNumbers } from "./planNumbers.ts";
import { spikeThreshold, type SpikeThreshold } from "./spikeCondition.ts";
import { stimulusTrace } from "./stimulusTrace.ts";

/** Curves of one variable in a panel, and neurons that need no raster. */
const FEW = 5;

export function figureOf(plan: SimulationPlan, simulation: Simulation): Figure {
  const duration = timeOf(simulation.steps, simulation.dt);
  const panels = [...statePanels(plan, simulation), ...stimulusPanels(plan, simulation)];
  return { title: title(plan), subtitle: subtitle(plan, simulation), duration, panels: withSpikes(panels, plan, simulation), raster: rasterOf(plan, simulation, panels) };
}

function title(plan: SimulationPlan): string {
  return plan.name === plan.subject ? plan.name : `${plan.name} of ${plan.subject}`;
}

function subtitle(plan: SimulationPlan, simulation: Simulation): string {
  const count = simulation.spikes.length;
  const asked = plan.steps ?? simulation.steps;
  return [
    simulation.steps < asked ? `stopped at ${time(timeOf(simulation.steps, simulation.dt))} of ${time(timeOf(asked, simulation.dt))}` : time(timeOf(simulation.steps, simulation.dt)),
    plan.precise ? "spikes located inside the step" : `step ${time(simulation.dt)}`,
    ...(isRandom(plan) ? [`seed ${simulation.seed}`] : []),
    count === 1 ? "1 spike" : `${count} spikes`,
  ].join(", ");
}

/** Something is drawn, so that the seed matters. */
function isRandom(plan: SimulationPlan): boolean {
  return plan.populations.some(
    (p) => p.noises.length > 0 || p.spike?.mode === "rate" || p.parameters.some((q) => q.value.kind === "draw") || p.states.some((s) => s.initial.kind === "draw"),
  );
}

/** 1.5 s, 200 ms, 0.1 ms. */
function time(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toPrecision(6))} s` : `${Number(ms.toPrecision(6))} ms`;
}

// ---- what the neurons did

interface StatePanel extends Panel {
  /** The one neuron whose curves these are; null where there are several. */
  readonly neuron: { readonly population: string; readonly neuron: number } | null;
  readonly spiking: boolean;
}

function statePanels(plan: SimulationPlan, simulation: Simulation): StatePanel[] {
  const numbers = setupNumbers(plan);
  const thresholds = new Map(
    plan.populations.map((population) => [population.name, spikeThreshold(population, numberOf(population, simulation, numbers))] as const),
  );
  const groups = new Map<string, TraceLog[]>();
  const dashed = new Map<string, TraceLog>();
  for (const trace of simulation.traces) {
    if (trace.kind === "input") continue;
    const threshold = thresholds.get(trace.population) ?? null;
    if (threshold !== null && trace.variable === threshold.name && hasTrace(simulation, trace, threshold.variable)) dashed.set(`${trace.population}[${trace.neuron}]`, trace);
    const key = threshold?.variable === trace.variable ? `${trace.variable} ${trace.unit}` : trace.unit;
    groups.set(key, [...(groups.get(key) ?? []), trace]);
  }
  const panels: StatePanel[] = [];
  for (const logs of groups.values()) {
    const neurons = new Set(logs.map(neuronName));
    const alone = neurons.size === 1;
    const shown = logs.filter((log) => !(alone && dashed.get(neuronName(log)) === log)).filter((log) => [...neurons].indexOf(neuronName(log)) < FEW);
    const [first] = shown;
    if (first === undefined) continue;
    const threshold = thresholds.get(first.population) ?? null;
    const spiking = threshold?.variable === first.variable;
    const drawn = threshold !== null && spiking ? thresholdTrace(threshold, first, alone ? dashed.get(neuronName(first)) : undefined, simulation) : null;
    panels.push({
      title: panelTitle(shown),
      kind: "state",
      traces: shown.map((log) => traceOf(log, simulation.dt, alone && first.neuron === 0)),
      ...(drawn === null ? {} : { threshold: drawn }),
      neuron: alone ? { population: first.population, neuron: first.neuron } : null,
      spiking,
    });
  }
  // The variable that spikes stands at the top.
  return [...panels.filter((p) => p.spiking), ...panels.filter((p) => !p.spiking)];
}

function hasTrace(simulation: Simulation, of: TraceLog, variable: string): boolean {
  return simulation.traces.some((t) => t.population === of.population && t.neuron === of.neuron && t.variable === variable && t.unit === of.unit);
}

function thresholdTrace(threshold: SpikeThreshold, beside: TraceLog, recorded: TraceLog | undefined, simulation: Simulation): Trace | null {
  if (recorded !== undefined) return traceOf(recorded, simulation.dt, true);
  if (threshold.constant === null || !Number.isFinite(threshold.constant)) return null;
  return { name: threshold.name ?? "threshold", unit: beside.unit, t: [0, timeOf(simulation.steps, simulation.dt)], y: [threshold.constant, threshold.constant] };
}

function traceOf(log: TraceLog, dt: number, unnamed: boolean): Trace {
  const y = log.values();
  const t = Float64Array.from(y, (_, k) => timeOf(k * log.every, dt));
  return { name: log.variable, unit: log.unit, t, y, ...(unnamed ? {} : { label: neuronName(log) }) };
}

function neuronName({ population, neuron }: TraceLog): string {
  return `${population}[${neuron}]`;
}

/** `I (pA)` for I[1] and I[2], `m, h, n` for pure numbers. */
function panelTitle(traces: readonly { readonly variable: string; readonly unit: string }[]): string {
  const names = [...new Set(traces.map((t) => t.variable.replace(/\[[^\]]*\]$/, "")))];
  const unit = traces[0]?.unit ?? "";
  const pure = unit === "" || unit === "1";
  const spoken = names.length > 4 ? (pure ? "variables" : "") : names.join(", ");
  return pure ? spoken : spoken === "" ? unit : `${spoken} (${unit})`;
}

/** Spikes go to the panel of the spiking variable, or the first of a neuron where none was recorded. */
function withSpikes(panels: readonly (Panel | StatePanel)[], plan: SimulationPlan, simulation: Simulation): Panel[] {
  const marked = panels.find((p) => "spiking" in p && p.spiking) ?? panels.find((p) => "neuron" in p && p.neuron !== null);
  return panels.map((panel): Panel => {
    const { title, kind, traces, threshold } = panel;
    const plain: Panel = threshold === undefined ? { title, kind, traces } : { title, kind, traces, threshold };
    const neuron = "neuron" in panel ? panel.neuron : null;
    if (panel !== marked || neuron === null || !plan.spikesOf.includes(neuron.population)) return plain;
    return { ...plain, spikes: spikesOf(simulation, neuron.population, neuron.neuron) };
  });
}

function spikesOf(simulation: Simulation, population: string, neuron: number): number[] {
  const { spikes } = simulation;
  const p = simulation.populations.findIndex((k) => k.name === population);
  const times: number[] = [];
  for (let k = 0; k < spikes.length; k++) if (spikes.population(k) === p && spikes.neuron(k) === neuron) times.push(spikes.time(k));
  return times;
}

// ---- what was done to them

function stimulusPanels(plan: SimulationPlan, simulation: Simulation): Panel[] {
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
      const recorded = simulation.traces.find((t) => t.population === population.name && t.variable === input.name);
      const drive = recorded === undefined ? stimulusTrace(input, numberOf(population, simulation, numbers), simulation.dt, simulation.steps) : null;
      if (recorded !== undefined) add(traceOf(recorded, simulation.dt, !several));
      else if (drive !== null) add({ name: input.name, unit: input.shown.unit, ...drive, ...(several ? { label: population.name } : {}) });
    }
  }
  return [...byUnit.values()].map((traces) => ({ title: panelTitle(traces), kind: "stimulus", traces: traces.slice(0, FEW) }));
}

function numberOf(population: PopulationPlan, simulation: Simulation, setup: ReadonlyMap<string, number>): (symbol: string) => number {
  const parameters = simulation.populations.find((p) => p.name === population.name)?.parameters ?? {};
  return (symbol) => setup.get(symbol) ?? (Object.hasOwn(parameters, symbol) ? (parameters[symbol] ?? NaN) : NaN);
}

// ---- all of them

/** For more neurons than a few, and for a few whose spikes no panel shows. */
function rasterOf(plan: SimulationPlan, simulation: Simulation, panels: readonly Panel[]): Raster | null {
  const kept = simulation.populations.map((population, p) => ({ population, p })).filter(({ population }) => plan.spikesOf.includes(population.name));
  const neurons = kept.reduce((sum, { population }) => sum + population.size, 0);
  if (neurons === 0 || (neurons === 1 && panels.some((p) => p.kind === "state"))) return null;
  const times = new Map(kept.map(({ p }) => [p, [] as number[]]));
  const numbers = new Map(kept.map(({ p }) => [p, [] as number[]]));
  for (let k = 0; k < simulation.spikes.length; k++) {
    times.get(simulation.spikes.population(k))?.push(simulation.spikes.time(k));
    numbers.get(simulation.spikes.population(k))?.push(simulation.spikes.neuron(k));
  }
  return { populations: kept.map(({ population, p }) => ({ name: population.name, size: population.size, times: times.get(p) ?? [], neurons: numbers.get(p) ?? [] })) };
}
