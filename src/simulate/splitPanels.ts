// Pure numbers of one panel that are of different sizes get panels of their own: on one axis, 0.01 beside 400 is a straight line.
import type { Panel, Trace } from "../figure/figure.ts";
import { extentOf } from "../figure/scale.ts";

/** Times that the largest value of one variable may be that of another beside it. */
const MOST_APART = 20;

/** The panel, or several: variables in the order of their first curve, each with those that are about as large. */
export function splitPanels(panel: Panel, isPure: boolean): readonly Panel[] {
  const names = [...new Set(panel.traces.map((trace) => trace.name))];
  if (!isPure || names.length < 2 || panel.threshold !== undefined) return [panel];
  const sizes = new Map(names.map((name) => [name, sizeOf(panel.traces.filter((trace) => trace.name === name))]));
  const groups: string[][] = [];
  for (const name of names) {
    const own = sizes.get(name) ?? 0;
    const group = groups.find((members) => members.every((other) => areNear(own, sizes.get(other) ?? 0)));
    if (group === undefined) groups.push([name]);
    else group.push(name);
  }
  if (groups.length < 2) return [panel];
  return groups.map((members, k) => {
    const { spikes, ...rest } = panel;
    return {
      ...rest,
      title: members.join(", "),
      traces: panel.traces.filter((trace) => members.includes(trace.name)),
      ...(k === 0 && spikes !== undefined ? { spikes } : {}),
    };
  });
}

/** What is 0 throughout lies beside anything. */
function areNear(a: number, b: number): boolean {
  return a === 0 || b === 0 || (a <= MOST_APART * b && b <= MOST_APART * a);
}

function sizeOf(traces: readonly Trace[]): number {
  const extent = extentOf(traces.map((trace) => trace.y));
  return extent === null ? 0 : Math.max(Math.abs(extent.low), Math.abs(extent.high));
}
