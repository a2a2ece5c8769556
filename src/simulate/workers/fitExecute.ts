// Runs of a fit, from their program to what their windows have come to. The same in a worker and without any; what a case or a forced run is comes before its first request.
import type { RunData, TraceData } from "../../compare/runData.ts";
import { firstAfter, firstFrom } from "../../compare/windows.ts";
import type {
  FitCandidate,
  FitOutcome,
  ForcedOutcome,
  ForcedRequest,
  ScoreRequest,
  Window,
} from "../../fit/problem.ts";
import { outcomesOf, scoredWindows, type ScoredWindow } from "../../fit/scoring.ts";
import type { RecordRequest } from "../../runtime/recording.ts";
import { cut, MOST_TOGETHER, runner, type RunRequest, type RunResult, type Runner } from "../runner.ts";
import { runDataOf } from "./execute.ts";
import type { FitPart } from "./protocol.ts";

type CasePart = Extract<FitPart, { readonly kind: "case" }>;

export interface FitExecutor {
  learn(part: FitPart): void;
  scores(request: ScoreRequest): readonly (readonly FitOutcome[])[];
  forced(request: ForcedRequest): readonly ForcedOutcome[];
}

interface Known<Part> {
  readonly part: Part;
  readonly runner: Runner;
}

export function fitExecutor(): FitExecutor {
  const cases = new Map<
    number,
    Known<CasePart> & { scored(windows: readonly Window[], between: number): readonly ScoredWindow[] }
  >();
  const forced = new Map<number, Known<Extract<FitPart, { readonly kind: "forced" }>>>();
  return {
    learn(part) {
      const made = runner(part.runner);
      if (part.kind === "forced") forced.set(part.number, { part, runner: made });
      else cases.set(part.number, { part, runner: made, scored: scoredOnce(part) });
    },
    scores({ windows, margin, coarse, candidates }) {
      const outcomes = candidates.map(({ seeds }) =>
        seeds.map((): { failure: string | null; windows: FitOutcome["windows"][number][] } => ({
          failure: null,
          windows: [],
        })),
      );
      windows.forEach((asked, c) => {
        if (asked.length === 0) {
          for (const outcome of outcomes.flat()) outcome.windows.push([]);
          return;
        }
        const own = cases.get(c);
        if (own === undefined) throw new Error(`there is no case ${c}`);
        const step = coarse ? own.part.searchStep : own.part.program.step;
        const every = coarse ? Math.max(1, Math.floor(COARSE / step + 1e-9)) : 1;
        scoresIn(own, own.scored(asked, every * step), { margin, step, every }, candidates).forEach((draws, k) =>
          draws.forEach(({ failure, windows: found }, d) => {
            const outcome = outcomes[k]?.[d] as (typeof outcomes)[number][number];
            outcome.failure ??= failure;
            outcome.windows.push(found);
          }),
        );
      });
      return outcomes.map((draws) => draws.map((o) => (o.failure === null ? o : { failure: o.failure, windows: [] })));
    },
    forced({ run, reads, steps, every, candidates }) {
      const own = forced.get(run);
      if (own === undefined) throw new Error(`there is no forced run ${run}`);
      const { seed, reads: all } = own.part;
      const records = all[reads].map((read) => ({ ...read, every }));
      return batches(candidates, (steps / every) * Math.max(1, records.length)).flatMap((batch) =>
        runPaired(
          own.runner,
          batch.map((values) => ({ seed, values, records })),
          { steps },
        ).map(({ log }) => (log === null ? null : log.traces.map((trace) => trace.values().slice()))),
      );
    },
  };
}

/** ms between two samples of a trace in a search. */
const COARSE = 0.5;

/** The data are cut and thinned out once for the same windows. */
function scoredOnce({
  data,
  program,
  terms,
}: CasePart): (windows: readonly Window[], between: number) => readonly ScoredWindow[] {
  const known = new Map<string, readonly ScoredWindow[]>();
  const thinned = new Map<number, readonly RunData[]>([[program.step, data]]);
  return (windows, between) => {
    const key = `${between}: ${windows.map((w) => `${w.from} ${w.until}`).join(",")}`;
    const own = thinned.get(between) ?? data.map((run) => thinnedOut(run, between));
    thinned.set(between, own);
    const scored = known.get(key) ?? scoredWindows({ data: own, program }, terms, windows);
    known.set(key, scored);
    return scored;
  };
}

/** Of each trace the first sample at or after each multiple of `between` (ms). */
function thinnedOut(run: RunData, between: number): RunData {
  return {
    ...run,
    traces: run.traces.map((trace) => {
      const { t, y } = trace;
      const kept = Int32Array.from(t.keys()).filter(
        (k) =>
          k === 0 || Math.floor((t[k] as number) / between + 1e-9) > Math.floor((t[k - 1] as number) / between + 1e-9),
      );
      return {
        ...trace,
        t: Float64Array.from(kept, (k) => t[k] as number),
        y: Float64Array.from(kept, (k) => y[k] as number),
      };
    }),
  };
}

function scoresIn(
  { part, runner: made }: Known<CasePart>,
  scored: readonly ScoredWindow[],
  { margin, step, every }: { readonly margin: boolean; readonly step: number; readonly every: number },
  candidates: readonly FitCandidate[],
): readonly (readonly { readonly failure: string | null; readonly windows: FitOutcome["windows"][number] }[])[] {
  const { program } = part;
  const last = Math.max(...scored.map(({ window }) => window.until));
  const steps = Math.ceil(Math.min(program.steps * program.step, last) / step - 1e-9);
  const records: readonly RecordRequest[] = [
    ...program.measured.map((m) => ({ ...m, every })),
    ...(margin && part.margin !== null ? [{ ...part.margin, every }] : []),
  ];
  const draws = candidates[0]?.seeds.length ?? 1;
  return batches(candidates, (steps / every) * records.length, draws).flatMap((batch) => {
    const results = runPaired(
      made,
      batch.flatMap(({ seeds, values }) => seeds.map((seed) => ({ seed, values, records }))),
      { steps, step },
    );
    return batch.map((_, k) => {
      const own = results.slice(k * draws, (k + 1) * draws);
      const seen = own.map(({ log }) => (log === null ? null : runDataOf(program, log)));
      const found = outcomesOf(
        seen.map((run) => run?.data ?? null),
        program.tasks,
        scored,
        margin && part.margin !== null
          ? (draw, window) => {
              const [trace] = seen[draw]?.drawn ?? [];
              return trace === undefined ? null : highest(trace, window);
            }
          : null,
      );
      return own.map(({ failure }, d) => ({ failure, windows: found[d] ?? [] }));
    });
  });
}

/** Bytes of samples that are kept at once, four times over: logs grow by doubling and are copied for the measures. */
const MOST_BYTES = 2e8;

/** Each of so many draws of so many samples. */
function batches<Candidate>(
  candidates: readonly Candidate[],
  samples: number,
  draws = 1,
): readonly (readonly Candidate[])[] {
  const most = Math.min(MOST_TOGETHER, Math.max(4, Math.floor(MOST_BYTES / (32 * Math.max(1, samples)))));
  return cut(candidates, Math.max(1, Math.floor(most / draws)));
}

/** Kernels take two neurons a pass, and populations of these at least: what is missing is run once more and forgotten. */
const LEAST_PAIRED = 8;

function runPaired(
  made: Runner,
  requests: readonly RunRequest[],
  taken: { readonly steps: number; readonly step?: number },
): readonly RunResult[] {
  const [first] = requests;
  if (first === undefined) return [];
  const wanted = Math.max(LEAST_PAIRED, requests.length + (requests.length % 2));
  const more = requests.length === 1 ? 0 : wanted - requests.length;
  const all = [...requests, ...Array.from({ length: more }, () => ({ ...first, records: [] }))];
  return made.run(all, { ...taken, brief: true }).slice(0, requests.length);
}

function highest({ t, y }: TraceData, { from, until }: Window): number | null {
  const seen = y.subarray(firstFrom(t, from), firstAfter(t, until));
  return seen.length === 0 ? null : seen.reduce((a, b) => Math.max(a, b));
}
