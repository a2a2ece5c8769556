// The measured promises: glif beside Brian2 (C++ standalone) in one run, and the way from a cold start to spikes. Ratios are what counts.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const glif = join(root, "dist", "cli", "glif.js");
const folder = mkdtempSync(join(tmpdir(), "glif-bench-"));
const ROUNDS = 5;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function seconds(command: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", cwd: folder });
  if (status !== 0) throw new Error(stderr);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function repeated(command: (k: number) => readonly string[]): { readonly median: number; readonly least: number } {
  const times = Array.from({ length: ROUNDS }, (_, k) => seconds(command(k)));
  return { median: median(times), least: Math.min(...times) };
}

const row = (what: string, ...cells: string[]): void => console.log(`${what.padEnd(52)} ${cells.map((c) => c.padStart(14)).join(" ")}`);
const s = (x: number): string => `${x.toPrecision(3)} s`;

// ---- from a cold start

const hundred = join(folder, "hundred.glif");
const model = readFileSync(join(here, "models", "traub_miles.glif"), "utf8");
writeFileSync(hundred, `${model}\n${"// one line more\n".repeat(Math.max(0, 100 - model.split("\n").length))}`);

row("wall time of a whole process", "median", "least", "promise");
const run = repeated((k) => [glif, "run", join(root, "models", "glif.glif"), "CurrentStep", "--seed", "1", "--out", join(folder, `run${k}`)]);
row("glif run: 1 s of one GLIF neuron at 0.1 ms, cold", s(run.median), s(run.least), "1.0 s");
const check = repeated(() => [glif, "check", hundred]);
row("glif check: a file of 100 lines", s(check.median), s(check.least), "0.5 s");
const help = repeated(() => [glif, "--help"]);
row("glif --help", s(help.median), s(help.least), "0.15 s");

// ---- beside Brian2

const WORKLOADS = [
  { name: "glif", title: "100,000 GLIF neurons, 1 s at 0.1 ms", file: "glif_population.glif", experiment: "GlifPopulation", promise: 0.9 },
  { name: "traub_miles", title: "4,000 Traub-Miles cells, 1 s at 0.05 ms", file: "traub_miles.glif", experiment: "TraubMilesCells", promise: 0.6 },
];

const brian = spawnSync("/usr/bin/python3", ["-c", "import brian2"], { stdio: "ignore" }).status === 0;
console.log();
row("simulation alone", "glif", "Brian2 C++", "ratio", "promise");
for (const { name, title, file, experiment, promise } of WORKLOADS) {
  const simulate = (): { seconds: number; rate: number } => JSON.parse(execFileSync(process.execPath, ["--import", "tsx", join(here, "simulate.ts"), join(here, "models", file), experiment], { encoding: "utf8", cwd: root })) as { seconds: number; rate: number };
  const first = simulate();
  const theirs = brian ? (JSON.parse(execFileSync("/usr/bin/python3", [join(here, "brian2", "population.py"), name, "1"], { encoding: "utf8", cwd: folder }).trim().split("\n").at(-1) ?? "{}") as { seconds: number; rate: number }) : null;
  const second = simulate();
  const ours = (first.seconds + second.seconds) / 2;
  row(title, s(ours), theirs === null ? "not installed" : s(theirs.seconds), theirs === null ? "" : (ours / theirs.seconds).toFixed(2), `<= ${promise}`);
  row("  mean rate, which shows equal work", `${first.rate.toFixed(2)} Hz`, theirs === null ? "" : `${theirs.rate.toFixed(2)} Hz`);
}
rmSync(folder, { recursive: true });
