// Runs a model of the repository, or source text, and hands out its spikes and traces: what every conformance story needs.
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceText } from "../../src/base/source.ts";
import { check, compile, planOf, type Compilation } from "../../src/compile.ts";
import type { SourceHost } from "../../src/2-resolve/load.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { timeOf, type Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export const MODELS = join(root, "models");

/** Files that a test writes for its own models: pairs of neurons, times of spikes. */
const written = new Map<string, string>();

/** A file of this name that all models can read from now on. */
export function provide(name: string, text: string): void {
  written.set(name, text);
}

/** Reads what was provided and anything below the repository; `glif/NAME` is a shipped model. */
export const host: SourceHost = {
  read: (path) => {
    const provided = written.get(basename(path));
    if (provided !== undefined) return { text: provided };
    try {
      return { text: readFileSync(path, "utf8") };
    } catch (error) {
      return { problem: String(error) };
    }
  },
  resolve: (from, name) => ({
    path: name.startsWith("glif/") ? join(MODELS, `${name.slice("glif/".length)}.glif`) : resolve(dirname(from), name),
  }),
};

export interface RunOptions {
  readonly seed?: number;
  /** `GLIF.b_s = 0.2 /ms`, as with --set. */
  readonly settings?: readonly string[];
  /** Steps to take instead of the experiment's duration. */
  readonly steps?: number;
}

/** The plan of an experiment; diagnostics of severity error throw with their rendering. */
export function planSource(
  path: string,
  text: string,
  experiment: string | null,
  settings: readonly string[] = [],
): SimulationPlan {
  const { plan, diagnostics } =
    settings.length > 0
      ? compile(sourceText(path, text), host, experiment, settings)
      : compileAgain(path, text, experiment);
  if (plan === null) throw new Error(`${path} does not compile:\n${renderDiagnostics(diagnostics, { color: false })}`);
  return plan;
}

/** Stories ask for many experiments of the same file: it is analysed once. The last ones are kept, since many stories share a thread. */
const analyses = new Map<string, ReturnType<typeof check>>();
const KEPT = 8;

function compileAgain(path: string, text: string, experiment: string | null): Compilation {
  const key = `${path}\n${text}`;
  const analysis = analyses.get(key) ?? check(sourceText(path, text), host);
  analyses.delete(key);
  analyses.set(key, analysis);
  for (const oldest of analyses.keys()) if (analyses.size > KEPT) analyses.delete(oldest);
  if (analysis.program === null) return { plan: null, diagnostics: analysis.diagnostics };
  const { plan, diagnostics } = planOf(analysis.program, experiment);
  return { plan, diagnostics: [...analysis.diagnostics, ...diagnostics] };
}

/** A file of models/, by name without ending: `glif`, `mihalas_niebur`. */
export function planModel(model: string, experiment: string | null, settings: readonly string[] = []): SimulationPlan {
  const path = join(MODELS, `${model}.glif`);
  return planSource(path, readFileSync(path, "utf8"), experiment, settings);
}

export function run(plan: SimulationPlan, options: RunOptions = {}): Simulation {
  const simulation = instantiate(plan, { seed: options.seed ?? plan.seed ?? 0 });
  simulation.advance(options.steps ?? plan.steps ?? 0);
  return simulation;
}

export function runModel(model: string, experiment: string, options: RunOptions = {}): Simulation {
  return run(planModel(model, experiment, options.settings), options);
}

export function runSource(text: string, experiment: string | null = null, options: RunOptions = {}): Simulation {
  return run(planSource(join(MODELS, "test.glif"), text, experiment, options.settings), options);
}

/** Spike times (ms) of one population, or of all. */
export function spikeTimes(simulation: Simulation, population: string | null = null): number[] {
  const times: number[] = [];
  const { spikes } = simulation;
  for (let k = 0; k < spikes.length; k++) {
    if (population === null || simulation.populations[spikes.population(k)]?.name === population)
      times.push(spikes.time(k));
  }
  return times;
}

/** Spike times (ms) of each neuron of a population from a time on. */
export function trains(simulation: Simulation, population: string, from = 0): readonly (readonly number[])[] {
  const index = simulation.populations.findIndex((p) => p.name === population);
  const found: number[][] = Array.from({ length: simulation.populations[index]?.size ?? 0 }, () => []);
  const { spikes } = simulation;
  for (let k = 0; k < spikes.length; k++)
    if (spikes.population(k) === index && spikes.time(k) >= from) found[spikes.neuron(k)]?.push(spikes.time(k));
  return found;
}

/** Spikes a neuron and second, from a time (ms) to the end of the run. */
export function rate(simulation: Simulation, population: string, from = 0): number {
  const all = trains(simulation, population, from);
  return (
    all.reduce((sum, train) => sum + train.length, 0) /
    all.length /
    ((timeOf(simulation.steps, simulation.dt) - from) / 1000)
  );
}

/** Coefficient of variation of the intervals of each train with `least` spikes or more, mean of the trains. */
export function meanCv(all: readonly (readonly number[])[], least = 6): number {
  const cvs = all
    .filter((train) => train.length >= least)
    .map((train) => {
      const intervals = train.slice(1).map((t, k) => t - (train[k] ?? NaN));
      const mean = intervals.reduce((a, b) => a + b, 0) / intervals.length;
      return Math.sqrt(intervals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / intervals.length) / mean;
    });
  return cvs.reduce((a, b) => a + b, 0) / cvs.length;
}

/** Samples of a recorded variable with their times (ms). */
export function trace(
  simulation: Simulation,
  variable: string,
  neuron = 0,
): { readonly t: readonly number[]; readonly y: Float64Array } {
  const log = simulation.traces.find((l) => l.variable === variable && l.neuron === neuron);
  if (log === undefined)
    throw new Error(`${variable} is not recorded; there are ${simulation.traces.map((l) => l.variable).join(", ")}`);
  const y = log.values();
  return { t: Array.from(y, (_, k) => timeOf(k * log.every, simulation.dt)), y };
}

/** A golden case of test/reference. */
export function reference(id: string): any {
  return JSON.parse(readFileSync(join(root, "test", "reference", `${id}.json`), "utf8"));
}
