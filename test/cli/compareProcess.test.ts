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
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.\w+$/.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Begins, waits until the journal has some lines, sends the signal; gives the exit code. */
async function stopped(cwd: string, signal: NodeJS.Signals, lines: number): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, "compare", "a.glif", "--out", "x", "--workers", "2", "-q"], {
    cwd,
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
  const journal = join(cwd, "x/jobs.jsonl");
  while (
    child.exitCode === null &&
    (!existsSync(journal) || readFileSync(journal, "utf8").split("\n").length - 2 < lines)
  )
    await new Promise((done) => setTimeout(done, 5));
  child.kill(signal);
  return ended;
}

test(
  "Ctrl-C ends it with 130, keeps what there is, and the same command goes on to the same bytes; killed three times, too",
  SLOW,
  async () => {
    const cwd = folderWith({ "a.glif": MODEL });
    expect(
      spawnSync(process.execPath, [MAIN, "compare", "a.glif", "--out", "whole", "--workers", "1", "-q"], { cwd })
        .status,
    ).toBe(0);
    expect(await stopped(cwd, "SIGINT", 20)).toBe(130);
    expect(JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8")).complete).toBe(false);
    for (const lines of [40, 80, 120]) await stopped(cwd, "SIGKILL", lines);
    expect(readFileSync(join(cwd, "x/jobs.jsonl"), "utf8").split("\n").length).toBeGreaterThan(100);
    expect(spawnSync(process.execPath, [MAIN, "compare", "a.glif", "--out", "x", "-q"], { cwd }).status).toBe(0);
    expect(contents(join(cwd, "x"))).toEqual(contents(join(cwd, "whole")));
  },
);

test(
  "a comparison that is killed in another's folder leaves nothing of that one beside what says that it is not over",
  SLOW,
  async () => {
    const cwd = folderWith({ "a.glif": MODEL, "b.glif": `${LIF}${STEP}` });
    expect(
      spawnSync(
        process.execPath,
        [MAIN, "sweep", "b.glif", "--over", "t_ref over [1, 2] ms", "--measure", "rate", "--out", "x", "-q"],
        { cwd },
      ).status,
    ).toBe(0);
    expect(readdirSync(join(cwd, "x"))).toContain("sweep.csv");
    await stopped(cwd, "SIGKILL", 20);
    expect(readdirSync(join(cwd, "x")).sort()).toEqual([".glif-lock", "comparison.json", "jobs.jsonl"]);
    expect(JSON.parse(readFileSync(join(cwd, "x/comparison.json"), "utf8"))).toEqual({
      format: "glif-comparison 1",
      name: "Both",
      complete: false,
      reason: "it is not over, or was killed",
    });
  },
);

/** A file system of its own with little room, where the system lets one be mounted. */
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-Urm", "bash", "-c", "mount -t tmpfs -o size=16k tmpfs /mnt"]).status === 0;
test.skipIf(!canMount)(
  "a disk that fills up: exit 1, no result that calls itself complete; a journal that does not fit does not cost results that would",
  SLOW,
  () => {
    const cwd = folderWith({
      "b.glif": `${LIF}${STEP}`,
      "noisy.glif": `${LIF}neuron Noisy extends LIF { V' = (I_e - V)/τ + 1 mV/sqrt(ms)*ξ }\n${STEP.replace("of LIF", "of Noisy")}`,
    });
    const sweep = (size: string, file: string, words: string): { readonly out: string; readonly err: string } => {
      const script = `mount -t tmpfs -o size=${size} tmpfs /mnt
      ${process.execPath} ${MAIN} sweep ${file} --measure rate --no-step-check --out /mnt/s -q ${words}; echo $?; ls /mnt/s; cat /mnt/s/comparison.json`;
      const { stdout, stderr } = spawnSync("unshare", ["-Urm", "bash", "-c", script], { cwd, encoding: "utf8" });
      return { out: stdout, err: stderr };
    };
    const full = sweep("36k", "b.glif", `--over "t_ref over 1 ms .. 5 ms in 41 steps"`);
    expect(full.err).toMatch(/error: cannot write \/mnt\/s\/report.html: the disk is full/);
    expect(full.out).toMatch(
      /^1\n[^]*sweep.csv[^]*"complete": false,\n +"reason": "cannot write [^\n]*the disk is full/,
    );
    // Some hundred runs, whose journal is much larger than what they come to.
    const tight = sweep("32k", "noisy.glif", `--over "t_ref over 1 ms .. 5 ms in 5 steps" --seeds 40 --format csv`);
    expect(tight).toEqual({
      err: "",
      out: expect.stringMatching(/^0\ncomparison.json\nmeasures.csv\nsweep.csv\n[^]*"complete": true/),
    });
  },
);
