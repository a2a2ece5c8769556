// What is true of a program without errors: every name is known, every expression has a dimension, literals are in ms, mV, pF and what follows from them.
import type { FunctionName } from "../algebra/expression.ts";
import type { NamedShape } from "../stimuli/shapes.ts";
import type { MethodName } from "../methods/methods.ts";
import type { DistributionName } from "../runtime/distributions.ts";
import type { RuleName } from "../runtime/rules.ts";
import type { RuleArgument } from "../runtime/rules/rule.ts";
import type { Span } from "../base/source.ts";
import type { Dimension } from "../quantities/dimension.ts";
import type { Unit } from "../quantities/unit.ts";

/** A model file without mistakes: names are meanings, every expression has a dimension, numbers are in ms, mV, pF and what follows from them. */
export interface CheckedProgram {
  /** Of the main file and everything it imports, in reading order. */
  readonly neurons: readonly CheckedNeuron[];
  /** Their names: they are checked where they are used, and by themselves. */
  readonly mechanisms: readonly string[];
  readonly synapses: readonly CheckedSynapseModel[];
  readonly experiments: readonly CheckedExperiment[];
  /** Networks by themselves: experiments that say nothing but what the network says, and have no duration. */
  readonly networks: readonly CheckedExperiment[];
  readonly comparisons: readonly CheckedComparison[];
  readonly fits: readonly CheckedFit[];
  /** Names declared in the main file itself. */
  readonly own: readonly string[];
}

/** A synapse by itself, without neurons at its ends. */
export interface CheckedSynapseModel {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
}

/** A neuron with `extends` and `use` flattened: parts of a mechanism carry its name, `Na.m`. */
export interface CheckedNeuron {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  /** Parents, nearest first. */
  readonly lineage: readonly string[];
  /** Parameters, constants, inputs, states and lets, in the order of declaration, a parent's first. */
  readonly quantities: readonly CheckedQuantity[];
  readonly equations: readonly CheckedEquation[];
  readonly contributions: readonly CheckedContribution[];
  /** How noise that is multiplied by a state is meant. */
  readonly calculus: "ito" | "stratonovich" | null;
  readonly spike: CheckedSpike | null;
  /** Null where there is no `reset` block: then a spike is the crossing itself. */
  readonly reset: readonly CheckedAssignment[] | null;
  readonly events: readonly CheckedEvent[];
  readonly refractory: CheckedRefractory | null;
}

/** One index, both ends included: `index j = 1..2`. */
export interface IndexRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface CheckedQuantity {
  readonly role: "param" | "const" | "input" | "state" | "let" | "weight";
  /** A weight that is kept in single precision. */
  readonly single: boolean;
  /** Unique in the neuron (or in the set-up): `C`, `Na.m`. */
  readonly name: string;
  readonly dimension: Dimension;
  /** The unit people see it in: as declared, else that of its literal, else the canonical one. */
  readonly unit: Unit;
  readonly indices: readonly IndexRange[];
  /** Default, initial value or meaning. Null for a parameter that must be set and for inputs without a value. */
  readonly value: CheckedValue | null;
  readonly doc: string;
  readonly origin: Span;
  /** The model or mechanism whose text declares it. */
  readonly declaredIn: string;
}

/** One expression for all elements (it may use the indices' names), or one an element, row by row. */
export type CheckedValue =
  | { readonly kind: "expression"; readonly expression: CheckedExpr }
  | { readonly kind: "elements"; readonly elements: readonly CheckedExpr[] };

/** `I[j]`, `I[1]`, `V`; in targets and references alike. */
export type CheckedIndex =
  { readonly kind: "index"; readonly name: string } | { readonly kind: "position"; readonly value: number };

export interface CheckedTarget {
  readonly quantity: CheckedQuantity;
  /** As many as the quantity has; an index name here is bound to every value of its range in turn. */
  readonly indices: readonly CheckedIndex[];
  /** In a synapse: the quantity belongs to the neuron at that end. */
  readonly end: End | null;
}

/** The neurons at the two ends of a connection. */
export type End = "pre" | "post";

export interface CheckedEquation {
  readonly target: CheckedTarget;
  readonly value: CheckedExpr;
  readonly origin: Span;
}

export interface CheckedContribution {
  readonly target: CheckedTarget;
  readonly value: CheckedExpr;
  readonly origin: Span;
}

export interface CheckedSpike {
  readonly mode: "when" | "rate";
  /** A condition, or a rate (1/ms). */
  readonly value: CheckedExpr;
  readonly origin: Span;
}

export interface CheckedAssignment {
  readonly target: CheckedTarget;
  /** Names of its block are written out in it. */
  readonly value: CheckedExpr;
  /** Where these have their values. */
  readonly named: readonly Span[];
  readonly origin: Span;
}

export interface CheckedEvent {
  /** When it becomes true it happens; one that goes by the clock happens whenever it is true. */
  readonly condition: CheckedExpr;
  /** Null where the model gives the condition. Times in ms, rounded to steps. */
  readonly every: {
    readonly period: CheckedExpr;
    readonly from: CheckedExpr | null;
    readonly to: CheckedExpr | null;
  } | null;
  readonly assignments: readonly CheckedAssignment[];
  readonly origin: Span;
}

export interface CheckedRefractory {
  /** ms */
  readonly duration: CheckedExpr;
  readonly held: readonly CheckedTarget[];
  readonly dropped: readonly CheckedTarget[];
  readonly origin: Span;
}

/** An experiment with everything it needs: populations, settings, what to record. */
export interface CheckedExperiment {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  /** Name of the neuron or network it is `of`. */
  readonly subject: string;
  /** Params, consts and lets of the network and the experiment, visible in every expression below. */
  readonly setup: readonly CheckedQuantity[];
  /** ms; over the set-up alone. Null when an implicit experiment stands for a lone model. */
  readonly duration: CheckedExpr | null;
  /** ms; 0.1 ms unless said otherwise. */
  readonly step: CheckedExpr;
  readonly seed: number | null;
  readonly method: CheckedMethod;
  readonly precise: boolean;
  readonly populations: readonly CheckedPopulation[];
  /** In the order of their connections, each source with each target. */
  readonly projections: readonly CheckedProjection[];
  readonly records: readonly CheckedRecord[];
  /** Populations whose spikes are kept: all unless `record E.spikes` names some. */
  readonly spikesOf: readonly string[];
}

export interface CheckedMethod {
  readonly name: MethodName;
  /** Relative tolerance of `rk45(tolerance: 1e-9)`, null when not given. */
  readonly tolerance: number | null;
  readonly origin: Span | null;
}

export interface CheckedPopulation {
  readonly name: string;
  /** What its random draws are keyed by: its name, unless it stands in the place of another. */
  readonly drawnAs: string;
  readonly neuron: CheckedNeuron;
  /** A dimensionless expression over the set-up. */
  readonly size: CheckedExpr;
  /** A lone neuron of `experiment … of GLIF`: one neuron, the population bears the model's name. */
  readonly lone: boolean;
  /** One at most for a quantity as a whole, then those of single elements; the experiment's have replaced the network's. */
  readonly settings: readonly CheckedSetting[];
  /** Null for neurons. */
  readonly source: CheckedSource | null;
  readonly origin: Span;
}

/** What sends spikes without being a neuron. The population's neuron has what its rates are set with: `poisson` one input, `rate` (1/ms). */
export type CheckedSource =
  /** In each step a Poisson-distributed number of spikes. */
  | { readonly kind: "poisson" }
  /** Spikes of the one neuron at these times (ms). */
  | {
      readonly kind: "times";
      readonly times: readonly CheckedExpr[];
      /** What they are made of, where they follow one another evenly. */
      readonly train: { readonly every: CheckedExpr; readonly from: CheckedExpr | null } | null;
    }
  /** times[k] (ms, ascending) of neurons[k]. */
  | {
      readonly kind: "file";
      readonly path: string;
      readonly times: readonly number[];
      readonly neurons: readonly number[];
      readonly origin: Span;
    };

/** A synapse between the neurons of two populations: `pre.x` and `post.x` are quantities of theirs. */
export interface CheckedSynapse {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  readonly lineage: readonly string[];
  /** Parameters, weights, constants, states and lets. */
  readonly quantities: readonly CheckedQuantity[];
  readonly equations: readonly CheckedEquation[];
  /** To inputs of either end: the target's `end` says which. */
  readonly contributions: readonly CheckedContribution[];
  /** Assignments to states and weights of the synapse and to states of either end. */
  readonly onPre: readonly CheckedAssignment[];
  readonly onPost: readonly CheckedAssignment[];
}

/** One source population of a `connect` with one of its targets. */
export interface CheckedProjection {
  /** The connection's name: `exc`. */
  readonly connection: string;
  /** What its random draws are for, with the populations that it joins. */
  readonly drawnAs: string;
  readonly doc: string;
  readonly synapse: CheckedSynapse;
  readonly source: CheckedEndpoint;
  readonly target: CheckedEndpoint;
  readonly rule: CheckedRule;
  /** Weights, parameters and initial values; expressions may use `i`, `j`, `pre.x`, `post.x`. */
  readonly settings: readonly CheckedSetting[];
  /** ms; null: no delay. */
  readonly delay: { readonly value: CheckedValue | CheckedDraw; readonly origin: Span } | null;
  readonly origin: Span;
}

export interface CheckedEndpoint {
  readonly population: string;
  /** First and last neuron, both included; null for all. */
  readonly slice: { readonly from: CheckedExpr; readonly to: CheckedExpr } | null;
  readonly origin: Span;
}

export type CheckedRule = {
  /** A condition over `i`, `j`, `pre.x`, `post.x` that every connection must meet. */
  readonly where: CheckedExpr | null;
  /** Whether a neuron may connect to itself, and a pair have several connections. */
  readonly self: boolean;
  readonly multiple: boolean;
  readonly origin: Span;
} & (
  | { readonly kind: Exclude<RuleName, "file">; readonly arguments: readonly CheckedRuleArgument[] }
  /** sources[k] to targets[k]; `columns` are values of weights, parameters, states and `delay` by name, canonical. */
  | {
      readonly kind: "file";
      readonly path: string;
      readonly sources: readonly number[];
      readonly targets: readonly number[];
      readonly columns: ReadonlyMap<string, readonly number[]>;
    }
);

/** A probability may depend on `i`, `j`, `pre.x`, `post.x`; what else a rule takes is made of the set-up. */
export interface CheckedRuleArgument extends Pick<RuleArgument, "name" | "is"> {
  readonly value: CheckedExpr;
}

/** A parameter's value, a state's initial value or an input's stimulus. */
export interface CheckedSetting {
  readonly target: CheckedTarget;
  readonly value: CheckedValue | CheckedDraw;
  readonly origin: Span;
}

/** `~ normal(1 nS, 0.2 nS, min: 0 nS)`: drawn again while outside the bounds. */
export interface Draw<E> {
  readonly kind: "draw";
  readonly distribution: DistributionName;
  /** In the order of its declaration (`runtime/distributions/`). */
  readonly arguments: readonly E[];
  readonly min: E | null;
  readonly max: E | null;
  /** Neurons for which `where` holds draw nothing: they have `value`. Null in events. */
  readonly except: { readonly where: E; readonly value: E } | null;
  /** The call. */
  readonly origin: Span;
}

/** In settings drawn for each neuron or connection once, in an event anew each time. */
export type CheckedDraw = Draw<CheckedExpr>;

/** What an event draws: `let n ~ binomial(N, p)`, `Θ ~ normal(Θ_0, σ)`. */
export interface EventDraw {
  /** Of the local, or of the state that it is given to: unique in its block. */
  readonly name: string;
  /** `elements`: of a state with indices, whose elements have a draw each. */
  readonly of: "local" | "state" | "elements";
  readonly draw: CheckedDraw;
}

export interface CheckedRecord {
  readonly population: string;
  /** `E.exc.g`: the quantity is a state of this connection's synapse, as far as it is kept at the neurons of E. */
  readonly connection: string | null;
  /** First and last neuron, both included; null for the whole population. */
  readonly neurons: { readonly from: CheckedExpr; readonly to: CheckedExpr } | null;
  /** A state, let, input or parameter; without positions all its elements. */
  readonly quantity: CheckedQuantity;
  readonly positions: readonly number[] | null;
  /** Sampling interval (ms); null: every step. */
  readonly every: CheckedExpr | null;
  /** For a measure alone. */
  readonly measured: boolean;
  readonly origin: Span;
}

/** `comparison Levels { models LIF, GLIF { b_s = 0.2 /ms } as "fast threshold"; under CurrentStep; measure rate, latency }` */
export interface CheckedComparison {
  readonly name: string;
  readonly doc: string;
  readonly origin: Span;
  /** In the order in which they are written. The experiments' own subjects where no model is named, each labelled by its experiment. */
  readonly variants: readonly CheckedVariant[];
  /** Every variant under every experiment that fits it: variants first, experiments within. */
  readonly cases: readonly CheckedCase[];
  readonly measures: readonly CheckedMeasure[];
  /** What the variants are held against; null: the first of them. */
  readonly reference: CheckedReference | null;
  /** How many seeds, from the experiment's own (else 1) upwards. 1 unless given. */
  readonly seeds: number;
  /** Several span a grid, the first slowest; draws are taken together, point by point. */
  readonly sweeps: readonly CheckedSweep[];
  /** What measures see of runs and of a recording, their mean where there are several; none: everything. */
  readonly windows: readonly CheckedWindow[];
}

/** `fit Cell of GLIF5, LIF { … }`: a comparison with a recording, in which each sweep stands for a free number: its values are the two bounds, its scale says how the number is sought. */
export interface CheckedFit {
  readonly comparison: CheckedComparison;
  /** Of its measures, in their order; above 0. */
  readonly weights: readonly number[];
  /** What it sets, as written, `τ_m = C/G`, with the places of the variants that have it. */
  readonly settings: readonly { readonly text: string; readonly variants: readonly number[] }[];
  /** ms; none: all of the recording. */
  readonly train: readonly CheckedWindow[];
  readonly test: readonly CheckedWindow[];
  /** Numbers of the recording's sweeps that are seen and kept back, each whole; none: parts are times, if any. */
  readonly trainSweeps: readonly number[];
  readonly testSweeps: readonly number[];
  /** Runs of candidates that all searches may take. */
  readonly evaluations: number;
}

export interface CheckedWindow {
  readonly from: number;
  readonly until: number;
  readonly origin: Span;
}

export interface CheckedVariant {
  /** Unique in its comparison. */
  readonly label: string;
  readonly model: string;
  readonly doc: string;
  /** The lines of its block, as written: `b_s = 0.2 /ms`, `method euler`. */
  readonly overrides: readonly string[];
  readonly origin: Span;
}

/** One variant under one experiment: an experiment like any other, with the variant as its subject and the variant's settings last. */
export interface CheckedCase {
  /** Its place among the variants. */
  readonly variant: number;
  /** Name of the experiment as it was written; the names of all where their own subjects are compared with each other, as if it were one: `Quiet, Noisy`. */
  readonly under: string;
  readonly experiment: CheckedExperiment;
  /** What the experiment records and this variant does not have, as written: left out, and said. */
  readonly lacking: readonly string[];
  /** For each measure the place among the experiment's `records` of what it is about: null for measures of spikes, and where the variant does not have it. */
  readonly measured: readonly (number | null)[];
}

/** `rate`, `van_rossum(tau: 10 ms)`, `rmse(V)`, `synchrony(of: E)` */
export interface CheckedMeasure {
  /** Name in the catalogue. */
  readonly name: string;
  /** Every parameter of the measure, canonical: given or default (none where the default is taken from the window). */
  readonly parameters: ReadonlyMap<string, number>;
  /** As written, without default arguments: a heading. */
  readonly text: string;
  /** The variable that a measure of traces is about: `V`, `E[0].V`. Null for measures of spikes. */
  readonly variable: string | null;
  /** The population that it is about: null for all (of a lone neuron: that neuron). */
  readonly population: string | null;
  readonly origin: Span;
}

export type CheckedReference =
  /** Place among the variants. */
  | { readonly kind: "variant"; readonly variant: number; readonly origin: Span }
  /** `recording("cell.csv", level: -20 mV)`: its one or two files, with the text that room `recording` reads, and the level that a recorded voltage rises through when it spikes, mV; null unless given. */
  | {
      readonly kind: "recording";
      /** `target`: the path by which the host knows it, as stimuli of the same file have it. */
      readonly files: readonly { readonly path: string; readonly target: string; readonly text: string }[];
      readonly level: number | null;
      /** Which of its sweeps; null unless given. */
      readonly sweep: number | null;
      /** By variable of the models the column that was recorded of it, where that is called otherwise: `recording("cell.csv", V_e: "V")`. */
      readonly columns: ReadonlyMap<string, string>;
      readonly origin: Span;
    };

/**
 * `sweep b_s over 0.01 /ms .. 0.1 /ms in 20 steps`. What is swept is set by a parameter of the set-up in every case that has it, so that one compiled plan serves
 * all its values: `setup` names it there. A parameter of a network that is swept is that parameter itself.
 */
export interface CheckedSweep {
  /** As written: `b_s`, `E.t_ref`, `I_e`. */
  readonly name: string;
  readonly setup: string;
  readonly dimension: Dimension;
  readonly unit: Unit;
  /** Places among the comparison's cases of those that have it. */
  readonly cases: readonly number[];
  /** What it is in each of these outside the sweep (canonical): what the case has of its own, or where that is no one number the first value, of draws the mean. */
  readonly outside: readonly { readonly value: number; readonly isOwn: boolean }[];
  readonly values:
    /** Canonical. */
    | { readonly kind: "values"; readonly scale: "linear" | "logarithmic" | "list"; readonly values: readonly number[] }
    | { readonly kind: "draws"; readonly draw: CheckedDraw; readonly count: number };
  readonly origin: Span;
}

export type CheckedExpr = { readonly origin: Span; readonly dimension: Dimension } & CheckedExprShape;

export type CheckedExprShape =
  /** In canonical units; correctly rounded from the decimal text. */
  | { readonly kind: "number"; readonly value: number }
  /** A quantity of the neuron. */
  | { readonly kind: "quantity"; readonly quantity: CheckedQuantity; readonly indices: readonly CheckedIndex[] }
  /** A quantity of the network or the experiment. */
  | { readonly kind: "setup"; readonly quantity: CheckedQuantity }
  /** The value of an index, as a pure number. */
  | { readonly kind: "index"; readonly name: string }
  /** `t`: the time (ms). */
  | { readonly kind: "time" }
  /** `dt`: the step (ms). */
  | { readonly kind: "step" }
  /** A quantity of the neuron at one end of a connection. */
  | {
      readonly kind: "end";
      readonly end: End;
      readonly quantity: CheckedQuantity;
      readonly indices: readonly CheckedIndex[];
    }
  /** values[k] (canonical) of neuron k: a list, or a column of a file. In settings of populations only. */
  | { readonly kind: "listed"; readonly values: readonly number[]; readonly path: string | null }
  /** `x(t - T)`: a state, a quantity of the neuron, as it was `delay` ago (ms; constant in a run). */
  | { readonly kind: "past"; readonly of: CheckedExpr; readonly delay: CheckedExpr }
  /** `i`: the neuron's number in its population; between connected populations the source's. In settings and rules only. */
  | { readonly kind: "neuron" }
  /** `j`: the target's number. In the settings and rules of connections only. */
  | { readonly kind: "target" }
  /** What one event draws, anew each time; the same wherever in its braces it is read. */
  | { readonly kind: "drawn"; readonly drawn: EventDraw }
  /** White noise; anonymous occurrences have names of their own, `ξ#1`. An occurrence in an indexed equation is independent for each element. */
  | { readonly kind: "noise"; readonly name: string }
  | { readonly kind: "negate"; readonly operand: CheckedExpr }
  | { readonly kind: "not"; readonly operand: CheckedExpr }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/" | "^";
      readonly left: CheckedExpr;
      readonly right: CheckedExpr;
    }
  | {
      readonly kind: "comparison";
      readonly operator: "<" | "<=" | ">" | ">=" | "==" | "!=";
      readonly left: CheckedExpr;
      readonly right: CheckedExpr;
    }
  | {
      readonly kind: "logical";
      readonly operator: "and" | "or";
      readonly left: CheckedExpr;
      readonly right: CheckedExpr;
    }
  | {
      readonly kind: "conditional";
      readonly condition: CheckedExpr;
      readonly then: CheckedExpr;
      readonly otherwise: CheckedExpr;
    }
  | { readonly kind: "call"; readonly function: FunctionName; readonly arguments: readonly CheckedExpr[] }
  /** `sum(k*I)`: over the indices that are free in it. */
  | { readonly kind: "sum"; readonly over: readonly IndexRange[]; readonly body: CheckedExpr }
  | { readonly kind: "stimulus"; readonly stimulus: CheckedStimulus };

/** Functions of the time; their times are ms and are rounded to steps. In settings of inputs only. */
export type CheckedStimulus =
  | NamedShape<CheckedExpr>
  /** values[k] from times[k] on, 0 before the first. */
  | { readonly shape: "steps"; readonly times: readonly CheckedExpr[]; readonly values: readonly CheckedExpr[] }
  /** From a file: values[k] (canonical) from times[k] (ms) on, 0 before the first. */
  | {
      readonly shape: "samples";
      readonly path: string;
      readonly times: readonly number[];
      readonly values: readonly number[];
      /** The same column in every sweep of the file, by its number; null where it counts none. */
      readonly sweeps: Sweeps | null;
      readonly each: EachColumn | null;
    };

/** A column for each neuron: `columns[k]`, at the same times, is what neuron `first + k` of a population of `size` gets; `values` are those of the first of them. */
export interface EachColumn {
  readonly first: number;
  /** Null where it is not known. */
  readonly size: number | null;
  readonly columns: readonly (readonly number[])[];
}

export type Sweeps = ReadonlyMap<number, { readonly times: readonly number[]; readonly values: readonly number[] }>;
