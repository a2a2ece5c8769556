// From a checked fit to its report in a folder: one model after the other is fitted, then the models with their numbers are compared with the recording once more.
import { createHash } from "node:crypto";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { getHeapStatistics } from "node:v8";
import { assemble } from "../compare/assemble.ts";
import { jobsOf } from "../compare/jobs.ts";
import { overlaysIn, overlaysOf } from "../compare/overlays.ts";
import { prepare } from "../compare/prepare.ts";
import type { Window } from "../compare/runData.ts";
import { structureOf } from "../compare/structureOf.ts";
import { withSetup } from "../compare/sweepPoints.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { fitModel } from "../fit/fitModel.ts";
import { fitReport, type FitReport, type SweepScore } from "../fit/fitReport.ts";
import { fittedText, type FittedPlaces } from "../fit/fittedText.ts";
import { atSweep, freeSweeps, prepareFit, type PreparedFit, type Recorded } from "../fit/prepareFit.ts";
import type { FitProblem, FitResult } from "../fit/problem.ts";
import { drawsOf } from "../fit/scoring.ts";
import { diagnosticsToJson } from "../render/json.ts";
import { commandText } from "../report/reproduction.ts";
import { fitTerminal } from "../report/fitTerminal.ts";
import type {
  CheckedComparison,
  CheckedExperiment,
  CheckedFit,
  CheckedProgram,
  CheckedSetting,
} from "../3-check/checked.ts";
import { caseStimulus } from "../simulate/caseStimulus.ts";
import { runJobs } from "../simulate/comparisonRuns.ts";
import type { FileProject } from "../simulate/fileHost.ts";
import { beginFit, FIT, writeFit } from "../simulate/fitFolder.ts";
import { journaled, type Kept } from "../simulate/fitJournal.ts";
import { fitRuns } from "../simulate/fitRuns.ts";
import { JOURNAL_FILE, journalAt, beginWithJournal, removeJournal, type Journal } from "../simulate/journal.ts";
import { comparisonProblem } from "../simulate/memoryNeeded.ts";
import { openFolder } from "../simulate/outFolder.ts";
import { WorkerError } from "../simulate/workers/pool.ts";
import { WriteError } from "../simulate/writeWhole.ts";
import { failing, repeated } from "./comparing.ts";
import { distinct } from "./model.ts";
import { packageVersion } from "./package.ts";
import { jobProgress } from "./progress.ts";
import { complain, say, show, showDiagnostics } from "./talk.ts";
import type { Terminal } from "./terminal.ts";

export interface FittingOptions {
  readonly out?: string;
  readonly seeds?: number;
  readonly seed?: number;
  readonly evaluations?: number;
  readonly profile: boolean;
  readonly workers?: number;
  readonly set: readonly string[];
  readonly force: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What is to be fitted, and where it comes from. */
export interface Fittable {
  readonly fit: CheckedFit;
  readonly program: CheckedProgram;
  readonly project: FileProject;
  readonly diagnostics: readonly Diagnostic[];
  /** The words of the command line that say what is fitted to what. */
  readonly command: readonly string[];
}

export async function runFit(fittable: Fittable, options: FittingOptions, terminal: Terminal): Promise<number> {
  const fail = failing(terminal, options.json);
  const fit = withOptions(fittable.fit, options);
  const { name, reference } = fit.comparison;
  const { fit: prepared, diagnostics: planned } = prepareFit(fit);
  const all = distinct([...fittable.diagnostics, ...planned]);
  if (prepared === null || hasErrors(all)) return fail(all);
  const needed = comparisonProblem(
    prepared.prepared.cases,
    prepared.prepared.cases.length * fit.comparison.seeds,
    fit.comparison.measures.length,
    0.9 * totalmem(),
    0.7 * getHeapStatistics().heap_size_limit,
  );
  if (needed !== null && !options.force) return fail(all, 1, needed, ["--force begins all the same"]);
  if (!options.quiet) showDiagnostics(terminal, all);

  const sources = fittable.project.filesRead();
  const sourceHash = hashOf(sources.map((s) => s.sha256));
  const recorded = reference?.kind === "recording" ? reference.files : [];
  const of = hashOf([
    packageVersion(),
    sourceHash,
    name,
    ...recorded.map((f) => f.text),
    ...optionWords(options),
    ...fittable.command.slice(1).filter((word) => !word.endsWith(".glif")),
  ]);
  const folder = openFolder(
    FIT,
    options.out ?? null,
    name,
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
      `--out ${folder.path} holds an unfinished fit of something else (other sources, settings, seeds, budget or version)`,
      ["end that one with the command it was begun with, delete its jobs.jsonl, or name another folder"],
    );
  }
  let stopCode = 0;
  const letGo = terminal.onInterrupt((code) => (stopCode = code));
  let journal: Journal<readonly Kept[]> | null = null;
  try {
    journal = beginWithJournal<readonly Kept[]>(journalPath, of, () => beginFit(folder.realPath, name));
    if (journal.earlier.size > 0 && !options.quiet)
      say(terminal, `going on in ${folder.path}: what was run there is not run again`);
    const results = await search(prepared, journal, () => stopCode !== 0, options, terminal);
    journal.close();
    const words = [...fittable.command, ...optionWords(options)];
    const { report, traces } = await compared(prepared, results, {
      source: fittable.project.main.path,
      sourceHash,
      command: words,
      workers: options.workers ?? availableParallelism(),
      interrupted: stopCode !== 0,
    });
    if (folder.isLost()) return fail([], 1, `another fit has taken ${folder.path}: nothing was written there`);
    const text =
      results.length === 0
        ? null
        : fittedText(prepared, results, report, placesOf(fittable, folder.realPath, commandText(words), options));
    const { files, problems } = writeFit(folder.realPath, report, traces, text);
    const isOver = stopCode === 0;
    if (isOver && problems.length === 0) removeJournal(journalPath);
    if (!options.quiet) {
      for (const line of fitTerminal(report, terminal.columns, terminal.color.err)) show(terminal, line);
      say(
        terminal,
        files.length === 0 ? `nothing could be written to ${folder.path}` : `${files.join(", ")} in ${folder.path}`,
      );
      if (text === null) say(terminal, "note: there is no fitted.glif: what it would import lies in no file");
    }
    if (options.json)
      terminal.out(
        `${JSON.stringify({ complete: report.complete && problems.length === 0, out: folder.path, files: files.map((f) => `${folder.path.replace(/\/+$/, "")}/${f}`), problems, diagnostics: diagnosticsToJson(all), fit: report }, null, 2)}\n`,
      );
    for (const problem of problems) complain(terminal, problem);
    if (!isOver) {
      complain(terminal, `interrupted; what was found so far is in ${folder.path}`, [
        "the same command with the same --out goes on from there",
      ]);
      return stopCode;
    }
    return report.complete && problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof WorkerError || error instanceof WriteError)) throw error;
    journal?.close();
    return fail([], 1, error.message);
  } finally {
    folder.release();
    letGo();
  }
}

/** Of the first models only, where it is stopped. */
async function search(
  { problems }: PreparedFit,
  journal: Journal<readonly Kept[]>,
  stopped: () => boolean,
  { quiet, profile, workers = availableParallelism() }: FittingOptions,
  terminal: Terminal,
): Promise<readonly FitResult[]> {
  const others = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const progress = quiet ? null : jobProgress(terminal);
  const results: FitResult[] = [];
  for (const [k, problem] of problems.entries()) {
    if (stopped() && k > 0) break;
    const taken = fitRuns(problem, { workers });
    const runs = journaled(taken, journal, k);
    try {
      results.push(
        await fitModel(
          problem,
          {
            // Interruptions are heard between generations.
            scores: async (request) => (await others(), runs.scores(request)),
            forced: async (request) => (await others(), runs.forced(request)),
          },
          {
            stopped,
            profile,
            profiling: (number, of) =>
              progress?.update(
                (k + number / of) / problems.length,
                number,
                of,
                `${problem.model}: profile of ${problem.free[number]?.name ?? ""}`,
              ),
            progress: (done, of, loss) =>
              progress?.update(
                (k + Math.min(1, done / of)) / problems.length,
                done,
                of,
                `${problem.model}: loss ${Number.isFinite(loss) ? Number(loss.toPrecision(3)) : "none yet"}`,
              ),
          },
        ),
      );
    } finally {
      taken.dismiss();
    }
  }
  progress?.close();
  return results;
}

interface About {
  readonly source: string;
  readonly sourceHash: string;
  readonly command: readonly string[];
  readonly workers: number;
  readonly interrupted: boolean;
}

/** The models with what was found, over what was kept back, else what was seen. */
async function compared(
  fit: PreparedFit,
  results: readonly FitResult[],
  { source, sourceHash, command, workers, interrupted }: About,
): Promise<{ readonly report: FitReport; readonly traces: ReturnType<typeof overlaysOf> }> {
  const { comparison } = fit.fit;
  const shown = shownSweep(fit);
  const pinnedAll = prepare(pinned(fit.fit, results)).prepared;
  const prepared = shown.sweep === null ? pinnedAll : atSweep(pinnedAll, shown.sweep);
  const noSweep = { axes: [], values: [], points: [] };
  const jobs = jobsOf(prepared, noSweep, { seeds: comparison.seeds, stepCheck: false });
  const outcomes = await runJobs(prepared, jobs, {
    workers,
    stopped: () => false,
    progress: () => {},
    journal: null,
    recording: shown.runs.runs,
  });
  const path =
    comparison.reference?.kind === "recording" ? comparison.reference.files.map((f) => f.path).join(", ") : "";
  const notes = [
    ...fit.recording.notes,
    ...(shown.sweep === null
      ? []
      : [
          `measures and figures are of sweep ${shown.sweep}, which has the most spikes of those ${shown.isKept ? "kept back" : "seen"}`,
        ]),
  ];
  const result = assemble(prepared, noSweep, jobs, outcomes, {
    source,
    about: { glif: packageVersion(), sourceHash, command },
    seeds: comparison.seeds,
    structure: structureOf(prepared),
    recording: { path, content: fit.recording.content },
    notes,
  });
  const traces = overlaysIn(
    overlaysOf(prepared, jobs, outcomes, shown.runs.runs, caseStimulus),
    shownWindow(fit.fit, shown),
    LONGEST_SHOWN,
  );
  return {
    report: fitReport(fit, results, result, await sweepScores(fit, results), { path, notes, interrupted }),
    traces,
  };
}

/** ms of a recording that are drawn. */
const LONGEST_SHOWN = 4000;

/** From the first to the last moment of what was kept back, else of what was seen. */
function shownWindow({ train, test }: CheckedFit, { sweep }: Recorded): Window {
  const windows = sweep !== null ? [] : test.length > 0 ? test : train;
  return windows.length === 0
    ? { from: 0, until: Infinity }
    : { from: Math.min(...windows.map((w) => w.from)), until: Math.max(...windows.map((w) => w.until)) };
}

/** Of sweeps that are told apart the one with the most spikes, of those kept back if there are any. */
function shownSweep({ recorded }: PreparedFit): Recorded {
  const kept = recorded.filter((r) => r.isKept);
  const spikes = ({ runs }: Recorded): number =>
    runs.runs[0]?.populations.reduce((sum, p) => sum + p.times.length, 0) ?? 0;
  return (kept.length > 0 ? kept : recorded).reduce((most, r) => (spikes(r) > spikes(most) ? r : most));
}

/** What the numbers found come to in each sweep, by model. */
async function sweepScores(
  { recorded, problems }: PreparedFit,
  results: readonly FitResult[],
): Promise<readonly (readonly SweepScore[])[]> {
  if (recorded.every((r) => r.sweep === null)) return [];
  return Promise.all(
    results.map(async ({ numbers }, k) => {
      const problem = problems[k] as FitProblem;
      const windows = problem.cases.map((c) => [...c.train, ...c.test]);
      const taken = fitRuns(problem, { workers: 1 });
      const [draws] = await taken.scores({
        windows,
        margin: false,
        coarse: false,
        candidates: [{ seeds: drawsOf(problem), values: numbers.map((n) => n.value) }],
      });
      const outcome = draws?.[0];
      taken.dismiss();
      return problem.cases.map((c, n): SweepScore => {
        const [run] = c.data;
        const seen = outcome?.windows[n]?.[0];
        return {
          label: c.experiment,
          isKept: c.train.length === 0,
          recordedSpikes:
            run === undefined || run.recorded?.unknown != null
              ? null
              : run.populations.reduce((sum, p) => sum + p.times.length, 0),
          spikes: seen?.spikes ?? null,
          terms: seen?.terms ?? problem.terms.map(() => null),
        };
      });
    }),
  );
}

/** The comparison of the models that were fitted, each with its numbers. */
function pinned(fit: CheckedFit, results: readonly FitResult[]): CheckedComparison {
  const { comparison, train, test } = fit;
  const found = results.map((r, k) =>
    Object.fromEntries(freeSweeps(fit, k).map((s, n) => [s.setup, r.numbers[n]?.value ?? NaN])),
  );
  return {
    ...comparison,
    variants: comparison.variants.slice(0, results.length),
    cases: comparison.cases.flatMap((c) => {
      const setup = found[c.variant];
      return setup === undefined ? [] : [{ ...c, experiment: pinnedExperiment(c.experiment, setup) }];
    }),
    sweeps: [],
    windows: test.length > 0 ? test : train,
  };
}

/** What was free is set, as if the experiment said so. */
function pinnedExperiment(experiment: CheckedExperiment, found: Readonly<Record<string, number>>): CheckedExperiment {
  const { setup, ...pinned } = withSetup(experiment, found);
  const literal = (setting: CheckedSetting): CheckedSetting => {
    const { value } = setting;
    if (value.kind !== "expression" || value.expression.kind !== "setup") return setting;
    const number = found[value.expression.quantity.name];
    const { dimension, origin } = value.expression;
    return number === undefined
      ? setting
      : { ...setting, value: { kind: "expression", expression: { kind: "number", value: number, dimension, origin } } };
  };
  return {
    ...pinned,
    setup: setup.filter((q) => !(q.name.startsWith("sweep:") && Object.hasOwn(found, q.name))),
    populations: pinned.populations.map((p) => ({ ...p, settings: p.settings.map(literal) })),
  };
}

function withOptions(fit: CheckedFit, { seeds, seed, evaluations }: FittingOptions): CheckedFit {
  const { comparison } = fit;
  const cases = comparison.cases.map((c) => ({
    ...c,
    experiment: { ...c.experiment, seed: seed ?? c.experiment.seed },
  }));
  return {
    ...fit,
    comparison: { ...comparison, cases, seeds: seeds ?? comparison.seeds },
    evaluations: evaluations ?? fit.evaluations,
  };
}

/** Options that the results depend on. */
function optionWords({ seeds, seed, evaluations, profile, set }: FittingOptions): string[] {
  return [
    ...repeated("--set", set),
    ...(seeds === undefined ? [] : ["--seeds", String(seeds)]),
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(evaluations === undefined ? [] : ["--evaluations", String(evaluations)]),
    ...(profile ? ["--profile"] : []),
  ];
}

function placesOf(
  { fit, program, project }: Fittable,
  folder: string,
  command: string,
  { set, seed }: FittingOptions,
): FittedPlaces {
  const files = project.filesRead();
  const fromFolder = (path: string): string | null => {
    const real = files.find((f) => f.path === path)?.realPath ?? null;
    return real === null ? null : relative(folder, real).split(sep).join("/");
  };
  const { reference } = fit.comparison;
  return {
    importOf: (path) => (path.startsWith("glif/") ? path.replace(/\.glif$/, "") : fromFolder(path)),
    recording:
      reference?.kind === "recording"
        ? reference.files.map(({ path }) => {
            const found = project.host.resolve(reference.origin.source.path, path);
            const written = "path" in found ? fromFolder(found.path) : null;
            return written ?? join(dirname(project.main.path), path);
          })
        : [],
    setBy: (experiment) =>
      new Set(
        program.experiments
          .filter((e) => e.name === experiment)
          .flatMap((e) => [
            ...e.setup.map((q) => q.name),
            ...e.populations.flatMap((p) => p.settings.map((s) => s.target.quantity.name)),
          ]),
      ),
    set,
    seed: seed ?? null,
    command,
  };
}

function hashOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
