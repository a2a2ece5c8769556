// A checked fit as what the engine is asked, one problem a model: its plans, what is free in it, the recording, the parts of it that are seen and kept back.
import { evaluateRun } from "../compare/evaluate.ts";
import type { MeasureTask, Window } from "../compare/runData.ts";
import { decisive } from "../4-plan/decisive.ts";
import type { SimulationPlan, StimulusShape } from "../4-plan/plan.ts";
import { prepare, type PreparedCase, type PreparedComparison } from "../compare/prepare.ts";
import { recordingOf, type RecordingRuns } from "../compare/recordingData.ts";
import { outsideRecording, outsideRuns } from "../compare/windowsOutside.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { fitSpikesUnknown, fitUndefined, freeDecides } from "../diagnostics/fits.ts";
import { canonicalUnit, inUnit, parseUnit } from "../quantities/unit.ts";
import type { CheckedFit, CheckedSweep } from "../3-check/checked.ts";
import type { FitCase, FitProblem, FreeNumber, ObservedTrace } from "./problem.ts";
import { measureOfName, type Subject } from "../measures/catalogue.ts";
import { readsSpikes } from "./scoring.ts";

export interface PreparedFit {
  readonly fit: CheckedFit;
  readonly prepared: PreparedComparison;
  /** The recording, or the first of its sweeps that are seen. */
  readonly recording: RecordingRuns;
  /** In the order of training and test. */
  readonly recorded: readonly Recorded[];
  /** One a model, in their order. */
  readonly problems: readonly FitProblem[];
}

/** `fit` is null where the diagnostics hold an error. */
export function prepareFit(fit: CheckedFit): {
  readonly fit: PreparedFit | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { comparison, train, test } = fit;
  const { prepared, diagnostics: planned } = prepare(comparison);
  const { cases } = prepared;
  const { recorded, diagnostics: told } = recordedIn(fit, prepared);
  const recording = recorded?.[0]?.runs ?? null;
  const hasTraces = recording?.runs.some((run) => run.traces.length > 0) ?? false;
  const diagnostics = [
    ...planned,
    ...told,
    ...decisions(fit, cases),
    ...outsideRuns([...train, ...test], cases),
    ...outsideRecording([...train, ...test], hasTraces ? (recording?.runs ?? null) : null),
    ...(recording === null ? [] : unknownSpikes(fit, recording)),
  ];
  if (recorded === null || recording === null || cases.length === 0 || hasErrors(diagnostics))
    return { fit: null, diagnostics };
  const problems = comparison.variants.map((v, k) => problemOf(fit, recorded, k, v.label));
  const undefinedAims = problems.flatMap((problem) => tellUndefined(fit, problem));
  return {
    fit: undefinedAims.length > 0 ? null : { fit, prepared, recording, recorded, problems },
    diagnostics: [...diagnostics, ...undefinedAims],
  };
}

function problemOf(fit: CheckedFit, recorded: readonly Recorded[], variant: number, model: string): FitProblem {
  const own = recorded.flatMap((r) =>
    r.prepared.cases.flatMap((c) => (c.variant === variant ? [{ ...r, of: c }] : [])),
  );
  const firstSeed = own[0]?.of.firstSeed ?? 1;
  return {
    model,
    free: freeOf(fit, variant),
    cases: own.map(({ of: c, sweep, runs, isKept }): FitCase => ({
      experiment: sweep === null ? c.case.experiment.name : `${c.case.experiment.name}, sweep ${sweep}`,
      plan: c.plan,
      program: c.program,
      random: c.random,
      data: runs.runs,
      observed: observedIn(c.plan, runs),
      train: isKept ? [] : fit.train.length > 0 ? windowsOf(fit.train) : [everything(c, runs)],
      test: isKept ? [everything(c, runs)] : windowsOf(fit.test),
    })),
    terms: fit.comparison.measures.map((m, k) => ({ text: m.text, measure: m.name, weight: fit.weights[k] ?? 1 })),
    seeds: Array.from({ length: fit.comparison.seeds }, (_, k) => firstSeed + k),
    evaluations: fit.evaluations,
  };
}

/** The recording, or one of its sweeps, with what was put in then. */
export interface Recorded {
  /** Null where sweeps are not told apart. */
  readonly sweep: number | null;
  readonly prepared: PreparedComparison;
  readonly runs: RecordingRuns;
  /** All of it is kept back. */
  readonly isKept: boolean;
}

const READ: readonly Subject[] = ["pair of traces", "trace"];

function recordedIn(
  { trainSweeps, testSweeps }: CheckedFit,
  prepared: PreparedComparison,
): { readonly recorded: readonly Recorded[] | null; readonly diagnostics: readonly Diagnostic[] } {
  const sweeps = trainSweeps.length + testSweeps.length === 0 ? [null] : [...trainSweeps, ...testSweeps];
  const recorded: Recorded[] = [];
  const diagnostics = new Map<string, Diagnostic>();
  for (const sweep of sweeps) {
    const own = sweep === null ? prepared : atSweep(prepared, sweep);
    const read = recordingOf(own, READ);
    for (const d of read?.diagnostics ?? []) diagnostics.set(`${d.code} ${d.message}`, d);
    if (read?.recording != null)
      recorded.push({
        sweep,
        prepared: own,
        runs: read.recording,
        isKept: sweep !== null && testSweeps.includes(sweep),
      });
  }
  return { recorded: recorded.length < sweeps.length ? null : recorded, diagnostics: [...diagnostics.values()] };
}

/** The comparison with one sweep of its recording: what an experiment takes from that file, or from another that counts this sweep, is that of the same sweep. */
export function atSweep(prepared: PreparedComparison, sweep: number): PreparedComparison {
  const { comparison, cases } = prepared;
  const { reference } = comparison;
  if (reference?.kind !== "recording") return prepared;
  const shapeAt = (shape: StimulusShape): StimulusShape =>
    shape.shape === "samples" ? { ...shape, ...shape.sweeps?.get(sweep) } : shape;
  const planAt = (plan: SimulationPlan): SimulationPlan => ({
    ...plan,
    populations: plan.populations.map((p) => ({
      ...p,
      inputs: p.inputs.map((input) => ({ ...input, shapes: input.shapes.map(shapeAt) })),
    })),
  });
  return {
    ...prepared,
    comparison: { ...comparison, reference: { ...reference, sweep } },
    cases: cases.map((c) => ({ ...c, plan: planAt(c.plan) })),
  };
}

/** What of the lone neuron was recorded under its own name. An input's column is what was put in, to which a model adds currents of its own: it is no answer. */
function observedIn({ populations: [only] }: SimulationPlan, { runs: [run] }: RecordingRuns): ObservedTrace[] {
  if (only === undefined) return [];
  const names = [...new Set(run?.traces.map((t) => t.variable))];
  return names.flatMap((name): ObservedTrace[] => {
    const variable = [...only.states, ...only.observables].find((v) => v.name === name);
    const unit = variable === undefined ? null : parseUnit(variable.shown.unit === "" ? "1" : variable.shown.unit);
    const recorded = run?.traces.find((t) => t.variable === name);
    return only.inputs.some((i) => i.name === name) ||
      unit === null ||
      !("unit" in unit) ||
      canonicalUnit(unit.unit.dimension).text !== recorded?.unit
      ? []
      : [{ population: only.name, variable: name, recorded: name }];
  });
}

function windowsOf(windows: readonly Window[]): Window[] {
  return windows.map(({ from, until }) => ({ from, until }));
}

/** What was both run and recorded. */
function everything({ program: { steps, step } }: PreparedCase, { runs: [run] }: RecordingRuns): Window {
  const until = steps * step;
  return run === undefined || run.traces.length === 0
    ? { from: 0, until }
    : { from: Math.max(0, run.from), until: Math.min(until, run.until) };
}

/** Sweeps that are free numbers of the variant. */
export function freeSweeps({ comparison }: CheckedFit, variant: number): readonly CheckedSweep[] {
  return comparison.sweeps.filter((s) => s.cases.some((c) => comparison.cases[c]?.variant === variant));
}

function freeOf(fit: CheckedFit, variant: number): FreeNumber[] {
  return freeSweeps(fit, variant).map(({ name, setup, unit, values, cases, outside }): FreeNumber => {
    const [lower = 0, upper = 0] = values.kind === "values" ? values.values : [];
    const here = cases.flatMap((c, k) => {
      const own = fit.comparison.cases[c]?.variant === variant ? outside[k] : undefined;
      return own === undefined ? [] : [own.isOwn ? own.value : null];
    });
    const [own = null] = new Set(here).size === 1 ? here : [];
    return {
      name,
      setup,
      unit: { text: unit.text === "1" ? "" : unit.text, scale: inUnit(1, unit) },
      lower,
      upper,
      logarithmic: values.kind === "values" && values.scale === "logarithmic",
      own: own !== null && own >= lower && own <= upper ? own : null,
    };
  });
}

/** All candidates are run together. */
function decisions({ comparison }: CheckedFit, cases: readonly PreparedCase[]): readonly Diagnostic[] {
  const deciding = cases.map((c) => decisive(c.case.experiment));
  return comparison.sweeps.flatMap(({ name, setup, origin }) =>
    deciding.some((d) => d.has(setup)) ? [freeDecides(origin, { name })] : [],
  );
}

function unknownSpikes(
  { comparison: { measures } }: CheckedFit,
  { runs: [run] }: RecordingRuns,
): readonly Diagnostic[] {
  const why = run?.recorded?.unknown ?? null;
  return why === null
    ? []
    : measures
        .filter((m) => readsSpikes(m.name))
        .map((m) => fitSpikesUnknown(m.origin, { measure: m.name, why: shortened(why) }));
}

/** Measures that have no value under any experiment, whatever the numbers are. */
function tellUndefined({ comparison }: CheckedFit, problem: FitProblem): readonly Diagnostic[] {
  return comparison.measures.flatMap(({ name, origin }, k) => {
    const reasons = problem.cases.map(({ program, data }) => {
      const task = program.tasks[k] as MeasureTask;
      const [first] = data;
      if (task.impossible !== null || first === undefined) return task.impossible;
      // What repeats have to do with each other does not depend on the model.
      if (data.length > 1 || measureOfName(name)?.of !== "repeats") return null;
      const [own] = evaluateRun(first, [{ ...task, together: false }], { runs: data, repeats: data });
      return own?.value === null ? own.because : null;
    });
    const [why] = reasons;
    return why == null || reasons.includes(null)
      ? []
      : [fitUndefined(origin, { measure: name, model: problem.model, why })];
  });
}

/** The first sentence's reason, without what follows it. */
function shortened(why: string): string {
  return why.split(";")[0] ?? why;
}
