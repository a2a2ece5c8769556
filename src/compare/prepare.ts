// What has to be known of a comparison before anything runs: the plan of each case, whether seeds matter for it, what it records and which measures can be taken of it.
import { number } from "../algebra/expression.ts";
import { append } from "../base/lists.ts";
import { planSimulation } from "../4-plan/planSimulation.ts";
import type { PopulationPlan, RecordPlan, ShownUnit, SimulationPlan } from "../4-plan/plan.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import type { CheckedCase, CheckedComparison, CheckedMeasure } from "../3-check/checked.ts";
import { measureOfName, type Subject } from "../measures/catalogue.ts";
import { wholeSteps } from "../measures/tally.ts";
import { canonicalUnit, parseUnit } from "../quantities/unit.ts";
import type { RecordRequest } from "../runtime/recording.ts";
import { isRandom } from "./isRandom.ts";
import { outsideRuns } from "./windowsOutside.ts";
import type { CaseProgram, MeasuredRequest, MeasureTask } from "./runData.ts";

export interface PreparedComparison {
  readonly comparison: CheckedComparison;
  readonly cases: readonly PreparedCase[];
  /** Names of the experiments, in the order in which the cases bring them. */
  readonly experiments: readonly string[];
  /** Number of the variant that the others are held against. */
  readonly baseline: number;
  /** What distances are taken to: the baseline's runs, or the recording. */
  readonly reference: "variant" | "recording";
}

export interface PreparedCase {
  readonly case: CheckedCase;
  readonly variant: number;
  /** Place among the experiments. */
  readonly experiment: number;
  /** Records everything that the measures and the figure need. */
  readonly plan: SimulationPlan;
  readonly program: CaseProgram;
  /** Whether its seed matters. */
  readonly random: boolean;
  /** One neuron by itself. */
  readonly lone: boolean;
  readonly firstSeed: number;
}

/** `cases` is empty where the diagnostics hold an error. */
export function prepare(comparison: CheckedComparison): {
  readonly prepared: PreparedComparison;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const experiments = [...new Set(comparison.cases.map((c) => c.under))];
  const cases = comparison.cases.flatMap((c): PreparedCase[] => {
    const planned = planSimulation(c.experiment);
    append(diagnostics, planned.diagnostics);
    return planned.plan === null ? [] : [prepareCase(c, planned.plan, experiments.indexOf(c.under), comparison)];
  });
  append(diagnostics, outsideRuns(comparison.windows, cases));
  const { reference } = comparison;
  const prepared: PreparedComparison = {
    comparison,
    cases: hasErrors(diagnostics) ? [] : cases,
    experiments,
    baseline: reference?.kind === "variant" ? reference.variant : 0,
    reference: reference?.kind === "recording" ? "recording" : "variant",
  };
  return { prepared, diagnostics };
}

/** The same case with another plan: where what is swept decides the clock or the sizes, each point has its own. */
export function prepareCase(
  c: CheckedCase,
  plan: SimulationPlan,
  experiment: number,
  { measures, windows }: Pick<CheckedComparison, "measures" | "windows">,
): PreparedCase {
  const lone = plan.populations.length === 1 && plan.populations[0]?.lone === true;
  const asked = measures.map((m, k) => taskOf(m, k, c, plan, lone));
  const isSwept = measures.some((m) => subjectOf(m) === "sweep");
  // What is taken of a sweep is taken of its rates.
  const tasks = isSwept
    ? [
        ...asked,
        {
          measure: asked.length,
          name: "rate",
          parameters: {},
          population: null,
          variable: null,
          together: false,
          impossible: null,
        },
      ]
    : asked;
  const measured = tasks.flatMap((task) => requestsOf(task, plan));
  const drawn = drawnOf(plan, lone);
  const extra = [...measured, ...drawn].map(({ population, variable, first, last, every }): RecordPlan => ({
    population,
    variables: [variable],
    first,
    last,
    whole: false,
    every,
    interval: number(every * plan.step),
  }));
  return {
    case: c,
    variant: c.variant,
    experiment,
    plan: { ...plan, records: [...plan.records, ...extra] },
    program: {
      step: plan.step,
      steps: plan.steps ?? 0,
      measured,
      drawn,
      sources: plan.populations.filter((p) => p.source !== null).map((p) => p.name),
      spikesOf: plan.spikesOf,
      tasks,
      windows: windows.map(({ from, until }) => ({ from, until })),
    },
    random: isRandom(plan),
    lone,
    firstSeed: c.experiment.seed ?? 1,
  };
}

export function subjectOf(measure: Pick<CheckedMeasure, "name">): Subject | null {
  return measureOfName(measure.name)?.of ?? null;
}

/** It says how far a run is from the reference, so that one of the reference must be there. */
export function isAgainstReference(measure: Pick<CheckedMeasure, "name">): boolean {
  const of = subjectOf(measure);
  return of === "pair of trains" || of === "pair of traces" || of === "repeats";
}

function taskOf(measure: CheckedMeasure, k: number, c: CheckedCase, plan: SimulationPlan, lone: boolean): MeasureTask {
  const population = lone ? null : measure.population;
  const place = c.measured[k] ?? null;
  const record = place === null ? undefined : plan.asked[place];
  const variable =
    record === undefined
      ? null
      : {
          population: record.population,
          neuron: subjectOf(measure) === "traces" ? null : record.first,
          name: record.variables[0] ?? "",
        };
  const missing =
    measure.variable === null || (variable !== null && (variable.neuron === null || record?.first === record?.last))
      ? null
      : variable === null
        ? `${plan.subject} has no ${measure.variable}`
        : `${measure.variable} is of several neurons, and ${measure.name} of one: ${variable.population}[0].${variable.name}`;
  const nowhere =
    population !== null && !plan.populations.some((p) => p.name === population)
      ? `${plan.subject} has no population ${population}`
      : null;
  const bin = measure.parameters.get("bin");
  // Spikes on the grid fall into bins of whole steps: others hold now one step more, now one less.
  const whole = bin === undefined || plan.precise ? {} : { bin: wholeSteps(bin, plan.step) * plan.step };
  return {
    measure: k,
    name: measure.name,
    parameters: { ...Object.fromEntries(measure.parameters), ...whole },
    population,
    variable,
    together: measureOfName(measure.name)?.together === true && isRandom(plan),
    impossible: missing ?? nowhere,
  };
}

function variableIn(population: PopulationPlan | undefined, name: string): { readonly shown: ShownUnit } | undefined {
  return population === undefined
    ? undefined
    : [...population.states, ...population.observables].find((v) => v.name === name);
}

function requestsOf({ variable, impossible }: MeasureTask, plan: SimulationPlan): readonly MeasuredRequest[] {
  if (variable === null || impossible !== null) return [];
  const population = plan.populations.find((p) => p.name === variable.population);
  const size = population?.size ?? 0;
  const { neuron } = variable;
  const shown = variableIn(population, variable.name)?.shown;
  if (shown === undefined || size === 0 || (neuron !== null && neuron >= size)) return [];
  const unit = parseUnit(shown.unit === "" ? "1" : shown.unit);
  return [
    {
      population: variable.population,
      variable: variable.name,
      first: neuron ?? 0,
      last: neuron ?? size - 1,
      every: 1,
      unit: "unit" in unit ? canonicalUnit(unit.unit.dimension).text : shown.unit,
      multiply: shown.multiply,
      divide: shown.divide,
    },
  ];
}

/** Neurons of one variable that are drawn: more curves could not be told apart. */
const FEW = 3;
/** Samples of one curve. */
const MOST_SAMPLES = 20_000;

/** What the experiment records, of the first few neurons; of a lone neuron that records nothing its first state. */
function drawnOf(plan: SimulationPlan, lone: boolean): readonly RecordRequest[] {
  const [first] = plan.populations;
  const sparse = (every: number): number => Math.max(every, Math.ceil((plan.steps ?? 0) / MOST_SAMPLES));
  const recorded = plan.records.flatMap((r) =>
    r.variables.map((variable): RecordRequest => ({
      population: r.population,
      variable,
      first: r.first,
      last: Math.min(r.last, r.first + FEW - 1),
      every: sparse(r.every),
    })),
  );
  const state = first?.states[0];
  if (recorded.length === 0 && lone && first !== undefined && state !== undefined)
    return [{ population: first.name, variable: state.name, first: 0, last: 0, every: sparse(1) }];
  return recorded;
}
