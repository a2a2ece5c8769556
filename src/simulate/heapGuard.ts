// Whether JavaScript's own heap is nearly used up: asked between the slices of a run, so that it ends with its results and not with V8's abort.
import process from "node:process";
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

/** Of the limit that V8 tells, this much is for new objects alone (bytes): three half-spaces, of 16 MB up to V8 12 (Node 22), of 64 MB from 13 on, or as the command line says. */
export function forNewObjects(v8: string, words: readonly string[]): number {
  const asked = words
    .flatMap((word) => /^--max[-_]semi[-_]space[-_]size=(\d+)$/.exec(word)?.[1] ?? [])
    .map(Number)
    .findLast((size) => size > 0);
  return 3 * (asked ?? (Number.parseInt(v8, 10) < 13 ? 16 : 64)) * 2 ** 20;
}

function processHeap(): Heap {
  const words = [...(process.env["NODE_OPTIONS"] ?? "").split(/\s+/), ...process.execArgv];
  return {
    used: () => getHeapStatistics().used_heap_size,
    limit: getHeapStatistics().heap_size_limit - forNewObjects(process.versions.v8, words),
    collect: () => {
      // The collector is a function that V8 shows only when asked to.
      setFlagsFromString("--expose-gc");
      (runInNewContext("gc") as () => void)();
    },
  };
}
