// Files of instruments, written byte by byte for tests.

export interface IgorWave {
  readonly version: 2 | 5;
  readonly littleEndian: boolean;
  /** A list a sweep, of single precision. */
  readonly sweeps: readonly (readonly number[])[];
  readonly unit: string;
  readonly interval: number;
  readonly timeUnit: string;
  readonly name?: string;
  /** Of Igor: 2 is single precision. */
  readonly type?: number;
}

/** As Igor Pro writes it (Technical Note PTN003). */
export function igorWave({
  version,
  littleEndian,
  sweeps,
  unit,
  interval,
  timeUnit,
  name = "wave0",
  type = 2,
}: IgorWave): Uint8Array {
  const [head, at] = version === 2 ? [126, 16] : [384, 64];
  const rows = sweeps[0]?.length ?? 0;
  const bytes = new Uint8Array(head + 4 * rows * sweeps.length);
  const view = new DataView(bytes.buffer);
  const text = (place: number, value: string): void => void bytes.set(new TextEncoder().encode(value), place);
  view.setInt16(0, version, littleEndian);
  if (version === 2) {
    view.setInt16(at, type, littleEndian);
    text(at + 6, name);
    text(at + 34, unit);
    text(at + 38, timeUnit);
    view.setInt32(at + 42, rows, littleEndian);
    view.setFloat64(at + 48, interval, littleEndian);
  } else {
    view.setInt32(at + 12, rows * sweeps.length, littleEndian);
    view.setInt16(at + 16, type, littleEndian);
    text(at + 28, name);
    view.setInt32(at + 68, rows, littleEndian);
    view.setInt32(at + 72, sweeps.length > 1 ? sweeps.length : 0, littleEndian);
    view.setFloat64(at + 84, interval, littleEndian);
    text(at + 148, unit);
    text(at + 152, timeUnit);
  }
  sweeps.flat().forEach((value, k) => view.setFloat32(head + 4 * k, value, littleEndian));
  return summedToZero(bytes, version, littleEndian);
}

/** With the word of the head that makes all of them add up to 0. */
export function summedToZero(bytes: Uint8Array, version: number, littleEndian: boolean): Uint8Array {
  const view = new DataView(bytes.buffer);
  const [end, at] = version === 2 ? [142, 14] : [384, 2];
  view.setInt16(at, 0, littleEndian);
  let sum = 0;
  for (let k = 0; k + 1 < Math.min(end, bytes.length); k += 2) sum += view.getInt16(k, littleEndian);
  view.setInt16(at, -sum, littleEndian);
  return bytes;
}
