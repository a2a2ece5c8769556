// One step of a population whose spikes are located inside the step: the crossing is found as a root, the reset happens there, the rest of the step starts there.
import { timeOf } from "./clock.ts";
import { NotFinite, type Listener, type Stepper } from "./gridStepper.ts";
import type { PreciseCondition, PreciseKernel } from "./kernel.ts";
import { findRoot } from "./root.ts";

/** Crossings are located to this many ms. */
const TOLERANCE = 1e-12;
/** A crossing stands still when a shorter way to it finds it within this many ms of where it was. */
const SETTLED = 1e-10;
/** A condition that moves this many times as far in the second half of a step as in the first may be escaping to infinity: one Runge-Kutta step would not see it. */
const STEEP = 1.5;
/** A steep step is halved down to this part of it, twenty times. */
const SHORTEST = 1 / 1048576;
/** Each step towards a crossing is this part of what is left. */
const STRIDE = 1 / 8;
/** More events than this of one neuron in one step: the rest of the step runs without looking. */
const MOST_EVENTS = 1000;

/** A spike that arrives inside the coming step. */
export interface Arrival {
  /** ms */
  readonly time: number;
  act(t: number, state: Float64Array): void;
}

export interface PreciseStepper extends Stepper {
  /** To be acted on in the next step, in the order of time and, at one time, of the calls. */
  receive(j: number, arrival: Arrival): void;
}

export function preciseStepper(kernel: PreciseKernel, dt: number, listener: Listener): PreciseStepper {
  const { size } = kernel;
  const width = Math.max(kernel.states.length, 1);
  const conditions: PreciseCondition[] = kernel.spike === undefined ? [...kernel.events] : [kernel.spike, ...kernel.events];
  const isSpike = (c: number): boolean => kernel.spike !== undefined && c === 0;
  const isLevel = (c: number): boolean => isSpike(c) && kernel.spike?.crossing === false;
  // Per neuron: when it is free again (ms), and which conditions were true when last looked at.
  const freeAt = new Float64Array(size).fill(-Infinity);
  const wasTrue = new Uint8Array(size * Math.max(conditions.length, 1));
  const saved = { words: new Float64Array(kernel.memory.words.length), freeAt: new Float64Array(size), wasTrue: new Uint8Array(wasTrue.length) };
  for (let i = 0; i < size; i++) conditions.forEach((condition, c) => (wasTrue[i * conditions.length + c] = condition.initial(i) ? 1 : 0));
  /** Whether the last search met a steep condition; then only the first half of the step is to be taken. */
  let steep = false;

  const y = new Float64Array(width);
  const trial = new Float64Array(width);
  const back = new Float64Array(width);

  const flowTo = (t: number, h: number, held: boolean): void => {
    trial.set(y);
    if (h <= 0) return;
    if (held) kernel.flowHeld(t, h, trial);
    else kernel.flow(t, h, trial);
  };

  /**
   * First crossing of condition c within [0, h] from y, or Infinity. Looks at both ends and at the top of the parabola through them and the middle.
   * `known`: at the start, just on the border, it has already been counted as true.
   */
  const crossing = (c: number, t: number, h: number, held: boolean, known: boolean): number => {
    const condition = conditions[c] as PreciseCondition;
    const margin = (x: number): number => {
      flowTo(t, x, held);
      const value = condition.margin(t + x, trial);
      // An upstroke that runs to infinity has crossed.
      return Number.isNaN(value) ? Infinity : value;
    };
    const start = condition.margin(t, y);
    if (isLevel(c)) {
      if (start > 0) return 0;
    } else if (start > 0 || (start === 0 && known)) {
      return Infinity; // it is true already: what counts is that it becomes so
    }
    const end = margin(h);
    if (end > 0) return findRoot(margin, 0, h, start, end, TOLERANCE);
    const middle = margin(h / 2);
    if (middle > 0) return findRoot(margin, 0, h / 2, start, middle, TOLERANCE);
    if (middle > start && end - middle > STEEP * (middle - start)) steep = true;
    const curvature = start - 2 * middle + end;
    const top = curvature < 0 ? h * (0.5 + (start - end) / (4 * curvature)) : -1;
    if (top > 0 && top < h) {
      const highest = margin(top);
      if (highest > 0) return findRoot(margin, 0, top, start, highest, TOLERANCE);
    }
    return Infinity;
  };

  /**
   * Moves y towards the crossing of condition c that was found `at` ms ahead, and returns how far. One long Runge-Kutta step misses an upstroke that escapes
   * to infinity by a third of the way to it: so the way is taken in shorter and shorter steps until the crossing stands still.
   */
  const approach = (c: number, t: number, h: number, at: number): { readonly walked: number; readonly left: number } => {
    let walked = 0;
    let left = at;
    while (left * STRIDE > TOLERANCE) {
      const stride = left * STRIDE;
      back.set(y);
      flowTo(t + walked, stride, false);
      y.set(trial);
      const next = crossing(c, t + walked + stride, h - walked - stride, false, false);
      if (next === Infinity) {
        y.set(back);
        break;
      }
      const moved = Math.abs(stride + next - left);
      walked += stride;
      left = next;
      if (moved <= SETTLED) break;
    }
    return { walked, left };
  };

  const inbox = new Map<number, Arrival[]>();
  let spiked = new Int32Array(16);
  let spikeTimes = new Float64Array(16);
  let spikeCount = 0;
  const heldStates = kernel.states.flatMap((s, k) => (kernel.held.includes(s.name) ? [k] : []));

  const tell = (i: number, time: number): void => {
    if (spikeCount === spiked.length) {
      const [neurons, times] = [new Int32Array(2 * spikeCount), new Float64Array(2 * spikeCount)];
      neurons.set(spiked);
      times.set(spikeTimes);
      [spiked, spikeTimes] = [neurons, times];
    }
    spiked[spikeCount] = i;
    spikeTimes[spikeCount++] = time;
    listener.spike(i, time);
    const period = kernel.refractoryPeriod();
    if (period > 0) freeAt[i] = time + period;
  };

  /** Events, and spikes that are crossings, which a jump of the state or of an input has made true. */
  const noticeEdges = (i: number, time: number, spikesToo: boolean): void => {
    for (let c = 0; c < conditions.length; c++) {
      if (isLevel(c) || (isSpike(c) && !spikesToo)) continue;
      const condition = conditions[c] as PreciseCondition;
      const flag = i * conditions.length + c;
      const now = condition.margin(time, y) > 0 ? 1 : 0;
      if (now === 1 && wasTrue[flag] === 0 && (freeAt[i] as number) <= time) {
        condition.apply(time, y);
        if (isSpike(c)) tell(i, time);
      }
      wasTrue[flag] = now;
    }
  };

  /** What arrives in a refractory period leaves held states as they were. */
  const take = (i: number, arrival: Arrival, time: number): void => {
    back.set(y);
    arrival.act(time, y);
    if (time < (freeAt[i] as number)) for (const k of heldStates) y[k] = back[k] as number;
    noticeEdges(i, time, true);
  };

  const stepNeuron = (i: number, n: number): void => {
    const begin = timeOf(n, dt);
    kernel.load(i, y);
    const flags = i * conditions.length;
    let done = 0; // ms into the step
    let events = 0;
    const arrivals = [...(inbox.get(i) ?? [])].sort((a, b) => a.time - b.time);
    let arrived = 0;
    // An event that depends on inputs alone becomes true with the step.
    noticeEdges(i, begin, false);
    for (let c = 0; c < conditions.length; c++) if (isSpike(c)) wasTrue[flags + c] = (conditions[c] as PreciseCondition).margin(begin, y) > 0 ? 1 : 0;
    while (done < dt) {
      const t = begin + done;
      const held = t < (freeAt[i] as number);
      const next = arrivals[arrived];
      const arrivesAt = next === undefined ? Infinity : next.time - begin;
      if (next !== undefined && arrivesAt <= done) {
        take(i, next, t);
        arrived++;
        continue;
      }
      const until = Math.min(dt, arrivesAt, held ? (freeAt[i] as number) - begin : dt);
      const h = until - done;
      let first = -1;
      let at = Infinity;
      steep = false;
      if (!held && events < MOST_EVENTS) {
        for (let c = 0; c < conditions.length; c++) {
          const x = crossing(c, t, h, held, wasTrue[flags + c] === 1);
          if (x < at) {
            at = x;
            first = c;
          }
        }
      }
      if (first < 0) {
        const half = steep && h > SHORTEST * dt;
        flowTo(t, half ? h / 2 : h, held);
        y.set(trial);
        done = half ? done + h / 2 : until;
        continue;
      }
      const { walked, left } = approach(first, t, h, at);
      flowTo(t + walked, left, held);
      y.set(trial);
      done += walked + left;
      events++;
      const condition = conditions[first] as PreciseCondition;
      if (!y.every(Number.isFinite)) {
        kernel.store(i, y);
        throw new NotFinite();
      }
      condition.apply(begin + done, y);
      wasTrue[flags + first] = 1;
      if (isSpike(first)) {
        const time = begin + done;
        tell(i, time);
        if (isLevel(first) && condition.margin(time, y) > 0) {
          listener.stillTrue(i, time);
          // Without a refractory period nothing moves the time on: integrate the rest of the step unwatched.
          if (kernel.refractoryPeriod() <= 0) events = MOST_EVENTS;
        }
      }
    }
    for (let c = 0; c < conditions.length; c++) wasTrue[flags + c] = (conditions[c] as PreciseCondition).margin(begin + dt, y) > 0 ? 1 : 0;
    kernel.store(i, y);
  };

  return {
    get sent() {
      return { neurons: spiked, count: spikeCount, times: spikeTimes };
    },
    receive(j, arrival) {
      const waiting = inbox.get(j);
      if (waiting === undefined) inbox.set(j, [arrival]);
      else waiting.push(arrival);
    },
    step(n) {
      spikeCount = 0;
      const { source } = kernel;
      if (source !== undefined) {
        if (!listener.keepsSpikes) return;
        const count = source.fire(n);
        for (let k = 0; k < count; k++) listener.spike(source.spikes[k] as number, source.times?.[k] ?? timeOf(n + 1, dt));
        return;
      }
      for (let i = 0; i < size; i++) stepNeuron(i, n);
      inbox.clear();
    },
    save() {
      saved.words.set(kernel.memory.words);
      saved.freeAt.set(freeAt);
      saved.wasTrue.set(wasTrue);
    },
    restore() {
      kernel.memory.words.set(saved.words);
      freeAt.set(saved.freeAt);
      wasTrue.set(saved.wasTrue);
    },
  };
}
