// Colours that readers with any colour vision tell apart: Okabe and Ito 2008, "Color Universal Design".
import type { Figure, Panel, Trace } from "./figure.ts";

/** Vermillion is kept for thresholds; yellow is left out because it cannot be seen on white. */
const CYCLE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#000000"] as const;

export const THRESHOLD = "#D55E00";
export const INK = "#222222";
export const STIMULUS = "#555555";
export const FAINT = "#E4E4E4";
export const MUTED = "#666666";

export function colourOf(index: number): string {
  return CYCLE[index % CYCLE.length] ?? INK;
}

/** Red, green and blue, 0 to 255. */
export function rgb(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** What the traces of a figure are told apart by, and so are named and coloured by. */
export interface TraceKeys {
  readonly keyOf: (trace: Trace) => string;
  readonly colourOf: (trace: Trace) => string;
}

/**
 * One colour a variable; where a panel compares several of one variable (neurons, variants of a model), one colour for each of
 * those, the same in every panel. What belongs to a population has the population's colour in the raster.
 */
export function traceKeys(figure: Figure): TraceKeys {
  const panels = inDrawingOrder(figure).filter((panel) => panel.kind !== "rate");
  const compares = panels.some((panel) => new Set(panel.traces.map((trace) => trace.name)).size < panel.traces.length);
  const rows = figure.raster?.populations.map((p) => p.name) ?? [];
  const rowOf = ({ label }: Trace): number => (label === undefined ? -1 : rows.indexOf(label));
  const keyOf = (trace: Trace): string => (compares ? (trace.label ?? trace.name) : trace.name);
  const order = new Map<string, number>();
  for (const panel of panels) {
    for (const trace of panel.traces)
      if (!isNeutral(panel.kind, panel.traces.length) && !order.has(keyOf(trace)) && rowOf(trace) < 0)
        order.set(keyOf(trace), order.size);
  }
  return {
    keyOf,
    colourOf: (trace) => {
      const row = rowOf(trace);
      const index = row >= 0 ? row : order.get(keyOf(trace));
      return index === undefined ? STIMULUS : colourOf(index);
    },
  };
}

/** A stimulus alone in its panel needs no colour: it is what the others answer to. */
function isNeutral(kind: Panel["kind"], traces: number): boolean {
  return kind === "stimulus" && traces === 1;
}

/** Panels from top to bottom: what populations do, what neurons do, and under it what was done to them. */
export function inDrawingOrder(figure: Figure): readonly Panel[] {
  return (["rate", "state", "stimulus"] as const).flatMap((kind) =>
    figure.panels.filter((panel) => panel.kind === kind),
  );
}
