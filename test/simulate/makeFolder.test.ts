// Folders that are made with those above them, and what cannot be made.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeFolder } from "../../src/simulate/makeFolder.ts";

test("all that is missing, twice without harm; below a file not at all", () => {
  const root = mkdtempSync(join(tmpdir(), "glif-folder-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const deep = join(root, "a", "b", "c");
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, "file"))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(root, "file", "below"))).toThrow(/ENOTDIR|ENOENT/);
});

test.skipIf(!existsSync("/proc/self"))("a file system that makes no folders says so at once", () => {
  expect(() => makeFolder("/proc/glif/deeper")).toThrow(/ENOENT|EACCES|EPERM/);
});
