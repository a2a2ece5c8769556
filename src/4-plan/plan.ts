// The simulation plan: unit-free; every state has a place, a method and a recorded reason. Kernels are printed from it, and a plain interpreter runs it.
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import type { Span } from "../base/source.ts";
import type { NamedShape } from "../stimuli/shapes.ts";
import type { Draw, EachColumn, Sweeps } from "../3-check/checked.ts";
import { isAdaptiveName, type AdaptiveName, type StagesName } from "../methods/methods.ts";
import type { RuleName } from "../runtime/rules.ts";
import type { RuleArgument } from "../runtime/rules/rule.ts";
import { agoAt, isShown, type End } from "./symbols.ts";

export type { Draw, End };

/** All that decides what assignments write. */
export function valuesOf(assignments: readonly AssignmentPlan[]): readonly Expr[] {
  return assignments.flatMap((a) => [...a.draws.flatMap((d) => partsOfDraw(d.value)), a.value]);
}

/** All that resets and events of a population assign. */
export function assignedBy({ spike, events }: Pick<PopulationPlan, "spike" | "events">): readonly AssignmentPlan[] {
  return [...(spike?.reset ?? []), ...events.flatMap((event) => event.assignments)];
}

/** All that spikes assign at single connections. */
export function assignedThrough({
  onPre,
  onPost,
}: Pick<ProjectionPlan, "onPre" | "onPost">): readonly AssignmentPlan[] {
  return [...onPre.perConnection, ...onPost.perConnection];
}

/** What connections read of either end as it was a delay ago: states, and inputs by their symbols. */
export function readLate({
  couplings,
  motions,
  groups,
}: Pick<ProjectionPlan, "couplings" | "motions" | "groups">): readonly { readonly end: End; readonly of: string }[] {
  const read = [
    ...[...couplings, ...motions].map((c) => c.value),
    ...groups.flatMap((g) => g.equations.map((e) => e.drift)),
  ];
  return [...new Set(read.flatMap((e) => [...symbolsOf(e)]))].flatMap((s) => agoAt(s) ?? []);
}

/** What assignments draw, each once, after those that it is made of. */
export function drawsIn(assignments: readonly AssignmentPlan[]): readonly EventDrawPlan[] {
  return [...new Map(assignments.flatMap((a) => a.draws).map((d) => [d.name, d])).values()];
}

/** Arguments and bounds, and what stands in its place. */
export function partsOfDraw({ arguments: args, min, max, except }: DrawPlan): readonly Expr[] {
  return [
    ...args,
    ...(min === null ? [] : [min]),
    ...(max === null ? [] : [max]),
    ...(except === null ? [] : [except.where, except.value]),
  ];
}

/** A draw with its arguments and bounds in other words. */
export function withParts<A, B>(draw: Draw<A>, go: (part: A) => B): Draw<B> {
  const { arguments: args, min, max, except } = draw;
  return {
    ...draw,
    arguments: args.map(go),
    min: min === null ? null : go(min),
    max: max === null ? null : go(max),
    except: except === null ? null : { where: go(except.where), value: go(except.value) },
  };
}

/** Groups as people are told of them. */
export function shownGroups(groups: readonly UpdateGroup[]): readonly UpdateGroup[] {
  return groups
    .filter((g) => g.states.some(isShown))
    .map((g) => ({ ...g, states: g.told.filter(isShown), equations: g.equations.filter((e) => isShown(e.state)) }));
}

/** All that decides a simulation, without units: what is integrated by which method, the clock, what is recorded. Times are in ms, other numbers in mV, pF and what follows from them. */
export interface SimulationPlan {
  readonly name: string;
  readonly doc: string;
  /** The file the experiment (or lone model) stands in. */
  readonly source: string;
  readonly subject: string;
  /** ms */
  readonly step: number;
  /** Number of steps; null where no duration is given (a lone model). */
  readonly steps: number | null;
  readonly seed: number | null;
  readonly precise: boolean;
  readonly setup: readonly ParameterPlan[];
  /** Parameters of the set-up that decide numbers of the plan itself (the clock, slices), with the values that it was made for. */
  readonly decisive: ReadonlyMap<string, number>;
  readonly populations: readonly PopulationPlan[];
  /** In the order in which spikes that arrive together take effect. */
  readonly projections: readonly ProjectionPlan[];
  /** Each column once. */
  readonly records: readonly RecordPlan[];
  /** What the experiment records, one by one in its order, whatever of it another recording has as well. */
  readonly asked: readonly RecordPlan[];
  readonly spikesOf: readonly string[];
  /** Each neuron of its only population is a run of its own, with a seed of its own, in which it is number 0: `together.ts` makes such plans. */
  readonly neuronsAreRuns?: true;
}

/** Neurons of one model, as many as `size`: their states, parameters and inputs, and what moves them. */
export interface PopulationPlan {
  readonly name: string;
  /** What its random draws are keyed by: its name, unless it stands in the place of another. */
  readonly drawnAs: string;
  readonly model: string;
  readonly doc: string;
  readonly lineage: readonly string[];
  readonly size: number;
  /** The size, made of parameters of the set-up. */
  readonly sizeBy: Expr;
  /** One neuron that bears its model's name. */
  readonly lone: boolean;
  /** In an order in which each may use those before it. */
  readonly parameters: readonly ParameterPlan[];
  readonly states: readonly StatePlan[];
  /** States that are read as they were. */
  readonly pasts: readonly PastPlan[];
  readonly inputs: readonly InputPlan[];
  readonly noises: readonly NoisePlan[];
  /** How states change between events. */
  readonly groups: readonly UpdateGroup[];
  /** The same while refractory, for the states that are not held; null where refractory neurons move like all others. */
  readonly heldGroups: readonly UpdateGroup[] | null;
  readonly held: readonly string[];
  readonly spike: SpikePlan | null;
  /** Null for neurons; else spikes come from here, and the population has no other. */
  readonly source: SourcePlan | null;
  readonly events: readonly EventPlan[];
  readonly refractory: RefractoryPlan | null;
  /** Everything that can be recorded and is no state: inputs, lets, parameters. */
  readonly observables: readonly ObservablePlan[];
  /** Names of lets, by the expression they stand for: kernels keep them. */
  readonly lets: ReadonlyMap<Expr, string>;
  /** Lists with a value for each neuron, by the symbols that stand for them where values and stimuli are made; 0 for neurons that do not read theirs. */
  readonly lists: ReadonlyMap<string, readonly number[]>;
}

/** The connections from one population to another that one `connect` makes. */
export interface ProjectionPlan {
  /** `exc E->I`: key of its random draws. */
  readonly name: string;
  readonly connection: string;
  readonly synapse: string;
  readonly doc: string;
  readonly text: string;
  readonly origin: Span;
  readonly source: EndPlan;
  readonly target: EndPlan;
  readonly rule: RulePlan;
  /** ms */
  readonly delay: ConnectionValue;
  /** Where it is said; where none is, of the `connect`. */
  readonly delayOrigin: Span;
  /** The same for all connections. */
  readonly oneDelay: boolean;
  /** Values that differ from connection to connection, in an order in which each may use those before it: weights, parameters, then states. */
  readonly values: readonly ConnectionValuePlan[];
  /**
   * How the states of connections change between events. States that live at neurons (`#pre:exc.x`) stand among them where connections read them: there they are only
   * looked ahead to, their own population moves them.
   */
  readonly groups: readonly UpdateGroup[];
  readonly onPre: ArrivalPlan;
  readonly onPost: ArrivalPlan;
  /** What connections give to inputs in every step. */
  readonly couplings: readonly CouplingPlan[];
  /** How those of them that move inside the step do: what is added up in the derivatives of their sums, when `groups` have moved the states of connections. */
  readonly motions: readonly CouplingPlan[];
  /** States of the neurons at its ends whose motion in the step the states of connections see. */
  readonly ahead: readonly { readonly end: End; readonly state: string }[];
  /** Where each synaptic state lives, and why. */
  readonly places: readonly StatePlacement[];
  /** Populations of which its events write to states that are held during refractoriness: what arrives there meanwhile is lost. */
  readonly jumpsIntoHeld: readonly string[];
  /** What they write there is read by events of the same moment, so that it has to be undone connection by connection. */
  readonly oneByOne: boolean;
}

/** Neurons first..last of a population, both included; last is null for its last neuron. */
export interface EndPlan {
  readonly population: string;
  readonly first: number;
  readonly last: number | null;
  /** How a slice is computed from parameters of the set-up; null for a whole population. */
  readonly slice: { readonly first: Expr; readonly last: Expr } | null;
}

export type RulePlan = {
  readonly where: Expr | null;
  readonly self: boolean;
  readonly multiple: boolean;
  readonly origin: Span;
} & (
  | { readonly kind: Exclude<RuleName, "file">; readonly arguments: readonly RuleArgumentPlan[] }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly sources: readonly number[];
      readonly targets: readonly number[];
    }
);

/** A probability may use `#i`, `#j`, `#pre:x`, `#post:x`; everything else parameters of the set-up alone. */
export interface RuleArgumentPlan extends Pick<RuleArgument, "name" | "is"> {
  readonly value: Expr;
}

export interface ConnectionValuePlan {
  readonly name: string;
  readonly role: "weight" | "param" | "state";
  readonly unit: string;
  readonly shown: ShownUnit;
  readonly doc: string;
  readonly value: ConnectionValue;
  readonly single: boolean;
  /** Events or equations change it. */
  readonly changes: boolean;
}

/** Expressions may use `#i`, `#j`, `#pre:x`, `#post:x`; `column` holds one value for each pair of the rule's file. */
export type ConnectionValue = ValuePlan | { readonly kind: "column"; readonly values: readonly number[] };

/** What a spike does. All right sides read the values before it. */
export interface ArrivalPlan {
  /** For each connection that it runs through: assignments to values of the connection and to states at its ends (`#post:V`). */
  readonly perConnection: readonly AssignmentPlan[];
  /** Once, after all its connections: to states that live at the neuron that spiked (`#pre:stp.x`). */
  readonly atNeuron: readonly AssignmentPlan[];
}

/** A sum over connections that an input of one end receives: `rest`, or the factor of one of that neuron's own states. */
export interface CouplingPlan {
  readonly end: End;
  /** What the sum is called in that population. */
  readonly input: string;
  /** The array of the population that it is added up in: an input's, `#in:I_e~exc`, or that of a state, `I_e~exc`, which moves inside the step. */
  readonly array: string;
  readonly value: Expr;
  /** Does not change during a run: added up once. */
  readonly constant: boolean;
  readonly text: string;
  readonly origin: Span;
}

export interface StatePlacement {
  readonly state: string;
  readonly place: "target" | "source" | "connection";
  readonly reason: string;
}

/** Spikes from outside. */
export type SourcePlan =
  | { readonly kind: "poisson"; readonly purpose: string }
  /** steps[k] (ascending, 0 is the beginning of the run) of neurons[k]. */
  | { readonly kind: "given"; readonly times: readonly Expr[]; readonly neurons: readonly number[] };

export type ValuePlan = { readonly kind: "expression"; readonly expression: Expr } | DrawPlan;

export type DrawPlan = Draw<Expr>;

export interface ParameterPlan {
  readonly name: string;
  readonly unit: string;
  /** As people see it: unit text and factor are the display unit's. */
  readonly shown: { readonly unit: string; readonly value: string | null };
  readonly doc: string;
  readonly value: ValuePlan;
  readonly perNeuron: boolean;
}

export interface StatePlan {
  readonly name: string;
  /** Canonical unit. */
  readonly unit: string;
  readonly shown: ShownUnit;
  readonly doc: string;
  readonly initial: ValuePlan;
}

/**
 * A state as it was: it is a state itself, `x~(τ)`, which moves in the step as a cubic through the values and slopes that x had at both ends of the step so long ago.
 * Where a slope is null noise moves x, and it is a straight line.
 */
export interface PastPlan {
  /** It, and its first and second derivative: states. */
  readonly states: readonly [string, string, string];
  /** The third derivative: an input, since it stays in the step. */
  readonly third: string;
  /** The state whose past it is. */
  readonly of: string;
  /** ms, over parameters. */
  readonly delay: Expr;
  /** As written: `x(t - τ)`. */
  readonly text: string;
  /** How fast x moves, and how fast while its neuron is refractory. */
  readonly slope: Expr | null;
  readonly heldSlope: Expr | null;
}

/** The unit of a recorded value: value·multiply/divide is in that unit (one of the two is 1; both are exact powers of ten). */
export interface ShownUnit {
  readonly unit: string;
  readonly multiply: number;
  readonly divide: number;
}

/** What drives an input from outside: an expression of the time and the shapes, constant over each step. */
export interface InputPlan {
  readonly name: string;
  readonly unit: string;
  readonly shown: ShownUnit;
  readonly doc: string;
  readonly stimulus: Expr;
  /** What flows with nothing set from outside: its default, where it has one. */
  readonly unset?: Expr;
  readonly shapes: readonly StimulusShape[];
  /** Changes with the time. */
  readonly timed: boolean;
  readonly perNeuron: boolean;
}

/** A function of the step number; the symbol stands for it in the stimulus. Times in ms, rounded to steps; null is an open end. */
export type StimulusShape = { readonly symbol: string } & (
  | NamedShape<Expr>
  | { readonly shape: "steps"; readonly times: readonly Expr[]; readonly values: readonly Expr[] }
  | {
      readonly shape: "samples";
      readonly path: string;
      readonly times: readonly number[];
      readonly values: readonly number[];
      /** What it would be in every sweep of the file, by its number; null where it counts none. */
      readonly sweeps: Sweeps | null;
      /** A column for each neuron; null where all have the same. */
      readonly each: EachColumn | null;
    }
);

/** Unit white noise; each neuron has its own. */
export interface NoisePlan {
  readonly symbol: string;
  /** What the draws are for: part of the key of the random numbers. */
  readonly purpose: string;
}

/** One state's equation as a group integrates it. */
export interface GroupEquation {
  readonly state: string;
  /** The right side without noise. */
  readonly drift: Expr;
  /** Factors of the noises that enter: dx = drift dt + Σ factor dW. */
  readonly diffusion: ReadonlyMap<string, Expr>;
  /** As written, and where. */
  readonly text: string;
  readonly origin: Span;
}

/** States that are integrated together by one method, with the reason for it. */
export type UpdateGroup = {
  /** Tells the groups of a population apart: `1`, `2`, `held1`. */
  readonly id: string;
  /** In the order in which they are integrated, which the text does not decide. */
  readonly states: readonly string[];
  readonly equations: readonly GroupEquation[];
  /** The states as people are told of them, in the order of their equations in the text. */
  readonly told: readonly string[];
  /** Why this method: a sentence for `glif explain` and the kernel's header. */
  readonly reason: string;
} &
  /** x(t+h) = P x(t) + Q r with P = e^{Ah}, Q = ∫ e^{As} ds, plus L η where there is noise. */
  (
    | {
        readonly method: "exact";
        /** A, row by row; null is a structural zero. Over parameters alone. */
        readonly matrix: readonly (readonly (Expr | null)[])[];
        /** The part of r made of parameters alone, null for zero. */
        readonly constant: readonly (Expr | null)[];
        /** Parts of r that stand still over a step but change between steps: `value` times a column over parameters. */
        readonly forcing: readonly { readonly value: Expr; readonly column: readonly (Expr | null)[] }[];
        /** Columns of B in B·ξ, over parameters; empty without noise. */
        readonly noise: readonly { readonly symbol: string; readonly column: readonly (Expr | null)[] }[];
      }
    /** x' = a x + b with a, b frozen over the step: x + drift·expm1(a h)/a. `halfway`: states of groups before it, read at the mean of both ends of the step. */
    | {
        readonly method: "exponential_euler";
        readonly rates: readonly Expr[];
        readonly order: 1 | 2;
        readonly halfway: readonly string[];
      }
    /** Explicit Runge-Kutta (euler, heun, rk4) or, adaptive, Dormand-Prince (rk45) and a Rosenbrock method; euler and heun take noise, as exponential Euler does where it is additive. `auxiliary` equations run along in the stages only: their states have an exact group of their own. */
    | {
        readonly method: StagesName | AdaptiveName;
        readonly auxiliary: readonly GroupEquation[];
        readonly tolerance: number;
      }
  );

export type ExactGroup = Extract<UpdateGroup, { readonly method: "exact" }>;

/** A group whose equations are integrated together, in stages. */
export type StagedGroup = Extract<UpdateGroup, { readonly auxiliary: readonly GroupEquation[] }>;

export type AdaptiveGroup = StagedGroup & { readonly method: AdaptiveName };

export function isAdaptive(group: UpdateGroup): group is AdaptiveGroup {
  return isAdaptiveName(group.method);
}

export type SpikePlan =
  /** level: spikes whenever true and not refractory (there is a reset); crossing: when it becomes true (there is none). */
  | {
      readonly mode: "level" | "crossing";
      readonly condition: Expr;
      readonly reset: readonly AssignmentPlan[];
      readonly text: string;
      readonly origin: Span;
    }
  /** 1/ms */
  | {
      readonly mode: "rate";
      readonly rate: Expr;
      readonly purpose: string;
      readonly reset: readonly AssignmentPlan[];
      readonly text: string;
      readonly origin: Span;
    };

export interface AssignmentPlan {
  readonly state: string;
  /** What is drawn for it, each after those that it is made of; events of one moment that read the same draw have the same number. */
  readonly draws: readonly EventDrawPlan[];
  readonly value: Expr;
  readonly text: string;
  readonly origin: Span;
}

/** A draw of an event, anew each time. `reset/Θ`, `on pre/u`: part of the key of its random numbers; its symbol is `#~:` and this. */
export interface EventDrawPlan {
  readonly name: string;
  readonly value: DrawPlan;
}

export interface EventPlan {
  /** `becomes`: it happens when this becomes true; `clock`: at the end of each step where it is true. */
  readonly mode: "becomes" | "clock";
  readonly condition: Expr;
  readonly assignments: readonly AssignmentPlan[];
  readonly text: string;
  readonly origin: Span;
}

export interface RefractoryPlan {
  /** ms; over parameters and states. */
  readonly duration: Expr;
  readonly perNeuron: boolean;
  /** It reads states: its length is known at the spike alone, after the reset. */
  readonly atSpike: boolean;
}

export interface ObservablePlan {
  readonly name: string;
  readonly kind: "input" | "other";
  readonly shown: ShownUnit;
  readonly value: Expr;
}

export interface RecordPlan {
  readonly population: string;
  readonly variables: readonly string[];
  readonly first: number;
  readonly last: number;
  /** All neurons, however many there are. */
  readonly whole: boolean;
  /** Steps between samples. */
  readonly every: number;
  /** The time between them (ms), made of parameters of the set-up and the step; null where every step is sampled. */
  readonly interval: Expr | null;
}
