// Traces: their mean and spread, and how far one is from another.
import { sqrt } from "../runtime/math.ts";
import { mean, variance } from "./moments.ts";
import type { TraceSamples } from "./train.ts";

/** Mean over the samples, in the unit of the trace; null without samples. */
export function traceMean({ y }: TraceSamples): number | null {
  return y.length === 0 ? null : mean(y);
}

/** Standard deviation (of n) over the samples, in the unit of the trace; null without samples. */
export function traceSd({ y }: TraceSamples): number | null {
  return y.length === 0 ? null : sqrt(variance(y));
}

/** What is cut out around each spike of either trace: [spike - before, spike + after], ms; a 1e-9th more is rounding. */
export interface Around {
  readonly before: number;
  readonly after: number;
}

/** Root of the mean squared difference, in the unit of the traces, at the reference's samples that lie inside the model's time and, where `around` is given, away from spikes; null without any. */
export function traceRmse(model: TraceSamples, reference: TraceSamples, around: Around | null): number | null {
  const { models, references } = aligned(model, reference, around);
  if (references.length === 0) return null;
  const squares = differences(references, models);
  for (let k = 0; k < squares.length; k++) squares[k] = (squares[k] as number) ** 2;
  return sqrt(mean(squares));
}

/** 1 - var(reference - model)/var(reference) at the same samples: at most 1, and blind to a constant difference. Null where the reference does not change there. */
export function traceExplainedVariance(model: TraceSamples, reference: TraceSamples, around: Around): number | null {
  const { models, references } = aligned(model, reference, around);
  if (references.length === 0) return null;
  const whole = variance(references);
  return whole > 0 ? 1 - variance(differences(references, models)) / whole : null;
}

// Plain loops: they run over every sample of every run, and an iterator or a callback for each would take longer than the simulation.

function differences(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let k = 0; k < out.length; k++) out[k] = (a[k] as number) - (b[k] as number);
  return out;
}

/** Both at the reference's times, the model interpolated linearly. */
function aligned(
  model: TraceSamples,
  reference: TraceSamples,
  around: Around | null,
): { readonly models: Float64Array; readonly references: Float64Array } {
  const cut = merged(model.spikes, reference.spikes);
  const { t: times, y: values } = model;
  const [models, references] = [new Float64Array(reference.t.length), new Float64Array(reference.t.length)];
  const begin = times[0] ?? Infinity,
    end = times.at(-1) ?? -Infinity,
    last = times.length - 1;
  const before = (around?.before ?? 0) * (1 + 1e-9),
    after = (around?.after ?? 0) * (1 + 1e-9);
  let count = 0,
    i = 0,
    s = 0;
  for (let k = 0; k < reference.t.length; k++) {
    const t = reference.t[k] as number;
    if (t < begin || t > end) continue;
    if (around !== null) {
      while (s < cut.length && (cut[s] as number) + after < t) s++;
      if (s < cut.length && t >= (cut[s] as number) - before) continue;
    }
    while (i + 1 < last && (times[i + 1] as number) <= t) i++;
    const next = Math.min(i + 1, last);
    const left = times[i] as number,
      right = times[next] as number;
    const low = values[i] as number,
      high = values[next] as number;
    const share = right > left ? (t - left) / (right - left) : 0;
    // Samples at the same time are compared as they are.
    models[count] = share === 0 ? low : share === 1 ? high : low + share * (high - low);
    references[count++] = reference.y[k] as number;
  }
  return { models: models.subarray(0, count), references: references.subarray(0, count) };
}

function merged(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all.sort();
}
