// Law: runs that are neurons of one population have, each, the bits that they have alone: whatever the neuron is, its method, noise, draws and stimuli, whatever differs between
// them, in JavaScript and in WebAssembly, among many and among few; and one that fails says what it says alone.
import { expect, test } from "vitest";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { withFreeInitials, type FreeValue } from "../../src/4-plan/together.ts";
import { NonFiniteError, stream, uniform, type RecordRequest, type RunLog } from "../../src/runtime/index.ts";
import { refusalText } from "../../src/simulate/refusal.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { runner, type RunRequest, type RunResult } from "../../src/simulate/runner.ts";
import { runnerText } from "../../src/simulate/runnerText.ts";
import { planSource } from "../conformance/harness.ts";
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
function byItself(plan: SimulationPlan, free: readonly FreeValue[], { seed, values, records }: RunRequest): object {
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
    simulation.advance(STEPS);
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
