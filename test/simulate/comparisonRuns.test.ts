// Runs of a comparison on threads: the same bits however many there are and whatever they were stopped by. `npm run build` comes first: threads start from dist.
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test, vi } from "vitest";
import { comparisonJson as jsonPieces } from "../../src/report/json.ts";
import type { JobOutcome } from "../../src/compare/outcome.ts";
import { journalAt, openJournal } from "../../src/simulate/journal.ts";
import { recruit, runTasks, type Crew } from "../../src/simulate/workers/pool.ts";
import type { TaskResult, WorkerTask } from "../../src/simulate/workers/protocol.ts";
import { NEURONS, outcomesOf, readyFrom, resultOf } from "../compare/helpers.ts";
import { folder } from "./helpers.ts";

const WORKER = resolve("dist/cli/worker.js");
beforeAll(() => {
  if (!existsSync(WORKER)) throw new Error("dist is missing: npm run build");
});
const entry = pathToFileURL(WORKER);
const comparisonJson = (of: Parameters<typeof jsonPieces>[0]): string => [...jsonPieces(of)].join("");
const SLOW = { timeout: 120_000 };

/** Everything that goes between them: distances, repeats, traces, a sweep, a point that fails. */
const EVERYTHING = `${NEURONS}
comparison C { models Noisy, Slow, LIF; under Drive; measure rate, cv_isi, van_rossum, explained_variance, trace_rmse(V), f_I; seeds 4; sweep τ over [2, 5, 10, 20, 0] ms }`;

test("the number of workers changes no bit, and whether runs go together", SLOW, async () => {
  const ready = readyFrom(EVERYTHING);
  const results: string[] = [];
  for (const workers of [1, 2, 3, 7])
    for (const togetherFrom of workers === 3 ? [0] : [0, Infinity]) {
      const outcomes = await outcomesOf(ready, { workers, entry, threadsFrom: 0, togetherFrom });
      expect(outcomes.size).toBe(ready.jobs.length);
      results.push(comparisonJson(resultOf(ready, outcomes)));
    }
  expect(new Set(results).size).toBe(1);
});

test(
  "a comparison that was stopped goes on where it was, to the same bits; a torn last line is taken again",
  SLOW,
  async () => {
    const text = `${NEURONS}comparison C { models Noisy, Slow, LIF; under Drive; measure rate, van_rossum, trace_rmse(V), explained_variance; seeds 3; sweep Θ over [5, 10] mV }`;
    const ready = readyFrom(text);
    const whole = await outcomesOf(ready);
    for (const stopAfter of [0, 1, 7, 20, ready.jobs.length - 1]) {
      const path = join(folder(), "jobs.jsonl");
      let over = 0;
      const journal = openJournal<JobOutcome>(path, "this");
      await outcomesOf(ready, {
        journal,
        togetherFrom: 0,
        stopped: () => over >= stopAfter,
        progress: (_, n) => (over = n),
      });
      journal.close();
      const kept = readFileSync(path, "utf8");
      appendFileSync(path, kept.split("\n").at(-2)?.slice(0, 40) ?? "");
      const again = openJournal<JobOutcome>(path, "this");
      expect(again.earlier.size).toBe(kept.split("\n").length - 2);
      let runs = 0;
      const outcomes = await outcomesOf(ready, { journal: again, progress: (_, n) => (runs = n) });
      again.close();
      // References are run again where others need them, no more than these.
      expect(runs).toBeLessThanOrEqual(
        ready.jobs.length - again.earlier.size + ready.jobs.filter((job) => job.isReference).length,
      );
      expect([...outcomes].sort()).toEqual([...whole].sort());
      expect(comparisonJson(resultOf(ready, outcomes))).toBe(comparisonJson(resultOf(ready, whole)));
    }
  },
);

test("whatever byte a journal ends at, its whole lines are good", () => {
  const path = join(folder(), "jobs.jsonl");
  const journal = openJournal<{ readonly x: number; readonly t: Float64Array }>(path, "this");
  const entries = [0.1, -0, 1e-310, 3].map((x) => ({ x, t: Float64Array.of(x, 1 / 3, NaN) }));
  entries.forEach((entry, k) => journal.add(`job ${k}`, entry));
  journal.close();
  const bytes = readFileSync(path);
  for (let length = bytes.length; length >= 0; length -= 13) {
    writeFileSync(path, bytes);
    truncateSync(path, length);
    const lines = bytes.subarray(0, length).toString().split("\n").length - 1;
    const again = openJournal<{ readonly x: number; readonly t: Float64Array }>(path, "this");
    expect(again.earlier.size).toBe(Math.max(0, lines - 1));
    for (const [key, entry] of again.earlier) expect(entry).toEqual(entries[Number(key.slice(4))]);
    again.close();
  }
  expect(journalAt(path)).toEqual({ of: "this" });
  expect(openJournal(path, "another").earlier.size).toBe(0);
});

test("a line that was changed by hand counts for nothing: its run is taken again", () => {
  const path = join(folder(), "jobs.jsonl");
  const journal = openJournal<{ readonly rate: number }>(path, "this");
  for (const k of [1, 2, 3]) journal.add(`job ${k}`, { rate: k + 0.5 });
  journal.close();
  const text = readFileSync(path, "utf8");
  const kept = (changed: string): readonly string[] => {
    writeFileSync(path, changed);
    const again = openJournal(path, "this");
    again.close();
    return [...again.earlier.keys()];
  };
  expect(kept(text)).toEqual(["job 1", "job 2", "job 3"]);
  expect(kept(text.replace("2.5", "9.5"))).toEqual(["job 1", "job 3"]);
  expect(kept(text.replace("job 3", "job 4"))).toEqual(["job 1", "job 2"]);
  expect(kept(text.replace(/,"sha256":"\w+"\}\n$/, "}\n"))).toEqual(["job 1", "job 2"]);
});

test("lines of any length are read back, and it goes on after them; what does not fit is told and costs nothing else", () => {
  const path = join(folder(), "jobs.jsonl");
  const journal = openJournal<string>(path, "this");
  const texts = [1, 262_130, 262_144, 700_000, 3].map((length, k) => "é".repeat(length) + k);
  texts.forEach((text, k) => journal.add(String(k), text));
  journal.close();
  const again = openJournal<string>(path, "this");
  expect([...again.earlier]).toEqual(texts.map((text, k) => [String(k), text]));
  again.add("more", "text");
  again.close();
  expect(openJournal<string>(path, "this").earlier.get("more")).toBe("text");
  expect(again.problem).toBeNull();
  if (!existsSync("/dev/full")) return;
  const full = openJournal<string>("/dev/full", "this");
  full.add("a", "x".repeat(200_000));
  full.add("b", "y");
  full.close();
  expect(full.problem).toBe("cannot write /dev/full: the disk is full");
});

const task: WorkerTask = {
  program: 0,
  own: null,
  half: false,
  runs: [{ seed: 1, values: [], against: { runs: [], repeats: [] }, figure: "nothing", keep: false }],
};
const program = (text: string) => ({
  runner: {
    alone: { name: "m", imports: ["simulate"], text, pairs: [], leastSize: 64 },
    together: null,
    because: "",
    population: "",
    free: [],
    draws: [],
  },
  case: { step: 0.1, steps: 10, measured: [], drawn: [], sources: [], spikesOf: [], tasks: [], windows: [] },
});
const EMPTY = `function create({ step, seed }) { return simulate({ name: "m", dt: step, seed, populations: [], projections: [], spikesOf: [], records: [] }); }`;

/** The same task so many times. */
function tasks(count: number, results: TaskResult[]): Parameters<typeof runTasks>[1] {
  let handed = 0;
  return {
    next: () => (handed < count ? { number: handed++, task } : null),
    done: (_, all) => void results.push(...all),
  };
}

test("a worker that throws or ends fails the comparison with its cause, and leaves nobody waiting", SLOW, async () => {
  const at = folder();
  mkdirSync(at, { recursive: true });
  const script = (text: string): URL => {
    const path = join(at, `${Math.abs(text.length)}.mjs`);
    writeFileSync(path, text);
    return pathToFileURL(path);
  };
  const options = { workers: 2, stopped: () => false, shortTasks: false };
  const good: TaskResult[] = [];
  for (const shortTasks of [true, false])
    await runTasks({ programs: [program(EMPTY)], recording: null }, tasks(9, good), { ...options, shortTasks, entry });
  expect(good).toHaveLength(18);
  const thrown = program(`function create() { throw new Error("no such luck"); }`);
  for (const where of [entry, null])
    await expect(
      runTasks({ programs: [thrown], recording: null }, tasks(5, []), {
        ...options,
        shortTasks: where === null,
        entry: where,
      }),
    ).rejects.toThrow(/no such luck/);
  const ending = script("process.exit(3);");
  await expect(
    runTasks({ programs: [program(EMPTY)], recording: null }, tasks(5, []), { ...options, entry: ending }),
  ).rejects.toThrow(/ended by itself, with code 3/);
  const failing = script(`throw new Error("not even begun");// longer`);
  await expect(
    runTasks({ programs: [program(EMPTY)], recording: null }, tasks(5, []), { ...options, entry: failing }),
  ).rejects.toThrow(/a worker has failed: not even begun/);
});

test("threads that were started beforehand are used, and how they failed meanwhile is told", SLOW, async () => {
  const options = { workers: 2, stopped: () => false, shortTasks: true, entry };
  const [crew, results]: [Crew, TaskResult[]] = [recruit(1, entry), []];
  await new Promise((resolve) => setTimeout(resolve, 200));
  await runTasks({ programs: [program(EMPTY)], recording: null }, tasks(9, results), { ...options, crew });
  expect(results).toHaveLength(9);
  // It is ended with the others.
  expect(crew.threads.map((t) => t.worker.threadId)).toEqual([-1]);
  const at = folder();
  mkdirSync(at, { recursive: true });
  const path = join(at, "early.mjs");
  writeFileSync(path, "process.exit(3);");
  const early = recruit(1, pathToFileURL(path));
  while (early.threads[0]?.failure === null) await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(
    runTasks({ programs: [program(EMPTY)], recording: null }, tasks(9, []), { ...options, crew: early }),
  ).rejects.toThrow(/ended by itself, with code 3/);
  // Where the work is not worth threads they are let go.
  const idle = recruit(1, entry);
  await runTasks({ programs: [program(EMPTY)], recording: null }, tasks(1, []), { ...options, workers: 1, crew: idle });
  await vi.waitFor(() => expect(idle.threads.map((t) => t.worker.threadId)).toEqual([-1]), 5000);
});

test("what a model does wrong is the result of its run", async () => {
  const results: TaskResult[] = [];
  const wrong = program(
    `function create() { throw new runtime.UsageError("none of 100000 draws lay between 1 and 2"); }`,
  );
  await runTasks({ programs: [wrong], recording: null }, tasks(2, results), {
    workers: 1,
    stopped: () => false,
    shortTasks: true,
    entry: null,
  });
  expect(results.map((r) => r.failure)).toEqual(Array(2).fill("none of 100000 draws lay between 1 and 2"));
});

test("who asks it to stop does not wait for a long task", SLOW, async () => {
  const endless = program(EMPTY.replace("return simulate", "for (;;) {} return simulate"));
  let asked = false;
  setTimeout(() => (asked = true), 300);
  const results: TaskResult[] = [];
  await runTasks({ programs: [endless], recording: null }, tasks(5, results), {
    workers: 2,
    stopped: () => asked,
    shortTasks: false,
    entry,
  });
  expect(results).toEqual([]);
});
