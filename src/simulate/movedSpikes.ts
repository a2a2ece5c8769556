// Two runs' spikes of one population held against each other, neuron by neuron: how many more or fewer, and by how much the others move.

/** Spikes of a population, each neuron's in the order of time. */
interface Spikes {
  readonly times: ArrayLike<number>;
  readonly neurons: ArrayLike<number>;
}

export interface MovedSpikes {
  readonly count: number;
  /** Of the other run. */
  readonly count_half: number;
  /** Spikes that the other run has more, summed over the neurons that have more; and fewer. */
  readonly more: number;
  readonly fewer: number;
  /** Neurons whose number of spikes differs. */
  readonly neurons: number;
  /** Spikes that both have. */
  readonly paired: number;
  /** Of these, how far they move (ms): on average, and the one that moves the most, with its neuron and its time in the first run. */
  readonly mean_ms: number;
  readonly largest_ms: number;
  readonly neuron: number | null;
  readonly time_ms: number | null;
}

export function movedSpikes(whole: Spikes, half: Spikes): MovedSpikes {
  const [before, after] = [byNeuron(whole), byNeuron(half)];
  let [more, fewer, neurons, paired, sum] = [0, 0, 0, 0, 0];
  let worst: { readonly moved: number; readonly neuron: number; readonly time: number } | null = null;
  for (const neuron of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(neuron) ?? [], after.get(neuron) ?? []];
    more += Math.max(0, b.length - a.length);
    fewer += Math.max(0, a.length - b.length);
    if (a.length !== b.length) neurons++;
    const pairs = a.length <= b.length ? pair(a, b) : pair(b, a);
    paired += pairs.count;
    sum += pairs.sum;
    if (pairs.count > 0 && pairs.largest > (worst?.moved ?? 0))
      worst = { moved: pairs.largest, neuron, time: a[a.length <= b.length ? pairs.at : pairs.with] ?? NaN };
  }
  return {
    count: whole.times.length,
    count_half: half.times.length,
    more,
    fewer,
    neurons,
    paired,
    mean_ms: paired === 0 ? 0 : sum / paired,
    largest_ms: worst?.moved ?? 0,
    neuron: worst?.neuron ?? null,
    time_ms: worst?.time ?? null,
  };
}

function byNeuron({ times, neurons }: Spikes): Map<number, number[]> {
  const trains = new Map<number, number[]>();
  for (let k = 0; k < times.length; k++) {
    const neuron = neurons[k] ?? -1;
    const train = trains.get(neuron);
    if (train === undefined) trains.set(neuron, [times[k] ?? NaN]);
    else train.push(times[k] ?? NaN);
  }
  return trains;
}

interface Pairs {
  readonly count: number;
  readonly sum: number;
  readonly largest: number;
  /** Of the shorter train, the spike that moves the most. */
  readonly at: number;
  /** Of the longer one, what it is paired with. */
  readonly with: number;
}

/** Beyond so many steps of the search the first spikes are paired with the first. */
const MOST = 1e6;

/**
 * Each spike of the shorter train with one of the longer, in order, so that they move the least together: a spike that is left out in the middle does not move all that follow.
 * best[j]: of the pairs so far, with j spikes of the longer train left out.
 */
function pair(shorter: readonly number[], longer: readonly number[]): Pairs {
  const extra = longer.length - shorter.length;
  const leave = extra * shorter.length > MOST ? 0 : extra;
  let best: Pairs[] = Array.from({ length: leave + 1 }, () => ({ count: 0, sum: 0, largest: 0, at: 0, with: 0 }));
  shorter.forEach((time, i) => {
    const next: Pairs[] = [];
    best.forEach((so, j) => {
      const moved = Math.abs(time - (longer[i + j] ?? NaN));
      const worst = moved > so.largest ? { largest: moved, at: i, with: i + j } : so;
      const taken = { ...worst, count: i + 1, sum: so.sum + moved };
      const left = next[j - 1];
      next.push(left !== undefined && left.sum <= taken.sum ? left : taken);
    });
    best = next;
  });
  return best.reduce((a, b) => (b.sum < a.sum ? b : a));
}
