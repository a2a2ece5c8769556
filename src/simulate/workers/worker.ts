// A worker thread: runs what it is handed, one after the other, and gives back the values of the measures. Loads the runtime and the measures, not the compiler.
import { parentPort, workerData } from "node:worker_threads";
import { executor } from "./execute.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./protocol.ts";

const runs = executor(workerData as WorkerSetup);
const answer = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.on("message", ({ number, task }: ToWorker) => {
  try {
    answer({ number, result: runs.run(task) });
  } catch (error) {
    answer({ number, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
