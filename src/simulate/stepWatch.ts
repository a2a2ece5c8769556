// Looks at some neurons and connections at some steps of a run: is the step too long for what they do? It only reads, and looks at the same moments however the run is cut.
import { timeOf } from "../runtime/clock.ts";
import type { PopulationKernel } from "../runtime/kernel.ts";
import { sourceOf } from "../runtime/projection.ts";
import type { Enough, NonFiniteError, Simulation } from "../runtime/simulation.ts";
import type { SimulationPlan, UpdateGroup } from "../4-plan/plan.ts";
import { spectralRadius } from "../4-plan/stiffness.ts";
import { setupNumbers } from "./planNumbers.ts";
import { movingConnections, movingNeurons, stepProbe, type Moment, type Moving, type StepProbe } from "./stepProbe.ts";

export interface StepWatch {
  /** The next step before which it looks. */
  readonly next: number;
  /** Looks, where the simulation has come to that step. */
  look(): void;
  /** Looks once more at a neuron whose state has left the numbers, as it was one step before. */
  failed(error: NonFiniteError): void;
  /** What the modeller should hear of, one at most a population or projection. */
  findings(): readonly StepFinding[];
}

export interface StepFinding {
  /** The population, or the connection. */
  readonly of: string;
  /** `HodgkinHuxley`, `E[12]`, `exc E[3]->I[5]` */
  readonly place: string;
  /** Whether a method with steps of its own can take its equations. */
  readonly free: boolean;
  readonly group: UpdateGroup;
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

/** Looks in a run, and neurons of a population or connections of a projection that are looked at, one after the other. */
const LOOKS = 256;
const NEURONS = 16;
/** States of a group up to which its growth is computed: that takes their cube. */
const MOST_STATES = 32;
/** What half the step may change in one step, as a share of the range of the variable. */
const ALLOWED = 0.1;
/** Looks that must find the same before it is told, one or two may be the flank of a spike; and their share where false growth is found, which takes time to show. */
const HITS = 3;
const SHARE = 1 / 8;
/** What in one step goes by so many times its range so far is thrown off: one look is enough, and those after it hold it against where it was thrown. */
const THROWN = 1e6;

interface Range {
  low: number;
  high: number;
}

interface Suspect {
  readonly at: Moment;
  readonly neuron: number;
  readonly time: number;
  readonly error: number;
  /** Where it is thrown off: the ranges before. */
  readonly thrown: ReadonlyMap<string, Range> | null;
}

interface Watched {
  readonly of: string;
  place(i: number): string;
  readonly free: boolean;
  /** Sets what drives it at step n. */
  drive(n: number): void;
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
  const kernelOf = (name: string): PopulationKernel => simulation.population(name);
  const watch = (moving: Moving, size: number, about: Pick<Watched, "of" | "place" | "free" | "drive">): Watched[] => {
    const probe = size === 0 ? null : stepProbe(moving, dt);
    if (probe === null) return [];
    const count = Math.min(NEURONS, size);
    const neurons = Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * size) / count));
    return [{ ...about, probe, neurons, ranges: new Map(), suspects: new Map(), growing: new Map(), failed: false }];
  };
  const watched = [
    ...plan.populations.flatMap((p) => {
      const kernel = kernelOf(p.name);
      return watch(movingNeurons(p, kernel, setup), kernel.size, {
        of: p.name,
        place: (i) => (p.lone ? p.name : `${p.name}[${i}]`),
        free: p.noises.length === 0,
        drive: (n) => kernel.drive(n),
      });
    }),
    ...plan.projections.flatMap((p) => {
      const made = simulation.projections.find((q) => q.name === p.name);
      if (made === undefined) return [];
      const place = (c: number): string =>
        `${p.connection} ${p.source.population}[${sourceOf(made.connections, c)}]->${p.target.population}[${made.connections.target[c] ?? ""}]`;
      const ends = { pre: kernelOf(p.source.population), post: kernelOf(p.target.population) };
      return watch(movingConnections(p, made, ends, setup), made.connections.count, {
        of: p.connection,
        place,
        free: false,
        drive() {},
      });
    }),
  ];
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
        w.drive(n);
        const neuron = w.neurons[looks % w.neurons.length] ?? 0;
        const time = timeOf(n, dt);
        lookAt(w, neuron, w.probe.momentOf(neuron, time), time, dt);
      }
      looks++;
      next = looks >= LOOKS ? Infinity : Math.max(n + 1, begin + placeOf(looks, steps));
    },
    failed(error) {
      const w = watched.find((other) => other.of === error.population);
      if (w === undefined) return;
      const time = error.time - dt;
      lookAt(w, error.neuron, w.probe.momentOf(error.neuron, time, error.before), time, dt);
      w.failed = true;
    },
    findings: () => watched.flatMap((w) => findingOf(w, dt, looks) ?? []),
  };
}

/** `count` steps, or fewer where `enough`, which is asked after each, says so; stops before those that the watch wants to look at. */
export function advanceWatched(
  simulation: Pick<Simulation, "steps" | "advance">,
  count: number,
  enough: Enough | undefined,
  watch: StepWatch | undefined,
): void {
  if (watch === undefined) return simulation.advance(count, enough);
  const end = simulation.steps + count;
  let over = false;
  const asked = enough === undefined ? undefined : Object.assign(() => (over = enough()), enough);
  while (simulation.steps < end && !over) {
    if (simulation.steps >= watch.next) watch.look();
    simulation.advance(Math.min(end, Math.max(watch.next, simulation.steps + 1)) - simulation.steps, asked);
  }
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
  const before = new Map([...ranges].map(([state, range]) => [state, { ...range }]));
  const isThrown = (state: string): boolean => {
    const size = sizeOf(before.get(state)); // 0: it has stood at 0 so far
    return size > 0 && Math.abs(probe.valueAt(whole, state) - probe.valueAt(at, state)) > THROWN * size;
  };
  if (!probe.spikes(half)) for (const state of states) widen(ranges, state, probe.valueAt(half, state));
  const errorOf = (state: string): number => Math.abs(probe.valueAt(whole, state) - probe.valueAt(half, state));
  const suspicious = states.filter(
    (state) => errorOf(state) > ALLOWED * sizeOf(ranges.get(state)) && errorOf(state) < Infinity,
  );
  if (suspicious.length > 0 && !(spikesSoon(probe, whole, h) && spikesSoon(probe, half, h))) {
    for (const state of suspicious) {
      w.suspects.set(state, [
        ...(w.suspects.get(state) ?? []),
        { at, neuron, time, error: errorOf(state), thrown: isThrown(state) ? before : null },
      ]);
    }
  }
  for (const group of new Set(probe.groupOf.values())) {
    if (group.states.length > MOST_STATES || !probe.growsFalsely(group, at, h)) continue;
    w.growing.set(group, [...(w.growing.get(group) ?? []), { at, neuron, time, error: NaN, thrown: null }]);
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
    if (first !== undefined && (w.failed || hits.length >= Math.max(HITS, SHARE * looks)))
      return unstable(w, group, first, step);
  }
  let worst: { readonly state: string; readonly error: number; readonly first: Suspect } | null = null;
  for (const [state, suspects] of w.suspects) {
    const size = sizeOf(w.ranges.get(state));
    const guilty = suspects.filter((s) => s.error > ALLOWED * size);
    const error = Math.max(...guilty.map((s) => s.error)) / size;
    const first = guilty.find((s) => s.thrown !== null) ?? guilty[0];
    if (
      first !== undefined &&
      (w.failed || first.thrown !== null || guilty.length >= HITS) &&
      error > (worst?.error ?? 0)
    )
      worst = { state, error, first };
  }
  return worst === null ? null : inaccurate(w, worst.state, worst.error, worst.first, step);
}

function unstable(w: Watched, group: UpdateGroup, { at, neuron, time }: Suspect, step: number): StepFinding {
  const J = w.probe.jacobian(group, at);
  // Half of what is just stable: elsewhere on its course it may be faster.
  const enough = wholePart(step, w.probe.stableStep(group, at, step) / 2);
  return {
    of: w.of,
    place: w.place(neuron),
    free: w.free,
    group,
    state: fastest(group.states, J, (s) => w.probe.groupOf.has(s)),
    time,
    timeConstant: 1 / spectralRadius(J, group.states.length),
    step,
    enough,
    error: null,
  };
}

function inaccurate(
  w: Watched,
  state: string,
  error: number,
  { at, neuron, time, thrown }: Suspect,
  step: number,
): StepFinding | null {
  const group = w.probe.groupOf.get(state);
  if (group === undefined) return null;
  const states = [...w.probe.groupOf.keys()];
  const ranges = thrown ?? w.ranges;
  const errorOf = (h: number): number => {
    const [whole, half] = [w.probe.step(at, h), w.probe.step(w.probe.step(at, h / 2), h / 2)];
    const share = (s: string): number => {
      const error = Math.abs(w.probe.valueAt(whole, s) - w.probe.valueAt(half, s));
      return error === 0 ? 0 : error / sizeOf(ranges.get(s)); // what stays 0 has no range
    };
    return Math.max(...states.map(share));
  };
  let h = step / 2;
  while (h > 1e-9 * step && !(errorOf(h) < ALLOWED / 10)) h /= 2;
  const enough = wholePart(step, Math.min(h, w.probe.stableStep(group, at, h)));
  return {
    of: w.of,
    place: w.place(neuron),
    free: w.free,
    group,
    state,
    time,
    timeConstant: 1 / spectralRadius(w.probe.jacobian(group, at), group.states.length),
    step,
    enough,
    error,
  };
}

/** The state that goes back to its course the fastest. */
function fastest(states: readonly string[], J: Float64Array, own: (state: string) => boolean): string {
  const rate = (i: number): number => Math.abs(J[i * states.length + i] ?? 0);
  return (
    states[states.reduce((best, state, i) => (own(state) && (best < 0 || rate(i) > rate(best)) ? i : best), -1)] ?? ""
  );
}

/** The longest of step/2, /4, /5, /8, /10, /20, … that is short enough: what was a multiple of the step is one of this, too. */
function wholePart(step: number, enough: number): number {
  for (let power = 1; power < 1e12; power *= 10) {
    const divisor = [2, 4, 5, 8, 10].find((d) => step / (d * power) <= enough * (1 + 1e-9));
    if (divisor !== undefined) return Number((step / (divisor * power)).toPrecision(12));
  }
  return enough;
}
