// Where the threads of one simulation meet: each brings a letter of numbers, and all go on when everybody can read everybody's.
import { StoppedError } from "./usageError.ts";

/** The memory in which they meet; plain data that any thread can be handed. */
export interface MeetingPlace {
  readonly parts: number;
  readonly control: Int32Array;
  /** A box for each thread, in halves that are used in turn. */
  readonly boxes: readonly Float64Array[];
}

/** Numbers of a half of a box; longer letters are brought in pieces. */
const HALF_BOX = 1 << 15;

/** Of `control`: how many have come, how often all have gone on, how many are there at all, whether one has left for good; then of each thread its steps, and the lengths of its letters in turn. */
const ARRIVED = 0,
  GENERATION = 1,
  READY = 2,
  GONE = 3,
  OWN = 16,
  OWN_LENGTH = 16;
const BEAT = 0,
  LENGTHS = 1;

/** Looks for the others before a thread goes to sleep: some tens of microseconds. */
const SPINS = 20_000;
/** ms of a sleep after which a thread looks whether the others still do something; after so many in vain they do not. */
const NAP = 1000;
const NAPS = 60;
/** Looks of about as long, where a thread may not sleep: in a page's main thread. */
const NAP_SPINS = 100_000_000;

export function meetingPlace(parts: number): MeetingPlace {
  return {
    parts,
    control: new Int32Array(new SharedArrayBuffer(4 * (OWN + OWN_LENGTH * parts))),
    boxes: Array.from({ length: parts }, () => new Float64Array(new SharedArrayBuffer(8 * 2 * HALF_BOX))),
  };
}

/** A letter in the making. */
export interface Letter {
  readonly values: Float64Array;
  readonly length: number;
  begin(): void;
  push(value: number): void;
  /** values[low] .. values[high - 1] */
  pushAll(values: ArrayLike<number>, low: number, high: number): void;
  set(at: number, value: number): void;
}

export function letter(): Letter {
  let values = new Float64Array(1024);
  let length = 0;
  const makeRoom = (more: number): void => {
    if (length + more <= values.length) return;
    const larger = new Float64Array(Math.max(2 * values.length, length + more));
    larger.set(values);
    values = larger;
  };
  return {
    get values() {
      return values;
    },
    get length() {
      return length;
    },
    begin() {
      length = 0;
    },
    push(value) {
      makeRoom(1);
      values[length++] = value;
    },
    pushAll(more, low, high) {
      makeRoom(high - low);
      for (let i = low; i < high; i++) values[length++] = more[i] as number;
    },
    set(at, value) {
      values[at] = value;
    },
  };
}

/** A letter that has come. Good until the thread brings its next one. */
export class Reader {
  values: Float64Array = new Float64Array(0);
  at = 0;
  next(): number {
    return this.values[this.at++] as number;
  }
  /** to[low] .. to[high - 1] <- the next numbers */
  take(to: Float64Array, low: number, high: number): void {
    to.set(this.values.subarray(this.at, this.at + high - low), low);
    this.at += high - low;
  }
}

export interface Meeting {
  /** Brings a letter, waits for all, and gives everybody's by the number of the thread, one's own among them. */
  exchange(mine: Letter): readonly Reader[];
  /** Tells that this thread is at work. */
  beat(): void;
}

/** Another thread has ended, or does nothing any more. The simulation cannot go on: the state of that thread's neurons is lost. */
export class ThreadError extends StoppedError {
  override readonly name = "ThreadError";
  constructor(what: string) {
    super(
      `a thread of the simulation ${what}, and the state of its neurons is lost; in one thread, with --threads 1 or without \`threads\`, nothing hangs on others`,
    );
  }
}

/** `endless`: a thread that has nothing else to do waits for as long as it takes. */
export function meeting({ parts, control, boxes }: MeetingPlace, part: number, endless: boolean): Meeting {
  let turn = 0;
  const readers = Array.from({ length: parts }, () => new Reader());
  const assembled = Array.from({ length: parts }, () => new Float64Array(0));
  const own = OWN + OWN_LENGTH * part;

  /** The sum over all threads of the steps they have begun: it changes as long as somebody is at work. */
  const pulse = (): number => {
    let sum = 0;
    for (let k = 0; k < parts; k++) sum = (sum + Atomics.load(control, OWN + OWN_LENGTH * k + BEAT)) | 0;
    return sum;
  };
  const hasGoneOn = (generation: number, looks: number): boolean => {
    for (let look = 0; look < looks; look++) if (Atomics.load(control, GENERATION) !== generation) return true;
    return false;
  };
  const sleep = (generation: number): void => {
    if (Atomics.load(control, GONE) !== 0) throw new ThreadError("has ended");
    if (endless) {
      Atomics.wait(control, GENERATION, generation);
      return;
    }
    let last = pulse();
    for (let nap = 0; nap < NAPS; nap++) {
      const ended = waits(control, GENERATION, generation, NAP);
      if (ended === null ? hasGoneOn(generation, NAP_SPINS) : ended !== "timed-out") return;
      if (Atomics.load(control, GONE) !== 0) return;
      const now = pulse();
      if (now !== last) nap = 0;
      last = now;
    }
    throw new ThreadError("has done nothing for a minute");
  };
  const meet = (): void => {
    const generation = Atomics.load(control, GENERATION);
    if (Atomics.add(control, ARRIVED, 1) === parts - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, GENERATION, 1);
      Atomics.notify(control, GENERATION);
      return;
    }
    if (hasGoneOn(generation, SPINS)) return;
    while (Atomics.load(control, GENERATION) === generation) sleep(generation);
  };
  const bring = (mine: Letter, from: number): void => {
    const length = Math.min(HALF_BOX, mine.length - from);
    if (length > 0) (boxes[part] as Float64Array).set(mine.values.subarray(from, from + length), (turn & 1) * HALF_BOX);
  };

  return {
    beat() {
      Atomics.add(control, own + BEAT, 1);
    },
    exchange(mine) {
      const lengthAt = LENGTHS + (turn & 1);
      Atomics.store(control, own + lengthAt, mine.length);
      bring(mine, 0);
      meet();
      const lengths = readers.map((_, k) => Atomics.load(control, OWN + OWN_LENGTH * k + lengthAt));
      const longest = Math.max(...lengths);
      const start = (turn++ & 1) * HALF_BOX;
      readers.forEach((reader, k) => {
        reader.at = start;
        reader.values = boxes[k] as Float64Array;
      });
      if (longest <= HALF_BOX) return readers;
      readers.forEach((reader, k) => {
        const length = lengths[k] as number;
        if ((assembled[k] as Float64Array).length < length) assembled[k] = new Float64Array(length);
        (assembled[k] as Float64Array).set(reader.values.subarray(start, start + Math.min(HALF_BOX, length)));
        reader.at = 0;
        reader.values = assembled[k] as Float64Array;
      });
      for (let from = HALF_BOX; from < longest; from += HALF_BOX) {
        bring(mine, from);
        meet();
        const half = (turn++ & 1) * HALF_BOX;
        readers.forEach((reader, k) => {
          const length = Math.min(HALF_BOX, (lengths[k] as number) - from);
          if (length > 0) reader.values.set((boxes[k] as Float64Array).subarray(half, half + length), from);
        });
      }
      return readers;
    },
  };
}

/** Null in a page's main thread, which may not sleep. */
function waits(control: Int32Array, index: number, value: number, ms: number): "ok" | "not-equal" | "timed-out" | null {
  try {
    return Atomics.wait(control, index, value, ms);
  } catch {
    return null;
  }
}

/** Tells that a thread has made what it needs. */
export function arrive({ control }: MeetingPlace): void {
  Atomics.add(control, READY, 1);
  Atomics.notify(control, READY);
}

/** Tells that a thread has ended, or is about to: nobody waits for it any longer. */
export function leave({ control }: Pick<MeetingPlace, "control">): void {
  Atomics.store(control, GONE, 1);
  Atomics.notify(control, READY);
  Atomics.notify(control, GENERATION);
}

/** Whether all other threads are there, `"never"` where one has left; waits so many ms for them. */
export function assembledThreads({ parts, control }: MeetingPlace, ms: number): boolean | "never" {
  for (;;) {
    const ready = Atomics.load(control, READY);
    if (Atomics.load(control, GONE) !== 0) return "never";
    if (ready === parts - 1) return true;
    const waited = ms > 0 ? waits(control, READY, ready, ms) : null;
    if (waited === null || waited === "timed-out") return Atomics.load(control, READY) === parts - 1;
  }
}
