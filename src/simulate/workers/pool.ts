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
async function runThere(setup: WorkerSetup, source: TaskSource, { workers, stopped, shortTasks }: PoolOptions, entry: URL): Promise<void> {
  const threads: { readonly worker: Worker; busy: number }[] = [];
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
      const feed = (): void => {
        try {
          // One each, then a second one each: the last tasks are spread as the first are.
          for (let round = 1; round <= (shortTasks ? 2 : 1); round++) {
            for (const thread of threads) {
              if (thread.busy >= round) continue;
              const next = stopped() ? null : source.next();
              if (next === null || next === "wait") {
                if (next === null && threads.every((t) => t.busy === 0)) end(null);
                else if (next === "wait" && threads.every((t) => t.busy === 0)) end(new WorkerError("runs wait for results that nobody computes"));
                return;
              }
              thread.busy++;
              thread.worker.postMessage({ number: next.number, task: next.task } satisfies ToWorker);
            }
          }
        } catch (error) {
          end(error instanceof Error ? error : new WorkerError(String(error)));
        }
      };
      for (let k = 0; k < workers; k++) {
        const thread = { worker: new Worker(entry, { workerData: setup }), busy: 0 };
        threads.push(thread);
        thread.worker.on("message", (message: FromWorker) => {
          if (finished) return;
          thread.busy--;
          if ("fault" in message) return end(new WorkerError(message.fault));
          try {
            source.done(message.number, message.result);
          } catch (error) {
            return end(error instanceof Error ? error : new WorkerError(String(error)));
          }
          feed();
        });
        thread.worker.on("error", (error: NodeJS.ErrnoException) => end(new WorkerError(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "a worker ran out of memory; use fewer with --workers" : `a worker has failed: ${error.message}`)));
        thread.worker.on("exit", (code) => end(new WorkerError(`a worker has ended by itself, with code ${code}`)));
      }
      // Threads that are busy for long cannot be asked: they are ended.
      watch = setInterval(() => {
        if (stopped()) end(null);
      }, LOOK_EVERY);
      feed();
    });
  } finally {
    clearInterval(watch);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

/** ms between two looks whether somebody wants it to end. */
const LOOK_EVERY = 50;
