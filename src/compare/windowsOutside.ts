// Windows in which there is nothing to see: beyond the end of a run, or where nothing was recorded.
import { badWindow } from "../diagnostics/comparison.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CheckedWindow } from "../3-check/checked.ts";
import type { CaseProgram, RunData } from "./runData.ts";

interface Run {
  readonly case: { readonly experiment: { readonly name: string } };
  readonly program: CaseProgram;
}

export function outsideRuns(windows: readonly CheckedWindow[], cases: readonly Run[]): readonly Diagnostic[] {
  return windows.flatMap((w) => {
    const short = cases.find(({ program: { steps, step } }) => !isWithin(w, 0, steps * step));
    return short === undefined
      ? []
      : [
          badWindow(w.origin, {
            problem: `this window lies outside of \`${short.case.experiment.name}\`, which lasts ${short.program.steps * short.program.step} ms`,
            help: null,
          }),
        ];
  });
}

/** `runs`: of a recording that says when it began and ended; null for a list of spikes, which does not. */
export function outsideRecording(
  windows: readonly CheckedWindow[],
  runs: readonly RunData[] | null,
): readonly Diagnostic[] {
  const [run] = runs ?? [];
  if (run === undefined) return [];
  // A recording of 12 s at 10 kHz has its last sample at 11.9999 s.
  const between = Math.max(
    0,
    ...run.traces.map(({ t }) => (t[t.length - 1] ?? 0) - (t[t.length - 2] ?? t[t.length - 1] ?? 0)),
  );
  return windows.flatMap((w) =>
    isWithin(w, run.from, run.until + between)
      ? []
      : [
          badWindow(w.origin, {
            problem: `this window lies outside of the recording, which goes from ${run.from} ms to ${run.until} ms`,
            help: null,
          }),
        ],
  );
}

/** Times are rounded to a part of a step in files. */
const SLACK = 1e-6;

function isWithin({ from, until }: CheckedWindow, begin: number, end: number): boolean {
  return from >= begin - SLACK && until <= end + SLACK;
}
