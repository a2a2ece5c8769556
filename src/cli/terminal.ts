// The outer world of the commands: two streams, the signals, the exit code. With main.ts the only place that knows `process`.
import process from "node:process";

export interface Terminal {
  readonly cwd: string;
  /** The version of Node, `v20.20.2`. */
  readonly node: string;
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** Somebody watches what is said. */
  readonly watched: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Data: standard output, as it is. */
  out(text: string): void;
  /** Talk: standard error, as it is. */
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
  /** From now on the first Ctrl-C (or request to end) calls `stop`, with the exit code to end with; a second one ends at once. Gives back how to undo that. */
  onInterrupt(stop: (exitCode: number) => void): () => void;
}

/** The terminal of this process. A reader that goes away (`| head`) is no error; a full disk behind a stream is. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = 1;
    stderr.write(`error: cannot write to standard output: ${error.code === "ENOSPC" ? "the disk is full" : (error.code ?? error.message)}\n`);
  });
  // Nobody is left to tell.
  stderr.on("error", () => {});
  return {
    cwd: process.cwd(),
    node: process.version,
    color: { out: wantsColor(stdout.isTTY, env), err: wantsColor(stderr.isTTY, env) },
    watched: stderr.isTTY && env["TERM"] !== "dumb",
    columns: stderr.columns ?? 80,
    rows: stderr.rows ?? 24,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    async readInput() {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of process.stdin) {
        const bytes = Buffer.from(chunk as Buffer);
        chunks.push(bytes);
        length += bytes.length;
        // More than any source may have; what follows changes nothing.
        if (length > MOST_INPUT) break;
      }
      return Buffer.concat(chunks);
    },
    onInterrupt(stop) {
      const signals = [["SIGINT", 130], ["SIGTERM", 143]] as const;
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

const MOST_INPUT = 17 * 1024 * 1024;

/** FORCE_COLOR before NO_COLOR before what the stream is, as Node does it. */
export function wantsColor(isTerminal: boolean | undefined, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if ((env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb") return false;
  return isTerminal === true;
}
