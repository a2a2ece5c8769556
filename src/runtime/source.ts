// Populations that send spikes without being neurons: Poisson processes and lists of given times.
import { stepsIn, timeOf } from "./clock.ts";
import { exp } from "./math.ts";
import { drawPoisson } from "./distributions.ts";
import type { SpikeSource } from "./kernel.ts";
import { fillUniform, stream } from "./random.ts";
import { StoppedError, UsageError } from "./usageError.ts";

/** Beyond this mean number of spikes in a step, counts are drawn by rejection instead of inversion. */
const MANY = 10;

/** Spikes that one process may be expected to send in a step. Ten thousand inputs of 100 Hz are 100 of them at 0.1 ms: beyond this somebody has taken kHz for Hz. */
const MOST_SPIKES = 1e5;

/** A rate that only the run shows to be too high, negative or no number. */
export class RateError extends StoppedError {
  override readonly name = "RateError";
}

/**
 * Poisson processes on the grid: in each step a Poisson-distributed number of spikes with the mean rate·dt, independent of all others. `rates` (1/ms) holds
 * one value or one a neuron; what it holds when the step ends counts. `paired`: where those of one rate are drawn and counted in WebAssembly.
 * @throws RateError where a rate is negative or no number, or a process would send more than 100,000 spikes in one step.
 */
export function poissonSource(
  size: number,
  rates: Float64Array,
  dt: number,
  seed: number,
  purpose: string,
  paired: PairedProcesses | null = null,
): SpikeSource {
  const draws = stream(seed, purpose);
  const manyDraws = stream(seed, `${purpose}/many`);
  const {
    uniforms,
    spikes: room,
    fill,
  } = paired ?? { uniforms: new Float64Array(size), spikes: null, fill: fillUniform };
  let spikes = room ?? new Int32Array(Math.max(16, size));
  let table = countTable(0);
  const one = rates.length === 1;
  const numberOf = (i: number, mean: number, n: number): number => {
    if (mean >= MANY) return drawPoisson(manyDraws, i, mean, n);
    if (mean !== table.mean) {
      if (!one) return countTo(uniforms[i] as number, mean);
      table = countTable(mean);
    }
    return countIn(table, uniforms[i] as number);
  };
  return {
    get spikes() {
      return spikes;
    },
    fire(n, low = 0, high = size) {
      if (n < 0) return 0;
      fill(uniforms, low, high, draws, n);
      let count = 0,
        from = low;
      if (paired !== null && one) {
        const mean = (rates[0] as number) * dt;
        spikes = paired.spikes;
        if (mean > 0 && mean < MANY) {
          if (mean !== table.mean) table = countTable(mean);
          count = paired.send(table, low, high);
          from = paired.stopped[0] as number;
        }
      }
      for (let i = from; i < high; i++) {
        const mean = (rates[one ? 0 : i] as number) * dt;
        if (!(mean > 0)) {
          if (!(mean >= -NOT_BELOW))
            throw negativeRate(`the rate of \`${purpose.replace(/\/spike$/, "")}[${i}]\``, mean / dt, timeOf(n, dt));
          continue;
        }
        if (mean > MOST_SPIKES)
          throw new RateError(
            `the Poisson process \`${purpose.replace(/\/spike$/, "")}[${i}]\` would send ${mean} spikes in one step of ${dt} ms: ${MOST_SPIKES} at most are sent, a rate of ${(MOST_SPIKES / dt) * 1000} Hz`,
          );
        const number = numberOf(i, mean, n);
        if (count + number > spikes.length) spikes = grown(spikes, count + number);
        for (let k = 0; k < number; k++) spikes[count++] = i;
      }
      return count;
    },
  };
}

/** Poisson processes of one rate in WebAssembly. */
export interface PairedProcesses {
  /** A number for each process, where `fill` puts those of a step. */
  readonly uniforms: Float64Array;
  readonly fill: typeof fillUniform;
  /** Where `send` writes. */
  readonly spikes: Int32Array;
  /** Writes what processes low, low + 1, … send by their numbers, answers how many spikes those are, and leaves in `stopped` the first process that it did not come to. */
  send(table: CountTable, low: number, high: number): number;
  readonly stopped: Int32Array;
}

/** Mean spikes a step below 0 by no more than a difference of equal numbers may be. */
const NOT_BELOW = 1e-12;

/** `rate` in 1/ms, `time` in ms. */
export function negativeRate(what: string, rate: number, time: number): RateError {
  const value = Number.isNaN(rate) ? "no number (NaN)" : `${Number((rate * 1000).toPrecision(12))} Hz`;
  return new RateError(
    `${what} is ${value} at t = ${time} ms: a rate is 0 or more; write \`max(0, …)\` where it may fall below`,
  );
}

/** Inversion by table: cumulative[k] is the probability of k or fewer, guide[g] the least k that any u from g/GUIDES on can have. Few u lie beyond the first `mostly` entries. */
export interface CountTable {
  readonly mean: number;
  readonly cumulative: Float64Array;
  readonly guide: Int32Array;
  readonly mostly: number;
}

const GUIDES = 256;
/** Entries that a table has at most: beyond so many spikes, of a mean below MANY, no number below 1 reaches. */
export const MOST_COUNTED = 64;
/** The share of numbers that lie beyond the first entries. */
const SELDOM = 1 / 256;

function countTable(mean: number): CountTable {
  const cumulative: number[] = [];
  let probability = exp(-mean);
  for (let sum = probability, k = 0; ; sum += probability) {
    cumulative.push(sum);
    probability *= mean / ++k;
    // Nothing is left that a number below 1 could reach.
    if (sum + probability === sum && k > mean) break;
  }
  cumulative.push(Infinity);
  const guide = new Int32Array(GUIDES);
  for (let g = 0, k = 0; g < GUIDES; g++) {
    while ((cumulative[k] as number) < g / GUIDES) k++;
    guide[g] = k;
  }
  const mostly = cumulative.findIndex((probability) => probability >= 1 - SELDOM) + 1;
  return { mean, cumulative: new Float64Array(cumulative), guide, mostly };
}

/** What `countIn` finds in the table of that mean, where each process has a mean of its own. */
function countTo(u: number, mean: number): number {
  let probability = exp(-mean);
  let sum = probability,
    k = 0;
  while (sum < u) {
    probability *= mean / ++k;
    if (sum + probability === sum && k > mean) return k;
    sum += probability;
  }
  return k;
}

/** The number of spikes whose cumulative probability reaches u. */
function countIn({ cumulative, guide }: CountTable, u: number): number {
  let k = guide[(u * GUIDES) | 0] as number;
  while ((cumulative[k] as number) < u) k++;
  return k;
}

/** Spikes of neurons[k] at times[k] (ms, in any order), each rounded to the nearest step. */
export function givenSource(
  size: number,
  times: ArrayLike<number>,
  neurons: ArrayLike<number>,
  dt: number,
): SpikeSource {
  const order = Array.from(times, (_, k) => k);
  const steps = Array.from(times, (time) => stepsIn(time, dt));
  const at = (k: number): number => steps[k] as number;
  order.sort((a, b) => at(a) - at(b) || (neurons[a] as number) - (neurons[b] as number) || a - b);
  const sortedSteps = Float64Array.from(order, at);
  const sortedNeurons = Int32Array.from(order, (k) => neurons[k] as number);
  for (const i of sortedNeurons)
    if (!(i >= 0 && i < size)) throw new UsageError(`a spike is given for neuron ${i}, and there are ${size}`);
  let spikes = new Int32Array(16);
  return {
    given: times,
    get spikes() {
      return spikes;
    },
    fire(n, low = 0, high = size) {
      const from = firstAtLeast(sortedSteps, n + 1),
        to = firstAtLeast(sortedSteps, n + 2);
      if (to - from > spikes.length) spikes = grown(spikes, to - from);
      let count = 0;
      for (let k = from; k < to; k++) {
        const i = sortedNeurons[k] as number;
        if (i >= low && i < high) spikes[count++] = i;
      }
      return count;
    },
  };
}

/** The same spikes at their very times, for simulations that locate spikes inside the step: those of step n lie in (t_n, t_(n+1)]. */
export function exactSource(
  size: number,
  times: ArrayLike<number>,
  neurons: ArrayLike<number>,
  dt: number,
): SpikeSource {
  const order = Array.from(times, (_, k) => k).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || (neurons[a] as number) - (neurons[b] as number) || a - b,
  );
  const all = Float64Array.from(order, (k) => times[k] as number);
  const who = Int32Array.from(order, (k) => neurons[k] as number);
  for (const i of who)
    if (!(i >= 0 && i < size)) throw new UsageError(`a spike is given for neuron ${i}, and there are ${size}`);
  let from = 0;
  let to = 0;
  return {
    get spikes() {
      return who.subarray(from, to);
    },
    get times() {
      return all.subarray(from, to);
    },
    fire(n) {
      from = firstAbove(all, n < 0 ? -Infinity : timeOf(n, dt));
      to = firstAbove(all, timeOf(n + 1, dt));
      return to - from;
    },
  };
}

function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0,
    high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAtLeast(ascending: Float64Array, value: number): number {
  let low = 0,
    high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown(old: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * old.length, least));
  larger.set(old);
  return larger;
}
