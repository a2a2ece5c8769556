// A simulation in several threads: how the others are started and what they are handed. It knows neither Node nor a page: who asks says how a thread is started.
import { joinTeam, teamOf, type Crew, type HandedOut, type SharedConnections } from "../runtime/crew.ts";
import { assembledThreads, leave } from "../runtime/meeting.ts";
import { fillsOf, type Share } from "../runtime/share.ts";
import { inOrderOfNames, simulate, type Simulation } from "../runtime/simulation.ts";
import type { Mirrored } from "../runtime/threads.ts";
import { UsageError } from "../runtime/usageError.ts";
import { present } from "../base/invariant.ts";
import { evaluateModule, type CreateOptions, type InPlace, type ModuleText } from "./evaluateModule.ts";

/** A thread that has been started: a `Worker`, which hands the one message that it gets to `takePart`. */
export interface StartedThread {
  postMessage(task: ThreadTask): void;
  terminate(): unknown;
  /** It starts while the thread that has started it waits, as those of Node do. Those of browsers start when that one has nothing to do. */
  readonly startsMeanwhile?: true;
}

/** Threads for one simulation. */
export interface Threads {
  /** This one among them. */
  readonly count: number;
  readonly start: () => StartedThread;
  /** Without others until they are there: a thread takes a tenth of a second to start. Unless so, the first steps wait for them, where threads start meanwhile. */
  readonly late?: boolean;
  /** Divides the steps even where threads cannot pay, because they would meet too often for what a step takes. */
  readonly anyway?: boolean;
}

/** What another thread is handed: plain data. */
export interface ThreadTask {
  readonly module: ModuleText;
  readonly options: CreateOptions;
  readonly part: number;
  readonly shared: HandedOut;
}

/** ms that the first steps wait for the other threads; then they are taken without. */
const PATIENCE = 30_000;
/** Threads that a meeting has room for. */
const MOST_THREADS = 256;

/** @throws UsageError */
export function demandThreads({ count, start }: Threads): void {
  if (!(Number.isSafeInteger(count) && count >= 1 && count <= MOST_THREADS))
    throw new UsageError(`threads are counted from 1 to ${MOST_THREADS}, not ${String(count)}`);
  if (typeof start !== "function") throw new UsageError("`threads` says how a thread is started: { count, start }");
}

/** What the thread that is asked has in place of parts of the runtime, and how the others are let go where it makes no simulation. */
export function leading(
  module: ModuleText,
  options: CreateOptions,
  { mirrored, works }: { readonly mirrored: readonly Mirrored[]; readonly works: Crew["works"] },
  { count, start, late, anyway }: Threads,
): { readonly inPlace: InPlace; dismiss(): void } {
  let share: Share = { part: 0, parts: 1 };
  // They start while populations and connections are made.
  const threads: StartedThread[] = Array.from({ length: count - 1 }, () => start());
  const crew: Crew = {
    parts: count,
    mirrored,
    works: anyway === true ? null : works,
    start(shared) {
      threads.forEach((thread, k) => {
        thread.postMessage({ module, options: plain(options), part: k + 1, shared });
      });
    },
    isHere(place) {
      const waits = late !== true && threads.every((t) => t.startsMeanwhile === true);
      const here = assembledThreads(place, waits ? PATIENCE : 0);
      return here === false && waits ? "never" : here;
    },
    draws: (of) => (share = of),
    dismiss() {
      for (const thread of threads) thread.terminate();
      threads.length = 0;
    },
  };
  return {
    inPlace: { ...fillsOf(() => share), simulate: (setup) => simulate(setup, (...run) => teamOf(crew, ...run)) },
    dismiss: () => crew.dismiss(),
  };
}

/** Where the steps cannot be divided. */
export function undivided(because: string): InPlace {
  return { simulate: (setup) => simulate(setup, null, because) };
}

/** What can be handed to a thread. */
function plain({ step, seed, parameters = {}, setup, sizes }: CreateOptions): CreateOptions {
  const listed = (value: number | string | ArrayLike<number>): number | string | readonly number[] =>
    typeof value === "object" ? Array.from(value) : value;
  const each = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
  return {
    ...(step !== undefined && { step }),
    ...(seed !== undefined && { seed }),
    ...(setup !== undefined && { setup }),
    ...(sizes !== undefined && { sizes }),
    parameters: each(parameters, (values) => each(values, listed)),
  };
}

/** Takes part in a simulation of another thread; returns where it cannot. */
export function takePart({ module, options, part, shared }: ThreadTask): void {
  const share: Share = { part, parts: shared.place.parts };
  // The projection that is being made: what it is has been made already.
  let made: SharedConnections | undefined;
  let values = 0;
  const here = (): SharedConnections => present(made, "a projection begins with its connections");
  const inPlace: InPlace = {
    ...fillsOf(() => share),
    connect({ name }) {
      made = shared.projections.find((p) => p.name === name);
      values = 0;
      return here().connections;
    },
    connectionDoubles: () => here().values[values++] as Float64Array,
    connectionSingles: () => here().values[values++] as Float32Array,
    fillConnections: () => undefined,
    drawConnections: () => undefined,
    incoming: () => present(here().incoming, "connections by target"),
    simulate(setup): Simulation {
      joinTeam(shared, part, {
        ...setup,
        populations: inOrderOfNames(setup.populations.filter((p) => p.kind === "grid")),
        projections: setup.projections.filter((p) => p.kind === "grid"),
      });
    },
  };
  try {
    evaluateModule(module, undefined, null, inPlace)(options);
  } catch {
    // What it was, the thread that is asked finds itself, or tells that this one has ended.
    leave(shared.place);
  }
}
