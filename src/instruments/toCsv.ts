// A recording of an instrument as the table that glif reads: a column of times, one that counts the sweeps where there are several, and one for each channel.
import type { Channel, InstrumentRecording } from "./instrument.ts";

/** In pieces of some thousand lines. Times and numbers are decimals: of a converter's steps as many digits as tell a thousandth of a step, of single precision the shortest that mean the number. */
export function* csvOf({ sweeps, interval }: InstrumentRecording, only: number | null = null): Generator<string> {
  const chosen = only === null ? sweeps : sweeps.filter((s) => s.number === only);
  const [first] = chosen;
  if (first === undefined) return;
  const several = sweeps.length > 1 && only === null;
  yield `t (ms)${several ? ",sweep" : ""}${first.channels.map((c) => `,${c.name} (${c.unit})`).join("")}\n`;
  for (const { number, channels } of chosen) {
    const texts = channels.map(textOf);
    const [length = 0] = channels.map((c) => c.samples.length);
    let lines: string[] = [];
    for (let n = 0; n < length; n++) {
      let line = `${timeText(n, interval)}${several ? `,${number}` : ""}`;
      for (const [c, channel] of channels.entries()) line += `,${texts[c]?.(channel.samples[n] ?? NaN) ?? ""}`;
      lines.push(line);
      if (lines.length === 4096 || n === length - 1) {
        yield `${lines.join("\n")}\n`;
        lines = [];
      }
    }
  }
}

/** ms of sample n; the interval is in µs. */
function timeText(n: number, interval: number): string {
  return plain((n * interval) / 1000);
}

/** A sample's text: an instrument has few values, each is written once. */
function textOf({ resolution }: Channel): (value: number) => string {
  const known = new Map<number, string>();
  const digits = decimals(resolution);
  const write = (value: number): string =>
    !Number.isFinite(value) ? "" : resolution > 0 ? plain(Number(value.toFixed(digits))) : single(value);
  return (value) => {
    const earlier = known.get(value);
    if (earlier !== undefined) return earlier;
    const text = write(value);
    if (known.size < 100_000) known.set(value, text);
    return text;
  };
}

/** Places after the point that tell a thousandth of it; at most as many as a number can be asked for. */
function decimals(resolution: number): number {
  let places = 0;
  for (let unit = 1; unit > resolution / 1000 && places < 20; unit /= 10) places++;
  return places;
}

/** The shortest decimal that is this number in single precision. */
function single(value: number): string {
  const target = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === target) return plain(short);
  }
  return plain(value);
}

/** No number of a table is -0. */
function plain(value: number): string {
  return String(value === 0 ? 0 : value);
}
