// What `glif explain` says of a fit: which way each of its models takes, and why.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { prepareFit } from "../fit/prepareFit.ts";
import { waysOf } from "../fit/ways.ts";
import type { CheckedFit } from "../3-check/checked.ts";

/** Empty where it cannot be prepared, which the diagnostics say. */
export function fitText(fit: CheckedFit): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const { fit: prepared, diagnostics } = prepareFit(fit);
  if (prepared === null) return { text: "", diagnostics };
  const { recording, problems } = prepared;
  const lines = [
    `fit ${fit.comparison.name}, to ${recording.content}`,
    ...recording.notes.map((note) => `  ${note}`),
    ...problems.flatMap((problem) => [
      "",
      `${problem.model}, ${problem.free.length} free ${problem.free.length === 1 ? "number" : "numbers"}:`,
      ...waysOf(problem).map((way, k) => `  ${k + 1}. ${way}`),
    ]),
  ];
  return { text: `${lines.join("\n")}\n`, diagnostics };
}
