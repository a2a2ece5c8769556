// The header of an Axon binary file of version 2 (pCLAMP 10 and later): a list of sections, each with its place, the size of its entries and their number.
import type { AbfCommand, AbfHeader } from "./abf.ts";
import { latin1, type Bytes } from "./bytes.ts";
import { BadInstrumentFile } from "./instrument.ts";

const BLOCK = 512;
const GAP_FREE = 3;

interface Section {
  readonly at: number;
  readonly entry: number;
  readonly count: number;
}

/** @throws BadInstrumentFile */
export function abf2Header(bytes: Bytes): AbfHeader {
  const section = (at: number, what: string): Section => {
    const found = {
      at: bytes.uint32(at, `the place of ${what} was`) * BLOCK,
      entry: bytes.uint32(at + 4, `the size of ${what} was`),
      count: bytes.int32(at + 8, `the number of ${what} was`),
    };
    if (found.count < 0 || (found.count > 0 && found.at === 0))
      throw new BadInstrumentFile(`at byte ${at}: the place of ${what} was expected; the file names none`);
    return found;
  };
  const [protocol, adc, dac] = [section(76, "the protocol"), section(92, "the channels"), section(108, "the commands")];
  const [epochs, strings] = [section(156, "the epochs"), section(220, "the texts")];
  const [data, list] = [section(236, "the samples"), section(316, "the list of sweeps")];
  const userList = section(172, "the lists of the user");
  const texts = textsOf(bytes, strings);
  const text = (index: number): string => texts[index] ?? "";
  const format = bytes.int16(30, "the format of samples was");
  if (format !== 0 && format !== 1)
    throw new BadInstrumentFile(`at byte 30: the format of samples was expected, 0 or 1; it is ${format}`);
  const isFloat = format === 1;
  if (data.count > 0 && data.entry !== (isFloat ? 4 : 2))
    throw new BadInstrumentFile(
      `at byte 240: the size of a sample was expected, ${isFloat ? 4 : 2}; it is ${data.entry}`,
    );
  if (adc.count > 64)
    throw new BadInstrumentFile(`at byte 100: the number of channels was expected, at most 64; it is ${adc.count}`);
  const range = bytes.float32(protocol.at + 110, "the converter's range was");
  const resolution = bytes.int32(protocol.at + 118, "the converter's resolution was");
  const channels = Array.from({ length: adc.count }, (_, k) => {
    const at = adc.at + k * adc.entry;
    const float = (offset: number, what: string): number => bytes.float32(at + offset, `${what} was`);
    const telegraphed = bytes.int16(at + 2, "the telegraph was") === 1;
    const gains = [
      float(40, "a scale factor"),
      float(48, "a signal's gain"),
      float(28, "a programmable gain"),
      telegraphed ? float(6, "a telegraphed gain") : 1,
    ];
    return {
      name: text(bytes.int32(at + 74, "the name of a channel was")) || `IN ${k}`,
      unit: text(bytes.int32(at + 78, "the unit of a channel was")),
      gain: range / resolution / gains.reduce((product, gain) => product * gain, 1),
      offset: float(44, "an offset") - float(52, "a signal's offset"),
    };
  });
  const lengths = Array.from({ length: Math.min(list.count, 1_000_000) }, (_, k) =>
    bytes.int32(list.at + k * list.entry + 4, "the length of a sweep was"),
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const alternates =
    bytes.int16(protocol.at + 180, "the alternation of commands was") !== 0
      ? "it alternates with another command"
      : null;
  return {
    version: [...bytes.slice(4, 4, "the version was")].reverse().slice(0, 2).join("."),
    interval: bytes.float32(protocol.at + 2, "the time between samples was"),
    gapFree: bytes.int16(protocol.at, "the mode of operation was") === GAP_FREE,
    sweeps: bytes.uint32(12, "the number of sweeps was"),
    dataAt: data.at,
    dataCount: total > 0 && total < data.count ? total : data.count,
    isFloat,
    lengths,
    channels,
    commands: Array.from({ length: Math.min(dac.count, 64) }, (_, k): AbfCommand => {
      const at = dac.at + k * dac.entry;
      const number = bytes.int16(at, "the number of a command was");
      const source = bytes.int16(at + 42, "the source of a command was");
      return {
        name: text(bytes.int32(at + 24, "the name of a command was")) || `OUT ${number}`,
        unit: text(bytes.int32(at + 28, "the unit of a command was")),
        enabled: bytes.int16(at + 40, "whether a command is on was") !== 0 && source !== 0,
        unknown:
          source === 2
            ? `it was played from the file ${text(bytes.int32(at + 118, "a file's name was")) || "of another name"}`
            : isListed(bytes, userList, k)
              ? "one of its numbers follows a list, sweep by sweep"
              : bytes.int16(at + 60, "a train before the command was") !== 0
                ? "a train of pulses goes before it"
                : alternates,
        holding: bytes.float32(at + 12, "a holding level was"),
        staysAtLast: bytes.int16(at + 44, "the level between sweeps was") !== 0,
        epochs: Array.from({ length: Math.min(epochs.count, 640) }, (_, e) => epochs.at + e * epochs.entry)
          .filter((e) => bytes.int16(e + 2, "the command of an epoch was") === number)
          .map((e) => ({
            type: bytes.int16(e + 4, "the kind of an epoch was"),
            level: bytes.float32(e + 6, "an epoch's level was"),
            levelStep: bytes.float32(e + 10, "an epoch's level was"),
            duration: bytes.int32(e + 14, "an epoch's length was"),
            durationStep: bytes.int32(e + 18, "an epoch's length was"),
            period: bytes.int32(e + 22, "a pulse's period was"),
            width: bytes.int32(e + 26, "a pulse's width was"),
          })),
      };
    }),
  };
}

/** Number k of the lists varies something of command k. */
function isListed(bytes: Bytes, { at, entry, count }: Section, k: number): boolean {
  return k < count && bytes.int16(at + k * entry + 4, "what a list varies was") > 0;
}

/** The texts that others refer to by number: the last part of the section's first entry, each with a zero after it. */
function textsOf(bytes: Bytes, { at, entry, count }: Section): readonly string[] {
  if (count === 0) return [];
  const all = latin1(bytes.slice(at, Math.min(entry, 1_000_000), "the texts were"));
  const begin = all.lastIndexOf("\0\0");
  return all
    .slice(begin < 0 ? 0 : begin)
    .split("\0")
    .slice(1)
    .map((t) => t.trim());
}
