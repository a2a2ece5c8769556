// What goes to a worker and what comes back.
import type { Measured, CaseProgram, FigureData, RunData } from "../../compare/runData.ts";
import type { Against } from "../../compare/evaluate.ts";
import type { FitOutcome, FitTerm, ForcedOutcome, ForcedRequest, ScoreRequest } from "../../fit/problem.ts";
import type { RecordRequest } from "../../runtime/recording.ts";
import type { RunnerText } from "../runner.ts";

/** A case as a worker runs it: emitted once, evaluated once by each worker. */
export interface Program {
  readonly runner: RunnerText;
  readonly case: CaseProgram;
}

/** Runs of one program that go on together where that can be. */
export interface WorkerTask {
  /** Of the programs that the workers were set up with. */
  readonly program: number;
  /** In the place of the program with that number, where what is swept decides the clock or the sizes. */
  readonly own: Program | null;
  readonly half: boolean;
  readonly runs: readonly TaskRun[];
}

export interface TaskRun {
  readonly seed: number;
  /** Of what is swept, in the order of the program's runner; null where it is as planned. */
  readonly values: readonly (number | null)[];
  readonly against: Against | "recording";
  readonly figure: "all" | "spikes" | "nothing";
  /** Give back what was recorded: others are held against it. */
  readonly keep: boolean;
}

/** Of one run. */
export interface TaskResult {
  readonly measured: readonly Measured[];
  /** Why the run could not be taken to its end: a sentence about the model, not about glif. */
  readonly failure: string | null;
  readonly warnings: readonly string[];
  readonly figure: FigureData | null;
  readonly data: RunData | null;
}

export interface WorkerSetup {
  readonly programs: readonly Program[];
  /** What tasks against the `"recording"` are held against. */
  readonly recording: Against | null;
}

/** A case, or a forced run, as whoever runs it needs it: plain data. */
export type FitPart = { readonly number: number; readonly runner: RunnerText } & (
  | {
      readonly kind: "case";
      readonly program: CaseProgram;
      readonly data: readonly RunData[];
      readonly terms: readonly FitTerm[];
      /** How near the spike condition comes to being true; null where that is no number. */
      readonly margin: RecordRequest | null;
      /** ms; that of the program, or as long as a search may take it. */
      readonly searchStep: number;
    }
  | {
      readonly kind: "forced";
      readonly seed: number;
      readonly reads: { readonly traces: readonly RecordRequest[]; readonly margin: readonly RecordRequest[] };
    }
);

/** What a fit asks of its runs. */
export type FitAsked = { readonly scores: ScoreRequest } | { readonly forced: ForcedRequest };

/** First what all tasks are of, then the tasks; of a fit each part before what is asked of it. */
export type ToWorker =
  | { readonly setup: WorkerSetup }
  | { readonly number: number; readonly task: WorkerTask }
  | { readonly part: FitPart }
  | { readonly number: number; readonly asked: FitAsked };
export type FromWorker = { readonly number: number } & (
  | { readonly results: readonly TaskResult[] }
  | { readonly outcomes: readonly (readonly FitOutcome[])[] | readonly ForcedOutcome[] }
  | { readonly fault: string }
);
