// Neurodata Without Borders (`.nwb`, HDF5; Rübel et al. 2022, eLife 11:e78362): patch-clamp series, by the numbers of their sweeps.
import { listed } from "../base/lists.ts";
import { columnNames, kindOf } from "./columnNames.ts";
import { BadInstrumentFile, type InstrumentRecording, type Sweep } from "./instrument.ts";

/** What is read of an HDF5 file, as `h5wasm` has it. */
export interface HdfGroup {
  keys(): readonly string[];
  get(path: string): HdfGroup | HdfDataset | null | undefined;
  readonly attrs: Readonly<Record<string, { readonly value: unknown }>>;
}
export interface HdfDataset {
  readonly value: unknown;
  readonly dtype: unknown;
  readonly shape: readonly number[] | null;
  readonly attrs: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Series {
  readonly name: string;
  readonly sweep: number;
  readonly isCommand: boolean;
  readonly unit: string;
  /** µs */
  readonly interval: number;
  readonly samples: Float64Array;
  readonly resolution: number;
}

/** Where series lie: in files of version 2, and of version 1. */
const PLACES = [
  { path: "acquisition", isCommand: false },
  { path: "acquisition/timeseries", isCommand: false },
  { path: "stimulus/presentation", isCommand: true },
] as const;

const UNITS: Readonly<Record<string, string>> = {
  volts: "V",
  volt: "V",
  amperes: "A",
  ampere: "A",
  amps: "A",
  amp: "A",
};

/** Of the sweeps that are asked for, null for all. @throws BadInstrumentFile */
export function nwbRecording(file: HdfGroup, wanted: readonly number[] | null): InstrumentRecording {
  const notes: string[] = [];
  const series = PLACES.flatMap(({ path, isCommand }) => {
    const group = file.get(path);
    if (!isGroup(group)) return [];
    return group.keys().flatMap((name) => {
      const own = group.get(name);
      return isGroup(own) ? (seriesOf(own, name, isCommand, wanted, notes) ?? []) : [];
    });
  });
  if (series.length === 0)
    throw new BadInstrumentFile(
      `it has no patch-clamp series with a sweep number${wanted === null ? "" : " among those that are asked for"}, where /acquisition and /stimulus/presentation were looked through`,
    );
  const intervals = new Map<number, number[]>();
  for (const { interval, sweep } of series) intervals.set(interval, [...(intervals.get(interval) ?? []), sweep]);
  const [[interval = 0] = []] = intervals;
  if (intervals.size > 1)
    throw new BadInstrumentFile(
      `its sweeps have different sampling intervals: ${listed([...intervals].map(([µs, of]) => `${µs} µs in ${extent(of)}`))}; read those of one with --sweeps`,
    );
  const numbers = [...new Set(series.map((s) => s.sweep))].sort((a, b) => a - b);
  const bySweep = numbers.map((number) => series.filter((s) => s.sweep === number));
  const shapes = new Set(
    bySweep.map((own) => own.map((s) => `${String(s.isCommand)} ${String(kindOf(s.unit))}`).join()),
  );
  if (shapes.size > 1) notes.push("not every sweep has the same series: where one is missing its cells are empty");
  const fullest = bySweep.reduce((most, own) => (own.length > most.length ? own : most));
  const place = (s: Series): string => `${String(s.isCommand)} ${s.unit}`;
  const names = columnNames(
    fullest.filter((s) => !s.isCommand).map((s) => ({ what: `the series ${s.name}`, name: s.name, unit: s.unit })),
    fullest.filter((s) => s.isCommand).map((s) => ({ what: `the stimulus ${s.name}`, name: s.name, unit: s.unit })),
  );
  const columns = [
    ...fullest.filter((s) => !s.isCommand).map((s, k) => ({ series: s, name: names.channels[k] ?? null })),
    ...fullest.filter((s) => s.isCommand).map((s, k) => ({ series: s, name: names.commands[k] ?? null })),
  ].flatMap(({ series: s, name }) => (name === null ? [] : [{ series: s, name }]));
  const sweeps = bySweep.map((own, k): Sweep => {
    const length = own.reduce((most, s) => Math.max(most, s.samples.length), 0);
    const left = [...own];
    return {
      number: numbers[k] ?? k,
      channels: columns.map(({ series: like, name }) => {
        const at = left.findIndex((s) => place(s) === place(like));
        const [found] = at < 0 ? [] : left.splice(at, 1);
        const samples = new Float64Array(length).fill(NaN);
        if (found !== undefined) samples.set(found.samples);
        return { name, unit: like.unit, samples, resolution: found?.resolution ?? 0 };
      }),
    };
  });
  return {
    format: "NWB",
    interval,
    sweeps,
    columns: names.meanings.map(({ column, what }) => `${column} is ${what} of the fullest sweep`),
    notes: [...notes, ...names.notes],
  };
}

function seriesOf(
  group: HdfGroup,
  name: string,
  isCommand: boolean,
  wanted: readonly number[] | null,
  notes: string[],
): Series | null {
  const data = group.get("data");
  if (data === null || data === undefined || isGroup(data)) return null;
  const sweep = sweepNumber(group, name);
  if (sweep === null || (wanted !== null && !wanted.includes(sweep))) return null;
  const written = textOf(data.attrs["unit"]?.value);
  const unit = UNITS[written.toLowerCase()] ?? written;
  if (kindOf(unit) === null) {
    notes.push(`${name} is left out: its unit is "${written}"`);
    return null;
  }
  const interval = intervalOf(group, name);
  const conversion = numberOf(data.attrs["conversion"]?.value) ?? 1;
  const offset = numberOf(data.attrs["offset"]?.value) ?? 0;
  const others = data.shape?.slice(1).filter((n) => n !== 1) ?? [];
  if (others.length > 0)
    throw new BadInstrumentFile(
      `the data of ${name} are ${listed(others.map(String))} numbers a sample, where one was expected`,
    );
  const raw = data.value;
  if (!ArrayBuffer.isView(raw) && !Array.isArray(raw))
    throw new BadInstrumentFile(`the data of ${name} are no list of numbers`);
  const isWhole = /^[<>|]?[bBhHiIlLqQ]/.test(String(data.dtype));
  return {
    name,
    sweep,
    isCommand,
    unit,
    interval,
    samples: Float64Array.from(raw as ArrayLike<number>, (x) => Number(x) * conversion + offset),
    resolution: isWhole ? Math.abs(conversion) : 0,
  };
}

/** What the series says of it, else the number at the end of its name. */
function sweepNumber(group: HdfGroup, name: string): number | null {
  const own = group.get("sweep_number");
  const said =
    numberOf(group.attrs["sweep_number"]?.value) ??
    (own === null || own === undefined || isGroup(own) ? null : numberOf(own.value));
  if (said !== null && said >= 0) return said;
  const digits = /^(?:[^\d]*?)(\d+)(?:_[A-Z]+\d*)?$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** µs between samples: from the rate, or from times that are equally spaced. */
function intervalOf(group: HdfGroup, name: string): number {
  const start = group.get("starting_time");
  const rate = start === null || start === undefined || isGroup(start) ? null : numberOf(start.attrs["rate"]?.value);
  if (rate !== null && rate > 0 && 1e6 / rate < Infinity) return microseconds(1e6 / rate);
  const times = group.get("timestamps");
  const t = times === null || times === undefined || isGroup(times) ? null : (times.value as ArrayLike<number>);
  const [first = NaN, last = NaN] = t === null ? [] : [t[0], t[t.length - 1]];
  const each = t === null ? NaN : (last - first) / (t.length - 1);
  if (t === null || !(each > 0)) throw new BadInstrumentFile(`${name} has neither a rate nor timestamps`);
  for (let k = 1; k < t.length; k++)
    if (Math.abs((t[k] ?? NaN) - (t[k - 1] ?? NaN) - each) > each / 4)
      throw new BadInstrumentFile(`the timestamps of ${name} are not equally spaced, at sample ${k}`);
  return microseconds(each * 1e6);
}

/** A sampling interval is a round number whose text in Hz or s was rounded. */
function microseconds(interval: number): number {
  const round = Math.round(interval * 1e3) / 1e3;
  return Math.abs(round - interval) < 1e-6 * interval ? round : interval;
}

function extent(sweeps: readonly number[]): string {
  const own = [...new Set(sweeps)].sort((a, b) => a - b);
  return own.length === 1 ? `sweep ${own[0] ?? 0}` : `${own.length} sweeps, ${own[0] ?? 0} to ${own.at(-1) ?? 0}`;
}

function isGroup(entry: HdfGroup | HdfDataset | null | undefined): entry is HdfGroup {
  return entry !== null && entry !== undefined && "keys" in entry;
}

function numberOf(value: unknown): number | null {
  const one = ArrayBuffer.isView(value) || Array.isArray(value) ? (value as ArrayLike<unknown>)[0] : value;
  const number = typeof one === "bigint" ? Number(one) : one;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : Array.isArray(value) && typeof value[0] === "string" ? value[0] : "";
}
