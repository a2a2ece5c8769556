// traces.csv: `t_ms`, then a column for each recorded variable; a row for every time at which something was sampled.
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { csvCell, csvLines, type Cell } from "../base/csv.ts";
import type { CsvTable } from "./spikesCsv.ts";

/** A column without a sample at a time has an empty cell. */
export function tracesCsv(simulation: Simulation): CsvTable {
  const { traces, dt } = simulation;
  const headings = traces.map((trace) => csvCell(`${trace.population}[${trace.neuron}].${trace.variable} (${unitText(trace.unit)})`));
  const stride = traces.reduce((g, trace) => greatestCommonDivisor(g, trace.every), 0);
  /** The first step whose row has not been told. */
  let next = 0;
  function* lines(): Generator<string> {
    // Of a hundred thousand columns even a look at each takes its time.
    if (next > simulation.steps || traces.length === 0) return;
    const columns = traces.map(({ every, first, length, values }) => ({ every, first, end: first + length, samples: values() }));
    const last = columns.reduce((n, { every, end }) => Math.max(n, (end - 1) * every), -1);
    let rows: Cell[][] = [];
    for (; next <= last; next += stride) {
      const row: Cell[] = [timeOf(next, dt)];
      let sampled = false;
      for (const { every, first, end, samples } of columns) {
        const k = next / every;
        const has = next % every === 0 && k < end;
        row.push(has ? (samples[k - first] ?? NaN) : null);
        sampled ||= has;
      }
      if (sampled) rows.push(row);
      if (rows.length * row.length < CELLS) continue;
      yield csvLines(rows);
      rows = [];
    }
    if (rows.length > 0) yield csvLines(rows);
  }
  return { header: `${["t_ms", ...headings].join(",")}\n`, lines };
}

/** Of a piece. */
const CELLS = 256;

/** A pure number has the unit 1. */
function unitText(unit: string): string {
  return unit === "" ? "1" : unit;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
