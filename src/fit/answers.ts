// What is known of the numbers that were found: intervals, and directions that the data leave open.
import { partOf, type Part } from "./coordinates.ts";
import type { Forced } from "./forced.ts";
import { directionsOf, informationAt, intervalOf, type Evidence } from "./information.ts";
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

/** What there is to hold numbers against, the model driven by the recorded spikes. */
export interface Driven {
  /** Places of the numbers that it has a slope in. */
  readonly numbers: readonly number[];
  /** With the other numbers at these values. */
  evidence(part: Part): Evidence;
  /** "the residuals of the trace and the likelihood of the spikes" */
  readonly words: string;
}

/** Null where there is neither a trace nor a spike in the windows. */
export function drivenOf(
  problem: FitProblem,
  runs: FitRuns,
  forced: Forced,
  windows: readonly (readonly Window[])[],
): Driven | null {
  const samples = comparedSamples(problem, forced, windows);
  const steps = spikeSteps(problem, forced, windows);
  const hasTrace = samples.some((c) => c.data.length > 0);
  const hasSpikes = steps.some((s) => s.spikes.length > 0);
  const numbers = [...(hasTrace || hasSpikes ? forced.membrane : []), ...(hasSpikes ? forced.threshold : [])].sort(
    (a, b) => a - b,
  );
  const { isRate } = forced;
  const dt = problem.cases[0]?.program.step ?? 1;
  return !hasTrace && !hasSpikes
    ? null
    : {
        numbers,
        evidence: (part) => ({
          trace: hasTrace
            ? { residualsAt: (points) => residualsOf(runs, samples)(points.map((p) => part.values(p))) }
            : null,
          spikes: hasSpikes ? { marginsAt: marginsOf(runs, steps, part), steps, isRate, dt } : null,
        }),
        words: `${hasTrace ? `the residuals of the trace${hasSpikes ? " and " : ""}` : ""}${hasSpikes ? "the likelihood of the spikes" : ""}${forced.spikes ? ", the model driven by the recorded spikes" : ""}`,
      };
}

/** Null where neither trace nor spikes say anything of the numbers. */
export async function answersOf(
  problem: FitProblem,
  { numbers, evidence, words }: Driven,
  values: readonly number[],
): Promise<Answers | null> {
  if (numbers.length === 0) return null;
  const part = partOf(problem.free, numbers, values);
  const information = await informationAt(part.point(values), evidence(part));
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
    made: `95 %, from ${words}`,
    directions: directionsOf(problem.free, part, information),
    evaluations: information.evaluations,
  };
}
