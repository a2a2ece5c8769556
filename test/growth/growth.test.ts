// Nothing grows out of bounds: as a text doubles, so does the work of every phase, and the text of what is emitted. Work is what V8 counts, the blocks that are entered, so that no other load on the machine makes it more.
import { expect, test } from "vitest";
import { work } from "../work.ts";
import { GROWING, type Growing } from "./texts.ts";
import { sourceText } from "../../src/base/source.ts";
import { check, planOf, targetsOf } from "../../src/compile.ts";
import { emitModule } from "../../src/5-emit/emitModule.ts";
import { printJavaScript } from "../../src/5-emit/printJavaScript.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";

const PHASES = ["check", "report", "plan", "emit", "characters"] as const;

/** Blocks that each phase enters, and characters of the emitted module or of what is reported; NaN for what is not reached. */
function measured({ text, files, checked = false }: Growing, size: number): Record<(typeof PHASES)[number], number> {
  const others = files?.(size) ?? new Map<string, string>();
  const host = {
    read: (path: string) => ({ text: others.get(path) ?? "" }),
    resolve: (_: string, path: string) => ({ path }),
  };
  const main = sourceText("0.glif", text(size));
  const found = { check: NaN, report: NaN, plan: NaN, emit: NaN, characters: NaN };
  const counted = <T>(phase: (typeof PHASES)[number], act: () => T): T => {
    work();
    const made = act();
    found[phase] = work();
    return made;
  };
  const { program, diagnostics } = counted("check", () => check(main, host));
  found.characters = counted("report", () => renderDiagnostics(diagnostics, { color: false })).length;
  if (program === null || checked) return found;
  // Everything that there is, as far as it can be planned.
  const { neurons, experiments } = targetsOf(program);
  const plan = counted(
    "plan",
    () => [...neurons, ...experiments].map((name) => planOf(program, name).plan).at(-1) ?? null,
  );
  if (plan !== null) found.characters = counted("emit", () => printJavaScript(emitModule(plan))).length;
  return found;
}

test.each(GROWING)("$title", { timeout: 240_000 }, (growing) => {
  measured(growing, growing.least);
  const [once, twice, fourfold] = [1, 2, 4].map((factor) => measured(growing, factor * growing.least));
  for (const phase of PHASES) {
    const [a, b, c] = [once, twice, fourfold].map((m) => m?.[phase] ?? NaN) as [number, number, number];
    // What a size adds, beyond what is there for all: twice as much for twice the size, where it is linear.
    if (c - b > 500) expect(Math.log2((c - b) / (b - a)), `${phase}: ${a}, ${b}, ${c}`).toBeLessThan(LAW);
  }
});

/** The exponent that is promised. */
const LAW = 1.2;
