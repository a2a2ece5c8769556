// traces.csv: `t_ms`, then a column for each recorded variable; a row for every time at which something was sampled.
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { csvCell } from "./csvCell.ts";

/** Pieces of the file. Numbers are the shortest decimals that read back as the same double; a column without a sample at a time has an empty cell. */
export function* tracesCsv(simulation: Simulation): Generator<string> {
  const columns = simulation.traces.map((trace) => ({ every: trace.every, samples: trace.values() }));
  const headings = simulation.traces.map((trace) => csvCell(`${trace.population}[${trace.neuron}].${trace.variable} (${unitText(trace.unit)})`));
  let piece = `${["t_ms", ...headings].join(",")}\n`;
  const stride = columns.reduce((g, column) => greatestCommonDivisor(g, column.every), 0);
  const last = columns.reduce((n, column) => Math.max(n, (column.samples.length - 1) * column.every), -1);
  for (let n = 0; n <= last; n += stride) {
    let row = "";
    let sampled = false;
    for (const { every, samples } of columns) {
      row += ",";
      if (n % every !== 0 || n / every >= samples.length) continue;
      row += String(samples[n / every]);
      sampled = true;
    }
    if (sampled) piece += `${timeOf(n, simulation.dt)}${row}\n`;
    if (piece.length > PIECE) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

/** A pure number has the unit 1. */
function unitText(unit: string): string {
  return unit === "" ? "1" : unit;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const PIECE = 1 << 16;
