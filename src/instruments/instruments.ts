// The instruments' files that can be read, told by their first bytes. A format is one row here and a file beside it.
import { abf1Header } from "./abf1.ts";
import { abf2Header } from "./abf2.ts";
import { abfRecording } from "./abf.ts";
import { Bytes } from "./bytes.ts";
import { igorRecording } from "./igor.ts";
import { columnNames } from "./columnNames.ts";
import { BadInstrumentFile, type InstrumentRecording } from "./instrument.ts";

interface Format {
  readonly name: string;
  /** Of its files' names. */
  readonly ending: string;
  readonly begins: (bytes: Uint8Array) => boolean;
  readonly read: (bytes: Uint8Array) => InstrumentRecording;
}

const startsWith =
  (text: string) =>
  (bytes: Uint8Array): boolean =>
    bytes.length >= text.length && [...text].every((c, k) => bytes[k] === c.charCodeAt(0));

/** An Igor wave begins with its version, in the order of bytes of the machine that wrote it. */
const igorIsLittle = ([a, b]: Uint8Array): boolean => b === 0 && (a === 2 || a === 5);
const igorIsBig = ([a, b]: Uint8Array): boolean => a === 0 && (b === 2 || b === 5);

export const INSTRUMENTS: readonly Format[] = [
  {
    name: "Axon binary file, version 1",
    ending: ".abf",
    begins: startsWith("ABF "),
    read: (bytes: Uint8Array): InstrumentRecording => {
      const own = new Bytes(bytes, true);
      return abfRecording(own, abf1Header(own));
    },
  },
  {
    name: "Axon binary file, version 2",
    ending: ".abf",
    begins: startsWith("ABF2"),
    read: (bytes: Uint8Array): InstrumentRecording => {
      const own = new Bytes(bytes, true);
      return abfRecording(own, abf2Header(own));
    },
  },
  {
    name: "Igor binary wave",
    ending: ".ibw",
    begins: (bytes) => igorIsLittle(bytes) || igorIsBig(bytes),
    read: (bytes: Uint8Array): InstrumentRecording => igorRecording(new Bytes(bytes, igorIsLittle(bytes))),
  },
];

/** What the file holds, or what is wrong with it; null where it is of no instrument that is known. */
export function readInstrument(bytes: Uint8Array): InstrumentRecording | { readonly problem: string } | null {
  const format = INSTRUMENTS.find((f) => f.begins(bytes));
  if (format === undefined) return null;
  try {
    const found = format.read(bytes);
    if (found.sweeps.some((s) => s.channels.length > 0)) return found;
    return { problem: [`it is an ${format.name}, but no channel of it can be read`, ...found.notes].join("; ") };
  } catch (error) {
    if (!(error instanceof BadInstrumentFile)) throw error;
    return { problem: `it begins as an ${format.name}, but ${error.message}` };
  }
}

/** HDF5, in which NWB files are. */
export function isHdf(bytes: Uint8Array): boolean {
  return startsWith("\u0089HDF\r\n\u001a\n")(bytes);
}

/** Several files of one recording, a channel or more each: as if it were one. @throws BadInstrumentFile where they were not made together */
export function together(recordings: readonly InstrumentRecording[]): InstrumentRecording {
  const [first, ...others] = recordings as readonly [InstrumentRecording, ...InstrumentRecording[]];
  if (others.length === 0) return first;
  const shape = ({ interval, sweeps }: InstrumentRecording): string =>
    `${interval} µs, ${sweeps.length} sweep${sweeps.length === 1 ? "" : "s"} of ${[...new Set(sweeps.map((s) => s.channels[0]?.samples.length ?? 0))].join(", ")} samples`;
  const other = others.find((r) => shape(r) !== shape(first));
  if (other !== undefined)
    throw new BadInstrumentFile(`the files were not made together: one has ${shape(first)}, another ${shape(other)}`);
  const whats = recordings.flatMap((r) => r.columns.map((c) => c.replace(/^.*? is /, "")));
  const channels = recordings.flatMap((r) => r.sweeps[0]?.channels ?? []);
  const names = columnNames(
    channels.map(({ name, unit }, k) => ({ what: whats[k] ?? name, name, unit })),
    [],
  );
  return {
    format: first.format,
    interval: first.interval,
    sweeps: first.sweeps.map(({ number }, k) => ({
      number,
      channels: recordings
        .flatMap((r) => r.sweeps[k]?.channels ?? [])
        .map((channel, c) => ({ ...channel, name: names.channels[c] ?? channel.name })),
    })),
    columns: names.meanings.map(({ column, what }) => `${column} is ${what}`),
    notes: recordings.flatMap((r) => r.notes),
  };
}
