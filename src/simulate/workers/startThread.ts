// Starts threads of a simulation in Node.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { StartedThread } from "../team.ts";

/** Beside this file: compiled, bundled, or nowhere when it runs from its source. */
const ENTRY = new URL("./thread.js", import.meta.url);

/** Whether threads can be started from here. */
export function hasThreads(): boolean {
  return existsSync(fileURLToPath(ENTRY));
}

/** A thread of a simulation: `instantiate(plan, { threads: { count: 2, start: startThread } })`. It keeps no process from ending. */
export function startThread(entry: URL = ENTRY): StartedThread {
  const worker = new Worker(entry);
  // What it cannot do is found where it does not arrive.
  worker.on("error", () => undefined);
  worker.unref();
  return Object.assign(worker, { startsMeanwhile: true as const });
}
