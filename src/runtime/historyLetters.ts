// Spikes that are on their way, in letters from thread to thread.
import type { NeuronRange } from "./gridStepper.ts";
import { letter, Reader, type Letter } from "./meeting.ts";
import { enlarged } from "./recording.ts";
import type { SpikeHistory } from "./spikeHistory.ts";

export function writeHistory(history: SpikeHistory, to: Letter): void {
  const { oldest, newest } = history;
  to.push(oldest);
  to.push(newest);
  for (let n = oldest; n <= newest; n++) {
    const end = history.to(n);
    to.push(end - history.from(n));
    for (let a = history.from(n); a < end; a++) to.push(history.ring[a & history.mask] as number);
  }
}

/** Forgets the spikes of all neurons that are not in the range. */
export function narrow(history: SpikeHistory, range: NeuronRange): void {
  const whole = letter();
  writeHistory(history, whole);
  const reader = new Reader();
  reader.values = whole.values;
  readHistory(history, [reader], range);
}

/** All that the letters have of a history, of neurons in `range` alone where one is given. */
export function readHistory(history: SpikeHistory, letters: readonly Reader[], range?: NeuronRange): void {
  const [oldest, newest] = letters.map((reader): readonly [number, number] => [reader.next(), reader.next()])[0] ?? [
    0, -1,
  ];
  history.begin(oldest);
  let list = new Int32Array(64);
  for (let n = oldest; n <= newest; n++) {
    let count = 0;
    for (const reader of letters)
      for (let left = reader.next(); left > 0; left--) {
        const i = reader.next();
        if (range !== undefined && (i < range.low || i >= range.high)) continue;
        if (count === list.length) list = enlarged(list, new Int32Array(2 * count));
        list[count++] = i;
      }
    history.push(n, list, count);
  }
}
