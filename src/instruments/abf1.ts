// The header of an Axon binary file of version 1 (pCLAMP 6 to 9): numbers at fixed bytes ("ABF file format", Axon Instruments 2005).
import type { AbfHeader, AbfCommand } from "./abf.ts";
import type { Bytes } from "./bytes.ts";
import { BadInstrumentFile } from "./instrument.ts";

const BLOCK = 512;
/** More than anybody records. */
const MOST_SWEEPS = 1_000_000;
/** Gap-free recording. */
const GAP_FREE = 3;

/** @throws BadInstrumentFile */
export function abf1Header(bytes: Bytes): AbfHeader {
  const short = (at: number, what: string): number => bytes.int16(at, `${what} was`);
  const long = (at: number, what: string): number => bytes.int32(at, `${what} was`);
  const float = (at: number, what: string): number => bytes.float32(at, `${what} was`);
  const count = short(120, "the number of channels");
  if (count < 1 || count > 16)
    throw new BadInstrumentFile(`at byte 120: the number of channels was expected, 1 to 16; it is ${count}`);
  const format = short(100, "the format of samples");
  if (format !== 0 && format !== 1)
    throw new BadInstrumentFile(`at byte 100: the format of samples was expected, 0 or 1; it is ${format}`);
  const isFloat = format === 1;
  const version = float(4, "the version");
  // Telegraphs and commands stand in the part of the header that came with version 1.6.
  const extended = version >= 1.6;
  const range = float(244, "the converter's range");
  const resolution = long(252, "the converter's resolution");
  const channels = Array.from({ length: count }, (_, k) => {
    const adc = short(410 + 2 * k, "the sequence of channels");
    if (adc < 0 || adc > 15)
      throw new BadInstrumentFile(
        `at byte ${410 + 2 * k}: the number of a channel was expected, 0 to 15; it is ${adc}`,
      );
    const telegraphed = extended && short(4512 + 2 * adc, "the telegraph") === 1;
    const gains = [
      float(922 + 4 * adc, "a scale factor"),
      float(1050 + 4 * adc, "a signal's gain"),
      float(730 + 4 * adc, "a programmable gain"),
      telegraphed ? float(4576 + 4 * adc, "a telegraphed gain") : 1,
    ];
    return {
      name: bytes.text(442 + 10 * adc, 10, "a channel's name was") || `IN ${adc}`,
      unit: bytes.text(602 + 8 * adc, 8, "a channel's unit was"),
      gain: range / resolution / gains.reduce((product, gain) => product * gain, 1),
      offset: float(986 + 4 * adc, "an offset") - float(1114 + 4 * adc, "a signal's offset"),
    };
  });
  const episodes = long(16, "the number of sweeps");
  const listAt = long(92, "the place of the list of sweeps") * BLOCK;
  const listed = long(96, "the length of the list of sweeps");
  return {
    version: version.toFixed(2).replace(/0$/, ""),
    interval: float(122, "the time between samples") * count,
    gapFree: short(8, "the mode of operation") === GAP_FREE,
    sweeps: episodes,
    dataAt:
      long(40, "the place of the samples") * BLOCK + short(14, "the number of samples to skip") * (isFloat ? 4 : 2),
    dataCount: long(10, "the number of samples"),
    isFloat,
    lengths:
      listAt > 0 && listed === episodes && listed <= MOST_SWEEPS
        ? Array.from({ length: listed }, (_, k) => long(listAt + 8 * k + 4, "the length of a sweep"))
        : [],
    channels,
    commands: extended ? [0, 1].flatMap((k) => commandAt(bytes, k)) : [],
  };
}

function commandAt(bytes: Bytes, k: number): readonly AbfCommand[] {
  const short = (at: number): number => bytes.int16(at, "a command was");
  const unit = bytes.text(1346 + 8 * k, 8, "a command's unit was");
  if (unit === "") return [];
  const source = short(2300 + 2 * k);
  const enabled = short(2296 + 2 * k) !== 0 && source !== 0;
  const holding = bytes.float32(1394 + 4 * k, "a holding level was");
  return [
    {
      name: bytes.text(1306 + 10 * k, 10, "a command's name was") || `OUT ${k}`,
      unit,
      enabled,
      unknown:
        source === 2
          ? `it was played from the file ${bytes.text(2736 + 256 * k, 256, "a file's name was") || "of another name"}`
          : bytes.int16(3360 + 2 * k, "the list of the user was") === 1
            ? "one of its numbers follows a list, sweep by sweep"
            : null,
      holding: Math.abs(holding) > 1e6 || Number.isNaN(holding) ? 0 : holding,
      staysAtLast: short(2304 + 2 * k) !== 0,
      epochs: Array.from({ length: 10 }, (_, e) => {
        const n = 10 * k + e;
        return {
          type: short(2308 + 2 * n),
          level: bytes.float32(2348 + 4 * n, "an epoch's level was"),
          levelStep: bytes.float32(2428 + 4 * n, "an epoch's level was"),
          duration: bytes.int32(2508 + 4 * n, "an epoch's length was"),
          durationStep: bytes.int32(2588 + 4 * n, "an epoch's length was"),
          period: 0,
          width: 0,
        };
      }),
    },
  ];
}
