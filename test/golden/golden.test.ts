// Claims about diagnostics: test/golden/<feature>/<claim>/model.glif says what it is to be told, diagnostics.txt how it looks, silent.glif stays silent.
// The guilty line carries `// ! code` as a second witness, since a picture is easily accepted blindly. Accept one with `npx vitest run test/golden -u -t <claim>`.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import type { SourceHost } from "../../src/analyze.ts";
import { positionAt, sourceText } from "../../src/base/source.ts";
import { planOf } from "../../src/compile.ts";
import { hasErrors, type Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";

const root = dirname(fileURLToPath(import.meta.url));
const claims = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((f) => f.endsWith("model.glif"))
  .map((f) => dirname(f))
  .sort();

/** Files of the claim's own folder, nothing else. */
function hostOf(claim: string): SourceHost {
  return {
    read: (path) =>
      existsSync(join(root, claim, path))
        ? { text: readFileSync(join(root, claim, path), "utf8") }
        : { problem: "there is no such file" },
    resolve: (from, written) => {
      const path = posix.normalize(posix.join(posix.dirname(from), written));
      return path.startsWith("..") || posix.isAbsolute(written)
        ? { problem: "it lies outside of the project" }
        : { path };
    },
  };
}

function diagnose(claim: string, file: string): readonly Diagnostic[] {
  const text = readFileSync(join(root, claim, file), "utf8");
  const { program, diagnostics } = analyze(sourceText(file, text), hostOf(claim), parseModelFile);
  if (program === null || hasErrors(diagnostics)) return diagnostics;
  // What only the plan of an experiment shows, as `glif check` does; the kinds of `plan/` have tests of their own.
  return [
    ...diagnostics,
    ...program.experiments
      .flatMap((e) => planOf(program, e.name).diagnostics)
      .filter((d) => !d.code.startsWith("plan/")),
  ];
}

/** `// ! code code` at the end of a line of any file of the claim. */
function marksOf(claim: string): string[] {
  return readdirSync(join(root, claim))
    .filter((f) => f.endsWith(".glif") && f !== "silent.glif")
    .flatMap((file) =>
      readFileSync(join(root, claim, file), "utf8")
        .split("\n")
        .flatMap((line, k) =>
          [...(/\/\/ ! (.*)$/.exec(line)?.[1] ?? "").matchAll(/[a-z0-9-]+\/[a-z0-9-]+/g)].map(
            ([code]) => `${file}:${k + 1} ${code}`,
          ),
        ),
    )
    .sort();
}

test.each(claims)("%s", async (claim) => {
  const diagnostics = diagnose(claim, "model.glif");
  await expect(`${renderDiagnostics(diagnostics, { color: false })}\n`).toMatchFileSnapshot(
    join(root, claim, "diagnostics.txt"),
  );
  const found = diagnostics
    .map(
      (d) => `${d.primary.span.source.path}:${positionAt(d.primary.span.source, d.primary.span.start).line} ${d.code}`,
    )
    .sort();
  expect(found).toEqual(marksOf(claim));
});

test.each(claims.filter((c) => existsSync(join(root, c, "silent.glif"))))("%s has a silent neighbour", (claim) => {
  expect(renderDiagnostics(diagnose(claim, "silent.glif"), { color: false })).toBe("");
});

test("every kind of diagnostic has a failing case and a silent neighbour", () => {
  const families = ["names", "units", "indices", "model", "noise", "experiment", "network", "comparison"];
  const told = new Map<string, boolean>();
  for (const claim of claims)
    for (const mark of marksOf(claim))
      told.set(
        mark.replace(/^.* /, ""),
        (told.get(mark.replace(/^.* /, "")) ?? false) || existsSync(join(root, claim, "silent.glif")),
      );
  const codes = catalogue.map((k) => k.code).filter((c) => families.includes(c.replace(/\/.*/, "")));
  expect(
    codes.filter((c) => !told.has(c)),
    "without a failing case",
  ).toEqual([]);
  expect(
    codes.filter((c) => told.get(c) === false),
    "without a silent neighbour",
  ).toEqual([]);
});
