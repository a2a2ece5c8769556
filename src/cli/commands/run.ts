// glif run: an experiment from its file to spikes, traces, a figure and a manifest.
import { randomInt } from "node:crypto";
import { totalmem } from "node:os";
import { planOf, targetsOf } from "../../compile.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { notFinite } from "../../diagnostics/run.ts";
import type { SimulationPlan } from "../../4-plan/plan.ts";
import type { CheckedExpr, CheckedProgram } from "../../3-check/checked.ts";
import { diagnosticsToJson } from "../../render/json.ts";
import type { Simulation } from "../../runtime/simulation.ts";
import { instantiate } from "../../simulate/load.ts";
import { endingReason, type RunRecord } from "../../simulate/manifest.ts";
import { memoryProblem } from "../../simulate/memoryNeeded.ts";
import { openOutFolder } from "../../simulate/outFolder.ts";
import { writeResults } from "../../simulate/results.ts";
import { runSimulation, type Ending } from "../../simulate/run.ts";
import { populationStatistics } from "../../simulate/spikeStatistics.ts";
import { exampleExperiment } from "../exampleExperiment.ts";
import { chooseName, concerning, distinct, openModel } from "../model.ts";
import { packageVersion } from "../package.ts";
import type { RunCommandOptions } from "../program.ts";
import { progressOf } from "../progress.ts";
import { runJson, summary } from "../summary.ts";
import { complain, say, showDiagnostics, warn } from "../talk.ts";
import type { Terminal } from "../terminal.ts";
import { timeOption } from "../timeOption.ts";

export async function run(file: string, experiment: string | null, options: RunCommandOptions, terminal: Terminal): Promise<number> {
  const fail = (diagnostics: readonly Diagnostic[], code = 1, problem: string | null = null, help: readonly string[] = []): number => {
    showDiagnostics(terminal, diagnostics);
    if (problem !== null) complain(terminal, problem, help);
    if (options.json) {
      const errors = diagnostics.filter((d) => d.severity === "error").length;
      const reason = problem ?? (errors === 1 ? "there is 1 error" : `there are ${errors} errors`);
      terminal.out(`${JSON.stringify({ complete: false, reason, errors, warnings: diagnostics.length - errors, diagnostics: diagnosticsToJson(diagnostics) }, null, 2)}\n`);
    }
    return code;
  };

  const times = timesOf(options);
  if (times.diagnostics.length > 0) return fail(times.diagnostics);
  const model = await openModel(file, terminal, experiment, options.set);
  const { project, program, diagnostics } = model;
  if (project === null || program === null) return fail(diagnostics);
  const { experiments, neurons } = targetsOf(program);
  const chosen = chooseName(experiment, experiments, "experiment", file);
  if ("problem" in chosen) {
    const neuron = program.neurons.find((n) => n.name === (experiment ?? neurons[0]));
    const wantsExample = neuron !== undefined && (experiments.length === 0 || neurons.includes(experiment ?? ""));
    return fail([], 2, chosen.problem, wantsExample ? [`an experiment says how long to run, what to put in and what to record; add one to ${file}:\n\n${exampleExperiment(neuron)}`] : []);
  }

  const planned = planOf(withTimes(program, chosen.name, times), chosen.name);
  const all = distinct([...concerning(chosen.name, model), ...planned.diagnostics]);
  const { plan } = planned;
  if (plan === null || plan.steps === null || hasErrors(all)) return fail(all);
  if (!options.quiet) showDiagnostics(terminal, all);
  const needed = memoryProblem(plan, 0.9 * totalmem());
  if (needed !== null) return fail([], 1, needed);

  const seed = options.seed ?? plan.seed ?? randomInt(2 ** 32);
  let simulation: Simulation;
  try {
    simulation = instantiate(plan, { seed });
  } catch (error) {
    // What only the values show: a population that does not fit into memory, a refractory period below 0.
    if (error instanceof RangeError) return fail([], 1, error.message);
    throw error;
  }
  const inputs = project.filesRead().flatMap((read) => (read.realPath === null ? [] : [read.realPath]));
  const folder = openOutFolder(options.out ?? null, plan.name, terminal.cwd, inputs);
  if ("problem" in folder) return fail([], folder.refused ? 2 : 1, folder.problem);

  let stopCode = 0;
  const release = terminal.onInterrupt((code) => (stopCode = code));
  const progress = options.quiet ? null : progressOf(terminal, plan.steps, plan.step);
  const finished = await runSimulation(simulation, plan.steps, { stopped: () => stopCode !== 0, progress: (n) => progress?.update(n) });
  progress?.close();

  const record: RunRecord = {
    plan,
    simulation,
    run: finished,
    statistics: populationStatistics(simulation, plan.spikesOf),
    sources: project.filesRead(),
    settings: settingsOf(options),
    versions: { glif: packageVersion(), node: terminal.node },
  };
  const wantsPreview = !options.quiet && terminal.watched;
  const figure = options.figure || wantsPreview ? (await import("../../simulate/figureOf.ts")).figureOf(plan, simulation) : null;
  const svg = options.figure && figure !== null ? (await import("../../figure/renderSvg.ts")).renderSvg(figure) : null;
  const written = writeResults(folder, record, svg);
  release();

  const stopped = finished.ending.kind === "not-finite" ? stopDiagnostic(plan, finished.ending) : null;
  if (!options.quiet) {
    for (const warning of simulation.warnings) warn(terminal, warning);
    for (const line of summary(record, folder.path, written.files, options.seed === undefined && plan.seed === null)) say(terminal, line);
    if (wantsPreview && figure !== null) {
      const { renderBraille } = await import("../../figure/braille.ts");
      say(terminal, `\n${renderBraille(figure, Math.min(terminal.columns - 1, 100), Math.min(Math.max(8, terminal.rows - 12), 16), terminal.color.err)}`);
    }
  }
  if (options.json) terminal.out(`${JSON.stringify(runJson(record, folder.path, written, distinct([...all, ...(stopped === null ? [] : [stopped])])), null, 2)}\n`);
  if (stopped !== null) showDiagnostics(terminal, [stopped]);
  else if (finished.ending.kind === "interrupted") complain(terminal, `interrupted; what there is, is in ${folder.path}`);
  else if (finished.ending.kind === "out-of-memory") complain(terminal, endingReason(finished.ending) ?? "", ["record fewer neurons, or `every` some ms"]);
  for (const problem of written.problems) complain(terminal, problem);
  if (finished.ending.kind === "interrupted") return stopCode;
  return finished.ending.kind === "complete" && written.problems.length === 0 ? 0 : 1;
}

interface Times {
  readonly duration: CheckedExpr | null;
  readonly step: CheckedExpr | null;
  readonly diagnostics: readonly Diagnostic[];
}

function timesOf(options: RunCommandOptions): Times {
  const [duration, step] = (["--duration", "--step"] as const).map((option) => {
    const text = option === "--duration" ? options.duration : options.step;
    return text === undefined ? null : timeOption(option, text);
  });
  const diagnostics = [duration, step].flatMap((t) => (t != null && "diagnostic" in t ? [t.diagnostic] : []));
  const expression = (t: typeof duration): CheckedExpr | null => (t != null && "expression" in t ? t.expression : null);
  return { duration: expression(duration), step: expression(step), diagnostics };
}

/** The program with the times of the command line in the place of the experiment's own. */
function withTimes(program: CheckedProgram, name: string, { duration, step }: Times): CheckedProgram {
  const experiments = program.experiments.map((e) => (e.name === name ? { ...e, duration: duration ?? e.duration, step: step ?? e.step } : e));
  return { ...program, experiments };
}

/** As they were written, for the manifest. */
function settingsOf({ set, duration, step }: RunCommandOptions): readonly string[] {
  return [...set.map((text) => `--set ${text}`), ...(duration === undefined ? [] : [`--duration ${duration}`]), ...(step === undefined ? [] : [`--step ${step}`])];
}

/** Told at the equation of the variable that left the numbers. */
function stopDiagnostic(plan: SimulationPlan, { error }: Extract<Ending, { readonly kind: "not-finite" }>): Diagnostic | null {
  const population = plan.populations.find((p) => p.name === error.population);
  const group = population?.groups.find((g) => g.states.includes(error.variable));
  const origin = group?.equations.find((e) => e.state === error.variable)?.origin ?? population?.groups[0]?.equations[0]?.origin;
  if (population === undefined || origin === undefined) return null;
  return notFinite(origin, {
    neuron: population.lone ? population.name : `${population.name}[${error.neuron}]`,
    variable: error.variable,
    unit: error.unit,
    time: error.time,
    value: error.value,
    lastValue: error.lastValue,
    step: plan.step,
    method: group?.method ?? null,
  });
}
