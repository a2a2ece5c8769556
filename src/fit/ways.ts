// Which way a fit will take and why, before it has run: what can be had by regression, by likelihood, and what only by search.
import { listed } from "../base/lists.ts";
import { forcedOf } from "./forced.ts";
import { optimisers } from "./optimisers/optimisers.ts";
import type { FitProblem } from "./problem.ts";
import { readsSpikes } from "./scoring.ts";

/** A sentence for each way, in its order. */
export function waysOf(problem: FitProblem): readonly string[] {
  const { free, seeds, evaluations, terms } = problem;
  const named = (numbers: readonly number[]): string => listed(numbers.map((k) => free[k]?.name ?? ""));
  const search = `${optimisers[0].words}, from ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}, with ${evaluations} runs of candidates at most`;
  if (free.length === 0) return ["nothing of it is free: it is scored as it is"];
  const forced = forcedOf(problem);
  if ("none" in forced) return [`a search over ${named(free.map((_, k) => k))} (${search}): ${forced.none}`];
  const { membrane, threshold, stepwise, spikes, isRate, bent, runs } = forced;
  const observed = [...new Set(runs.flatMap((r) => r.traces.map((t) => t.observed.variable)))];
  const likely = membrane.length === 0 || observed.length === 0 ? [...membrane, ...threshold] : threshold;
  const hasSpikes = runs.some((r) => r.spikes.length > 0);
  return [
    ...(observed.length > 0 && membrane.length > 0
      ? [
          bent === null
            ? `${named(membrane)} by least squares on the recorded ${listed(observed)}, spikes cut out: ${spikes ? "driven by the recorded spikes, " : "without spikes "}${listed(observed)} is smooth in ${membrane.length === 1 ? "it" : "them"}`
            : `${named(membrane)} by ${optimisers[0].words}, then least squares on the recorded ${listed(observed)}, spikes cut out: ${bent} makes its upstroke by itself, and waits for the recorded spike once it has run up`,
        ]
      : []),
    ...(stepwise.length > 0
      ? [
          `${named(stepwise)} by trying values: ${stepwise.length === 1 ? "it is" : "they are"} rounded to steps, so that nothing has a slope in ${stepwise.length === 1 ? "it" : "them"}`,
        ]
      : []),
    ...(hasSpikes && likely.length > 0
      ? [
          isRate
            ? `${named(likely)} where the recorded spikes are most likely under the model's own rate`
            : `${named(likely)} where the recorded spikes are most likely under an escape rate about the spike condition, then where the model that runs freely explains most`,
        ]
      : []),
    isRate && hasSpikes
      ? "no search after that: where spikes are drawn, their likelihood says all that they tell"
      : `a search from there${bent !== null && observed.length > 0 ? ` of the half of ${named(membrane)} that the trace says less of` : terms.some((t) => readsSpikes(t.measure)) ? "" : " of what is left"} (${search}), and over all numbers only where a part of the data that it does not see is explained better`,
  ];
}
