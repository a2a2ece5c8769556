// Starts threads of a simulation in Node.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import type { MeetingPlace } from "../../runtime/meeting.ts";
import type { StartedThread } from "../team.ts";

/** Beside this file: compiled, bundled, or nowhere when it runs from its source. */
const ENTRY = new URL("./thread.js", import.meta.url);

/** Whether threads can be started from here. */
export function hasThreads(): boolean {
  return existsSync(fileURLToPath(ENTRY));
}

/** What the watch is told of a thread: where it meets others, and the end of a line whose other end closes with it. */
export interface Watched {
  readonly place: Pick<MeetingPlace, "control">;
  readonly life: MessagePort;
}

/** A thread of a simulation: `instantiate(plan, { threads: { count: 2, start: startThread } })`. It keeps no process from ending. `watch` is the file of the thread that tells when it has ended. */
export function startThread(entry: URL = ENTRY, watch: URL = new URL("./threadWatch.js", ENTRY)): StartedThread {
  const { port1: life, port2: held } = new MessageChannel();
  const worker = new Worker(entry, { workerData: held, transferList: [held] });
  // The thread that would hear of it waits at the meeting: the watch tells it there.
  worker.on("error", () => undefined);
  worker.unref();
  return {
    postMessage(task) {
      const { control } = task.shared.place;
      watchFrom(watch)?.postMessage({ place: { control }, life } satisfies Watched, [life]);
      worker.postMessage(task);
    },
    terminate: () => worker.terminate(),
    startsMeanwhile: true,
  };
}

/** One for all threads of all simulations here. */
let watching: Worker | null = null;

/** Null where it runs from its source. */
function watchFrom(entry: URL): Worker | null {
  if (watching === null && existsSync(fileURLToPath(entry))) {
    watching = new Worker(entry);
    watching.on("error", () => (watching = null));
    watching.on("exit", () => (watching = null));
    watching.unref();
  }
  return watching;
}
