// Results of comparisons to make reports of: the five levels of Teeter et al. 2018 really run, over seeds, steps and parameters; and small ones by hand.
import type {
  Cell,
  ComparisonResult,
  ComparisonTraces,
  Contrast,
  Curve,
  MeasureColumn,
  OverlayRaster,
  StructuralItem,
  StructuralSummary,
  SweepPoint,
  Variant,
} from "../../src/compare/comparison.ts";
import { runSource, spikeTimes, trace } from "../conformance/harness.ts";

const T_975 = [
  NaN,
  12.71,
  4.303,
  3.182,
  2.776,
  2.571,
  2.447,
  2.365,
  2.306,
  2.262,
  2.228,
  2.201,
  2.179,
  2.16,
  2.145,
  2.131,
  2.12,
  2.11,
  2.101,
  2.093,
];

export const MEASURES: readonly MeasureColumn[] = [
  {
    key: "rate",
    name: "rate",
    title: "firing rate",
    unit: "Hz",
    definition: "spikes in the window over its length",
    source: "Dayan & Abbott 2001, Theoretical Neuroscience, eq. 1.4",
    nearer: null,
  },
  {
    key: "latency",
    name: "latency",
    title: "first-spike latency",
    unit: "ms",
    definition: "time from the onset to the first spike at or after it",
    source: "VanRullen, Guyonneau & Thorpe 2005, Trends Neurosci. 28:1",
    nearer: null,
  },
  {
    key: "cv_isi",
    name: "cv_isi",
    title: "CV of interspike intervals",
    unit: "",
    definition:
      "standard deviation of the interspike intervals over their mean; 0 for a clock, 1 for a Poisson process",
    source: "Softky & Koch 1993, J. Neurosci. 13:334",
    nearer: null,
  },
  {
    key: "adaptation",
    name: "adaptation",
    title: "adaptation index",
    unit: "",
    definition: "mean of (I(i+1) - I(i))/(I(i+1) + I(i)) over successive intervals; above 0 where they lengthen",
    source: "Teeter et al. 2018, Nat. Commun. 9:709",
    nearer: null,
  },
  {
    key: "van_rossum(tau: 10 ms)",
    name: "van_rossum",
    title: "van Rossum distance",
    unit: "",
    definition: "distance of the trains after each spike has become an exponential of time constant tau",
    source: "van Rossum 2001, Neural Comput. 13:751",
    nearer: "smaller",
  },
  {
    key: "fi_curve",
    name: "fi_curve",
    title: "f-I curve",
    unit: "Hz",
    definition: "firing rate over the amplitude of a constant input",
    source: "Koch 1999, Biophysics of Computation",
    nearer: null,
  },
];

const LEVELS = ["GLIF1", "GLIF2", "GLIF3", "GLIF4", "GLIF5"] as const;
const DURATION = 600;

/** The level with white noise in its current, and a step of 150 pA. */
function source(model: string, step: number): string {
  return `import GLIF1, GLIF2, GLIF3, GLIF4, GLIF5 from "glif/teeter"
neuron Noisy extends ${model} {
  param σ = 2.5 mV
  I_e += σ*sqrt(2*C*G)*ξ
}
experiment Step of Noisy {
  duration ${DURATION} ms
  step ${step} ms
  I_e = pulse(150 pA, from: 20 ms, to: 520 ms)
  record spikes
  record V
}`;
}

interface Run {
  readonly spikes: readonly number[];
  readonly V: { readonly t: readonly number[]; readonly y: Float64Array };
}

const runs = new Map<string, Run>();

function run(model: string, step: number, seed: number, amplitude: number): Run {
  const key = `${model} ${step} ${seed} ${amplitude}`;
  const known = runs.get(key);
  if (known !== undefined) return known;
  const simulation = runSource(source(model, step).replace("150 pA", `${amplitude} pA`), "Step", { seed });
  const found = { spikes: spikeTimes(simulation), V: trace(simulation, "V") };
  runs.set(key, found);
  return found;
}

function measured(spikes: readonly number[], against: readonly number[]): (number | null)[] {
  const intervals = spikes.slice(1).map((t, k) => t - (spikes[k] ?? 0));
  const mean = average(intervals);
  const cv = intervals.length < 3 ? null : deviation(intervals, 0) / mean;
  const pairs = intervals.slice(1).map((next, k) => (next - (intervals[k] ?? 0)) / (next + (intervals[k] ?? 0)));
  const first = spikes.find((t) => t >= 20);
  const kernel = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, s) => sum + b.reduce((inner, t) => inner + Math.exp(-Math.abs(s - t) / 10), 0), 0) / 2;
  return [
    spikes.length / (DURATION / 1000),
    first === undefined ? null : first - 20,
    cv,
    pairs.length === 0 ? null : average(pairs),
    Math.sqrt(Math.max(0, kernel(spikes, spikes) + kernel(against, against) - 2 * kernel(spikes, against))),
  ];
}

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function deviation(values: readonly number[], less: 0 | 1): number {
  const mean = average(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - less));
}

export function interval(values: readonly number[]): readonly [number, number] | null {
  if (values.length < 2) return null;
  const half = ((T_975[values.length - 1] ?? 1.96) * deviation(values, 1)) / Math.sqrt(values.length);
  return [average(values) - half, average(values) + half];
}

const numbers = (values: readonly (number | null)[]): number[] => values.filter((v): v is number => v !== null);

/** Levels of GLIF under a noisy step, as `glif compare` would hand them to the report. */
export function levels(seeds = 8): { readonly result: ComparisonResult; readonly traces: ComparisonTraces } {
  const all = Array.from({ length: seeds }, (_, k) => k + 1);
  const base = (seed: number): readonly number[] => run("GLIF1", 0.1, seed, 150).spikes;
  const values = (model: string, step: number): (number | null)[][] =>
    all.map((seed) => measured(run(model, step, seed, 150).spikes, base(seed)));
  const whole = LEVELS.map((model) => values(model, 0.1));
  const half = LEVELS.map((model) => values(model, 0.05));
  const cells: Cell[] = LEVELS.flatMap((model, variant) =>
    MEASURES.map((measure, m): Cell => {
      const curve = measure.name === "fi_curve" ? fiCurve(model) : null;
      const own = (whole[variant] ?? []).map((row) => row[m] ?? null);
      const [mean, finer] = [numbers(own), numbers((half[variant] ?? []).map((row) => row[m] ?? null))];
      const isNumber = curve === null;
      return {
        variant,
        experiment: 0,
        measure: m,
        values: isNumber ? own : [],
        mean: isNumber && mean.length > 0 ? average(mean) : null,
        interval: isNumber ? interval(mean) : null,
        stepEffect: isNumber && mean.length > 0 && finer.length > 0 ? average(finer) - average(mean) : null,
        rounding: 1e-12,
        undefinedBecause: isNumber && mean.length === 0 ? "fewer than 3 intervals" : "",
        curve,
      };
    }),
  );
  const contrasts = LEVELS.flatMap((_, variant) =>
    variant === 0 ? [] : MEASURES.slice(0, 5).flatMap((measure, m) => contrast(cells, variant, m, measure, whole)),
  );
  const result: ComparisonResult = {
    format: "glif-comparison 1",
    name: "Levels",
    doc: "The five levels of Teeter et al. 2018, fitted to cell 637930677, under a step of 150 pA with white noise (2.5 mV).\n\nEach level adds one mechanism to the leaky integrator, so that a fit tells what a cell needs.",
    source: "levels.glif",
    about: {
      glif: "0.1.0",
      sourceHash: "sha256:9d2f0c6b51a4e7",
      seeds: all,
      command: ["compare", "levels.glif", "Levels"],
    },
    variants: LEVELS.map((model): Variant => ({
      label: model,
      model,
      doc: `Level ${model.slice(4)} of the family.`,
      overrides: model === "GLIF5" ? ["a_v = 9.2 /s"] : [],
      methods: [
        "V, I: exact propagator, because they are linear with constant coefficients",
        "noise: exact in distribution, an Ornstein-Uhlenbeck process",
      ],
      size: `${2 + Number(model.slice(4))} states`,
    })),
    baseline: 0,
    experiments: [{ name: "Step", doc: "A step of 150 pA for half a second.", duration: DURATION }],
    structure: structure(),
    measures: MEASURES,
    cells,
    contrasts,
    recording: {
      path: "cells/637930677.csv",
      content: "12 spikes and 1 trace (V), 0.6 s",
      ranking: [
        { measure: 4, experiment: 0, variants: [4, 3, 2, 0, 1], tied: 1 },
        { measure: 0, experiment: 0, variants: [3, 4, 2, 0, 1], tied: 1 },
      ],
      sentence: "GLIF5 is nearest by 1 of 2 measures",
      nearest: [],
    },
    sweep: null,
    notes: ["GLIF1 has no Θ_s: it is left out of its records", "the step was taken from the experiment"],
    complete: true,
  };
  return { result, traces: tracesOf(all) };
}

function contrast(
  cells: readonly Cell[],
  variant: number,
  m: number,
  measure: MeasureColumn,
  whole: readonly (readonly (readonly (number | null)[])[])[],
): Contrast {
  const of = (v: number): Cell | undefined => cells.find((cell) => cell.variant === v && cell.measure === m);
  const pairs = (whole[variant] ?? []).flatMap((row, k) => {
    const [a, b] = [row[m] ?? null, whole[0]?.[k]?.[m] ?? null];
    return a === null || b === null ? [] : [a - b];
  });
  const spread = Math.max(...[variant, 0].map((v) => deviation(numbers(of(v)?.values ?? []), 1) || 0));
  const error = Math.max(...[variant, 0].map((v) => Math.abs(of(v)?.stepEffect ?? 0)));
  const difference = pairs.length === 0 ? null : average(pairs);
  const verdict =
    difference === null
      ? "undefined"
      : difference === 0
        ? "none"
        : Math.abs(difference) > Math.max(spread, error)
          ? "model"
          : spread >= error
            ? "seed"
            : "step";
  const times = (other: number): string =>
    other === 0 ? "" : `${Number((Math.abs(difference ?? 0) / other).toPrecision(2))} times`;
  const sentence =
    difference === null
      ? "not defined for one of them"
      : `${Number(Math.abs(difference).toPrecision(3))} ${measure.unit} ${difference < 0 ? "less" : "more"} than GLIF1: ${times(spread)} the difference between seeds, ${times(error)} that of the step`.replaceAll(
          "  ",
          " ",
        );
  return {
    variant,
    experiment: 0,
    measure: m,
    difference,
    interval: interval(pairs),
    seedSpread: spread,
    stepError: error,
    verdict,
    sentence,
  };
}

function fiCurve(model: string): Curve {
  const x = [60, 80, 100, 120, 150, 180, 220];
  const rates = x.map((amplitude) =>
    [1, 2, 3].map((seed) => run(model, 0.1, seed, amplitude).spikes.length / (DURATION / 1000)),
  );
  return {
    x,
    y: rates.map(average),
    halfWidth: rates.map((r) => (4.303 * deviation(r, 1)) / Math.sqrt(3)),
    xName: "I_e",
    xUnit: "pA",
    yName: "firing rate",
    yUnit: "Hz",
  };
}

function structure(): StructuralSummary[] {
  const item = (
    part: StructuralItem["part"],
    change: StructuralItem["change"],
    name: string,
    before: string | null,
    after: string | null,
    note = "",
  ): StructuralItem => ({ part, change, name, before, after, note });
  const reset = [
    item("state", "added", "Θ_s", null, "state Θ_s = 0 mV"),
    item("equation", "added", "Θ_s'", null, "Θ_s' = -b_s*Θ_s"),
    item("threshold", "changed", "Θ", "Θ_inf", "Θ_inf + Θ_s"),
    item("parameter", "changed", "Θ_inf", "E_L + 23.5809 mV", "E_L + 24.5219 mV"),
    item("reset", "changed", "V", "V <- E_L", "V <- E_L + f_v*(V - E_L) - δV", "V keeps part of its value"),
  ];
  const currents = [
    item("state", "added", "I[1..2]", null, "state I[j] = 0 pA"),
    item("input", "changed", "I_e", "I_e", "I_e + sum(I)"),
    item("parameter", "changed", "G", "3.71209 nS", "2.94079 nS"),
    item("reset", "added", "I[j]", null, "I[j] <- f[j]*I[j]*exp(-k[j]*t_cut) + δI[j]"),
  ];
  return [
    {
      variant: 1,
      against: 0,
      sentence: "GLIF2 = GLIF1 + a threshold that spikes raise + a reset that keeps part of V",
      equal: false,
      measuredAlike: true,
      items: reset,
    },
    {
      variant: 2,
      against: 0,
      sentence: "GLIF3 = GLIF1 + after-spike currents I[1..2] in the input + their reset",
      equal: false,
      measuredAlike: true,
      items: currents,
    },
    {
      variant: 3,
      against: 0,
      sentence:
        "GLIF4 = GLIF1 + after-spike currents I[1..2] in the input + a threshold that spikes raise + their resets",
      equal: false,
      measuredAlike: true,
      items: [...reset, ...currents],
    },
    {
      variant: 4,
      against: 0,
      sentence:
        "GLIF5 = GLIF1 + after-spike currents I[1..2] in the input + a threshold that spikes and V raise + their resets",
      equal: false,
      measuredAlike: true,
      items: [...reset, ...currents, item("equation", "added", "Θ_v'", null, "Θ_v' = a_v*(V - E_L) - b_v*Θ_v")],
    },
  ];
}

function tracesOf(seeds: readonly number[]): ComparisonTraces {
  const rasters = LEVELS.map((model, variant): OverlayRaster => {
    const trains = seeds.map((seed) => run(model, 0.1, seed, 150).spikes);
    return {
      label: model,
      variant,
      rows: seeds.length,
      rowsAre: "seeds",
      times: trains.flat(),
      row: trains.flatMap((train, k) => train.map(() => k)),
    };
  });
  const t = [0, 20, 20, 520, 520, DURATION];
  return {
    overlays: [
      {
        experiment: 0,
        from: 0,
        until: DURATION,
        panels: [
          {
            title: "V (mV)",
            unit: "mV",
            curves: LEVELS.map((model, variant) => ({ label: model, variant, ...run(model, 0.1, 1, 150).V })),
          },
        ],
        rasters,
        stimulus: {
          title: "I_e (pA)",
          unit: "pA",
          curves: [{ label: "I_e", variant: null, t, y: [0, 0, 150, 150, 0, 0] }],
        },
      },
    ],
  };
}

// ---- small ones by hand

/** `count` variants, measures 0 to 2 of plain numbers; everything can be replaced. */
export function small(count: number, more: Partial<ComparisonResult> = {}): ComparisonResult {
  const variants = Array.from({ length: count }, (_, k): Variant => ({
    label: `variant ${k + 1}`,
    model: "LIF",
    doc: "",
    overrides: k === 0 ? [] : [`C = ${100 + k} pF`],
    methods: ["V: exact propagator"],
    size: "1 state",
  }));
  const measures = MEASURES.slice(0, 3);
  const cells = variants.flatMap((_, variant) =>
    measures.map((_, measure): Cell => ({
      variant,
      experiment: 0,
      measure,
      values: [variant + measure, variant + measure + 1],
      mean: variant + measure + 0.5,
      interval: [variant + measure, variant + measure + 1],
      stepEffect: 0.01,
      rounding: 1e-12,
      undefinedBecause: "",
      curve: null,
    })),
  );
  const contrasts = variants.slice(1).flatMap((_, k) =>
    measures.map((_, measure): Contrast => ({
      variant: k + 1,
      experiment: 0,
      measure,
      difference: k + 1,
      interval: [k + 0.5, k + 1.5],
      seedSpread: 0.7,
      stepError: 0.01,
      verdict: "model",
      sentence: `${k + 1} more than variant 1`,
    })),
  );
  return {
    format: "glif-comparison 1",
    name: "Small",
    doc: "",
    source: "small.glif",
    about: {
      glif: "0.1.0",
      sourceHash: "sha256:00",
      seeds: [1, 2],
      command: ["compare", "small.glif", "Small", "--seed", "1"],
    },
    variants,
    baseline: 0,
    experiments: [{ name: "Step", doc: "", duration: 500 }],
    structure: variants.slice(1).map((_, k) => ({
      variant: k + 1,
      against: 0,
      sentence: "no difference in the equations",
      equal: true,
      measuredAlike: true,
      items: [
        {
          part: "parameter" as const,
          change: "changed" as const,
          name: "C",
          before: "100 pF",
          after: `${101 + k} pF`,
          note: "",
        },
      ],
    })),
    measures,
    cells,
    contrasts,
    recording: null,
    sweep: null,
    notes: [],
    complete: true,
    ...more,
  };
}

/** The small result with fourteen measures, whose numbers have many digits. */
export function measuredMuch(): ComparisonResult {
  const base = small(4);
  const measures = Array.from({ length: 14 }, (_, k): MeasureColumn => ({
    ...(MEASURES[k % 5] as MeasureColumn),
    key: `m${k}`,
    name: `m${k}`,
    title: `${MEASURES[k % 5]?.title} number ${k}`,
  }));
  const cells = base.variants.flatMap((_, variant) =>
    measures.map((_, measure): Cell => ({
      variant,
      experiment: 0,
      measure,
      values: [],
      mean: -1234.5678 - variant,
      interval: [-1234.6 - variant, -1234.5 - variant],
      stepEffect: null,
      rounding: 1e-12,
      undefinedBecause: "",
      curve: null,
    })),
  );
  const contrasts = measures.flatMap((_, measure) =>
    [1, 2, 3].map((variant): Contrast => ({
      variant,
      experiment: 0,
      measure,
      difference: -1e5 * variant,
      interval: [-1.1e5 * variant, -0.9e5 * variant],
      seedSpread: 12345.6,
      stepError: 1e-7,
      verdict: "model",
      sentence: "less",
    })),
  );
  return { ...base, name: "Much", measures, cells, contrasts };
}

export const NO_TRACES: ComparisonTraces = { overlays: [] };

/** The small result with a sweep over those axes, in which every tenth point has no CV. */
export function swept(
  variants: number,
  lengths: readonly number[],
  scale: "linear" | "logarithmic" | "draws" = "linear",
): ComparisonResult {
  const names = ["b_s", "E.t_ref", "C"];
  const axes = lengths.map((length, k) => ({
    name: names[k] ?? `p${k}`,
    unit: k === 0 ? "/ms" : "ms",
    values: Array.from({ length }, (_, i) => (scale === "draws" ? ((i * 7919) % 1000) / 1000 : 0.01 * (i + 1))),
    scale,
  }));
  const points: SweepPoint[] = [];
  const counts = scale === "draws" ? lengths.slice(0, 1) : lengths;
  const total = counts.reduce((a, b) => a * b, 1);
  for (let variant = 0; variant < variants; variant++) {
    for (let k = 0; k < total; k++) {
      const at = counts.map(
        (length, axis) => Math.floor(k / counts.slice(axis + 1).reduce((a, b) => a * b, 1)) % length,
      );
      const share = at.map((position, axis) => position / Math.max(1, (counts[axis] ?? 1) - 1));
      const rate = 10 + 40 * (share[0] ?? 0) * (1 - 0.5 * (share[1] ?? 0)) + 5 * variant;
      points.push({
        variant,
        experiment: 0,
        at,
        means: [rate, 30 / (1 + rate), k % 10 === 9 ? null : 0.2 + 0.1 * variant],
        intervals: [[rate - 2, rate + 2], null, null],
      });
    }
  }
  return small(variants, { name: "Sweep", sweep: { axes, points } });
}

/** Every text that a user can write holds something that ought not to get out as it is. */
export const HOSTILE = `<script>alert("x")</script> & 'q' "d" \n\u2028 \u202Etxet\u202C \u0000\u0007 ]]> --> </title></style></svg> \u{1F9E0} 神経 | \`a\` [l](http://example.org)`;

export function hostile(): { readonly result: ComparisonResult; readonly traces: ComparisonTraces } {
  const long = "long ".repeat(2000);
  const base = small(3);
  const t = Array.from({ length: 101 }, (_, i) => i * 5);
  const result: ComparisonResult = {
    ...base,
    name: HOSTILE,
    doc: `${HOSTILE}\n\n${long}`,
    source: `${HOSTILE}.glif`,
    about: { glif: HOSTILE, sourceHash: HOSTILE, seeds: [1, 2], command: ["compare", HOSTILE] },
    variants: base.variants.map((variant, k) => ({
      ...variant,
      label: k === 0 ? HOSTILE : k === 1 ? long : "W".repeat(200),
      model: HOSTILE,
      doc: HOSTILE,
      overrides: [HOSTILE, long],
      methods: [HOSTILE, long],
      size: HOSTILE,
    })),
    experiments: [{ name: HOSTILE, doc: HOSTILE, duration: 500 }],
    structure: base.structure.map((s) => ({
      ...s,
      equal: false,
      measuredAlike: true,
      sentence: HOSTILE,
      items: [
        {
          part: "equation",
          change: "changed",
          name: HOSTILE,
          before: HOSTILE,
          after: long.replaceAll(" ", ""),
          note: HOSTILE,
        },
      ],
    })),
    measures: base.measures.map((m, k) => ({
      ...m,
      key: `${m.key}(${HOSTILE})`,
      title: HOSTILE,
      unit: k === 0 ? "" : HOSTILE,
      definition: HOSTILE,
      source: HOSTILE,
    })),
    cells: base.cells.map((cell) => ({
      ...cell,
      values: [null, null],
      mean: null,
      interval: null,
      stepEffect: null,
      undefinedBecause: HOSTILE,
    })),
    contrasts: base.contrasts.map((c) => ({
      ...c,
      difference: null,
      interval: null,
      seedSpread: null,
      stepError: null,
      verdict: "undefined",
      sentence: HOSTILE,
    })),
    recording: {
      path: HOSTILE,
      content: HOSTILE,
      ranking: [{ measure: 0, experiment: 0, variants: [1, 0, 2], tied: 1 }],
      sentence: HOSTILE,
      nearest: [{ experiment: 0, at: [0], measures: [0], command: ["run", HOSTILE, "--set", HOSTILE] }],
    },
    sweep: {
      axes: [{ name: HOSTILE, unit: HOSTILE, values: [1, 2], scale: "linear" }],
      points: [0, 1].map((k) => ({
        variant: 0,
        experiment: 0,
        at: [k],
        means: [k, null, null],
        intervals: [null, null, null],
      })),
    },
    notes: [HOSTILE, long],
    complete: false,
  };
  const curve = (
    label: string,
    variant: number | null,
  ): ComparisonTraces["overlays"][number]["panels"][number]["curves"][number] => ({
    label,
    variant,
    t,
    y: t.map((x) => (x === 100 ? NaN : x === 105 ? Infinity : x)),
  });
  const panel = { title: HOSTILE, unit: "mV", curves: [curve(HOSTILE, 0), curve(HOSTILE, null)] };
  const raster = {
    label: HOSTILE,
    variant: null,
    rows: 2,
    rowsAre: HOSTILE,
    times: [1, 2, NaN, 1e9],
    row: [0, 1, 1, 7],
  };
  return {
    result,
    traces: {
      overlays: [
        {
          experiment: 0,
          panels: [panel, { ...panel, curves: [0, 1, 2, 0].map((v) => curve(HOSTILE, v)) }],
          rasters: [raster],
          stimulus: panel,
          from: 0,
          until: 500,
        },
      ],
    },
  };
}
