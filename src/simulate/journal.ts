// jobs.jsonl: what a comparison has finished so far, a line a run, so that the same command goes on where it was stopped. Whatever ends the process, whole lines stand in it.
import { readFileSync, unlinkSync } from "node:fs";
import { growingFile, type GrowingFile } from "./growingFile.ts";

export const JOURNAL_FILE = "jobs.jsonl";
const FORMAT = "glif-jobs 1";

export interface Journal<Entry> {
  /** What stood in it, by key. */
  readonly earlier: ReadonlyMap<string, Entry>;
  /** At the latest a second later it is in the file. @throws WriteError */
  add(key: string, entry: Entry): void;
  /** What was added is in the file, and the file is closed. @throws WriteError */
  close(): void;
}

/** Whether a journal stands there, and whose: what `openJournal` was given. Null where there is none. */
export function journalAt(path: string): { readonly of: string } | null {
  const first = linesOf(path)[0];
  return first !== undefined && isHeader(first) ? { of: first.of } : null;
}

/** Goes on with the journal at `path` where it is of the same comparison (`of`), else begins a new one. */
export function openJournal<Entry>(path: string, of: string): Journal<Entry> {
  const [header, ...lines] = linesOf(path);
  const earlier = new Map<string, Entry>();
  if (header !== undefined && isHeader(header) && header.of === of) for (const line of lines) if (isLine(line)) earlier.set(line.key, line.entry as Entry);
  // Written anew: a line that was torn must not be continued.
  const text = [{ format: FORMAT, of }, ...[...earlier].map(([key, entry]) => ({ key, entry }))].map((line) => `${encode(line)}\n`).join("");
  const file: GrowingFile = growingFile(path, text);
  let flushing: NodeJS.Timeout | null = null;
  /** What went wrong while nobody called. */
  let failure: unknown = null;
  const flushLater = (): void => {
    flushing ??= setTimeout(() => {
      flushing = null;
      try {
        file.flush();
      } catch (error) {
        failure = error;
      }
    }, FLUSH_AFTER).unref();
  };
  return {
    earlier,
    add(key, entry) {
      if (failure !== null) throw failure as Error;
      file.append(`${encode({ key, entry })}\n`);
      flushLater();
    },
    close() {
      if (flushing !== null) clearTimeout(flushing);
      flushing = null;
      file.close(false);
    },
  };
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

/** The values of all lines that are whole. */
function linesOf(path: string): unknown[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").slice(0, -1).flatMap((line): unknown[] => {
    try {
      return [decode(line)];
    } catch {
      return [];
    }
  });
}

function isHeader(line: unknown): line is { readonly of: string } {
  return typeof line === "object" && line !== null && "format" in line && line.format === FORMAT && "of" in line && typeof line.of === "string";
}

function isLine(line: unknown): line is { readonly key: string; readonly entry: unknown } {
  return typeof line === "object" && line !== null && "key" in line && typeof line.key === "string" && "entry" in line;
}

/** JSON, arrays of numbers as their bytes, and -0, which JSON takes for 0: the same bits come back. */
function encode(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (v instanceof Float64Array ? { float64: bytesOf(v) } : Object.is(v, -0) ? { float64: bytesOf(Float64Array.of(-0)), number: true } : v));
}

function bytesOf(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

function decode(line: string): unknown {
  return JSON.parse(line, (_, v: unknown) => {
    if (typeof v !== "object" || v === null || !("float64" in v) || typeof v.float64 !== "string") return v;
    const bytes = Buffer.from(v.float64, "base64");
    const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    return "number" in v ? values[0] : values;
  });
}
