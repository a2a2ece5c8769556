// Tasks over all cores: handed to worker threads in their order, or run here where they are few. What comes back depends on no thread and no order.
import { existsSync } from "node:fs";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { executor } from "./execute.ts";
import type { FromWorker, TaskResult, ToWorker, WorkerSetup, WorkerTask } from "./protocol.ts";

export interface PoolOptions {
  /** Threads; 1 runs everything here. */
  readonly workers: number;
  /** Threads that have been started already. */
  readonly crew?: Crew | null;
  /** Asked often; the tasks that are not over then have no result. */
  readonly stopped: () => boolean;
  /** Tasks are so short that a worker has the next one at hand while the result of the last is on its way. */
  readonly shortTasks: boolean;
  /** The file that a thread starts with; null where there is none, and everything runs here. */
  readonly entry?: URL | null;
}

/** Hands out tasks: the next one that can begin, `"wait"` while all that are left wait for results, null where there are no more. */
export interface TaskSource {
  next(): { readonly number: number; readonly task: WorkerTask } | "wait" | null;
  /** What each of its runs has come to. */
  done(number: number, results: readonly TaskResult[]): void;
}

/** A worker has thrown or ended: a fault of glif, or of the machine. */
export class WorkerError extends Error {
  override readonly name = "WorkerError";
}

/** Beside this file: compiled, bundled, or nowhere when it runs from its source. */
const ENTRY = new URL("./worker.js", import.meta.url);

function entryHere(): URL | null {
  return existsSync(fileURLToPath(ENTRY)) ? ENTRY : null;
}

/** Threads that begin to start while it is still being found out what they will do: a start takes as long as to plan a comparison. */
export interface Crew {
  readonly threads: readonly Thread[];
  /** Ends them, sooner or later; may be called again. */
  dismiss(): void;
}

/** One thread, and who is told what it says and how it fails: nobody before there are tasks. */
export interface Thread {
  readonly worker: Worker;
  /** Tasks that it has been handed and has not answered. */
  busy: number;
  answered: (message: FromWorker) => void;
  failed: (error: WorkerError) => void;
  /** How it failed before somebody was there to be told. */
  failure: WorkerError | null;
}

/** Starts so many threads; none where there is no file that they could start with. */
export function recruit(count: number, entry: URL | null = entryHere()): Crew {
  const threads = entry === null ? [] : Array.from({ length: count }, () => threadFrom(entry));
  return { threads, dismiss: () => void end(threads) };
}

function threadFrom(entry: URL): Thread {
  const thread: Thread = {
    worker: new Worker(entry),
    busy: 0,
    failure: null,
    answered: () => {},
    failed: (error) => (thread.failure ??= error),
  };
  const { worker } = thread;
  worker.on("message", (message: FromWorker) => thread.answered(message));
  worker.on("error", (error: NodeJS.ErrnoException) =>
    thread.failed(
      new WorkerError(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "a worker ran out of memory; use fewer with --workers"
          : `a worker has failed: ${error.message}`,
      ),
    ),
  );
  worker.on("exit", (code) => thread.failed(new WorkerError(`a worker has ended by itself, with code ${code}`)));
  return thread;
}

async function end(threads: readonly Thread[]): Promise<void> {
  await Promise.all(threads.map(({ worker }) => worker.terminate()));
}

/** @throws WorkerError; no thread is left when it is over, however it ends. */
export async function runTasks(setup: WorkerSetup, source: TaskSource, options: PoolOptions): Promise<void> {
  const { workers, stopped, crew = null, entry = entryHere() } = options;
  if (workers > 1 && entry !== null) await runThere(setup, source, options, entry);
  else {
    crew?.dismiss();
    await runHere(setup, source, stopped);
  }
}

async function runHere(setup: WorkerSetup, source: TaskSource, stopped: () => boolean): Promise<void> {
  const runs = executor(setup);
  let breathed = performance.now();
  const others = async (): Promise<void> => {
    if (performance.now() - breathed < BREATH) return;
    await letOthersRun();
    breathed = performance.now();
  };
  for (;;) {
    await others();
    const next = stopped() ? null : source.next();
    if (next === null) return;
    if (next === "wait") throw new WorkerError("runs wait for results that nobody computes");
    const results = await runs.runInSlices(next.task, stopped, others);
    if (results === null) return;
    source.done(next.number, results);
  }
}

/** ms of wall time between two looks at signals. */
const BREATH = 30;
/** Short tasks that a worker has at hand, so that it need not wait for the next one while the result of the last is on its way. */
const AT_HAND = 4;

/** Of short tasks this thread takes its share: it would only wait, and until the others have started it is the only one that works. */
async function runThere(
  setup: WorkerSetup,
  source: TaskSource,
  { workers, stopped, shortTasks, crew }: PoolOptions,
  entry: URL,
): Promise<void> {
  const wanted = shortTasks ? workers - 1 : workers;
  const threads = (crew?.threads ?? []).slice(0, wanted);
  let busyHere = false;
  let watch: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      let finished = false;
      const over = (error: Error | null): void => {
        if (finished) return;
        finished = true;
        if (error === null) resolve();
        else reject(error);
      };
      const idle = (): boolean => !busyHere && threads.every((t) => t.busy === 0);
      /** The next task; where there is none, and nobody is at work, it is over. */
      const take = (): ReturnType<TaskSource["next"]> => {
        const next = stopped() ? null : source.next();
        if (next === null && idle()) over(null);
        if (next === "wait" && idle()) over(new WorkerError("runs wait for results that nobody computes"));
        return next;
      };
      const feed = (): void => {
        // One each, then a second one each: the last tasks are spread as the first are.
        for (let round = 1; round <= (shortTasks ? AT_HAND : 1); round++) {
          for (const thread of threads) {
            if (thread.busy >= round) continue;
            const next = take();
            if (next === null || next === "wait") return;
            thread.busy++;
            thread.worker.postMessage({ number: next.number, task: next.task } satisfies ToWorker);
          }
        }
      };
      const attempt = (action: () => void): void => {
        try {
          action();
        } catch (error) {
          over(error as Error);
        }
      };
      const workHere = async (): Promise<void> => {
        const runs = executor(setup);
        while (!finished) {
          const next = take();
          if (next === null) return;
          if (next !== "wait") {
            busyHere = true;
            const results = await runs.runInSlices(next.task, stopped, letOthersRun);
            busyHere = false;
            if (results !== null) source.done(next.number, results);
            feed();
          }
          await letOthersRun();
        }
      };
      while (threads.length < wanted) threads.push(threadFrom(entry));
      for (const thread of threads) {
        thread.answered = (message) => {
          if (finished) return;
          thread.busy--;
          if ("fault" in message) over(new WorkerError(message.fault));
          else if ("results" in message)
            attempt(() => {
              source.done(message.number, message.results);
              feed();
            });
        };
        thread.failed = over;
        if (thread.failure !== null) over(thread.failure);
        thread.worker.postMessage({ setup } satisfies ToWorker);
      }
      // Threads that are busy for long cannot be asked: they are ended.
      watch = setInterval(() => {
        if (stopped()) over(null);
      }, LOOK_EVERY);
      attempt(feed);
      if (shortTasks) workHere().catch((error: unknown) => over(error as Error));
    });
  } finally {
    clearInterval(watch);
    await end(threads);
  }
}

/** ms between two looks whether somebody wants it to end. */
const LOOK_EVERY = 50;
