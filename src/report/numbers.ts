// Numbers as a report prints them: as many digits as their uncertainty leaves, a real minus sign, in every locale the same.
import type { Cell, Contrast } from "../compare/comparison.ts";

/** What stands for a value that is not defined. */
export const NOTHING = "\u2014";

/** Four significant digits: 17.32, 0.1253, 1240, 3.1e−7. */
export function valueText(value: number | null, digits = 4): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4))
    return minus(value.toExponential(digits - 1).replace(/\.?0*e\+?/, "e"));
  if (size >= 10 ** digits) return minus(grouped(String(Math.round(value))));
  return minus(String(Number(value.toPrecision(digits)) + 0));
}

/** With a sign unless it is 0. */
export function differenceText(value: number | null, digits = 4): string {
  const text = valueText(value, digits);
  return value !== null && value > 0 && text !== NOTHING && text !== "0" ? `+${text}` : text;
}

export interface Estimate {
  readonly mean: string;
  /** "35.9 to 36.9"; empty where there is no interval, or none but the mean itself. */
  readonly interval: string;
  /** Half the interval's width, with the mean's decimals; empty where there is no interval. */
  readonly half: string;
}

/** Mean and ends of the interval with the same decimals: two digits of half its width. */
export function estimate(
  mean: number | null,
  interval: readonly [low: number, high: number] | null,
  signed = false,
): Estimate {
  const text = (value: number): string => (signed ? differenceText(value) : valueText(value));
  if (mean === null || !Number.isFinite(mean)) return { mean: NOTHING, interval: "", half: "" };
  const half = interval === null ? NaN : (interval[1] - interval[0]) / 2;
  if (interval === null || !(half > 1e-12 * Math.abs(mean)) || !Number.isFinite(half))
    return { mean: text(mean), interval: "", half: "" };
  const decimals = 1 - exponentOf(half);
  const size = Math.max(Math.abs(interval[0]), Math.abs(interval[1]));
  if (decimals > 6 || decimals < 0 || size >= 1e7)
    return { mean: text(mean), interval: `${text(interval[0])} to ${text(interval[1])}`, half: valueText(half, 2) };
  const fixed = (value: number): string => {
    const plain = value.toFixed(decimals);
    const zero = !/[1-9]/.test(plain);
    return minus(`${signed && value > 0 && !zero ? "+" : ""}${zero ? plain.replace("-", "") : grouped(plain)}`);
  };
  return {
    mean: fixed(mean),
    interval: `${fixed(interval[0])} to ${fixed(interval[1])}`,
    half: half.toFixed(decimals),
  };
}

/** Of a cell: what is no more than rounding is 0. */
export function estimateOf(cell: Pick<Cell, "mean" | "interval" | "rounding"> | null): Estimate {
  return cell !== null && cell.mean !== null && Math.abs(cell.mean) <= cell.rounding
    ? estimate(0, null)
    : estimate(cell?.mean ?? null, cell?.interval ?? null);
}

/** Of a difference: none is 0, whatever the last bits say. */
export function differenceOf({
  verdict,
  difference,
  interval,
}: Pick<Contrast, "verdict" | "difference" | "interval">): Estimate {
  return verdict === "none" ? estimate(0, null) : estimate(difference, interval, true);
}

/** "Hz" behind a number; nothing behind a pure one, or behind none. */
export function withUnit(number: string, unit: string): string {
  return unit === "" || unit === "1" || number === NOTHING ? number : `${number} ${unit}`;
}

/** "rate (Hz)". */
export function headed(title: string, unit: string): string {
  return unit === "" || unit === "1" ? title : `${title} (${unit})`;
}

/** 600 ms, 2 s. */
export function durationText(ms: number): string {
  return ms >= 1000 ? `${valueText(ms / 1000, 6)} s` : `${valueText(ms, 6)} ms`;
}

/** Seeds or sweeps as ranges: "1 to 20", "7", "1 to 3, 10". */
export function rangesText(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  const shown = runs.slice(0, 12).map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`));
  return `${shown.join(", ")}${runs.length > 12 ? ", \u2026" : ""}`;
}

function exponentOf(x: number): number {
  return Number(x.toExponential().split("e")[1]);
}

function grouped(plain: string): string {
  const [whole = "", ...decimals] = plain.split(".");
  return [
    whole.replace(
      /^(-?)(\d{5,})$/,
      (_, sign: string, digits: string) => sign + digits.replace(/\B(?=(\d{3})+$)/g, ","),
    ),
    ...decimals,
  ].join(".");
}

function minus(text: string): string {
  return text.replaceAll("-", "\u2212");
}
