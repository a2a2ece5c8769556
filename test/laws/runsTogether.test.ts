// Law: runs that are neurons of one population have, each, the bits that they have alone: whatever the neuron is, its method, noise, draws and stimuli, whatever differs between
// them, among many and among few, in WebAssembly and in JavaScript; and one that fails says what it says alone.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { withFreeInitials, type FreeValue } from "../../src/4-plan/together.ts";
import { NonFiniteError, stream, uniform, type RecordRequest, type RunLog } from "../../src/runtime/index.ts";
import { refusalText } from "../../src/simulate/refusal.ts";
import { evaluateRuns } from "../../src/simulate/evaluateModule.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { runner, type RunRequest, type RunResult } from "../../src/simulate/runner.ts";
import { runnerText } from "../../src/simulate/runnerText.ts";
import { planSource } from "../conformance/harness.ts";
import { eventModel, textOf } from "./eventModels.ts";
import { CASES } from "./models.ts";

/** Enough for WebAssembly, with a last one over. */
const MANY = 77;
const STEPS = 400;

/** Everything that may differ: parameters that are numbers, the first state's initial value, what the experiment declares. */
function freeIn({ populations: [population], setup }: SimulationPlan): {
  readonly free: FreeValue[];
  readonly planned: number[];
} {
  const free: FreeValue[] = [];
  const planned: number[] = [];
  const add = (value: FreeValue, number: number): void => void (free.push(value), planned.push(number));
  if (population === undefined) return { free, planned };
  for (const { name, value } of population.parameters)
    if (value.kind === "expression" && value.expression.kind === "number" && value.expression.value !== 0)
      add({ kind: "parameter", population: population.name, name }, value.expression.value);
  for (const { name, value } of setup)
    if (value.kind === "expression" && value.expression.kind === "number")
      add({ kind: "setup", name }, value.expression.value);
  const [state] = population.states;
  if (state !== undefined) add({ kind: "initial", population: population.name, name: state.name }, 0.5);
  return { free, planned };
}

/** Run k is the same whatever stands beside it: a tenth up or down, each value by itself. */
function requestsOf(planned: readonly number[], count: number, records: readonly RecordRequest[]): RunRequest[] {
  const draws = stream(1, "values of runs");
  return Array.from({ length: count }, (_, run) => ({
    seed: run % 3 === 0 ? 7 : 1000 + run,
    values: planned.map((value, k) => value * (0.9 + 0.2 * uniform(draws, run, k))),
    records,
  }));
}

function lone(plan: SimulationPlan): SimulationPlan {
  return {
    ...plan,
    records: [],
    populations: plan.populations.map((p) => ({ ...p, size: 1, sizeBy: { kind: "number", value: 1 } })),
  };
}

function everything({ populations }: SimulationPlan): RecordRequest[] {
  return populations.flatMap((p) =>
    [...p.states, ...p.observables.filter((o) => o.kind === "input")].map(({ name }, k) => ({
      population: p.name,
      variable: name,
      first: 0,
      last: 0,
      every: 1 + (k % 3),
    })),
  );
}

function toldBy(log: Pick<RunLog, "spikes" | "traces" | "warnings">): object {
  return {
    spikes: Array.from({ length: log.spikes.length }, (_, k) => [
      log.spikes.time(k),
      log.spikes.population(k),
      log.spikes.neuron(k),
    ]),
    traces: log.traces.map((t) => [t.population, t.neuron, t.variable, t.unit, t.every, Array.from(t.values())]),
    warnings: log.warnings,
  };
}

/** As `glif run` would have it: a simulation by itself, of the plan itself where no initial value is free. */
function byItself(
  plan: SimulationPlan,
  free: readonly FreeValue[],
  { seed, values, records }: RunRequest,
  steps = STEPS,
): object {
  const parameters: Record<string, Record<string, number>> = {};
  const setup: Record<string, number> = {};
  free.forEach((f, k) => {
    const value = values[k] ?? NaN;
    if (f.kind === "setup") setup[f.name] = value;
    else (parameters[f.population] ??= {})[f.kind === "initial" ? `${f.name} at the beginning` : f.name] = value;
  });
  const recording = {
    ...withFreeInitials(plan, free),
    records: (records ?? []).map((r) => ({ ...r, variables: [r.variable], whole: false, interval: null })),
  };
  try {
    const simulation = instantiate(withEvery(recording), { seed, parameters, setup, backend: "javascript" });
    simulation.advance(steps);
    return toldBy({
      ...simulation,
      spikes: simulation.spikes,
      traces: simulation.traces,
      warnings: simulation.warnings.slice(simulation.rounded.length),
    });
  } catch (error) {
    return { failure: error instanceof NonFiniteError ? error.message : refusalText(error) };
  }
}

/** Intervals of recordings in steps, whatever the step is. */
function withEvery(plan: SimulationPlan): SimulationPlan {
  return {
    ...plan,
    records: plan.records.map((r) => ({ ...r, interval: { kind: "number", value: r.every * plan.step } })),
  };
}

const outcome = ({ log, failure }: RunResult): object => (log === null ? { failure } : toldBy(log));

for (const [claim, text] of Object.entries(CASES)) {
  test(`${claim}: seventy-seven runs, three, and each alone`, () => {
    const plan = lone(planSource("law.glif", text, "X"));
    const { free, planned } = freeIn(plan);
    const requests = requestsOf(planned, MANY, everything(plan));
    const written = runnerText(plan, free);
    const make = runner(written);
    const many = make.run(requests, { steps: STEPS }).map(outcome);
    // A few of all, in JavaScript: the same runs.
    const few = [3, 76, 11, 20, 8].map((k) => requests[k] as RunRequest);
    expect(make.run(few, { steps: STEPS }).map(outcome)).toEqual([3, 76, 11, 20, 8].map((k) => many[k]));
    for (const [k, request] of requests.entries())
      if (k % 6 === 0) expect(many[k], `run ${k}`).toEqual(byItself(plan, free, request));
  });
}

test("random neurons with conditions, resets, events and refractory periods", () => {
  let happened = 0;
  fc.assert(
    fc.property(eventModel, (model) => {
      const text = textOf({ ...model, arrivals: [] }, "step 0.1 ms");
      const plan = lone(planSource("law.glif", text, "X"));
      const free: FreeValue[] = (plan.populations[0]?.states ?? []).map(({ name }) => ({
        kind: "initial",
        population: "P",
        name,
      }));
      const written = runnerText(plan, free);
      expect(written.because).toBe("");
      const requests = requestsOf(
        free.map((_, k) => model.initial[k] ?? 0),
        9,
        everything(plan),
      );
      const results = runner(written).run(requests, { steps: 200 });
      happened += results.reduce((sum, { log }) => sum + (log?.spikes.length ?? 0), 0);
      for (const k of [0, 4, 8])
        expect(outcome(results[k] as RunResult)).toEqual(byItself(plan, free, requests[k] as RunRequest, 200));
    }),
    { numRuns: 15, seed: 12 },
  );
  expect(happened).toBeGreaterThan(100);
});

const WRONG = `
  neuron N {
    param a = 1 /s, r = 1 /ms, t_ref = 2 ms, top = 1, E = 1
    state x : 1 = E, n : 1 = 0, d : 1 = 0
    x' = a*x*x
    spike with rate r
    reset { n <- n + 1 }
    refractory t_ref
  }
  network M { population P = 1 N { d ~ normal(0, 1, max: top) } }
  experiment X of M { duration 50 ms; record spikes }`;

test("a run whose values leave the numbers, whose rate or period is none, that cannot draw or is given no number says what it says alone; the others go on", () => {
  const plan = planSource("law.glif", WRONG, "X");
  const free = ["a", "r", "t_ref", "top"].map((name): FreeValue => ({ kind: "parameter", population: "P", name }));
  const good = [0.001, 0.5, 2, 1];
  const bad: readonly (readonly [number, number, string])[] = [
    [7, 0, "P[0].x became"],
    [12, 1, "the spike rate of P[0] is -100 Hz"],
    [20, 2, "the refractory period of `P` is negative"],
    [33, 3, "`d` of `P`"],
    [40, 0, "`P.a` (/ms) is a finite number, not NaN"],
  ];
  const wrong = [0.09, -0.1, -1, -1e6, NaN];
  const records = everything(plan);
  const requests = Array.from({ length: 50 }, (_, run): RunRequest => {
    const k = bad.findIndex(([at]) => at === run);
    return { seed: run, values: good.map((value, v) => (bad[k]?.[1] === v ? (wrong[k] as number) : value)), records };
  });
  const written = runnerText(plan, free);
  const make = runner(written);
  const results = make.run(requests, { steps: STEPS });
  expect(written.because).toBe("");
  for (const [at, , message] of bad) expect(results[at]?.failure).toContain(message);
  // A simulation by itself names no quantity that it cannot draw.
  for (const [k, request] of requests.entries())
    if (k !== 33) expect(outcome(results[k] as RunResult), `run ${k}`).toEqual(byItself(plan, free, request));
  // Whatever ran before, and in however many pieces.
  const pieces = make.inSlices(requests, { steps: STEPS, slice: 700 });
  let pauses = 0;
  let next = pieces.next();
  for (; next.done !== true; next = pieces.next()) pauses++;
  expect(pauses).toBeGreaterThan(10);
  expect(next.value.map(outcome)).toEqual(results.map(outcome));
});

test("many go on in WebAssembly, where their noise is drawn too; few in JavaScript", () => {
  const plan = lone(
    planSource("law.glif", CASES["exact Ornstein-Uhlenbeck with coupled noise, escape rate"] ?? "", "X"),
  );
  const { together } = runnerText(plan, []);
  if (together === null) throw new Error("they could go together");
  const backend = (count: number): string =>
    evaluateRuns(together)({ seeds: Array.from({ length: count }, (_, k) => k), parameters: {} }).backend;
  expect([MANY, 5].map(backend)).toEqual(["webassembly", "javascript"]);
});

test("what is not given is as planned", () => {
  const plan = planSource("law.glif", WRONG, "X");
  const free: FreeValue[] = [{ kind: "parameter", population: "P", name: "r" }];
  const make = runner(runnerText(plan, free));
  const [planned, given] = [null, 1].map((r) =>
    Array.from({ length: 9 }, (_, seed) => ({ seed, values: [seed % 2 === 0 ? r : 0.3] })),
  );
  const spikes = (requests: readonly RunRequest[]): object[] => make.run(requests, { steps: STEPS }).map(outcome);
  expect(spikes(planned ?? [])).toEqual(spikes(given ?? []));
});

test.each([
  ["it is a network, not one neuron", "network M { population P = 2 N }", "M", "step 0.1 ms"],
  ["spikes that are located inside the step are looked for neuron by neuron", "", "N", "spikes precise"],
  ["its method chooses its steps neuron by neuron", "", "N", "method rk45"],
  ["what differs decides the clock, the sizes or what is recorded", "", "N", "record x every often"],
])("runs are taken one by one where %s", (because, network, of, settings) => {
  const text = `neuron N { param τ = 10 ms; state x : 1 = 0; x' = (2 - x^3)/τ; spike when x > 1; reset { x <- 0 } } ${network}
    experiment X of ${of} { duration 20 ms; param often = 1 ms; ${settings}; record spikes }`;
  const plan = planSource("law.glif", text, "X");
  const free: FreeValue[] = [
    { kind: "parameter", population: plan.populations[0]?.name ?? "", name: "τ" },
    { kind: "setup", name: "often" },
  ];
  const written = runnerText(plan, free);
  expect(written.because).toBe(because);
  const requests = [8, 9, 10, 11, 12].map((τ): RunRequest => ({ seed: 1, values: [τ, 1] }));
  const results = runner(written).run(requests, { steps: 200 });
  results.forEach(({ log }, k) => expect(log?.spikes.length, `run ${k}`).toBeGreaterThan(0));
});

test("values that are left out are as planned, initial values too: among many and alone", () => {
  const text = `
neuron N {
  param τ = 10 ms, E = -70 mV
  state V = E, w = 2*V, u = 1, x = w + V
  V' = (E - V)/τ; w' = -w/τ; u' = -u/τ; x' = -x/τ
}
experiment X of N { duration 40 ms; N.u ~ uniform(0, 1); N.E = -60 mV + 3 mV*i }`;
  const plan = planSource("law.glif", text, "X");
  const asPlanned = { ...plan, records: [] };
  const initial = (name: string): FreeValue => ({ kind: "initial", population: "N", name });
  const records = everything(plan);
  const requests = (values: readonly (number | null)[], count: number): RunRequest[] =>
    Array.from({ length: count }, (_, run) => ({ seed: run, values, records }));
  const all = ["w", "x", "V"].map(initial);
  for (const count of [2, MANY]) {
    const planned = runner(runnerText(asPlanned, [])).run(requests([], count), { steps: STEPS }).map(outcome);
    const made = runner(runnerText(asPlanned, all));
    expect(made.run(requests([null, null, null], count), { steps: STEPS }).map(outcome)).toEqual(planned);
    expect(made.run(requests([], count), { steps: STEPS }).map(outcome)).toEqual(planned);
    // What is made of a free value follows it, free itself or not.
    const starts = (free: readonly FreeValue[], values: readonly (number | null)[]): number[][] =>
      runner(runnerText(asPlanned, free))
        .run(requests(values, count), { steps: 1 })
        .map(({ log }) => ["V", "w", "x"].map((s) => log?.traces.find((t) => t.variable === s)?.values()[0] ?? NaN));
    const same = (start: readonly number[]): number[][] => Array.from({ length: count }, () => [...start]);
    expect(starts(all, [null, null, null])).toEqual(same([-60, -120, -180]));
    expect(starts(all, [null, null, -50])).toEqual(same([-50, -100, -150]));
    expect(starts([initial("V")], [-50])).toEqual(same([-50, -100, -150]));
    expect(starts(all, [7, null, -50])).toEqual(same([-50, 7, -43]));
    expect(starts([initial("x")], [null])).toEqual(same([-60, -120, -180]));
  }
});

test("an initial value that is drawn is given by each run, or refused", () => {
  const text = `neuron N { state V = 0 mV, w = 2*V; V' = -V/(10 ms); w' = -w/(10 ms) }
experiment X of N { duration 40 ms; N.V ~ uniform(1 mV, 2 mV) }`;
  const plan = { ...planSource("law.glif", text, "X"), records: [] };
  for (const name of ["V", "w"]) {
    const make = runner(runnerText(plan, [{ kind: "initial", population: "N", name }]));
    for (const count of [1, 6]) {
      const results = make.run(
        Array.from({ length: count }, (_, seed) => ({ seed, values: [seed % 2 === 0 ? null : 3] })),
        { steps: 2 },
      );
      results.forEach(({ failure }, k) =>
        expect(failure).toBe(
          k % 2 === 0 ? `\`N.${name} at the beginning\` is drawn as planned: each run gives it a number` : null,
        ),
      );
    }
  }
});
