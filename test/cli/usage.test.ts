// F07: wrong usage ends with 2 and says what is right; help and version are data.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

const refused: readonly (readonly [words: readonly string[], saying: RegExp])[] = [
  [["run", "a.glif", "--seed", "abc"], /'--seed <N>' argument 'abc' is invalid. A seed is a whole number/],
  [["run", "a.glif", "--seed", "-1"], /'-1' is invalid/],
  [["run", "a.glif", "--seed", "18446744073709551616"], /'18446744073709551616' is invalid/],
  [["run", "a.glif", "--seed", "9007199254740992"], /is invalid/],
  [["run", "a.glif", "--seed", "1.5"], /is invalid/],
  [["run", "a.glif", "--seed", "1e3"], /is invalid/],
  [["run", "a.glif", "--seed", ""], /is invalid/],
  [["run", "a.glif", "--seed"], /argument missing/],
  [["run", "a.glif", "--sed", "3"], /unknown option '--sed'\n\(Did you mean one of --seed, --set\?\)/],
  [["run", "a.glif", "--set", "V"], /Write a name, = and a value/],
  [["run", "a.glif", "--set", "=3"], /Write a name, = and a value/],
  [["run"], /missing required argument 'FILE'/],
  [["run", "a.glif", "Step", "more"], /too many arguments/],
  [["rnu", "a.glif"], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  [["check"], /missing required argument/],
  [["compile", "a.glif", "--standalon"], /Did you mean --standalone\?/],
  [["run", "a.glif", "Stp"], /a.glif has no experiment Stp; did you mean Step\?/],
  [["compile", "a.glif", "Nothing"], /a.glif has no experiment or neuron Nothing; there are Step, LIF/],
  [["run", "two.glif"], /two.glif has several; name the one you mean: Step, Other/],
  [["run", "a.glif", "--out", "a.glif"], /--out a.glif is a file, not a folder/],
  [["run", "a.glif", "--out", "."], /holds files that are no earlier run/],
  [["explain", "units/mismatched-term"], /there is no diagnostic units\/mismatched-term.*\nhelp: did you mean units\/mismatched-terms or/],
  [[], /Usage: glif COMMAND/],
];

test.each(refused)("glif %j", async (words, saying) => {
  const cwd = folderWith({ "a.glif": LIF + STEP, "two.glif": LIF + STEP + STEP.replace("Step", "Other") });
  const { code, out, err } = await glif(cwd, words);
  expect(err).toMatch(saying);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(readFileSync(`${cwd}/a.glif`, "utf8")).toBe(LIF + STEP);
});

test("nothing of a command line moves the cursor or begins a line of its own", async () => {
  const name = "a\u001b[31m\nb.glif";
  const cwd = folderWith({ [name]: LIF + STEP, "a.glif": LIF + STEP });
  const shown = "a␛[31m␊b.glif";
  expect(await glif(cwd, ["check", name])).toEqual({ code: 0, out: "", err: `${shown}: ok, 1 neuron, 1 experiment\n` });
  for (const words of [["run", "a.glif", `--${name}`], ["run", "a.glif", "--seed", name], ["run", "a.glif", `--seed=${name}`], ["run", "a.glif", "--out", name], [name], ["run", "a.glif", name], ["compile", "a.glif", "-o", name]]) {
    const { err } = await glif(cwd, words);
    expect([words, err.includes(shown), err.includes("\u001b"), err.includes("\nb.glif")]).toEqual([words, true, false, false]);
  }
});

test("an empty name is none, whatever variable it came from", async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP });
  for (const words of [["compile", "a.glif", "-o", ""], ["import", "allen", "a.json", "-o", ""], ["run", "a.glif", "--out", ""], ["sweep", "a.glif", "--out", ""], ["init", ""]]) {
    expect([words, await glif(cwd, words)]).toEqual([words, { code: 2, out: "", err: expect.stringMatching(/'' is invalid.*It is empty: name a file or a folder/) }]);
  }
});

test("a recording and a model of any name; the command that gives the numbers again names them", async () => {
  const cwd = folderWith({ "-x.glif": LIF + STEP, 'a"b.csv': "t_ms,neuron\n12,0\n" });
  const { code, err } = await glif(cwd, ["sweep", "--over", "Θ over [5, 10] mV", "--measure", "coincidence", "--reference", 'a"b.csv', "--out", "x", "--duration", "60 ms", "--step", "0.05 ms", "-q", "--", "-x.glif"]);
  expect([code, err]).toEqual([0, ""]);
  expect(readFileSync(`${cwd}/x/report.md`, "utf8")).toContain(`glif sweep ./-x.glif Step --over 'Θ over [5, 10] mV' --measure coincidence --reference 'a"b.csv' --duration '60 ms' --step '0.05 ms'`);
  const { experiments, about } = JSON.parse(readFileSync(`${cwd}/x/comparison.json`, "utf8"));
  expect([experiments[0].duration, about.command.length]).toEqual([60, 13]);
  expect((await glif(cwd, ["sweep", "./-x.glif", "--over", "Θ over [5, 10] mV", "--step", "1 mV"])).err).toContain("--step:1:1");
});

test("seeds from 0 to 2^53 - 1 are taken", async () => {
  const cwd = folderWith({ "a.glif": LIF + STEP });
  for (const seed of ["0", "9007199254740991"]) {
    const { code, out } = await glif(cwd, ["run", "a.glif", "--seed", seed, "--json", "--quiet", "--out", "here"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).seed).toBe(Number(seed));
  }
});

test("every command has help with examples, on standard output", async () => {
  const whole = await glif(folderWith(), ["--help"]);
  expect(whole.code).toBe(0);
  expect(whole.err).toBe("");
  for (const command of ["init", "check", "compile", "run", "explain", "diff"]) {
    expect(whole.out).toContain(`\n  ${command} `);
    const { code, out, err } = await glif(folderWith(), [command, "--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^Usage: glif ${command} `));
    expect(out).toMatch(new RegExp(`Examples:\\n  glif ${command}`));
  }
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(await glif(folderWith(), ["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});
