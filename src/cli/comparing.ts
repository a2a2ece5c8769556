// What `glif compare` and `glif sweep` share: from a checked comparison to its report in a folder.
import { createHash } from "node:crypto";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { assemble } from "../compare/assemble.ts";
import type { ComparisonResult } from "../compare/comparison.ts";
import { jobsOf, pointOf, type Job } from "../compare/jobs.ts";
import type { JobOutcome } from "../compare/outcome.ts";
import { overlaysOf } from "../compare/overlays.ts";
import { prepare, type PreparedCase, type PreparedComparison } from "../compare/prepare.ts";
import { recordingOf } from "../compare/recordingData.ts";
import { structureOf } from "../compare/structureOf.ts";
import { settingsAt, sweepPlan, sweepPurpose, type SweepPlan } from "../compare/sweepPoints.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { badDraw } from "../diagnostics/experiment.ts";
import { canonicalText } from "../quantities/canonicalText.ts";
import { DrawError, drawProblemText, UsageError } from "../runtime/index.ts";
import { inUnit } from "../quantities/unit.ts";
import { diagnosticsToJson } from "../render/json.ts";
import { terminalSummary } from "../report/terminal.ts";
import type { CheckedComparison } from "../3-check/checked.ts";
import { beginComparison, COMPARISON, writeComparison, type Format } from "../simulate/comparisonFolder.ts";
import { runJobs } from "../simulate/comparisonRuns.ts";
import { caseStimulus } from "../simulate/caseStimulus.ts";
import type { SourceFileRead } from "../simulate/fileHost.ts";
import { JOURNAL_FILE, journalAt, beginWithJournal, removeJournal, type Journal } from "../simulate/journal.ts";
import { caseBytes, comparisonProblem } from "../simulate/memoryNeeded.ts";
import { openFolder } from "../simulate/outFolder.ts";
import { recruit, WorkerError, type Crew } from "../simulate/workers/pool.ts";
import { WriteError } from "../simulate/writeWhole.ts";
import { distinct } from "./model.ts";
import { counted } from "./numbers.ts";
import { packageVersion } from "./package.ts";
import { jobProgress } from "./progress.ts";
import { complain, say, show, showDiagnostics } from "./talk.ts";
import type { Terminal } from "./terminal.ts";

export interface ComparingOptions {
  /** `--duration` and `--step`, which the comparison has been checked with. */
  readonly duration?: string;
  readonly step?: string;
  readonly out?: string;
  readonly seeds?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly set: readonly string[];
  readonly stepCheck: boolean;
  readonly format: ReadonlySet<Format>;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What is to be compared, and where it comes from. */
export interface Comparable {
  readonly comparison: CheckedComparison;
  /** As the user gave it. */
  readonly source: string;
  readonly sources: readonly SourceFileRead[];
  readonly diagnostics: readonly Diagnostic[];
  /** What was done without being asked. */
  readonly notes: readonly string[];
  /** The words of the command line that say what is compared and measured: `sweep lif.glif Step --over "…"`. */
  readonly command: readonly string[];
  /** Those that run what is swept: `run lif.glif Step`. */
  readonly run?: readonly string[];
}

export async function runComparison(
  comparable: Comparable,
  options: ComparingOptions,
  terminal: Terminal,
): Promise<number> {
  const comparison = withSeeds(comparable.comparison, options);
  const crew = recruit(
    runsOf(comparison) < MANY_RUNS ? 0 : Math.min(options.workers ?? Infinity, availableParallelism()) - 1,
  );
  try {
    return await runWith(crew, comparison, comparable, options, terminal);
  } finally {
    crew.dismiss();
  }
}

/** So many runs may be worth threads; whether they are, their plans will tell. */
const MANY_RUNS = 50;

/** Runs that a comparison asks for, about. */
function runsOf({ cases, seeds, sweeps }: CheckedComparison): number {
  return sweeps.reduce(
    (product, { values }) => product * (values.kind === "values" ? values.values.length : values.count),
    cases.length * seeds,
  );
}

async function runWith(
  crew: Crew,
  comparison: CheckedComparison,
  { source, sources, diagnostics, notes: told, command, run }: Comparable,
  options: ComparingOptions,
  terminal: Terminal,
): Promise<number> {
  const fail = failing(terminal, options.json);
  const { prepared, diagnostics: planned } = prepare(comparison);
  const read = recordingOf(prepared);
  const all = distinct([...diagnostics, ...planned, ...(read?.diagnostics ?? [])]);
  const { recording } = read ?? { recording: null };
  if (hasErrors(all) || prepared.cases.length === 0 || (read !== null && recording === null)) return fail(all);
  const sweep = sweepOf(prepared);
  if ("diagnostic" in sweep) return fail([...all, sweep.diagnostic]);
  if ("problem" in sweep) return fail(all, 1, sweep.problem);
  const needed = comparisonProblem(
    prepared.cases,
    runsOf(comparison),
    comparison.measures.length,
    0.9 * totalmem(),
    0.7 * getHeapStatistics().heap_size_limit,
  );
  if (needed !== null) return fail(all, 1, needed);
  const stepCheck = options.stepCheck;
  const jobs = jobsOf(prepared, sweep, { seeds: comparison.seeds, stepCheck });
  if (!options.quiet) showDiagnostics(terminal, all);

  const sourceHash = hashOf(sources.map((s) => s.sha256));
  const reference = comparison.reference;
  const of = hashOf([
    packageVersion(),
    sourceHash,
    comparison.name,
    String(comparison.seeds),
    String(prepared.cases.map((c) => c.firstSeed)),
    stepCheck ? "step check" : "",
    ...timeWords(options),
    ...options.set,
    ...command.filter((word) => !word.endsWith(".glif") && word !== comparison.name),
    ...comparison.measures.map((m) => m.text),
    ...comparison.sweeps.map((s) => s.name),
    ...(reference?.kind === "recording"
      ? [...reference.files.map((f) => f.text), String(reference.level), String(reference.sweep)]
      : []),
  ]);
  const folder = openFolder(
    COMPARISON,
    options.out ?? null,
    comparison.name,
    terminal.cwd,
    sources.flatMap((s) => s.realPath ?? []),
  );
  if ("problem" in folder) return fail([], folder.refused ? 2 : 1, folder.problem);
  const journalPath = join(folder.realPath, JOURNAL_FILE);
  const unfinished = journalAt(journalPath);
  if (unfinished !== null && unfinished.of !== of) {
    folder.release();
    return fail(
      [],
      2,
      `--out ${folder.path} holds an unfinished comparison of something else (other sources, settings, seeds or version)`,
      ["end that one with the command it was begun with, delete its jobs.jsonl, or name another folder"],
    );
  }

  let stopCode = 0;
  const letGo = terminal.onInterrupt((code) => (stopCode = code));
  const progress = options.quiet ? null : jobProgress(terminal);
  let journal: Journal<JobOutcome> | null = null;
  try {
    journal = beginWithJournal<JobOutcome>(journalPath, of, () => beginComparison(folder.realPath, comparison.name));
    if (journal.earlier.size > 0 && !options.quiet)
      say(
        terminal,
        `going on in ${folder.path}: ${counted(journal.earlier.size, "run")} of ${jobs.length} are there already`,
      );
    const outcomes = await runJobs(prepared, jobs, {
      workers: workersFor(prepared, options.workers),
      stopped: () => stopCode !== 0,
      progress: (share, over, of) => progress?.update(share, over, of),
      journal,
      recording: recording?.runs ?? null,
      crew,
    });
    progress?.close();
    journal.close();
    const result = assemble(prepared, sweep, jobs, outcomes, {
      source,
      about: { glif: packageVersion(), sourceHash, command: [...command, ...optionWords(options)] },
      seeds: comparison.seeds,
      structure: structureOf(prepared),
      recording:
        recording === null || reference?.kind !== "recording"
          ? null
          : { path: reference.files.map((f) => f.path).join(", "), content: recording.content },
      notes: [...told, ...notesOf(prepared), ...(recording?.notes ?? [])],
      ...(run === undefined ? {} : { runOf: (at) => runWords(run, settingsAt(comparison, sweep, at), options) }),
    });
    const places = nearestPlaces(prepared, sweep, result);
    const isNearest = (job: Job): boolean => places.has(`${job.case} ${job.point}`);
    const nearest =
      stopCode !== 0
        ? []
        : jobs.flatMap((job) =>
            job.seedNumber === 0 && job.figure === "nothing" && isNearest(job)
              ? [{ ...job, key: `${job.key} drawn`, figure: "all" as const }]
              : [],
          );
    const drawn =
      nearest.length === 0
        ? []
        : [
            ...(await runJobs(prepared, nearest, {
              workers: 1,
              stopped: () => stopCode !== 0,
              progress: () => {},
              journal: null,
              recording: recording?.runs ?? null,
            })),
          ];
    const traces = overlaysOf(
      prepared,
      [...jobs, ...nearest],
      new Map([...outcomes, ...drawn]),
      recording?.runs ?? [],
      caseStimulus,
      isNearest,
    );
    if (folder.isLost()) return fail([], 1, `another comparison has taken ${folder.path}: nothing was written there`);
    let { files, problems } = writeComparison(folder.realPath, result, traces, options.format);
    const isOver = outcomes.size === jobs.length;
    if (problems.length > 0 && isOver && journal.problem !== null) {
      // Nothing can go on from a part of a journal; its room may be what the results lack.
      removeJournal(journalPath);
      ({ files, problems } = writeComparison(folder.realPath, result, traces, options.format));
    }
    if (isOver && problems.length === 0) removeJournal(journalPath);
    tell(result, all, folder.path, files, problems, options, terminal);
    if (stopCode !== 0 && !isOver) {
      if (journal.problem === null)
        complain(terminal, `interrupted; ${counted(outcomes.size, "run")} of ${jobs.length} are in ${folder.path}`, [
          "the same command with the same --out goes on from there",
        ]);
      else
        complain(terminal, `interrupted; some of ${counted(outcomes.size, "run")} are lost: ${journal.problem}`, [
          "the same command with the same --out goes on from those that are there",
        ]);
      return stopCode;
    }
    if (isOver && !result.complete) complain(terminal, result.reason ?? "the comparison is not complete");
    for (const problem of problems) complain(terminal, problem);
    return result.complete && problems.length === 0 ? 0 : 1;
  } catch (error) {
    progress?.close();
    if (!(error instanceof WorkerError || error instanceof WriteError)) throw error;
    journal?.close();
    return fail([], 1, error.message);
  } finally {
    folder.release();
    letGo();
  }
}

/** Where one swept variant is nearest to the recording: case and point. What of it is not drawn is run once more. */
function nearestPlaces(
  prepared: PreparedComparison,
  sweep: SweepPlan,
  { recording }: ComparisonResult,
): ReadonlySet<string> {
  return new Set(
    (recording?.nearest ?? []).flatMap(({ at }) =>
      prepared.cases.map((_, c) => `${c} ${pointOf(prepared, sweep, c, at)}`),
    ),
  );
}

/** What runs a point of the sweep by itself: the settings of the command line but for those that the point replaces, then its own. */
function runWords(
  run: readonly string[],
  point: readonly { readonly name: string; readonly text: string }[],
  { set, seed, ...times }: ComparingOptions,
): readonly string[] {
  const isReplaced = (setting: string): boolean => point.some(({ name }) => setting.split("=")[0]?.trim() === name);
  return [
    ...run,
    ...timeWords(times),
    ...repeated("--set", [...set.filter((s) => !isReplaced(s)), ...point.map(({ name, text }) => `${name}=${text}`)]),
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
  ];
}

/** As they were written: `--duration`, `200 ms`. */
function timeWords({ duration, step }: Pick<ComparingOptions, "duration" | "step">): readonly string[] {
  return [...(duration === undefined ? [] : ["--duration", duration]), ...(step === undefined ? [] : ["--step", step])];
}

/** Options that the results depend on; where they go and how they are computed does not matter. */
function optionWords({ seeds, seed, set, stepCheck, ...times }: ComparingOptions): string[] {
  return [
    ...timeWords(times),
    ...set.flatMap((text) => ["--set", text]),
    ...(seeds === undefined ? [] : ["--seeds", String(seeds)]),
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(stepCheck ? [] : ["--no-step-check"]),
  ];
}

/** `--over` before each of the words. */
export function repeated(option: string, words: readonly string[]): string[] {
  return words.flatMap((word) => [option, word]);
}

/** Tells why nothing could be done, as text or as JSON, and gives the exit code. */
export function failing(
  terminal: Terminal,
  json: boolean,
): (diagnostics: readonly Diagnostic[], code?: number, problem?: string | null, help?: readonly string[]) => number {
  return (diagnostics, code = 1, problem = null, help = []) => {
    showDiagnostics(terminal, diagnostics);
    if (problem !== null) complain(terminal, problem, help);
    if (json) {
      const errors = diagnostics.filter((d) => d.severity === "error").length;
      const reason = problem ?? (errors === 1 ? "there is 1 error" : `there are ${errors} errors`);
      terminal.out(
        `${JSON.stringify({ complete: false, reason, errors, warnings: diagnostics.length - errors, diagnostics: diagnosticsToJson(diagnostics) }, null, 2)}\n`,
      );
    }
    return code;
  };
}

function tell(
  result: ComparisonResult,
  diagnostics: readonly Diagnostic[],
  path: string,
  files: readonly string[],
  problems: readonly string[],
  options: ComparingOptions,
  terminal: Terminal,
): void {
  if (!options.quiet) {
    for (const line of terminalSummary(result, {
      columns: terminal.columns,
      rows: terminal.rows,
      color: terminal.color.err,
      glyphs: true,
    }))
      show(terminal, line);
    say(terminal, files.length === 0 ? `nothing could be written to ${path}` : `${files.join(", ")} in ${path}`);
    for (const note of result.notes) say(terminal, `note: ${note}`);
  }
  if (options.json) {
    const names = files.map((name) => `${path.replace(/\/+$/, "")}/${name}`);
    terminal.out(
      `${JSON.stringify({ complete: result.complete && problems.length === 0, out: path, files: names, problems, diagnostics: diagnosticsToJson(diagnostics), comparison: result }, null, 2)}\n`,
    );
  }
}

/** Seeds of the command line in the place of the comparison's own. */
function withSeeds(comparison: CheckedComparison, { seeds, seed }: ComparingOptions): CheckedComparison {
  const cases = comparison.cases.map((c) => ({
    ...c,
    experiment: { ...c.experiment, seed: seed ?? c.experiment.seed },
  }));
  return { ...comparison, cases, seeds: seeds ?? comparison.seeds };
}

function sweepOf({
  comparison,
  cases,
}: PreparedComparison): SweepPlan | { readonly problem: string } | { readonly diagnostic: Diagnostic } {
  try {
    return sweepPlan(comparison, cases[0]?.firstSeed ?? 1);
  } catch (error) {
    const swept =
      error instanceof DrawError ? comparison.sweeps.find((s) => sweepPurpose(s) === error.purpose) : undefined;
    if (error instanceof DrawError && swept !== undefined)
      return {
        diagnostic: badDraw(swept.origin, {
          problem: `\`${swept.name}\`: ${drawProblemText(error.problem, ` ${canonicalText(swept.dimension)}`.replace(/ 1$/, ""))}`,
        }),
      };
    // More points than there can be.
    if (error instanceof UsageError) return { problem: error.message };
    throw error;
  }
}

/** As many as there are cores, or as were asked for, and no more than memory has room for. */
function workersFor({ cases }: PreparedComparison, asked: number | undefined): number {
  const most = Math.max(1, ...cases.map(caseBytes));
  return Math.max(1, Math.min(asked ?? availableParallelism(), Math.floor((0.8 * totalmem()) / most)));
}

/** What a reader could not know: what was left out, and what was set. */
function notesOf(prepared: PreparedComparison): readonly string[] {
  const { comparison, cases } = prepared;
  const label = (c: PreparedCase): string => comparison.variants[c.variant]?.label ?? "";
  const lacking = cases.flatMap((c) =>
    c.case.lacking.length === 0
      ? []
      : [`${label(c)} has no ${c.case.lacking.join(", ")}: not recorded under ${c.case.under}`],
  );
  const swept = comparison.sweeps.flatMap((s) => {
    if (s.values.kind !== "values") return [];
    const said = (value: number): string => `${inUnit(value, s.unit)}${s.unit.text === "1" ? "" : ` ${s.unit.text}`}`;
    const taken = s.outside.find(({ isOwn }) => !isOwn);
    const own = [...new Set(s.outside.flatMap(({ value, isOwn }) => (isOwn ? [said(value)] : [])))];
    return [
      ...(own.length === 0
        ? []
        : [
            `outside the sweep ${s.name} is as ${own.length === 1 ? "the model has" : "the models have"} it, ${own.join(" or ")}`,
          ]),
      ...(taken === undefined
        ? []
        : [
            `outside the sweep ${s.name} is ${said(taken.value)}, the first of its values: the model has no one number for it`,
          ]),
    ];
  });
  const seeds = new Set(cases.filter((c) => c.random).map((c) => c.firstSeed));
  const own = seeds.size > 1 ? [`the experiments begin with seeds of their own: ${[...seeds].join(", ")}`] : [];
  const still =
    comparison.seeds > 1 && cases.every((c) => !c.random)
      ? ["nothing is random here: one run says as much as all seeds"]
      : [];
  const single =
    comparison.seeds === 1 && cases.some((c) => c.random)
      ? [
          "something is random here, and there is one seed: what the seed does is not known; `seeds 20` or `--seeds 20` tells",
        ]
      : [];
  return [...lacking, ...swept, ...own, ...still, ...single];
}

function hashOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
