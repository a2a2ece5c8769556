// Curves as SVG paths: thinned to what a pixel can show without losing a spike, broken at gaps.
import type { Panel, Trace } from "./figure.ts";
import { px } from "./svg.ts";

/** Samples up to this many are drawn one by one. */
const UNTHINNED = 1800;

/** What is drawn of a trace. */
export type Curve = Pick<Trace, "t" | "y">;

type Map1 = (value: number) => number;

/** The `d` attributes of a curve: its lines, and its samples that stand alone between gaps, which show only with round ends. */
export interface CurvePaths {
  readonly lines: string;
  readonly dots: string;
}

/**
 * Where samples outnumber the half pixels, each pixel column keeps its lowest and its highest sample, in the order in which they
 * were taken (two points a pixel), so that an excursion of one sample stays as high as it was.
 */
export function curvePaths(
  trace: Curve,
  x: Map1,
  y: Map1,
  left: number,
  right: number,
  unthinned = UNTHINNED,
): CurvePaths {
  const points = thinned(trace, x, left, right, unthinned);
  let [lines, dots] = ["", ""];
  points.forEach((point, i) => {
    const here = `${px(x(point.t))} ${px(y(point.y))}`;
    const alone = points[i + 1]?.gapBefore ?? true;
    if (!point.gapBefore) lines += `L${here}`;
    else if (alone) dots += `M${here}h0`;
    else lines += `M${here}`;
  });
  return { lines, dots };
}

export interface TracePoint {
  readonly t: number;
  readonly y: number;
  /** Nothing is drawn between the point before and this one. */
  readonly gapBefore: boolean;
}

/** The samples that are drawn; those outside [left, right] (pixels) are not. Up to `unthinned` all of them are. */
export function thinned(trace: Curve, x: Map1, left: number, right: number, unthinned = UNTHINNED): TracePoint[] {
  const count = Math.min(trace.t.length, trace.y.length);
  const at = (i: number): number => x(trace.t[i] ?? NaN);
  const value = (i: number): number => trace.y[i] ?? NaN;
  const points: TracePoint[] = [];
  const push = (i: number, gapBefore: boolean): void =>
    void points.push({ t: trace.t[i] ?? NaN, y: value(i), gapBefore });
  // the pixel column being filled: indices of its extremes, and whether a gap came before it
  let [column, low, high, gapBefore] = [NaN, -1, -1, true];
  const closeColumn = (): void => {
    if (low < 0) return;
    push(Math.min(low, high), gapBefore);
    if (low !== high) push(Math.max(low, high), false);
    low = high = -1;
  };
  let gap = true;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(value(i)) || !(at(i) >= left - 0.01 && at(i) <= right + 0.01)) {
      gap = true;
      continue;
    }
    if (count <= unthinned) {
      push(i, gap);
    } else if (Math.floor(at(i)) !== column) {
      closeColumn();
      [column, low, high, gapBefore] = [Math.floor(at(i)), i, i, gap];
    } else {
      // gaps within a pixel cannot be seen
      if (value(i) < value(low)) low = i;
      if (value(i) > value(high)) high = i;
    }
    gap = false;
  }
  closeColumn();
  return points;
}

/** The last finite value before a time: what a variable was when the spike came, before the reset. */
export function valueBefore(trace: Trace, time: number): number {
  let low = 0;
  let high = Math.min(trace.t.length, trace.y.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((trace.t[middle] ?? Infinity) < time - 1e-9) low = middle + 1;
    else high = middle;
  }
  return trace.y[low - 1] ?? trace.y[0] ?? NaN;
}

/** Strokes from the threshold (or else the highest trace) at the time of each spike up to `top` (pixels), one a half pixel. */
export function spikePath(panel: Panel, x: Map1, y: Map1, top: number, left: number, right: number): string {
  let path = "";
  let last = -Infinity;
  for (const time of [...(panel.spikes ?? [])].sort((a, b) => a - b)) {
    const at = Math.round(x(time) * 2) / 2;
    if (!(at >= left - 0.5 && at <= right + 0.5) || at === last) continue;
    last = at;
    const values = (panel.threshold ? [panel.threshold] : panel.traces)
      .map((trace) => valueBefore(trace, time))
      .filter(Number.isFinite);
    const foot = values.length > 0 ? y(Math.max(...values)) : top + 10;
    path += `M${px(x(time))} ${px(Math.max(foot, top + 6))}V${px(top)}`;
  }
  return path;
}
