// Runs a comparison or a fit as a user does, by the command line into a folder of its own, and hands out what it wrote.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine } from "../src/cli/program.ts";
import type { ComparisonResult } from "../src/compare/comparison.ts";
import type { FitReport } from "../src/fit/fitReport.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export interface ComparisonRun {
  readonly result: ComparisonResult;
  /** SVG by name. */
  readonly figures: ReadonlyMap<string, string>;
}

/** `path`: from the root of the repository. */
export function compared(path: string, comparison: string): Promise<ComparisonRun> {
  return written(["compare", path, comparison], (folder) => ({
    result: JSON.parse(readFileSync(join(folder, "comparison.json"), "utf8")) as ComparisonResult,
    figures: figuresIn(folder),
  }));
}

export interface FitRun {
  readonly report: FitReport;
  /** SVG by name. */
  readonly figures: ReadonlyMap<string, string>;
}

/** `path`: from the root of the repository. */
export function fittedTo(path: string, fit: string): Promise<FitRun> {
  return written(["fit", path, fit], (folder) => ({
    report: JSON.parse(readFileSync(join(folder, "fit.json"), "utf8")) as FitReport,
    figures: figuresIn(folder),
  }));
}

/** What `take` finds in the folder that `glif …words` has written. */
export async function written<Taken>(words: readonly string[], take: (folder: string) => Taken): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), "glif-written-"));
  try {
    let said = "";
    const code = await commandLine([...words, "--out", join(folder, "out")], {
      cwd: root,
      node: process.version,
      color: { out: false, err: false },
      debug: false,
      watched: false,
      columns: 120,
      rows: 40,
      out: () => {},
      err: (text) => void (said += text),
      readInput: () => Promise.resolve(new Uint8Array()),
      onInterrupt: () => () => {},
    });
    if (code !== 0) throw new Error(`glif ${words.join(" ")} ended with ${code}:\n${said}`);
    return take(join(folder, "out"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresIn(folder: string): ReadonlyMap<string, string> {
  const figures = join(folder, "figures");
  return new Map(
    readdirSync(figures)
      .filter((f) => f.endsWith(".svg"))
      .sort()
      .map((f) => [f.slice(0, -".svg".length), readFileSync(join(figures, f), "utf8")]),
  );
}
