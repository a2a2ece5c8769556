// F05, J03: results never land on something else, and names from a model stay names.
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { distinctFileNames, fileName } from "../../src/simulate/fileNames.ts";
import { MANIFEST_FORMAT } from "../../src/simulate/manifest.ts";
import { openOutFolder } from "../../src/simulate/outFolder.ts";
import { folder } from "./helpers.ts";

const pathOf = (answer: ReturnType<typeof openOutFolder>): string => ("problem" in answer ? `refused: ${answer.problem}` : answer.path);

test("without --out a new folder under out/, with the first free number", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "out/Step-2"), { recursive: true });
  expect(pathOf(openOutFolder(null, "Step", cwd, []))).toBe("out/Step-1");
  expect(pathOf(openOutFolder(null, "Step", cwd, []))).toBe("out/Step-3");
  expect(pathOf(openOutFolder(null, "Other", cwd, []))).toBe("out/Other-1");
});

test("J03: names that would lead elsewhere stay inside out/", () => {
  const cwd = folder();
  for (const name of ["../../x", "CON", "/etc/passwd", "..", "a\0b", "-rf", "", "x".repeat(400), "Noyau_réticulé", "🙂"]) {
    const answer = openOutFolder(null, name, cwd, []);
    expect("problem" in answer, name).toBe(false);
  }
  const made = readdirSync(join(cwd, "out"));
  expect(made).toHaveLength(10);
  expect(readdirSync(cwd)).toEqual(["out"]);
  expect(made).toContain("Noyau_réticulé-1");
  expect(made).toContain("______x-1");
  expect(made.every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(name))).toBe(true);
});

test("J03: files of modules too, where Windows has devices and takes a and A for one", () => {
  expect(["CON", "con", "Aux", "LPT1", "COM¹", "lpt10", "NULL"].map(fileName)).toEqual(["CON_", "con_", "Aux_", "LPT1_", "COM¹_", "lpt10", "NULL"]);
  expect(distinctFileNames(["a", "A", "a/", "b"])).toEqual(["a", "A-2", "a_", "b"]);
  expect(fileName("../../x")).toBe("______x");
});

test("--out may be new, empty, or an earlier run's", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "empty"));
  mkdirSync(join(cwd, "earlier"));
  writeFileSync(join(cwd, "earlier/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
  writeFileSync(join(cwd, "earlier/figure.svg"), "<svg/>");
  expect(openOutFolder("new/deep", "E", cwd, [])).toMatchObject({ path: "new/deep", earlier: [] });
  expect(openOutFolder("empty", "E", cwd, [])).toMatchObject({ path: "empty", earlier: [] });
  expect(openOutFolder("earlier", "E", cwd, [])).toMatchObject({ path: "earlier", earlier: ["figure.svg", "manifest.json"] });
});

test("F05: --out that holds anything else is refused and left as it is", () => {
  const cwd = folder();
  for (const [name, content] of [["foreign", null], ["alien", "{}"], ["broken", "{"], ["listing", "null"]] as const) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, "thesis.txt"), "years of work");
    if (content !== null) writeFileSync(join(cwd, name, "manifest.json"), content);
    expect(openOutFolder(name, "E", cwd, []), name).toMatchObject({ refused: true, problem: expect.stringMatching(/no earlier run of glif; nothing was overwritten/) });
    expect(readFileSync(join(cwd, name, "thesis.txt"), "utf8")).toBe("years of work");
  }
});

test("F05: --out that is the source, or holds what the run reads", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "lif.glif"), "neuron A { }");
  expect(openOutFolder("lif.glif", "E", cwd, [])).toMatchObject({ refused: true, problem: "--out lif.glif is a file, not a folder" });
  expect(openOutFolder(".", "E", cwd, [])).toMatchObject({ refused: true });
  mkdirSync(join(cwd, "run"));
  writeFileSync(join(cwd, "run/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
  const opened = openOutFolder("run", "E", cwd, []);
  const real = "realPath" in opened ? opened.realPath : "";
  expect(openOutFolder("run", "E", cwd, [join(real, "traces.csv")])).toMatchObject({ refused: true, problem: expect.stringMatching(/holds traces.csv, which this run reads/) });
});

test.skipIf(process.getuid?.() === 0)("F09: a folder that may not be written to is a failure with a way out", () => {
  const cwd = folder();
  chmodSync(cwd, 0o555);
  expect(openOutFolder(null, "E", cwd, [])).toMatchObject({ refused: false, problem: "cannot make the folder out: permission denied; name another one with --out" });
});

test("a file where the folder should be", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "out"), "");
  expect(openOutFolder(null, "E", cwd, [])).toMatchObject({ refused: false, problem: expect.stringMatching(/cannot make the folder out/) });
  expect(openOutFolder("out/deeper", "E", cwd, [])).toMatchObject({ problem: expect.stringMatching(/part of its path is a file/) });
});
