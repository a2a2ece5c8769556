// glif import: what it writes, where, and what it says when it cannot.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reference } from "../conformance/harness.ts";
import { folderWith, glif } from "./helpers.ts";

const CONFIG = JSON.stringify(reference("glif3_allen_bmtk_637930677").allen_neuron_config_SI);
const FIRST =
  "// A cell of the Allen Cell Types Database: level 3, LIF-ASC.\n//\n// Imported from neuron_config.json.\n";

test("the model goes to standard output, and runs", async () => {
  const cwd = folderWith({ "neuron_config.json": CONFIG });
  const { code, out, err } = await glif(cwd, ["import", "allen", "neuron_config.json"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out.startsWith(FIRST)).toBe(true);
  const run = await glif(
    cwd,
    ["run", "-", "--json", "--quiet", "--set", "I_e = pulse(150 pA, from: 20 ms, to: 520 ms)"],
    { input: out },
  );
  expect([run.err, JSON.parse(run.out).counts.spikes]).toEqual(["", 10]);
});

test("-o: a file, or a folder for a file of the neuron's name; what is imported is never overwritten", async () => {
  const cwd = folderWith({ "neuron_config.json": CONFIG });
  expect(await glif(cwd, ["import", "allen", "neuron_config.json", "--name", "Ctgf", "-o", "cells/"])).toEqual({
    code: 0,
    out: "",
    err: "wrote cells/Ctgf.glif: 1 neuron, 1 experiment\n",
  });
  expect((await glif(cwd, ["import", "allen", "neuron_config.json", "-o", "a.glif"])).err).toBe(
    "wrote a.glif: 1 neuron, 1 experiment\n",
  );
  expect(readFileSync(join(cwd, "cells/Ctgf.glif"), "utf8").replaceAll("Ctgf", "GLIF3")).toBe(
    readFileSync(join(cwd, "a.glif"), "utf8"),
  );
  expect((await glif(cwd, ["check", "a.glif", "cells/Ctgf.glif"])).code).toBe(0);
  // Nor is another cell of the same name, which nobody has named.
  const other = join(cwd, "other.json");
  writeFileSync(other, JSON.stringify({ ...JSON.parse(CONFIG), C: 1e-10 }));
  expect(await glif(cwd, ["import", "allen", "other.json", "--name", "Ctgf", "-o", "cells"])).toEqual({
    code: 2,
    out: "",
    err: "error: cells/Ctgf.glif is there already, and is something else; it was not overwritten\nhelp: name the neuron with --name, or the file with -o\n",
  });
  expect((await glif(cwd, ["import", "allen", "neuron_config.json", "--name", "Ctgf", "-o", "cells"])).code).toBe(0);
  expect(await glif(cwd, ["import", "allen", "neuron_config.json", "-o", "./neuron_config.json"])).toEqual({
    code: 2,
    out: "",
    err: "error: ./neuron_config.json is what is imported; it was not overwritten\n",
  });
  expect((await glif(cwd, ["import", "allen", "neuron_config.json", "-o", "none/a.glif"])).err).toBe(
    "error: cannot write none/a.glif: its folder does not exist\n",
  );
});

test("--json, and standard input", async () => {
  const cwd = folderWith();
  const { code, out } = await glif(cwd, ["import", "allen", "-", "--json"], { input: `{"cell 7": ${CONFIG}}` });
  const report = JSON.parse(out);
  expect([code, report.ok, report.neurons, report.file, report.diagnostics]).toEqual([
    0,
    true,
    [{ name: "GLIF3_cell_7", level: 3 }],
    null,
    [],
  ]);
  expect(report.text).toContain("// Imported from standard input.");
  const bad = await glif(cwd, ["import", "allen", "-", "--json"], { input: CONFIG.replace('"R_input"', '"Rinput"') });
  expect([bad.code, JSON.parse(bad.out)]).toMatchObject([
    1,
    {
      ok: false,
      neurons: [],
      text: null,
      diagnostics: [
        { code: "import/missing-field", file: "standard input", line: 1 },
        { code: "import/unknown-field", help: ["did you mean R_input?"] },
      ],
    },
  ]);
});

test("mistakes are shown at their place in the file, and nothing is written", async () => {
  const cwd = folderWith({ "a.json": JSON.stringify({ ...JSON.parse(CONFIG), C: -1 }, null, 1), "b.json": "[" });
  const { code, out, err } = await glif(cwd, ["import", "allen", "a.json", "-o", "a.glif"]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/error\[import\/out-of-range\]: `C` must be positive\n *┌─ a\.json:3:7\n/);
  expect(existsSync(join(cwd, "a.glif"))).toBe(false);
  expect((await glif(cwd, ["import", "allen", "none.json"])).err).toBe(
    "error[run/unreadable-file]: none.json: there is no such file\n",
  );
  expect((await glif(cwd, ["import", "allen", "b.json"])).err).toMatch(
    /error\[import\/not-json\]: this is no JSON: expected a value, but the text ends/,
  );
  expect((await glif(cwd, ["explain", "import/unknown-method"])).out).toMatch(
    /^error\[import\/unknown-method\]\n\nThe methods are those of AllenSDK/,
  );
  expect(readdirSync(cwd).sort()).toEqual(["a.json", "b.json"]);
});

test("wrong usage: a format there is not, a name that is none", async () => {
  const cwd = folderWith({ "neuron_config.json": CONFIG });
  const usage = async (...words: string[]): Promise<readonly [number, string]> => {
    const { code, err } = await glif(cwd, ["import", ...words]);
    return [code, err];
  };
  expect(await usage("alen", "neuron_config.json")).toEqual([
    2,
    "error: glif does not import alen\nhelp: did you mean allen?\n",
  ]);
  expect(await usage("constructor", "neuron_config.json")).toMatchObject([
    2,
    expect.stringMatching(/glif does not import constructor/),
  ]);
  for (const name of ["a b", "1st", "", "x}\nneuron Evil {"])
    expect((await usage("allen", "neuron_config.json", "--name", name))[0]).toBe(2);
  expect(await usage("allen", "neuron_config.json", "--name", "state")).toMatchObject([
    2,
    expect.stringMatching(/^error: state is no name for a neuron: /),
  ]);
  expect((await usage("allen"))[0]).toBe(2);
});
