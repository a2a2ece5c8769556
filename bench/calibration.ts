// What comparisons claim of equal models, and miss of different ones: a few hundred for each number of seeds, each as `glif compare` takes it, half steps and all.
// npm run bench:calibration [-- --comparisons N] [--only WORDS] [--seeds 2,3]
import { sourceText } from "../src/base/source.ts";
import { check } from "../src/compile.ts";
import { assemble } from "../src/compare/assemble.ts";
import type { ComparisonResult, Contrast } from "../src/compare/comparison.ts";
import { jobsOf, type Job } from "../src/compare/jobs.ts";
import type { JobOutcome } from "../src/compare/outcome.ts";
import { prepare, type PreparedComparison } from "../src/compare/prepare.ts";
import type { RunData } from "../src/compare/runData.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import { runJobs } from "../src/simulate/comparisonRuns.ts";
import { row } from "./table.ts";

const option = (name: string): string | null => {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : (process.argv[at + 1] ?? "");
};
const comparisons = Number(option("--comparisons") ?? 200);
/** Cases whose names hold these words. */
const only = option("--only") ?? "";
const SEEDS = (option("--seeds") ?? "2,3,5,10").split(",").map(Number);
if (!(comparisons >= 2) || !SEEDS.every((n) => n >= 2)) {
  console.error("--comparisons and --seeds take numbers from 2 on");
  process.exit(2);
}
const NO_SWEEP = { axes: [], points: [], values: [] };

/**
 * Noise that a state brings is drawn by that state's name, so that neurons in which it has another are equal and share no noise. `Spiker`'s is drawn by the step alone: with it variants share their noise, as those of
 * one model do; it fires at a rate, but for a dead time.
 */
const MODELS = `
neuron Cell {
  param τ = 10 ms, τ_n = 5 ms, V_th = 10 mV, σ = 5 mV, t_ref = 2 ms
  input I_e : mV
  state V = 0 mV, n = 0 mV
  V' = (I_e + n - V)/τ
  n' = -n/τ_n + σ*sqrt(2/τ_n)*ξ
  spike when V > V_th
  reset { V <- 0 mV }
  refractory t_ref
}
neuron Other {
  param τ = 10 ms, τ_n = 5 ms, V_th = 10 mV, σ = 5 mV, t_ref = 2 ms
  input I_e : mV
  state V = 0 mV, m = 0 mV
  V' = (I_e + m - V)/τ
  m' = -m/τ_n + σ*sqrt(2/τ_n)*ξ
  spike when V > V_th
  reset { V <- 0 mV }
  refractory t_ref
}
neuron Spiker {
  param r = 20 Hz, t_ref = 0 ms
  input I_e : mV
  spike with rate r
  refractory t_ref
}
neuron OtherSpiker {
  param r = 20 Hz, t_ref = 0 ms
  input I_e : mV
  spike with rate r
  refractory t_ref
}
synapse Kick {
  param w = 1 mV
  on pre { post.V <- post.V + w }
}
network Ring { population P = 10 Cell; connect P -> P by Kick as k { w = 0.5 mV } random(p: 0.3) }
network OtherRing { population P = 10 Other; connect P -> P by Kick as l { w = 0.5 mV } random(p: 0.3) }
network Spikers { population P = 1 Spiker }
network OtherSpikers { population Q = 1 Spiker }
experiment Slow of Cell { duration 500 ms; step 0.5 ms; seed 1; I_e = 8 mV }
experiment Fast of Cell { duration 500 ms; step 0.5 ms; seed 1; I_e = 20 mV }
experiment Rings of Ring { duration 300 ms; step 0.5 ms; seed 1; P.I_e = 9 mV }
experiment Rates of Spiker { duration 1 s; step 0.5 ms; seed 1 }
experiment OwnRates of Spikers { duration 1 s; step 0.5 ms; seed 1 }
`;

const DEFAULTS = "rate, latency, cv_isi, adaptation";
const TRAINS = `${DEFAULTS}, cv2, lv, lvr, burst_index(below: 15 ms), fano(bin: 50 ms), van_rossum, victor_purpura, coincidence, isi_distance, spike_distance, explained_variance, explained_variance_ratio`;
const ALL = `${TRAINS}, trace_mean(V), trace_sd(V), trace_rmse(V), synchrony(bin: 5 ms)`;

interface Case {
  readonly what: string;
  /** What stands in the braces of the comparison. */
  readonly says: string;
  /** Repeats of a recording that it is held against, runs of its first variant with other seeds. */
  readonly repeats?: number;
}

/** Models that are equal, though written otherwise. */
const EQUAL: readonly Case[] = [
  { what: "slow cells", says: `models Cell, Other; under Slow; measure ${DEFAULTS}` },
  { what: "fast cells, default", says: `models Cell, Other; under Fast; measure ${DEFAULTS}` },
  { what: "small networks", says: `networks Ring, OtherRing; under Rings; measure ${DEFAULTS}` },
  { what: "spikes at a rate", says: `networks Spikers, OtherSpikers; under OwnRates; measure ${DEFAULTS}` },
  { what: "two experiments", says: `models Cell, Other; under Slow, Fast; measure ${DEFAULTS}` },
  { what: "fast cells, every measure", says: `models Cell, Other; under Fast; measure ${ALL}` },
  {
    what: "networks, every measure but of repeats",
    says: `networks Ring, OtherRing; under Rings; measure ${ALL.replaceAll("(V)", "(P[0].V)").replaceAll(/explained_variance(_ratio)?, /g, "")}`,
  },
  { what: "fast cells, against 5 repeats", says: `models Cell, Other; under Fast; measure ${TRAINS}`, repeats: 5 },
];

/** Models that differ by so much; the measure that ought to say so. */
const DIFFERENT: readonly (Case & { readonly measure: string })[] = [
  ...["21", "22", "24"].flatMap((r) => [
    {
      what: `${(Number(r) - 20) * 5} % more spikes, the same noise`,
      says: `models Spiker, Spiker { r = ${r} Hz }; under Rates`,
      measure: "rate",
    },
    {
      what: `${(Number(r) - 20) * 5} % more spikes, other noise`,
      says: `networks Spikers, OtherSpikers { Q.r = ${r} Hz }; under OwnRates`,
      measure: "rate",
    },
  ]),
  // Of rate 20 Hz with a dead time d: the hazard is 20 Hz/(1 - 20 Hz d), the CV 1 - 20 Hz d.
  {
    what: "CV 0.6, not 1, at the same rate, other noise",
    says: "networks Spikers, OtherSpikers { Q.r = 33.333 Hz, Q.t_ref = 20 ms }; under OwnRates",
    measure: "cv_isi",
  },
  {
    what: "CV 0.8, not 1, at the same rate, other noise",
    says: "networks Spikers, OtherSpikers { Q.r = 25 Hz, Q.t_ref = 10 ms }; under OwnRates",
    measure: "cv_isi",
  },
];

const percent = (share: number): string => (Number.isNaN(share) ? "" : `${(100 * share).toFixed(1)} %`);
const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
const isClaim = ({ verdict }: Contrast): boolean => verdict === "model" || verdict === "numerics";

console.log(`${comparisons} comparisons each\n`);
for (const one of EQUAL.filter(({ what }) => what.includes(only))) {
  const found = new Map<number, readonly ComparisonResult[]>();
  for (const seeds of SEEDS) {
    const results = await compared(one, seeds);
    found.set(seeds, results);
    const claims = results.filter(({ contrasts }) => contrasts.some(isClaim)).length;
    console.log(`${one.what}, ${seeds} seeds: ${claims} of ${results.length} tables claim a difference`);
  }
  row(`equal: ${one.what}`, ...SEEDS.map((n) => `${n} seeds`));
  const inEach = (of: (results: readonly ComparisonResult[]) => string): string[] =>
    SEEDS.map((n) => of(found.get(n) ?? []));
  row(
    "  tables that claim a difference",
    ...inEach((results) => percent(share(results.map(({ contrasts }) => contrasts.some(isClaim))))),
  );
  if (one.repeats !== undefined)
    row(
      "  rankings that tell no nearest",
      ...inEach((results) =>
        percent(share(results.flatMap(({ recording }) => (recording?.ranking ?? []).map((r) => r.tied > 1)))),
      ),
    );
  for (const [m, { key }] of (found.get(SEEDS[0] ?? NaN)?.[0]?.measures ?? []).entries()) {
    row(
      `  ${key}`,
      ...inEach((results) => {
        const cells = results.flatMap((r) => r.cells.filter((c) => c.measure === m));
        const contrasts = results.flatMap((r) => r.contrasts.filter((c) => c.measure === m));
        return `${percent(share(contrasts.map(isClaim)))} ${coverage(cells.map((c) => [`${c.variant} ${c.experiment}`, c.mean, c.interval]))} ${coverage(contrasts.map((c) => [String(c.experiment), c.difference, c.interval]))}`;
      }),
    );
  }
  console.log();
}
for (const one of DIFFERENT.filter(({ what }) => what.includes(only))) {
  const told: string[] = [];
  for (const seeds of SEEDS) {
    const results = await compared(one, seeds);
    const found = results.map(({ contrasts, measures }) =>
      contrasts.some((c) => isClaim(c) && measures[c.measure]?.key === one.measure),
    );
    console.log(`${one.what}, ${seeds} seeds: told by ${found.filter(Boolean).length} of ${found.length}`);
    told.push(percent(share(found)));
  }
  row(`told by ${one.measure}: ${one.what}`, ...told);
}

/** How often intervals hold what they estimate, of which the mean over all comparisons is taken for the truth; and in brackets how often there is none. */
function coverage(
  all: readonly (readonly [what: string, mean: number | null, interval: readonly [number, number] | null])[],
): string {
  const truths = new Map(
    [...new Set(all.map(([what]) => what))].map((what) => {
      const means = all.flatMap((a) => (a[0] === what ? (a[1] ?? []) : []));
      return [what, means.reduce((a, b) => a + b, 0) / means.length] as const;
    }),
  );
  const held = all.flatMap(([what, , interval]) => {
    const truth = truths.get(what) ?? NaN;
    return interval === null ? [] : [interval[0] <= truth && truth <= interval[1]];
  });
  return held.length === 0
    ? "-"
    : `${(100 * share(held)).toFixed(0)}${held.length < all.length ? `(${all.length - held.length})` : ""}`;
}

async function compared({ says, repeats }: Case, seeds: number): Promise<readonly ComparisonResult[]> {
  const against = repeats === undefined ? "" : '; reference recording("recording.csv")';
  const text = `${MODELS}\ncomparison C { ${says}${against}; seeds ${seeds} }`;
  const { program, diagnostics } = check(sourceText("calibration.glif", text), {
    read: () => ({ text: "t_ms\n100\n" }),
    resolve: (_, path) => ({ path }),
  });
  const comparison = program?.comparisons[0];
  if (comparison === undefined) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  const { prepared } = prepare(comparison);
  const results: ComparisonResult[] = [];
  const pieces = Array.from({ length: comparisons }, (_, k) => {
    const own = startingAt(prepared, 1 + k * seeds);
    return { own, name: `${k}: `, jobs: jobsOf(own, NO_SWEEP, { seeds, stepCheck: true }) };
  });
  if (repeats === undefined) {
    // All in one go, under keys of their own: modules are made once.
    const all = await outcomes(
      prepared,
      pieces.flatMap(({ name, jobs }) =>
        jobs.map((job) => ({ ...job, key: name + job.key, against: job.against.map((key) => name + key) })),
      ),
      null,
    );
    for (const { own, name, jobs } of pieces)
      results.push(
        resultOf(own, jobs, new Map(jobs.flatMap(({ key }) => [[key, all.get(name + key)] as const]).filter(isThere))),
      );
    return results;
  }
  const recorded = jobsOf(startingAt(prepared, 1_000_001), NO_SWEEP, { seeds: repeats * comparisons, stepCheck: false })
    .filter((job) => job.case === 0)
    .map((job) => ({ ...job, against: [], figure: "spikes" as const }));
  const spikes = await outcomes(prepared, recorded, null);
  const until = (prepared.cases[0]?.program.steps ?? 0) * (prepared.cases[0]?.program.step ?? 0);
  const runs = recorded.map(({ key }): RunData => {
    const { times = new Float64Array() } = spikes.get(key)?.figure?.spikes[0] ?? {};
    const only = { name: "", size: 1, isSource: false, times, neurons: new Int32Array(times.length) };
    return {
      from: 0,
      until,
      populations: [only],
      traces: [],
      recorded: { unknown: null, onlyActive: false, level: 0 },
    };
  });
  for (const [k, { own, jobs }] of pieces.entries())
    results.push(resultOf(own, jobs, await outcomes(own, jobs, runs.slice(k * repeats, (k + 1) * repeats))));
  return results;
}

function isThere<T>(entry: readonly [string, T | undefined]): entry is readonly [string, T] {
  return entry[1] !== undefined;
}

function startingAt(prepared: PreparedComparison, firstSeed: number): PreparedComparison {
  return { ...prepared, cases: prepared.cases.map((c) => ({ ...c, firstSeed })) };
}

function outcomes(
  prepared: PreparedComparison,
  jobs: readonly Job[],
  recording: readonly RunData[] | null,
): Promise<ReadonlyMap<string, JobOutcome>> {
  const options = { workers: 1, stopped: () => false, progress: () => {}, journal: null, entry: null };
  return runJobs(prepared, jobs, { ...options, recording });
}

/** As where the models are not known to be equal. */
function resultOf(
  prepared: PreparedComparison,
  jobs: readonly Job[],
  found: ReadonlyMap<string, JobOutcome>,
): ComparisonResult {
  return assemble(prepared, NO_SWEEP, jobs, found, {
    source: "calibration.glif",
    about: { glif: "", sourceHash: "", command: [] },
    seeds: prepared.comparison.seeds,
    structure: [],
    recording: prepared.reference === "recording" ? { path: "recording.csv", content: "" } : null,
    notes: [],
  });
}
