// Comparisons from source text to their results, without a command line.
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import { assemble } from "../../src/compare/assemble.ts";
import type { ComparisonResult } from "../../src/compare/comparison.ts";
import { jobsOf, type Job } from "../../src/compare/jobs.ts";
import type { JobOutcome } from "../../src/compare/outcome.ts";
import { prepare, type PreparedComparison } from "../../src/compare/prepare.ts";
import { sweepPlan, type SweepPlan } from "../../src/compare/sweepPoints.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { runJobs, type RunsOptions } from "../../src/simulate/comparisonRuns.ts";

export interface Ready {
  readonly prepared: PreparedComparison;
  readonly sweep: SweepPlan;
  readonly jobs: readonly Job[];
}

/** The first comparison of the text; `files` are what it may read. */
export function readyFrom(
  text: string,
  {
    stepCheck = true,
    files = {},
  }: { readonly stepCheck?: boolean; readonly files?: Readonly<Record<string, string>> } = {},
): Ready {
  const host = {
    read: (path: string) => (files[path] === undefined ? { problem: "there is no such file" } : { text: files[path] }),
    resolve: (_: string, path: string) => (files[path] === undefined ? { problem: "there is no such file" } : { path }),
  };
  const { program, diagnostics } = check(sourceText("test.glif", text), host);
  const comparison = program?.comparisons[0];
  if (comparison === undefined) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  const { prepared, diagnostics: planned } = prepare(comparison);
  if (prepared.cases.length === 0) throw new Error(renderDiagnostics(planned, { color: false }));
  const sweep = sweepPlan(comparison, prepared.cases[0]?.firstSeed ?? 1);
  return { prepared, sweep, jobs: jobsOf(prepared, sweep, { seeds: comparison.seeds, stepCheck }) };
}

export async function outcomesOf(
  { prepared, jobs }: Ready,
  options: Partial<RunsOptions> = {},
): Promise<ReadonlyMap<string, JobOutcome>> {
  return runJobs(prepared, jobs, {
    workers: 1,
    stopped: () => false,
    progress: () => {},
    journal: null,
    recording: null,
    entry: null,
    ...options,
  });
}

export function resultOf(
  { prepared, sweep, jobs }: Ready,
  outcomes: ReadonlyMap<string, JobOutcome>,
): ComparisonResult {
  return assemble(prepared, sweep, jobs, outcomes, {
    source: "test.glif",
    about: { glif: "0", sourceHash: "", command: [] },
    seeds: prepared.comparison.seeds,
    structure: [],
    recording: null,
    notes: [],
  });
}

export async function compared(text: string, options: Parameters<typeof readyFrom>[1] = {}): Promise<ComparisonResult> {
  const ready = readyFrom(text, options);
  return resultOf(ready, await outcomesOf(ready));
}

/** The cell of a variant by its label; of the only experiment. */
export function cell(result: ComparisonResult, label: string, key: string): ComparisonResult["cells"][number] {
  const [variant, measure] = [
    result.variants.findIndex((v) => v.label === label),
    result.measures.findIndex((m) => m.key === key),
  ];
  const found = result.cells.find((c) => c.variant === variant && c.measure === measure);
  if (found === undefined) throw new Error(`no cell ${label} ${key}`);
  return found;
}

export function contrast(result: ComparisonResult, label: string, key: string): ComparisonResult["contrasts"][number] {
  const [variant, measure] = [
    result.variants.findIndex((v) => v.label === label),
    result.measures.findIndex((m) => m.key === key),
  ];
  const found = result.contrasts.find((c) => c.variant === variant && c.measure === measure);
  if (found === undefined) throw new Error(`no contrast ${label} ${key}`);
  return found;
}

/** A leaky integrator with and without noise, 100 ms at 0.1 ms. */
export const NEURONS = `
neuron LIF {
  param τ = 10 ms, Θ = 10 mV
  input I_e : mV
  state V = 0 mV
  V' = (I_e - V)/τ
  spike when V > Θ
  reset { V <- 0 mV }
}
neuron Noisy extends LIF { V' = (I_e - V)/τ + 2 mV/sqrt(ms)*ξ }
neuron Slow extends Noisy { param τ = 20 ms }
experiment Drive of LIF { duration 100 ms; step 0.1 ms; I_e = 20 mV; record spikes; record V every 1 ms }
`;
