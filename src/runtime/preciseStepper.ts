// One step of a population whose spikes are located inside the step: the automaton of the language reference, "Spikes, resets, events".
import { timeOf } from "./clock.ts";
import { crossingSearch, TOGETHER, TooManyPieces } from "./crossings.ts";
import { EndlessStep, TooManySubsteps } from "./endless.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { negativePeriod, negativePeriodAt, NotFinite, type Listener, type Stepper } from "./gridStepper.ts";
import type { PreciseCondition, PreciseKernel } from "./kernel.ts";

/** One neuron whose conditions become true more often than this in one step does not get out of it. */
const MOST_INSTANTS = 1000;
/** What a reset makes true happens in the next round of the same instant: more rounds than this have no end. */
const MOST_ROUNDS = 1000;

export interface PreciseStepper extends Stepper {
  /** What is to be acted on in the next step. */
  readonly inbox: Inbox;
}

export function preciseStepper(kernel: PreciseKernel, dt: number, listener: Listener): PreciseStepper {
  const { size } = kernel;
  const conditions: PreciseCondition[] =
    kernel.spike === undefined ? [...kernel.events] : [kernel.spike, ...kernel.events];
  const isSpike = (c: number): boolean => kernel.spike !== undefined && c === 0;
  const isLevel = kernel.spike?.crossing === false;
  // Per neuron: when it is free again (ms), and which conditions have been seen to be true.
  const freeAt = new Float64Array(size).fill(-Infinity);
  const seen = Array.from({ length: size }, (_, i) =>
    Uint8Array.from(conditions, (condition, c) => (!(isLevel && c === 0) && condition.initial(i) ? 1 : 0)),
  );
  const saved = {
    words: new Float64Array(kernel.memory.words.length),
    freeAt: new Float64Array(size),
    seen: seen.map((flags) => flags.slice()),
  };
  const search = crossingSearch(kernel, conditions, dt);
  const { y } = search;
  const back = new Float64Array(y.length);
  for (let i = 0; i < size; i++) {
    kernel.load(i, y);
    if (kernel.periodsAtSpikes === undefined && !(kernel.refractoryPeriod(y) >= 0))
      throw negativePeriod(kernel.name, i);
  }
  const happening = new Uint8Array(conditions.length);
  const heldStates = kernel.states.flatMap((s, k) => (kernel.held.includes(s.name) ? [k] : []));

  const inbox = createInbox(size);
  let spiked = new Int32Array(16);
  let spikeTimes = new Float64Array(16);
  let spikeCount = 0;
  // Of the neuron that is under way.
  let known: Uint8Array = new Uint8Array(0);
  let lastSpike = -Infinity;
  // Of the step (ms): where it begins and ends, and how far apart times may lie that are one time; late times are rounded more coarsely.
  let begin = 0,
    end = 0,
    near = TOGETHER;
  // Its arrivals: the next one, and the one behind the last.
  let arrived = 0,
    arrivals = 0;

  const tell = (i: number, time: number): void => {
    if (spikeCount === spiked.length) {
      const [neurons, times] = [new Int32Array(2 * spikeCount), new Float64Array(2 * spikeCount)];
      neurons.set(spiked);
      times.set(spikeTimes);
      [spiked, spikeTimes] = [neurons, times];
    }
    spiked[spikeCount] = i;
    spikeTimes[spikeCount++] = time;
    lastSpike = time;
    listener.spike(i, time);
    const period = kernel.refractoryPeriod(y);
    if (!(period >= 0)) throw negativePeriodAt(kernel.name, i, time);
    if (period > 0) freeAt[i] = time + period;
  };
  const isHeld = (i: number, time: number): boolean => time < (freeAt[i] as number) - near;
  const holds = (c: number, time: number): boolean => (conditions[c] as PreciseCondition).holds(time, y);
  const demandFinite = (i: number): void => {
    for (let k = 0; k < y.length; k++) {
      if (Number.isFinite(y[k])) continue;
      kernel.store(i, y);
      throw new NotFinite();
    }
  };
  // `back.set(y)`, which takes longer to call than a few states to copy.
  const keep = (): void => {
    for (let k = 0; k < y.length; k++) back[k] = y[k] as number;
  };

  /** What is true in a refractory period is lost, however it became so. */
  const lose = (time: number): void => {
    for (let c = 0; c < conditions.length; c++) known[c] = holds(c, time) ? 1 : 0;
  };

  /** All conditions that have become true happen, the spike first; then those that became true by it, round by round. Whether anything did. */
  const happen = (i: number, time: number): boolean => {
    if (isHeld(i, time)) {
      lose(time);
      return false;
    }
    for (let rounds = 0; ; rounds++) {
      let last = -1;
      for (let c = 0; c < conditions.length; c++) {
        const now = holds(c, time);
        happening[c] = now && known[c] === 0 ? 1 : 0;
        known[c] = now ? 1 : 0;
        if (happening[c] === 1) last = c;
      }
      if (last < 0) return rounds > 0;
      if (rounds >= MOST_ROUNDS) throw new EndlessStep({ kind: "events", neuron: i, time, index: last });
      demandFinite(i);
      for (let c = 0; c <= last; c++) {
        if (happening[c] === 0) continue;
        (conditions[c] as PreciseCondition).apply(time, y);
        if (!isSpike(c)) continue;
        tell(i, time);
        if (isLevel && holds(c, time)) listener.stillTrue(i, time);
      }
      if (isHeld(i, time)) {
        lose(time);
        return true;
      }
    }
  };

  /** A refractory period of h ms from x on has passed. What became true at its very end was not lost; a level spikes where it is true. */
  const release = (x: number, h: number): void => {
    const time = search.timeAt(x + h);
    for (let c = 0; c < conditions.length; c++) {
      const now = holds(c, time);
      if (!now || (isLevel && c === 0)) known[c] = 0;
      else if (known[c] === 0 && search.heldCrossing(c, x, h, back) < h - near) known[c] = 1;
    }
  };

  const nextArrival = (): number => (arrived < arrivals ? inbox.time(arrived) : Infinity);
  const takeArrivals = (i: number, time: number): void => {
    const held = isHeld(i, time);
    if (held) keep();
    let last = arrived;
    while (last < arrivals && inbox.time(last) <= time + near) last++;
    inbox.together(arrived, last);
    for (; arrived < last; arrived++) {
      inbox.act(arrived, time, y);
      // What arrives in a refractory period leaves held states as they were: the next one reads that.
      if (held) for (const k of heldStates) y[k] = back[k] as number;
    }
    search.disturbed();
  };

  const stepNeuron = (i: number): void => {
    known = seen[i] as Uint8Array;
    lastSpike = -Infinity;
    kernel.load(i, y);
    search.start();
    arrived = inbox.first(i);
    arrivals = inbox.first(i + 1);
    let done = 0; // ms into the step
    let instants = 0;

    // Inputs may have jumped with the step, and spikes arrive with it.
    if (arrived < arrivals) takeArrivals(i, begin);
    if (conditions.length > 0) happen(i, begin);
    while (done < dt) {
      const time = search.timeAt(done);
      const held = isHeld(i, time);
      const arrivesAt = nextArrival() - begin;
      const freeIn = held ? (freeAt[i] as number) - begin : Infinity;
      let until = Math.min(dt, arrivesAt, freeIn);
      let look = held;
      if (until > dt - near) until = dt; // it belongs to the end of this step
      if (held || conditions.length === 0) {
        const x = done,
          h = until - done;
        keep();
        if (h > 0) {
          if (held) kernel.flowHeld(time, h, y);
          else kernel.flow(time, h, y);
        }
        done = until;
        if (held && freeIn <= until + near) {
          release(x, h);
          search.disturbed();
        }
      } else {
        const rest = until - done;
        const moved = rest > 0 ? search.advance(done, rest, known) : 0;
        done = moved >= rest ? until : done + moved;
        demandFinite(i);
        if (rest > 0 && search.found >= 0) {
          look = true;
          if (++instants > MOST_INSTANTS)
            throw new EndlessStep({ kind: "events", neuron: i, time: search.timeAt(done), index: search.found });
          done = Math.min(dt, done + search.gather(done, known));
          search.disturbed();
        }
      }
      const now = search.timeAt(done);
      // A level that its reset left true spikes once a step, at its end.
      if (isLevel && done >= dt && known[0] === 1 && lastSpike !== now && !isHeld(i, now)) {
        known[0] = 0;
        look = true;
      }
      if (look && conditions.length > 0 && happen(i, now)) search.disturbed();
      if (nextArrival() <= now + near) {
        takeArrivals(i, now);
        if (conditions.length > 0) happen(i, now);
      }
    }
    kernel.store(i, y);
  };

  const stepAll = (): void => {
    let i = 0;
    try {
      for (; i < size; i++) stepNeuron(i);
    } catch (error) {
      if (error instanceof TooManySubsteps)
        throw new EndlessStep({ kind: "substeps", neuron: i, time: error.time, index: error.state });
      if (error instanceof TooManyPieces) throw new EndlessStep({ kind: "pieces", neuron: i, time: begin, index: -1 });
      throw error;
    }
  };

  return {
    get sent() {
      return { neurons: spiked, count: spikeCount, times: spikeTimes };
    },
    inbox,
    step(n) {
      spikeCount = 0;
      const { source } = kernel;
      if (source !== undefined) {
        if (!listener.keepsSpikes) return;
        const count = source.fire(n);
        for (let k = 0; k < count; k++)
          listener.spike(source.spikes[k] as number, source.times?.[k] ?? timeOf(n + 1, dt));
        return;
      }
      begin = timeOf(n, dt);
      end = timeOf(n + 1, dt);
      near = TOGETHER + end * 1e-15;
      search.enter(begin, end);
      inbox.close();
      stepAll();
      inbox.clear();
    },
    save() {
      saved.words.set(kernel.memory.words);
      saved.freeAt.set(freeAt);
      seen.forEach((flags, i) => saved.seen[i]?.set(flags));
    },
    restore() {
      kernel.memory.words.set(saved.words);
      freeAt.set(saved.freeAt);
      seen.forEach((flags, i) => flags.set(saved.seen[i] as Uint8Array));
      inbox.clear();
    },
  };
}
