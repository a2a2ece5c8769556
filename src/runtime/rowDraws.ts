// Draws for whole rows of connections at once, bit for bit those of the distributions one by one: connections are many, and a block of random bits costs less than its parts.
import type { Connections, DelayRow } from "./connectivity.ts";
import { DISTRIBUTIONS, truncated, type RowDistribution } from "./distributions.ts";
import type { Distribution } from "./distributions/distribution.ts";
import { delaySteps } from "./projection.ts";
import { rowStream, type Stream } from "./random.ts";

export interface RowDraw {
  /** out[k] <- the draw number k of the row, for 0 <= k < count. */
  fill(out: Float64Array, count: number, row: Stream): void;
}

/** a and b: its arguments; without a second one, b is not looked at. Values outside [min, max] are drawn again. */
export function rowDraw(distribution: RowDistribution, a: number, b: number, min: number, max: number): RowDraw {
  const { fill, draw, arguments: taken }: Distribution & { readonly fill: unknown } = DISTRIBUTIONS[distribution];
  const values = [a, b].slice(0, taken.length);
  const bounded = min > -Infinity || max < Infinity;
  return {
    fill(out, count, row) {
      fill(out, count, row, a, b);
      for (let k = 0; bounded && k < count; k++)
        if (!(out[k]! >= min && out[k]! <= max))
          out[k] = truncated(row, (attempt) => draw(row, k, ...values, attempt), min, max);
    },
  };
}

/** out[c] <- the draw of connection c, in each source's row by its rank. */
export function drawConnections(
  { starts, rank, firstSource, delays }: Connections,
  draws: Stream,
  out: Float64Array | Float32Array,
  draw: RowDraw,
): void {
  const rows = (starts.length - 1) / delays.length;
  let row = new Float64Array(1024);
  for (let r = 0; r < rows; r++) {
    const first = starts[r * delays.length] as number;
    const count = (starts[(r + 1) * delays.length] as number) - first;
    if (count > row.length) row = new Float64Array(2 * count);
    draw.fill(row, count, rowStream(draws, firstSource + r));
    if (rank === null) for (let k = 0; k < count; k++) out[first + k] = row[k] as number;
    else for (let k = 0; k < count; k++) out[first + k] = row[rank[first + k] as number] as number;
  }
}

/** Delays (ms) that are drawn, in steps. */
export function drawnDelays(draw: RowDraw, dt: number, connection: string): DelayRow {
  let times = new Float64Array(1024);
  return {
    fill(delays, from, to, row) {
      if (to - from > times.length) times = new Float64Array(2 * (to - from));
      draw.fill(times, to - from, row);
      for (let c = from; c < to; c++) delays[c] = delaySteps(times[c - from] as number, dt, connection);
    },
  };
}
