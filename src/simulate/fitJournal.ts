// Runs of a fit with a journal: what candidates have come to is kept, so that the same command goes on where it was stopped. A search asks the same questions again, and has them answered.
import { createHash } from "node:crypto";
import type { FitOutcome, FitRuns, ScoreRequest } from "../fit/problem.ts";
import type { Journal } from "./journal.ts";

/** `of`: which of the fit's models it is. Forced runs are few, and are taken again. */
export function journaled(runs: FitRuns, journal: Journal<readonly Kept[]>, of: number): FitRuns {
  return {
    ...runs,
    async scores(request) {
      const key = `${of} ${hashOf(request)}`;
      const known = journal.earlier.get(key);
      if (known !== undefined) return known.map((draws) => draws.map(outcomeOf));
      const outcomes = await runs.scores(request);
      journal.add(
        key,
        outcomes.map((draws) => draws.map(kept)),
      );
      return outcomes;
    },
  };
}

/** Numbers that JSON does not have are texts. */
type KeptNumber = number | string | null;

/** Of a candidate: its draws. */
export type Kept = readonly KeptDraw[];

interface KeptDraw {
  readonly failure: string | null;
  readonly windows: readonly (readonly {
    readonly terms: readonly KeptNumber[];
    readonly spikes: number;
    readonly margin: KeptNumber;
  }[])[];
}

function kept({ failure, windows }: FitOutcome): KeptDraw {
  return {
    failure,
    windows: windows.map((own) =>
      own.map(({ terms, spikes, margin }) => ({ terms: terms.map(toJson), spikes, margin: toJson(margin) })),
    ),
  };
}

function outcomeOf({ failure, windows }: KeptDraw): FitOutcome {
  return {
    failure,
    windows: windows.map((own) =>
      own.map(({ terms, spikes, margin }) => ({ terms: terms.map(fromJson), spikes, margin: fromJson(margin) })),
    ),
  };
}

function toJson(value: number | null): KeptNumber {
  return value === null || Number.isFinite(value) ? value : String(value);
}

function fromJson(value: KeptNumber): number | null {
  return typeof value === "string" ? Number(value) : value;
}

function hashOf(request: ScoreRequest): string {
  const values = request.candidates.flatMap((c) => [c.seeds.length, ...c.seeds, ...c.values]);
  return createHash("sha256")
    .update(JSON.stringify([request.windows, request.margin, request.coarse, request.candidates.length]))
    .update(new Uint8Array(Float64Array.from(values).buffer))
    .digest("hex");
}
