// What of a run or a recording was seen in a window: spikes and samples in it, nothing copied that need not be.
import type { PopulationData, RunData, TraceData, Window } from "./runData.ts";

/** @param data times ascend */
export function inWindow(data: RunData, { from, until }: Window): RunData {
  const [begin, end] = [Math.max(from, data.from), Math.min(until, data.until)];
  return {
    from: begin,
    until: Math.max(begin, end),
    populations: data.populations.map((p): PopulationData => {
      const [first, last] = [firstFrom(p.times, from), firstAfter(p.times, until)];
      return { ...p, times: p.times.subarray(first, last), neurons: p.neurons.subarray(first, last) };
    }),
    traces: data.traces.map((trace): TraceData => {
      const [first, last] = [firstFrom(trace.t, from), firstAfter(trace.t, until)];
      const { spikes } = trace;
      const own =
        spikes === undefined ? {} : { spikes: spikes.subarray(firstFrom(spikes, from), firstAfter(spikes, until)) };
      return { ...trace, ...own, t: trace.t.subarray(first, last), y: trace.y.subarray(first, last) };
    }),
    recorded: data.recorded,
  };
}

/** Place of the first time that is not before `from`. */
export function firstFrom(times: Float64Array, from: number): number {
  return partition(times, (t) => t >= from);
}

/** Place of the first time after `until`. */
export function firstAfter(times: Float64Array, until: number): number {
  return partition(times, (t) => t > until);
}

function partition(times: Float64Array, isBeyond: (t: number) => boolean): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(times[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
