// Whether the steps of a run are taken by several threads or by one: whichever has just been faster. It decides on time alone; the bits are the same.

export interface Pace {
  /** Whether the next slice may be taken by all. */
  readonly together: boolean;
  /** So many threads took a slice, at so many ms a step. */
  took(threads: number, perStep: number): void;
}

/** Slices from one trial to the next: what a network does changes with time. */
const TRIAL_EVERY = 64;

/** In each round one slice in which the caches fill, one together, one alone; then what was faster. */
export function pace(): Pace {
  let slice = 0,
    together = Infinity,
    alone = Infinity;
  return {
    get together() {
      return slice < 2 || (slice > 2 && together <= alone);
    },
    took(threads, perStep) {
      // Until the others are there, there is nothing to choose.
      if (slice < 2 && threads === 1) return;
      if (slice === 1) together = perStep;
      if (slice === 2) alone = perStep;
      slice = (slice + 1) % TRIAL_EVERY;
    },
  };
}
