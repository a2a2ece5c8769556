// Two trains side by side, in the window that both were seen in.
import type { SpikeTrain } from "./train.ts";

export interface Pair {
  readonly model: SpikeTrain;
  readonly reference: SpikeTrain;
  /** ms. */
  readonly from: number;
  /** ms. */
  readonly until: number;
}

/** Spikes outside the common window are left out; where there is none, `until` is `from`. */
export function inCommon(model: SpikeTrain, reference: SpikeTrain): Pair {
  const from = Math.max(model.from, reference.from);
  const until = Math.max(from, Math.min(model.until, reference.until));
  return { model: cut(model, from, until), reference: cut(reference, from, until), from, until };
}

function cut(train: SpikeTrain, from: number, until: number): SpikeTrain {
  return train.from === from && train.until === until
    ? train
    : { times: train.times.filter((t) => t >= from && t <= until), from, until };
}
