// The other thread of `npm run fuzz`: tries the texts that it is sent, one after the other.
import { parentPort } from "node:worker_threads";
import { attempt } from "./attempt.ts";

parentPort?.on("message", (text: string) => parentPort?.postMessage(attempt(text)));
