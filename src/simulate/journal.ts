// jobs.jsonl: what a comparison has finished so far, a line a run, so that the same command goes on where it was stopped. Whatever ends the process, whole lines stand in it.
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync } from "node:fs";
import { growingFile, type GrowingFile } from "./growingFile.ts";
import { WriteError } from "./writeWhole.ts";

export const JOURNAL_FILE = "jobs.jsonl";
const FORMAT = "glif-jobs 2";

export interface Journal<Entry> {
  /** What stood in it, by key. */
  readonly earlier: ReadonlyMap<string, Entry>;
  /** Why what was added is not all in it, as when the disk is full; null where it is. Results do not depend on it. */
  readonly problem: string | null;
  /** At the latest a second later it is in the file. */
  add(key: string, entry: Entry): void;
  /** What was added is in the file, and the file is closed. */
  close(): void;
}

/** Whether a journal stands there, and whose: what `openJournal` was given. Null where there is none. */
export function journalAt(path: string): { readonly of: string } | null {
  for (const { value } of linesOf(path)) return isHeader(value) ? { of: value.of } : null;
  return null;
}

/** Goes on with the journal at `path` where it is of the same comparison (`of`), else begins a new one. @throws WriteError where none can be begun */
export function openJournal<Entry>(path: string, of: string): Journal<Entry> {
  const earlier = new Map<string, Entry>();
  /** Bytes of whole lines: one that was torn must not be continued. */
  let kept = 0;
  for (const { value, end } of linesOf(path)) {
    if (kept === 0 && !(isHeader(value) && value.of === of)) break;
    if (isLine(value)) earlier.set(value.key, value.entry as Entry);
    kept = end;
  }
  const file: GrowingFile = growingFile(path, `${encode({ format: FORMAT, of })}\n`, kept);
  let flushing: NodeJS.Timeout | null = null;
  let problem: string | null = null;
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      problem ??= error.message;
    }
  };
  return {
    earlier,
    get problem() {
      return problem;
    },
    add(key, entry) {
      if (problem !== null) return;
      attempt(() => file.append(`${sealed(encode({ key, entry }))}\n`));
      flushing ??= setTimeout(() => {
        flushing = null;
        attempt(file.flush);
      }, FLUSH_AFTER).unref();
    },
    close() {
      if (flushing !== null) clearTimeout(flushing);
      flushing = null;
      attempt(() => file.close(false));
    },
  };
}

/** The same of a folder that `begin` marks as not over. Where that fails a journal that holds nothing goes again: what stands in the folder is as it was. @throws WriteError */
export function beginWithJournal<Entry>(path: string, of: string, begin: () => void): Journal<Entry> {
  const journal = openJournal<Entry>(path, of);
  try {
    begin();
  } catch (error) {
    journal.close();
    if (journal.earlier.size === 0) removeJournal(path);
    throw error;
  }
  return journal;
}

/** The comparison is finished: its results say it all. */
export function removeJournal(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone already.
  }
}

/** ms */
const FLUSH_AFTER = 250;

/** All lines that are whole, and where they end in the file (bytes); a line that says nothing has no value. Read in pieces: a text holds half a gigabyte, and a journal more. */
function* linesOf(path: string): Generator<{ readonly value: unknown; readonly end: number }> {
  let file: number;
  try {
    // A pipe would be waited for.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return;
  }
  try {
    if (!fstatSync(file).isFile()) return;
    const bytes = Buffer.alloc(PIECE);
    let pieces: Buffer[] = [];
    let end = 0;
    for (let got = readSync(file, bytes); got > 0; got = readSync(file, bytes)) {
      let from = 0;
      for (let to = bytes.indexOf(NEWLINE); to >= 0 && to < got; to = bytes.indexOf(NEWLINE, from)) {
        const line = Buffer.concat([...pieces, bytes.subarray(from, to)]);
        pieces = [];
        from = to + 1;
        end += line.length + 1;
        yield { value: valueOf(line.toString("utf8")), end };
      }
      pieces.push(Buffer.from(bytes.subarray(from, got)));
    }
  } finally {
    closeSync(file);
  }
}

const NEWLINE = 0x0a;
/** Bytes that are read at once. */
const PIECE = 1 << 18;

/** A line of a finished run ends with a checksum of itself: one that was changed counts for nothing, and its run is taken again. */
function sealed(line: string): string {
  return `${line.slice(0, -1)}${SEAL}${checksum(line)}"}`;
}

const SEAL = ',"sha256":"';

function checksum(line: string): string {
  return createHash("sha256").update(line).digest("hex");
}

function isWhole(line: string): boolean {
  const at = line.lastIndexOf(SEAL);
  return at < 0 ? line.startsWith('{"format"') : line === sealed(`${line.slice(0, at)}}`);
}

function valueOf(line: string): unknown {
  try {
    return isWhole(line) ? decode(line) : null;
  } catch {
    return null;
  }
}

function isHeader(line: unknown): line is { readonly of: string } {
  return (
    typeof line === "object" &&
    line !== null &&
    "format" in line &&
    line.format === FORMAT &&
    "of" in line &&
    typeof line.of === "string"
  );
}

function isLine(line: unknown): line is { readonly key: string; readonly entry: unknown } {
  return typeof line === "object" && line !== null && "key" in line && typeof line.key === "string" && "entry" in line;
}

/** JSON, arrays of numbers as their bytes, and -0, which JSON takes for 0: the same bits come back. */
function encode(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    v instanceof Float64Array
      ? { float64: bytesOf(v) }
      : Object.is(v, -0)
        ? { float64: bytesOf(Float64Array.of(-0)), number: true }
        : v,
  );
}

function bytesOf(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

function decode(line: string): unknown {
  if (!line.includes('"float64"')) return JSON.parse(line);
  return JSON.parse(line, (_, v: unknown) => {
    if (typeof v !== "object" || v === null || !("float64" in v) || typeof v.float64 !== "string") return v;
    const bytes = Buffer.from(v.float64, "base64");
    const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    return "number" in v ? values[0] : values;
  });
}
