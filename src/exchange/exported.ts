// What goes out: an experiment as it was checked, with its units, beside the plan of it, whose methods, sizes and places of synaptic states are those of a run.
import { evaluate } from "../algebra/evaluate.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import type { Expr } from "../algebra/expression.ts";
import { present } from "../base/invariant.ts";
import type { SourceText } from "../base/source.ts";
import type {
  CheckedExperiment,
  CheckedExpr,
  CheckedPopulation,
  CheckedProjection,
  CheckedQuantity,
} from "../3-check/checked.ts";
import { elementary } from "../4-plan/elementary.ts";
import type { PopulationPlan, ProjectionPlan, SimulationPlan } from "../4-plan/plan.ts";
import { placeStates } from "../4-plan/place.ts";
import { lowerSetup } from "../4-plan/setup.ts";
import { studySynapse, type SynapseStudy } from "../4-plan/synapse.ts";
import { NEURON, STEP, TIME, setupSymbol } from "../4-plan/symbols.ts";

export interface ExportModel {
  readonly experiment: CheckedExperiment;
  readonly plan: SimulationPlan;
  /** In the order of the text. */
  readonly populations: readonly ExportPopulation[];
  /** In the order in which their spikes act. */
  readonly projections: readonly ExportProjection[];
  /** Of an expression over the set-up; canonical. */
  number(e: CheckedExpr): number;
  /** Of a parameter, constant or let of the network or the experiment, and of what all connections of a `connect` share. */
  setup(name: string): number;
  /** With `--exact`: what a run begins with. */
  readonly made: Made | null;
  readonly about: About;
}

export interface About {
  /** The model's file, without its folders. */
  readonly file: string;
  /** Settings of the command line. */
  readonly settings: readonly string[];
  /** Of what glif has made. */
  readonly seed: number;
  readonly version: string;
}

export interface ExportPopulation {
  readonly checked: CheckedPopulation;
  readonly plan: PopulationPlan;
  /** Value of a plan's expression: for neuron i in step n; parameters that differ between neurons come from `own`. Canonical. */
  value(e: Expr, at?: Place): number;
}

export interface Place {
  /** Neuron; 0 unless given. */
  readonly i?: number;
  /** ms */
  readonly t?: number;
  /** What else has a value here. */
  readonly own?: (symbol: string) => number | undefined;
}

export interface ExportProjection {
  readonly checked: CheckedProjection;
  readonly plan: ProjectionPlan;
  /** Elements of states of which each target neuron has the sum; the others belong to single connections, wherever glif keeps them. */
  readonly summed: ReadonlySet<string>;
  readonly study: SynapseStudy;
  /** Of an expression over the set-up and what all connections share, in the names of the synapse. */
  value(e: Expr): number;
}

/** What glif has made at t = 0. All values are canonical. */
export interface Made {
  /** States, and parameters that differ between neurons, by population and name. */
  readonly neurons: ReadonlyMap<string, ReadonlyMap<string, Float64Array>>;
  /** By the projections' names. */
  readonly connections: ReadonlyMap<string, MadeConnections>;
  /** By population: the neurons of a source that spike, and the steps at whose beginning they do so, ascending; several spikes of one stand there as often. */
  readonly sources: ReadonlyMap<string, { readonly steps: Int32Array; readonly neurons: Int32Array }>;
}

export interface MadeConnections {
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** In steps. */
  readonly delay: Int32Array;
  readonly values: ReadonlyMap<string, Float64Array>;
}

export function exportModel(
  experiment: CheckedExperiment,
  plan: SimulationPlan,
  made: Made | null,
  about: About,
): ExportModel {
  const written = lowerSetup(experiment);
  const numbers = new Map<string, number>();
  const known = (symbol: string): number =>
    symbol === STEP ? plan.step : (numbers.get(symbol) ?? written.value(symbol));
  for (const { name, value } of plan.setup)
    if (value.kind === "expression") numbers.set(setupSymbol(name), evaluate(value.expression, known, elementary));
  // The order in which the plan has them.
  const studies = experiment.projections
    .map(studySynapse)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const number = (e: CheckedExpr): number => evaluate(written.expression(e), known, elementary);
  return {
    experiment,
    plan,
    number,
    made,
    about,
    setup: (name) => {
      const q = experiment.setup.find((s) => s.name === name);
      return q?.value?.kind === "expression" && !numbers.has(setupSymbol(name))
        ? number(q.value.expression)
        : present(numbers.get(setupSymbol(name)), name);
    },
    populations: experiment.populations.map((checked) =>
      exportPopulation(
        checked,
        present(
          plan.populations.find((p) => p.name === checked.name),
          checked.name,
        ),
        known,
      ),
    ),
    projections: studies.map((study, k) => ({
      checked: study.projection,
      plan: present(plan.projections[k], study.name),
      summed: new Set([...placeStates(study).place].filter(([, at]) => at === "summed").map(([name]) => name)),
      study,
      value: (e: Expr) => evaluate(e, known, elementary),
    })),
  };
}

function exportPopulation(
  checked: CheckedPopulation,
  plan: PopulationPlan,
  known: (symbol: string) => number,
): ExportPopulation {
  const numbers = new Map<string, number>();
  const value = (e: Expr, { i = 0, t = 0, own = () => undefined }: Place = {}): number =>
    evaluate(
      e,
      (s) => own(s) ?? numbers.get(s) ?? plan.lists.get(s)?.[i] ?? (s === NEURON ? i : s === TIME ? t : known(s)),
      elementary,
    );
  for (const p of plan.parameters)
    if (!p.perNeuron && p.value.kind === "expression") numbers.set(p.name, value(p.value.expression));
  return { checked, plan, value };
}

/** Whether all neurons have the same value. */
export function isShared({ plan }: ExportPopulation, element: string): boolean {
  return plan.parameters.some((p) => p.name === element && !p.perNeuron && p.value.kind === "expression");
}

/** The value that all neurons have. */
export function sharedValue(population: ExportPopulation, element: string): number {
  return population.value({ kind: "symbol", name: element });
}

/** The text above the first declaration of a file, where the papers are: line by line, without their slashes. */
export function headOf({ text }: SourceText): readonly string[] {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const said = /^\/\/(?!\/) ?(.*)$/.exec(line.trim());
    if (said === null) break;
    lines.push((said[1] ?? "").trimEnd());
  }
  return lines;
}

/** Whether something is read in an expression of a plan. */
export function reads(e: Expr, symbol: string): boolean {
  return symbolsOf(e).has(symbol);
}

/** A quantity by its name. */
export function quantityOf(quantities: readonly CheckedQuantity[], name: string): CheckedQuantity {
  return present(
    quantities.find((q) => q.name === name),
    name,
  );
}
