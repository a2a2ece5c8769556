// What an optimiser is: it is asked for points of the unit box and told their losses. It knows nothing of models, threads or files, and is a pure function of its start and what it is told.

/** A search that goes on. */
export interface Search {
  /** Points to be tried next, each coordinate in [0, 1]. */
  ask(): readonly (readonly number[])[];
  /** The losses of the points asked for last, in their order; infinite where there is none. */
  tell(losses: readonly number[]): void;
  /** Where it now takes the lowest point to be: less a matter of chance than the best of the points. */
  readonly centre: readonly number[];
  /** Why it can go no further; null while it can. */
  readonly ended: string | null;
}

export interface SearchStart {
  /** In the unit box. */
  readonly point: readonly number[];
  /** Standard deviation of the first points, as a part of the box. */
  readonly spread: number;
  /** Points at a time. */
  readonly population: number;
  readonly seed: number;
  /** Tells searches from one seed apart. */
  readonly restart: number;
}

/** One way of searching. */
export interface Optimiser {
  readonly name: string;
  /** In reports: "CMA-ES (Hansen 2016)". */
  readonly words: string;
  /** Points at a time for so many numbers, unless it is told. */
  population(numbers: number): number;
  start(start: SearchStart): Search;
}
