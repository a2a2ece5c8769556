// The systems side by side. Each keeps what it compiles in a folder of its own: an empty one means from nothing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { Workload } from "./workloads.ts";

export interface Outcome {
  /** The simulation's own time, s. */
  readonly seconds: number;
  /** Of the whole process, s. */
  readonly whole: number;
  /** Mean rate of all neurons, Hz. */
  readonly rate: number;
  /** Largest resident memory of the process that simulates, MB. */
  readonly megabytes: number;
}

export interface System {
  readonly name: string;
  /** Whether it is on this machine. */
  readonly present: () => boolean;
  readonly has: (workload: Workload) => boolean;
  /** From the model to the result, in one process. */
  readonly first: (workload: Workload) => Outcome;
  /** The simulation with everything compiled. */
  readonly again: (workload: Workload) => Outcome;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
export const GLIF = join(root, "dist", "cli", "glif.js");
export const PYTHON =
  ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, ["-c", ""]).status === 0) ?? "python3";

/** Runs a command to its end. Throws with what it said where it fails. */
export function run(
  command: string,
  words: readonly string[],
  cwd: string,
): { readonly stdout: string; readonly whole: number } {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: "utf8", cwd, maxBuffer: 1 << 26 });
  const whole = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) {
    const lines = stderr.trim().split("\n");
    throw new Error(
      error?.message ?? lines.find((line) => line.startsWith("error")) ?? (lines.at(-1) || `${command} failed`),
    );
  }
  return { stdout, whole };
}

function outcome({ stdout, whole }: { readonly stdout: string; readonly whole: number }): Outcome {
  return { ...(JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Omit<Outcome, "whole">), whole };
}

function madeFolder(...path: readonly string[]): string {
  const folder = join(...path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** One experiment of each workload: the k-th where it has so many. The first result comes from the command line, simulation times from the same sources in one file. */
export function glif(k: number, scratch: string): System {
  const bundle = join(scratch, "simulate.mjs");
  const model = (workload: Workload): readonly string[] => [
    join(here, "models", workload.file),
    workload.experiments[k]?.name ?? "",
  ];
  // What the process used at most is known at its end alone.
  const peak = join(scratch, "peak");
  const hook = `import { readFileSync, writeFileSync } from "node:fs"; process.on("exit", () => { writeFileSync(${JSON.stringify(peak)}, readFileSync("/proc/self/status")); });`;
  return {
    name: "glif",
    present: () => true,
    has: (workload) => workload.experiments[k] !== undefined,
    first(workload) {
      const watch = existsSync("/proc/self/status")
        ? ["--import", `data:text/javascript,${encodeURIComponent(hook)}`]
        : [];
      const { whole } = run(
        process.execPath,
        [...watch, GLIF, "run", ...model(workload), "--quiet", "--out", join(scratch, "glif", workload.name)],
        scratch,
      );
      return { seconds: NaN, whole, rate: NaN, megabytes: watch.length > 0 ? peakOf(readFileSync(peak, "utf8")) : NaN };
    },
    again(workload) {
      if (!existsSync(bundle))
        buildSync({
          entryPoints: [join(here, "simulate.ts")],
          bundle: true,
          platform: "node",
          format: "esm",
          outfile: bundle,
        });
      return outcome(run(process.execPath, [bundle, ...model(workload)], scratch));
    },
  };
}

export function peakOf(status: string): number {
  return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

export function brianStandalone(scratch: string): System {
  const firsts = new Map<string, Outcome>();
  const folder = (workload: Workload): string => madeFolder(scratch, "standalone", workload.name);
  return {
    name: "Brian2 C++ standalone",
    present: () => imports("brian2"),
    has: () => true,
    first(workload) {
      const made = outcome(
        run(PYTHON, [join(here, "brian2", "simulate.py"), workload.name, "standalone", folder(workload)], scratch),
      );
      firsts.set(workload.name, made);
      return made;
    },
    again(workload) {
      const made = firsts.get(workload.name) ?? this.first(workload);
      const { whole } = run("./main", [], folder(workload));
      const seconds = Number(
        readFileSync(join(folder(workload), "results", "last_run_info.txt"), "utf8").split(" ")[0],
      );
      return { ...made, seconds, whole };
    },
  };
}

export function brianCython(scratch: string): System {
  const simulate = (workload: Workload): Outcome =>
    outcome(
      run(
        PYTHON,
        [join(here, "brian2", "simulate.py"), workload.name, "cython", madeFolder(scratch, "cython")],
        scratch,
      ),
    );
  return {
    name: "Brian2 Cython",
    present: () => imports("brian2") && imports("Cython"),
    has: () => true,
    first: simulate,
    again: simulate,
  };
}

export function neuron(scratch: string): System {
  const simulate = (workload: Workload): Outcome =>
    outcome(run(PYTHON, [join(here, "neuron", "simulate.py"), workload.name, madeFolder(scratch, "neuron")], scratch));
  return {
    name: "NEURON",
    present: () => imports("neuron") && spawnSync("nrnivmodl", ["-unknown"]).error === undefined,
    has: (workload) => workload.neuron,
    first: simulate,
    again: simulate,
  };
}

export function imports(module: string): boolean {
  return spawnSync(PYTHON, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0;
}
