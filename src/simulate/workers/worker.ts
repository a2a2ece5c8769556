// A worker thread: runs what it is handed, one after the other, and gives back the values of the measures. Loads the runtime and the measures, not the compiler.
import { parentPort } from "node:worker_threads";
import { present } from "../../base/invariant.ts";
import { executor, type Executor } from "./execute.ts";
import { fitExecutor } from "./fitExecute.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

let runs: Executor | null = null;
const fit = fitExecutor();
const answer = (message: FromWorker): void => parentPort?.postMessage(message);

function resultOf(message: Exclude<ToWorker, { readonly setup: unknown } | { readonly part: unknown }>): FromWorker {
  const { number } = message;
  if ("task" in message)
    return { number, results: present(runs, "what tasks are of comes before them").run(message.task) };
  const { asked } = message;
  return { number, outcomes: "scores" in asked ? fit.scores(asked.scores) : fit.forced(asked.forced) };
}

parentPort?.on("message", (message: ToWorker) => {
  if ("setup" in message) runs = executor(message.setup);
  else if ("part" in message) fit.learn(message.part);
  else
    try {
      answer(resultOf(message));
    } catch (error) {
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      answer({ number: message.number, fault });
    }
});
