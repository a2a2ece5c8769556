// Running counts of a population's spikes: irregularity and synchrony are defined here, for the table after a run and for measures alike.

export interface Counts {
  readonly spikes: number;
  /** Coefficient of variation of a neuron's interspike intervals (their standard deviation, of n rather than n - 1, over their mean), mean over neurons with enough intervals; null where there are none. */
  readonly cv: number | null;
  /**
   * Variance over mean of the population's spike count in bins of 3 ms, as in Potjans and Diesmann 2014 (doi:10.1093/cercor/bhs358): 1 for independent Poisson
   * neurons, up to the number of neurons that spike together. Null where no two bins or no spikes are.
   */
  readonly synchrony: number | null;
  /** Share of neurons without a spike; null where there are no neurons. */
  readonly silent: number | null;
}

/** The step that ends with the spike, or inside which it is: (n·dt, (n+1)·dt] is step n. A millionth of a step belongs to rounding. */
export function stepOf(time: number, dt: number): number {
  return Math.ceil(time / dt - 1e-6) - 1;
}

/** Steps of `dt` in a bin: as many as it is rounded to, 1 at least. */
export function wholeSteps(bin: number, dt: number): number {
  return Math.max(1, Math.round(bin / dt));
}

/** Memory is 32 bytes a neuron, however many spikes there are. */
export interface Tally {
  add(neuron: number, time: number, step: number): void;
  numbers(steps: number, fewestIntervals: number): Counts;
}

export function tally(size: number, binSteps: number): Tally {
  const counts = new Float64Array(size);
  const last = new Float64Array(size);
  // Welford's running mean and sum of squared deviations, of each neuron's intervals (Technometrics 4:419, 1962).
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  let spikes = 0;
  // The same of the counts in all bins before `bin`.
  let bin = 0;
  let inBin = 0;
  let mean = 0;
  let square = 0;
  return {
    add(i, time, step) {
      const intervals = counts[i] ?? 0;
      if (intervals > 0) {
        const interval = time - (last[i] ?? 0);
        const deviation = interval - (means[i] ?? 0);
        means[i] = (means[i] ?? 0) + deviation / intervals;
        squares[i] = (squares[i] ?? 0) + deviation * (interval - (means[i] ?? 0));
      }
      counts[i] = intervals + 1;
      last[i] = time;
      spikes++;
      for (const at = Math.floor(step / binSteps); bin < at; inBin = 0) {
        bin++;
        const deviation = inBin - mean;
        mean += deviation / bin;
        square += deviation * (inBin - mean);
      }
      inBin++;
    },
    numbers(steps, fewestIntervals) {
      let [cvs, regular, silent] = [0, 0, 0];
      for (let i = 0; i < size; i++) {
        const count = counts[i] ?? 0;
        if (count === 0) silent++;
        const interval = means[i] ?? 0;
        // Sources may spike several times at once, and then only.
        if (count - 1 < Math.max(1, fewestIntervals) || interval === 0) continue;
        cvs += Math.sqrt((squares[i] ?? 0) / (count - 1)) / interval;
        regular++;
      }
      return {
        spikes,
        cv: regular > 0 ? cvs / regular : null,
        synchrony: synchrony(Math.floor(steps / binSteps)),
        silent: size > 0 ? silent / size : null,
      };
    },
  };

  /** With what came after `bin` was closed: one bin that holds `inBin`, the others up to `bins` empty. A bin that is not over does not count. */
  function synchrony(bins: number): number | null {
    let [n, m, s] = [bin, mean, square];
    for (let count = inBin; n < bins; count = 0) {
      n++;
      const deviation = count - m;
      m += deviation / n;
      s += deviation * (count - m);
    }
    return n > 1 && m > 0 ? s / n / m : null;
  }
}
