// A fix does what it says: applied to the model of its claim, the message that offered it is gone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import { sourceText } from "../../src/base/source.ts";
import type { Diagnostic, TextEdit } from "../../src/diagnostics/diagnostic.ts";

const root = dirname(fileURLToPath(import.meta.url));

function diagnose(claim: string, text: string): readonly Diagnostic[] {
  const host = {
    read: (path: string) =>
      existsSync(join(root, claim, path))
        ? { text: readFileSync(join(root, claim, path), "utf8") }
        : { problem: "missing" },
    resolve: (_from: string, written: string) => ({ path: written }),
  };
  return analyze(sourceText("model.glif", text), host, parseModelFile).diagnostics;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);
}

const claims = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((f) => f.endsWith("model.glif"))
  .map((f) => dirname(f))
  .sort();
const offers = claims.flatMap((claim) => {
  const text = readFileSync(join(root, claim, "model.glif"), "utf8");
  const diagnostics = diagnose(claim, text);
  return diagnostics.flatMap((d, k) =>
    d.fixes.map((fix) => ({ name: `${claim} ${k}: ${fix.title}`, claim, text, diagnostics, d, fix })),
  );
});

test("there are fixes to try", () => {
  expect(offers.length).toBeGreaterThan(25);
});

/** Here one place has several mistakes, of which only one is told at a time: its mend lets the next be told. */
const ONE_OF_SEVERAL: ReadonlySet<string> = new Set([
  "network/bad-spike-times",
  "network/missing-at-end",
  "network/weight-is-a-voltage",
]);

test.each(offers)("$name", ({ claim, text, diagnostics, d, fix }) => {
  const after = diagnose(claim, applied(text, fix.edits));
  const count = (all: readonly Diagnostic[]): number =>
    all.filter((o) => o.code === d.code && o.message === d.message).length;
  expect(count(after)).toBeLessThan(count(diagnostics));
  // The file is better: fewer errors where one was mended, and none that is new.
  const errors = (all: readonly Diagnostic[]): string[] =>
    all.filter((o) => o.severity === "error").map((o) => `${o.code} ${o.message}`);
  const [were, are] = [errors(diagnostics), errors(after)];
  if (ONE_OF_SEVERAL.has(claim)) return;
  if (d.severity === "error" && d.code !== "names/unknown-import")
    expect(are.length, are.join("; ")).toBeLessThan(were.length);
  if (d.code !== "names/unknown-import")
    expect(
      are.filter((e) => !were.includes(e)),
      "new errors",
    ).toEqual([]);
  // Where that was the only mistake, following the help leaves none: a warning at most. (A name that is imported under another spelling is used under it, too.)
  if (diagnostics.length === 1 && d.code !== "names/unknown-import")
    expect(after.filter((o) => o.severity === "error").map((o) => o.message)).toEqual([]);
});
