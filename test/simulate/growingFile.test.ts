// A file that grows holds whole lines whatever happens: it is followed while it is written, cut off by a limit, a full disk, a reader that goes away.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { growingFile } from "../../src/simulate/growingFile.ts";
import { WriteError } from "../../src/simulate/writeWhole.ts";
import { folder } from "./helpers.ts";

test("the header takes the place of the old file at once; lines follow with a flush, or when they are many", () => {
  const path = join(folder(), "spikes.csv");
  writeFileSync(path, "old and longer than the new");
  const file = growingFile(path, "t_ms\n");
  const content = (): string => readFileSync(path, "utf8");
  expect(content()).toBe("t_ms\n");
  file.append("1\n");
  file.append("2\nΘ\n");
  expect(content()).toBe("t_ms\n");
  file.flush();
  expect(content()).toBe("t_ms\n1\n2\nΘ\n");
  expect(file.length).toBe(12);
  const many = "0123456789\n".repeat(30_000);
  file.append(many);
  expect(content() === `t_ms\n1\n2\nΘ\n${many}`).toBe(true);
  file.append("last\n");
  file.sync();
  file.close(true);
  expect(content().endsWith("\nlast\n")).toBe(true);
  expect(file.length).toBe(statSync(path).size);
  file.close(true);
});

test("lines of any length arrive whole, longer than pages too", () => {
  const path = join(folder(), "traces.csv");
  const file = growingFile(path, "header\n");
  let all = "header\n";
  for (let k = 0; k < 200; k++) {
    const line = `${String(k).repeat((k * k * 7) % 9001)}é\n`;
    file.append(line);
    if (k % 7 === 0) file.flush();
    all += line;
  }
  file.close(false);
  expect(readFileSync(path, "utf8") === all).toBe(true);
});

/** Runs a script in a process whose files may have 8 kB at most. */
function limited(cwd: string, script: string): string {
  const text = `import { growingFile } from ${JSON.stringify(resolve("src/simulate/growingFile.ts"))};\n${script}`;
  const tsx = resolve("node_modules/tsx/dist/esm/index.mjs");
  return execFileSync(
    "bash",
    ["-c", `trap '' XFSZ; ulimit -f 8; exec node --import ${tsx} --input-type=module -e "$SCRIPT"`],
    { cwd, env: { ...process.env, SCRIPT: text }, encoding: "utf8" },
  ).trim();
}

test.skipIf(process.platform !== "linux")(
  "I03: what the system cuts off in the middle of a line ends with the line before; the path is named",
  () => {
    const at = folder();
    const said = limited(
      at,
      `
    const file = growingFile("spikes.csv", "t_ms,population,neuron\\n");
    const tell = (action) => { try { action(); console.log("written"); } catch (error) { console.log(error.name + ": " + error.message); } };
    tell(() => { for (let k = 0; ; k++) { file.append(k + ".5,E,123456\\n"); if (k % 10 === 0) file.flush(); } });
    tell(() => { file.append("after\\n"); file.flush(); });
    tell(() => file.close(true));
    console.log(file.length);`,
    ).split("\n");
    const refusal = "WriteError: cannot write spikes.csv: it would be larger than files may be here";
    const text = readFileSync(join(at, "spikes.csv"), "utf8");
    expect(said).toEqual([refusal, refusal, refusal, String(text.length)]);
    const lines = text.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.slice(1)).toEqual(lines.slice(1).map((_, k) => `${k}.5,E,123456`));
    // As much as there is room for: not one line more would fit.
    expect(text.length).toBeGreaterThan(8192 - 15);
  },
);

/** A file system of its own with little room, where the system lets one be mounted. */
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-Urm", "bash", "-c", `mount -t tmpfs -o size=16k tmpfs /mnt`]).status === 0;
test.skipIf(!canMount)("I03: a disk that fills up", () => {
  const at = folder();
  const script = `import { growingFile } from ${JSON.stringify(resolve("src/simulate/growingFile.ts"))};
    import { readFileSync } from "node:fs";
    const file = growingFile("/mnt/spikes.csv", "t_ms,population,neuron\\n");
    try { for (let k = 0; ; k++) { file.append(k + ".5,E,123456\\n"); if (k % 10 === 0) file.flush(); } } catch (error) { console.log(error.name + ": " + error.message); }
    console.log(JSON.stringify(readFileSync("/mnt/spikes.csv", "utf8").slice(-14)), file.length > 12000);`;
  const tsx = resolve("node_modules/tsx/dist/esm/index.mjs");
  const out = execFileSync(
    "unshare",
    [
      "-Urm",
      "bash",
      "-c",
      `mount -t tmpfs -o size=16k tmpfs /mnt && exec node --import ${tsx} --input-type=module -e "$SCRIPT"`,
    ],
    { cwd: at, env: { ...process.env, SCRIPT: script }, encoding: "utf8" },
  );
  expect(out).toMatch(/^WriteError: cannot write \/mnt\/spikes.csv: the disk is full\n".*5,E,123456\\n" true\n$/);
});

test.skipIf(process.platform !== "linux")("I03: a pipe that nobody reads any more", () => {
  const at = folder();
  execFileSync("mkfifo", [join(at, "spikes.csv")]);
  const script = `import { growingFile } from ${JSON.stringify(resolve("src/simulate/growingFile.ts"))};
    const file = growingFile("spikes.csv", "t_ms\\n");
    try { for (let k = 0; k < 1e6; k++) { file.append(k + "\\n"); if (k % 1000 === 0) file.flush(); } console.log("written"); } catch (error) { console.log(error.name + ": " + error.message); }`;
  const tsx = resolve("node_modules/tsx/dist/esm/index.mjs");
  const out = execFileSync(
    "bash",
    ["-c", `head -n 3 spikes.csv > got & node --import ${tsx} --input-type=module -e "$SCRIPT"; wait`],
    { cwd: at, env: { ...process.env, SCRIPT: script }, encoding: "utf8" },
  );
  expect(out.trim()).toBe("WriteError: cannot write spikes.csv: nobody reads it any more");
  expect(readFileSync(join(at, "got"), "utf8")).toBe("t_ms\n0\n1\n");
});

test.skipIf(!existsSync("/dev/full"))("a device is written to, never replaced", () => {
  const file = growingFile("/dev/full", "t_ms\n");
  expect(() => file.flush()).toThrow(new WriteError("/dev/full", "the disk is full"));
  expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true);
  expect(() => file.close(true)).toThrow(WriteError);
});

test("symbolic links stay, folders are named, and what somebody else has cut short is told", () => {
  const at = folder();
  mkdirSync(join(at, "far"));
  writeFileSync(join(at, "far/real.csv"), "old");
  symlinkSync(join(at, "far/real.csv"), join(at, "link.csv"));
  const file = growingFile(join(at, "link.csv"), "t_ms\n");
  file.append("1\n");
  file.flush();
  expect(lstatSync(join(at, "link.csv")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(at, "far/real.csv"), "utf8")).toBe("t_ms\n1\n");
  truncateSync(join(at, "far/real.csv"), 3);
  expect(() => file.close(true)).toThrow("7 bytes were written, but the file has 3");
  expect(() => growingFile(at, "t_ms\n")).toThrow(`cannot write ${at}: it is a folder`);
  expect(() => growingFile(join(at, "none/x"), "t_ms\n")).toThrow(/none\/x: its folder does not exist/);
});
