// When output is coloured, how progress is told, and how long a line gets.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { progressOf } from "../../src/cli/progress.ts";
import { wantsColor, type Terminal } from "../../src/cli/terminal.ts";
import { folderWith, glif } from "./helpers.ts";

test("colour: FORCE_COLOR, then NO_COLOR, then whether it is a terminal", () => {
  expect(wantsColor(true, {})).toBe(true);
  expect(wantsColor(undefined, {})).toBe(false);
  expect(wantsColor(true, { NO_COLOR: "1" })).toBe(false);
  expect(wantsColor(true, { NO_COLOR: "" })).toBe(true);
  expect(wantsColor(true, { TERM: "dumb" })).toBe(false);
  expect(wantsColor(false, { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(true);
  expect(wantsColor(true, { FORCE_COLOR: "0" })).toBe(false);
});

/** What is said while a network is built for some seconds and then simulated for some. */
function told(watched: boolean, seconds: number, building = 0): string {
  let err = "";
  const terminal = { watched, columns: 80, err: (text: string) => (err += text) } as unknown as Terminal;
  let now = 0;
  const progress = progressOf(terminal, 1000, 1, () => now);
  for (let k = 0; building > 0 && k <= 100; k++) {
    now = (k / 100) * building * 1000;
    progress.creating(k / 100);
  }
  for (let step = 0; step <= 1000; step += 5) {
    now = (building + (step / 1000) * seconds) * 1000;
    progress.update(step);
  }
  progress.close();
  return err;
}

test("a short run says nothing on its way: in a log one of ten seconds, on a terminal of half a second", () => {
  expect(told(false, 9.9)).toBe("");
  expect(told(false, 9.9, 9.9)).toBe("");
  expect(told(true, 0.4)).toBe("");
  expect(told(true, 0.4, 0.4)).toBe("");
});

test("in a log a line every tenth, once ten seconds are over", () => {
  const simulated = [..."56789"].map((d) => `${d}0 %  ${d}00 ms of 1 s`);
  expect(told(false, 20).split("\n")).toEqual([...simulated, ""]);
  expect(told(false, 20, 30).split("\n")).toEqual([
    ...[..."3456789"].map((d) => `${d}0 %  building`),
    ...simulated,
    "",
  ]);
});

test("on a terminal a bar that is drawn ten times a second at most and taken away at the end", () => {
  const bars = told(true, 5)
    .split("\r\u001b[2K")
    .filter((bar) => bar !== "");
  expect(bars.length).toBeGreaterThan(30);
  expect(bars.length).toBeLessThanOrEqual(50);
  expect(bars.every((bar) => bar.length < 80 && !bar.includes("\n"))).toBe(true);
  expect(bars[10]).toMatch(/^█+░+ {2}\d+ % {2}\d+ ms {2}about \d s left$/);
  expect(told(true, 5).endsWith("\r\u001b[2K")).toBe(true);
  expect(told(true, 5, 5)).toMatch(/█+░+ {2}\d+ % {2}building {2}about \d s left/);
});

test(
  "names of ten thousand characters are cut in every table, message and figure; in files of numbers they are whole",
  { timeout: 60_000 },
  async () => {
    const [model, state, param, run] = ["N", "s", "p", "E"].map((letter) => letter + "a".repeat(10_000)) as [
      string,
      string,
      string,
      string,
    ];
    const text = `neuron ${model} {\n  param ${param} = 1\n  state ${state} = 0 mV\n  let l = ${param}*${state}\n  ${state}' = (${param}*1 mV - ${state})/(10 ms)\n  spike when ${state} > 0.5 mV\n  reset { ${state} <- 0 mV }\n}\nexperiment ${run} of ${model} { duration 20 ms; step 0.1 ms; record ${state}, l }\n`;
    const cwd = folderWith({
      "a.glif": text,
      "b.glif": text.replace("> 0.5", "> 0.25"),
      "wrong.glif": text.replace(`= ${param}*`, `= ${param}b*`),
    });
    const commands = [
      ["check", "a.glif"],
      ["explain", "a.glif"],
      ["check", "wrong.glif"],
      ["diff", "a.glif", "b.glif"],
      ["run", "a.glif", run, "--out", "run"],
      ["run", "a.glif", "E", "--out", "no"],
      ["sweep", "a.glif", "--over", `${param} over [1, 2]`, "--measure", "rate", "--out", "sweep"],
    ];
    for (const words of commands) {
      const { out, err } = await glif(cwd, words);
      expect(out + err).not.toBe("");
      expect(Math.max(...(out + err).split("\n").map((line) => line.length)), words[0]).toBeLessThan(600);
    }
    expect(readFileSync(join(cwd, "run/figure.svg"), "utf8")).not.toMatch(/a{200}/);
    expect(readFileSync(join(cwd, "run/traces.csv"), "utf8").split("\n")[0]).toContain(state);
  },
);
