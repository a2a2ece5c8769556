// A worker thread: runs what it is handed, one after the other, and gives back the values of the measures. Loads the runtime and the measures, not the compiler.
import { parentPort } from "node:worker_threads";
import { present } from "../../base/invariant.ts";
import { executor, type Executor } from "./execute.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

let runs: Executor | null = null;
const answer = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToWorker) => {
  if ("setup" in message) {
    runs = executor(message.setup);
    return;
  }
  try {
    answer({ number: message.number, results: present(runs, "what tasks are of comes before them").run(message.task) });
  } catch (error) {
    answer({ number: message.number, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
