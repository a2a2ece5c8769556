// Runs in which the recorded spikes take the place of the model's own: what lies between them is then smooth in the numbers, and how near the model's own condition comes to being true says what the spikes tell.
import { call, number, symbol, type Expr } from "../algebra/expression.ts";
import { affineIn } from "../4-plan/affineIn.ts";
import { inputSymbol, shapeSymbol } from "../4-plan/symbols.ts";
import { assignedBy, drawsIn } from "../4-plan/plan.ts";
import type { InputPlan, PopulationPlan, SimulationPlan, SpikePlan, UpdateGroup } from "../4-plan/plan.ts";
import type { RunData, TraceData } from "../compare/runData.ts";
import { stepsIn, timeOf } from "../runtime/clock.ts";
import type { RecordRequest } from "../runtime/recording.ts";
import { numbersIn, reachedFrom } from "./dependence.ts";
import { marginOf } from "./margin.ts";
import type { FitCase, FitProblem, ObservedTrace } from "./problem.ts";

/** One repeat of a case, driven by its spikes. */
export interface ForcedRun {
  readonly case: number;
  readonly plan: SimulationPlan;
  readonly steps: number;
  /** What can be read of it: the observed variables, and the margin where there is one. */
  readonly reads: { readonly traces: readonly RecordRequest[]; readonly margin: readonly RecordRequest[] };
  readonly traces: readonly { readonly observed: ObservedTrace; readonly data: TraceData }[];
  /** Steps at whose end the recording spikes. */
  readonly spikes: readonly number[];
}

/** The forced runs of a problem and what can be had of them; or why there are none. */
export interface Forced {
  readonly runs: readonly ForcedRun[];
  /** Places of the numbers that the observed traces hang on, of those that only the spike condition does, and of those that are rounded to steps. */
  readonly membrane: readonly number[];
  readonly threshold: readonly number[];
  readonly stepwise: readonly number[];
  /** The model spikes, and is driven by the recorded spikes; one that does not is as it is. */
  readonly spikes: boolean;
  /** The margin is the logarithm of a rate. */
  readonly isRate: boolean;
  /** A membrane potential whose equation bends in it, and makes the upstroke; null where there is none. */
  readonly bent: string | null;
}

const FORCED = "recorded spikes";
const MARGIN = "margin of the spike condition";

/** Repeats without a trace of their own of which spikes are taken. */
const MOST_REPEATS = 2;

export function forcedOf(problem: FitProblem): Forced | { readonly none: string } {
  const [first] = problem.cases;
  if (first === undefined) return { none: "there is no experiment" };
  const runs: ForcedRun[] = [];
  const membrane = new Set<number>();
  const reached = new Set<number>();
  const stepwise = new Set<number>();
  let [isSpiking, isRate, bent]: [boolean, boolean, string | null] = [false, false, null];
  for (const [k, fit] of problem.cases.entries()) {
    const { plan } = fit;
    const none = whyNone(plan);
    if (none !== null) return { none };
    const population = plan.populations[0] as PopulationPlan;
    const { spike } = population;
    const margin = spike === null ? null : marginExpression(spike);
    isSpiking ||= spike !== null;
    isRate ||= spike?.mode === "rate";
    // Without spikes there is no upstroke that could run away.
    bent ??= spike === null ? null : bentPotential(population);
    const reaches = (o: ObservedTrace): readonly number[] =>
      numbersIn(problem.free, reachedFrom(plan, [observableOf(population, o.variable)]));
    // A trace that hangs on nothing that is sought, the current that was put in, tells nothing of it.
    const observed = fit.observed.filter(
      (o) => fit.data.some((run) => traceFor(run, o) !== null) && reaches(o).length > 0,
    );
    for (const n of observed.flatMap(reaches)) membrane.add(n);
    if (margin !== null) for (const n of numbersIn(problem.free, reachedFrom(plan, [margin]))) reached.add(n);
    const periods = population.refractory === null ? [] : [population.refractory.duration];
    for (const n of numbersIn(problem.free, reachedFrom(plan, periods))) stepwise.add(n);
    runs.push(...runsOf(fit, k, observed, margin));
  }
  if (runs.length === 0) return { none: "the data has neither a trace nor spikes" };
  const without = (numbers: Iterable<number>, ...others: ReadonlySet<number>[]): number[] =>
    [...numbers].filter((n) => others.every((o) => !o.has(n))).sort((a, b) => a - b);
  return {
    runs,
    membrane: without(membrane, stepwise),
    threshold: without(reached, membrane, stepwise),
    stepwise: without(stepwise),
    spikes: isSpiking,
    isRate,
    bent,
  };
}

function whyNone(plan: SimulationPlan): string | null {
  const [population, ...others] = plan.populations;
  if (population === undefined || others.length > 0 || plan.projections.length > 0 || population.size !== 1)
    return "it is a network, in which spikes have more than one effect";
  if (plan.precise) return "its spikes are located inside the step";
  if (population.noises.length > 0) return "noise moves it between spikes";
  if (population.pasts.length > 0) return "it reads its states as they were, before those spikes too";
  if (drawsIn(assignedBy(population)).length > 0) return "its events draw random numbers";
  if (population.spike?.mode === "crossing") return "it makes its spikes by itself: nothing is reset";
  return null;
}

/** A potential that runs up by itself waits for the recorded spike where its own would have been: it does not run away, and where it waits long it is far from the data. */
function clamped(population: PopulationPlan): PopulationPlan {
  const bent = bentPotential(population);
  const { spike } = population;
  if (bent === null || spike === null || spike.mode === "rate") return population;
  const still = <Group extends UpdateGroup>(group: Group): Group => ({
    ...group,
    equations: group.equations.map((e) =>
      e.state !== bent
        ? e
        : {
            ...e,
            drift: {
              kind: "conditional",
              condition: spike.condition,
              then: number(0),
              otherwise: e.drift,
            } satisfies Expr,
          },
    ),
  });
  return {
    ...population,
    groups: population.groups.map(still),
    heldGroups: population.heldGroups?.map(still) ?? null,
  };
}

/** A membrane potential whose equation is not affine in it. */
function bentPotential({ states, groups }: PopulationPlan): string | null {
  const potentials = new Set(states.filter((s) => s.unit === "mV").map((s) => s.name));
  const equations = groups.flatMap((g) => g.equations);
  return equations.find((e) => potentials.has(e.state) && affineIn(e.drift, potentials) === null)?.state ?? null;
}

function marginExpression(spike: SpikePlan): Expr | null {
  return spike.mode === "rate" ? call("log", spike.rate) : marginOf(spike.condition);
}

function observableOf(population: PopulationPlan, name: string): Expr {
  return population.observables.find((o) => o.name === name)?.value ?? symbol(name);
}

export function traceFor({ traces }: RunData, { recorded }: ObservedTrace): TraceData | null {
  return traces.find((t) => t.variable === recorded) ?? null;
}

/** A trace that several repeats share is one. */
function runsOf(
  fit: FitCase,
  k: number,
  observed: readonly ObservedTrace[],
  margin: Expr | null,
): readonly ForcedRun[] {
  const seen = new Set<TraceData["y"]>();
  const all = fit.data.flatMap((run): ForcedRun[] => {
    const traces = observed.flatMap((o) => {
      const data = traceFor(run, o);
      return data === null || seen.has(data.y) ? [] : [{ observed: o, data }];
    });
    if (observed.length > 0 && traces.length === 0) return [];
    for (const { data } of traces) seen.add(data.y);
    const times = spikesIn(
      run,
      traces.map((t) => t.data),
    );
    return times === null ? [] : [forcedRun(fit, k, traces, times, margin)];
  });
  return observed.length > 0 ? all : all.slice(0, MOST_REPEATS);
}

/** ms: where the trace itself spikes, since a list may be of another repeat; null where nothing is known of spikes. */
function spikesIn(run: RunData, traces: readonly TraceData[]): readonly number[] | null {
  const level = run.recorded?.level ?? Infinity;
  for (const { t, y, unit } of traces) {
    if (unit !== "mV") continue;
    const times: number[] = [];
    for (let k = 1; k < y.length; k++)
      if ((y[k - 1] as number) < level && (y[k] as number) >= level) times.push(t[k] as number);
    if (times.length > 0) return times;
  }
  if (run.recorded?.unknown != null) return traces.length > 0 ? [] : null;
  return run.populations.flatMap((p) => (p.isSource ? [] : [...p.times]));
}

function forcedRun(
  fit: FitCase,
  k: number,
  traces: ForcedRun["traces"],
  times: readonly number[],
  margin: Expr | null,
): ForcedRun {
  const { plan } = fit;
  const population = plan.populations[0] as PopulationPlan;
  const steps = fit.program.steps;
  const spikes = times.map((t) => stepsIn(t, plan.step)).filter((n) => n > 0 && n <= steps);
  const forced = drivenBy(population, spikes, plan.step);
  const read = (variable: string): RecordRequest => ({
    population: population.name,
    variable,
    first: 0,
    last: 0,
    every: 1,
  });
  // Under names of their own: canonical, whatever unit the model shows them in.
  const asked = [
    ...traces.map(({ observed }, i) => ({ name: `observed ${i}`, value: observableOf(population, observed.variable) })),
    ...(margin === null ? [] : [{ name: MARGIN, value: margin }]),
  ];
  return {
    case: k,
    plan: asked.reduce<SimulationPlan>((made, { name, value }) => recordingAlso(made, name, value, 1), {
      ...plan,
      populations: [forced],
    }),
    reads: {
      traces: traces.map((_, i) => read(`observed ${i}`)),
      margin: margin === null ? [] : [read(MARGIN)],
    },
    steps,
    traces,
    spikes,
  };
}

/** The neuron whose spikes are those of the recording; one that has none is as it is. */
function drivenBy(population: PopulationPlan, spikes: readonly number[], dt: number): PopulationPlan {
  if (population.spike === null) return population;
  const spike: SpikePlan = {
    ...population.spike,
    mode: "level",
    condition: { kind: "compare", operator: ">", left: symbol(inputSymbol(FORCED)), right: number(0.5) },
  };
  return { ...clamped(population), inputs: [...population.inputs, forcedInput(spikes, dt)], spike };
}

/** 1 during the steps at whose end the recording spikes, else 0. */
function forcedInput(spikes: readonly number[], dt: number): InputPlan {
  const all = new Set(spikes);
  const marks = new Map<number, number>();
  for (const n of all) {
    marks.set(n - 1, 1);
    if (!all.has(n + 1)) marks.set(n, 0);
  }
  const ordered = [...marks].sort(([a], [b]) => a - b);
  const shape = shapeSymbol(FORCED);
  return {
    name: FORCED,
    unit: "1",
    shown: { unit: "", multiply: 1, divide: 1 },
    doc: "",
    stimulus: symbol(shape),
    shapes: [
      {
        symbol: shape,
        shape: "samples",
        path: FORCED,
        times: ordered.map(([n]) => timeOf(n, dt)),
        values: ordered.map(([, v]) => v),
        sweeps: null,
        each: null,
      },
    ],
    timed: true,
    perNeuron: false,
  };
}

/** The plan of a lone neuron in which this expression is recorded as well, every so many steps. */
export function recordingAlso(plan: SimulationPlan, name: string, value: Expr, every: number): SimulationPlan {
  const shown = { unit: "", multiply: 1, divide: 1 };
  return {
    ...plan,
    populations: plan.populations.map((p, k) =>
      k > 0 ? p : { ...p, observables: [...p.observables, { name, kind: "other", shown, value }] },
    ),
    records: [
      ...plan.records,
      {
        population: plan.populations[0]?.name ?? "",
        variables: [name],
        first: 0,
        last: 0,
        whole: false,
        every,
        interval: number(every * plan.step),
      },
    ],
  };
}
