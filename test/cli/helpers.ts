// A command line without a process: what it says and gives back is kept.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { commandLine } from "../../src/cli/program.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly watched?: boolean;
  readonly debug?: boolean;
  /** An Error: what reading it throws. */
  readonly input?: string | Error;
  /** Called when a command begins to listen for Ctrl-C. */
  readonly interrupting?: (stop: (exitCode: number) => void) => void;
}

/** Runs `glif …words` in `cwd`. */
export async function glif(
  cwd: string,
  words: readonly string[],
  { watched = false, debug = false, input = "", interrupting = () => {} }: Circumstances = {},
): Promise<Outcome> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    cwd,
    node: "v20.0.0",
    color: { out: false, err: false },
    debug,
    watched,
    columns: 80,
    rows: 24,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readInput: () => (input instanceof Error ? Promise.reject(input) : Promise.resolve(Buffer.from(input))),
    onInterrupt(stop) {
      interrupting(stop);
      return () => {};
    },
  };
  const code = await commandLine(words, terminal);
  return { code, out, err };
}

/** A folder of its own with the given files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "glif-cli-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

export const LIF = `/// Leaky integrate-and-fire neuron.
neuron LIF {
  param τ = 10 ms, Θ = 10 mV, t_ref = 2 ms
  input I_e : mV
  state V = 0 mV
  V' = (I_e - V)/τ
  spike when V > Θ
  reset { V <- 0 mV }
  refractory t_ref { hold V }
}
`;
export const STEP = `experiment Step of LIF {
  duration 100 ms
  seed 7
  I_e = pulse(20 mV, from: 10 ms, to: 90 ms)
  record spikes
  record V every 0.5 ms
}
`;
