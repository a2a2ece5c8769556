// F04: a file is written whole or not at all.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { markOfHere } from "../../src/simulate/here.ts";
import { overwrite, WriteError, writeWhole } from "../../src/simulate/writeWhole.ts";
import { folder } from "./helpers.ts";

test("new bytes take the place of old ones, and nothing else is left in the folder", () => {
  const path = join(folder(), "spikes.csv");
  writeFileSync(path, "old and longer than the new");
  expect(writeWhole(path, ["t_ms,", "Θ\n"])).toBe(8);
  expect(readFileSync(path, "utf8")).toBe("t_ms,Θ\n");
  expect(readdirSync(join(path, ".."))).toEqual(["spikes.csv"]);
});

test("a writer that fails half-way leaves the old bytes", () => {
  const path = join(folder(), "traces.csv");
  writeFileSync(path, "old");
  const pieces = function* (): Generator<string> {
    yield "half";
    throw Object.assign(new Error("full"), { code: "ENOSPC" });
  };
  expect(() => writeWhole(path, pieces())).toThrow(new WriteError(path, "the disk is full"));
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(join(path, ".."))).toEqual(["traces.csv"]);
});

test.skipIf(process.platform !== "linux")(
  "the system's own limit on a file's size: old bytes, and the path in the message",
  () => {
    const at = folder();
    writeFileSync(join(at, "traces.csv"), "old");
    const script = `import { writeWhole } from ${JSON.stringify(resolve("src/simulate/writeWhole.ts"))};
    try { writeWhole("traces.csv", ["a".repeat(1000), "b".repeat(100000)]); console.log("written"); } catch (error) { console.log(error.name + ": " + error.message); }`;
    const tsx = resolve("node_modules/tsx/dist/esm/index.mjs");
    const out = execFileSync(
      "bash",
      ["-c", `trap '' XFSZ; ulimit -f 8; exec node --import ${tsx} --input-type=module -e "$SCRIPT"`],
      { cwd: at, env: { ...process.env, SCRIPT: script }, encoding: "utf8" },
    );
    expect(out.trim()).toBe("WriteError: cannot write traces.csv: it would be larger than files may be here");
    expect(readFileSync(join(at, "traces.csv"), "utf8")).toBe("old");
    expect(readdirSync(at)).toEqual(["traces.csv"]);
  },
);

test.skipIf(!existsSync("/dev/full"))("a device is written to, never replaced", () => {
  expect(() => writeWhole("/dev/full", ["text"])).toThrow("cannot write /dev/full: the disk is full");
  expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true);
  expect(writeWhole("/dev/null", ["text"])).toBe(4);
  expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
});

test("symbolic links stay and what they point to is replaced", () => {
  const at = folder();
  mkdirSync(join(at, "far"));
  writeFileSync(join(at, "far/real.csv"), "old");
  symlinkSync(join(at, "far/real.csv"), join(at, "link.csv"));
  symlinkSync(join(at, "nowhere"), join(at, "broken.csv"));
  writeWhole(join(at, "link.csv"), ["new"]);
  expect(lstatSync(join(at, "link.csv")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(at, "far/real.csv"), "utf8")).toBe("new");
  expect(() => writeWhole(join(at, "broken.csv"), ["new"])).toThrow(/leads nowhere/);
});

test("folders and missing folders are named", () => {
  const at = folder();
  expect(() => writeWhole(at, ["x"])).toThrow(`cannot write ${at}: it is a folder`);
  expect(() => writeWhole(join(at, "none/x"), ["x"])).toThrow(/none\/x: its folder does not exist/);
});

test.skipIf(process.platform === "win32")(
  "who may read and write a file stays as it was; what a killed writer has left of it goes",
  () => {
    const at = folder();
    const path = join(at, "spikes.csv");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    const here = markOfHere();
    // Of a process here that is dead; of others elsewhere, long ago and just now; of one that lives; of another file.
    const [dead, stale, young, living, foreign] = [
      `.spikes.csv.4194305-1-${here}.partial`,
      ".spikes.csv.4194305-1-00000000.partial",
      ".spikes.csv.4194306-1-00000000.partial",
      `.spikes.csv.${process.pid}-0-${here}.partial`,
      `.traces.csv.4194305-1-${here}.partial`,
    ];
    for (const name of [dead, stale, young, living, foreign]) writeFileSync(join(at, name), "half");
    utimesSync(join(at, stale), 1, 1);
    writeWhole(path, ["new"]);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(at).sort()).toEqual([young, living, foreign, "spikes.csv"].sort());
  },
);

test("what has room for a text is written over where there is none beside it", () => {
  const path = join(folder(), "manifest.json");
  writeFileSync(path, `{}${" ".repeat(10)}`);
  expect(overwrite(path, "x".repeat(13))).toBe(false);
  expect(readFileSync(path, "utf8")).toBe(`{}${" ".repeat(10)}`);
  expect(overwrite(path, '{"a": 1}')).toBe(true);
  expect(readFileSync(path, "utf8")).toBe('{"a": 1}');
});
