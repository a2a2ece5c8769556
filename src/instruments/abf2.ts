// The header of an Axon binary file of version 2 (pCLAMP 10 and later): a list of sections, each with its place, the size of its entries and their number.
import type { AbfCommand, AbfHeader } from "./abf.ts";
import { abf2Sections, abf2Texts, type Section } from "./abf2Sections.ts";
import type { Bytes } from "./bytes.ts";
import { BadInstrumentFile } from "./instrument.ts";

const GAP_FREE = 3;

/** @throws BadInstrumentFile */
export function abf2Header(bytes: Bytes): AbfHeader {
  const section = abf2Sections(bytes);
  const [protocol, adc, dac, epochs] = [section("protocol"), section("adc"), section("dac"), section("epochs")];
  const [data, list, userList] = [section("data"), section("sweeps"), section("userList")];
  const texts = abf2Texts(bytes, section("strings"));
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
  for (const [{ at, entry, count }, what, size] of [
    [adc, "channel", 2],
    [dac, "command", 2],
    [epochs, "epoch", 4],
  ] as const) {
    const numbers = Array.from({ length: count }, (_, k) =>
      String(bytes.slice(at + k * entry, size, `the number of a ${what} was`)),
    );
    const again = numbers.findIndex((number, k) => numbers.indexOf(number) !== k);
    if (again >= 0)
      throw new BadInstrumentFile(
        `at byte ${at + again * entry}: the number of another ${what} was expected; it stands twice`,
      );
  }
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
  const lengths = Array.from({ length: list.count }, (_, k) =>
    bytes.int32(list.at + k * list.entry + 4, "the length of a sweep was"),
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (list.count > 0 && total !== data.count)
    throw new BadInstrumentFile(
      `at byte 244: the number of samples was expected, ${total} by the list of sweeps; it is ${data.count}`,
    );
  const sweeps = bytes.uint32(12, "the number of sweeps was");
  if (list.count > 0 && list.count !== sweeps)
    throw new BadInstrumentFile(
      `at byte 12: the number of sweeps was expected, ${list.count} by their list; it is ${sweeps}`,
    );
  const alternates =
    bytes.int16(protocol.at + 180, "the alternation of commands was") !== 0
      ? "it alternates with another command"
      : null;
  return {
    version: [...bytes.slice(4, 4, "the version was")].reverse().slice(0, 2).join("."),
    interval: bytes.float32(protocol.at + 2, "the time between samples was"),
    gapFree: bytes.int16(protocol.at, "the mode of operation was") === GAP_FREE,
    sweeps,
    dataAt: data.at,
    dataCount: data.count,
    isFloat,
    lengths,
    channels,
    commands: Array.from({ length: dac.count }, (_, k): AbfCommand => {
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
        epochs: Array.from({ length: epochs.count }, (_, e) => epochs.at + e * epochs.entry)
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
