// Igor Pro's binary waves (`.ibw`, versions 2 and 5; WaveMetrics, Technical Note PTN003): one quantity over time, sweeps as columns.
import type { Bytes } from "./bytes.ts";
import { columnNames } from "./columnNames.ts";
import { BadInstrumentFile, type InstrumentRecording } from "./instrument.ts";

interface Wave {
  readonly version: number;
  readonly name: string;
  readonly type: number;
  readonly rows: number;
  readonly columns: number;
  /** Time from one row to the next, in `timeUnit`. */
  readonly interval: number;
  readonly timeUnit: string;
  readonly unit: string;
  readonly dataAt: number;
}

/** Bits of a wave's type: complex, unsigned; and how one of its numbers is read. */
const COMPLEX = 0x01;
const UNSIGNED = 0x40;
const SIZES: Readonly<Record<number, number>> = { 0x02: 4, 0x04: 8, 0x08: 1, 0x10: 2, 0x20: 4 };

const MICROSECONDS: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, us: 1, "\u00B5s": 1, "\u03BCs": 1 };

/** Bytes whose 16-bit words add up to 0, one of them being there for that: of version 2 the first 16 bytes behind the head are among them. */
const SUMMED = { 2: 142, 5: 384 } as const;

/** @throws BadInstrumentFile */
function demandWhole(bytes: Bytes, version: number): void {
  const end = Math.min(SUMMED[version === 2 ? 2 : 5], bytes.length - (bytes.length % 2));
  let sum = 0;
  for (let at = 0; at < end; at += 2) sum += bytes.int16(at, "the head was");
  if ((sum & 0xffff) === 0) return;
  throw new BadInstrumentFile(`its head is damaged: the words of bytes 0 to ${end - 1} do not add up to 0`);
}

/** @throws BadInstrumentFile */
export function igorRecording(bytes: Bytes): InstrumentRecording {
  const version = bytes.int16(0, "the version was");
  const wave = version === 2 ? wave2(bytes) : version === 5 ? wave5(bytes) : null;
  if (wave === null)
    throw new BadInstrumentFile(`at byte 0: an Igor wave of version 2 or 5 was expected; it is ${version}`);
  const { rows, columns, type, dataAt } = wave;
  demandWhole(bytes, version);
  if ((type & COMPLEX) !== 0) throw new BadInstrumentFile("its numbers are complex");
  const kind = type & 0x3e;
  const size = SIZES[kind];
  if (size === undefined)
    throw new BadInstrumentFile(`its numbers are of type ${type}, which is none of Igor's for numbers`);
  if (rows < 1 || columns < 1) throw new BadInstrumentFile("it has no samples");
  const perUnit = MICROSECONDS[wave.timeUnit];
  if (perUnit === undefined)
    throw new BadInstrumentFile(
      `its times have ${wave.timeUnit === "" ? "no unit" : `the unit "${wave.timeUnit}"`}, where s or ms was expected: SetScale/P x 0, 5e-5, "s", wave in Igor says it`,
    );
  const interval = Math.abs(wave.interval) * perUnit;
  if (!(interval > 0) || !Number.isFinite(interval))
    throw new BadInstrumentFile(`its time between samples is ${wave.interval} ${wave.timeUnit}`);
  bytes.slice(dataAt, rows * columns * size, "the samples were");
  const isUnsigned = (type & UNSIGNED) !== 0;
  const read = (at: number): number => {
    const what = "a sample was";
    if (kind === 0x02) return bytes.float32(at, what);
    if (kind === 0x04) return bytes.float64(at, what);
    if (kind === 0x08) return bytes.int8(at, what) & (isUnsigned ? 0xff : -1);
    if (kind === 0x10) return bytes.int16(at, what) & (isUnsigned ? 0xffff : -1);
    return isUnsigned ? bytes.uint32(at, what) : bytes.int32(at, what);
  };
  const names = columnNames([{ what: `the wave ${wave.name}`, name: wave.name, unit: wave.unit }], []);
  const [name] = names.channels;
  if (name === null || name === undefined)
    throw new BadInstrumentFile(
      `its values have ${wave.unit === "" ? "no unit" : `the unit "${wave.unit}", which is not known`}: SetScale d 0, 0, "V", wave in Igor says it`,
    );
  return {
    format: `Igor binary wave ${version}`,
    interval,
    sweeps: Array.from({ length: columns }, (_, number) => ({
      number,
      channels: [
        {
          name,
          unit: wave.unit,
          samples: Float64Array.from({ length: rows }, (_v, n) => read(dataAt + (number * rows + n) * size)),
          resolution: 0,
        },
      ],
    })),
    columns: names.meanings.map(({ column, what }) => `${column} is ${what}`),
    notes: [],
  };
}

function wave2(bytes: Bytes): Wave {
  const at = 16;
  return {
    version: 2,
    type: bytes.int16(at, "the type of the wave was"),
    name: bytes.text(at + 6, 20, "the name of the wave was"),
    unit: bytes.text(at + 34, 4, "the unit of the wave was"),
    timeUnit: bytes.text(at + 38, 4, "the unit of its times was"),
    rows: bytes.int32(at + 42, "the number of samples was"),
    columns: 1,
    interval: bytes.float64(at + 48, "the time between samples was"),
    dataAt: at + 110,
  };
}

function wave5(bytes: Bytes): Wave {
  const at = 64;
  const size = (n: number): number => bytes.int32(at + 68 + 4 * n, "the size of a dimension was");
  const formula = bytes.int32(8, "the size of the formula was");
  const note = bytes.int32(12, "the size of the note was");
  const [dataUnits, timeUnits] = [bytes.int32(16, "the size of a unit was"), bytes.int32(20, "the size of a unit was")];
  const wave = {
    version: 5,
    type: bytes.int16(at + 16, "the type of the wave was"),
    name: bytes.text(at + 28, 32, "the name of the wave was"),
    rows: size(0),
    columns: Math.max(size(1), 1),
    interval: bytes.float64(at + 84, "the time between samples was"),
    dataAt: at + 320,
  };
  if (size(2) > 1) throw new BadInstrumentFile(`it has ${size(2)} layers, where samples and sweeps were expected`);
  // Units of more than three letters stand behind the samples, the formula and the note.
  const width = SIZES[wave.type & 0x3e] ?? 0;
  const behind = wave.dataAt + wave.rows * wave.columns * width + formula + note;
  return {
    ...wave,
    unit: dataUnits > 0 ? bytes.text(behind, dataUnits, "a unit was") : bytes.text(at + 148, 4, "a unit was"),
    timeUnit:
      timeUnits > 0 ? bytes.text(behind + dataUnits, timeUnits, "a unit was") : bytes.text(at + 152, 4, "a unit was"),
  };
}
