// What a connection rule is: what the language says of it, which the compiler reads, and how its connections are made, which the runtime calls.
import type { ConnectionRequest, Rows } from "../connectRequest.ts";
import type { Done } from "../connectRows.ts";

export interface RuleArgument {
  readonly name: string;
  /** In messages: "the probability `p`". */
  readonly what: string;
  /** As it is written: `0.1`. */
  readonly example: string;
  /**
   * What its value is:
   * - `probability`: of each pair, over `i`, `j`, `pre.x` and `post.x`; all others are one for all neurons
   * - `sources`, `targets`, `pairs`: a whole number, of different sources of each target, different targets of each source, or different pairs in all
   * - `number`: what the rule's `check` admits
   * - `path`: of a file of pairs
   */
  readonly is: "probability" | "sources" | "targets" | "pairs" | "number" | "path";
  /** Canonical, of what the rule is given. */
  readonly unit: string;
  /** What other tools call it. */
  readonly also: readonly string[];
}

export interface RuleDeclaration {
  /** Its row of the reference. */
  readonly means: string;
  readonly arguments: readonly RuleArgument[];
  /** Which neurons it connects is drawn. */
  readonly draws: boolean;
  /** It connects the k-th source with the k-th target and nobody else, so that there must be as many of both. */
  readonly pairsUp?: true;
  /** What other tools call it. */
  readonly also: readonly string[];
}

/** Mean of `value(a, b)` over all rows a and columns b that a rule asks about, or over a sample of them where there are many. */
export type MeanOf = (value: (a: number, b: number) => number) => number;

export interface RuleMaking {
  /** Throws a ConnectionError for what can be seen without testing pairs. */
  readonly check: (request: ConnectionRequest) => void;
  /** How many rows and columns a condition is asked about; all sources and targets unless it is said. */
  readonly asks?: (request: ConnectionRequest) => readonly [rows: number, columns: number];
  /** The mean number of connections. */
  readonly predict: (request: ConnectionRequest, mean: MeanOf) => number;
  readonly build: (request: ConnectionRequest, done: Done) => Rows;
}

export const PROBABILITY = {
  name: "p",
  what: "the probability `p`",
  example: "0.1",
  is: "probability",
  unit: "1",
  also: ["probability", "prob", "p_connect", "p_conn"],
} as const satisfies RuleArgument;

export const NUMBER = {
  name: "n",
  what: "the number `n`",
  example: "10",
  unit: "1",
} as const satisfies Partial<RuleArgument>;
