// F01, F02, S07: what can be imported, and what is said of the rest.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openProject, type FileProject } from "../../src/simulate/fileHost.ts";
import { decodeSource, readSource } from "../../src/simulate/readSource.ts";
import { folder } from "./helpers.ts";

function project(): { readonly root: string; readonly opened: FileProject } {
  const root = folder();
  mkdirSync(join(root, "work/parts"), { recursive: true });
  mkdirSync(join(root, "models"));
  writeFileSync(join(root, "secret.glif"), "TOP SECRET");
  writeFileSync(join(root, "work/main.glif"), "neuron A { }");
  writeFileSync(join(root, "work/parts/b.glif"), "neuron B { }");
  writeFileSync(join(root, "models/hh.glif"), "neuron HH { }");
  const opened = openProject("main.glif", { cwd: join(root, "work"), models: join(root, "models") });
  if ("problem" in opened) throw new Error(opened.problem);
  return { root, opened };
}

const problemOf = (answer: object): string => ("problem" in answer ? String(answer.problem) : "no problem");
/** What an import comes to, resolved and read. */
function importing(
  opened: FileProject,
  written: string,
  from = "main.glif",
): { readonly text: string } | { readonly problem: string } {
  const target = opened.host.resolve(from, written);
  return "problem" in target ? target : opened.host.read(target.path);
}

test("imports are relative to the importing file", () => {
  const { opened } = project();
  expect(opened.host.resolve("main.glif", "parts/b.glif")).toEqual({ path: "parts/b.glif" });
  expect(importing(opened, "parts/b.glif")).toEqual({ text: "neuron B { }" });
  expect(opened.host.resolve("parts/b.glif", "../main.glif")).toEqual({ path: "main.glif" });
});

test("F02: one file in two spellings is one file, the main file included", () => {
  const { root, opened } = project();
  symlinkSync(join(root, "work/parts/b.glif"), join(root, "work/alias.glif"));
  const paths = ["parts/b.glif", "./parts/../parts//b.glif", "alias.glif"].map((p) =>
    opened.host.resolve("main.glif", p),
  );
  expect(new Set(paths.map((p) => JSON.stringify(p))).size).toBe(1);
  expect(opened.host.resolve("main.glif", "./main.glif")).toEqual({ path: opened.main.path });
});

test("shipped models are found by their name and stay within their folder", () => {
  const { root, opened } = project();
  expect(importing(opened, "glif/hh")).toEqual({ text: "neuron HH { }" });
  expect(opened.host.resolve("main.glif", "glif/hh.glif")).toEqual({ path: "glif/hh.glif" });
  expect(opened.host.resolve("glif/hh.glif", "hh.glif")).toEqual({ path: "glif/hh.glif" });
  expect(problemOf(importing(opened, "glif/../secret"))).toMatch(/outside/);
  expect(problemOf(opened.host.resolve("glif/hh.glif", "../work/main.glif"))).toMatch(/outside/);
  expect(problemOf(importing(opened, "glif/nothing"))).toMatch(/no such file/);
  void root;
});

test("a file that the command line names is read wherever it lies; its neighbours are not", () => {
  const { root } = project();
  writeFileSync(join(root, "other.csv"), "t (ms),V (mV)\n0,1\n");
  const opened = openProject("main.glif", {
    cwd: join(root, "work"),
    models: join(root, "models"),
    named: ["../secret.glif"],
  });
  if ("problem" in opened) throw new Error(opened.problem);
  expect(importing(opened, "../secret.glif")).toEqual({ text: "TOP SECRET" });
  expect(problemOf(importing(opened, "../other.csv"))).toMatch(/outside the project/);
});

test("F01: outside of the project", () => {
  const { root, opened } = project();
  symlinkSync(join(root, "secret.glif"), join(root, "work/outward.glif"));
  symlinkSync(root, join(root, "work/up"));
  for (const written of [
    "../secret.glif",
    "../../../../../../etc/passwd",
    "/etc/passwd",
    join(root, "work/main.glif"),
    "outward.glif",
    "up/secret.glif",
    "C:\\secret.glif",
    "\\secret.glif",
    "https://example.org/a.glif",
  ]) {
    const answer = importing(opened, written);
    expect(problemOf(answer), written).toMatch(/outside the project/);
    expect(JSON.stringify(answer)).not.toContain("SECRET");
  }
  expect(opened.filesRead().map((f) => f.path)).toEqual(["main.glif"]);
});

test("F01: what is no regular file, named without waiting for it", () => {
  const { root, opened } = project();
  execFileSync("mkfifo", [join(root, "work/pipe.glif")]);
  expect(problemOf(importing(opened, "pipe.glif"))).toBe("it is not a regular file");
  expect(problemOf(importing(opened, "parts"))).toBe("it is a folder, not a file");
  expect(problemOf(importing(opened, "none.glif"))).toBe("there is no such file");
  expect(problemOf(importing(opened, ""))).toBe("there is no such file");
  expect(problemOf(importing(opened, "a\0b"))).toBe("there is no such file");
  for (const device of ["/dev/zero", "/dev/null", join(root, "work/pipe.glif")]) {
    expect(problemOf(openProject(device, { cwd: root, models: root })), device).toMatch(/not a regular file/);
  }
});

test("a main file outside of the folder glif was started in brings its own folder as the root", () => {
  const { root } = project();
  mkdirSync(join(root, "elsewhere"));
  const opened = openProject("../work/main.glif", { cwd: join(root, "elsewhere"), models: join(root, "models") });
  if ("problem" in opened) throw new Error(opened.problem);
  expect(opened.main.path).toBe("../work/main.glif");
  expect(opened.host.resolve(opened.main.path, "parts/b.glif")).toEqual({ path: "../work/parts/b.glif" });
  expect(problemOf(opened.host.resolve(opened.main.path, "../secret.glif"))).toMatch(/outside/);
});

test("standard input is a main file, with imports from the folder glif was started in", () => {
  const { root } = project();
  const opened = openProject("-", {
    cwd: join(root, "work"),
    models: join(root, "models"),
    input: Buffer.from("\uFEFFneuron A { }"),
  });
  if ("problem" in opened) throw new Error(opened.problem);
  expect(opened.main).toMatchObject({ path: "-", text: "neuron A { }" });
  expect(importing(opened, "parts/b.glif", "-")).toEqual({ text: "neuron B { }" });
});

test("every file read is kept with the hash of its bytes, once", () => {
  const { opened } = project();
  importing(opened, "parts/b.glif");
  importing(opened, "parts/b.glif");
  const hash = createHash("sha256").update("neuron B { }").digest("hex");
  expect(opened.filesRead().map(({ path, sha256 }) => [path, sha256])).toEqual([
    ["main.glif", expect.any(String)],
    ["parts/b.glif", hash],
  ]);
});

test("S07: text that is not UTF-8 is refused at its first wrong byte", () => {
  const cases: readonly (readonly [readonly number[], number])[] = [
    [[0x61, 0xff], 1],
    [[0xc0, 0x80], 0],
    [[0x61, 0xe0, 0x9f, 0x80], 1],
    [[0xed, 0xa0, 0x80], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xce, 0x98, 0xe2, 0x82], 2],
    [[0x80], 0],
  ];
  for (const [bytes, at] of cases)
    expect(problemOf(decodeSource(Uint8Array.from(bytes))), String(bytes)).toMatch(
      new RegExp(`not UTF-8 at byte ${at};`),
    );
  expect(decodeSource(Buffer.from("Θ ξ 𝛼 \u{10FFFF}"))).toMatchObject({ text: "Θ ξ 𝛼 \u{10FFFF}" });
});

test("S07: UTF-16 is recognised, with a mark and without", () => {
  const little = Buffer.from("neuron A { }", "utf16le");
  const big = Buffer.from(little).swap16();
  expect(problemOf(decodeSource(Buffer.concat([Buffer.from([0xff, 0xfe]), little])))).toMatch(/UTF-16 \(little/);
  expect(problemOf(decodeSource(Buffer.concat([Buffer.from([0xfe, 0xff]), big])))).toMatch(/UTF-16 \(big/);
  expect(problemOf(decodeSource(little))).toMatch(/UTF-16 \(little/);
  expect(problemOf(decodeSource(big))).toMatch(/UTF-16 \(big/);
});

test("a file of more than 16 MB is not read", () => {
  expect(problemOf(decodeSource(new Uint8Array(16 * 1024 * 1024 + 1)))).toMatch(/larger than 16 MB/);
});

test("a table may be larger: what instruments write is no text that people do", () => {
  const path = join(folder(), "cell.csv");
  writeFileSync(path, Buffer.alloc(17 * 1024 * 1024, "1"));
  expect(readSource(path)).toMatchObject({ text: expect.any(String) });
  // Told by its size, before anything is read.
  truncateSync(path, 257 * 1024 * 1024);
  expect(problemOf(readSource(path))).toBe("it is larger than 256 MB: leave out samples that nobody needs");
});

test("a slip, another case or an ending left out: the file that may be meant is named, and none outside", () => {
  const { root, opened } = project();
  symlinkSync(root, join(root, "work/up"));
  for (const [written, meant] of [
    ["main", "main.glif"],
    ["Main.glif", "main.glif"],
    ["parts/B.glif", "parts/b.glif"],
    ["mian.glif", "main.glif"],
    ["glif/HH", "glif/hh"],
  ] as const) {
    expect(problemOf(importing(opened, written))).toBe(`there is no such file; did you mean "${meant}"?`);
  }
  expect(problemOf(importing(opened, "up/secre.glif"))).toBe("there is no such file");
  expect(problemOf(importing(opened, "nowhere/b.glif"))).toBe("there is no such file");
});
