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
  done(number: number, result: TaskResult): void;
}

/** A worker has thrown or ended: a fault of glif, or of the machine. */
export class WorkerError extends Error {
  override readonly name = "WorkerError";
}

/** Beside this file: compiled, bundled, or nowhere when it runs from its source. */
const ENTRY = new URL("./worker.js", import.meta.url);

/** @throws WorkerError; no thread is left when it is over, however it ends. */
export async function runTasks(setup: WorkerSetup, source: TaskSource, options: PoolOptions): Promise<void> {
  const { workers, stopped, entry = existsSync(fileURLToPath(ENTRY)) ? ENTRY : null } = options;
  if (workers <= 1 || entry === null) await runHere(setup, source, stopped);
  else await runThere(setup, source, options, entry);
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
    const result = await runs.runInSlices(next.task, stopped, others);
    if (result === null) return;
    source.done(next.number, result);
  }
}

/** ms of wall time between two looks at signals. */
const BREATH = 30;
/** Short tasks that a worker has at hand, so that it need not wait for the next one while the result of the last is on its way. */
const AT_HAND = 4;

/** Of short tasks this thread takes its share: it would only wait, and until the others have started it is the only one that works. */
async function runThere(setup: WorkerSetup, source: TaskSource, { workers, stopped, shortTasks }: PoolOptions, entry: URL): Promise<void> {
  const threads: { readonly worker: Worker; busy: number }[] = [];
  let busyHere = false;
  let watch: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      let finished = false;
      const end = (error: Error | null): void => {
        if (finished) return;
        finished = true;
        if (error === null) resolve();
        else reject(error);
      };
      const idle = (): boolean => !busyHere && threads.every((t) => t.busy === 0);
      /** The next task; where there is none, and nobody is at work, it is over. */
      const take = (): ReturnType<TaskSource["next"]> => {
        const next = stopped() ? null : source.next();
        if (next === null && idle()) end(null);
        if (next === "wait" && idle()) end(new WorkerError("runs wait for results that nobody computes"));
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
          end(error as Error);
        }
      };
      const workHere = async (): Promise<void> => {
        const runs = executor(setup);
        while (!finished) {
          const next = take();
          if (next === null) return;
          if (next !== "wait") {
            busyHere = true;
            const result = await runs.runInSlices(next.task, stopped, letOthersRun);
            busyHere = false;
            if (result !== null) source.done(next.number, result);
            feed();
          }
          await letOthersRun();
        }
      };
      for (let k = shortTasks ? 1 : 0; k < workers; k++) {
        const thread = { worker: new Worker(entry, { workerData: setup }), busy: 0 };
        threads.push(thread);
        thread.worker.on("message", (message: FromWorker) => {
          if (finished) return;
          thread.busy--;
          if ("fault" in message) end(new WorkerError(message.fault));
          else attempt(() => {
            source.done(message.number, message.result);
            feed();
          });
        });
        thread.worker.on("error", (error: NodeJS.ErrnoException) => end(new WorkerError(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "a worker ran out of memory; use fewer with --workers" : `a worker has failed: ${error.message}`)));
        thread.worker.on("exit", (code) => end(new WorkerError(`a worker has ended by itself, with code ${code}`)));
      }
      // Threads that are busy for long cannot be asked: they are ended.
      watch = setInterval(() => {
        if (stopped()) end(null);
      }, LOOK_EVERY);
      attempt(feed);
      if (shortTasks) workHere().catch((error: unknown) => end(error as Error));
    });
  } finally {
    clearInterval(watch);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

/** ms between two looks whether somebody wants it to end. */
const LOOK_EVERY = 50;
