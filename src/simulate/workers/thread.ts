// Where another thread of a simulation begins, in Node. Loads the runtime and what evaluates a module, not the compiler.
import { parentPort } from "node:worker_threads";
import { takePart, type ThreadTask } from "../team.ts";

parentPort?.once("message", (task: ThreadTask) => takePart(task));
