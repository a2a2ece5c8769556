// What --check-step found, in plain sentences.
import type { MovedPopulation, MovedTrace, StepCheck } from "../simulate/stepCheck.ts";
import type { MovedSpikes } from "../simulate/movedSpikes.ts";
import { counted, grouped, rounded, timeText } from "./numbers.ts";

/** Traces of a population that a line tells of; `--json` has all. */
const MOST_TRACES = 6;
/** What it moves by less has not moved: ms, or of the range of a variable. */
const ROUNDING = 1e-9;

export function stepCheckLines({ step_ms, problem, random, populations }: StepCheck): readonly string[] {
  const half = `at half the step, ${timeText(step_ms)}`;
  if (problem !== null) return [`${half}, nothing was compared: ${problem}`];
  const others =
    random.length === 0
      ? []
      : [`${random.join(", ")}: another realisation of the noise at half the step, so nothing is compared`];
  if (populations.length > 0)
    return [`${half}:`, ...populations.map((p) => `  ${sentence(p)}`), ...others.map((line) => `  ${line}`)];
  return others.length > 0 ? others : [`${half}, nothing was compared: nothing is recorded`];
}

function sentence(population: MovedPopulation): string {
  const { name, size, spikes, traces } = population;
  const told = traces.slice(0, MOST_TRACES).map((trace) => traceText(trace, population));
  return `${name}: ${[...(spikes === null ? [] : [spikesText(spikes, name, size)]), ...told, ...(traces.length > MOST_TRACES ? ["…"] : [])].join("; ")}`;
}

function spikesText(
  { count, count_half, more, fewer, neurons, paired, mean_ms, largest_ms, neuron, time_ms }: MovedSpikes,
  name: string,
  size: number,
): string {
  if (count === 0 && count_half === 0) return "no spikes";
  const differ = [
    ...(more === 0 ? [] : [`${counted(more, "spike")} more`]),
    ...(fewer === 0 ? [] : [`${more === 0 ? counted(fewer, "spike") : grouped(fewer)} fewer`]),
  ].join(" and ");
  const which =
    differ === ""
      ? `the same ${counted(count, "spike")}`
      : `${differ} than ${grouped(count)}${size === 1 ? "" : ` (in ${grouped(neurons)} of ${counted(size, "neuron")})`}`;
  if (paired === 0) return which;
  const rest = differ === "" ? ", " : `; the other ${grouped(paired)} `;
  if (largest_ms < ROUNDING) return `${which}${rest}at the same times`;
  return `${which}${rest}moved by ${timeText(Number(rounded(mean_ms)))} on average, ${timeText(Number(rounded(largest_ms)))} at most (${place(name, size, neuron ?? 0, time_ms ?? 0)})`;
}

function traceText(
  { variable, unit, mean, largest, range, neuron, time_ms }: MovedTrace,
  { name, size }: MovedPopulation,
): string {
  const value = (x: number): string => `${rounded(x)}${unit === "" || unit === "1" ? "" : ` ${unit}`}`;
  return largest <= ROUNDING * range
    ? `${variable} not at all`
    : `${variable} by ${value(mean)} on average, ${value(largest)} at most (${place(name, size, neuron, time_ms)})`;
}

function place(name: string, size: number, neuron: number, time: number): string {
  return `${size === 1 ? "" : `${name}[${neuron}] `}at ${timeText(time)}`;
}
