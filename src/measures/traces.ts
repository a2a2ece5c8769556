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

/** What is cut out around each spike of either trace: [spike - before, spike + after], ms. */
export interface Around {
  readonly before: number;
  readonly after: number;
}

/** Root of the mean squared difference, in the unit of the traces, at the reference's samples that lie inside the model's time and, where `around` is given, away from spikes; null without any. */
export function traceRmse(model: TraceSamples, reference: TraceSamples, around: Around | null): number | null {
  const { models, references } = aligned(model, reference, around);
  if (references.length === 0) return null;
  return sqrt(mean(references.map((y, k) => (y - (models[k] ?? 0)) ** 2)));
}

/** 1 - var(reference - model)/var(reference) at the same samples: at most 1, and blind to a constant difference. Null where the reference does not change there. */
export function traceExplainedVariance(model: TraceSamples, reference: TraceSamples, around: Around): number | null {
  const { models, references } = aligned(model, reference, around);
  if (references.length === 0) return null;
  const whole = variance(references);
  return whole > 0 ? 1 - variance(references.map((y, k) => y - (models[k] ?? 0))) / whole : null;
}

/** Both at the reference's times, the model interpolated linearly. */
function aligned(model: TraceSamples, reference: TraceSamples, around: Around | null): { readonly models: Float64Array; readonly references: Float64Array } {
  const cut = merged(model.spikes, reference.spikes);
  const [models, references] = [new Float64Array(reference.t.length), new Float64Array(reference.t.length)];
  let [count, i, s] = [0, 0, 0];
  const end = model.t.at(-1) ?? -Infinity;
  for (const [k, t] of reference.t.entries()) {
    if (t < (model.t[0] ?? Infinity) || t > end) continue;
    if (around !== null) {
      while (s < cut.length && (cut[s] ?? 0) + around.after < t) s++;
      if (s < cut.length && t >= (cut[s] ?? 0) - around.before) continue;
    }
    while (i + 2 < model.t.length && (model.t[i + 1] ?? 0) <= t) i++;
    const [left, right] = [model.t[i] ?? 0, model.t[i + 1] ?? t];
    const [low, high] = [model.y[i] ?? 0, model.y[i + 1] ?? model.y[i] ?? 0];
    const share = right > left ? (t - left) / (right - left) : 0;
    // Samples at the same time are compared as they are.
    models[count] = share === 0 ? low : share === 1 ? high : low + share * (high - low);
    references[count++] = reference.y[k] ?? 0;
  }
  return { models: models.subarray(0, count), references: references.subarray(0, count) };
}

function merged(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all.sort();
}
