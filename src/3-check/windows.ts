// Windows of a comparison and parts of a fit's recording: two times each, the first before the second, and none over another.
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
function checkWindow(from: ResolvedExpr, to: ResolvedExpr, origin: Span, context: Context): CheckedWindow | null {
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
