// What a fit is asked and what it answers: the numbers that are free, the runs that depend on them, the data that they must explain, and what "explain" means. Numbers are canonical (ms, mV, pF and what follows).
import type { CaseProgram, Measured, RunData } from "../compare/runData.ts";
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

/** ms, both ends among it. */
export interface Window {
  readonly from: number;
  readonly until: number;
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
  /** What was minimised: 0 where the model explains everything, infinite where it cannot run. */
  readonly loss: number;
  /** In the order of the problem's terms: the mean over cases and windows. */
  readonly terms: readonly Measured[];
}
