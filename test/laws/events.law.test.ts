// Laws of spikes and events over random models: located ones are those of an independent solver and the limit of the grid; names and cuts change no bit.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Simulation } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource, spikeTimes } from "../conformance/harness.ts";
import { Endless, solve, type Solved } from "../oracle/events.ts";
import { eventModel, PLAIN, textOf, type EventModel, type Style } from "./eventModels.ts";

const RUNS = { solver: 30, grid: 10, bits: 10 };
const STEP = 0.1;
const PRECISE = `step ${STEP} ms; spikes precise; method rk45(tolerance: 1e-10)`;

function simulate(model: EventModel, settings: string, style = PLAIN, cuts: readonly number[] = []): Simulation {
  const plan = planSource("law.glif", textOf(model, settings, style), "X");
  const simulation = instantiate(plan, { seed: 1 });
  for (const steps of [...cuts, (plan.steps ?? 0) - cuts.reduce((a, b) => a + b, 0)]) simulation.advance(steps);
  return simulation;
}

function outcome(simulation: Simulation, model: EventModel, { name } = PLAIN): Solved {
  const population = simulation.populations.find((p) => p.name === name("P"));
  const of = (state: string): number => population?.states.find((s) => s.name === name(state))?.values[0] ?? NaN;
  return {
    spikes: spikeTimes(simulation, name("P")),
    events: model.events.map((_, k) => ({ count: of(`n${k}`), sum: of(`sum${k}`), last: of(`last${k}`) })),
    states: model.initial.map((_, k) => of(`x${k}`)),
  };
}

const counts = ({ spikes, events }: Solved): number[] => [spikes.length, ...events.map((e) => e.count)];
const times = ({ spikes, events }: Solved): number[] => [
  ...spikes,
  ...events.flatMap((e) => [e.sum / Math.max(1, e.count), e.last]),
];
const happenings = (s: Solved): number => counts(s).reduce((a, b) => a + b, 0);
/** The largest distance, of numbers above 1 in parts of them. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, x, k) => Math.max(most, Math.abs(x - (b[k] ?? NaN)) / Math.max(1, Math.abs(x))), 0);
const agree = (a: Solved, b: Solved): boolean => counts(a).every((n, k) => n === counts(b)[k]);

/** What the model does; null where that hangs on the last digits: ways that lie so far apart from the beginning differ in what happens. */
function decided(model: EventModel, shift: number): Solved | null {
  try {
    const there = solve(model, STEP, 0.0125);
    const beside = [solve(model, STEP, 0.02, shift), solve(model, STEP, 0.034, -shift)];
    return beside.every((other) => agree(there, other) && apart(times(there), times(other)) < 1000 * shift)
      ? there
      : null;
  } catch (error) {
    if (error instanceof Endless) return null;
    throw error;
  }
}

test("located spikes and events are those of an independent solver", () => {
  let happened = 0;
  fc.assert(
    fc.property(eventModel, (model) => {
      const expected = decided(model, 1e-6);
      fc.pre(expected !== null);
      const found = outcome(simulate(model, PRECISE), model);
      const text = textOf(model, PRECISE);
      expect(counts(found), text).toEqual(counts(expected));
      expect(apart(times(found), times(expected)), text).toBeLessThan(1e-6);
      expect(apart(found.states, expected.states), text).toBeLessThan(1e-6);
      happened += happenings(found);
    }),
    { seed: 11, numRuns: RUNS.solver },
  );
  // A law about events needs some.
  expect(happened).toBeGreaterThan(2 * RUNS.solver);
});

test("located spikes and events are the limit of the grid", () => {
  let happened = 0;
  fc.assert(
    fc.property(eventModel, (model) => {
      fc.pre(decided(model, 1e-4) !== null);
      const coarse = outcome(simulate(model, "step 0.004 ms"), model);
      // What happens in every few steps goes by the step.
      fc.pre(happenings(coarse) < 1000);
      const fine = outcome(simulate(model, "step 0.002 ms"), model);
      // Where steps that are twice as long see something else, the limit is not reached.
      fc.pre(agree(coarse, fine) && apart(times(coarse), times(fine)) < 0.01);
      const found = outcome(simulate(model, PRECISE), model);
      const text = textOf(model, PRECISE);
      expect(counts(found), text).toEqual(counts(fine));
      expect(apart(times(found), times(fine)), text).toBeLessThan(0.02);
      happened += happenings(found);
    }),
    { seed: 12, numRuns: RUNS.grid },
  );
  expect(happened).toBeGreaterThan(2 * RUNS.grid);
});

const UGLY = [
  "__proto__",
  "constructor",
  "valueOf",
  "toString",
  "hasOwnProperty",
  "arguments",
  "eval",
  "await",
  "undefined",
  "Math",
  "create",
  "size",
  "count",
  "span",
  "neurons",
  "found",
  "state_",
  "x_next",
  "k1_x",
  "r_x0",
  "D_1",
  "current",
  "apply_spike",
  "holds_event_1",
  "slopes",
  "τ",
  "load",
  "flow",
  "yield",
  "window",
  "gather",
];

const PLAIN_NAMES = [
  "I",
  "S",
  "P",
  "N",
  "J",
  "M",
  ...[0, 1, 2, 3, 4].map((k) => `x${k}`),
  ...[0, 1, 2, 3, 4, 5].flatMap((k) => ["n", "sum", "last"].map((s) => `${s}${k}`)),
];

/** Names that other languages and the emitted code use, and any order of declarations. */
const style = fc
  .record({
    names: fc.shuffledSubarray(UGLY, { minLength: PLAIN_NAMES.length, maxLength: PLAIN_NAMES.length }),
    keys: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  })
  .map(({ names, keys }): Style => ({
    name: (of) => names[PLAIN_NAMES.indexOf(of)] ?? of,
    order: (lines) =>
      lines
        .map((line, k) => ({ line, key: keys[k] ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ line }) => line),
  }));
const settings = fc.constantFrom(PRECISE, `step ${STEP} ms`, `step ${STEP} ms; spikes precise`);

test("ugly names, another order of declarations and cuts of the run change no bit", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 });
  fc.assert(
    fc.property(eventModel, style, cuts, settings, (model, other, pieces, mode) => {
      fc.pre(decided(model, 1e-6) !== null);
      expect(outcome(simulate(model, mode, other, pieces), model, other), textOf(model, mode, other)).toEqual(
        outcome(simulate(model, mode), model),
      );
    }),
    { seed: 13, numRuns: RUNS.bits },
  );
});
