// A line as other tools write it, told by its text alone: a pattern, and the line as it is written here.
import type { Scene } from "./scene.ts";

export interface Line {
  /** Where it stands: "neuron synapse"; empty for outside of all blocks. */
  readonly blocks: string;
  /** Of the line as a whole; made into an expression where lines of its block are looked for. */
  readonly pattern: string;
  readonly habit: string;
  /** How it is written here; null where words alone can help, undefined where it is nothing foreign after all. */
  readonly mended: (
    groups: Readonly<Record<string, string>>,
    declared: ReadonlySet<string>,
    scene: Scene,
    i: number,
  ) => string | null | undefined;
}

export const line = (blocks: string, pattern: string, habit: string, mended: Line["mended"]): Line => ({
  blocks,
  pattern,
  habit,
  mended,
});

/** A name, in a pattern. */
export const N = "[\\p{L}_][\\p{L}\\p{N}_]*";
