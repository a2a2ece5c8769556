// Arrays of NumPy (`.npy`, format versions 1 to 3): numbers without names and units, as a table whose columns are numbered from 0.
import { BadInstrumentFile } from "./instrument.ts";
import { Bytes, latin1 } from "./bytes.ts";

/** How the number at a byte is read, and how long it is, by NumPy's words for it: little-endian. */
const KINDS: Readonly<Record<string, { readonly size: number; readonly read: (bytes: Bytes, at: number) => number }>> =
  {
    "<f8": { size: 8, read: (bytes, at) => bytes.float64(at, WHAT) },
    "<f4": { size: 4, read: (bytes, at) => bytes.float32(at, WHAT) },
    "<i4": { size: 4, read: (bytes, at) => bytes.int32(at, WHAT) },
    "<i8": { size: 8, read: (bytes, at) => long(bytes.int32(at + 4, WHAT), bytes.uint32(at, WHAT)) },
  };
const WHAT = "a number was";
const SAVED = 'save it as numpy.save("x.npy", numpy.ascontiguousarray(x, "<f8"))';

function long(high: number, low: number): number {
  const value = high * 2 ** 32 + low;
  if (!Number.isSafeInteger(value)) throw new BadInstrumentFile("a whole number in it lies beyond 2^53");
  return value;
}

export function isNumpy(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 6)) === "\u0093NUMPY";
}

/** A zip, in which `.npz` files are. */
export function isZip(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 4)) === "PK\u0003\u0004";
}

/** The rows of an array of one or two dimensions, under a line that numbers the columns; or what is wrong with it. */
export function numpyTable(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: tableOf(new Bytes(bytes, true)) };
  } catch (error) {
    if (!(error instanceof BadInstrumentFile)) throw error;
    return { problem: `it is an array of NumPy, but ${error.message}` };
  }
}

function tableOf(bytes: Bytes): string {
  const { kind, rows, columns, dataAt } = headOf(bytes);
  if (dataAt + rows * columns * kind.size !== bytes.length)
    throw new BadInstrumentFile(
      `it has ${bytes.length - dataAt} bytes of numbers, where ${rows} by ${columns} take ${rows * columns * kind.size}`,
    );
  const lines = [Array.from({ length: columns }, (_, c) => c).join()];
  for (let r = 0; r < rows; r++) {
    const row: string[] = [];
    for (let c = 0; c < columns; c++) row.push(textOf(kind.read(bytes, dataAt + (r * columns + c) * kind.size), r, c));
    lines.push(row.join());
  }
  return `${lines.join("\n")}\n`;
}

function textOf(value: number, row: number, column: number): string {
  if (!Number.isFinite(value))
    throw new BadInstrumentFile(`in row ${row}, column ${column} (from 0) stands ${value}, which is no number`);
  return Object.is(value, -0) ? "-0" : String(value);
}

function headOf(bytes: Bytes): {
  readonly kind: (typeof KINDS)[string];
  readonly rows: number;
  readonly columns: number;
  readonly dataAt: number;
} {
  const version = bytes.int8(6, "the version was");
  if (version < 1 || version > 3) throw new BadInstrumentFile(`its format has version ${version}, not 1, 2 or 3`);
  const isLong = version > 1;
  const size = isLong
    ? bytes.uint32(8, "the size of the head was")
    : bytes.int16(8, "the size of the head was") & 0xffff;
  const dataAt = (isLong ? 12 : 10) + size;
  const head = latin1(bytes.slice(isLong ? 12 : 10, size, "the head was"));
  const descr = /'descr':\s*(?:'([^']*)'|(\[))/u.exec(head);
  const shape = /'shape':\s*\(([^)]*)\)/u.exec(head)?.[1];
  if (descr === null || shape === undefined) throw new BadInstrumentFile("its head names no type and no shape");
  if (descr[2] !== undefined) throw new BadInstrumentFile(`its rows have fields with names: ${SAVED}, a column a file`);
  const kind = KINDS[descr[1] ?? ""];
  if (kind === undefined)
    throw new BadInstrumentFile(
      `its numbers are of the type "${descr[1] ?? ""}", which is none of ${Object.keys(KINDS).join(", ")}: ${SAVED}`,
    );
  const sizes = shape.split(",").flatMap((n) => (n.trim() === "" ? [] : [Number(n)]));
  if (sizes.length < 1 || sizes.length > 2 || !sizes.every(Number.isSafeInteger))
    throw new BadInstrumentFile(`it has ${sizes.length} dimensions, where rows, or rows and columns, were expected`);
  const [rows = 0, columns = 1] = sizes;
  if (/'fortran_order':\s*True/u.test(head) && sizes.length > 1)
    throw new BadInstrumentFile(`its columns stand one after the other (Fortran's order): ${SAVED}`);
  return { kind, rows, columns, dataAt };
}
