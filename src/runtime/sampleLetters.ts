// What is recorded, in letters from thread to thread.
import type { GridKernel } from "./kernel.ts";
import { observableOf } from "./looks.ts";
import type { Letter, Reader } from "./meeting.ts";
import type { GridProjection } from "./projection.ts";
import type { RecordRequest } from "./recording.ts";
import { ownerOf, type Share } from "./share.ts";

export interface Recorded {
  readonly populations: readonly GridKernel[];
  readonly projections: readonly GridProjection[];
  readonly records: readonly RecordRequest[];
}

interface Recipient {
  /** A sample of the trace number k. */
  sample(k: number, value: number): void;
}

export interface Samples {
  /** Whether anything is sampled at t_n. */
  isDue(n: number): boolean;
  /** Whether what connections give is among what is looked at. */
  gathers(n: number): boolean;
  take(n: number, to: Letter): void;
  /** Of all letters, in the order of the traces. */
  read(n: number, letters: readonly Reader[], account: Recipient | null): void;
}

/** What is recorded: each thread looks at its own neurons, all know who has looked at which. */
export function samplesOf({ populations, projections, records }: Recorded, { part, parts }: Share): Samples {
  const traces = records.flatMap(({ population, variable, first, last, every }) => {
    const kernel = populations.find((k) => k.name === population) as GridKernel;
    const observable = observableOf(kernel, variable);
    const gathered =
      observable.kind !== "state" &&
      projections.some((p) => p.fills.some((f) => !f.constant && f.population === population));
    return Array.from({ length: last - first + 1 }, (_, k) => ({
      neuron: first + k,
      every,
      gathered,
      read: observable.read,
      owner: ownerOf(first + k, kernel.size, parts),
    }));
  });
  const intervals = [...new Set(traces.map((t) => t.every))];
  const intervalsGathered = [...new Set(traces.filter((t) => t.gathered).map((t) => t.every))];
  const own = traces.filter((t) => t.owner === part);
  return {
    isDue: (n) => intervals.some((every) => n % every === 0),
    gathers: (n) => intervalsGathered.some((every) => n % every === 0),
    take(n, to) {
      for (const { every, neuron, read } of own) if (n % every === 0) to.push(read(neuron));
    },
    read(n, letters, account) {
      for (let k = 0; k < traces.length; k++) {
        const { every, owner } = traces[k] as (typeof traces)[number];
        if (n % every !== 0) continue;
        const value = (letters[owner] as Reader).next();
        account?.sample(k, value);
      }
    },
  };
}
