// Fixes on trial: of those that may be meant, the one that leaves the fewest mistakes is given, and none that leaves as many as there were.
import type { TextEdit } from "./diagnostic.ts";
import type { Diagnostic, Fix } from "./diagnostic.ts";

/** How many errors the program has after these edits; null where that is not known. */
export type ErrorsAfter = (edits: readonly TextEdit[]) => number | null;

/** So many are tried in one file. */
const MOST_TRIALS = 60;

/** The diagnostics without what does not help; `errors` are there now. Where nothing can be tried, the first fix of each stays. */
export function settled(
  diagnostics: readonly Diagnostic[],
  errors: number,
  errorsAfter: ErrorsAfter,
): readonly Diagnostic[] {
  let left = MOST_TRIALS;
  return diagnostics.map((diagnostic) => {
    const trials = diagnostic.fixes.filter((fix) => fix.trial !== undefined);
    if (trials.length === 0) return diagnostic;
    const [first] = trials;
    let best: { readonly fix: Fix | undefined; readonly errors: number } = { fix: undefined, errors };
    for (const fix of trials) {
      const after = --left < 0 ? null : errorsAfter(fix.edits);
      if (after === null) {
        if (best.fix === undefined && fix.trial?.help !== null) best = { fix: first, errors };
        break;
      }
      if (after < best.errors || (after === best.errors && best.fix === undefined && fix.trial?.anyway === true))
        best = { fix, errors: after };
    }
    const dropped = new Set(
      trials.flatMap((fix) => (fix === best.fix || fix.trial?.help == null ? [] : [fix.trial.help])),
    );
    if (best.fix?.trial?.help != null) dropped.delete(best.fix.trial.help);
    const fixes = diagnostic.fixes.flatMap((fix) =>
      fix.trial === undefined
        ? [fix]
        : fix === best.fix
          ? [{ title: fix.title, edits: fix.edits, confidence: fix.confidence }]
          : [],
    );
    return { ...diagnostic, help: diagnostic.help.filter((h) => !dropped.has(h)), fixes };
  });
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((t, { span, newText }) => t.slice(0, span.start) + newText + t.slice(span.end), text);
}
