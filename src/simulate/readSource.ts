// Reading one source file from disk: regular files only, of a bounded size, in UTF-8. What is refused is named, its contents are not.
import { readInstrument } from "../instruments/instruments.ts";
import { isNumpy, isZip, numpyTable } from "../instruments/npy.ts";
import { csvOf } from "../instruments/toCsv.ts";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

const MB = 1024 * 1024;

/** In MB: a model is text that people write, a table what instruments do, a recording what they did all day. */
const LARGEST = { source: 16, table: 256, recording: 2047 };

const TABLES = /\.(csv|abf|ibw|npy|npz)$/i;

export type SourceReading = { readonly bytes: Uint8Array; readonly text: string } | { readonly problem: string };

/** A table is what is named `.csv`, an array of NumPy as numbers in rows, or an instrument's file, whose text is the table that `glif import recording` makes of it. Never waits (a FIFO is not opened for longer than it takes to see what it is) and never throws. */
export function readSource(path: string): SourceReading {
  const kind = TABLES.test(path) ? "table" : "source";
  const read = readBytes(path, kind);
  return "problem" in read ? read : decodeSource(read.bytes, kind);
}

/** The bytes of a regular file of a bounded size, or the first of one of any size. */
export function readBytes(
  path: string,
  kind: keyof typeof LARGEST,
  first = Infinity,
): { readonly bytes: Uint8Array } | { readonly problem: string } {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return { problem: openingProblem(error) };
  }
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) return { problem: "it is a folder, not a file" };
    if (!status.isFile()) return { problem: "it is not a regular file" };
    const wanted = Math.min(status.size, first);
    if (wanted > LARGEST[kind] * MB) return { problem: tooLarge(kind) };
    const bytes = Buffer.alloc(wanted);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = readSync(file, bytes, length, bytes.length - length, null);
    return { bytes: bytes.subarray(0, length) };
  } catch (error) {
    return { problem: openingProblem(error) };
  } finally {
    closeSync(file);
  }
}

function tooLarge(kind: keyof typeof LARGEST): string {
  return kind === "source"
    ? `it is larger than ${LARGEST.source} MB, which is more than a source file may have`
    : `it is larger than ${LARGEST[kind]} MB: leave out samples that nobody needs`;
}

/** The text of bytes that must be UTF-8. A byte-order mark stays: `sourceText` drops it. */
export function decodeSource(bytes: Uint8Array, kind: keyof typeof LARGEST = "source"): SourceReading {
  if (bytes.length > LARGEST[kind] * MB) return { problem: tooLarge(kind) };
  const instrument = kind === "table" ? readInstrument(bytes) : null;
  if (instrument !== null)
    return "problem" in instrument ? instrument : { bytes, text: [...csvOf(instrument)].join("") };
  if (kind === "table" && isNumpy(bytes)) {
    const table = numpyTable(bytes);
    return "problem" in table ? table : { bytes, text: table.text };
  }
  if (kind === "table" && isZip(bytes))
    return { problem: 'it is a zip of several files: save one array, `numpy.save("x.npy", x)`, or a table as `.csv`' };
  const utf16 = utf16Kind(bytes);
  if (utf16 !== null) return { problem: `it is ${utf16}; save it as UTF-8` };
  const wrong = firstWrongByte(bytes);
  if (wrong >= 0) return { problem: `not UTF-8 at byte ${wrong}; save it as UTF-8` };
  return { bytes, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}

/** The same of standard input, which may have been impossible to read. */
export function decodeInput(input: Uint8Array | { readonly problem: string }): SourceReading {
  return "problem" in input ? input : decodeSource(input);
}

/** By its byte-order mark or, without one, by a zero in every second of the first bytes: text that is mostly ASCII. */
function utf16Kind(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "UTF-16 (little-endian)";
  if (a === 0xfe && b === 0xff) return "UTF-16 (big-endian)";
  const length = Math.min(bytes.length, 64) & ~1;
  if (length < 4) return null;
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd >= length / 4) return "UTF-16 (little-endian)";
  if (odd === 0 && even >= length / 4) return "UTF-16 (big-endian)";
  return null;
}

/**
 * Offset of the first byte that begins no well-formed UTF-8 sequence, -1 if there is none.
 * Table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
function firstWrongByte(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length =
      lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length === 0) return i;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k] ?? 0;
      if (next < (k === 1 ? low : 0x80) || next > (k === 1 ? high : 0xbf)) return i;
    }
    i += length;
  }
  return -1;
}

function openingProblem(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "it may not be read: permission denied";
    case "EISDIR":
      return "it is a folder, not a file";
    case "ELOOP":
      return "its symbolic links go round in a circle";
    case "ENAMETOOLONG":
      return "its name is too long";
    case "ENXIO":
    case "ENODEV":
      return "it is not a regular file";
    default:
      return `it cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`;
  }
}
