// What a simulator that models go out to is: one folder says how, this is what all of them are asked for and what they hand back.
import type { Span } from "../base/source.ts";
import type { ExportModel } from "./exported.ts";

/** All that a model, a network and an experiment may say and that a target takes, takes in its own way, or refuses: a target says something of each, in the order of the reference's table. */
export const CONSTRUCTS = {
  equations: "equations, lets, indices, mechanisms",
  methods: "methods",
  noise: "noise `ξ`",
  level: "`spike when` with a `reset`",
  crossing: "`spike when` without a `reset`",
  rate: "`spike with rate`",
  reset: "`reset`",
  events: "`on CONDITION`, `every`",
  refractory: "`refractory`, `hold`",
  drop: "`drop`",
  eventDraws: "draws in events",
  precise: "`spikes precise`",
  stimuli: "stimuli",
  populations: "settings and draws of populations",
  poisson: "`poisson`",
  spikes: "`spikes`",
  rules: "rules of connections",
  connectionValues: "weights, parameters and delays of connections",
  summed: "synapses whose states live at the target",
  plasticity: "states of single connections, `on post`",
  coupling: "contributions without spikes",
  record: "`record`",
  seed: "`seed`",
} as const;

export type Construct = keyof typeof CONSTRUCTS;

export interface Target {
  /** As the command line names it. */
  readonly name: string;
  /** As people call it, with the version that it is tried with. */
  readonly title: string;
  readonly version: string;
  /** What it does with each construct, one line of the reference's table: Markdown. What it refuses begins with `refused`. */
  readonly takes: Readonly<Record<Construct, string>>;
  /** Null where `tell` was given a refusal. */
  write(model: ExportModel, tell: Teller): readonly ExportFile[] | null;
}

export interface ExportFile {
  /** Name in the folder that is exported to. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What the target cannot express, with the way out; what it says nearly the same. Each is told once. */
export interface Teller {
  refuse(at: Span, what: Refusal): void;
  nearly(at: Span, what: Nearly): void;
  /** What was told so far. */
  readonly refused: boolean;
  readonly near: readonly Nearly[];
}

/** Sentences without a full stop. */
export interface Refusal {
  /** What is said in the model: `a draw from gamma`. */
  readonly what: string;
  readonly because: string;
  readonly help: readonly string[];
}

export interface Nearly {
  /** `V is integrated by exponential_euler, which freezes g at the beginning of the step; glif takes it at the middle` */
  readonly what: string;
}
