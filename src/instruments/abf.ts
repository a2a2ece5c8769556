// Axon binary files (`.abf`, versions 1 and 2): sweeps of what was recorded, and of the command that the waveform editor gave.
import { append } from "../base/lists.ts";
import type { Bytes } from "./bytes.ts";
import { BadInstrumentFile, type Channel, type InstrumentRecording, type Sweep } from "./instrument.ts";
import { commandOf, unknownEpoch, type Command } from "./epochs.ts";
import { columnNames, kindOf } from "./columnNames.ts";

/** What both versions say, read from their headers. */
export interface AbfHeader {
  readonly version: string;
  /** µs between samples of one channel. */
  readonly interval: number;
  /** One stretch without gaps, whatever the count of sweeps says. */
  readonly gapFree: boolean;
  readonly sweeps: number;
  /** Byte at which samples begin, and how many there are of all channels together. */
  readonly dataAt: number;
  readonly dataCount: number;
  /** Single precision, in the unit of the channel; else 16-bit integers. */
  readonly isFloat: boolean;
  /** Samples of all channels together in each sweep, where sweeps differ in length; empty otherwise. */
  readonly lengths: readonly number[];
  readonly channels: readonly AbfChannel[];
  readonly commands: readonly AbfCommand[];
}

export interface AbfChannel {
  readonly name: string;
  readonly unit: string;
  /** Units for one step of the converter. */
  readonly gain: number;
  readonly offset: number;
}

export interface AbfCommand extends Command {
  /** The waveform editor drives it; else it stays at its holding level. */
  readonly enabled: boolean;
  /** Why its waveform is not known from the file; null where it is. */
  readonly unknown: string | null;
}

/** @throws BadInstrumentFile */
export function abfRecording(bytes: Bytes, header: AbfHeader): InstrumentRecording {
  const { channels, interval, dataAt, dataCount, isFloat } = header;
  if (channels.length === 0) throw new BadInstrumentFile("the header names no recorded channel");
  if (!(interval > 0) || !Number.isFinite(interval))
    throw new BadInstrumentFile(`the header's time between samples is ${interval} µs`);
  const size = isFloat ? 4 : 2;
  bytes.slice(dataAt, dataCount * size, "the recorded samples were");
  const lengths = lengthsOf(header);
  const notes: string[] = [];
  const known = commandsOf(header, notes);
  const columns = columnNames(
    channels.map(({ name, unit }) => ({ what: `the channel ${name}`, name, unit })),
    known.map(({ name, unit }) => ({ what: `the command ${name}`, name, unit })),
  );
  append(notes, columns.notes);
  const commands = known.flatMap((command, k) => {
    const name = columns.commands[k] ?? null;
    return name === null ? [] : [{ name, unit: command.unit, levels: commandOf(command, lengths) }];
  });
  let at = dataAt;
  const sweeps = lengths.map((length, number): Sweep => {
    const own: Channel[] = channels.flatMap(({ unit, gain, offset }, c) => {
      const name = columns.channels[c] ?? null;
      if (name === null) return [];
      const samples = new Float64Array(length);
      for (let n = 0; n < length; n++) {
        const place = at + (n * channels.length + c) * size;
        samples[n] = isFloat
          ? bytes.float32(place, "a sample was")
          : bytes.int16(place, "a sample was") * gain + offset;
      }
      return [{ name, unit, samples, resolution: isFloat ? 0 : Math.abs(gain) }];
    });
    at += length * channels.length * size;
    append(
      own,
      commands.map(({ name, unit, levels }) => ({
        name,
        unit,
        samples: levels[number] ?? new Float64Array(length),
        resolution: 0,
      })),
    );
    return { number, channels: own };
  });
  return {
    format: `ABF ${header.version}`,
    interval,
    sweeps,
    columns: columns.meanings.map(({ column, what }) => `${column} is ${what}`),
    notes,
  };
}

/** Those that are on and whose waveform the file tells. Where none is on, the first at its holding level, if it clamps what was recorded: a current where there is a voltage, a voltage where there is a current. */
function commandsOf({ commands, channels }: AbfHeader, notes: string[]): readonly AbfCommand[] {
  const on = commands.filter((c) => c.enabled);
  if (on.length === 0) {
    const recorded = new Set(channels.map((c) => kindOf(c.unit)));
    const clamped = { current: "voltage", voltage: "current" } as const;
    return commands.slice(0, 1).flatMap((c) => {
      const kind = kindOf(c.unit);
      return (kind === "current" || kind === "voltage") && recorded.has(clamped[kind]) ? [{ ...c, epochs: [] }] : [];
    });
  }
  return on.filter((command) => {
    const why = command.unknown ?? unknownEpochText(command);
    if (why !== null) notes.push(`the command ${command.name} is left out: ${why}`);
    return why === null;
  });
}

/** Samples of one channel in each sweep. */
function lengthsOf({ gapFree, sweeps, dataCount, lengths, channels }: AbfHeader): readonly number[] {
  if (gapFree || sweeps <= 1) return [Math.floor(dataCount / channels.length)];
  if (sweeps > dataCount / channels.length)
    throw new BadInstrumentFile(`the header counts ${sweeps} sweeps, but there are ${dataCount} samples`);
  if (lengths.length === sweeps && new Set(lengths).size > 1) {
    const total = lengths.reduce((sum, length) => sum + Math.max(0, length), 0);
    if (lengths.some((length) => length < 0) || total > dataCount)
      throw new BadInstrumentFile(`the sweeps have ${total} samples by their list, but there are ${dataCount}`);
    return lengths.map((length) => Math.floor(length / channels.length));
  }
  const each = Math.floor(dataCount / sweeps / channels.length);
  return Array.from({ length: sweeps }, () => each);
}

function unknownEpochText(command: Command): string | null {
  const type = unknownEpoch(command);
  return type === null ? null : `it has an epoch of kind ${type}, which is not known`;
}
