// Fits without the language for them: a comparison that sweeps what is free says all but bounds and windows.
import type { FitCase, FitProblem, FreeNumber, ObservedTrace, Window } from "../../src/fit/problem.ts";
import { recordingOf } from "../../src/compare/recordingData.ts";
import type { RunData } from "../../src/compare/runData.ts";
import { normal, stream } from "../../src/runtime/random.ts";
import { runner } from "../../src/simulate/runner.ts";
import { runnerText } from "../../src/simulate/runnerText.ts";
import { runDataOf } from "../../src/simulate/workers/execute.ts";
import { readyFrom } from "../compare/helpers.ts";

export interface Sought {
  /** `C`, and its unit. */
  readonly name: string;
  readonly unit: string;
  /** In that unit. */
  readonly lower: number;
  readonly upper: number;
  readonly logarithmic?: boolean;
}

export interface FitText {
  /** Neurons and one experiment `E`. */
  readonly text: string;
  readonly model: string;
  readonly free: readonly Sought[];
  /** Each with its weight. */
  readonly terms: readonly (readonly [text: string, weight: number])[];
  readonly train: readonly Window[];
  readonly test?: readonly Window[];
  /** The recording; what the model itself does with `truth` unless given. */
  readonly data?: readonly RunData[];
  readonly files?: Readonly<Record<string, string>>;
  readonly recordings?: readonly string[];
  readonly observed?: readonly ObservedTrace[];
  readonly seeds?: readonly number[];
  readonly evaluations?: number;
}

export function problemOf(asked: FitText): FitProblem {
  const { text, model, free, terms, files = {}, recordings = ["cell.csv"] } = asked;
  const { prepared } = readyFrom(
    `${text}
comparison Fit {
  models ${model}
  under E
  reference recording(${recordings.map((r) => `"${r}"`).join(", ")})
  measure ${terms.map(([term]) => term).join(", ")}
  ${free.map((f) => `sweep ${f.name} over [${f.lower}, ${f.upper}] ${f.unit}`).join("\n  ")}
}`,
    { stepCheck: false, files: { "cell.csv": "t (ms)\n10\n", ...files } },
  );
  const { comparison } = prepared;
  const data = asked.data ?? recordingOf(prepared)?.recording?.runs ?? [];
  return {
    model,
    free: comparison.sweeps.map((sweep, k): FreeNumber => {
      const { logarithmic = false, unit, name } = free[k] as Sought;
      const [lower = NaN, upper = NaN] = sweep.values.kind === "values" ? sweep.values.values : [];
      const own = sweep.outside[0];
      return {
        name,
        setup: sweep.setup,
        unit: { text: unit, scale: (free[k] as Sought).lower === 0 ? 1 : (free[k] as Sought).lower / lower },
        lower,
        upper,
        logarithmic,
        own: own?.isOwn === true && own.value >= lower && own.value <= upper ? own.value : null,
      };
    }),
    cases: prepared.cases.map((c): FitCase => ({
      experiment: "E",
      plan: c.plan,
      program: c.program,
      random: c.random,
      data,
      observed: asked.observed ?? [],
      train: asked.train,
      test: asked.test ?? [],
    })),
    terms: comparison.measures.map((m, k) => ({
      text: terms[k]?.[0] ?? m.name,
      measure: m.name,
      weight: terms[k]?.[1] ?? 1,
    })),
    seeds: asked.seeds ?? [1, 2, 3],
    evaluations: asked.evaluations ?? 3000,
  };
}

/** The problem with what its own model does at these values for data, its traces with noise of that standard deviation; one repeat a seed. */
export function recordedAt(
  problem: FitProblem,
  truth: readonly number[],
  { noise = 0, seeds = [100] }: { readonly noise?: number; readonly seeds?: readonly number[] } = {},
): FitProblem {
  return {
    ...problem,
    cases: problem.cases.map((c) => {
      const own = runner(
        runnerText(
          c.plan,
          problem.free.map(({ setup }) => ({ kind: "setup", name: setup })),
        ),
      );
      const measured = [
        ...c.program.measured,
        ...c.observed
          .filter((o) => !c.program.measured.some((m) => m.variable === o.variable))
          .map(({ population, variable }) => ({
            population,
            variable,
            first: 0,
            last: 0,
            every: 1,
            unit: "mV",
            multiply: 1,
            divide: 1,
          })),
      ];
      const runs = own.run(
        seeds.map((seed) => ({ seed, values: truth, records: measured })),
        { steps: c.program.steps },
      );
      return {
        ...c,
        data: runs.map(({ log, failure }, r): RunData => {
          if (log === null) throw new Error(failure);
          const { data } = runDataOf({ ...c.program, measured }, log);
          const draws = stream(seeds[r] as number, "test/noise");
          return {
            ...data,
            traces: data.traces.map((trace, k) => ({
              ...trace,
              y: trace.y.map((y, i) => y + noise * normal(draws, k, i)),
            })),
            recorded: { unknown: null, onlyActive: false, level: 0 },
          };
        }),
      };
    }),
  };
}
