// The outer world of the commands: two streams, the signals, the exit code. With main.ts the only place that knows `process`.
import { fstatSync } from "node:fs";
import process from "node:process";
import { reasonOf, writeAll } from "../simulate/writeWhole.ts";
import { ignoresHangUp, wasClosed } from "./inherited.ts";

export interface Terminal {
  /** @throws as process.cwd does, where the folder is gone */
  readonly cwd: string;
  /** The version of Node, `v20.20.2`. */
  readonly node: string;
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** `GLIF_DEBUG` is set: where glif itself fails, the stack is shown. */
  readonly debug: boolean;
  /** Somebody watches what is said. */
  readonly watched: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Data: standard output, as it is. */
  out(text: string): void;
  /** Talk: standard error, as it is. */
  err(text: string): void;
  /** All of standard input, or why it cannot be read. */
  readInput(): Promise<Uint8Array | { readonly problem: string }>;
  /** From now on the first Ctrl-C (or request to end, or hang-up) calls `stop`, with the exit code to end with; a second one ends at once. Gives back how to undo that. */
  onInterrupt(stop: (exitCode: number) => void): () => void;
}

/** The terminal of this process. A reader that goes away (`| head`) is no error; a full disk behind a stream is, and so is a standard output that is closed. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  let failed = false;
  const outputFails = (error: unknown): void => {
    if (failed || (error as NodeJS.ErrnoException).code === "EPIPE") return;
    failed = true;
    process.exitCode = 1;
    stderr.write(`error: cannot write to standard output: ${reasonOf(error)}\n`);
  };
  stdout.on("error", outputFails);
  // Nobody is left to tell.
  stderr.on("error", () => {});
  if (ignoresHangUp(env)) process.on("SIGHUP", () => {});
  const write = writerTo(1, stdout);
  return {
    get cwd() {
      return process.cwd();
    },
    node: process.version,
    color: { out: wantsColor(stdout.isTTY, env), err: wantsColor(stderr.isTTY, env) },
    debug: (env["GLIF_DEBUG"] ?? "") !== "" && env["GLIF_DEBUG"] !== "0",
    watched: stderr.isTTY && env["TERM"] !== "dumb",
    columns: stderr.columns ?? 80,
    rows: stderr.rows ?? 24,
    out(text) {
      // After a failure there would be a hole.
      if (failed || text === "") return;
      try {
        write(text);
      } catch (error) {
        outputFails(error);
      }
    },
    err: (text) => void stderr.write(text),
    async readInput() {
      if (wasClosed(0)) return { problem: "it is closed" };
      const chunks: Buffer[] = [];
      let length = 0;
      try {
        if (fstatSync(0).isDirectory()) return { problem: "it is a folder, not a file" };
        for await (const chunk of process.stdin) {
          const bytes = Buffer.from(chunk as Buffer);
          chunks.push(bytes);
          length += bytes.length;
          // More than any source may have; what follows changes nothing.
          if (length > MOST_INPUT) break;
        }
      } catch (error) {
        return { problem: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})` };
      }
      return Buffer.concat(chunks);
    },
    onInterrupt(stop) {
      const signals: readonly (readonly [NodeJS.Signals, number])[] = [
        ["SIGINT", 130],
        ["SIGTERM", 143],
        ...(ignoresHangUp(env) ? [] : [["SIGHUP", 129] as const]),
      ];
      const listeners = signals.map(([signal, exitCode]) => {
        const listener = (): void => {
          remove();
          stop(exitCode);
        };
        process.on(signal, listener);
        return [signal, listener] as const;
      });
      // Without a listener the system's own way comes back: the process ends at once, whatever it is doing.
      const remove = (): void => {
        for (const [signal, listener] of listeners) process.removeListener(signal, listener);
      };
      return remove;
    },
  };
}

/**
 * How text gets to a stream: pipes and terminals through Node's own; files and devices by our own writes, since Node takes a write that comes to an end half-way for a whole one.
 * What throws is told as a reason.
 */
function writerTo(descriptor: 1, stream: NodeJS.WriteStream): (text: string) => void {
  if (wasClosed(descriptor))
    return () => {
      throw Object.assign(new Error("it is closed"), { code: "EBADF" });
    };
  return writesFile(descriptor, stream)
    ? (text) => void writeAll(descriptor, [text])
    : (text) => void stream.write(text);
}

function writesFile(descriptor: number, stream: NodeJS.WriteStream): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isFile() || status.isBlockDevice() || (status.isCharacterDevice() && !stream.isTTY);
  } catch {
    return false;
  }
}

const MOST_INPUT = 17 * 1024 * 1024;

/** FORCE_COLOR before NO_COLOR before what the stream is, as Node does it. */
export function wantsColor(
  isTerminal: boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb") return false;
  return isTerminal === true;
}
