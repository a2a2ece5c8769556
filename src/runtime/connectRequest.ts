// What is asked of a projection's connectivity and what is built: the contract between emitted modules and the builders of connections.

import type { Stream } from "./random.ts";
import type { MadeRule, RuleArguments } from "./rules.ts";

/** One end of a projection: neurons first..last, both included, of a population of `size`; none where last < first. */
export interface ConnectionEnd {
  readonly size: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The delay in steps, whole and not negative, of the k-th connection of source i, to target j. `row` is that source's stream of draws for delays;
 * `pair` is the number of the given pair, -1 for other rules.
 */
export type DelayOf = (row: Stream, k: number, i: number, j: number, pair: number) => number;

/**
 * The same for a whole row, faster: connections k = 0, 1, … of source i go to targets[from], …, targets[to-1], and their delays to delays[from], …, delays[to-1]
 * (pairs[from], … their numbers among the given pairs; null for other rules).
 */
export interface DelayRow {
  readonly fill: (
    delays: Int32Array,
    from: number,
    to: number,
    row: Stream,
    i: number,
    targets: Int32Array,
    pairs: Int32Array | null,
  ) => void;
}

/** With the arguments of its rule by their names: `p` of `random`, `n` of `indegree`. */
export interface ConnectionRequest extends RuleArguments {
  /** Key of the random draws and name in messages: "exc E->I". */
  readonly name: string;
  readonly seed: number;
  readonly source: ConnectionEnd;
  readonly target: ConnectionEnd;
  /** Source and target are the same population. */
  readonly same: boolean;
  readonly rule: MadeRule;
  /** Only pairs that meet this are candidates, whatever the rule. */
  readonly where?: (i: number, j: number) => boolean;
  readonly self: boolean;
  readonly multiple: boolean;
  /** sources[k] to targets[k], numbers in their populations: `pairs`. */
  readonly pairs?: { readonly sources: ArrayLike<number>; readonly targets: ArrayLike<number> };
  /** In steps: one for all, or drawn. */
  readonly delay: number | DelayOf | DelayRow;
  /** Bytes that each connection will need besides (weights and the like): part of the prediction. */
  readonly bytesPerConnection: number;
  /** Bytes that may be used; beyond it a MemoryError is thrown before anything large is allocated. */
  readonly memoryLimit?: number;
  /** Told now and then while building: done and total sources. */
  readonly progress?: (done: number, total: number) => void;
}

/** Rows of connections, one row a source, cut into segments of equal delay. */
export interface Connections {
  readonly count: number;
  /** Distinct delays in steps, ascending; one at least (0 for an empty projection). */
  readonly delays: Int32Array;
  /**
   * Connections of source i (number in its population) with delay number d are those from starts[(i - firstSource)*delays.length + d] up to the
   * next entry. Within a segment targets ascend. Length sources*delays + 1.
   */
  readonly starts: Int32Array;
  /** Target neuron of each connection (number in its population). */
  readonly target: Int32Array;
  /**
   * The number k of each connection in its source's row before the row was sorted by delay (targets ascending; parallel connections one after another):
   * what draws are keyed by. Null where it is the position in the row.
   */
  readonly rank: Int32Array | null;
  /** For rule `pairs`: index into the given pairs of each connection; else null. */
  readonly pair: Int32Array | null;
  readonly firstSource: number;
}

/** Connections by source, ascending targets, before delays are known. */
export interface Rows {
  /** Those of source first + r are starts[r] .. starts[r+1]. */
  readonly starts: Int32Array;
  readonly target: Int32Array;
  readonly pair: Int32Array | null;
}
