// What a fit is asked and what it answers: the numbers that are free, the runs that depend on them, the data that they must explain, and what "explain" means. Numbers are canonical (ms, mV, pF and what follows).
import type { CaseProgram, Measured, RunData, Window } from "../compare/runData.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";

/** A number that is sought. */
export interface FreeNumber {
  /** As written: `C`, `δI[1]`, `V` (an initial value). */
  readonly name: string;
  /** The parameter of the set-up that stands for it in the plans of all cases. */
  readonly setup: string;
  /** In which it is shown, and canonical values times `scale` are in it. */
  readonly unit: { readonly text: string; readonly scale: number };
  readonly lower: number;
  readonly upper: number;
  /** Sought in equal ratios: both bounds are above 0. */
  readonly logarithmic: boolean;
  /** The model's own value; null where it is drawn, or lies outside the bounds. */
  readonly own: number | null;
}

export type { Window };

/** A trace of the data, and what of the model explains it: another variable where an electrode's voltage is seen, `V + R_s*I_e`. */
export interface ObservedTrace {
  readonly population: string;
  /** Of the model: a state, an input or a let. */
  readonly variable: string;
  /** Its name in the data. */
  readonly recorded: string;
}

/** The model under one experiment, with what was recorded there. */
export interface FitCase {
  readonly experiment: string;
  /** Records what the terms read; what is free is a parameter of its set-up. */
  readonly plan: SimulationPlan;
  /** Its tasks are the terms, in their order. */
  readonly program: CaseProgram;
  /** Whether its seed matters. */
  readonly random: boolean;
  /** Repeats of one recording. */
  readonly data: readonly RunData[];
  /** Traces that regression may be done on, whatever the terms are; empty where the data has none. */
  readonly observed: readonly ObservedTrace[];
  readonly train: readonly Window[];
  /** Not seen by the search; empty where nothing is kept back. */
  readonly test: readonly Window[];
}

/** One measure of the objective, `2*explained_variance(sigma: 10 ms)`. */
export interface FitTerm {
  /** As written, a heading. */
  readonly text: string;
  /** In the catalogue; its `nearer` says which way is better. */
  readonly measure: string;
  /** Above 0; the terms' weighted mean is what is sought. */
  readonly weight: number;
}

/** One model with one set of free numbers. */
export interface FitProblem {
  /** Its label. */
  readonly model: string;
  readonly free: readonly FreeNumber[];
  readonly cases: readonly FitCase[];
  readonly terms: readonly FitTerm[];
  /** One search each; with noise also the draws of the runs. */
  readonly seeds: readonly number[];
  /** Runs of candidates that may be taken by all searches together. */
  readonly evaluations: number;
}

/** What a candidate has come to in a set of windows. */
export interface FitScore {
  /** What is minimised: the weighted mean of the terms' losses (1 - value, or value over that of a model that does nothing), and what is added for rates far off. Infinite where the model cannot run. */
  readonly loss: number;
  /** In the order of the problem's terms: the mean over cases and windows. */
  readonly terms: readonly Measured[];
}

/** Runs of candidates under all cases, the model running freely. Plain data, so that it can go to any thread. */
export interface ScoreRequest {
  /** Of each case; a case without is not run. */
  readonly windows: readonly (readonly Window[])[];
  /** How near the spike condition came to being true: what still has a slope where nothing spikes. */
  readonly margin: boolean;
  /** Traces are compared at some of their samples: a search need not see every one. */
  readonly coarse: boolean;
  readonly candidates: readonly FitCandidate[];
}

export interface FitCandidate {
  /** Of its draws: one run each. */
  readonly seeds: readonly number[];
  /** Of the free numbers, in their order, canonical. */
  readonly values: readonly number[];
}

/** What a draw of a candidate did. */
export interface FitOutcome {
  /** Why a run did not come to its end; null where all did. */
  readonly failure: string | null;
  /** By case and window; empty where it failed. */
  readonly windows: readonly (readonly WindowOutcome[])[];
}

export interface WindowOutcome {
  /** By term; null where it has no value. Of what is taken of all draws together each has that. */
  readonly terms: readonly (number | null)[];
  readonly spikes: number;
  /** Largest a - b of a spike condition `a > b`, where it was asked for. */
  readonly margin: number | null;
}

/** A run in which the recorded spikes take the place of the model's own, so that what lies between them is smooth in the numbers. */
export interface ForcedRequest {
  /** Of the forced runs of the problem. */
  readonly run: number;
  /** The observed traces, or how near the spike condition is to being true. */
  readonly reads: "traces" | "margin";
  /** Steps that are taken, and between two samples. */
  readonly steps: number;
  readonly every: number;
  readonly candidates: readonly (readonly number[])[];
}

/** One a trace that is read, its samples; null where it left the numbers. */
export type ForcedOutcome = readonly Float64Array[] | null;

/** Who takes the runs. What comes back depends on the requests alone, however they are divided. */
export interface FitRuns {
  /** By candidate and draw. */
  scores(request: ScoreRequest): Promise<readonly (readonly FitOutcome[])[]>;
  forced(request: ForcedRequest): Promise<readonly ForcedOutcome[]>;
}

/** A number as it was found. */
export interface FittedNumber {
  readonly value: number;
  /** 95 %; null where there is none, `because` of that. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** What the interval is made of, or why there is none. */
  readonly because: string;
  readonly atBound: "lower" | "upper" | null;
}

/** One way that was taken, in its order. */
export interface FitStage {
  readonly name: "regression" | "likelihood" | "shift" | "search" | "refinement";
  /** Why, of what and with what success: sentences. */
  readonly words: string;
  /** Places of the numbers it sought. */
  readonly numbers: readonly number[];
  readonly evaluations: number;
}

/** The search from one seed. */
export interface FitSearch {
  readonly seed: number;
  readonly loss: number;
  readonly values: readonly number[];
  readonly evaluations: number;
  readonly restarts: number;
  /** Why it ended. */
  readonly stopped: string;
}

/** Numbers that move together without a change of what is explained. */
export interface OpenDirection {
  /** A sentence: "C and G move together: only C/G is known". */
  readonly words: string;
  /** Place and share of each; in units of its interval's logarithm or of itself. */
  readonly numbers: readonly { readonly number: number; readonly share: number }[];
}

/** What a loss is worth: its mean over a point and those beside it, and the standard error of that. */
export interface Scatter {
  readonly mean: number;
  readonly error: number;
}

export interface FitResult {
  readonly model: string;
  readonly numbers: readonly FittedNumber[];
  readonly train: FitScore;
  /** Null where nothing is kept back. */
  readonly test: FitScore | null;
  /** Of the loss on what was kept back, else on what was seen, with the numbers a little off. */
  readonly scatter: Scatter | null;
  /** The repeats of the data against each other, by term; null where there are fewer than two, or the terms need none. */
  readonly ceiling: { readonly train: readonly Measured[]; readonly test: readonly Measured[] | null } | null;
  readonly stages: readonly FitStage[];
  readonly searches: readonly FitSearch[];
  /** Whether the two best searches came to the same loss, and in words. */
  readonly agreement: { readonly agree: boolean; readonly words: string };
  readonly directions: readonly OpenDirection[];
  readonly evaluations: number;
  /** Why it ended. */
  readonly stopped: string;
  readonly notes: readonly string[];
}
