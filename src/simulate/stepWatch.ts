// Looks at some neurons at some steps of a run: is the step too long for what they do? It only reads, and looks at the same moments however the run is cut.
import { timeOf } from "../runtime/clock.ts";
import type { PopulationKernel } from "../runtime/kernel.ts";
import type { NonFiniteError, Simulation } from "../runtime/simulation.ts";
import type { PopulationPlan, SimulationPlan, UpdateGroup } from "../4-plan/plan.ts";
import { spectralRadius } from "../4-plan/stiffness.ts";
import { setupNumbers } from "./planNumbers.ts";
import { stepProbe, type Moment, type StepProbe } from "./stepProbe.ts";

export interface StepWatch {
  /** The next step before which it looks. */
  readonly next: number;
  /** Looks, where the simulation has come to that step. */
  look(): void;
  /** Looks once more at a neuron whose state has left the numbers, as it was one step before. */
  failed(error: NonFiniteError): void;
  /** What the modeller should hear of, one at most a population. */
  findings(): readonly StepFinding[];
}

export interface StepFinding {
  readonly population: PopulationPlan;
  readonly group: UpdateGroup;
  readonly neuron: number;
  readonly state: string;
  /** ms */
  readonly time: number;
  /** Of what moves fastest there (ms). */
  readonly timeConstant: number;
  readonly step: number;
  /** A step that would do (ms). */
  readonly enough: number;
  /** What half the step changes in one step, as a share of the whole range of the variable; null where what should decay grows. */
  readonly error: number | null;
}

/** Looks in a run, and neurons of a population that are looked at, one after the other. */
const LOOKS = 256;
const NEURONS = 16;
/** States of a group up to which its growth is computed: that takes their cube. */
const MOST_STATES = 32;
/** What half the step may change in one step, as a share of the range of the variable. */
const ALLOWED = 0.1;
/** Looks that must find the same before it is told, one or two may be the flank of a spike; and their share where false growth is found, which takes time to show. */
const HITS = 3;
const SHARE = 1 / 8;

interface Range {
  low: number;
  high: number;
}

interface Suspect {
  readonly at: Moment;
  readonly neuron: number;
  readonly time: number;
  readonly error: number;
}

interface Watched {
  readonly plan: PopulationPlan;
  readonly kernel: PopulationKernel;
  readonly probe: StepProbe;
  readonly neurons: readonly number[];
  readonly ranges: Map<string, Range>;
  /** By state, in the order of time: where half the step changed too much, for what was known of the range. */
  readonly suspects: Map<string, Suspect[]>;
  readonly growing: Map<UpdateGroup, Suspect[]>;
  /** A value of it has left the numbers. */
  failed: boolean;
}

/** `steps`: how long the run is to be. */
export function watchSteps(plan: SimulationPlan, simulation: Simulation, steps: number): StepWatch {
  const { dt } = simulation;
  const setup = setupNumbers(plan);
  const watched = plan.populations.flatMap((population): Watched[] => {
    const kernel = simulation.populations.find((k) => k.name === population.name);
    const probe = kernel === undefined ? null : stepProbe(population, kernel, setup, dt);
    if (kernel === undefined || probe === null || kernel.size === 0) return [];
    const count = Math.min(NEURONS, kernel.size);
    const neurons = Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * kernel.size) / count));
    return [{ plan: population, kernel, probe, neurons, ranges: new Map(), suspects: new Map(), growing: new Map(), failed: false }];
  });
  let looks = 0;
  let next = watched.length === 0 ? Infinity : simulation.steps;
  const begin = simulation.steps;
  return {
    get next() {
      return next;
    },
    look() {
      const n = simulation.steps;
      for (const w of watched) {
        w.kernel.drive(n);
        const neuron = w.neurons[looks % w.neurons.length] ?? 0;
        const time = timeOf(n, dt);
        lookAt(w, neuron, w.probe.momentOf(neuron, time), time, dt);
      }
      looks++;
      next = looks >= LOOKS ? Infinity : Math.max(n + 1, begin + placeOf(looks, steps));
    },
    failed(error) {
      const w = watched.find((other) => other.plan.name === error.population);
      if (w === undefined) return;
      const time = error.time - dt;
      lookAt(w, error.neuron, w.probe.momentOf(error.neuron, time, error.before), time, dt);
      w.failed = true;
    },
    findings: () => watched.flatMap((w) => findingOf(w, dt, looks) ?? []),
  };
}

/** Spread over the run like the multiples of the golden ratio, so that no rhythm of the model is in step with it. */
function placeOf(look: number, steps: number): number {
  const share = (look * 0.6180339887498949) % 1;
  return Math.floor(((look + share) * steps) / LOOKS);
}

function lookAt(w: Watched, neuron: number, at: Moment, time: number, h: number): void {
  const { probe, ranges } = w;
  const whole = probe.step(at, h);
  const half = probe.step(probe.step(at, h / 2), h / 2);
  const states = [...probe.groupOf.keys()];
  for (const state of states) widen(ranges, state, probe.valueAt(at, state));
  if (!probe.spikes(half)) for (const state of states) widen(ranges, state, probe.valueAt(half, state));
  const errorOf = (state: string): number => Math.abs(probe.valueAt(whole, state) - probe.valueAt(half, state));
  const suspicious = states.filter((state) => errorOf(state) > ALLOWED * sizeOf(ranges.get(state)) && errorOf(state) < Infinity);
  if (suspicious.length > 0 && !(spikesSoon(probe, whole, h) && spikesSoon(probe, half, h))) {
    for (const state of suspicious) {
      w.suspects.set(state, [...(w.suspects.get(state) ?? []), { at, neuron, time, error: errorOf(state) }]);
    }
  }
  for (const group of new Set(probe.groupOf.values())) {
    if (group.states.length > MOST_STATES || !probe.growsFalsely(group, at, h)) continue;
    w.growing.set(group, [...(w.growing.get(group) ?? []), { at, neuron, time, error: NaN }]);
  }
}

/** What a spike of the next steps throws away need not be right: the last of an upstroke. */
function spikesSoon(probe: StepProbe, from: Moment, h: number): boolean {
  let at = from;
  for (let k = 0; k <= FLANK; k++) {
    if (probe.spikes(at)) return true;
    at = probe.step(at, h);
  }
  return false;
}

const FLANK = 2;

function widen(ranges: Map<string, Range>, state: string, value = NaN): void {
  if (!Number.isFinite(value)) return;
  const range = ranges.get(state) ?? { low: value, high: value };
  range.low = Math.min(range.low, value);
  range.high = Math.max(range.high, value);
  ranges.set(state, range);
}

/** What an error is held against: how far the variable goes; a thousandth of what it is where it hardly moves. */
function sizeOf(range: Range | undefined): number {
  if (range === undefined) return Infinity;
  return Math.max(range.high - range.low, 1e-3 * Math.max(Math.abs(range.low), Math.abs(range.high)));
}

function findingOf(w: Watched, step: number, looks: number): StepFinding | null {
  for (const [group, hits] of w.growing) {
    const [first] = hits;
    if (first !== undefined && (w.failed || hits.length >= Math.max(HITS, SHARE * looks))) return unstable(w, group, first, step);
  }
  let worst: { readonly state: string; readonly error: number; readonly first: Suspect } | null = null;
  for (const [state, suspects] of w.suspects) {
    const size = sizeOf(w.ranges.get(state));
    const guilty = suspects.filter((s) => s.error > ALLOWED * size);
    const error = Math.max(...guilty.map((s) => s.error)) / size;
    const [first] = guilty;
    if (first !== undefined && (w.failed || guilty.length >= HITS) && error > (worst?.error ?? 0)) worst = { state, error, first };
  }
  return worst === null ? null : inaccurate(w, worst.state, worst.error, worst.first, step);
}

function unstable(w: Watched, group: UpdateGroup, { at, neuron, time }: Suspect, step: number): StepFinding {
  const J = w.probe.jacobian(group, at);
  // Half of what is just stable: elsewhere on its course it may be faster.
  const enough = wholePart(step, w.probe.stableStep(group, at, step) / 2);
  return { population: w.plan, group, neuron, state: fastest(group.states, J), time, timeConstant: 1 / spectralRadius(J, group.states.length), step, enough, error: null };
}

function inaccurate(w: Watched, state: string, error: number, { at, neuron, time }: Suspect, step: number): StepFinding | null {
  const group = w.probe.groupOf.get(state);
  if (group === undefined) return null;
  const states = [...w.probe.groupOf.keys()];
  const errorOf = (h: number): number => {
    const [whole, half] = [w.probe.step(at, h), w.probe.step(w.probe.step(at, h / 2), h / 2)];
    return Math.max(...states.map((s) => Math.abs(w.probe.valueAt(whole, s) - w.probe.valueAt(half, s)) / sizeOf(w.ranges.get(s))));
  };
  let h = step / 2;
  while (h > 1e-9 * step && !(errorOf(h) < ALLOWED / 10)) h /= 2;
  const enough = wholePart(step, Math.min(h, w.probe.stableStep(group, at, h)));
  return { population: w.plan, group, neuron, state, time, timeConstant: 1 / spectralRadius(w.probe.jacobian(group, at), group.states.length), step, enough, error };
}

/** The state that goes back to its course the fastest. */
function fastest(states: readonly string[], J: Float64Array): string {
  const n = states.length;
  return states.reduce((best, state, i) => (Math.abs(J[i * n + i] ?? 0) > Math.abs(J[states.indexOf(best) * n + states.indexOf(best)] ?? 0) ? state : best), states[0] ?? "");
}

/** The longest of step/2, /4, /5, /8, /10, /20, … that is short enough: what was a multiple of the step is one of this, too. */
function wholePart(step: number, enough: number): number {
  for (let power = 1; power < 1e12; power *= 10) {
    const divisor = [2, 4, 5, 8, 10].find((d) => step / (d * power) <= enough * (1 + 1e-9));
    if (divisor !== undefined) return Number((step / (divisor * power)).toPrecision(12));
  }
  return enough;
}
