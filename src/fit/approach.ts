// The objective as the search sees it, and what takes its place where it is flat: where no candidate spikes, how near the spike condition came to being true still has a slope.
import { largestOf } from "../base/lists.ts";
import type { FitProblem, FitRuns, Window } from "./problem.ts";
import { drawsOf, readsSpikes, scoreOf, type ScoredCases } from "./scoring.ts";
import type { Objective } from "./search.ts";

export interface Approach extends Objective {
  /** What has happened to a flat start; null where there was none. */
  said(): string | null;
}

/** A silent model is worse than any that spikes. */
const SILENT = 10;

export function approach(
  problem: FitProblem,
  runs: FitRuns,
  windows: readonly (readonly Window[])[],
  scored: ScoredCases,
): Approach {
  const seeds = drawsOf(problem);
  const shouldSpike =
    problem.terms.some(({ measure }) => readsSpikes(measure)) &&
    scored.some((own) => own.some(({ spikes }) => spikes !== null && spikes > 0));
  let silent = shouldSpike;
  let generations = 0;
  return {
    async losses(candidates) {
      const each = await runs.scores({
        windows,
        margin: silent,
        coarse: true,
        candidates: candidates.map((values) => ({ seeds, values })),
      });
      const losses = each.map((own) => scoreOf(problem, scored, own).loss);
      if (!silent) return losses;
      const spiked = each.some((own) => own.some((o) => o.windows.some((ws) => ws.some((w) => w.spikes > 0))));
      if (spiked) silent = false;
      else generations++;
      return losses.map((loss, k) => {
        const seen = (each[k] ?? []).flatMap((o) => o.windows.flat());
        if (loss === Infinity || seen.some((w) => w.spikes > 0)) return loss;
        const margins = seen.flatMap((w) => w.margin ?? []);
        const nearest = margins.length === 0 ? 0 : largestOf(margins);
        return SILENT + Math.max(0, -nearest);
      });
    },
    said: () =>
      generations === 0
        ? null
        : silent
          ? "no candidate spikes: they were led by how near their spike condition came to being true"
          : `at first no candidate spiked: for ${generations} ${generations === 1 ? "generation" : "generations"} they were led by how near their spike condition came to being true`,
  };
}
