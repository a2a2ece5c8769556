// What a comparison has found, as plain data: everything that a report shows stands here, and nothing else is asked of the run.
// It is what `comparison.json` holds: numbers are in the unit that stands beside them; `null` is a value that is not defined.

/** A whole comparison, finished or interrupted. */
export interface ComparisonResult {
  readonly format: "glif-comparison 1";
  readonly name: string;
  readonly doc: string;
  /** File name of the source, as the user gave it. */
  readonly source: string;
  /** Version of glif, hash of the sources, seeds, and the words of the command line after `glif`: what another run needs to give the same numbers. */
  readonly about: {
    readonly glif: string;
    readonly sourceHash: string;
    readonly seeds: readonly number[];
    readonly command: readonly string[];
  };
  readonly variants: readonly Variant[];
  /** Number of the variant that the others are held against. */
  readonly baseline: number;
  readonly experiments: readonly ComparedExperiment[];
  /** Each variant that is not the baseline, against the one that it is nearest to. */
  readonly structure: readonly StructuralSummary[];
  readonly measures: readonly MeasureColumn[];
  /** Every variant under every experiment that fits it. */
  readonly cells: readonly Cell[];
  /** Every variant that is not the baseline, under every experiment that fits both. */
  readonly contrasts: readonly Contrast[];
  /** Null where nothing was recorded to be held against. */
  readonly recording: RecordingSummary | null;
  readonly sweep: SweepResult | null;
  /** What was done without being asked, and what was left out, a sentence each. */
  readonly notes: readonly string[];
  /** False where it was stopped before its end, where not one run came to its end, and where its files could not all be written. */
  readonly complete: boolean;
  /** Why it is not complete; there where it is not. */
  readonly reason?: string;
}

export interface Variant {
  /** Unique: the model's name, or what stands after `as`. */
  readonly label: string;
  readonly model: string;
  readonly doc: string;
  /** As written, `b_s = 0.2 /ms`, `method euler`; empty for a model as it is. */
  readonly overrides: readonly string[];
  /** A sentence for each group of equations: method and reason. */
  readonly methods: readonly string[];
  /** States of one neuron, or neurons of all populations of a network. */
  readonly size: string;
}

export interface ComparedExperiment {
  readonly name: string;
  readonly doc: string;
  /** ms */
  readonly duration: number;
}

/** How a variant's model differs from another's: `src/compare/structure/` finds it. */
export interface StructuralSummary extends StructuralDifference {
  readonly variant: number;
  /** The baseline, or a variant before this one that it is a smaller change of: of levels of a model each is told against the level that it extends. */
  readonly against: number;
}

export interface StructuralDifference {
  /** As a paper would: "GLIF3 = LIF + after-spike currents I[1..2] in the input + their reset"; "no difference in the equations". */
  readonly sentence: string;
  /** Null: no difference was found, and no proof that there is none. */
  readonly equal: boolean | null;
  /** Whether a state or an input of one is that of the other and no multiple of it, nor counted from elsewhere: then what is recorded of equal models is the same. */
  readonly measuredAlike: boolean;
  readonly items: readonly StructuralItem[];
}

export interface StructuralItem {
  /** What it is about: a state, an equation, a parameter, …; one heading of the report each. */
  readonly part:
    | "state"
    | "equation"
    | "input"
    | "parameter"
    | "constant"
    | "threshold"
    | "reset"
    | "event"
    | "refractoriness"
    | "noise"
    | "synapse"
    | "connectivity"
    | "population"
    | "stimulus"
    | "method"
    | "step";
  readonly change: "added" | "removed" | "changed";
  /** `V'`, `Θ_s`, `b_s`, `E -> I`. */
  readonly name: string;
  /** As the source would say it, with units; null where it is not there. */
  readonly before: string | null;
  readonly after: string | null;
  /** A phrase for the sentence and for readers: "the leak is divided by τ instead of multiplied by G/C". Empty where before and after say it all. */
  readonly note: string;
}

/** One measure with its arguments: a column of the tables. */
export interface MeasureColumn {
  /** Unique: `rate`, `van_rossum(tau: 10 ms)`, `rmse(V)`. */
  readonly key: string;
  /** Name in the catalogue of measures. */
  readonly name: string;
  readonly title: string;
  /** "Hz", "mV", "" for a pure number. */
  readonly unit: string;
  readonly definition: string;
  readonly source: string;
  /** Larger is nearer to the reference: Γ, explained variance. Null where it is no distance and no similarity. */
  readonly nearer: "smaller" | "larger" | null;
}

export interface Cell {
  readonly variant: number;
  readonly experiment: number;
  readonly measure: number;
  /** One a seed, in the order of `about.seeds`; one alone where nothing is random. */
  readonly values: readonly (number | null)[];
  readonly mean: number | null;
  /** 95 % confidence interval of the mean over seeds (Student's t; of measures of repeats over runs and repeats); null for fewer than two values. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Mean at half the step minus the mean at the step, over the same seeds; null where it was not run. */
  readonly stepEffect: number | null;
  /** Magnitude below which a value is rounding: of a measure of traces relative to their largest value. */
  readonly rounding: number;
  /** Why a value is null: "fewer than 2 intervals"; empty otherwise. */
  readonly undefinedBecause: string;
  /** Measures that are curves: f-I, spectrum, local order; their mean over seeds. Null for numbers. */
  readonly curve: Curve | null;
}

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  /** Half width of the 95 % interval over seeds, where there are several. */
  readonly halfWidth: readonly (number | null)[] | null;
  readonly xName: string;
  readonly xUnit: string;
  readonly yName: string;
  readonly yUnit: string;
}

/**
 * What explains a difference: what differs in the variant, where the difference is larger than what the seed and the step do: `numerics` where that is the method or the step
 * it is integrated with and nothing else, `model` otherwise; else the larger of `seed` and `step`. `none`: there is no difference beyond rounding. `unknown`: it is random,
 * and one seed alone cannot tell. `undefined`: a value is missing. `fault`: the models are proven to be the same and nothing in them is random.
 */
export type Verdict = "model" | "numerics" | "seed" | "step" | "none" | "unknown" | "undefined" | "fault";

/** The difference of a variant's measure from the baseline's, held against what the seed and the step do. */
export interface Contrast {
  readonly variant: number;
  readonly experiment: number;
  readonly measure: number;
  /** Mean over seeds of variant minus baseline. */
  readonly difference: number | null;
  /** 95 % confidence interval of that mean, paired by seed. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Standard deviation between seeds: the larger of the two variants'. Of a distance to the baseline: how far two seeds of the baseline are apart. 0 where nothing is random, null where one seed does not tell. */
  readonly seedSpread: number | null;
  /** Magnitude of the larger of the two step effects. */
  readonly stepError: number | null;
  readonly verdict: Verdict;
  /** "21.4 Hz less than LIF: 30 times the difference between seeds, 400 times that of the step". */
  readonly sentence: string;
}

/** How near each variant comes to the recording. */
export interface RecordingSummary {
  readonly path: string;
  /** "12 spikes and 1 trace (V), 2 s". */
  readonly content: string;
  /** By measure, variants from the nearest on; the first `tied` of them are not told apart. */
  readonly ranking: readonly {
    readonly measure: number;
    readonly experiment: number;
    readonly variants: readonly number[];
    readonly tied: number;
  }[];
  /** "GLIF4 is nearest by 3 of 4 measures". */
  readonly sentence: string;
  /** Of a sweep of one model the points that come nearest by some measure, each once; empty otherwise. */
  readonly nearest: readonly NearestPoint[];
}

export interface NearestPoint {
  readonly experiment: number;
  /** As of a sweep's point. */
  readonly at: readonly number[];
  /** Those by which no point is nearer. */
  readonly measures: readonly number[];
  /** The words after `glif` that run it, its values in full digits; null where no command line has them. */
  readonly command: readonly string[] | null;
}

/** Measures over a line or a grid of parameter values. */
export interface SweepResult {
  readonly axes: readonly SweepAxis[];
  readonly points: readonly SweepPoint[];
}

export interface SweepAxis {
  /** As written: `b_s`, `E.t_ref`. */
  readonly name: string;
  readonly unit: string;
  /** In `unit`; for draws in the order in which they were drawn. */
  readonly values: readonly number[];
  readonly scale: "linear" | "logarithmic" | "list" | "draws";
}

export interface SweepPoint {
  readonly variant: number;
  readonly experiment: number;
  /** Positions along the axes. Draws have one axis position for all axes together. */
  readonly at: readonly number[];
  /** One a measure, in the order of `measures`. */
  readonly means: readonly (number | null)[];
  readonly intervals: readonly (readonly [low: number, high: number] | null)[];
}

/** What the report draws besides: of the first seed, one figure an experiment; kept apart because it is large. */
export interface ComparisonTraces {
  readonly overlays: readonly Overlay[];
}

/** One variable of every variant that has it, under one experiment, over one time axis. */
export interface Overlay {
  readonly experiment: number;
  /** Of one neuron: traces to lay over each other, the recording's last. */
  readonly panels: readonly OverlayPanel[];
  /** Spikes by variant, aligned: one row a seed for lone neurons, one row a neuron for networks. */
  readonly rasters: readonly OverlayRaster[];
  /** What is put in, where it is the same for all. */
  readonly stimulus: OverlayPanel | null;
  /** ms: what is shown. */
  readonly from: number;
  readonly until: number;
}

export interface OverlayPanel {
  /** "V (mV)" */
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly {
    readonly label: string;
    readonly variant: number | null;
    readonly point?: number;
    readonly t: ArrayLike<number>;
    readonly y: ArrayLike<number>;
  }[];
}

export interface OverlayRaster {
  readonly label: string;
  /** Null for the recording. */
  readonly variant: number | null;
  /** Of a sweep of one variant: which of the points that are shown; the label says where it is. */
  readonly point?: number;
  readonly rows: number;
  /** "seeds", "neurons of E". */
  readonly rowsAre: string;
  readonly times: ArrayLike<number>;
  readonly row: ArrayLike<number>;
}
