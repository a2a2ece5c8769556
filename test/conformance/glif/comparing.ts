// How spikes and traces are held against a reference: on the grid, located inside the step, sample by sample.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Simulation } from "../../../src/runtime/index.ts";
import { sourceText } from "../../../src/base/source.ts";
import { check, planOf } from "../../../src/compile.ts";
import { host, MODELS, planSource, run, trace } from "../harness.ts";

/** Several stories are told of one run, and of one file. */
const runs = new Map<string, Simulation>();
const programs = new Map<string, NonNullable<ReturnType<typeof check>["program"]>>();

/** An experiment of models/ as it ships: spikes on the grid. */
export function onGrid(model: string, experiment: string): Simulation {
  return remembered(model, experiment, (text) => text);
}

/** The same with `spikes precise`: crossings are located inside the step. */
export function precisely(model: string, experiment: string): Simulation {
  return remembered(model, experiment, (text) => text.replace(/^ {2}step .*$/gm, "$&\n  spikes precise"));
}

function remembered(model: string, experiment: string, change: (text: string) => string): Simulation {
  const path = join(MODELS, `${model}.glif`);
  const text = change(readFileSync(path, "utf8"));
  const key = `${experiment} of ${text}`;
  const known = runs.get(key);
  if (known !== undefined) return known;
  const program = programs.get(text) ?? check(sourceText(path, text), host).program;
  if (program !== null) programs.set(text, program);
  const plan = program === null ? null : planOf(program, experiment).plan;
  // Where it does not compile, the harness says why.
  const simulation = run(plan ?? planSource(path, text, experiment));
  runs.set(key, simulation);
  return simulation;
}

/** As many spikes, each within `tolerance` (ms) of its own. */
export function expectSpikes(times: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(times).toHaveLength(expected.length);
  times.forEach((time, k) =>
    expect(
      Math.abs(time - (expected[k] ?? NaN)),
      `spike ${k + 1}: ${time} ms, expected ${expected[k]} ms`,
    ).toBeLessThanOrEqual(tolerance),
  );
}

/**
 * The rule of a clock that is exact between spikes. A spike is seen at the first grid point after it happens, so the first one is late by
 * at most dt; what follows a reset starts there, so that each spike adds at most one more dt. No spike can be early.
 */
export function expectSpikesOnGrid(times: readonly number[], exact: readonly number[], dt: number): void {
  expect(times).toHaveLength(exact.length);
  const rounding = 1e-9;
  times.forEach((time, k) => {
    const late = time - (exact[k] ?? NaN);
    const words = `spike ${k + 1}: ${time} ms, happens at ${exact[k]} ms`;
    expect(late, words).toBeGreaterThan(-rounding);
    expect(late, words).toBeLessThanOrEqual((k + 1) * dt + rounding);
    expect(Math.abs(time / dt - Math.round(time / dt)), `${time} ms is a multiple of ${dt} ms`).toBeLessThan(1e-6);
  });
}

/** Values of a recorded variable at the given times (ms), which are samples. */
export function valuesAt(simulation: Simulation, variable: string, times: readonly number[]): number[] {
  const { t, y } = trace(simulation, variable);
  const interval = t[1] ?? NaN;
  return times.map((time) => y[Math.round(time / interval)] ?? NaN);
}

/** Every value within relative·max|reference| of its reference; a null in the reference stands for a time at which it says nothing. */
export function expectTrace(
  values: readonly number[],
  expected: readonly (number | null)[],
  relative: number,
  name: string,
): void {
  const scale = Math.max(...expected.map((e) => Math.abs(e ?? 0)), Number.MIN_VALUE);
  expect(values).toHaveLength(expected.length);
  expected.forEach((e, k) => {
    if (e !== null)
      expect(Math.abs((values[k] ?? NaN) - e), `${name}, sample ${k}: ${values[k]}, expected ${e}`).toBeLessThanOrEqual(
        relative * scale,
      );
  });
}
