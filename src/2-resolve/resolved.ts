// What room 2 hands on: names are symbols, `extends`, `use` and imports are flattened, and each declaration remembers where it came from.
import type { FunctionName } from "../algebra/expression.ts";
import type { ArithmeticOperator, ComparisonOperator, MethodNode, UnitNode } from "../1-parse/ast.ts";
import type { Span } from "../base/source.ts";
import type { DistributionName } from "../runtime/distributions.ts";
import type { RuleName } from "../runtime/rules.ts";
import type { StimulusName } from "./builtins.ts";

export interface ResolvedProgram {
  /** Neurons and mechanisms of all files, in reading order; each flat by itself. */
  readonly models: readonly ResolvedModel[];
  readonly experiments: readonly ResolvedExperiment[];
  /** Every network as if it stood in an experiment of its own: so that one without an experiment is checked, too. */
  readonly networks: readonly ResolvedExperiment[];
  readonly comparisons: readonly ResolvedComparison[];
  readonly fits: readonly ResolvedFit[];
  /** Constants and functions that stand outside of models. */
  readonly library: ResolvedTables;
  /** Names that the main file declares: neurons, networks, experiments, comparisons, fits. */
  readonly own: readonly string[];
}

/** All cases of comparisons and fits. */
export function casesIn({ comparisons, fits }: Pick<ResolvedProgram, "comparisons" | "fits">): ResolvedCase[] {
  return [...comparisons, ...fits.map((f) => f.comparison)].flatMap((c) => c.cases);
}

/** What expressions refer to by key: functions and the constants of a file. */
export interface ResolvedTables {
  readonly functions: ReadonlyMap<string, ResolvedFunction>;
  readonly constants: ReadonlyMap<string, ResolvedConstant>;
}

export interface ResolvedModel extends ResolvedTables {
  readonly kind: "neuron" | "mechanism" | "synapse";
  readonly name: string;
  readonly doc: string;
  /** The model's name where it is declared. */
  readonly origin: Span;
  /** Parents, nearest first. */
  readonly lineage: readonly string[];
  readonly indices: ReadonlyMap<string, ResolvedIndex>;
  readonly quantities: ReadonlyMap<string, ResolvedQuantity>;
  readonly equations: readonly ResolvedEquation[];
  readonly contributions: readonly ResolvedContribution[];
  readonly calculus: "ito" | "stratonovich" | null;
  readonly spike: ResolvedSpike | null;
  readonly reset: ResolvedBlock | null;
  readonly events: readonly ResolvedEvent[];
  /** Of a synapse; a parent's blocks for an end are replaced by its child's. */
  readonly arrivals: readonly ResolvedArrival[];
  readonly refractory: ResolvedRefractory | null;
  /** Some of its text was not understood, or a parent or a mechanism of it was not found: what seems to be missing from it may stand there. */
  readonly damaged: boolean;
  /** Null as well where it is not known. */
  readonly parent: ResolvedModel | null;
  /** Where it only adds to its parent, and nothing of that becomes another thing by it: what it adds. */
  readonly added: ResolvedModel | null;
}

/** What nobody above has told or asked of a model already: what it adds, where it only does that; else all of it. */
export function newIn(model: ResolvedModel): ResolvedModel {
  return model.added ?? model;
}

export interface ResolvedIndex {
  readonly name: string;
  readonly from: ResolvedExpr;
  readonly to: ResolvedExpr;
  readonly span: Span;
}

export type QuantityRole = "param" | "const" | "input" | "state" | "let" | "weight";

/** How people call them. */
export const ROLE_NAMES: Readonly<Record<QuantityRole, string>> = {
  param: "parameter",
  const: "constant",
  input: "input",
  state: "state",
  let: "let",
  weight: "weight",
};

export interface ResolvedQuantity {
  readonly role: QuantityRole;
  /** A weight that is kept in single precision. */
  readonly single: boolean;
  /** Unique in its model or set-up: `C`, `Na.m`. */
  readonly name: string;
  readonly indices: readonly string[];
  readonly unit: UnitNode | null;
  readonly value: ResolvedExpr | null;
  /** What `use` gives to single elements, the later before the earlier. */
  readonly elements: readonly ResolvedElement[];
  readonly doc: string;
  /** The name where it is declared. */
  readonly origin: Span;
  readonly declaredIn: string;
  /** The declaration that this one takes the place of: a parent's, or a mechanism's own default where `use` sets it. */
  readonly replaces: ResolvedQuantity | null;
}

export interface ResolvedElement {
  readonly target: ResolvedTarget;
  readonly value: ResolvedExpr;
}

/** A constant of a file. */
export interface ResolvedConstant {
  readonly name: string;
  readonly unit: UnitNode | null;
  readonly value: ResolvedExpr | null;
  readonly origin: Span;
}

export interface ResolvedFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly unit: UnitNode | null; readonly origin: Span }[];
  readonly unit: UnitNode | null;
  readonly body: ResolvedExpr;
  readonly origin: Span;
}

/** What is written to. An empty name was not found, which has been reported. */
export interface ResolvedTarget {
  readonly name: string;
  readonly indices: readonly ResolvedExpr[];
  /** In a synapse: a quantity of the neuron at that end; the name is known only where it connects two populations. */
  readonly end: End | null;
  readonly span: Span;
}

/** The neurons at the two ends of a connection. */
export type End = "pre" | "post";

/** `on pre { … }` */
export interface ResolvedArrival extends ResolvedBlock {
  readonly end: End;
}

/** An equation or a contribution. */
export interface ResolvedEquation {
  readonly target: ResolvedTarget;
  readonly value: ResolvedExpr;
  readonly span: Span;
  /** The model or mechanism whose text it is. */
  readonly declaredIn: string;
  /** How many parents that has. */
  readonly level: number;
}

export interface ResolvedContribution extends ResolvedEquation {
  /** Its place among all contributions of the model where their white noises are counted. */
  readonly noiseOrder: number;
}

export interface ResolvedAssignment {
  readonly target: ResolvedTarget;
  /** `Θ ~ normal(Θ_0, σ)`: the value is a distribution. */
  readonly drawn: boolean;
  readonly value: ResolvedExpr;
  readonly span: Span;
}

/** A name of one event: `let n ~ binomial(N, p)`. What reads it holds it. */
export interface ResolvedLocal {
  readonly name: string;
  readonly unit: UnitNode | null;
  /** The value is a distribution, drawn anew each time. */
  readonly drawn: boolean;
  readonly value: ResolvedExpr;
  readonly origin: Span;
}

export interface ResolvedSpike {
  readonly mode: "when" | "rate";
  readonly value: ResolvedExpr;
  readonly span: Span;
}

export interface ResolvedBlock {
  readonly locals: readonly ResolvedLocal[];
  readonly assignments: readonly ResolvedAssignment[];
  readonly span: Span;
}

export interface ResolvedEvent extends ResolvedBlock {
  /** A condition, or the time from one to the next. */
  readonly condition: ResolvedExpr;
  /** Null where it has a condition. */
  readonly every: { readonly from: ResolvedExpr | null; readonly to: ResolvedExpr | null } | null;
}

export interface ResolvedRefractory {
  readonly duration: ResolvedExpr;
  readonly holdAll: boolean;
  readonly hold: readonly ResolvedTarget[];
  readonly drop: readonly ResolvedTarget[];
  readonly span: Span;
}

export interface ResolvedExperiment extends ResolvedTables {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  readonly subject: string;
  /** False where it stands for a network by itself: nothing is asked of it but that it makes sense. */
  readonly runnable: boolean;
  /** Of the network and of the experiment, in this order. */
  readonly setup: ReadonlyMap<string, ResolvedQuantity>;
  readonly duration: ResolvedExpr | null;
  readonly step: ResolvedExpr | null;
  readonly seed: ResolvedExpr | null;
  readonly method: MethodNode | null;
  readonly precise: boolean;
  readonly populations: readonly ResolvedPopulation[];
  readonly connections: readonly ResolvedConnection[];
  /** In the order in which they take effect: the network's, the experiment's, those of the command line, a variant's. */
  readonly settings: readonly ResolvedSetting[];
  readonly records: readonly ResolvedRecord[];
  readonly damaged: boolean;
}

export interface ResolvedPopulation {
  readonly name: string;
  /** What its random draws are keyed by: its name; of a variant's one neuron the name of the neuron in whose place it stands, so that both see the same noise. */
  readonly drawnAs: string;
  /** Null for the one neuron of an experiment of a neuron. */
  readonly size: ResolvedExpr | null;
  readonly model: ResolvedModel;
  readonly source: ResolvedSource | null;
  readonly origin: Span;
}

/**
 * Populations that send spikes without being neurons. Their model is a neuron of that name: `poisson` has one input, `rate` (1/ms), which its argument
 * sets like any stimulus; `spikes` has nothing.
 */
export type ResolvedSource =
  | { readonly kind: "poisson" }
  /** `spikes([10 ms, 20 ms])`: an array, or a `file("spikes.csv")`. */
  | { readonly kind: "spikes"; readonly times: ResolvedExpr; readonly span: Span }
  /** `spikes(every: 20 ms, from: 5 ms, count: 5)` */
  | {
      readonly kind: "train";
      readonly every: ResolvedExpr;
      readonly from: ResolvedExpr | null;
      readonly count: ResolvedExpr;
      readonly span: Span;
    };

/** One `connect`: all its sources with all its targets. */
export interface ResolvedConnection {
  /** Unique among connections and populations: its alias, else the synapse's name, with the sources' where several would bear it. */
  readonly name: string;
  /** What its random draws are for: its alias, else the synapse's name. */
  readonly drawnAs: string;
  readonly doc: string;
  readonly synapse: ResolvedModel;
  readonly sources: readonly ResolvedEndpoint[];
  readonly targets: readonly ResolvedEndpoint[];
  readonly rule: ResolvedRule;
  readonly origin: Span;
}

export interface ResolvedEndpoint {
  readonly population: string;
  readonly slice: { readonly from: ResolvedExpr; readonly to: ResolvedExpr } | null;
  readonly span: Span;
}

export interface ResolvedRule {
  readonly name: RuleName;
  /** By their names; none where they were not understood. */
  readonly arguments: ReadonlyMap<string, ResolvedExpr>;
  /** Over `i`, `j`, `pre.x`, `post.x`. */
  readonly where: ResolvedExpr | null;
  readonly self: boolean;
  readonly multiple: boolean;
  readonly span: Span;
}

export interface ResolvedSetting {
  readonly target: SettingTarget;
  readonly operator: "=" | "~";
  readonly value: ResolvedExpr;
  readonly span: Span;
  /** Settings of one block have the same number: there a name may be set once. */
  readonly block: number;
}

export type SettingTarget =
  | {
      readonly kind: "quantity";
      readonly population: string;
      readonly target: ResolvedTarget;
      /** First and last neuron, both included, one and the same of a single one; null: all. */
      readonly neurons: { readonly from: ResolvedExpr; readonly to: ResolvedExpr } | null;
    }
  /** A weight, a parameter or an initial value of a connection's synapse. */
  | { readonly kind: "connection"; readonly connection: string; readonly target: ResolvedTarget }
  | { readonly kind: "delay"; readonly connection: string; readonly span: Span }
  | { readonly kind: "setup"; readonly name: string; readonly span: Span }
  /** It names nothing: the populations and connections that were meant (all of them where none was named), and what was looked for in them. */
  | {
      readonly kind: "unknown";
      readonly populations: readonly string[];
      readonly connections: readonly string[];
      readonly written: string;
      readonly span: Span;
    };

export interface ResolvedRecord {
  readonly population: string;
  /** `E.exc.g`: the quantity is the synapse's of this connection, as far as it lives at the population's neurons. */
  readonly connection: string | null;
  /** Null: the spikes. */
  readonly quantity: ResolvedTarget | null;
  readonly neurons: { readonly from: ResolvedExpr; readonly to: ResolvedExpr } | null;
  readonly every: ResolvedExpr | null;
  /** For a measure alone. */
  readonly measured: boolean;
  readonly span: Span;
}

export interface ResolvedArgument {
  readonly label: { readonly name: string | null; readonly time: ResolvedExpr | null; readonly span: Span } | null;
  readonly value: ResolvedExpr;
  readonly span: Span;
}

export type Callee =
  | { readonly kind: "elementary"; readonly name: FunctionName }
  | { readonly kind: "sum" }
  /** `mod(a, b)`, written out as a - b*floor(a/b). */
  | { readonly kind: "mod" }
  | { readonly kind: "function"; readonly key: string }
  | { readonly kind: "stimulus"; readonly name: StimulusName }
  | { readonly kind: "draw"; readonly name: DistributionName };

export type ResolvedExpr = { readonly span: Span } & ResolvedExprShape;

export type ResolvedExprShape =
  | {
      readonly kind: "number";
      readonly text: string;
      readonly unit: UnitNode | null;
      readonly hidden: readonly HiddenVariable[];
    }
  | {
      readonly kind: "array";
      readonly elements: readonly ResolvedExpr[];
      readonly unit: UnitNode | null;
      readonly hidden: readonly HiddenVariable[];
    }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "quantity"; readonly name: string; readonly indices: readonly ResolvedExpr[] }
  | { readonly kind: "setup"; readonly name: string }
  | { readonly kind: "constant"; readonly key: string }
  | { readonly kind: "index"; readonly name: string }
  /** Of the function whose body this is in. */
  | { readonly kind: "parameter"; readonly name: string }
  /** Of the event in whose braces this stands. */
  | { readonly kind: "local"; readonly local: ResolvedLocal }
  | { readonly kind: "time" }
  | { readonly kind: "step" }
  /** `pre.V`, `post.Θ` in synapses, in the settings of connections and in their rules. */
  | { readonly kind: "end"; readonly end: End; readonly name: string; readonly indices: readonly ResolvedExpr[] }
  /** `i`: the neuron's number; between connected populations the source's. */
  | { readonly kind: "neuron" }
  /** `j`: the target's number, where something is connected. */
  | { readonly kind: "target" }
  | { readonly kind: "pi" }
  /** `named` is null for ξ itself. */
  | { readonly kind: "noise"; readonly named: string | null }
  | { readonly kind: "negate"; readonly operand: ResolvedExpr }
  | { readonly kind: "not"; readonly operand: ResolvedExpr }
  | {
      readonly kind: "binary";
      readonly operator: ArithmeticOperator;
      readonly operatorSpan: Span;
      readonly left: ResolvedExpr;
      readonly right: ResolvedExpr;
    }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly operatorSpan: Span;
      readonly left: ResolvedExpr;
      readonly right: ResolvedExpr;
    }
  | {
      readonly kind: "logical";
      readonly operator: "and" | "or";
      readonly left: ResolvedExpr;
      readonly right: ResolvedExpr;
    }
  | {
      readonly kind: "conditional";
      readonly condition: ResolvedExpr;
      readonly then: ResolvedExpr;
      readonly otherwise: ResolvedExpr;
    }
  | {
      readonly kind: "call";
      readonly callee: Callee;
      readonly name: string;
      readonly nameSpan: Span;
      readonly arguments: readonly ResolvedArgument[];
    }
  /** `x(t - T)`: a state as it was. */
  | { readonly kind: "past"; readonly of: ResolvedExpr; readonly delay: ResolvedExpr }
  /** Not understood, or a name that means nothing; reported where it is the user's mistake. */
  | { readonly kind: "missing" };

/** A factor of a literal's unit that is also the name of a variable in scope: `5 nS/g`, `1/h`. */
export interface HiddenVariable {
  readonly name: string;
  /** Empty for one that is glued to its number, `5V`. */
  readonly operator: "" | "*" | "/";
  /** From the operator, with the space before it, to the end of the factor. */
  readonly span: Span;
}

/** `comparison Levels { … }`, each of its variants under each experiment that fits it. */
export interface ResolvedComparison extends ResolvedTables {
  /** A fit is a comparison with a recording, in which what is free is swept within its bounds. */
  readonly purpose: "comparison" | "fit";
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  /** All of its text. */
  readonly span: Span;
  readonly variants: readonly ResolvedVariant[];
  readonly cases: readonly ResolvedCase[];
  readonly measures: readonly ResolvedMeasure[];
  readonly reference: ResolvedReference | null;
  readonly seeds: ResolvedExpr | null;
  readonly sweeps: readonly ResolvedSweep[];
  readonly windows: readonly ResolvedWindow[];
  /** Models of other files are compared with these. */
  readonly partial: boolean;
  /** Some of its text was not understood, or something that it names was not found: what seems to be missing may stand there. */
  readonly damaged: boolean;
}

export interface ResolvedVariant {
  readonly label: string;
  readonly model: string;
  readonly doc: string;
  readonly overrides: readonly string[];
  /** Its model's name where it is chosen. */
  readonly origin: Span;
}

export interface ResolvedCase {
  readonly variant: number;
  readonly under: string;
  readonly experiment: ResolvedExperiment;
  /** What the experiment records and the variant lacks, as written. */
  readonly lacking: readonly string[];
  /** For each sweep what it sets here; empty where the variant has nothing of that name. */
  readonly swept: readonly (readonly SettingTarget[])[];
}

export interface ResolvedMeasure {
  /** Of a fit; null where none is given. */
  readonly weight: ResolvedExpr | null;
  readonly name: string;
  readonly nameSpan: Span;
  /** `V`, `E[0].V`: recorded in every case that has it, with this span. */
  readonly variable: {
    readonly written: string;
    readonly population: string | null;
    readonly isSlice: boolean;
    readonly span: Span;
  } | null;
  /** `of: E` */
  readonly population: { readonly name: string; readonly span: Span } | null;
  readonly arguments: readonly ResolvedArgument[];
  readonly span: Span;
}

export type ResolvedReference =
  | { readonly kind: "variant"; readonly variant: number; readonly span: Span }
  /** One or two paths as written; `from` is the file beside which they lie. `level: -20 mV` where its voltages spike, `sweep: 3` which of its sweeps. */
  | {
      readonly kind: "recording";
      readonly paths: readonly string[];
      readonly level: ResolvedExpr | null;
      readonly sweep: number | null;
      /** By variable of the models the column that was recorded of it, where that is called otherwise. */
      readonly columns: ReadonlyMap<string, string>;
      readonly from: string;
      readonly span: Span;
    };

export interface ResolvedSweep {
  /** As written: `b_s`, `E.t_ref`. */
  readonly name: string;
  /** Where its name stands. */
  readonly origin: Span;
  readonly span: Span;
  readonly values:
    | {
        readonly kind: "range";
        readonly from: ResolvedExpr;
        readonly to: ResolvedExpr;
        readonly steps: ResolvedExpr;
        readonly logarithmic: boolean;
      }
    | { readonly kind: "list"; readonly list: ResolvedExpr }
    | { readonly kind: "draws"; readonly draw: ResolvedExpr; readonly count: ResolvedExpr }
    /** What is free in a fit. */
    | {
        readonly kind: "bounds";
        readonly from: ResolvedExpr;
        readonly to: ResolvedExpr;
        readonly logarithmic: boolean;
      };
}

/** `fit Cell of GLIF5, LIF { … }` */
export interface ResolvedFit {
  readonly comparison: ResolvedComparison;
  /** What it sets, as written, with the places of the variants that have it. */
  readonly settings: readonly { readonly text: string; readonly variants: readonly number[] }[];
  /** Of the models, those that are networks, where they are named. */
  readonly networks: readonly Span[];
  readonly train: readonly ResolvedWindow[];
  readonly test: readonly ResolvedWindow[];
  readonly evaluations: ResolvedExpr | null;
}

export interface ResolvedWindow {
  readonly from: ResolvedExpr;
  /** Null where it has one end: of sweeps, one alone. */
  readonly to: ResolvedExpr | null;
  readonly span: Span;
}
