// Which of several models the data need: the one with the fewest numbers among those that explain what was kept back as well as the best does.
import { sqrt } from "../runtime/math.ts";
import { JITTER } from "./jitter.ts";
import type { Scatter } from "./problem.ts";

export interface Choice {
  /** Place among the models. */
  readonly model: number;
  readonly sentence: string;
}

interface Candidate {
  readonly label: string;
  readonly numbers: readonly unknown[];
  readonly train: { readonly loss: number | null };
  readonly test: { readonly loss: number | null } | null;
  readonly scatter: Scatter | null;
}

/** Standard errors of a difference of two losses, below which it says nothing. */
const ALIKE = 2;

/** Null of one model alone, and where none could run. */
export function choose(models: readonly Candidate[]): Choice | null {
  const isHeldOut = models.every((m) => m.test !== null);
  const lossOf = (m: Candidate): number => m.scatter?.mean ?? (isHeldOut ? m.test?.loss : m.train.loss) ?? Infinity;
  const lowest = Math.min(...models.map(lossOf));
  if (models.length < 2 || lowest === Infinity) return null;
  const best = models.find((m) => lossOf(m) === lowest);
  /** By how much the losses of two models may differ by chance: spike trains jump where the numbers hardly change. */
  const chance = (m: Candidate): number => {
    const [a, b] = [m, best].map((one) => one?.scatter?.error ?? 0) as [number, number];
    return m === best ? 0 : ALIKE * sqrt(a * a + b * b);
  };
  const enough = models.filter((m) => lossOf(m) <= lowest + chance(m));
  const chosen = enough.reduce((a, b) =>
    b.numbers.length < a.numbers.length || (b.numbers.length === a.numbers.length && lossOf(b) < lossOf(a)) ? b : a,
  );
  const where = isHeldOut ? "on what was kept back" : "on what it was trained on";
  const simpler = models.filter((m) => m.numbers.length < chosen.numbers.length);
  const nearest = simpler.length === 0 ? null : simpler.reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a));
  const others = enough.filter((m) => m !== chosen);
  const told = (m: Candidate): string =>
    `${m.label} (${m.numbers.length} free ${m.numbers.length === 1 ? "number" : "numbers"}, loss ${shown(lossOf(m))})`;
  return {
    model: models.indexOf(chosen),
    sentence: [
      `The data need ${told(chosen)}`,
      nearest === null
        ? `, which no simpler model was held against`
        : `: the simpler ${told(nearest)} explains less ${where}${lossOf(nearest) === Infinity ? "" : `, by more than the ${shown(chance(nearest))} that chance may make: losses are means over numbers up to ${100 * JITTER} % off, and this is two standard errors of their difference`}`,
      others.length === 0
        ? ""
        : `; ${others.map(told).join(", ")} ${others.length === 1 ? "explains" : "explain"} no more than chance may make`,
      isHeldOut ? "." : "; nothing was kept back, so that a model with more numbers is favoured.",
    ].join(""),
  };
}

function shown(loss: number): string {
  return loss === Infinity ? "none: it cannot run" : String(Number(loss.toPrecision(3)));
}
