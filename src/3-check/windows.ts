// Windows of a comparison: two times each, the first before the second, and none over another. Parts of a fit's recording: such, or whole sweeps of it.
import type { Span } from "../base/source.ts";
import { badWindow } from "../diagnostics/comparison.ts";
import { TIME } from "../quantities/dimension.ts";
import type { ResolvedExpr, ResolvedWindow } from "../2-resolve/resolved.ts";
import type { CheckedWindow } from "./checked.ts";
import type { Context } from "./context.ts";
import { defaults, evaluateNumber } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";

/** Those without a mistake. */
export function checkWindows(windows: readonly ResolvedWindow[], context: Context): CheckedWindow[] {
  return windows.flatMap(({ from, to, span }) => checkWindow(from, to, span, context) ?? []);
}

/** Null after telling what is wrong with it. */
function checkWindow(
  from: ResolvedExpr,
  to: ResolvedExpr | null,
  origin: Span,
  context: Context,
): CheckedWindow | null {
  if (to === null) {
    context.say(badWindow(origin, { problem: "a window has two ends", help: "write both: `0 s .. 8 s`" }));
    return null;
  }
  const time = (expr: ResolvedExpr): number | null => {
    if (expr.kind === "missing") return null;
    const given = expectDimension(measure(expr, context), { what: "an end of a window", dimension: TIME }, context);
    if (given.sort === "unknown") return null;
    const value = evaluateNumber(given.expr, defaults());
    if (value !== null && Number.isFinite(value)) return value;
    context.say(badWindow(expr.span, { problem: "the ends of a window are known beforehand", help: "write times" }));
    return null;
  };
  const [start, until] = [time(from), time(to)];
  if (start === null || until === null) return null;
  if (start < until) return { from: start, until, origin };
  context.say(
    badWindow(origin, {
      problem: start === until ? "this window is empty" : "this window ends before it begins",
      help: start === until ? null : "exchange its ends",
    }),
  );
  return null;
}

/** What `train` or `test` names: times, or sweeps by their numbers, in their order. */
export interface CheckedParts {
  readonly windows: readonly CheckedWindow[];
  readonly sweeps: readonly { readonly number: number; readonly origin: Span }[];
}

export function checkParts(parts: readonly ResolvedWindow[], context: Context): CheckedParts {
  const windows: ResolvedWindow[] = [];
  const sweeps = parts.flatMap((part) => {
    const numbers = sweepsIn(part, context);
    if (numbers === null) windows.push(part);
    return (numbers ?? []).map((number) => ({ number, origin: part.span }));
  });
  const [first] = windows;
  if (first !== undefined && sweeps.length > 0)
    context.say(
      badWindow(first.span, { problem: "times stand beside numbers of sweeps", help: "name either, in all parts" }),
    );
  return { windows: checkWindows(windows, context), sweeps };
}

/** `3`, `0 .. 8`: whole numbers as they are written; null for anything else, which is read as times. */
function sweepsIn({ from, to, span }: ResolvedWindow, context: Context): readonly number[] | null {
  const whole = (expr: ResolvedExpr): number | null =>
    expr.kind === "number" && expr.unit === null && /^\d{1,6}$/.test(expr.text) ? Number(expr.text) : null;
  const [first, last] = [whole(from), to === null ? whole(from) : whole(to)];
  if (first === null || last === null) return null;
  if (first <= last) return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  context.say(badWindow(span, { problem: "the first sweep comes after the last", help: "exchange its ends" }));
  return [];
}

export function tellOverlaps(windows: readonly CheckedWindow[], { say }: Context): void {
  for (const [k, w] of windows.entries()) {
    const other = windows.slice(0, k).find((o) => o.from < w.until && w.from < o.until);
    if (other !== undefined)
      say(
        badWindow(w.origin, {
          problem: "two windows overlap",
          other: other.origin,
          help: "let one begin where the other ends",
        }),
      );
  }
}
