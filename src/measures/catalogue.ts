// Every measure there is: its name, what it is taken of, its unit and parameters, and whose definition it is. The language checks against
// this, the runner computes by it (`compute.ts`), the report and the reference print it.
import { DIMENSIONLESS, FREQUENCY, TIME } from "../quantities/dimension.ts";
import type { Dimension } from "../quantities/dimension.ts";
import { knownUnit } from "../quantities/unit.ts";
import type { Unit } from "../quantities/unit.ts";

/**
 * What a measure is taken of, and so what must be run and recorded for it:
 * - `train`: the spikes of one neuron; of a population, the mean over its neurons in which the measure is defined
 * - `population`: the spikes of all neurons of a population
 * - `pair of trains`: the spikes of one neuron and those of a reference
 * - `repeats`: spike trains of several runs (seeds) and those of a reference
 * - `trace`: one recorded quantity
 * - `traces`: the same quantity of all neurons of a population
 * - `pair of traces`: one recorded quantity and that of a reference
 * - `sweep`: rates over the points of a sweep
 */
export type Subject =
  "train" | "population" | "pair of trains" | "repeats" | "trace" | "traces" | "pair of traces" | "sweep";

export interface MeasureParameter {
  readonly name: string;
  /** What it is, a few words for reports. */
  readonly meaning: string;
  readonly dimension: Dimension;
  /** The unit in which the reference and reports show it. */
  readonly unit: Unit;
  /** Canonical (ms, mV, pF and what follows); null: taken from the window, as `meaning` says. */
  readonly default: number | null;
  readonly must: "be positive" | "be 0 or more" | "be a whole number from 1" | "be finite";
}

/** One measure: what it is taken of and gives, as tables, completion and checks read it. */
export interface MeasureEntry {
  readonly name: string;
  readonly title: string;
  readonly of: Subject;
  readonly gives: "number" | "curve";
  /** Of the numbers that the measure gives, of a curve's ordinates; `same as trace` and `same as sweep`: that of what it is taken of. */
  readonly unit: Unit | "same as trace" | "same as sweep";
  readonly parameters: readonly MeasureParameter[];
  /** Held against a reference: which values are nearer to it; null where the measure says nothing of that by itself (its difference does). */
  readonly nearer: "smaller" | "larger" | null;
  /** What it is, in one sentence. */
  readonly definition: string;
  /** Paper with its equation where it has a number. */
  readonly source: string;
  /** Of a random model it is taken of several runs together: their mean by itself is another number. */
  readonly together?: true;
  /** Why there may be no number: "fewer than 2 intervals"; null where there always is one. */
  readonly silent: string | null;
}

const NUMBER = knownUnit("1");
const HERTZ = knownUnit("Hz");
const MILLISECOND = knownUnit("ms");

/** All measures, in the order of the reference's table: what each is taken of, in which unit it is, its parameters and its definition. */
export const catalogue = [
  {
    name: "rate",
    title: "firing rate",
    of: "train",
    gives: "number",
    unit: HERTZ,
    nearer: null,
    parameters: [],
    definition: "spikes in the window over its length",
    source: "Dayan & Abbott 2001, Theoretical Neuroscience, eq. 1.4",
    silent: "the window is empty",
  },
  {
    name: "latency",
    title: "first-spike latency",
    of: "train",
    gives: "number",
    unit: MILLISECOND,
    nearer: null,
    parameters: [time("onset", "when the stimulus begins; the start of the window unless given", null, "be finite")],
    definition: "time from the onset to the first spike at or after it",
    source: "VanRullen, Guyonneau & Thorpe 2005, Trends Neurosci. 28:1",
    silent: "no spike after the onset",
  },
  {
    name: "cv_isi",
    title: "CV of interspike intervals",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [count("fewest", "intervals that must be there", 3)],
    definition:
      "standard deviation (of n) of the interspike intervals over their mean; 0 for a clock, 1 for a Poisson process",
    source: "Softky & Koch 1993, J. Neurosci. 13:334",
    silent: "too few intervals",
  },
  {
    name: "cv2",
    title: "local CV of successive intervals, CV2",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [],
    definition:
      "mean of 2|I(i+1) - I(i)|/(I(i+1) + I(i)) over successive intervals; 1 for a Poisson process, blind to slow changes of rate",
    source: "Holt, Softky, Koch & Douglas 1996, J. Neurophysiol. 75:1806",
    silent: "fewer than 2 intervals",
  },
  {
    name: "lv",
    title: "local variation, LV",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [],
    definition: "mean of 3((I(i) - I(i+1))/(I(i) + I(i+1)))² over successive intervals; 1 for a Poisson process",
    source: "Shinomoto, Shima & Tanji 2003, Neural Comput. 15:2823",
    silent: "fewer than 2 intervals",
  },
  {
    name: "lvr",
    title: "local variation corrected for refractoriness, LvR",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [time("refractoriness", "constant R", 5, "be 0 or more")],
    definition: "mean of 3(1 - 4 I(i) I(i+1)/(I(i) + I(i+1))²)(1 + 4R/(I(i) + I(i+1))) over successive intervals",
    source: "Shinomoto et al. 2009, PLoS Comput. Biol. 5:e1000433",
    silent: "fewer than 2 intervals",
  },
  {
    name: "adaptation",
    title: "adaptation index",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [],
    definition: "mean of (I(i+1) - I(i))/(I(i+1) + I(i)) over successive intervals; above 0 where they lengthen",
    source:
      "Allen Cell Types Database, Technical White Paper: Electrophysiology; Teeter et al. 2018, Nat. Commun. 9:709",
    silent: "fewer than 2 intervals",
  },
  {
    name: "burst_index",
    title: "burst index",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [time("below", "longest interval inside a burst, itself excluded", 6, "be positive")],
    definition: "share of the spikes that are in bursts, runs of two or more spikes with intervals below a criterion",
    source: "criterion of Harris, Hirase, Leinekugel, Henze & Buzsáki 2001, Neuron 32:141 (6 ms)",
    silent: "no spikes",
  },
  {
    name: "fano",
    title: "Fano factor of spike counts",
    of: "train",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [time("bin", "length of the counting windows", 100, "be positive")],
    definition: "variance (of n) over mean of the spike counts in successive windows; 1 for a Poisson process",
    source: "Teich, Heneghan, Lowen, Ozaki & Kaplan 1997, J. Opt. Soc. Am. A 14:529",
    silent: "fewer than 2 counting windows, or no spikes in them",
  },
  {
    name: "van_rossum",
    title: "van Rossum distance",
    of: "pair of trains",
    gives: "number",
    unit: NUMBER,
    nearer: "smaller",
    parameters: [time("tau", "time constant of the exponential kernel", 10, "be positive")],
    definition:
      "root of 1/tau times the integral of the squared difference of the trains, each filtered by a causal exponential of height 1; a missing spike counts 1/√2",
    source: "van Rossum 2001, Neural Comput. 13:751, eq. 2.2 (its root)",
    silent: null,
  },
  {
    name: "victor_purpura",
    title: "Victor-Purpura distance",
    of: "pair of trains",
    gives: "number",
    unit: NUMBER,
    nearer: "smaller",
    parameters: [perTime("cost", "of moving a spike, per time", knownUnit("/ms"), 0.1, "be 0 or more")],
    definition: "least cost of turning one train into the other: 1 to add or delete a spike, cost·|Δt| to move it",
    source: "Victor & Purpura 1996, J. Neurophysiol. 76:1310 (D^spike); 1997, Network 8:127",
    silent: null,
  },
  {
    name: "coincidence",
    title: "coincidence factor Γ",
    of: "pair of trains",
    gives: "number",
    unit: NUMBER,
    nearer: "larger",
    parameters: [time("precision", "largest time between coincident spikes, Δ", 2, "be positive")],
    definition:
      "coincidences (each spike in one at most) beyond those of a Poisson process of the model's rate ν, (N_coinc - 2νΔN_ref)/((N_ref + N_model)/2)/(1 - 2νΔ); 1 for equal trains, 0 for chance",
    source:
      "Kistler, Gerstner & van Hemmen 1997, Neural Comput. 9:1015; Jolivet et al. 2008, J. Neurosci. Methods 169:417",
    silent: "no spikes in either train, or 2νΔ reaches 1",
  },
  {
    name: "isi_distance",
    title: "ISI-distance",
    of: "pair of trains",
    gives: "number",
    unit: NUMBER,
    nearer: "smaller",
    parameters: [],
    definition:
      "time average of |I₁ - I₂|/max(I₁, I₂), the intervals around each moment; the first and last interval reach to the edge of the window or are as long as their neighbour, if that is longer",
    source:
      "Kreuz, Haas, Morelli, Abarbanel & Politi 2007, J. Neurosci. Methods 165:151; edges: Mulansky, Bozanic, Sburlea & Kreuz 2015",
    silent: "the window is empty",
  },
  {
    name: "spike_distance",
    title: "SPIKE-distance",
    of: "pair of trains",
    gives: "number",
    unit: NUMBER,
    nearer: "smaller",
    parameters: [],
    definition:
      "time average of the distances to the nearest spike of the other train, interpolated between spikes and weighted by the local rates, over the mean interval; edges as of the ISI-distance",
    source:
      "Kreuz, Chicharro, Houghton, Andrzejak & Mormann 2013, J. Neurophysiol. 109:1457; edges: Mulansky et al. 2015",
    silent: "the window is empty",
  },
  {
    name: "coincidence_ratio",
    title: "coincidence factor over the reliability",
    of: "repeats",
    gives: "number",
    unit: NUMBER,
    nearer: "larger",
    parameters: [time("precision", "largest time between coincident spikes, Δ", 2, "be positive")],
    definition:
      "Γ/R: the coincidence factor, mean over all pairs of a run of each, over the reference's reliability R, the mean coincidence factor between two of its repeats; 1 where the model predicts a repeat as well as another repeat does",
    source: "Jolivet et al. 2008, J. Neurosci. Methods 169:417 (Γ_A)",
    silent: "fewer than 2 repeats of the reference, or their reliability R is below 0.1",
  },
  {
    name: "md_star",
    title: "similarity of spike train sets, Md*",
    of: "repeats",
    gives: "number",
    unit: NUMBER,
    nearer: "larger",
    parameters: [time("precision", "largest time between coincident spikes, Δ", 4, "be positive")],
    definition:
      "2 (D, M)/((D, D) + (M, M)), where a product is the number of pairs of spikes within the precision: (D, M) the mean over all pairs of a run of each, the others over all pairs of two different runs; a single run is taken as one that repeats itself; 1 for equal rates over time",
    source: "Naud, Gerhard, Mensi & Gerstner 2011, Neural Comput. 23:3016",
    together: true,
    silent: "no spikes that coincide in either",
  },
  {
    name: "explained_variance",
    title: "explained variance of spike times",
    of: "repeats",
    gives: "number",
    unit: NUMBER,
    nearer: "larger",
    parameters: [time("sigma", "standard deviation of the Gaussian kernel", 10, "be positive")],
    definition:
      "(var D + var M - var(D - M))/(var D + var M) of the trains of reference and model, smoothed by a Gaussian, mean over all pairs of a repeat of each; 1 for equal trains",
    source: "Teeter et al. 2018, Nat. Commun. 9:709, Methods",
    silent: "no spikes in any of the trains",
  },
  {
    name: "explained_variance_ratio",
    title: "explained variance over that between repeats",
    of: "repeats",
    gives: "number",
    unit: NUMBER,
    nearer: "larger",
    parameters: [time("sigma", "standard deviation of the Gaussian kernel", 10, "be positive")],
    definition:
      "explained variance between reference and model over that between the reference's mean and its repeats (mean over them): 1 where the model predicts a repeat as well as their mean does",
    source: "Teeter et al. 2018, Nat. Commun. 9:709, Methods",
    silent: "fewer than 2 repeats of the reference, or no spikes in them",
  },
  {
    name: "synchrony",
    title: "synchrony of spike counts",
    of: "population",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [time("bin", "length of the counting windows", 3, "be positive")],
    definition:
      "variance (of n) over mean of the population's spike count in successive windows; 1 for independent Poisson neurons, up to the number of neurons that spike together",
    source: "Potjans & Diesmann 2014, Cereb. Cortex 24:785",
    silent: "fewer than 2 counting windows, or no spikes in them",
  },
  {
    name: "chi_squared",
    title: "synchrony of traces, χ²",
    of: "traces",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [],
    definition:
      "variance over time of the mean trace over the mean of the traces' variances; 1 in full synchrony, of the order 1/N without",
    source: "Golomb & Hansel 2000, Neural Comput. 12:1095; Golomb & Rinzel 1994",
    silent: "no trace changes",
  },
  {
    name: "kuramoto",
    title: "Kuramoto order parameter",
    of: "population",
    gives: "number",
    unit: NUMBER,
    nearer: null,
    parameters: [time("sampling", "time between the moments that are averaged", 1, "be positive")],
    definition:
      "time average of R = |mean of exp(iφ)|, φ = 2π(t - t_m)/(t_(m+1) - t_m) between the spikes of a neuron, over the moments at which at least half of the neurons have a phase",
    source:
      "Kuramoto 1984; Acebrón, Bonilla, Pérez Vicente, Ritort & Spigler 2005, Rev. Mod. Phys. 77:137; phases: Pikovsky, Rosenblum & Kurths 2001",
    silent: "at no moment half of the neurons lie between two of their spikes",
  },
  {
    name: "kuramoto_local",
    title: "local order parameter",
    of: "population",
    gives: "curve",
    unit: NUMBER,
    nearer: null,
    parameters: [
      count("neighbours", "neurons on either side, δ", 5),
      time("sampling", "time between the moments that are averaged", 1, "be positive"),
    ],
    definition:
      "for each neuron k of a ring, time average of |mean of exp(iφ_j)| over |j - k| <= δ, at moments as of the global order parameter",
    source: "Omelchenko, Omel'chenko, Hövel & Schöll 2013, Phys. Rev. Lett. 110:224101 (Z_k)",
    silent: "at no moment half of the neurons lie between two of their spikes",
  },
  {
    name: "phase_velocity",
    title: "mean phase velocity",
    of: "population",
    gives: "curve",
    unit: knownUnit("rad/s"),
    nearer: null,
    parameters: [],
    definition:
      "for each neuron 2π times its intervals over the time from its first to its last spike; 0 for one with fewer than 2 spikes",
    source: "Omelchenko et al. 2013, Phys. Rev. Lett. 110:224101 (ω_k = 2πM_k/ΔT)",
    silent: null,
  },
  {
    name: "spectrum",
    title: "power spectrum of the population rate",
    of: "population",
    gives: "curve",
    unit: HERTZ,
    nearer: null,
    parameters: [
      time("bin", "in which spikes are counted", 1, "be positive"),
      time("segment", "length of Welch's segments; the window where that is shorter", 1000, "be positive"),
    ],
    definition:
      "one-sided density (Hz²/Hz) of the mean rate of a neuron: Hann-windowed segments that overlap by half, each less its mean, averaged",
    source: "Welch 1967, IEEE Trans. Audio Electroacoust. 15:70",
    silent: "fewer than 2 bins, or no neurons",
  },
  {
    name: "peak_frequency",
    title: "peak frequency of the population rate",
    of: "population",
    gives: "number",
    unit: HERTZ,
    nearer: null,
    parameters: [
      time("bin", "in which spikes are counted", 1, "be positive"),
      time("segment", "length of Welch's segments; the window where that is shorter", 1000, "be positive"),
      perTime("lowest", "frequency that is looked at", HERTZ, 0.001, "be positive"),
    ],
    definition:
      "where the power spectrum of the population rate is largest, among frequencies from `lowest` on; as fine as 1/segment",
    source: "Welch 1967, IEEE Trans. Audio Electroacoust. 15:70",
    silent: "no spikes, or no frequency to look at",
  },
  {
    name: "trace_mean",
    title: "mean of a trace",
    of: "trace",
    gives: "number",
    unit: "same as trace",
    nearer: null,
    parameters: [],
    definition: "mean over the samples",
    source: "elementary",
    silent: "no samples",
  },
  {
    name: "trace_sd",
    title: "standard deviation of a trace",
    of: "trace",
    gives: "number",
    unit: "same as trace",
    nearer: null,
    parameters: [],
    definition: "standard deviation (of n) over the samples",
    source: "elementary",
    silent: "no samples",
  },
  {
    name: "trace_rmse",
    title: "root mean square error",
    of: "pair of traces",
    gives: "number",
    unit: "same as trace",
    nearer: "smaller",
    parameters: [],
    definition:
      "root of the mean squared difference, at the reference's samples inside both traces, interpolated linearly",
    source: "elementary",
    silent: "the traces share no time",
  },
  {
    name: "subthreshold_rmse",
    title: "subthreshold root mean square error",
    of: "pair of traces",
    gives: "number",
    unit: "same as trace",
    nearer: "smaller",
    parameters: [
      time("before", "cut out before each spike", 5, "be 0 or more"),
      time("after", "cut out after each spike", 10, "be 0 or more"),
    ],
    definition:
      "root of the mean squared difference, at the reference's samples inside both traces and away from the spikes of either",
    source: "elementary; away from spikes as in Mensi et al. 2012, J. Neurophysiol. 107:1756",
    silent: "no samples away from spikes",
  },
  {
    name: "trace_explained_variance",
    title: "explained variance of a trace",
    of: "pair of traces",
    gives: "number",
    unit: NUMBER,
    nearer: "larger",
    parameters: [
      time("before", "cut out before each spike", 5, "be 0 or more"),
      time("after", "cut out after each spike", 10, "be 0 or more"),
    ],
    definition:
      "1 - var(reference - model)/var(reference), at the reference's samples inside both traces and away from the spikes of either; 1 for equal traces, at whatever offset, below 0 where a trace that does not move would be nearer",
    source: "elementary: the coefficient of determination, blind to a constant difference",
    silent: "the reference does not change away from spikes",
  },
  {
    name: "f_I",
    title: "f-I curve",
    of: "sweep",
    gives: "curve",
    unit: HERTZ,
    nearer: null,
    parameters: [],
    definition: "firing rate at each point of the sweep",
    source: "Koch 1999, Biophysics of Computation",
    silent: "the sweep has no points",
  },
  {
    name: "rheobase",
    title: "rheobase",
    of: "sweep",
    gives: "number",
    unit: "same as sweep",
    nearer: null,
    parameters: [],
    definition: "middle between the first point of the sweep with a spike and the point before it",
    source: "Lapicque 1909; Koch 1999, Biophysics of Computation",
    silent: "no point of the sweep has spikes, or the first has some already",
  },
] as const satisfies readonly MeasureEntry[];

type Entry = (typeof catalogue)[number];

/** The name of a measure: `rate`, `cv_isi`, `van_rossum`. */
export type MeasureName = Entry["name"];

/** What the measure of that name is taken of. */
export type SubjectOf<Name extends MeasureName> = Extract<Entry, { readonly name: Name }>["of"];

/** Canonical values of the parameters of that measure, by name; null where one is left to the window. */
export type ParametersOf<Name extends MeasureName> = {
  readonly [
    P in Extract<Entry, { readonly name: Name }>["parameters"][number] as P["name"]
  ]: P["default"] extends number ? number : number | null;
};

const byName: ReadonlyMap<string, MeasureEntry & { readonly name: MeasureName }> = new Map(
  catalogue.map((entry) => [entry.name, entry]),
);

/** The measure of that name, or null. */
export function measureOfName(name: string): (MeasureEntry & { readonly name: MeasureName }) | null {
  return byName.get(name) ?? null;
}

/** In the order of the catalogue. */
export const measureNames: readonly MeasureName[] = catalogue.map((entry) => entry.name);

/** Why this canonical value cannot be that parameter's, to stand after its name ("must be positive"); null where it can. */
export function parameterProblem(parameter: MeasureParameter, value: number): string | null {
  const fits = {
    "be positive": value > 0 && value < Infinity,
    "be 0 or more": value >= 0 && value < Infinity,
    "be a whole number from 1": Number.isSafeInteger(value) && value >= 1,
    "be finite": Number.isFinite(value),
  };
  return fits[parameter.must] ? null : `must ${parameter.must}`;
}

/** Name and whether there is a default are part of the type, so that computations know what they are given. */
type Parameter<Name extends string, Default extends number | null> = MeasureParameter & {
  readonly name: Name;
  readonly default: Default;
};

function time<Name extends string, Default extends number | null>(
  name: Name,
  meaning: string,
  milliseconds: Default,
  must: MeasureParameter["must"],
): Parameter<Name, Default> {
  return { name, meaning, dimension: TIME, unit: MILLISECOND, default: milliseconds, must };
}

function perTime<Name extends string>(
  name: Name,
  meaning: string,
  unit: Unit,
  perMillisecond: number,
  must: MeasureParameter["must"],
): Parameter<Name, number> {
  return { name, meaning, dimension: FREQUENCY, unit, default: perMillisecond, must };
}

function count<Name extends string>(name: Name, meaning: string, number: number): Parameter<Name, number> {
  return { name, meaning, dimension: DIMENSIONLESS, unit: NUMBER, default: number, must: "be a whole number from 1" };
}
