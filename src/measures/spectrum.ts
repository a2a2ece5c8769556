// Power spectrum of a population's rate, and where its peak lies.
import { cos } from "../runtime/math.ts";
import { binOf, wholeBins } from "./counts.ts";
import type { Curve } from "./curve.ts";
import { fft } from "./fft.ts";
import type { PopulationSpikes } from "./train.ts";

/**
 * One-sided power spectral density (Hz²/Hz) of the mean rate of a neuron (Hz), counted in bins of `bin` ms: segments of `segment` ms (of the window where that is shorter) that
 * overlap by half, each less its mean, under a periodic Hann window, averaged (Welch 1967). Its sum times the frequency step is the variance of the rate, as far as windows allow.
 * What does not fill a bin or a segment at the end is left out. Null with fewer than 2 bins or no neurons.
 */
export function spectrum(population: PopulationSpikes, bin: number, segment: number): Curve | null {
  const bins = wholeBins(population, bin);
  if (bins < 2 || population.size === 0) return null;
  const rate = rates(population, bin, bins);
  const length = Math.max(2, Math.min(bins, Math.round(segment / bin)));
  const hop = length - Math.floor(length / 2);
  const window = Float64Array.from({ length }, (_, k) => 0.5 - 0.5 * cos((2 * Math.PI * k) / length));
  const perSecond = 1000 / bin;
  const norm = 1 / (perSecond * window.reduce((sum, w) => sum + w * w, 0));
  const y = new Float64Array(Math.floor(length / 2) + 1);
  let segments = 0;
  for (let start = 0; start + length <= bins; start += hop, segments++) {
    const own = rate.subarray(start, start + length);
    const mean = own.reduce((a, b) => a + b, 0) / length;
    const { re, im } = fft({ re: own.map((r, k) => (r - mean) * (window[k] ?? 0)), im: new Float64Array(length) });
    for (let k = 0; k < y.length; k++) y[k] = (y[k] ?? 0) + ((re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2);
  }
  // All but 0 and the highest frequency of an even length stand for their negative too.
  for (let k = 0; k < y.length; k++) y[k] = ((y[k] ?? 0) * norm * (k === 0 || 2 * k === length ? 1 : 2)) / segments;
  return {
    x: Float64Array.from(y, (_, k) => (k * perSecond) / length),
    y,
    xName: "frequency",
    xUnit: "Hz",
    yName: "power density",
    yUnit: "Hz",
  };
}

/**
 * Frequency (Hz) of the largest value of the spectrum at `lowest` (per ms) or above, as fine as the spectrum is; null without spikes or such frequencies.
 * Of peaks that are equal to a millionth, as the harmonics of spikes all in one bin are, the lowest.
 */
export function peakFrequency(
  population: PopulationSpikes,
  bin: number,
  segment: number,
  lowest: number,
): number | null {
  const curve = spectrum(population, bin, segment);
  if (curve === null) return null;
  let peak = -1;
  for (const [k, frequency] of curve.x.entries()) {
    if (frequency < 1000 * lowest * (1 - 1e-9)) continue;
    if ((curve.y[k] ?? 0) > (peak < 0 ? 0 : (curve.y[peak] ?? 0) * (1 + 1e-6))) peak = k;
  }
  return peak < 0 ? null : (curve.x[peak] ?? null);
}

function rates(population: PopulationSpikes, bin: number, bins: number): Float64Array {
  const rate = new Float64Array(bins);
  for (const { times } of population.trains) {
    for (const t of times) {
      const k = binOf(population, t, bin);
      if (k < bins) rate[k] = (rate[k] ?? 0) + 1;
    }
  }
  return rate.map((count) => (1000 * count) / bin / population.size);
}
