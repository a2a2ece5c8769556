// F05, J03, P03: results never land on something else or in another run's folder, and names from a model stay names.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { distinctFileNames, fileName } from "../../src/simulate/fileNames.ts";
import { LOCK_FILE } from "../../src/simulate/lock.ts";
import { MANIFEST_FORMAT } from "../../src/simulate/manifest.ts";
import type { ComparisonResult, ComparisonTraces } from "../../src/compare/comparison.ts";
import { beginComparison, COMPARISON, writeComparison } from "../../src/simulate/comparisonFolder.ts";
import { openFolder, openOutFolder } from "../../src/simulate/outFolder.ts";
import { folder } from "./helpers.ts";

/** Looked at, and let go. */
function look(...asked: Parameters<typeof openOutFolder>): ReturnType<typeof openOutFolder> {
  const answer = openOutFolder(...asked);
  if ("release" in answer) answer.release();
  return answer;
}
const pathOf = (answer: ReturnType<typeof openOutFolder>): string =>
  "problem" in answer ? `refused: ${answer.problem}` : answer.path;

test("without --out a new folder under out/, with the first free number", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "out/Step-2"), { recursive: true });
  expect(pathOf(openOutFolder(null, "Step", cwd, []))).toBe("out/Step-1");
  expect(pathOf(openOutFolder(null, "Step", cwd, []))).toBe("out/Step-3");
  expect(pathOf(openOutFolder(null, "Other", cwd, []))).toBe("out/Other-1");
});

test("J03: names that would lead elsewhere stay inside out/", () => {
  const cwd = folder();
  for (const name of [
    "../../x",
    "CON",
    "/etc/passwd",
    "..",
    "a\0b",
    "-rf",
    "",
    "x".repeat(400),
    "Noyau_réticulé",
    "🙂",
  ]) {
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
  expect(["CON", "con", "Aux", "LPT1", "COM¹", "lpt10", "NULL"].map(fileName)).toEqual([
    "CON_",
    "con_",
    "Aux_",
    "LPT1_",
    "COM¹_",
    "lpt10",
    "NULL",
  ]);
  expect(distinctFileNames(["a", "A", "a/", "b"])).toEqual(["a", "A-2", "a_", "b"]);
  expect(fileName("../../x")).toBe("______x");
});

test("--out may be new, empty, or an earlier run's", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "empty"));
  mkdirSync(join(cwd, "earlier"));
  writeFileSync(join(cwd, "earlier/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
  writeFileSync(join(cwd, "earlier/figure.svg"), "<svg/>");
  expect(look("new/deep", "E", cwd, [])).toMatchObject({ path: "new/deep", earlier: [] });
  expect(look("empty", "E", cwd, [])).toMatchObject({ path: "empty", earlier: [] });
  expect(look("earlier", "E", cwd, [])).toMatchObject({ path: "earlier", earlier: ["figure.svg", "manifest.json"] });
});

test("F05: --out that holds anything else is refused and left as it is", () => {
  const cwd = folder();
  for (const [name, content] of [
    ["foreign", null],
    ["alien", "{}"],
    ["broken", "{"],
    ["listing", "null"],
  ] as const) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, "thesis.txt"), "years of work");
    if (content !== null) writeFileSync(join(cwd, name, "manifest.json"), content);
    expect(look(name, "E", cwd, []), name).toMatchObject({
      refused: true,
      problem: expect.stringMatching(/no earlier run of glif; nothing was overwritten/),
    });
    expect(readFileSync(join(cwd, name, "thesis.txt"), "utf8")).toBe("years of work");
  }
});

test("F05: --out that is the source, or holds what the run reads", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "lif.glif"), "neuron A { }");
  expect(look("lif.glif", "E", cwd, [])).toMatchObject({
    refused: true,
    problem: "--out lif.glif is a file, not a folder",
  });
  expect(look(".", "E", cwd, [])).toMatchObject({ refused: true });
  mkdirSync(join(cwd, "run"));
  writeFileSync(join(cwd, "run/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
  const opened = look("run", "E", cwd, []);
  const real = "realPath" in opened ? opened.realPath : "";
  expect(look("run", "E", cwd, [join(real, "traces.csv")])).toMatchObject({
    refused: true,
    problem: expect.stringMatching(/holds traces.csv, which this run reads/),
  });
});

test("what a killed run leaves beside its results does not make a folder foreign", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "run"));
  writeFileSync(join(cwd, "run", LOCK_FILE), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), began: "1" }));
  writeFileSync(join(cwd, "run/.manifest.json.4711-1-00000000.partial"), "{");
  expect(look("run", "E", cwd, [])).toMatchObject({ path: "run", earlier: [] });
});

test("P03: a folder is one run's at a time; it is told who has it, and is free again afterwards", () => {
  const cwd = folder();
  const first = openOutFolder("run", "E", cwd, []);
  expect("problem" in first).toBe(false);
  const refusal = {
    refused: false,
    problem: `run is in use by pid ${process.pid}; wait until that run is over, or name another folder with --out`,
  };
  expect(openOutFolder("run", "E", cwd, [])).toEqual(refusal);
  expect(openOutFolder("./run/../run", "E", cwd, [])).toMatchObject({
    refused: false,
    problem: expect.stringContaining(`in use by pid ${process.pid}`),
  });
  if ("release" in first) first.release();
  expect(readdirSync(join(cwd, "run"))).toEqual([]);
  expect("problem" in look("run", "E", cwd, [])).toBe(false);
});

test("a run that does not begin leaves no folder, unless there was one", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "mine"));
  for (const asked of [null, "new", "mine"]) {
    const answer = openOutFolder(asked, "E", cwd, []);
    if ("abandon" in answer) answer.abandon();
  }
  expect(readdirSync(cwd).sort()).toEqual(["mine", "out"]);
  expect([...readdirSync(join(cwd, "mine")), ...readdirSync(join(cwd, "out"))]).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)("F09: a folder that may not be written to is a failure with a way out", () => {
  const cwd = folder();
  chmodSync(cwd, 0o555);
  expect(look(null, "E", cwd, [])).toMatchObject({
    refused: false,
    problem: "cannot make the folder out: permission denied; name another one with --out",
  });
});

test("a file where the folder should be", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "out"), "");
  expect(look(null, "E", cwd, [])).toMatchObject({
    refused: false,
    problem: expect.stringMatching(/cannot make the folder out/),
  });
  expect(look("out/deeper", "E", cwd, [])).toMatchObject({
    problem: expect.stringMatching(/part of its path is a file/),
  });
});

test("what killed runs have left goes with the next one: half-written files, and folders with nothing but a lock", () => {
  const cwd = folder();
  const dead = JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), began: "1" });
  for (const [name, files] of [
    ["E-1", [LOCK_FILE]],
    ["E-2", [LOCK_FILE, ".spikes.h5.4194305-1-00000000.partial", "spikes.csv"]],
    ["E-3", [LOCK_FILE, ".manifest.json.4194305-2-00000000.partial", `${LOCK_FILE}.after-12`]],
    ["other", ["thesis.txt"]],
  ] as const) {
    mkdirSync(join(cwd, "out", name), { recursive: true });
    for (const file of files) writeFileSync(join(cwd, "out", name, file), dead);
  }
  const elsewhere = JSON.stringify({ pid: 1, host: `not-${hostname()}`, began: "1" });
  mkdirSync(join(cwd, "out/E-4"));
  writeFileSync(join(cwd, "out/E-4", LOCK_FILE), elsewhere);
  expect(pathOf(look(null, "E", cwd, []))).toBe("out/E-1");
  expect(
    Object.fromEntries(
      readdirSync(join(cwd, "out"))
        .sort()
        .map((name) => [name, readdirSync(join(cwd, "out", name))]),
    ),
  ).toEqual({ "E-1": [], "E-2": ["spikes.csv"], "E-4": [LOCK_FILE], other: ["thesis.txt"] });
});

test.skipIf(process.platform === "win32")(
  "a pipe at the place of a result is refused: the run would wait for whoever reads it",
  () => {
    const cwd = folder();
    mkdirSync(join(cwd, "run"));
    writeFileSync(join(cwd, "run/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    symlinkSync(join(cwd, "pipe"), join(cwd, "run/traces.csv"));
    expect(look("run", "E", cwd, [])).toMatchObject({
      refused: true,
      problem: expect.stringMatching(/^--out run holds traces.csv, which is a pipe and no file/),
    });
  },
);

test.skipIf(process.platform === "win32")(
  "a link at the place of a result is refused: what it leads to would be overwritten",
  () => {
    const cwd = folder();
    mkdirSync(join(cwd, "run"));
    writeFileSync(join(cwd, "run/manifest.json"), JSON.stringify({ format: MANIFEST_FORMAT }));
    writeFileSync(join(cwd, "thesis.txt"), "precious");
    symlinkSync(join(cwd, "thesis.txt"), join(cwd, "run/spikes.csv"));
    expect(look("run", "E", cwd, [])).toMatchObject({
      refused: true,
      problem: expect.stringMatching(/^--out run holds spikes.csv, which is a symbolic link/),
    });
  },
);

test("a report is written where its folder was deleted while it was made", () => {
  const cwd = folder();
  const at = join(cwd, "report");
  mkdirSync(at);
  beginComparison(at, "C");
  rmSync(at, { recursive: true });
  const result = { name: "C", complete: true, cells: [], sweep: null } as unknown as ComparisonResult;
  const traces = { overlays: [] } as unknown as ComparisonTraces;
  expect(writeComparison(at, result, traces, new Set(["json"]))).toEqual({ files: ["comparison.json"], problems: [] });
  expect(JSON.parse(readFileSync(join(at, "comparison.json"), "utf8"))).toMatchObject({ complete: true });
});

test("a report's figures are its own: others' stay, and a link in the place of their folder is refused, as a lock is that is no file", () => {
  const cwd = folder();
  mkdirSync(join(cwd, "report/figures"), { recursive: true });
  mkdirSync(join(cwd, "pictures"));
  const names = [
    "contrasts.svg",
    "overlay-Step.svg",
    "sweep-rate.svg",
    "raster-A\nB-2.svg",
    "overlays.svg",
    "mine.svg",
  ];
  for (const at of ["report/figures", "pictures"])
    for (const name of names) writeFileSync(join(cwd, at, name), "<svg/>");
  beginComparison(join(cwd, "report"), "C");
  expect(readdirSync(join(cwd, "report/figures")).sort()).toEqual(["mine.svg", "overlays.svg"]);
  const open = (): unknown => openFolder(COMPARISON, "report", "C", cwd, []);
  rmSync(join(cwd, "report/figures"), { recursive: true });
  symlinkSync(join(cwd, "pictures"), join(cwd, "report/figures"));
  expect(open()).toEqual({
    problem:
      "--out report holds figures, which is a symbolic link: what it leads to would be overwritten. Remove the link, or name another folder",
    refused: true,
  });
  expect(readdirSync(join(cwd, "pictures"))).toHaveLength(names.length);
  rmSync(join(cwd, "report/figures"));
  mkdirSync(join(cwd, "report", LOCK_FILE));
  expect(open()).toEqual({
    problem: `--out report holds ${LOCK_FILE}, which is no file: delete it, or name another folder`,
    refused: true,
  });
});
