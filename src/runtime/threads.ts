// One simulation by several threads: what each of them does in a step, what they tell one another, and how the bits stay those of one.
//
// Each thread has all populations and integrates its range of each; the connections that end there are its own, in arrays that all share. A spike needs its delay to arrive, so that the
// threads meet once a least delay and hand over the spikes since they met last. Between two calls of `advance` all that is true stands in the thread that was asked: at the start of
// a call it hands it out, at the end it gathers what the others have made of it. Where anything goes wrong all go back to where they last saved, and that thread goes on alone: what
// happens then, happens as it always does.
import { LOOK_EVERY, timeOf } from "./clock.ts";
import { gridStepper, type GridStepper, type Listener, type NeuronRange } from "./gridStepper.ts";
import type { GridKernel } from "./kernel.ts";
import { narrow, readHistory, writeHistory } from "./historyLetters.ts";
import { indexOfNonFinite, stillTrueText } from "./looks.ts";
import { letter, meeting, type Meeting, type MeetingPlace, type Reader } from "./meeting.ts";
import { coupleForGood, network, receives, type Network, type Segments } from "./network.ts";
import { variableOf, type GridProjection } from "./projection.ts";
import { enlarged, type RecordRequest } from "./recording.ts";
import { samplesOf } from "./sampleLetters.ts";
import { pieceOf, rangeOf, segmentsIn, staysInShares, type Boundaries, type Share } from "./share.ts";
import type { SpikeHistory } from "./spikeHistory.ts";
import { stepsApart } from "./worth.ts";

/** States of neurons that connections read at their source: each thread has those of all neurons. */
export interface Mirrored {
  readonly population: string;
  readonly state: string;
}

/** What all threads of a simulation have in common. */
export interface SharedRun {
  readonly dt: number;
  /** In alphabetical order. */
  readonly populations: readonly GridKernel[];
  readonly projections: readonly GridProjection[];
  readonly spikesOf: readonly string[];
  readonly records: readonly RecordRequest[];
  readonly histories: readonly (SpikeHistory | null)[];
  readonly mirrored: readonly Mirrored[];
  readonly place: MeetingPlace;
  /** By projection. */
  readonly boundaries: readonly Boundaries[];
}

/** What the thread that was asked does with what all have found. */
export interface Account {
  /** The steps taken so far cannot be undone any more but by `restore`. */
  save(n: number): void;
  spike(time: number, population: number, neuron: number): void;
  /** A sample of the trace number k. */
  sample(k: number, value: number): void;
  stillTrue(population: number, text: string): void;
  /** Asked after each step: whether to stop after one of the next. */
  enough(): boolean;
}

/** Spikes that arrive in a step were sent at least a least delay before it: so many steps can be taken between two meetings. */
export function stepsTogether(projections: readonly GridProjection[], mirrored: readonly Mirrored[]): number {
  if (mirrored.length > 0) return 1;
  const delays = projections.flatMap((p) =>
    receives(p) && p.connections.count > 0 ? [p.connections.delays[0] ?? 0] : [],
  );
  return stepsApart(Math.min(...delays));
}

/** The threads cannot go on together; all stand where they last saved. */
const APART = -1;

/** One thread among those of a simulation. */
export interface Member {
  /** Of the thread that was asked: takes the others from step n on, up to `end` or to where it is enough. Answers where they stand, and whether together. */
  lead(n: number, end: number, account: Account): { readonly n: number; readonly apart: boolean };
  /** Of all others: does what it is asked, and never ends. */
  follow(): never;
}

export function member(run: SharedRun, part: number, freeFrom: readonly Float64Array[]): Member {
  const { dt, populations, projections, histories, mirrored, place } = run;
  const sizeOf = (population: string): number => populations.find(({ name }) => name === population)?.size ?? 0;
  const share: Share = { part, parts: place.parts };
  const room: Meeting = meeting(place, part, part > 0);
  const others = Array.from({ length: place.parts }, (_, k) => k).filter((k) => k !== part);
  const ranges = populations.map(({ size }) => rangeOf(size, share));
  const rangesOf = Array.from({ length: place.parts }, (_, k) =>
    populations.map(({ size }) => rangeOf(size, { part: k, parts: place.parts })),
  );
  const mine = letter();
  const empty = letter();
  /** What a reset has left true, in the block that is under way: step, population, text. */
  let stillTrue: { readonly n: number; readonly p: number; readonly text: string }[] = [];
  const told = new Set<number>();
  const listeners = populations.map((kernel, p): Listener => ({
    keepsSpikes: false,
    spike: () => undefined,
    stillTrue(neuron, time) {
      if (told.has(p)) return;
      told.add(p);
      stillTrue.push({ n: Math.round(time / dt), p, text: stillTrueText(kernel, neuron, neuron, time) });
    },
  }));
  const steppers = populations.map((kernel, p): GridStepper =>
    gridStepper(kernel, dt, listeners[p] as Listener, freeFrom[p], ranges[p]),
  );
  /** Whose spikes end in the share in which they begin: nobody else needs to hear of them. */
  const near = populations.map(
    ({ name, size }, p) =>
      histories[p] !== null &&
      projections
        .filter((q) => q.source === name && receives(q))
        .every((q) => staysInShares(q, size, sizeOf(q.target), place.parts)),
  );
  const segmentsOf = (q: GridProjection): Segments => {
    const isNear = near[populations.findIndex(({ name }) => name === q.source)] === true;
    return segmentsIn(q, share, run.boundaries[projections.indexOf(q)] as Boundaries, isNear);
  };
  // The one that was asked has them already, of all connections.
  if (part > 0) coupleForGood(populations, projections, segmentsOf);
  const net: Network = network(populations, projections, steppers, histories, {
    segmentsOf,
    kept: (values) => pieceOf(values, share),
  });
  const changes = projections.flatMap((p) => p.values.filter((v) => v.changes).map((v) => pieceOf(v.values, share)));
  /** Each thread keeps all of them: what they are of is mirrored, or the same for all. */
  const pasts = projections.flatMap((p) => (p.kept ?? []).map((k) => k.past));
  const period = stepsTogether(projections, mirrored);
  const mirrors = mirrored.map(({ population, state }) => {
    const p = populations.findIndex((k) => k.name === population);
    return { p, values: variableOf(populations[p] as GridKernel, state) };
  });
  const kept = populations.map(({ name }) => run.spikesOf.includes(name));
  /** Populations whose spikes the threads tell one another. */
  const heard = kept.map((k, p) => k || (histories[p] !== null && near[p] !== true));
  const samples = samplesOf(run, share);
  let list = new Int32Array(64);
  /** It is enough. */
  let over = false;

  const begin = (): void => {
    mine.begin();
    // Whether something is wrong, and whether it is enough.
    mine.push(0);
    mine.push(0);
  };
  const sample = (n: number): void => {
    if (!samples.isDue(n)) return;
    for (const kernel of populations) kernel.drive(n);
    if (samples.gathers(n)) net.gather(n);
    samples.take(n, mine);
  };
  const readSamples = (n: number, letters: readonly Reader[], account: Account | null): void => {
    if (samples.isDue(n)) samples.read(n, letters, account);
  };
  /** Spikes of step n - 1, which leave at t_n. */
  const readSpikes = (n: number, letters: readonly Reader[], account: Account | null): void => {
    for (let p = 0; p < populations.length; p++) {
      if (heard[p] !== true) continue;
      let count = 0;
      for (const reader of letters) {
        const more = reader.next();
        if (count + more > list.length) list = enlarged(list, new Int32Array(2 * (count + more)));
        for (let k = 0; k < more; k++) list[count++] = reader.next();
      }
      if (near[p] !== true) net.send(p, n, { neurons: list, count });
      if (account !== null && kept[p] === true && count > 0) {
        const time = timeOf(n, dt);
        for (let k = 0; k < count; k++) account.spike(time, p, list[k] as number);
      }
    }
  };
  const reply = (n: number): void => {
    for (let p = 0; p < populations.length; p++) net.reply(p, n, (steppers[p] as GridStepper).sent);
  };

  /** Step n of this share. `first`: what there was at its beginning has been sampled. */
  const step = (n: number, first: boolean): void => {
    room.beat();
    if (!first) sample(n);
    for (const kernel of populations) kernel.drive(n);
    net.before(n);
    for (let p = 0; p < steppers.length; p++) {
      const stepper = steppers[p] as GridStepper;
      stepper.step(n);
      if (near[p] === true) net.send(p, n + 1, stepper.sent);
      if (heard[p] !== true) continue;
      const { neurons, count } = stepper.sent;
      mine.push(count);
      mine.pushAll(neurons, 0, count);
    }
    if (mirrors.length === 0) reply(n + 1);
  };

  /** Steps n .. until - 1 and what is told of them; answers where it ends, or APART. */
  const block = (start: number, until: number, account: Account | null): number => {
    let n = start;
    over = false;
    while (n < until && !over) {
      const last = Math.min(until, n + period);
      begin();
      try {
        for (let k = n; k < last; k++) {
          step(k, k === start);
          if (account?.enough() === true) mine.set(1, 1);
        }
        for (const { p, values } of mirrors) {
          const { low, high } = ranges[p] as NeuronRange;
          mine.pushAll(values, low, high);
        }
      } catch {
        // What it was, the thread that goes on alone finds again.
        mine.set(0, 1);
      }
      const letters = room.exchange(mine);
      const wrong = anySays(letters);
      over = anySays(letters);
      if (wrong) return APART;
      for (let k = n; k < last; k++) {
        if (k > start) readSamples(k, letters, account);
        readSpikes(k + 1, letters, account);
      }
      for (const { p, values } of mirrors)
        letters.forEach((reader, k) => {
          const { low, high } = (rangesOf[k] as NeuronRange[])[p] as NeuronRange;
          reader.take(values, low, high);
        });
      n = last;
      if (mirrors.length > 0) reply(n);
    }
    begin();
    try {
      sample(n);
    } catch {
      mine.set(0, 1);
    }
    if (!isFinite()) mine.set(0, 1);
    mine.push(stillTrue.length);
    for (const { n, p, text } of stillTrue) {
      for (const number of [n, p, text.length]) mine.push(number);
      for (let k = 0; k < text.length; k++) mine.push(text.charCodeAt(k));
    }
    const letters = room.exchange(mine);
    if (anySays(letters)) return APART;
    anySays(letters);
    stillTrue = [];
    readSamples(n, letters, account);
    if (account !== null) readStillTrue(letters, account);
    return n;
  };

  const isFinite = (): boolean =>
    populations.every(({ states }, p) => {
      const { low, high } = ranges[p] as NeuronRange;
      return states.every(({ values }) => indexOfNonFinite(values.subarray(low, high)) < 0);
    }) && changes.every((values) => indexOfNonFinite(values) < 0);

  /** From one save to the next. */
  const blocks = (start: number, end: number, account: Account | null): { n: number; apart: boolean } => {
    let n = start;
    while (n < end) {
      for (const stepper of steppers) stepper.save();
      net.save();
      account?.save(n);
      // Connections are saved in pieces that are not those that a thread changes.
      if (changes.length > 0) room.exchange(empty);
      const until = Math.min(end, n + LOOK_EVERY);
      const reached = block(n, until, account);
      if (reached === APART) {
        for (const stepper of steppers) stepper.restore();
        net.restore();
        for (const { p } of stillTrue) told.delete(p);
        stillTrue = [];
        return { n, apart: true };
      }
      n = reached;
      if (over) break;
    }
    return { n, apart: false };
  };

  /** All that changes in the range of each population, or in all of it. */
  const write = (ranged: boolean): void => {
    populations.forEach(({ memory, size }, p) => {
      const { low, high } = ranged ? (ranges[p] as NeuronRange) : { low: 0, high: size };
      for (const values of memory.arrays) mine.pushAll(values, low, high);
      mine.pushAll(freeFrom[p] as Float64Array, low, high);
    });
  };
  const handOut = (n: number, end: number): void => {
    mine.begin();
    mine.push(n);
    mine.push(end);
    write(false);
    for (const { inputs } of populations)
      for (const values of Object.values(inputs)) mine.pushAll(values, 0, values.length);
    for (const history of histories) if (history !== null) writeHistory(history, mine);
    for (const values of pasts) mine.pushAll(values, 0, values.length);
    room.exchange(mine);
  };
  const takeOver = (): { readonly n: number; readonly end: number } => {
    const from = room.exchange(empty)[0] as Reader;
    const [n, end] = [from.next(), from.next()];
    populations.forEach(({ memory, size }, p) => {
      for (const values of memory.arrays) from.take(values, 0, size);
      from.take(freeFrom[p] as Float64Array, 0, size);
    });
    for (const { inputs } of populations)
      for (const values of Object.values(inputs)) from.take(values, 0, values.length);
    histories.forEach((history, p) => {
      if (history !== null) readHistory(history, [from], near[p] === true ? ranges[p] : undefined);
    });
    for (const values of pasts) from.take(values, 0, values.length);
    for (const stepper of steppers) stepper.resume(n);
    return { n, end };
  };
  const writeNear = (): void =>
    histories.forEach((history, p) => {
      if (history !== null && near[p] === true) writeHistory(history, mine);
    });
  const gather = (): void => {
    mine.begin();
    writeNear();
    const letters = room.exchange(mine);
    for (const k of others)
      populations.forEach(({ memory }, p) => {
        const reader = letters[k] as Reader;
        const { low, high } = (rangesOf[k] as NeuronRange[])[p] as NeuronRange;
        for (const values of memory.arrays) reader.take(values, low, high);
        reader.take(freeFrom[p] as Float64Array, low, high);
      });
    histories.forEach((history, p) => {
      if (history !== null && near[p] === true) readHistory(history, letters);
    });
  };

  return {
    lead(n, end, account) {
      handOut(n, end);
      for (const stepper of steppers) stepper.resume(n);
      histories.forEach((history, p) => {
        if (history !== null && near[p] === true) narrow(history, ranges[p] as NeuronRange);
      });
      const reached = blocks(n, end, account);
      gather();
      return reached;
    },
    follow() {
      for (;;) {
        const { n, end } = takeOver();
        blocks(n, end, null);
        mine.begin();
        write(true);
        writeNear();
        room.exchange(mine);
      }
    },
  };
}

/** Whether the next number of a letter is not 0. */
function anySays(letters: readonly Reader[]): boolean {
  let any = false;
  for (const reader of letters) if (reader.next() !== 0) any = true;
  return any;
}

/** In the order in which one thread would have told them. */
function readStillTrue(letters: readonly Reader[], account: Account): void {
  const all = letters.flatMap((reader) =>
    Array.from({ length: reader.next() }, () => {
      const [n, p, length] = [reader.next(), reader.next(), reader.next()];
      return { n, p, text: String.fromCharCode(...Array.from({ length }, () => reader.next())) };
    }),
  );
  all.sort((a, b) => a.n - b.n || a.p - b.p);
  for (const { p, text } of all) account.stillTrue(p, text);
}
