// Whether a right side is affine in some states. The algebra proves it; what visibly bends is not even tried, since a search for a proof takes its time.
import { affine, type Affine } from "../algebra/affine.ts";
import { evaluate } from "../algebra/evaluate.ts";
import type { Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { elementary } from "./elementary.ts";

/** The affine form of `e` in the variables, or null. Only a proof says yes; a clear second difference says no. */
export function affineIn(e: Expr, variables: ReadonlySet<string>): Affine | null {
  const occurring = [...symbolsOf(e)].filter((name) => variables.has(name));
  const forms = known.get(e) ?? new Map<string, Affine | null>();
  known.set(e, forms);
  const key = JSON.stringify(occurring);
  const old = forms.get(key);
  if (old !== undefined) return old;
  const form = bends(e, variables) ? null : affine(e, new Set(occurring));
  forms.set(key, form);
  return form;
}

/** Kept by expression and by those of the variables that occur in it: methods are chosen by asking again and again. */
const known = new WeakMap<Expr, Map<string, Affine | null>>();

/** Sizes of values at which a line is laid, until there are numbers: a polynomial of high order overflows at the first ones. */
const SIZES = [1, 0.1, 0.001];

/** Whether e has a second difference far beyond rounding along one of a few lines, with all other symbols held at fixed values. */
function bends(e: Expr, variables: ReadonlySet<string>): boolean {
  const names = [...symbolsOf(e)];
  if (!names.some((name) => variables.has(name))) return false;
  return [1, 2, 3].some((line) => {
    // Values between 0.5 and 1.5 times the size and directions of either sign, the same in every run: fractions of multiples of the golden ratio.
    const value = new Map(names.map((name, k) => [name, 0.5 + fraction((k + 1) * line * 0.6180339887498949)]));
    const direction = new Map(
      names.map((name, k) => [name, variables.has(name) ? fraction((k + 3) * line * 0.7548776662466927) - 0.4 : 0]),
    );
    for (const size of SIZES) {
      const at = (s: number): number =>
        evaluate(e, (name) => size * ((value.get(name) ?? 0) + s * (direction.get(name) ?? 0)), elementary);
      const [before, here, after] = [at(-0.25), at(0), at(0.25)];
      const bend = Math.abs(before - 2 * here + after);
      if (Number.isFinite(bend)) return bend > 1e-6 * (Math.abs(before) + Math.abs(here) + Math.abs(after));
    }
    return false;
  });
}

function fraction(x: number): number {
  return x - Math.floor(x);
}
