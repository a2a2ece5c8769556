// What other tools write is looked for in texts that are wrong alone: of one that is right nothing could be told but false alarms.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import type { Reworded } from "../../src/1-parse/words.ts";
import { analyze } from "../../src/analyze.ts";
import type { SourceHost } from "../../src/analyze.ts";
import { readSource } from "../../src/simulate/readSource.ts";
import { sourceText } from "../../src/base/source.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";

const asked = vi.hoisted(() => ({ times: 0 }));
vi.mock("../../src/1-parse/words.ts", async (original) => {
  const { reword } = await original<{ readonly reword: (...given: readonly unknown[]) => Reworded }>();
  return { reword: (...given: readonly unknown[]) => (asked.times++, reword(...given)) };
});

const MODELS = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "models");
const host: SourceHost = {
  read: readSource,
  resolve: (from, written) => ({
    path: written.startsWith("glif/") ? join(MODELS, `${written.slice(5)}.glif`) : join(dirname(from), written),
  }),
};

const shipped = readdirSync(MODELS, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".glif"));

test.each(shipped)("%s is right, and no recogniser is asked", (name) => {
  asked.times = 0;
  const source = sourceText(join(MODELS, name), readFileSync(join(MODELS, name), "utf8"));
  expect(hasErrors(analyze(source, host, parseModelFile).diagnostics)).toBe(false);
  expect(asked.times).toBe(0);
});

test.each(shipped)("%s is the same tree where the recognisers are asked and the parser would mend", (name) => {
  const source = sourceText(name, readFileSync(join(MODELS, name), "utf8"));
  expect(parseModelFile(source, true)).toEqual(parseModelFile(source));
});

test("of an import that is right no recogniser is asked because the file that imports is wrong", () => {
  asked.times = 0;
  const text = `import LIF from "glif/lif"\nexperiment E of LIF { duration 10 ms\n I_e = 1 mV }\n`;
  expect(hasErrors(analyze(sourceText(join(MODELS, "x.glif"), text), host, parseModelFile).diagnostics)).toBe(true);
  expect(asked.times).toBe(1);
});
