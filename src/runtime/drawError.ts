// Why a draw cannot be made, with what it was for, so that it can be told where the model says it.
import type { Stream } from "./random.ts";
import { UsageError } from "./usageError.ts";

/** Why a distribution cannot give what is asked of it: bounds that it hardly ever comes between, or a parameter that makes it none. Numbers are canonical. */
export type DrawProblem =
  | { readonly kind: "bounds"; readonly min: number; readonly max: number }
  | { readonly kind: "parameter"; readonly distribution: string; readonly needed: string; readonly given: number };

export class DrawError extends UsageError {
  override readonly name = "DrawError";
  /** That of the stream: `E/V`, `exc E->I.w`. */
  readonly purpose: string;
  readonly problem: DrawProblem;
  /** Whose, of what events draw. */
  readonly neuron: number | null;
  constructor({ purpose, neuron }: Pick<Stream, "purpose" | "neuron">, problem: DrawProblem) {
    super(`${purpose}: ${drawProblemText(problem, "")} (what has a unit is in ms, mV, pF and what follows from them)`);
    this.purpose = purpose;
    this.problem = problem;
    this.neuron = neuron ?? null;
  }
}

/** In words; bounds with `unit` behind them. */
export function drawProblemText(problem: DrawProblem, unit: string): string {
  if (problem.kind === "parameter") return `${problem.distribution} needs ${problem.needed}, not ${problem.given}`;
  const [low, high] = [problem.min, problem.max].map((bound) => `${bound}${unit}`);
  const between =
    problem.min === -Infinity
      ? `at ${high} or below`
      : problem.max === Infinity
        ? `at ${low} or above`
        : `between ${low} and ${high}`;
  return `none of ${ATTEMPTS} draws lay ${between}: the distribution hardly ever comes there`;
}

/** How often a value is drawn again that lies outside its bounds. */
export const ATTEMPTS = 100000;
