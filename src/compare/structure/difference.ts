// What a structural comparison gives: items for a table, and the words of a sentence before it is known what the models are called.
import type { StructuralItem } from "../comparison.ts";

export interface Difference {
  /** Null: no difference was found, and no proof that there is none. */
  readonly equal: boolean | null;
  readonly items: readonly StructuralItem[];
  /** What was seen through. */
  readonly through: readonly Through[];
  /** What is the same at every point that was tried, without a proof: "the equation of V", "the reset of V". */
  readonly unproven: readonly string[];
  /** Proofs of equality were given up because there were too many to find. */
  readonly givenUp: boolean;
  /** ms: the step at which stimuli are the same that are not proven to be at others; else null. */
  readonly atStep: number | null;
  readonly phrases: Phrases;
}

/** A name of one model and what it is in the other: `τ`, "1/k". */
export interface Through {
  readonly name: string;
  readonly meaning: string;
  /** Whose name it is. */
  readonly of: "a" | "b";
  /** Another spelling or name and nothing else; a state or an input measured otherwise, which a record shows; a parameter that others express. */
  readonly kind: "renamed" | "measured" | "expressed";
}

export interface Phrases {
  /** "after-spike currents I[1..2] in the input", "their reset" */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** "the reset of V: E_L -> E_L + 5 mV" */
  readonly changed: readonly string[];
  /** "b_s 0.02 -> 0.2 /ms" */
  readonly values: readonly string[];
  /** "step 0.1 -> 0.05 ms", "Euler instead of exact propagator for V" */
  readonly settings: readonly string[];
}

export const NO_PHRASES: Phrases = { added: [], removed: [], changed: [], values: [], settings: [] };

/** Several comparisons, of the parts of a model, as one. */
export function joined(all: readonly Difference[]): Difference {
  const through = new Map(all.flatMap((d) => d.through).map((t) => [`${t.of} ${t.name} ${t.meaning}`, t]));
  const words = (of: (p: Phrases) => readonly string[]): readonly string[] => [
    ...new Set(all.flatMap((d) => of(d.phrases))),
  ];
  return {
    equal: all.some((d) => d.equal === false) ? false : all.every((d) => d.equal === true) ? true : null,
    items: all.flatMap((d) => d.items),
    through: [...through.values()],
    unproven: [...new Set(all.flatMap((d) => d.unproven))],
    givenUp: all.some((d) => d.givenUp),
    atStep: all.find((d) => d.atStep !== null)?.atStep ?? null,
    phrases: {
      added: words((p) => p.added),
      removed: words((p) => p.removed),
      changed: words((p) => p.changed),
      values: words((p) => p.values),
      settings: words((p) => p.settings),
    },
  };
}
