// What an expression stands in: which quantities it can read, which indices have a value, and what may occur in its place.
import type { Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Dimension } from "../quantities/dimension.ts";
import type { Unit } from "../quantities/unit.ts";
import type { Column } from "../recording/columns.ts";
import type { SourceHost } from "../2-resolve/load.ts";
import type { ResolvedExpr, ResolvedIndex, ResolvedLocal, ResolvedTables } from "../2-resolve/resolved.ts";
import type { CheckedQuantity, End, IndexRange } from "./checked.ts";
import type { Sized, Sort } from "./sized.ts";

/** A table of a file as it is written. */
export interface Columns {
  readonly path: string;
  readonly columns: readonly Column[];
  /** Cells as text, of the lines that are not empty. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

export type Problem = { readonly problem: string; readonly help: string | null };

/** What a file of stimuli holds, canonical, or why it cannot be read. */
export type StimulusTable =
  | {
      /** All but the time and the count of sweeps. */
      readonly columns: readonly { readonly name: string; readonly unit: Unit }[];
      /** By their numbers; one without a number where the file counts none. */
      readonly sweeps: ReadonlyMap<number | null, StimulusSweep>;
    }
  | { readonly problem: string; readonly help: string | null };

export interface StimulusSweep {
  /** ms, ascending. */
  readonly times: number[];
  /** A list a column; NaN where a cell is empty. */
  readonly values: readonly number[][];
}

export type Say = (diagnostic: Diagnostic) => void;

/** While dimensions are still being found out: what is wrong is told when everything is known. */
export const SILENT: Say = () => undefined;

/** A quantity as far as it is known. */
export interface Known {
  readonly quantity: CheckedQuantity;
  readonly sort: Sort;
  /** A bare number that gave it its value: where a unit may have been forgotten. */
  readonly bare: { readonly text: string; readonly span: Span } | null;
}

export interface KnownIndex {
  readonly range: IndexRange;
  readonly index: ResolvedIndex;
}

/** The names of one model: empty for what stands outside of models. */
export interface ModelTable {
  readonly name: string;
  readonly quantities: ReadonlyMap<string, Known>;
  /** Null: the range was not understood. */
  readonly indices: ReadonlyMap<string, KnownIndex | null>;
  /** Of each name that is read, the expressions that read it: what already has its place is no forgotten factor elsewhere. */
  readonly readers?: () => ReadonlyMap<string, readonly Span[]>;
}

/** The neuron at one end of a connection. */
export interface EndModel {
  readonly table: ModelTable;
  readonly isSource: boolean;
  /** Not all of it was understood: what it lacks may stand there. */
  readonly damaged: boolean;
}

/** Null where a synapse is looked at by itself, and outside of connections: what is theirs is not known then, and nothing is said of it. */
export type Ends = Readonly<Record<End, EndModel | null>>;

export const NO_ENDS: Ends = { pre: null, post: null };

export const NO_MODEL: ModelTable = { name: "", quantities: new Map(), indices: new Map() };

/** What may stand in a place, and how messages call it: "in a reset". */
export interface Place {
  readonly words: string;
  readonly noise: boolean;
  readonly stimuli: boolean;
  readonly time: boolean;
  /** It stands in the text of a synapse. */
  readonly synapse: boolean;
}

export interface SumScope {
  readonly over: Map<string, IndexRange>;
  /** Whose indices these are: the model's own, or those of the neuron at an end. */
  readonly models: Set<"own" | End>;
  /** Sums inside of this one: left out while it is found out which indices are free in it. */
  readonly inner: "left out" | "added up";
}

/** Neurons of a population that may each have a value of their own where something of theirs is set. */
export interface EachNeuron {
  readonly population: string;
  /** What is set, as a column of a file bears it: `V_th`, `k[1]`. */
  readonly name: string;
  /** Of the population; null where that is not known. */
  readonly size: number | null;
  /** Those that are meant, both included: of a slice, else all. `last` is null where that is not known. */
  readonly first: number;
  readonly last: number | null;
}

/** Nodes that functions that call each other may still be written out to in one expression: below 0 there are too many, at -∞ for another reason than those that their bodies have. */
export interface Budget {
  left: number;
}

export interface Context {
  readonly say: Say;
  readonly place: Place;
  readonly model: ModelTable;
  readonly ends: Ends;
  readonly setup: ReadonlyMap<string, Known>;
  readonly tables: ResolvedTables;
  readonly library: Library;
  /** Indices that have a value here. */
  readonly bound: ReadonlyMap<string, IndexRange>;
  readonly sum: SumScope | null;
  /** Of the function whose body this is. */
  readonly parameters: ReadonlyMap<string, Sized>;
  /** Names of the event in whose braces this stands, as far as they have been looked at. */
  readonly locals: Map<ResolvedLocal, Sized>;
  /** Keys of the functions that are being written out. */
  readonly calls: readonly string[];
  readonly budget: Budget;
  /** What anonymous noise is named after: `ξ#V`, and the second one `ξ#V#2`. */
  readonly noise: NoiseCount;
  /** What the whole value is for, where that is known: for helps alone. */
  readonly wanted: Dimension | null;
  /** Whose values these are, where neurons may differ by a list or a file. */
  readonly each: EachNeuron | null;
}

/** Of the anonymous white noise that drives one thing. */
export interface NoiseCount {
  readonly name: string;
  count: number;
}

/** What all parts of a program share. */
export interface Library {
  readonly host: SourceHost;
  /** Whether it is told how mistakes are mended; false where they are only counted. */
  readonly helps: boolean;
  /** The constants of files, each checked once. */
  readonly constants: Map<string, Sized>;
  /** The tables of stimulus files by their paths, each read once. */
  readonly tables: Map<string, StimulusTable>;
  /** Columns of files with a value for each neuron, by path and model, each read once. */
  readonly columns: Map<string, Columns | Problem>;
  /** Functions that grow without bound make one message, wherever they are called. */
  readonly tooLarge: { told: boolean };
  /** Nodes that the bodies of functions were found to have, written out, or to have at least. */
  readonly written: Map<string, number>;
  /** Of whole expressions; here so that its parts can call it. */
  readonly measure: Measure;
}

export type Measure = (expr: ResolvedExpr, context: Context) => Sized;

/** Nodes that the functions of one expression may grow to. */
export const MOST_NODES = 200_000;

export function contextOf(
  base: Pick<Context, "say" | "place" | "model" | "setup" | "tables" | "library"> & {
    readonly noise?: NoiseCount;
    readonly ends?: Ends;
    readonly locals?: Context["locals"];
  },
): Context {
  const { say, place, model, setup, tables, library, noise = { name: "", count: 0 }, ends = NO_ENDS } = base;
  return {
    say,
    place,
    model,
    setup,
    tables,
    library,
    ends,
    bound: NO_RANGES,
    sum: null,
    parameters: NO_PARAMETERS,
    locals: base.locals ?? new Map<ResolvedLocal, Sized>(),
    calls: [],
    budget: { left: MOST_NODES },
    noise,
    wanted: null,
    each: null,
  };
}

const NO_RANGES: Context["bound"] = new Map();
const NO_PARAMETERS: Context["parameters"] = new Map();

/** The same place with indices that bear a value. */
export function binding(context: Context, ranges: readonly IndexRange[]): Context {
  return ranges.length === 0
    ? context
    : { ...context, bound: new Map([...context.bound, ...ranges.map((r) => [r.name, r] as const)]) };
}

const place = (words: string, allowed: Partial<Place> = {}): Place => ({
  words,
  noise: false,
  stimuli: false,
  time: false,
  synapse: false,
  ...allowed,
});

export const PLACES = {
  equation: place("in an equation", { noise: true, time: true }),
  contribution: place("in a contribution", { noise: true, time: true }),
  let: place("in a `let`", { time: true }),
  param: place("in the default of a parameter"),
  const: place("in a constant"),
  state: place("in an initial value"),
  weight: place("in the default of a weight"),
  input: place("in the default of an input", { time: true }),
  function: place("in a function", { time: true }),
  condition: place("in a condition", { time: true }),
  rate: place("in a spike rate", { time: true }),
  event: place("in a reset or an event", { time: true }),
  refractory: place("in a refractory period"),
  period: place("in a period"),
  synapseEquation: place("in the equation of a synapse", { time: true, synapse: true }),
  synapseContribution: place("in the contribution of a synapse", { time: true, synapse: true }),
  arrival: place("in `on pre` or `on post`", { time: true, synapse: true }),
  index: place("in the range of an index"),
  setup: place("in a set-up"),
  size: place("in the size of a population"),
  directive: place("in a duration or a step"),
  rule: place("in the rule of a connection"),
  slice: place("in the slice of a population"),
  delay: place("in a delay"),
  spikeTimes: place("in the times of spikes"),
  sourceRate: place("in the rate of a source", { stimuli: true, time: true }),
  setting: place("in the setting of a parameter or an initial value"),
  stimulus: place("in a stimulus", { noise: true, stimuli: true, time: true }),
  draw: place("in a draw"),
  record: place("in a recording"),
  comparison: place("in a comparison"),
} as const satisfies Record<string, Place>;
