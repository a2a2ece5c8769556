// Several threads of one simulation: what goes wrong in one is told as in one, what cannot be divided says why, and who cannot come is done without.
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { planSource } from "../conformance/harness.ts";
import { divisionOf } from "../../src/4-plan/division.ts";
import { neuronWorks } from "../../src/4-plan/stepWork.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { stepsApart, whyNotWorth, workOf } from "../../src/runtime/worth.ts";
import { instantiate } from "../../src/simulate/load.ts";
import type { StartedThread } from "../../src/simulate/team.ts";
import { startThread } from "../../src/simulate/workers/startThread.ts";

const ENTRY = pathToFileURL(resolve("dist/cli/thread.js"));
const WATCH = pathToFileURL(resolve("dist/cli/threadWatch.js"));
const running: Simulation[] = [];
afterAll(() => {
  for (const simulation of running) simulation.dismissThreads();
});

const text = (neuron: string, network: string, experiment = ""): string => `
neuron N {
  input I : mV/ms
  state V = 0 mV, x = 1
  V' = -V/(10 ms) + I
  ${neuron}
  spike when V > 10 mV
  reset { V <- 0 mV }
}
synapse Jump { weight w : mV; on pre { post.V <- post.V + w } }
synapse Gap { weight g : /ms; post.I += g*(pre.V - post.V) }
synapse Drain { weight w : mV; on pre { post.V <- post.V + w; pre.x <- pre.x - 0.1 } }
network M {
  population A = 64 N { I = 1.2 mV/ms + 0.01 mV/ms*i }
  ${network}
}
experiment X of M { duration 100 ms; ${experiment} }`;

const RING = "connect A -> A by Jump { w = 0.5 mV, delay = 1 ms } where j == i + 1";

function twice(
  source: string,
  entry = ENTRY,
  started: StartedThread[] = [],
  anyway = true,
): readonly [Simulation, Simulation] {
  const plan = planSource("threads.glif", source, "X");
  const start = (): StartedThread => {
    const thread = startThread(entry, WATCH);
    started.push(thread);
    return thread;
  };
  const threads = { count: 2, start, anyway };
  const both = [instantiate(plan, { seed: 1 }), instantiate(plan, { seed: 1, threads })] as const;
  running.push(both[1]);
  return both;
}

function errorOf(simulation: Simulation, steps: number): { readonly text: string; readonly steps: number } {
  let text = "nothing";
  try {
    simulation.advance(steps);
  } catch (error) {
    text = String(error);
  }
  return { text, steps: simulation.steps };
}

const trains = ({ spikes }: Simulation): string =>
  Array.from({ length: spikes.length }, (_, k) => `${spikes.neuron(k)} at ${spikes.time(k)}`).join();

test.each([
  ["a value that leaves the numbers", "x' = x*x/(20 ms)", RING, ""],
  [
    "a rate that becomes negative",
    "x' = 0/ms",
    `${RING}\n population P = 64 poisson(50 Hz - 1 Hz*i)\n connect P -> A by Jump as p { w = 1 mV } one_to_one`,
    "",
  ],
])("%s is told as in one thread, with what was before it", (_what, neuron, network, experiment) => {
  const [alone, divided] = twice(text(neuron, network, experiment));
  const [one, two] = [errorOf(alone, 1000), errorOf(divided, 1000)];
  expect(one.text).not.toBe("nothing");
  expect(two).toEqual(one);
  expect(trains(divided)).toBe(trains(alone));
});

test("what is written to inputs between two calls is seen by all", () => {
  const [alone, divided] = twice(
    text("x' = 0/ms", RING)
      .replace("input I : mV/ms", "input I : mV/ms\n input J : mV/ms = 0 mV/ms")
      .replace("+ I", "+ I + J"),
  );
  for (const simulation of [alone, divided]) {
    simulation.advance(200);
    (simulation.population("A").inputs["J"] as Float64Array).fill(0.7);
    (simulation.population("A").states[0]?.values as Float64Array)[40] = 5;
    simulation.advance(300);
  }
  expect(divided.threads).toBe(2);
  expect(alone.spikes.length).toBeGreaterThan(100);
  expect(trains(divided)).toBe(trains(alone));
});

test("who asks after each step whether it is enough sees each step", () => {
  const [alone, divided] = twice(text("x' = 0/ms", RING));
  for (const simulation of [alone, divided]) {
    simulation.advance(50);
    simulation.advance(500, () => simulation.spikes.length >= 70);
    simulation.advance(100);
  }
  expect(divided.steps).toBe(alone.steps);
  expect(trains(divided)).toBe(trains(alone));
});

/** A thread that does as others do, with a fault: `before` and `after` are code around what it does. */
function faulty(before: string): URL {
  const path = join(mkdtempSync(join(tmpdir(), "glif-threads-")), "faulty.mjs");
  const module = JSON.stringify(pathToFileURL(resolve("dist/src/simulate/team.js")).href);
  writeFileSync(
    path,
    `import { parentPort } from "node:worker_threads"; import { takePart } from ${module};
    parentPort.once("message", (task) => { ${before}; takePart(task); });`,
  );
  return pathToFileURL(path);
}

test.each([
  ["throws before it is there", "task.module.text = 'nonsense('"],
  ["ends before it is there", "process.exit(3)"],
])("a thread that %s is done without, at once", (_what, before) => {
  const [alone, divided] = twice(text("x' = 0/ms", RING), faulty(before));
  for (const simulation of [alone, divided]) simulation.advance(300);
  expect(divided.threads).toBe(1);
  expect(divided.alone).toBe("other threads could not be started");
  expect(trains(divided)).toBe(trains(alone));
});

test("who would meet too often for what a step takes stays one, and says why", () => {
  const [alone, divided] = twice(text("x' = 0/ms", RING), ENTRY, [], false);
  for (const simulation of [alone, divided]) simulation.advance(300);
  expect([alone.alone, divided.threads]).toEqual([null, 1]);
  expect([0, 10, 127, 1000].map(stepsApart)).toEqual([1, 11, 128, 128]);
  expect(divided.alone).toMatch(
    /^threads would have to meet every 11 steps: two save about [\d.]+ µs of them, and a meeting takes about 35 µs$/,
  );
  expect(trains(divided)).toBe(trains(alone));
  const drained = text("x' = 0/ms", "connect A -> A by Drain as d { w = 1 mV, delay = 1 ms } all");
  expect(twice(drained)[1].alone).toBe("an event of `d` changes the source at each of its connections");
  expect(twice(text("x' = 0/ms", "", "spikes precise"))[1].alone).toBe("spikes are located inside the step");
});

test("of the networks of the bench, those of COBA and CUBA stay one, which meet in every step that takes little; the others are divided", () => {
  const worth = (file: string, experiment: string, leastDelay: number): string | null => {
    const plan = planSource(file, readFileSync(file, "utf8"), experiment);
    const steps = stepsApart(leastDelay);
    return whyNotWorth({ steps, work: steps * workOf(plan.populations, neuronWorks(plan), 0) });
  };
  const every = /^threads would have to meet in every step: two save about [\d.]+ µs of it/;
  expect(worth("bench/models/coba.glif", "CobaEuler", 0)).toMatch(every);
  expect(worth("bench/models/coba.glif", "CobaAuto", 0)).toMatch(every);
  expect(worth("bench/models/cuba.glif", "CubaExact", 0)).toMatch(every);
  expect(worth("bench/models/cobahh.glif", "CobahhExponential", 0)).toBeNull();
  expect(worth("bench/models/glif_network.glif", "GlifNetworkEuler", 15)).toBeNull();
  expect(worth("bench/models/glif_network.glif", "GlifNetwork", 15)).toBeNull();
  expect(worth("bench/models/glif_population.glif", "GlifPopulation", Infinity)).toBeNull();
  expect(worth("models/brunel2000.glif", "AsynchronousIrregular", 15)).toBeNull();
  expect(worth("models/microcircuit.glif", "Full", 0)).toBeNull();
});

test("what connections give in every step is work, too", () => {
  const sizes = [{ name: "A", size: 100 }];
  const steps = stepsApart(0);
  expect(whyNotWorth({ steps, work: steps * workOf(sizes, { A: 1 }, 1000) })).toContain("two save about 1.1 µs of it");
  expect(whyNotWorth({ steps, work: steps * workOf(sizes, { A: 1 }, 100_000) })).toBeNull();
});

/** In the meeting number 400, which is in the second of the calls below. */
const IN_A_MEETING = (what: string): string =>
  `const add = Atomics.add; let meetings = 0; Atomics.add = (...all) => { if (all[1] === 0 && ++meetings === 400) { ${what} } return add(...all); }`;

test.each([
  ["throws", IN_A_MEETING("throw new Error('in a meeting')")],
  ["ends", IN_A_MEETING("process.exit(3)")],
])(
  "a thread that %s in a meeting is told at once, with what was recorded before; no step is taken any more",
  (_, before) => {
    const [alone, divided] = twice(text("x' = 0/ms", `${RING}\n population B = 8 N { I = 1.3 mV/ms }`), faulty(before));
    divided.advance(200);
    const { text: told, steps } = errorOf(divided, 100_000);
    expect(told).toMatch(
      /^ThreadError: a thread of the simulation has ended, and the state of its neurons is lost; in one thread, /,
    );
    expect(steps).toBeGreaterThan(200);
    alone.advance(steps);
    expect(trains(divided)).toBe(trains(alone));
    expect(errorOf(divided, 1)).toEqual({ text: told, steps });
    expect(errorOf(divided, 100)).toEqual({ text: told, steps });
  },
);

test("a thread that is ended between two calls takes nothing with it: the run goes on in one", async () => {
  const started: StartedThread[] = [];
  const [alone, divided] = twice(text("x' = 0/ms", RING), ENTRY, started);
  divided.advance(200);
  expect(divided.threads).toBe(2);
  await started[0]?.terminate();
  divided.advance(300);
  expect(divided.threads).toBe(1);
  alone.advance(500);
  expect(trains(divided)).toBe(trains(alone));
});

test.each([
  ["connect A -> A by Jump { w = 1 mV, delay = 1 ms } all", "", null],
  ["connect A -> A by Gap { g = 0.1 /ms } all", "", null],
  [
    "connect A -> A by Drain as d { w = 1 mV, delay = 1 ms } all",
    "",
    "an event of `d` changes the source at each of its connections",
  ],
  [
    "connect A -> A by Gap as gap { g = 0.1 /ms } all; connect A -> A by Jump as j { w = 1 mV } all",
    "",
    "`gap` reads `pre.V`, which connections change in the same step",
  ],
  ["connect A -> A by Jump { w = 1 mV, delay = 1 ms } all", "spikes precise", "spikes are located inside the step"],
])("whether it can be divided: %s %s", (network, experiment, because) => {
  const division = divisionOf(planSource("threads.glif", text("x' = 0/ms", network, experiment), "X"));
  expect("because" in division ? division.because : null).toBe(because);
});

test("a number of threads that cannot be is refused", () => {
  const plan = planSource("threads.glif", text("x' = 0/ms", RING), "X");
  expect(() => instantiate(plan, { threads: { count: 0, start: startThread } })).toThrow(
    "threads are counted from 1 to 256, not 0",
  );
});
