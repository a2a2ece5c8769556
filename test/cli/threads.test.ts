// glif run --threads: the files of one thread, to the last byte.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "./helpers.ts";
import { execFileSync, spawnSync } from "node:child_process";

const NETWORK = `
neuron N {
  input I : mV/ms
  state V = 0 mV
  V' = -V/(10 ms) + I
  spike when V > 10 mV
  reset { V <- 0 mV }
}
synapse Jump { weight w : mV; on pre { post.V <- post.V + w } }
network M {
  population A = 2000 N { I = 1.2 mV/ms + 0.3 mV/ms*sqrt(1 ms)*ξ }
  connect A -> A by Jump as j { w = 0.1 mV, delay = 1 ms } random(p: 0.01)
}
experiment X of M { duration 20 ms; seed 3; record A[0..150].V }`;

const GLIF = resolve("dist/cli/glif.js");
const manifestIn = (folder: string): any => JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));

/** Code of this process's threads, run before their own. */
function inThreads(cwd: string, code: string): NodeJS.ProcessEnv {
  const path = join(cwd, "before.mjs");
  writeFileSync(path, `import { isMainThread } from "node:worker_threads"; if (!isMainThread) { ${code} }`);
  return { ...process.env, NODE_OPTIONS: `--import ${path}` };
}

test("a thread that ends before its time ends the run with an error; what was recorded before is kept", () => {
  const cwd = folderWith({ "m.glif": NETWORK });
  const run = (out: string, env = process.env) =>
    spawnSync(process.execPath, [GLIF, "run", "m.glif", "--threads", "2", "-q", "--no-figure", "--out", out], {
      cwd,
      env,
      encoding: "utf8",
    });
  // In the second slice, which is taken together like the first, whether that is faster or not.
  const dies =
    "const add = Atomics.add; let meetings = 0; Atomics.add = (...all) => { if (all[1] === 0 && ++meetings === 6) process.exit(3); return add(...all); }";
  expect(run("whole").status).toBe(0);
  const { status, stderr } = run("cut", inThreads(cwd, dies));
  expect([status, stderr]).toEqual([
    1,
    "error: a thread of the simulation has ended, and the state of its neurons is lost; in one thread, with --threads 1 or without `threads`, nothing hangs on others\n",
  ]);
  expect(manifestIn(join(cwd, "cut"))).toMatchObject({ complete: false, status: "stopped", threads: 2 });
  const [cut, whole] = ["cut", "whole"].map((out) => readFileSync(join(cwd, out, "traces.csv"), "utf8"));
  expect(cut?.length).toBeGreaterThan(1000);
  expect(cut?.length).toBeLessThan(whole?.length ?? 0);
  expect(whole?.startsWith(cut ?? "nothing")).toBe(true);
});

test("the manifest says how many threads took steps, and a run that was asked for more why they do not come", () => {
  const cwd = folderWith({
    "m.glif": NETWORK,
    "few.glif": NETWORK.replace("2000 N", "300 N"),
    "32.glif": NETWORK.replace("2000 N", "32 N").replace("[0..150]", "[0]"),
    "31.glif": NETWORK.replace("2000 N", "31 N").replace("[0..150]", "[0]"),
    "p.glif": NETWORK.replace("2000 N", "200 N")
      .replace("record", "spikes precise; record")
      .replace(" + 0.3 mV/ms*sqrt(1 ms)*ξ", ""),
  });
  const run = (...words: readonly string[]): readonly [string, unknown] => {
    const { stderr } = spawnSync(process.execPath, [GLIF, "run", ...words, "--no-figure", "--out", "out"], {
      cwd,
      encoding: "utf8",
    });
    return [stderr, manifestIn(join(cwd, "out")).threads];
  };
  expect(run("m.glif", "--threads", "2")).toEqual([expect.stringContaining(" s of wall time in 2 threads; "), 2]);
  expect(run("m.glif", "--threads", "1")).toEqual([expect.not.stringContaining("thread"), 1]);
  expect(run("p.glif", "--threads", "2")).toEqual([
    expect.stringContaining("--threads 2: the run takes one thread: spikes are located inside the step\n"),
    1,
  ]);
  expect(run("few.glif", "--threads", "2")).toEqual([
    expect.stringMatching(
      /--threads 2: the run takes one thread: threads would have to meet every 11 steps: two save about [\d.]+ µs of them, and a meeting takes about 35 µs\n/,
    ),
    1,
  ]);
  expect(run("m.glif", "--threads", "2", "--keep-module", "kept")).toEqual([
    expect.stringContaining("--threads 2: with --keep-module the run takes one thread\n"),
    1,
  ]);
});

test("spikes and traces are the same bytes with --threads 1, 2 and 3, and unless it is given", () => {
  const cwd = folderWith({ "m.glif": NETWORK });
  const files = [["--threads", "1"], ["--threads", "2"], ["--threads", "3"], []].map((threads, k) => {
    execFileSync(
      process.execPath,
      [resolve("dist/cli/glif.js"), "run", "m.glif", ...threads, "-q", "--no-figure", "--out", `out${k}`],
      { cwd },
    );
    return ["spikes.csv", "traces.csv"].map((name) => readFileSync(join(cwd, `out${k}`, name), "utf8"));
  });
  expect(files[0]?.[0]?.length).toBeGreaterThan(1000);
  for (const of of files) expect(of).toEqual(files[0]);
});

test("explain says whether the neurons can be divided, and why not", () => {
  const cwd = folderWith({
    "m.glif": NETWORK,
    "few.glif": NETWORK.replace("2000 N", "300 N"),
    "32.glif": NETWORK.replace("2000 N", "32 N").replace("[0..150]", "[0]"),
    "31.glif": NETWORK.replace("2000 N", "31 N").replace("[0..150]", "[0]"),
    "p.glif": NETWORK.replace("2000 N", "200 N")
      .replace("record", "spikes precise; record")
      .replace(" + 0.3 mV/ms*sqrt(1 ms)*ξ", ""),
  });
  const explained = (file: string): string =>
    execFileSync(process.execPath, [resolve("dist/cli/glif.js"), "explain", file, "X"], { cwd, encoding: "utf8" });
  expect(explained("m.glif")).toContain(
    "Threads can divide the neurons among them: they exchange spikes once a least delay.",
  );
  expect(explained("few.glif")).toMatch(
    /A run takes one thread: threads would have to meet every 11 steps: two save about [\d.]+ µs of them, and a meeting takes about 35 µs\./,
  );
  expect(explained("p.glif")).toContain("A run takes one thread: spikes are located inside the step.");
  // Of populations of fewer than 32 neurons nothing is said.
  expect(explained("32.glif")).toContain("A run takes one thread: ");
  expect(explained("31.glif")).not.toContain("thread");
});
