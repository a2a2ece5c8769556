// What is known of the numbers that were found: intervals, and directions that the data leave open.
import { partOf } from "./coordinates.ts";
import type { Forced } from "./forced.ts";
import { directionsOf, informationAt, intervalOf } from "./information.ts";
import { marginsOf, spikeSteps } from "./likelihood.ts";
import type { FitProblem, FitRuns, FreeNumber, OpenDirection, Window } from "./problem.ts";
import { comparedSamples, residualsOf } from "./regression.ts";

export interface Answers {
  /** By place among the free numbers. */
  readonly intervals: ReadonlyMap<number, { readonly lower: number; readonly upper: number }>;
  /** What they are made of. */
  readonly made: string;
  readonly directions: readonly OpenDirection[];
  readonly evaluations: number;
}

/** Null where neither trace nor spikes say anything. */
export async function answersOf(
  problem: FitProblem,
  runs: FitRuns,
  forced: Forced,
  windows: readonly (readonly Window[])[],
  values: readonly number[],
): Promise<Answers | null> {
  const samples = comparedSamples(problem, forced, windows);
  const steps = spikeSteps(problem, forced, windows);
  const hasTrace = samples.some((c) => c.data.length > 0);
  const hasSpikes = steps.some((s) => s.spikes.length > 0);
  const numbers = [...(hasTrace || hasSpikes ? forced.membrane : []), ...(hasSpikes ? forced.threshold : [])].sort(
    (a, b) => a - b,
  );
  if (numbers.length === 0) return null;
  const part = partOf(problem.free, numbers, values);
  const dt = problem.cases[0]?.program.step ?? 1;
  const information = await informationAt(
    part.point(values),
    hasTrace ? { residualsAt: (points) => residualsOf(runs, samples)(points.map((p) => part.values(p))) } : null,
    hasSpikes ? { marginsAt: marginsOf(runs, steps, part), steps, isRate: forced.isRate, dt } : null,
  );
  if (information === null) return null;
  return {
    // A variance that is none comes of a curvature that has no top here: nothing is known then.
    intervals: new Map(
      numbers.flatMap((k, i) => {
        const variance = information.covariance[i]?.[i] ?? NaN;
        return variance >= 0
          ? [[k, intervalOf(problem.free[k] as FreeNumber, part.point(values)[i] as number, variance)] as const]
          : [];
      }),
    ),
    made: `95 %, from ${hasTrace ? `the residuals of the trace${hasSpikes ? " and " : ""}` : ""}${hasSpikes ? "the likelihood of the spikes" : ""}${forced.spikes ? ", the model driven by the recorded spikes" : ""}`,
    directions: directionsOf(problem.free, part, information),
    evaluations: information.evaluations,
  };
}
