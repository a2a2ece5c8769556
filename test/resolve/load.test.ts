// Files and imports: each read once, cycles named, nothing found outside of what the host gives (R07, F02).
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { sourceText } from "../../src/base/source.ts";
import { loadProgram } from "../../src/2-resolve/load.ts";
import { hostOf } from "../check/program.ts";

function load(main: string, files: Readonly<Record<string, string>>, read: string[] = []) {
  return loadProgram(sourceText("main.glif", main), hostOf({ ...files, "main.glif": main }, read), parseModelFile);
}

test("a thousand imports, each read once", () => {
  const files: Record<string, string> = {};
  for (let k = 0; k < 1000; k++)
    files[`f${k}.glif`] = `${k < 999 ? `import c${k + 1} from "f${k + 1}.glif"\n` : ""}const c${k} = ${k}\n`;
  const read: string[] = [];
  const loaded = load('import c0 from "f0.glif"\n', files, read);
  expect(loaded.files).toHaveLength(1001);
  expect(read).toHaveLength(1000);
  expect(loaded.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
});

test("a diamond of twenty levels is twenty-one files, not a million", () => {
  const files: Record<string, string> = {};
  for (let k = 0; k < 20; k++)
    files[`f${k}.glif`] =
      `${k < 19 ? `import a${k + 1} from "f${k + 1}.glif"\nimport b${k + 1} from "./f${k + 1}.glif"\n` : ""}const a${k} = 1\nconst b${k} = 2\n`;
  const read: string[] = [];
  expect(load('import a0 from "f0.glif"\nimport b0 from "././f0.glif"\n', files, read).files).toHaveLength(21);
  expect(read).toHaveLength(20);
});

test("cycles are named once, each at the import that closes it", () => {
  const { diagnostics } = load('import a from "a.glif"\nconst m = 1\n', {
    "a.glif": 'import b from "b.glif"\nconst a = 1\n',
    "b.glif": 'import m from "main.glif"\nimport a from "a.glif"\nconst b = 1\n',
  });
  expect(diagnostics.filter((d) => d.code === "names/import-cycle").map((d) => d.message)).toEqual([
    "imports go round: main.glif → a.glif → b.glif → main.glif",
    "imports go round: a.glif → b.glif → a.glif",
  ]);
  expect(load('import x from "main.glif"\nconst x = 1\n', {}).diagnostics.map((d) => d.message)).toContain(
    "main.glif imports itself",
  );
});

test("one declaration imported twice is one declaration", () => {
  const files = { "a.glif": 'import F from "f.glif"\nconst a = F\n', "f.glif": "const F = 96485 C/mol\n" };
  expect(
    load('import F from "f.glif"\nimport F from "./f.glif"\n', files).diagnostics.filter((d) => d.severity === "error"),
  ).toEqual([]);
});
