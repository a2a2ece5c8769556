// glif run --threads: the files of one thread, to the last byte.
import { readFileSync } from "node:fs";
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

test("--threads says why one thread takes the steps, where more cannot pay", () => {
  const cwd = folderWith({ "few.glif": NETWORK.replace("2000 N", "300 N"), "many.glif": NETWORK });
  const said = (file: string, ...threads: string[]): string => {
    const command = [resolve("dist/cli/glif.js"), "run", file, ...threads, "--no-figure"];
    return spawnSync(process.execPath, command, { cwd, encoding: "utf8" }).stderr;
  };
  const why = /one thread: threads would have to meet every 11 steps: two save about [\d.]+ µs of them, and a meeting/;
  expect(said("few.glif", "--threads", "2")).toMatch(why);
  expect(said("many.glif", "--threads", "2")).not.toContain("one thread: ");
});

test("explain says whether the neurons can be divided, and why not", () => {
  const cwd = folderWith({
    "m.glif": NETWORK,
    "few.glif": NETWORK.replace("2000 N", "300 N"),
    "p.glif": NETWORK.replace("record", "spikes precise; record").replace(" + 0.3 mV/ms*sqrt(1 ms)*ξ", ""),
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
});
