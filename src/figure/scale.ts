// Axes: ranges that fit the numbers, ticks at 1, 2 or 5 times a power of ten, and how ticks are written.

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** A linear map from a range onto pixels (or rows); a range without extent maps onto the middle. */
export function linear(range: Range, from: number, to: number): (value: number) => number {
  // halves keep the extent of numbers near the largest double finite
  const extent = range.high / 2 - range.low / 2;
  if (!(extent > 0)) return () => (from + to) / 2;
  return (value) => from + ((value / 2 - range.low / 2) / extent) * (to - from);
}

/** Smallest and largest finite number, or null where there is none. */
export function extentOf(series: readonly ArrayLike<number>[]): Range | null {
  let low = Infinity;
  let high = -Infinity;
  for (const numbers of series) {
    for (let i = 0; i < numbers.length; i++) {
      const x = numbers[i] ?? NaN;
      if (x < low && x > -Infinity) low = x;
      if (x > high && x < Infinity) high = x;
    }
  }
  return low <= high ? { low, high } : null;
}

/** The extent with `share` of it added on both sides; a constant is put in the middle of a range of its own size. */
export function padded(extent: Range | null, share: number): Range {
  if (extent === null) return { low: 0, high: 1 };
  const largest = Math.max(Math.abs(extent.low), Math.abs(extent.high));
  if (largest < 1e-290) return { low: -1, high: 1 };
  const half = extent.high / 2 - extent.low / 2;
  // below this, ticks could not be told apart in double precision
  if (half < 1e-11 * largest) return finite(extent.low - 0.1 * largest, extent.high + 0.1 * largest);
  return finite(extent.low - 2 * half * share, extent.high + 2 * half * share);
}

/** Round values inside the range, about `wanted` of them (at most 1 + wanted). */
export function ticks(range: Range, wanted: number): Tick[] {
  const half = range.high / 2 - range.low / 2;
  if (!(half > 0) || !Number.isFinite(half)) return [];
  let [factor, exponent] = [1, exponentOf((half / wanted) * 2)];
  // steps in turn 1, 2, 5, 10, …: the first that gives no more than `wanted` intervals
  while (Number(`${factor}e${exponent}`) * (wanted / 2) < half * (1 - 1e-9)) {
    if (factor === 5) [factor, exponent] = [1, exponent + 1];
    else factor = factor === 1 ? 2 : 5;
  }
  const step = Number(`${factor}e${exponent}`);
  const first = Math.ceil(range.low / step - 1e-6);
  const last = Math.floor(range.high / step + 1e-6);
  const values: number[] = [];
  for (let k = first; k <= last; k++) values.push(Number(`${k * factor}e${exponent}`) + 0);
  const largest = Math.max(...values.map(Math.abs), 0);
  const scientific = largest >= 1e5 || (largest > 0 && largest < 1e-2) || exponent < -6;
  return values.map((value) => ({
    value,
    text: scientific ? scientificText(value) : tickText(value, Math.max(0, -exponent)),
  }));
}

/** −70.5, with a real minus sign. */
function tickText(value: number, decimals: number): string {
  return value
    .toFixed(decimals)
    .replace(/^-(?=.*[1-9])/, "\u2212")
    .replace(/^-/, "");
}

/** 1.5e−3: short, and the same digits that one would type. */
function scientificText(value: number): string {
  return value === 0 ? "0" : value.toExponential().replace("e+", "e").replaceAll("-", "\u2212");
}

/** Times are shown in ms, or in s from 10 s on. */
export function timeUnit(duration: number): "ms" | "s" {
  return duration >= 10_000 ? "s" : "ms";
}

/** Ticks of the time axis; `value` is in ms whatever the unit of the text. */
export function timeTicks(until: number, wanted: number, from = 0): Tick[] {
  const toMs = timeUnit(until) === "s" ? 1000 : 1;
  return ticks({ low: from / toMs, high: until / toMs }, wanted).map(({ value, text }) => ({
    value: value * toMs,
    text,
  }));
}

/** Largest e with 10^e <= x, read off the decimal text because Math.log10 may differ in its last bit between engines. */
function exponentOf(x: number): number {
  return Number(x.toExponential().split("e")[1]);
}

function finite(low: number, high: number): Range {
  return { low: Math.max(low, -Number.MAX_VALUE), high: Math.min(high, Number.MAX_VALUE) };
}

// ---- logarithmic axes

/** log10 of a positive number, from the four operations alone, so that figures have the same bits everywhere; good to 1e-14. */
export function log10(x: number): number {
  let exponent = exponentOf(x);
  let mantissa = Number(`${x.toExponential().split("e")[0]}`);
  if (mantissa > 3.2) [mantissa, exponent] = [mantissa / 10, exponent + 1];
  // ln m = 2 artanh((m − 1)/(m + 1)), of which |z| < 0.53 is taken here
  const z = (mantissa - 1) / (mantissa + 1);
  let [power, sum] = [z, 0];
  for (let k = 1; k <= 51; k += 2) {
    sum += power / k;
    power *= z * z;
  }
  return exponent + (2 * sum) / LN_10;
}

const LN_10 = 2.302585092994046;

/** A logarithmic map of positive numbers onto pixels; what is not positive has no place and gives NaN. */
export function logarithmic(range: Range, from: number, to: number): (value: number) => number {
  const map = linear({ low: log10(range.low), high: log10(range.high) }, from, to);
  return (value) => (value > 0 ? map(log10(value)) : NaN);
}

/** Powers of ten; with 2 and 5 times those where they are few, and as on a linear axis where there are none. */
export function logTicks(range: Range, wanted: number): Tick[] {
  const all: { readonly value: number; readonly factor: number }[] = [];
  for (let exponent = exponentOf(range.low); exponent <= exponentOf(range.high); exponent++) {
    for (const factor of [1, 2, 5]) {
      const value = Number(`${factor}e${exponent}`);
      if (value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9)) all.push({ value, factor });
    }
  }
  if (all.length < 2) return ticks(range, wanted);
  const powers = all.filter(({ factor }) => factor === 1);
  const chosen = all.length <= wanted ? all : powers.length > 1 ? powers : all;
  const every = Math.max(1, Math.ceil(chosen.length / Math.max(1, wanted)));
  return chosen
    .filter((_, i) => i % every === 0)
    .map(({ value }) => ({ value, text: value >= 1e5 || value < 1e-3 ? scientificText(value) : String(value) }));
}
