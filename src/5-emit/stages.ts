// A step whose exponentials wait for other exponentials (gates for their rates, the voltage for the gates) is a chain that no processor can hurry along, and too long
// for it to begin the next neuron meanwhile. So what needs only one exponential in a row is computed in a loop of its own, for some neurons at a time.
import { append } from "../base/lists.ts";
import type { Interner } from "../algebra/intern.ts";
import { foldExpr, partsOf } from "../algebra/traverse.ts";
import type { Expr } from "../algebra/expression.ts";
import { isExponential, isExponentialHeavy } from "./exponentials.ts";

/** Neurons that a stage computes before the next one takes them: what passes from one to the other stays in the nearest cache. */
export const TILE = 256;

/** A first stage pays from so many exponentials on. */
const WORTH_A_STAGE = 3;

interface Height {
  /** Exponentials that wait for one another. */
  readonly exponentials: number;
  /** Needs what a step computes on its way. */
  readonly late: boolean;
}

/**
 * The largest parts of `roots` that hold exponentials, none of them waiting for another or for a `late` symbol; empty where a stage of their own would not pay.
 * What is `fixed` is computed when the simulation is created and counts for nothing.
 */
export function firstStage(
  roots: readonly Expr[],
  late: (symbol: string) => boolean,
  fixed: (e: Expr) => boolean,
  { idOf }: Interner,
): readonly Expr[] {
  if (!isExponentialHeavy(roots)) return [];
  const heights = new Map<Expr, Height>();
  const heightOf = (root: Expr): Height =>
    foldExpr<Height>(
      root,
      (e, parts) => {
        const below = parts.reduce((most, p) => Math.max(most, p.exponentials), 0);
        const counts = e.kind === "call" && isExponential(e.function) && !fixed(e);
        const height = {
          exponentials: below + (counts ? 1 : 0),
          late: (e.kind === "symbol" && late(e.name)) || parts.some((p) => p.late),
        };
        heights.set(e, height);
        return height;
      },
      (e) => (fixed(e) ? [] : partsOf(e)),
    );
  for (const root of roots) heightOf(root);

  const chosen = new Map<number, Expr>();
  const seen = new Set<number>();
  const pending = [...roots].reverse();
  let remaining = 0;
  for (let e = pending.pop(); e !== undefined; e = pending.pop()) {
    const height = heights.get(e);
    const number = idOf(e);
    if (height === undefined || height.exponentials === 0 || seen.has(number)) continue;
    seen.add(number);
    if (height.exponentials === 1 && !height.late && !isCondition(e)) chosen.set(number, e);
    else {
      if (e.kind === "call" && isExponential(e.function)) remaining++;
      append(pending, partsOf(e).toReversed());
    }
  }
  const early = new Set<number>();
  for (const part of chosen.values())
    foldExpr<null>(part, (e) => (e.kind === "call" && isExponential(e.function) ? (early.add(idOf(e)), null) : null));
  return remaining > 0 && early.size >= WORTH_A_STAGE ? [...chosen.values()] : [];
}

function isCondition(e: Expr): boolean {
  return e.kind === "compare" || e.kind === "logical" || e.kind === "not";
}
