// A step that does not come to an end: what goes on in it, and in which neuron, so that a run stops there instead of going on for ever.
import { UsageError } from "./usageError.ts";

export interface Endless {
  readonly kind: "events" | "substeps" | "pieces";
  readonly neuron: number;
  /** ms */
  readonly time: number;
  /** The condition that goes on becoming true (the spike's first, then the events'), or the state that needs the shortest substeps; -1 for none in particular. */
  readonly index: number;
}

/** Thrown by steppers; the simulation adds the names. */
export class EndlessStep extends Error {
  override readonly name = "EndlessStep";
  readonly about: Endless;

  constructor(about: Endless) {
    super(`a step does not end: ${about.kind}`);
    this.about = about;
  }
}

/** Thrown by an adaptive integrator, which does not know whom it integrates. */
export class TooManySubsteps extends Error {
  override readonly name = "TooManySubsteps";
  /** ms */
  readonly time: number;
  /** The state whose error is the largest. */
  readonly state: number;

  constructor(time: number, state: number) {
    super(`too many substeps at t = ${time} ms`);
    this.time = time;
    this.state = state;
  }
}

/** A simulation cannot go on: one step of a neuron would not end. */
export class EndlessError extends UsageError {
  override readonly name = "EndlessError";
  readonly kind: Endless["kind"];
  readonly population: string;
  readonly neuron: number;
  readonly time: number;
  /** The state or the condition; "" for none in particular. */
  readonly what: string;
  readonly index: number;

  constructor(population: string, about: Endless, what: string) {
    super(`${population}[${about.neuron}] does not get past t = ${about.time} ms: ${REASONS[about.kind](what)}`);
    this.kind = about.kind;
    this.population = population;
    this.neuron = about.neuron;
    this.time = about.time;
    this.index = about.index;
    this.what = what;
  }
}

const REASONS: Readonly<Record<Endless["kind"], (what: string) => string>> = {
  events: (what) => `${what} happens more than 1000 times in one step`,
  substeps: (what) => `${what} needs more than 20000 substeps in one step`,
  pieces: () => "what its conditions read changes too fast to be followed",
};
