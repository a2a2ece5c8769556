// Whether JavaScript's own heap is nearly used up: asked between the slices of a run, so that it ends with its results and not with V8's abort.
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What the guard looks at and does; bytes. */
export interface Heap {
  used(): number;
  readonly limit: number;
  /** Throws away what nobody needs. */
  collect(): void;
}

/** Share of the limit from which on V8 may give up at any time: it was seen to from 85 % on. */
const NEARLY_FULL = 0.75;
/** Of the limit that V8 tells, this much is for new objects alone (bytes): three half-spaces of 16 MB. */
const FOR_NEW_OBJECTS = 3 * 2 ** 24;
/** Between two collections, which take long (ms). */
const COLLECT_EVERY = 1000;

/** True when the heap is nearly full of what is still needed. `clock`: wall time (ms). */
export function heapGuard(heap: Heap = processHeap(), clock: () => number = () => performance.now()): () => boolean {
  let collected = -Infinity;
  const nearlyFull = (): boolean => heap.used() > NEARLY_FULL * heap.limit;
  return () => {
    if (!nearlyFull() || clock() - collected < COLLECT_EVERY) return false;
    heap.collect();
    collected = clock();
    return nearlyFull();
  };
}

function processHeap(): Heap {
  return {
    used: () => getHeapStatistics().used_heap_size,
    limit: getHeapStatistics().heap_size_limit - FOR_NEW_OBJECTS,
    collect: () => {
      // The collector is a function that V8 shows only when asked to.
      setFlagsFromString("--expose-gc");
      (runInNewContext("gc") as () => void)();
    },
  };
}
