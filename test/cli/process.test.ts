// The built command as a process: what only a real one shows. `npm run build` comes first.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folderWith, LIF, STEP } from "./helpers.ts";

const MAIN = resolve("dist/src/cli/main.js");
beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("dist is missing: npm run build");
});
const LONG = LIF + STEP.replace("100 ms", "1000000 s").replace("record V every 0.5 ms", "");
const SLOW = { timeout: 60_000 };

function started(words: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [MAIN, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; err: string }>((done) =>
    child.on("close", (code, signal) => done({ code, signal, err })),
  );
  return { child, ended };
}

/** Until the run has made its folder, and so has begun. */
async function running(cwd: string): Promise<void> {
  while (!existsSync(join(cwd, "out/Step-1"))) await new Promise((r) => setTimeout(r, 20));
  await new Promise((r) => setTimeout(r, 300));
}

test("I02: one SIGINT writes what there is and exits with 130", SLOW, async () => {
  const cwd = folderWith({ "lif.glif": LONG });
  const { child, ended } = started(["run", "lif.glif"], cwd);
  await running(cwd);
  child.kill("SIGINT");
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain("interrupted; what there is, is in out/Step-1");
  expect(JSON.parse(readFileSync(join(cwd, "out/Step-1/manifest.json"), "utf8"))).toMatchObject({
    complete: false,
    reason: "interrupted",
  });
  expect(readFileSync(join(cwd, "out/Step-1/spikes.csv"), "utf8")).toMatch(
    /^t_ms,population,neuron\n17,LIF,0\n[^]*\n$/,
  );
});

test("I02: SIGTERM does the same and exits with 143", SLOW, async () => {
  const cwd = folderWith({ "lif.glif": LONG });
  const { child, ended } = started(["run", "lif.glif"], cwd);
  await running(cwd);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(143);
  expect(existsSync(join(cwd, "out/Step-1/manifest.json"))).toBe(true);
});

test("F06: a reader that goes away is no error", SLOW, () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-o",
      "pipefail",
      "-c",
      `${process.execPath} ${MAIN} explain lif.glif | head -1; echo "\${PIPESTATUS[0]}"; for i in 1 2 3; do ${process.execPath} ${MAIN} run lif.glif --json --quiet | true; echo "\${PIPESTATUS[0]}"; done`,
    ],
    { cwd, encoding: "utf8" },
  );
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n").slice(-4)).toEqual(["0", "0", "0", "0"]);
});

test("F06: a megabyte of JSON arrives whole in a pipe", SLOW, () => {
  const lines = Array.from({ length: 1200 }, (_, k) => `neuron A${k} { state V = 0 mV; V' = 1 mV }`);
  const cwd = folderWith({ "bad.glif": lines.join("\n") });
  const { stdout, status } = spawnSync(
    "bash",
    ["-o", "pipefail", "-c", `${process.execPath} ${MAIN} check --json bad.glif | (sleep 0.5; cat)`],
    { cwd, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  expect(status).toBe(1);
  expect(stdout.length).toBeGreaterThan(1_000_000);
  expect(JSON.parse(stdout).errors).toBe(1200);
});

test.skipIf(!existsSync("/dev/full"))("a full disk behind standard output is told, exit 1", SLOW, () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [MAIN, "explain", "lif.glif"], {
    cwd,
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  expect([status, stderr]).toEqual([1, "error: cannot write to standard output: the disk is full\n"]);
});

test("F09: neither a home nor the language of the system changes a byte", SLOW, () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const environments: readonly Record<string, string>[] = [
    { LANG: "C" },
    { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Tokyo" },
  ];
  environments.forEach((env, k) => {
    const { status } = spawnSync(process.execPath, [MAIN, "run", "lif.glif", "--quiet", "--out", `run${k}`], {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", ...env },
    });
    expect(status).toBe(0);
  });
  for (const name of ["spikes.csv", "traces.csv", "figure.svg"])
    expect(readFileSync(join(cwd, "run1", name)).equals(readFileSync(join(cwd, "run0", name))), name).toBe(true);
});

test("colour is for terminals, or where it is asked for", SLOW, () => {
  const cwd = folderWith({ "bad.glif": "neuron A { state V = 0 mV; V' = 1 mV }\n" });
  const said = (env: Record<string, string>): string =>
    spawnSync(process.execPath, [MAIN, "check", "bad.glif"], {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", ...env },
      encoding: "utf8",
    }).stderr;
  expect(said({})).not.toContain("\u001b");
  expect(said({ FORCE_COLOR: "1" })).toContain("\u001b[1;31merror");
  expect(said({ FORCE_COLOR: "0" })).not.toContain("\u001b");
});
