// manifest.json: what was run, how, and what came of it, so that it can be run again.
import { shownGroups, type PopulationPlan, type SimulationPlan, type UpdateGroup } from "../4-plan/plan.ts";
import { setupSymbol } from "../4-plan/symbols.ts";
import { timeOf } from "../runtime/clock.ts";
import type { PopulationKernel } from "../runtime/kernel.ts";
import type { Simulation } from "../runtime/simulation.ts";
import type { SourceFileRead } from "./fileHost.ts";
import { setupNumbers } from "./planNumbers.ts";
import type { FinishedRun } from "./run.ts";
import type { PopulationStatistics } from "./spikeStatistics.ts";
import { endingReason } from "./endingReason.ts";
import type { StepCheck } from "./stepCheck.ts";
import { tooLongDiagnostic } from "./stepMessage.ts";
import type { StepFinding } from "./stepWatch.ts";

/** By this a folder is known as an earlier run. */
export const MANIFEST_FORMAT = "glif-run/1";

/** What a manifest is made from. */
export interface RunRecord {
  readonly plan: SimulationPlan;
  readonly simulation: Simulation;
  /** Null while it goes on. */
  readonly run: FinishedRun | null;
  readonly statistics: readonly PopulationStatistics[];
  /** Populations for which the step is too long. */
  readonly tooLong: readonly StepFinding[];
  /** Null where it was not asked for. */
  readonly stepCheck: StepCheck | null;
  /** Main file first. */
  readonly sources: readonly SourceFileRead[];
  /** Settings of the command line, as written. */
  readonly settings: readonly string[];
  readonly versions: { readonly glif: string; readonly node: string };
}

/** A file of the run: how much of it stands on disk, null for nothing, and why it is not whole. */
export interface FileOutcome {
  readonly name: string;
  readonly bytes: number | null;
  readonly problem: string | null;
}

/** What the file says. Times are ms, rates Hz; parameters are in canonical units. */
export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly versions: RunRecord["versions"];
  readonly experiment: string;
  readonly subject: string;
  /** A run whose manifest goes on saying `running` after its end was killed. */
  readonly status: "running" | "complete" | "stopped";
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly reason: string | null;
  readonly source: SourceHash | null;
  readonly sources: readonly SourceHash[];
  readonly settings: readonly string[];
  readonly seed: number;
  readonly step_ms: number;
  readonly duration_ms: number | null;
  readonly simulated_ms: number;
  readonly spikes_precise: boolean;
  readonly counts: {
    readonly neurons: number;
    readonly connections: number;
    readonly spikes: number;
    readonly traces: number;
  };
  readonly setup: Readonly<Record<string, ParameterValue>>;
  readonly connections: readonly ConnectionCount[];
  readonly populations: readonly PopulationRecord[];
  readonly step_check: StepCheck | null;
  readonly warnings: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** That took steps; null while the run goes on. */
  readonly threads: number | null;
  readonly wall_time_s: number;
}

export interface SourceHash {
  readonly path: string;
  readonly sha256: string;
}

export interface PopulationRecord {
  readonly name: string;
  readonly model: string;
  readonly lineage: readonly string[];
  readonly size: number;
  readonly spikes: number;
  readonly rate_hz: number | null;
  readonly cv_isi: number | null;
  /** Variance over mean of the spike count in bins of 3 ms. */
  readonly synchrony: number | null;
  /** Share of neurons without a spike. */
  readonly silent: number | null;
  readonly methods: readonly MethodRecord[];
  /** Of the states that go on while the neuron is refractory; null without a refractory period. */
  readonly methods_refractory: readonly MethodRecord[] | null;
  readonly held: readonly string[];
  /** What its loops ran in. */
  readonly backend: "webassembly" | "javascript";
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export type MethodRecord = Pick<UpdateGroup, "states" | "method" | "reason">;

export interface ParameterValue {
  /** The first neuron's where neurons differ. */
  readonly value: number | null;
  readonly unit: string;
  readonly differs_between_neurons?: true;
}

/** The text of the file; keys always come in the same order, and only `wall_time_s` and, unless it was asked for, `threads` differ between two runs of one experiment on one machine. */
export function manifestText(record: RunRecord, files: readonly FileOutcome[]): string {
  return `${JSON.stringify(manifestOf(record, files), null, 2)}\n`;
}

export function manifestOf(record: RunRecord, files: readonly FileOutcome[]): Manifest {
  const { plan, simulation, run, statistics, versions } = record;
  const reason =
    run === null
      ? "the run is not over, or was killed"
      : (endingReason(run.ending) ?? files.find((file) => file.problem !== null)?.problem ?? null);
  const sources = record.sources.map(({ path, sha256 }) => ({ path, sha256 }));
  return {
    format: MANIFEST_FORMAT,
    versions,
    experiment: plan.name,
    subject: plan.subject,
    status: run === null ? "running" : reason === null ? "complete" : "stopped",
    complete: reason === null,
    reason,
    source: sources[0] ?? null,
    sources,
    settings: record.settings,
    seed: simulation.seed,
    step_ms: simulation.dt,
    duration_ms: plan.steps === null ? null : timeOf(plan.steps, simulation.dt),
    simulated_ms: timeOf(simulation.steps, simulation.dt),
    spikes_precise: plan.precise,
    counts: {
      neurons: statistics.reduce((sum, p) => sum + p.size, 0),
      connections: connectionCounts(simulation).reduce((sum, c) => sum + c.count, 0),
      spikes: statistics.reduce((sum, p) => sum + p.spikes, 0),
      traces: simulation.traces.length,
    },
    setup: setupValues(plan),
    connections: connectionCounts(simulation),
    populations: plan.populations.map((population) => populationOf(population, simulation, statistics)),
    step_check: record.stepCheck,
    warnings: [
      ...simulation.warnings.slice(simulation.rounded.length),
      ...record.tooLong.map((finding) => tooLongDiagnostic(finding).message),
    ],
    files: files.flatMap(({ name, bytes }) => (bytes === null ? [] : [{ name, bytes }])),
    threads: run?.threads ?? null,
    wall_time_s: run === null ? 0 : Math.round(run.wallTime * 1e6) / 1e6,
  };
}

/** How many connections were made, by the name of what made them. */
export interface ConnectionCount {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly count: number;
}

export function connectionCounts({ projections }: Simulation): readonly ConnectionCount[] {
  return projections.map((p) => ({
    name: p.connection,
    source: p.source,
    target: p.target,
    count: p.connections.target.length,
  }));
}

function populationOf(
  plan: PopulationPlan,
  simulation: Simulation,
  statistics: readonly PopulationStatistics[],
): PopulationRecord {
  const kernel = simulation.populations.find((p) => p.name === plan.name);
  const numbers = statistics.find((p) => p.name === plan.name);
  return {
    name: plan.name,
    model: plan.model,
    lineage: plan.lineage,
    size: plan.size,
    spikes: numbers?.spikes ?? 0,
    rate_hz: numbers?.rate ?? null,
    cv_isi: numbers?.cv ?? null,
    synchrony: numbers?.synchrony ?? null,
    silent: numbers?.silent ?? null,
    methods: shownGroups(plan.groups).map(methodRecord),
    methods_refractory: plan.heldGroups === null ? null : shownGroups(plan.heldGroups).map(methodRecord),
    held: plan.held,
    backend: kernel?.backend ?? "javascript",
    parameters: parametersOf(plan, kernel),
  };
}

function methodRecord({ states, method, reason }: UpdateGroup): MethodRecord {
  return { states, method, reason };
}

function parametersOf(plan: PopulationPlan, kernel: PopulationKernel | undefined): Record<string, ParameterValue> {
  return Object.fromEntries(
    plan.parameters.map(({ name, unit, perNeuron }) => [
      name,
      {
        value: kernel?.parameters[name] ?? null,
        unit,
        ...(perNeuron ? { differs_between_neurons: true as const } : {}),
      },
    ]),
  );
}

/** Parameters of the network and the experiment. */
function setupValues(plan: SimulationPlan): Record<string, ParameterValue> {
  const values = setupNumbers(plan);
  return Object.fromEntries(
    plan.setup.map(({ name, unit }) => [name, { value: values.get(setupSymbol(name)) ?? null, unit }]),
  );
}
