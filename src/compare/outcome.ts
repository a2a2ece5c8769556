// What one run of a comparison has come to.
import type { FigureData, Measured } from "./runData.ts";

export interface JobOutcome {
  /** One a measure. Of the baseline, distances are those of the run to itself. */
  readonly measured: readonly Measured[];
  /** Of the baseline where distances are taken to it: those to a run of its own with another seed; null without one. */
  readonly between: readonly Measured[] | null;
  /** Why the run did not come to its end; null where it did. */
  readonly failure: string | null;
  readonly warnings: readonly string[];
  readonly figure: FigureData | null;
}
