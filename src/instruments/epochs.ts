// The command of an Axon file: what its waveform editor says of each epoch becomes the level of every sample of a sweep.

/** One column of the waveform editor, as the file has it. */
export interface Epoch {
  /** 0 off, 1 step, 2 ramp, 3 pulses, 4 triangles, 5 cosine, 7 biphasic pulses. */
  readonly type: number;
  /** In the command's unit: of the first sweep, and what each further one adds. */
  readonly level: number;
  readonly levelStep: number;
  /** Samples, in the same way. */
  readonly duration: number;
  readonly durationStep: number;
  /** Samples from one pulse to the next, and their width. */
  readonly period: number;
  readonly width: number;
}

export interface Command {
  readonly name: string;
  readonly unit: string;
  readonly holding: number;
  /** Between sweeps it stays where the last epoch has left it. */
  readonly staysAtLast: boolean;
  readonly epochs: readonly Epoch[];
}

/** Kinds of epochs that are written out. */
const KNOWN: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 7]);

/** A kind of epoch that is not known, or null. */
export function unknownEpoch({ epochs }: Command): number | null {
  return epochs.find((e) => e.type !== 0 && !KNOWN.has(e.type))?.type ?? null;
}

/**
 * The command in each sweep, whose lengths are given (samples). A sweep begins at the holding level for a 64th of its length, then come the epochs (pCLAMP's guide, "Waveform tab"); an epoch that
 * reaches beyond the sweep is cut.
 */
export function commandOf(command: Command, lengths: readonly number[]): readonly Float64Array[] {
  let between = command.holding;
  return lengths.map((length, sweep) => {
    const levels = new Float64Array(length).fill(between);
    let at = Math.floor(length / 64);
    let before = between;
    for (const epoch of command.epochs) {
      if (epoch.type === 0) continue;
      const end = Math.max(at, at + epoch.duration + epoch.durationStep * sweep);
      const level = epoch.level + epoch.levelStep * sweep;
      for (let n = at; n < Math.min(end, length); n++) levels[n] = levelAt(epoch, n - at, end - at, before, level);
      at = end;
      before = level;
    }
    if (command.staysAtLast) between = before;
    levels.fill(between, Math.min(at, length));
    return levels;
  });
}

/** Of sample n of an epoch of `length` samples. `before` is the level of the epoch before it. */
function levelAt({ type, period, width }: Epoch, n: number, length: number, before: number, level: number): number {
  const pulses = period > 0 ? Math.floor(length / period) : 0;
  const inPulse = period > 0 && n < pulses * period ? n % period : Infinity;
  switch (type) {
    case 2:
      return length < 2 ? before : before + ((level - before) * n) / (length - 1);
    case 3:
      return inPulse < width ? level : before;
    case 4:
      return inPulse < width
        ? between(before, level, inPulse, width)
        : inPulse < period
          ? between(level, before, inPulse - width, period - width)
          : before;
    case 5:
      return before + ((level - before) * (1 - Math.cos((2 * Math.PI * pulses * n) / Math.max(length - 1, 1)))) / 2;
    case 7:
      return inPulse < Math.floor(width / 2) ? level : inPulse < width ? 2 * before - level : before;
    default:
      return level;
  }
}

/** From a to b in `count` samples, both among them. */
function between(a: number, b: number, n: number, count: number): number {
  return count < 2 ? a : a + ((b - a) * n) / (count - 1);
}
