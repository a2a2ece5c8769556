// glif run: an experiment from its file to spikes, traces, a figure and a manifest.
import { randomInt } from "node:crypto";
import { statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { getHeapStatistics } from "node:v8";
import { chooseName, otherKinds, planOf, targetsOf } from "../../compile.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { endlessStep, notFinite } from "../../diagnostics/run.ts";
import type { SimulationPlan } from "../../4-plan/plan.ts";
import type { CheckedProgram } from "../../3-check/checked.ts";
import type { MethodName } from "../../methods/methods.ts";
import { diagnosticsToJson } from "../../render/json.ts";
import { timeOf } from "../../runtime/clock.ts";
import type { Simulation } from "../../runtime/simulation.ts";
import { creationProblem, emptyProjections } from "../../simulate/connectionsMade.ts";
import { instantiate } from "../../simulate/load.ts";
import {
  memoryProblem,
  planBytes,
  recordingBytes,
  recordingProblem,
  recordingText,
  sizeText,
} from "../../simulate/memoryNeeded.ts";
import { openOutFolder } from "../../simulate/outFolder.ts";
import { recordRun, type RecordedRun } from "../../simulate/recordedRun.ts";
import { keptBytes } from "../../simulate/stepCheck.ts";
import { refusalText } from "../../simulate/refusal.ts";
import { WriteError } from "../../simulate/writeWhole.ts";
import type { Ending } from "../../simulate/run.ts";
import type { Threads } from "../../simulate/team.ts";
import { hasThreads, startThread } from "../../simulate/workers/startThread.ts";
import { tooLongDiagnostic, wayOf } from "../../simulate/stepMessage.ts";
import { exampleExperiment } from "../exampleExperiment.ts";
import { concerning, distinct, openModel } from "../model.ts";
import { counted, timeText } from "../numbers.ts";
import { packageVersion } from "../package.ts";
import { progressOf } from "../progress.ts";
import { runJson, summary } from "../summary.ts";
import { complain, say, show, showDiagnostics, warn } from "../talk.ts";
import type { Terminal } from "../terminal.ts";

/** As the command line gives them. */
export interface RunCommandOptions {
  readonly seed?: number;
  readonly set: readonly string[];
  readonly duration?: string;
  readonly step?: string;
  readonly out?: string;
  readonly json: boolean;
  readonly figure: boolean;
  readonly sonata: boolean;
  readonly checkStep: boolean;
  readonly keepModule?: string;
  readonly threads?: number;
  readonly force: boolean;
  readonly quiet: boolean;
}

export async function run(
  file: string,
  experiment: string | null,
  options: RunCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const fail = (
    diagnostics: readonly Diagnostic[],
    code = 1,
    problem: string | null = null,
    help: readonly string[] = [],
  ): number => {
    showDiagnostics(terminal, diagnostics);
    if (problem !== null) complain(terminal, problem, help);
    if (options.json) {
      const errors = diagnostics.filter((d) => d.severity === "error").length;
      const reason = problem ?? (errors === 1 ? "there is 1 error" : `there are ${errors} errors`);
      terminal.out(
        `${JSON.stringify({ complete: false, reason, errors, warnings: diagnostics.length - errors, diagnostics: diagnosticsToJson(diagnostics) }, null, 2)}\n`,
      );
    }
    return code;
  };

  const model = await openModel(file, terminal, experiment, { ...options, settings: options.set });
  const { project, program, diagnostics } = model;
  if (project === null || program === null) return fail(diagnostics);
  const { experiments, neurons } = targetsOf(program);
  const chosen = chooseName(experiment, experiments, "experiment", file, otherKinds(program));
  if ("problem" in chosen) {
    const neuron = program.neurons.find((n) => n.name === (experiment ?? neurons[0]));
    const wantsExample = neuron !== undefined && (experiments.length === 0 || neurons.includes(experiment ?? ""));
    return fail(
      [],
      2,
      chosen.problem,
      wantsExample
        ? [
            `an experiment says how long to run, what to put in and what to record; add one to ${file}:\n\n${exampleExperiment(neuron)}`,
          ]
        : experiment?.includes("=") === true
          ? [`what is set is an option: --set "${experiment}"`]
          : [],
    );
  }

  const planned = planOf(program, chosen.name);
  const all = distinct([...concerning(chosen.name, model), ...planned.diagnostics]);
  const { plan } = planned;
  if (plan === null || plan.steps === null || hasErrors(all)) return fail(all);
  if (!options.quiet) showDiagnostics(terminal, all);
  const available = 0.9 * totalmem();
  const needed = memoryProblem(plan, available, 0.7 * getHeapStatistics().heap_size_limit);
  if (needed !== null) return fail([], 1, needed);
  const oversized = recordingProblem(plan, freeSpace(resolve(terminal.cwd, options.out ?? "out")));
  if (oversized !== null && !options.force)
    return fail([], 1, oversized, ["record fewer neurons, or `every` some ms; or add --force"]);
  if (recordingBytes(plan) > WORTH_TELLING && !options.quiet) say(terminal, recordingText(plan));
  if (planBytes(plan) > LONG_TO_MAKE && !options.quiet)
    say(
      terminal,
      `making ${counted(
        plan.populations.reduce((sum, p) => sum + p.size, 0),
        "neuron",
      )} and what connects them: about ${sizeText(planBytes(plan))}`,
    );
  const held = options.checkStep ? keptBytes(plan) : 0;
  if (held > 0.5 * available)
    return fail([], 1, `--check-step holds what is recorded in memory, about ${sizeText(held)}`, [
      "record fewer neurons, or `every` some ms",
    ]);
  const sonata = options.sonata ? await (await import("../../simulate/hdf.ts")).hdfLibrary("SONATA files") : null;
  if (sonata !== null && "problem" in sonata) return fail([], 1, sonata.problem);

  const inputs = project.filesRead().flatMap((read) => (read.realPath === null ? [] : [read.realPath]));
  const folder = openOutFolder(options.out ?? null, plan.name, terminal.cwd, inputs);
  if ("problem" in folder) return fail([], folder.refused ? 2 : 1, folder.problem);
  const kept =
    options.keepModule === undefined
      ? null
      : (await import("../keptModule.ts")).keptIn(
          resolve(terminal.cwd, options.keepModule),
          plan.name,
          project.filesRead(),
          project.main.text,
        );
  const progress = options.quiet ? null : progressOf(terminal, plan.steps, plan.step);
  let simulation: Simulation;
  try {
    simulation = instantiate(plan, {
      seed: options.seed ?? plan.seed ?? randomInt(2 ** 32),
      memoryLimit: available,
      ...(kept === null ? { threads: threadsFor(plan, options.threads) } : { kept, backend: "javascript" as const }),
      progress: building(plan, (share) => progress?.creating(share)),
    });
  } catch (error) {
    progress?.close();
    folder.abandon();
    // What only the values show: a population that does not fit into memory, a draw that never comes to lie between its bounds.
    const uncreated = creationProblem(plan, error);
    if (uncreated !== null) return fail([uncreated]);
    const problem = error instanceof WriteError ? error.message : refusalText(error);
    if (problem === null) throw error;
    return fail([], 1, problem);
  }

  const alone = oneThread(simulation, options);
  if (alone !== null && !options.quiet) say(terminal, alone);
  const empty = emptyProjections(plan, simulation).filter(
    (d) => !all.some((a) => a.code === d.code && a.primary.span.start === d.primary.span.start),
  );

  let stopCode = 0;
  const letGo = terminal.onInterrupt((code) => (stopCode = code));
  const wantsPreview = !options.quiet && terminal.watched;
  let recorded: RecordedRun;
  try {
    recorded = await recordRun(plan, simulation, folder, {
      about: {
        sources: project.filesRead(),
        settings: settingsOf(options),
        versions: { glif: packageVersion(), node: terminal.node },
      },
      figure: options.figure || wantsPreview,
      draw: options.figure ? async (figure) => (await import("../../figure/renderSvg.ts")).renderSvg(figure) : null,
      sonata,
      stopped: () => stopCode !== 0,
      progress: (n) => progress?.update(n),
      check: options.checkStep ? { memoryLimit: available, progress: (share) => progress?.checking(share) } : null,
      stiffly: () => planOf(withMethod(program, chosen.name, "rosenbrock"), chosen.name).plan,
      simulated: () => progress?.close(),
    });
  } finally {
    folder.release();
    letGo();
  }

  const { record, written, figure } = recorded;
  if (kept !== null && !options.quiet) say(terminal, `the module is kept in ${kept.path}`);
  const ending: Ending = record.run?.ending ?? { kind: "complete" };
  const stopped =
    ending.kind === "not-finite"
      ? stopDiagnostic(plan, ending, recorded)
      : ending.kind === "endless"
        ? endlessDiagnostic(plan, ending)
        : null;
  // One mistake, one message: a run that has left the numbers says so.
  const tooLong = stopped === null ? record.tooLong.map(tooLongDiagnostic) : [];
  if (!options.quiet) {
    if (empty.length > 0) showDiagnostics(terminal, empty);
    for (const warning of simulation.warnings.slice(simulation.rounded.length)) warn(terminal, warning);
    showDiagnostics(terminal, tooLong);
    const threads = kept === null && alone === null && hasThreads() ? (options.threads ?? 1) : 1;
    for (const line of summary(record, folder.path, written.files, {
      seedWasDrawn: options.seed === undefined && plan.seed === null,
      threads,
    }))
      say(terminal, line);
    if (wantsPreview && figure !== null) {
      const { renderBraille } = await import("../../figure/braille.ts");
      show(
        terminal,
        `\n${renderBraille(figure, Math.min(terminal.columns - 1, 100), Math.min(Math.max(8, terminal.rows - 12), 16), terminal.color.err)}`,
      );
    }
  }
  if (options.json)
    terminal.out(
      `${JSON.stringify(runJson(recorded, folder.path, distinct([...all, ...empty, ...tooLong, ...(stopped === null ? [] : [stopped])])), null, 2)}\n`,
    );
  if (stopped !== null) showDiagnostics(terminal, [stopped]);
  else if (ending.kind === "interrupted") complain(terminal, `interrupted; what there is, is in ${folder.path}`);
  else if (ending.kind === "out-of-memory")
    complain(
      terminal,
      `out of memory at t = ${timeText(timeOf(simulation.steps, simulation.dt))}; what there is, is in ${folder.path}`,
      ["record fewer variables, or make the network smaller"],
    );
  else if (ending.kind === "stopped") complain(terminal, ending.message);
  for (const problem of written.problems) complain(terminal, problem);
  if (ending.kind === "interrupted" || record.stepCheck?.problem === "interrupted") return stopCode;
  return ending.kind === "complete" && written.problems.length === 0 ? 0 : 1;
}

/** Of the connections' making, projection by projection in their order, the share that is done. */
function building(
  { projections }: SimulationPlan,
  tell: (share: number) => void,
): (done: number, total: number) => void {
  let made = 0;
  let last = { done: 0, total: Infinity };
  return (done, total) => {
    if (done < last.done || last.done >= last.total) made++;
    last = { done, total };
    tell(Math.min(1, (made + done / Math.max(1, total)) / projections.length));
  };
}

/** Why threads that were asked for do not come; null where they do. */
function oneThread({ alone }: Simulation, { threads = 1, keepModule }: RunCommandOptions): string | null {
  if (threads === 1) return null;
  if (keepModule !== undefined) return `--threads ${threads}: with --keep-module the run takes one thread`;
  return alone === null ? null : `--threads ${threads}: the run takes one thread: ${alone}`;
}

/** Those that were asked for, from the first step on; else one a core where they may pay, when they are there. */
function threadsFor(plan: SimulationPlan, asked: number | undefined): Threads {
  const neurons = plan.populations.reduce((sum, p) => sum + p.size, 0);
  const pays = neurons >= MANY_NEURONS && neurons * (plan.steps ?? 0) >= MUCH_WORK;
  const count = hasThreads() ? (asked ?? (pays ? Math.min(MOST_BY_ITSELF, availableParallelism()) : 1)) : 1;
  return { count, start: startThread, late: asked === undefined };
}

/** Fewer neurons have less to do between two meetings of threads than a meeting costs; neuron-steps that take longer than threads need to start. */
const MANY_NEURONS = 1000;
const MUCH_WORK = 5e7;
/** What more threads would win, memory does not give. */
const MOST_BY_ITSELF = 16;

/** Bytes that take some seconds to be laid out, while nothing else is told. */
const LONG_TO_MAKE = 4e8;

/** Bytes of recordings that people want to hear of before they are written. */
const WORTH_TELLING = 1e8;

/** Bytes on the disk that will hold the folder; null where the system does not tell. */
function freeSpace(folder: string): number | null {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = statfsSync(at);
      return bavail * bsize;
    } catch {
      // The folder is not there yet: the one it will be made in.
      if (at === dirname(at)) return null;
    }
  }
}

function withMethod(program: CheckedProgram, experiment: string, name: MethodName): CheckedProgram {
  return {
    ...program,
    experiments: program.experiments.map((e) =>
      e.name === experiment ? { ...e, method: { name, tolerance: null, origin: null } } : e,
    ),
  };
}

/** As they were written, for the manifest. */
function settingsOf({ set, duration, step }: RunCommandOptions): readonly string[] {
  return [
    ...set.map((text) => `--set ${text}`),
    ...(duration === undefined ? [] : [`--duration ${duration}`]),
    ...(step === undefined ? [] : [`--step ${step}`]),
  ];
}

/** Told at the condition or the equation that keeps a step from ending. */
function endlessDiagnostic(
  plan: SimulationPlan,
  { error }: Extract<Ending, { readonly kind: "endless" }>,
): Diagnostic | null {
  const population = plan.populations.find((p) => p.name === error.population);
  if (population === undefined) return null;
  const { spike, events, groups } = population;
  const conditions = [...(spike === null ? [] : [spike]), ...events];
  const equations = groups.flatMap((g) => g.equations);
  const origin =
    (error.kind === "substeps" ? equations.find((e) => e.state === error.what) : conditions[Math.max(0, error.index)])
      ?.origin ?? equations[0]?.origin;
  if (origin === undefined) return null;
  const neuron = population.lone ? population.name : `${population.name}[${error.neuron}]`;
  return endlessStep(origin, { kind: error.kind, neuron, what: error.what, time: error.time });
}

/** Told at the equation of the variable that left the numbers. */
function stopDiagnostic(
  plan: SimulationPlan,
  { error }: Extract<Ending, { readonly kind: "not-finite" }>,
  { record, mending }: RecordedRun,
): Diagnostic | null {
  const population = plan.populations.find((p) => p.name === error.population);
  const projection = plan.projections.find((p) => p.connection === error.population);
  const groups = population?.groups ?? projection?.groups ?? [];
  const group = groups.find((g) => g.states.includes(error.variable));
  const origin =
    group?.equations.find((e) => e.state === error.variable)?.origin ??
    groups[0]?.equations[0]?.origin ??
    projection?.origin;
  if (origin === undefined) return null;
  // What the look at the steps has found is the way out of this.
  const found = record.tooLong.find((f) => f.of === error.population);
  const enough = mending.tried ? mending.step : null;
  return notFinite(origin, {
    neuron: population?.lone === true ? population.name : error.place,
    variable: error.variable,
    unit: error.unit,
    time: error.time,
    value: error.value,
    lastValue: error.lastValue,
    tried: mending.tried,
    enough,
    way: mending.stiff ? "rosenbrock" : enough === null || found === undefined ? null : wayOf(found),
  });
}
