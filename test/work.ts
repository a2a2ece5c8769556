// Work in the place of time: what V8 counts, the blocks of glif's own code that are entered, is the same on a busy machine. Imported before what is to be counted.
import { Session, type Profiler } from "node:inspector";

const session = new Session();
session.connect();
// Blocks are counted of what is loaded from here on.
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** Blocks of glif's own code that were entered since it was last asked. */
export function work(): number {
  let scripts: readonly Profiler.ScriptCoverage[] = [];
  // Of one's own thread the answer comes before the call returns.
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) throw error;
    scripts = result;
  });
  if (scripts.length === 0) throw new Error("nothing is counted");
  let entered = 0;
  for (const { url, functions } of scripts) {
    if (/[/\\](?:src|grammar)[/\\]/.test(url) && !url.includes("node_modules"))
      for (const { ranges } of functions) for (const { count } of ranges) entered += count;
  }
  return entered;
}

/** Blocks that it enters. */
export function workOf(act: () => void): number {
  work();
  act();
  return work();
}

/** The exponent with which work grows as the size doubles twice, beyond what is there for all: 1 where it is linear. */
export function growthOf(act: (size: number) => void, least: number): number {
  // What is made when it is first needed counts for no size.
  act(least);
  const [a = NaN, b = NaN, c = NaN] = [1, 2, 4].map((factor) => workOf(() => act(factor * least)));
  return Math.log2((c - b) / (b - a));
}
