// What a run came to, in a few lines for people and as one object for programs.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnosticsToJson, type DiagnosticJson } from "../render/json.ts";
import { timeOf } from "../runtime/clock.ts";
import { isRandom } from "../compare/isRandom.ts";
import {
  connectionCounts,
  manifestOf,
  type ConnectionCount,
  type Manifest,
  type PopulationRecord,
  type RunRecord,
} from "../simulate/manifest.ts";
import type { FirstSpike, RecordedRun } from "../simulate/recordedRun.ts";
import type { PopulationStatistics } from "../simulate/spikeStatistics.ts";
import { methodLines } from "./methodText.ts";
import { columns, counted, grouped, rounded, timeText } from "./numbers.ts";
import { stepCheckLines } from "./stepCheckText.ts";

/** Lines for standard error. */
export function summary(
  { plan, simulation, run, statistics, stepCheck }: RunRecord,
  folder: string,
  files: readonly string[],
  { seedWasDrawn, threads }: { readonly seedWasDrawn: boolean; readonly threads: number },
): readonly string[] {
  const of = plan.name === plan.subject ? plan.name : `${plan.name} of ${plan.subject}`;
  const simulated = timeOf(simulation.steps, simulation.dt);
  const asked = plan.steps ?? simulation.steps;
  const length =
    simulation.steps < asked
      ? `stopped after ${timeText(simulated)} of ${timeText(timeOf(asked, simulation.dt))}`
      : timeText(simulated);
  const kept = statistics.filter((p) => plan.spikesOf.includes(p.name));
  return [
    `${of}: ${length}, step ${timeText(simulation.dt)}, ${seedText(simulation.seed, seedWasDrawn, isRandom(plan))}`,
    ...connectionLine(connectionCounts(simulation)),
    ...(kept.every((p) => p.size === 1) ? neuronLines(kept) : populationTable(kept)),
    ...methodLines(plan),
    ...(stepCheck === null ? [] : stepCheckLines(stepCheck)),
    ...threadLine(simulation.steps, run?.divided ?? 0, threads),
    `${rounded(run?.wallTime ?? 0)} s of wall time${run !== null && run.threads > 1 ? ` in ${run.threads} threads` : ""}; ${files.length === 0 ? "nothing could be written to" : `${files.join(", ")} in`} ${folder}`,
  ];
}

/** Where so many threads were asked for, and one has taken most steps. */
function threadLine(steps: number, divided: number, threads: number): readonly string[] {
  const share = 1 - divided / Math.max(1, steps);
  return threads > 1 && steps > 0 && share > 0.5
    ? [`  one thread took ${rounded(100 * share)} % of the steps: ${threads} were no faster`]
    : [];
}

/** A seed that was drawn says nothing where nothing is random. */
function seedText(seed: number, drawn: boolean, random: boolean): string {
  if (drawn && !random) return "nothing random";
  return `seed ${seed}${drawn ? " (drawn)" : ""}`;
}

/** `  12,000 connections: exc E->I 8,000, inh I->E 4,000` */
function connectionLine(connections: readonly ConnectionCount[]): readonly string[] {
  if (connections.length === 0) return [];
  const total = connections.reduce((sum, c) => sum + c.count, 0);
  const each = connections.map((c) => `${c.name} ${c.source}->${c.target} ${grouped(c.count)}`);
  return [
    `  ${total === 1 ? "1 connection" : `${grouped(total)} connections`}: ${each.slice(0, 8).join(", ")}${each.length > 8 ? ", …" : ""}`,
  ];
}

/** A neuron by itself: `LIF  1 neuron  9 spikes  90 Hz  CV of intervals 0.12`. */
function neuronLines(statistics: readonly PopulationStatistics[]): string[] {
  const rows = statistics.map((p) => [
    `  ${p.name}`,
    counted(p.size, "neuron"),
    counted(p.spikes, "spike"),
    p.rate === null ? "" : `${rounded(p.rate)} Hz`,
    p.cv === null ? "" : `CV of intervals ${cvText(p.cv)}`,
  ]);
  return columns(rows).map((line) => line.trimEnd());
}

function populationTable(statistics: readonly PopulationStatistics[]): string[] {
  const cell = (value: number | null, text: (value: number) => string): string => (value === null ? "–" : text(value));
  const rows = statistics.map((p) => [
    `  ${p.name}`,
    grouped(p.size),
    grouped(p.spikes),
    cell(p.rate, (rate) => `${rounded(rate)} Hz`),
    cell(p.cv, cvText),
    cell(p.synchrony, (synchrony) => rounded(synchrony)),
    cell(p.silent, (silent) => `${rounded(100 * silent)} %`),
  ]);
  return columns(
    [["  population", "neurons", "spikes", "mean rate", "CV of intervals", "synchrony", "silent"], ...rows],
    "numbers",
  );
}

/** What rounding leaves of 0 is 0. */
function cvText(cv: number): string {
  return cv < 5e-4 ? "0" : rounded(cv, 2);
}

export type RunReport = Pick<
  Manifest,
  | "experiment"
  | "subject"
  | "complete"
  | "reason"
  | "seed"
  | "step_ms"
  | "duration_ms"
  | "simulated_ms"
  | "threads"
  | "wall_time_s"
  | "counts"
  | "connections"
  | "step_check"
  | "warnings"
> & {
  readonly populations: readonly Pick<
    PopulationRecord,
    "name" | "model" | "size" | "spikes" | "rate_hz" | "cv_isi" | "synchrony" | "silent" | "methods"
  >[];
  readonly first_spikes: readonly FirstSpike[];
  readonly out: string;
  readonly files: readonly string[];
  readonly diagnostics: readonly DiagnosticJson[];
};

/** What `glif run --json` prints: of the manifest what changes from run to run, and the first spikes. */
export function runJson(
  { record, written, firstSpikes }: RecordedRun,
  folder: string,
  diagnostics: readonly Diagnostic[],
): RunReport {
  const {
    experiment,
    subject,
    complete,
    reason,
    seed,
    step_ms,
    duration_ms,
    simulated_ms,
    counts,
    connections,
    populations,
    step_check,
    warnings,
    threads,
    wall_time_s,
  } = manifestOf(record, []);
  return {
    experiment,
    subject,
    complete: complete && written.problems.length === 0,
    reason: reason ?? written.problems[0] ?? null,
    seed,
    step_ms,
    duration_ms,
    simulated_ms,
    threads,
    wall_time_s,
    counts,
    connections,
    populations: populations.map(({ name, model, size, spikes, rate_hz, cv_isi, synchrony, silent, methods }) => ({
      name,
      model,
      size,
      spikes,
      rate_hz,
      cv_isi,
      synchrony,
      silent,
      methods,
    })),
    first_spikes: firstSpikes,
    step_check,
    out: folder,
    files: written.files.map((name) => `${folder.replace(/\/+$/, "")}/${name}`),
    warnings,
    diagnostics: diagnosticsToJson(diagnostics),
  };
}
