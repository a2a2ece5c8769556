// The spikes of one population that are still on their way: a list for each of the last steps, so that connections with one delay need no queue.

export interface SpikeHistory {
  /** The lists, one behind the other; entry a stands at `ring[a & mask]`. They may move when spikes are added. */
  readonly ring: Int32Array;
  readonly mask: number;
  /** Keeps the spikes at t_n; steps come one after another. */
  push(n: number, neurons: Int32Array, count: number): void;
  /** First entry of the spikes at t_n and the one behind the last; empty where n is before the run. */
  from(n: number): number;
  to(n: number): number;
  /** from[k], to[k] <- the same of the spikes at t_(n - ages[k]), for ages (steps) below the depth. */
  look(n: number, ages: Int32Array, from: Int32Array, to: Int32Array): void;
  /** The first and the last step whose lists it has. */
  readonly oldest: number;
  readonly newest: number;
  /** Forgets all lists: the next one that comes is that of step n. */
  begin(n: number): void;
  save(): void;
  restore(): void;
}

/** `depth`: for how many steps spikes are kept, the longest delay (steps) + 1. */
export function spikeHistory(depth: number): SpikeHistory {
  let ring = new Int32Array(1024);
  let mask = ring.length - 1;
  let head = 0;
  // Beginnings and ends of the lists, the one of step n at n modulo depth. They grow up to the depth with the run: a delay may be longer than it.
  let begins = new Float64Array(Math.min(depth, 1024));
  let ends = new Float64Array(begins.length);
  let first = 0;
  let newest = -1;
  const saved = {
    ring: new Int32Array(0),
    head: 0,
    begins: new Float64Array(0),
    ends: new Float64Array(0),
    newest: -1,
  };

  const makeRoom = (wanted: number, oldest: number): void => {
    let length = ring.length;
    while (length < wanted) length *= 2;
    const larger = new Int32Array(length);
    for (let a = oldest; a < head; a++) larger[a & (length - 1)] = ring[a & mask] as number;
    ring = larger;
    mask = length - 1;
  };
  const lengthen = (): void => {
    const length = Math.min(depth, 2 * begins.length);
    const [longerBegins, longerEnds] = [new Float64Array(length), new Float64Array(length)];
    longerBegins.set(begins);
    longerEnds.set(ends);
    begins = longerBegins;
    ends = longerEnds;
  };
  const known = (n: number): boolean => n >= first && n <= newest && n > newest - depth;

  return {
    get ring() {
      return ring;
    },
    get mask() {
      return mask;
    },
    push(n, neurons, count) {
      const oldestStep = Math.max(first, n - depth + 1);
      const oldest = oldestStep < n ? (begins[oldestStep % depth] as number) : head;
      if (head + count - oldest > ring.length) makeRoom(head + count - oldest, oldest);
      while (n % depth >= begins.length) lengthen();
      begins[n % depth] = head;
      if (count < MANY_SPIKES) for (let k = 0; k < count; k++) ring[(head + k) & mask] = neurons[k] as number;
      else {
        const first = Math.min(count, ring.length - (head & mask));
        ring.set(neurons.subarray(0, first), head & mask);
        ring.set(neurons.subarray(first, count), 0);
      }
      head += count;
      ends[n % depth] = head;
      newest = n;
      if (head > REBASE) rebase();
    },
    get oldest() {
      return Math.max(first, newest - depth + 1);
    },
    get newest() {
      return newest;
    },
    begin(n) {
      head = 0;
      begins.fill(0);
      ends.fill(0);
      first = n;
      newest = n - 1;
    },
    from: (n) => (known(n) ? (begins[n % depth] as number) : 0),
    to: (n) => (known(n) ? (ends[n % depth] as number) : 0),
    look(n, ages, from, to) {
      const here = n % depth;
      for (let k = 0; k < ages.length; k++) {
        const age = ages[k] as number;
        const at = age > here ? here - age + depth : here - age;
        const has = known(n - age);
        from[k] = has ? (begins[at] as number) : 0;
        to[k] = has ? (ends[at] as number) : 0;
      }
    },
    save() {
      if (saved.ring.length !== ring.length) saved.ring = new Int32Array(ring.length);
      saved.ring.set(ring);
      saved.head = head;
      if (saved.begins.length !== begins.length) {
        saved.begins = new Float64Array(begins.length);
        saved.ends = new Float64Array(begins.length);
      }
      saved.begins.set(begins);
      saved.ends.set(ends);
      saved.newest = newest;
    },
    restore() {
      if (ring.length !== saved.ring.length) {
        ring = new Int32Array(saved.ring.length);
        mask = ring.length - 1;
      }
      ring.set(saved.ring);
      head = saved.head;
      begins.set(saved.begins);
      ends.set(saved.ends);
      newest = saved.newest;
    },
  };

  /** Entries stay below 2^31, where `&` ends: all counts go down by the same multiple of the ring's length. */
  function rebase(): void {
    const oldest = begins[(newest + 1) % depth] ?? 0;
    const down = Math.floor(Math.min(oldest, head) / ring.length) * ring.length;
    for (let k = 0; k < begins.length; k++) {
      begins[k] = Math.max(0, (begins[k] as number) - down);
      ends[k] = Math.max(0, (ends[k] as number) - down);
    }
    head -= down;
  }
}

/** From so many on, copying them together is faster than one by one. */
const MANY_SPIKES = 64;

const REBASE = 1073741824;
