// glif import recording: an instrument's file becomes a table that glif reads, to standard output or into a file.
import { basename, join, resolve } from "node:path";
import { largestOf, smallestOf } from "../../base/lists.ts";
import { BadInstrumentFile, type InstrumentRecording } from "../../instruments/instrument.ts";
import { isHdf, readInstrument, together } from "../../instruments/instruments.ts";
import { nwbRecording, type HdfGroup } from "../../instruments/nwb.ts";
import { csvOf } from "../../instruments/toCsv.ts";
import { readBytes } from "../../simulate/readSource.ts";
import { hdfLibrary, withHdf } from "../../simulate/hdf.ts";
import { reasonOf } from "../../simulate/writeWhole.ts";
import { counted } from "../numbers.ts";
import { holds, isFolder, isStandardOutput, realPathOf } from "../places.ts";
import { complain, say, warn } from "../talk.ts";
import type { Terminal } from "../terminal.ts";
import { whyNotWritten } from "../wrote.ts";

/** As the command line gives them. */
export interface ImportRecordingOptions {
  readonly out?: string;
  readonly name?: string;
  readonly sweeps?: string;
  readonly json: boolean;
}

/** Writes nothing where anything is wrong with the file. */
export async function importRecording(
  files: readonly string[],
  options: ImportRecordingOptions,
  terminal: Terminal,
): Promise<number> {
  const fail = (problem: string, help: readonly string[] = [], status = 1): number => {
    if (options.json) terminal.out(`${JSON.stringify({ ok: false, problem }, null, 2)}\n`);
    else complain(terminal, problem, help);
    return status;
  };
  if (options.name !== undefined) return fail("--name is an option of glif import allen", [], 2);
  const wanted = options.sweeps === undefined ? null : numbersIn(options.sweeps);
  if (wanted !== null && wanted.length === 0)
    return fail(`${options.sweeps ?? ""} is no list of sweeps`, ["numbers and ranges of them: --sweeps 0,4-7"], 2);
  const parts: InstrumentRecording[] = [];
  for (const file of files) {
    const read = await readOne(file, wanted, terminal);
    if ("problem" in read) return fail(`${file}: ${read.problem}`);
    parts.push(read);
  }
  let whole: InstrumentRecording;
  try {
    whole = together(parts);
  } catch (error) {
    if (!(error instanceof BadInstrumentFile)) throw error;
    return fail(error.message);
  }
  const missing = wanted?.find((n) => !whole.sweeps.some((s) => s.number === n));
  if (missing !== undefined)
    return fail(`there is no sweep ${missing}`, [
      `it has ${counted(whole.sweeps.length, "sweep")}, ${whole.sweeps[0]?.number ?? 0} to ${whole.sweeps.at(-1)?.number ?? 0}`,
    ]);
  const recording =
    wanted === null ? whole : { ...whole, sweeps: whole.sweeps.filter((s) => wanted.includes(s.number)) };
  const { out } = options;
  let path: string | null = null;
  if (!isStandardOutput(out)) {
    const name = basename(files[0] ?? "recording").replace(/\.[^.]*$/, "");
    path = isFolder(out, terminal.cwd) ? join(out, `${name}.csv`) : out;
    const target = resolve(terminal.cwd, path);
    if (files.some((file) => realPathOf(resolve(terminal.cwd, file)) === realPathOf(target)))
      return fail(`${path} is what is imported; it was not overwritten`, [], 2);
    if (path !== out && !holds(target, csvOf(recording)))
      return fail(
        `${path} is there already, and is something else; it was not overwritten`,
        ["name another folder, or the file with -o"],
        2,
      );
    const problem = whyNotWritten(terminal, path, csvOf(recording), isFolder(out, terminal.cwd) ? out : null);
    if (problem !== null) return fail(problem);
  }
  const { sweeps, interval, columns, notes, format } = recording;
  if (options.json)
    terminal.out(
      `${JSON.stringify({ ok: true, format, sweeps: sweeps.map((s) => s.number), interval: interval / 1000, columns, notes, file: path }, null, 2)}\n`,
    );
  else if (path === null) for (const piece of csvOf(recording)) terminal.out(piece);
  for (const note of options.json ? [] : notes) warn(terminal, note);
  if (path !== null && !options.json)
    say(
      terminal,
      `wrote ${path}: ${format}, ${counted(sweeps.length, "sweep")} of ${lengthsOf(recording)}, every ${interval / 1000} ms; ${columns.join(", ")}`,
    );
  return 0;
}

async function readOne(
  file: string,
  wanted: readonly number[] | null,
  terminal: Terminal,
): Promise<InstrumentRecording | { readonly problem: string }> {
  const path = resolve(terminal.cwd, file);
  // An HDF5 file may be larger than memory, and its library reads what is asked for.
  const head = file === "-" ? bytesOf(await terminal.readInput()) : readBytes(path, "recording", HEAD);
  if ("problem" in head) return head;
  if (isHdf(head.bytes))
    return file === "-" ? { problem: "an NWB file is read from disk, not from standard input" } : readNwb(path, wanted);
  const read = file === "-" ? head : readBytes(path, "recording");
  if ("problem" in read) return read;
  return (
    readInstrument(read.bytes) ?? {
      problem:
        "it is no instrument's file that glif reads, .abf (1 and 2), .ibw (2 and 5) or .nwb; tables are read as they are",
    }
  );
}

/** Bytes that tell an HDF5 file. */
const HEAD = 16;

async function readNwb(
  path: string,
  wanted: readonly number[] | null,
): Promise<InstrumentRecording | { readonly problem: string }> {
  const library = await hdfLibrary("NWB files");
  if ("problem" in library) return library;
  try {
    return withHdf(library, path, (root) => nwbRecording(root as HdfGroup, wanted));
  } catch (error) {
    if (error instanceof BadInstrumentFile) return { problem: `it is an HDF5 file, but ${error.message}` };
    // What the library says is a stack of its own C source.
    const reason = reasonOf(error);
    return {
      problem: `it begins as an HDF5 file, but ${/hdf5/iu.test(reason) ? "is cut or damaged" : `cannot be read: ${reason}`}`,
    };
  }
}

function bytesOf(
  input: Uint8Array | { readonly problem: string },
): { readonly bytes: Uint8Array } | { readonly problem: string } {
  return "problem" in input ? input : { bytes: input };
}

function lengthsOf({ sweeps, interval }: InstrumentRecording): string {
  const lengths = sweeps.map((s) => ((s.channels[0]?.samples.length ?? 0) * interval) / 1e6);
  const [least, most] = [smallestOf(lengths), largestOf(lengths)];
  return least === most ? `${least} s` : `${least} to ${most} s`;
}

/** `0,4-7`; empty for what is no such list. */
function numbersIn(text: string): readonly number[] {
  const parts = text.split(",").map((part) => /^\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*$/.exec(part));
  return parts.some((part) => part === null)
    ? []
    : parts.flatMap((part) => {
        const [from, to] = [Number(part?.[1]), Number(part?.[2] ?? part?.[1])];
        return Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
      });
}
