// Recorded variables as CSV: `t_ms`, then a column for each; a file for each interval, so that every cell has its number.
import { timeOf } from "../runtime/clock.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { csvCell, csvLines, type Cell } from "../base/csv.ts";
import type { CsvTable } from "./spikesCsv.ts";

export type TracesFile = "traces.csv" | `traces_${string}ms.csv`;

/** `traces.csv`; where things are recorded at several intervals `traces_0.1ms.csv`, `traces_1ms.csv`, the shortest interval first. */
export function tracesFiles(
  simulation: Pick<Simulation, "traces" | "dt">,
): readonly { readonly name: TracesFile; readonly csv: (simulation: Simulation) => CsvTable }[] {
  const intervals = [...new Set(simulation.traces.map((trace) => trace.every))].sort((a, b) => a - b);
  if (intervals.length < 2) return [{ name: "traces.csv", csv: (s) => tracesCsv(s, intervals[0] ?? 1) }];
  return intervals.map((every) => ({
    name: `traces_${timeOf(every, simulation.dt)}ms.csv`,
    csv: (s) => tracesCsv(s, every),
  }));
}

/** Whether a run may have written a file of that name. */
export function isTracesFile(name: string): name is TracesFile {
  return /^traces(?:_[\d.]+(?:e[-+]?\d+)?ms)?\.csv$/.test(name);
}

/** What is recorded at that interval, in steps. */
export function tracesCsv(simulation: Simulation, every: number): CsvTable {
  const { dt } = simulation;
  const traces = simulation.traces.filter((trace) => trace.every === every);
  const headings = traces.map((trace) =>
    csvCell(`${trace.population}[${trace.neuron}].${trace.variable} (${unitText(trace.unit)})`),
  );
  /** The first sample whose row has not been told. */
  let next = 0;
  function* lines(): Generator<string> {
    // Of a hundred thousand columns even a look at each takes its time.
    if (next * every > simulation.steps || traces.length === 0) return;
    const columns = traces.map(({ first, length, values }) => ({ first, end: first + length, samples: values() }));
    const end = columns.reduce((most, column) => Math.max(most, column.end), 0);
    let rows: Cell[][] = [];
    for (; next < end; next++) {
      const row: Cell[] = [timeOf(next * every, dt)];
      for (const { first, samples } of columns) row.push(samples[next - first] ?? NaN);
      rows.push(row);
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
