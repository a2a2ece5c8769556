// The built command, stopped by Ctrl-C and killed at any moment: what it had is there, and the same command ends with the same bytes. `npm run build` comes first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folderWith, LIF, STEP } from "./helpers.ts";

const MAIN = resolve("dist/cli/glif.js");
beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("dist is missing: npm run build");
});
const SLOW = { timeout: 180_000 };

/** Some seconds of work on two threads. */
const MODEL = `${LIF}neuron Noisy extends LIF { V' = (I_e - V)/τ + 1 mV/sqrt(ms)*ξ }
${STEP.replace("duration 100 ms", "duration 2 s")}comparison Both { models LIF, Noisy, Noisy { Θ = 8 mV } as "low"; under Step; measure rate, cv_isi, van_rossum(tau: 5 ms); seeds 60 }\n`;

function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name)).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Begins, waits until the journal has some lines, sends the signal; gives the exit code. */
async function stopped(cwd: string, signal: NodeJS.Signals, lines: number): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, "compare", "a.glif", "--out", "x", "--workers", "2", "-q"], { cwd, stdio: "ignore" });
  const ended = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
  const journal = join(cwd, "x/jobs.jsonl");
  while (child.exitCode === null && (!existsSync(journal) || readFileSync(journal, "utf8").split("\n").length - 2 < lines)) await new Promise((done) => setTimeout(done, 5));
  child.kill(signal);
  return ended;
}

test("Ctrl-C ends it with 130, keeps what there is, and the same command goes on to the same bytes; killed three times, too", SLOW, async () => {
  const cwd = folderWith({ "a.glif": MODEL });
  expect(spawnSync(process.execPath, [MAIN, "compare", "a.glif", "--out", "whole", "--workers", "1", "-q"], { cwd }).status).toBe(0);
  expect(await stopped(cwd, "SIGINT", 20)).toBe(130);
  expect(JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8")).complete).toBe(false);
  for (const lines of [40, 80, 120]) await stopped(cwd, "SIGKILL", lines);
  expect(readFileSync(join(cwd, "x/jobs.jsonl"), "utf8").split("\n").length).toBeGreaterThan(100);
  expect(spawnSync(process.execPath, [MAIN, "compare", "a.glif", "--out", "x", "-q"], { cwd }).status).toBe(0);
  expect(contents(join(cwd, "x"))).toEqual(contents(join(cwd, "whole")));
});
