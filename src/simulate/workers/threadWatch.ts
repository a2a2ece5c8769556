// Where a thread begins that tells simulations of threads that have ended, however they did. Who waits at a meeting hears of nothing else.
import { parentPort } from "node:worker_threads";
import { leave } from "../../runtime/meeting.ts";
import type { Watched } from "./startThread.ts";

parentPort?.on("message", ({ place, life }: Watched) => life.on("close", () => leave(place)));
