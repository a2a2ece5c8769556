// Runs a comparison as a user does, by the command line into a folder of its own, and hands out what it wrote.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine } from "../src/cli/program.ts";
import type { ComparisonResult } from "../src/compare/comparison.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export interface ComparisonRun {
  readonly result: ComparisonResult;
  /** SVG by name. */
  readonly figures: ReadonlyMap<string, string>;
}

/** `path`: from the root of the repository. */
export async function compared(path: string, comparison: string): Promise<ComparisonRun> {
  const folder = mkdtempSync(join(tmpdir(), "glif-compare-"));
  try {
    let said = "";
    const code = await commandLine(["compare", path, comparison, "--out", join(folder, "out")], {
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
    if (code !== 0) throw new Error(`glif compare ${path} ${comparison} ended with ${code}:\n${said}`);
    const figures = join(folder, "out", "figures");
    return {
      result: JSON.parse(readFileSync(join(folder, "out", "comparison.json"), "utf8")) as ComparisonResult,
      figures: new Map(
        readdirSync(figures)
          .filter((f) => f.endsWith(".svg"))
          .sort()
          .map((f) => [f.slice(0, -".svg".length), readFileSync(join(figures, f), "utf8")]),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
