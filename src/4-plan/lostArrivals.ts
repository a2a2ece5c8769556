// What arrives at a state that is held is lost: which projections write to such states, and which of them must undo it at once because other events of the same moment read them.
import { symbolsOf } from "../algebra/traverse.ts";
import type { AssignmentPlan, PopulationPlan, ProjectionPlan } from "./plan.ts";
import { atEnd } from "./symbols.ts";

export type LostArrivals = Pick<ProjectionPlan, "jumpsIntoHeld" | "oneByOne">;
type Unprotected = Omit<ProjectionPlan, keyof LostArrivals>;
type Moment = "onPre" | "onPost";

/** A state of a population that may be held. */
interface Held {
  readonly population: string;
  readonly state: string;
}

export function withLostArrivals(
  projections: readonly Unprotected[],
  populations: readonly PopulationPlan[],
): readonly ProjectionPlan[] {
  const heldBy = (p: Unprotected, symbol: string): Held | null => {
    const far = atEnd(symbol);
    if (far === null) return null;
    const { population } = far.end === "pre" ? p.source : p.target;
    const isHeld = populations.some((q) => q.name === population && q.held.includes(far.of));
    return isHeld ? { population, state: far.of } : null;
  };
  const writtenBy = (p: Unprotected, moment: Moment): readonly Held[] =>
    p[moment].perConnection.flatMap((a) => heldBy(p, a.state) ?? []);
  /** What goes into a state that is lost with what it reads, as in `post.V <- post.V + w`, tells nobody. */
  const readBy = (p: Unprotected, moment: Moment): readonly Held[] =>
    [...p[moment].perConnection, ...p[moment].atNeuron].flatMap((a: AssignmentPlan) =>
      [...symbolsOf(a.value)]
        .filter((s) => heldBy(p, a.state) === null || atEnd(a.state)?.end !== atEnd(s)?.end)
        .flatMap((s) => heldBy(p, s) ?? []),
    );
  const read = (moment: Moment): readonly Held[] => projections.flatMap((p) => readBy(p, moment));
  const readAtOnce = { onPre: read("onPre"), onPost: read("onPost") };
  return projections.map((p) => ({
    ...p,
    jumpsIntoHeld: [...new Set([...writtenBy(p, "onPre"), ...writtenBy(p, "onPost")].map((h) => h.population))],
    oneByOne: (["onPre", "onPost"] as const).some((moment) =>
      writtenBy(p, moment).some((w) =>
        readAtOnce[moment].some((r) => r.population === w.population && r.state === w.state),
      ),
    ),
  }));
}
