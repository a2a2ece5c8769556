// glif import recording: an instrument's file as a table, and models that read either.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { igorWave } from "../instruments/files.ts";
import { folderWith, glif } from "./helpers.ts";

const CELL = fileURLToPath(new URL("../instruments/File_axon_5.abf", import.meta.url));

const MODEL = `import LIF from "glif/lif"
experiment Step of LIF {
  duration 800 ms
  step 0.05 ms
  I_e = file("FILE", column: "I_e", sweep: 8)
  record I_e
}
comparison Against {
  models LIF
  under Step
  measure rate
  reference recording("FILE", sweep: 8)
}
`;

function folder(): string {
  const cwd = folderWith({
    "abf.glif": MODEL.replaceAll("FILE", "cell.abf"),
    "csv.glif": MODEL.replaceAll("FILE", "cell.csv"),
  });
  copyFileSync(CELL, join(cwd, "cell.abf"));
  return cwd;
}

test("a table of an instrument's file, and the file itself, are the same to a model", async () => {
  const cwd = folder();
  expect(await glif(cwd, ["import", "recording", "cell.abf", "-o", "cell.csv"])).toEqual({
    code: 0,
    out: "",
    err: "wrote cell.csv: ABF 2.0, 9 sweeps of 1 s, every 0.05 ms; V is the channel _Ipatch, I_e is the command Cmd 0\n",
  });
  const run = async (file: string): Promise<string> => {
    const { err } = await glif(cwd, ["run", file, "Step", "--out", `out-${file}`, "--quiet"]);
    expect(err).toBe("");
    return readFileSync(join(cwd, `out-${file}`, "traces.csv"), "utf8");
  };
  const traces = await run("abf.glif");
  expect(await run("csv.glif")).toBe(traces);
  // The command of sweep 8 goes to 300 pA at 215.6 ms.
  expect(traces).toContain("\n215.55,0\n215.6,300\n");
  const compared = async (file: string): Promise<readonly unknown[]> => {
    const { out, code } = await glif(cwd, ["compare", file, "--json", "--out", `cmp-${file}`]);
    expect(code).toBe(0);
    return JSON.parse(out).rows ?? JSON.parse(out).measures;
  };
  expect(await compared("abf.glif")).toEqual(await compared("csv.glif"));
});

test("sweeps and columns that are not said are asked for, with what there is", async () => {
  const cwd = folder();
  const check = async (from: string, to: string): Promise<string> => {
    writeFileSync(join(cwd, "m.glif"), MODEL.replaceAll("FILE", "cell.abf").replace(from, to));
    return (await glif(cwd, ["check", "m.glif"])).err;
  };
  const twoColumns = await check(', column: "I_e", sweep: 8)', ", sweep: 8)");
  expect(twoColumns).toContain("it has 2 columns of values, V and I_e");
  // The first that is a current.
  expect(twoColumns).toContain('say which: `column: "I_e"`');
  expect(await check('column: "I_e"', 'column: "I"')).toContain("it has no column `I`");
  expect(await check(", sweep: 8)\n  record", ")\n  record")).toContain("it has 9 sweeps, 0 to 8");
  expect(await check('column: "I_e", sweep: 8', 'column: "I_e", sweep: 9')).toContain("it has no sweep 9");
  expect(await check(", sweep: 8)\n}", ")\n}")).toContain("the recording cell.abf has 9 sweeps");
  expect(await check(", sweep: 8)\n}", ", sweep: 9)\n}")).toContain("the recording cell.abf has no sweep 9");
  expect(await check("sweep: 8)\n  record", "sweep: 8 ms)\n  record")).toContain(
    "takes the number of a sweep, as the file counts them",
  );
});

test("some of the sweeps; several waves; and what cannot be imported", async () => {
  const cwd = folder();
  const { out } = await glif(cwd, ["import", "recording", "cell.abf", "--sweeps", "2,4-5", "--json"]);
  expect(JSON.parse(out)).toMatchObject({ ok: true, format: "ABF 2.0", sweeps: [2, 4, 5], interval: 0.05, file: null });
  const wave = (unit: string, values: readonly number[]): Uint8Array =>
    igorWave({ version: 5, littleEndian: true, sweeps: [values], unit, interval: 0.05, timeUnit: "ms" });
  writeFileSync(join(cwd, "v.ibw"), wave("mV", [-70, -69]));
  writeFileSync(join(cwd, "i.ibw"), wave("pA", [0, 10]));
  expect((await glif(cwd, ["import", "recording", "v.ibw", "i.ibw"])).out).toBe(
    "t (ms),V (mV),I_e (pA)\n0,-70,0\n0.05,-69,10\n",
  );
  const fails = async (...args: readonly string[]): Promise<string> => {
    const { code, err, out: written } = await glif(cwd, ["import", ...args]);
    expect([code > 0, written]).toEqual([true, ""]);
    return err;
  };
  expect(await fails("recording", "cell.abf", "--sweeps", "x")).toContain("x is no list of sweeps");
  expect(await fails("recording", "cell.abf", "--sweeps", "12")).toContain("there is no sweep 12");
  expect(await fails("recording", "abf.glif")).toContain("abf.glif: it is no instrument's file that glif reads");
  expect(await fails("recording", "none.abf")).toContain("none.abf: there is no such file");
  expect(await fails("recording", "cell.abf", "-o", "cell.abf")).toContain(
    "cell.abf is what is imported; it was not overwritten",
  );
  expect(await fails("recording", "cell.abf", "--name", "x")).toContain("--name is an option of glif import allen");
  expect(await fails("allen", "a.json", "b.json")).toContain("allen is imported from one file");
  expect(await fails("recoding", "cell.abf")).toContain("did you mean recording?");
});

test("into a folder: another recording of that name is not overwritten; sweeps may be many", async () => {
  const cwd = folder();
  mkdirSync(join(cwd, "tables"));
  mkdirSync(join(cwd, "other"));
  const wave = (sweeps: readonly (readonly number[])[], unit = "V"): Uint8Array =>
    igorWave({ version: 5, littleEndian: true, sweeps, unit, interval: 0.05, timeUnit: "ms" });
  const many = Array.from({ length: 130_000 }, (_, k) => [k % 7]);
  writeFileSync(join(cwd, "cell.ibw"), wave(many));
  writeFileSync(join(cwd, "other/cell.ibw"), wave([[0], [2]]));
  const into = (file: string): ReturnType<typeof glif> => glif(cwd, ["import", "recording", file, "-o", "tables"]);
  const wrote = {
    code: 0,
    out: "",
    err: "wrote tables/cell.csv: Igor binary wave 5, 130,000 sweeps of 0.00005 s, every 0.05 ms; V is the wave wave0\n",
  };
  expect(await into("cell.ibw")).toEqual(wrote);
  const first = readFileSync(join(cwd, "tables/cell.csv"), "utf8");
  expect(await into("cell.ibw")).toEqual(wrote);
  expect(await into("other/cell.ibw")).toEqual({
    code: 2,
    out: "",
    err: "error: tables/cell.csv is there already, and is something else; it was not overwritten\nhelp: name another folder, or the file with -o\n",
  });
  expect(readFileSync(join(cwd, "tables/cell.csv"), "utf8")).toBe(first);
});

test("what is left out of a recording is a warning", async () => {
  const cwd = folder();
  const whole = readFileSync(CELL);
  const at = whole.indexOf("pA\0");
  whole.write("xy", at);
  writeFileSync(join(cwd, "odd.abf"), whole);
  const { code, err } = await glif(cwd, ["import", "recording", "odd.abf", "--sweeps", "0", "-o", "odd.csv"]);
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/^warning: .* \(in "xy"\) is left out: a column needs a unit\nwrote odd.csv: /),
  ]);
});
