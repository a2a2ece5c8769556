// People who come from other tools are understood: each mistake is told, what the fixes make of it is right, and none of them makes it worse.
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import type { SourceHost } from "../../src/analyze.ts";
import { sourceText } from "../../src/base/source.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { applied } from "../../src/diagnostics/trials.ts";
import { GROUNDS } from "./mistakes.ts";

const host: SourceHost = {
  read: () => ({ problem: "there is no such file" }),
  resolve: (_from, written) => ({ path: written }),
};

function diagnose(text: string): readonly Diagnostic[] {
  return analyze(sourceText("model.glif", text), host, parseModelFile).diagnostics;
}

const errors = (found: readonly Diagnostic[]): number => found.filter((d) => d.severity === "error").length;
const bare = (text: string): string => text.replace(/\s+/gu, "");

test.each(GROUNDS.map((ground) => [ground.name, ground] as const))("%s is right as it stands", (_name, { text }) => {
  expect(diagnose(text).map((d) => `${d.code} ${d.message}`)).toEqual([]);
});

const ALL = GROUNDS.flatMap(({ name, text, mistakes }) =>
  mistakes.map((mistake) => [`${name}: ${mistake[1].replace(/\n/gu, "⏎")}`, text, mistake] as const),
);

test.each(ALL)("%s", (_name, text, [right, wrong, becomes = right]) => {
  expect(text.split(right), "the place is one").toHaveLength(2);
  let now = text.replace(right, () => wrong);
  let found = diagnose(now);
  const [first] = found;
  expect(first, "it is told").toBeDefined();
  if (typeof becomes !== "string") expect(first?.help[0] ?? first?.message).toBe(becomes.says);
  for (const { title, edits, confidence } of found.flatMap((d) => d.fixes)) {
    if (confidence !== "certain") continue;
    const places = edits.map((e) => {
      const before = edits
        .filter((o) => o.span.start < e.span.start)
        .reduce((n, o) => n + o.newText.length - (o.span.end - o.span.start), 0);
      return [e.span.start + before, e.span.start + before + e.newText.length] as const;
    });
    const there = diagnose(applied(now, edits)).filter(
      (d) =>
        d.severity === "error" &&
        places.some(([start, end]) => d.primary.span.start < end && d.primary.span.end > start),
    );
    expect(
      there.map((d) => d.message),
      `${title} is certain`,
    ).toEqual([]);
  }
  const seen = [now];
  const wanted = typeof becomes === "string" ? bare(text.replace(right, () => becomes)) : null;
  for (let round = 0; round < 8 && (bare(now) !== wanted || errors(found) > 0); round++) {
    const fix = found.find((d) => d.fixes.length > 0)?.fixes[0];
    if (fix === undefined) break;
    now = applied(now, fix.edits);
    const after = diagnose(now);
    expect(seen, `${fix.title} is not undone`).not.toContain(now);
    seen.push(now);
    expect(errors(after), `${fix.title} does not make it worse`).toBeLessThanOrEqual(errors(found));
    found = after;
  }
  if (wanted === null) return;
  expect(bare(now)).toBe(wanted);
  expect(errors(found)).toBe(0);
});

test("most of them are mended by what is told", () => {
  const mended = ALL.filter(([, , mistake]) => typeof mistake[2] !== "object").length;
  expect(ALL.length).toBeGreaterThan(750);
  expect(mended / ALL.length).toBeGreaterThan(0.82);
});
