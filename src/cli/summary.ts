// What a run came to, in a few lines for people and as one object for programs.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnosticsToJson, type DiagnosticJson } from "../render/json.ts";
import { timeOf } from "../runtime/clock.ts";
import { manifestOf, type Manifest, type PopulationRecord, type RunRecord } from "../simulate/manifest.ts";
import type { WrittenResults } from "../simulate/results.ts";
import { columns, counted, rounded, timeText } from "./numbers.ts";

/** Lines for standard error. */
export function summary(record: RunRecord, folder: string, files: readonly string[], seedWasDrawn: boolean): readonly string[] {
  const { plan, simulation, run, statistics } = record;
  const of = plan.name === plan.subject ? plan.name : `${plan.name} of ${plan.subject}`;
  const simulated = timeOf(simulation.steps, simulation.dt);
  const asked = plan.steps ?? simulation.steps;
  const length = simulation.steps < asked ? `stopped after ${timeText(simulated)} of ${timeText(timeOf(asked, simulation.dt))}` : timeText(simulated);
  const rows = statistics
    .filter((p) => plan.spikesOf.includes(p.name))
    .map((p) => [
      `  ${p.name}`,
      counted(p.size, "neuron"),
      counted(p.spikes, "spike"),
      p.rate === null ? "" : `${rounded(p.rate)} Hz`,
      p.cv === null ? "" : `CV of intervals ${p.cv < 5e-4 ? "0" : rounded(p.cv, 2)}`,
    ]);
  return [
    `${of}: ${length}, step ${timeText(simulation.dt)}, seed ${simulation.seed}${seedWasDrawn ? " (drawn)" : ""}`,
    ...columns(rows).map((line) => line.trimEnd()),
    `${rounded(run.wallTime)} s of wall time; ${files.length === 0 ? "nothing could be written to" : `${files.join(", ")} in`} ${folder}`,
  ];
}

export type RunReport = Pick<Manifest, "experiment" | "subject" | "complete" | "reason" | "seed" | "step_ms" | "duration_ms" | "simulated_ms" | "wall_time_s" | "counts" | "warnings"> & {
  readonly populations: readonly Pick<PopulationRecord, "name" | "model" | "size" | "spikes" | "rate_hz" | "cv_isi">[];
  readonly first_spikes: readonly { readonly t_ms: number; readonly population: string; readonly neuron: number }[];
  readonly out: string;
  readonly files: readonly string[];
  readonly diagnostics: readonly DiagnosticJson[];
};

/** What `glif run --json` prints: of the manifest what changes from run to run, and the first spikes. */
export function runJson(record: RunRecord, folder: string, written: WrittenResults, diagnostics: readonly Diagnostic[]): RunReport {
  const { simulation } = record;
  const { experiment, subject, complete, reason, seed, step_ms, duration_ms, simulated_ms, counts, populations, warnings, wall_time_s } = manifestOf(record, []);
  const first = Array.from({ length: Math.min(FIRST_SPIKES, simulation.spikes.length) }, (_, k) => ({
    t_ms: simulation.spikes.time(k),
    population: simulation.populations[simulation.spikes.population(k)]?.name ?? "",
    neuron: simulation.spikes.neuron(k),
  }));
  return {
    experiment,
    subject,
    complete: complete && written.problems.length === 0,
    reason: reason ?? written.problems[0] ?? null,
    seed,
    step_ms,
    duration_ms,
    simulated_ms,
    wall_time_s,
    counts,
    populations: populations.map(({ name, model, size, spikes, rate_hz, cv_isi }) => ({ name, model, size, spikes, rate_hz, cv_isi })),
    first_spikes: first,
    out: folder,
    files: written.files.map((name) => `${folder.replace(/\/+$/, "")}/${name}`),
    warnings,
    diagnostics: diagnosticsToJson(diagnostics),
  };
}

const FIRST_SPIKES = 10;
