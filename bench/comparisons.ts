// The measured promises of comparisons: the five levels with 20 seeds, and how a sweep of 1,000 points scales with threads, in turn on one machine.
// npm run bench:comparisons [-- --rounds N]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type * as Jobs from "../src/compare/jobs.ts";
import type * as Prepare from "../src/compare/prepare.ts";
import type * as Points from "../src/compare/sweepPoints.ts";
import type * as Compile from "../src/compile.ts";
import type * as Hosts from "../src/simulate/fileHost.ts";
import type * as Runs from "../src/simulate/comparisonRuns.ts";
import { GLIF, run } from "./systems.ts";
import { asRatio, inSeconds, median, row } from "./table.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const option = process.argv.indexOf("--rounds");
const rounds = option < 0 ? 5 : Number(process.argv[option + 1]);
if (!(rounds >= 1)) {
  console.error("--rounds takes a number from 1 on");
  process.exit(2);
}

/** What is installed, not the sources through a loader: as users run it. */
async function built<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(root, "dist", "src", path)).href)) as T;
}

/** Eight independent chains of integer operations, which keep all of a core busy and touch no memory: what a second core adds to this it can add to anything. */
const SPIN = `
  const { parentPort } = require("node:worker_threads");
  function spin(n) {
    let a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
    for (let i = 0; i < n; i++) {
      a = (Math.imul(a, 3) + i) | 0; b = ((b ^ (b << 1)) + i) | 0; c = (c + (c >>> 3)) ^ i; d = (d - (d << 2)) ^ i;
      e = (e + (e << 3)) ^ i; f = ((f ^ (f >>> 5)) + i) | 0; g = (g + (g << 1)) ^ i; h = (h - (h >>> 2) + i) | 0;
    }
    return a + b + c + d + e + f + g + h;
  }
  parentPort.on("message", () => parentPort.postMessage(spin(1e8)));`;

const scratch = mkdtempSync(join(tmpdir(), "glif-bench-"));
try {
  const file = join(scratch, "levels.glif");
  cpSync(join(here, "models", "levels.glif"), file);
  const axon = join(scratch, "axon.glif");
  cpSync(join(here, "models", "axon.glif"), axon);
  console.log();
  row("whole process", "median", "least", "promise");
  const levels = times(
    () =>
      run(process.execPath, [GLIF, "compare", file, "Levels", "--out", join(scratch, "levels"), "-q"], scratch).whole,
  );
  row("glif compare: five levels, 20 seeds", inSeconds(median(levels)), inSeconds(Math.min(...levels)), "<= 5 s");

  console.log();
  row("sweep of 1,000 points, one neuron for 1 s", "1 worker", "2 workers", "ratio", "promise");
  const sweep = (path: string, workers: number) => (): number =>
    run(
      process.execPath,
      [
        GLIF,
        "compare",
        path,
        "Thousand",
        "--workers",
        String(workers),
        "--no-step-check",
        "--out",
        `${path}-${workers}`,
        "-q",
      ],
      scratch,
    ).whole;
  scaling("  whole process, GLIF5 with noise", inTurn([sweep(file, 1), sweep(file, 2)]), "");
  scaling("  whole process, Hodgkin-Huxley", inTurn([sweep(axon, 1), sweep(axon, 2)]), "");
  const processes = (count: number) => (): Promise<number> =>
    atOnce(count, (k) => [
      "compare",
      file,
      "Thousand",
      "--workers",
      "1",
      "--no-step-check",
      "--out",
      join(scratch, `process${k}`),
      "-q",
    ]);
  const [single = [], double = []] = await inTurnAsync([processes(1), processes(2)]);
  row(
    "  what the machine gives: two processes, each all of it",
    inSeconds(median(single)),
    `${inSeconds(median(double))} / 2`,
    asRatio(median(single.map((t, k) => (2 * t) / (double[k] ?? NaN)))),
    "",
  );
  const spinners = [new Worker(SPIN, { eval: true }), new Worker(SPIN, { eval: true })];
  const spin = (threads: number) => (): Promise<number> => spinning(spinners.slice(0, threads));
  for (let k = 0; k < 3; k++) await spin(2)();
  const [one = [], two = []] = await inTurnAsync([spin(1), spin(2)]);
  row(
    "  what the machine gives: two threads of integer arithmetic",
    inSeconds(median(one)),
    `${inSeconds(median(two))} / 2`,
    asRatio(median(one.map((t, k) => (2 * t) / (two[k] ?? NaN)))),
    "",
  );
  await Promise.all(spinners.map((w) => w.terminate()));
  for (const [what, path] of [
    ["GLIF5 with noise", file],
    ["Hodgkin-Huxley", axon],
  ] as const) {
    const alone = await sweepAlone(path);
    scaling(`  the runs alone, ${what}`, await inTurnAsync([() => alone(1), () => alone(2)]), ">= 1.8");
  }
  const same = [file, axon].every((path) => {
    const [one, two] = [1, 2].map((k) => readFileSync(join(`${path}-${k}`, "comparison.json"), "utf8"));
    return one === two;
  });
  console.log(same ? "both gave the same bytes" : "THE RESULTS DIFFER");
} finally {
  rmSync(scratch, { recursive: true });
}

function scaling(what: string, [one = [], two = []]: readonly (readonly number[])[], promise: string): void {
  row(
    what,
    inSeconds(median(one)),
    inSeconds(median(two)),
    asRatio(median(one.map((t, k) => t / (two[k] ?? NaN)))),
    promise,
  );
}

function times(action: () => number): number[] {
  return Array.from({ length: rounds }, action);
}

/** Seconds until so many processes of glif, started together, are over. */
async function atOnce(count: number, words: (k: number) => readonly string[]): Promise<number> {
  const begin = process.hrtime.bigint();
  await Promise.all(
    Array.from({ length: count }, async (_, k) => {
      const child = spawn(process.execPath, [GLIF, ...words(k)], { stdio: "ignore" });
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`glif ended with ${code}`);
    }),
  );
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

async function spinning(workers: readonly Worker[]): Promise<number> {
  const begin = process.hrtime.bigint();
  await Promise.all(
    workers.map((worker) => {
      worker.postMessage(null);
      return once(worker, "message");
    }),
  );
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

/** A B A B …: what else goes on on the machine meets all of them alike. */
function inTurn(actions: readonly (() => number)[]): number[][] {
  const found = actions.map((): number[] => []);
  for (let round = 0; round < rounds; round++) actions.forEach((action, k) => found[k]?.push(action()));
  return found;
}

async function inTurnAsync(actions: readonly (() => Promise<number>)[]): Promise<number[][]> {
  const found = actions.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [k, action] of actions.entries()) found[k]?.push(await action());
  return found;
}

/** Seconds that the runs of the sweep take, in this process that has compiled everything before. */
async function sweepAlone(path: string): Promise<(workers: number) => Promise<number>> {
  const [{ check }, { openProject }, { prepare }, { sweepPlan }, { jobsOf }, { runJobs }] = await Promise.all([
    built<typeof Compile>("compile.js"),
    built<typeof Hosts>("simulate/fileHost.js"),
    built<typeof Prepare>("compare/prepare.js"),
    built<typeof Points>("compare/sweepPoints.js"),
    built<typeof Jobs>("compare/jobs.js"),
    built<typeof Runs>("simulate/comparisonRuns.js"),
  ]);
  const project = openProject(path, { cwd: scratch, models: join(root, "models") });
  if ("problem" in project) throw new Error(project.problem);
  const comparison = check(project.main, project.host).program?.comparisons.find((c) => c.name === "Thousand");
  if (comparison === undefined) throw new Error("the comparison has mistakes");
  const { prepared } = prepare(comparison);
  const jobs = jobsOf(prepared, sweepPlan(comparison, 1), { seeds: 1, stepCheck: false });
  // The bundle: what `glif` starts its threads with.
  const entry = pathToFileURL(join(root, "dist", "cli", "worker.js"));
  return async (workers) => {
    const begin = process.hrtime.bigint();
    await runJobs(prepared, jobs, {
      workers,
      stopped: () => false,
      progress: () => {},
      journal: null,
      recording: null,
      entry,
    });
    return Number(process.hrtime.bigint() - begin) / 1e9;
  };
}
