// Fixes on trial: of those that may be meant, the one that leaves the fewest mistakes is given, and none that leaves as many as there were. Of all others none is given that makes it worse.
import { positionAt } from "../base/source.ts";
import type { Diagnostic, Fix, TextEdit } from "./diagnostic.ts";

/** What is wrong with the program after these edits; null where that is not known. */
export type After = (edits: readonly TextEdit[]) => readonly Diagnostic[] | null;

/** So many are tried in one file. */
const MOST_TRIALS = 60;

/** Fixes without a rival are tried so often, and in a file that is no longer than that. */
const MOST_WATCHED = 12;
const LONGEST_WATCHED = 12_000;

/** The diagnostics without what does not help. Where nothing can be tried, the first fix of each stays. */
export function settled(diagnostics: readonly Diagnostic[], after: After): readonly Diagnostic[] {
  const errors = errorsIn(diagnostics);
  let left = MOST_TRIALS;
  const chosen = diagnostics.map((diagnostic) => {
    const trials = diagnostic.fixes.filter((fix) => fix.trial !== undefined);
    if (trials.length === 0) return diagnostic;
    const [first] = trials;
    let best: { readonly fix: Fix | undefined; readonly errors: number } = { fix: undefined, errors };
    for (const fix of trials) {
      const found = --left < 0 ? null : after(fix.edits);
      if (found === null) {
        if (best.fix === undefined && fix.trial?.help !== null) best = { fix: first, errors };
        break;
      }
      const remaining = errorsIn(found);
      if (
        remaining < best.errors ||
        (remaining === best.errors && best.fix === undefined && fix.trial?.anyway === true)
      )
        best = { fix, errors: remaining };
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
  left = MOST_WATCHED;
  return chosen.map((diagnostic, k) => {
    const [fix] = diagnostic.fixes;
    const isWatched = diagnostic === diagnostics[k] && diagnostic.severity === "error" && isShort(fix);
    const found = !isWatched || fix === undefined || --left < 0 ? null : after(fix.edits);
    return fix === undefined || found === null || !isWorse(fix.edits, diagnostics, found)
      ? diagnostic
      : { ...diagnostic, help: diagnostic.help.filter((h) => h !== fix.title), fixes: [] };
  });
}

export function errorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((d) => d.severity === "error").length;
}

function isShort(fix: Fix | undefined): boolean {
  return fix?.edits.every((e) => e.span.source.text.length <= LONGEST_WATCHED) ?? false;
}

/** Whether there are more errors, and more of them on the lines of the edits: what another line hides until it is mended counts for nothing. */
function isWorse(edits: readonly TextEdit[], before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  if (errorsIn(after) <= errorsIn(before)) return false;
  const [first] = edits;
  if (first === undefined) return false;
  const { path } = first.span.source;
  const growth = (to: number): number =>
    edits.filter((e) => e.span.end <= to).reduce((sum, e) => sum + e.newText.length - e.span.end + e.span.start, 0);
  const old = edits.map((e) => [e.span.start, e.span.end] as const);
  const now = edits.map(
    (e) =>
      [e.span.start + growth(e.span.start - 1), e.span.start + growth(e.span.start - 1) + e.newText.length] as const,
  );
  return errorsOnLines(after, path, now) > errorsOnLines(before, path, old);
}

function errorsOnLines(
  diagnostics: readonly Diagnostic[],
  path: string,
  places: readonly (readonly [start: number, end: number])[],
): number {
  return diagnostics.filter(({ severity, primary: { span } }) => {
    if (severity !== "error" || span.source.path !== path) return false;
    const { line } = positionAt(span.source, span.start);
    return places.some(
      ([start, end]) => positionAt(span.source, start).line <= line && line <= positionAt(span.source, end).line,
    );
  }).length;
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((t, { span, newText }) => t.slice(0, span.start) + newText + t.slice(span.end), text);
}
