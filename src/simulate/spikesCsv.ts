// spikes.csv: `t_ms,population,neuron`, ordered by time, population, neuron.
import type { Simulation } from "../runtime/simulation.ts";
import { csvLines, type Cell } from "../base/csv.ts";

/** A table that is written while its rows come into being. */
export interface CsvTable {
  readonly header: string;
  /** Whole lines, in pieces: of everything recorded since the last call. */
  lines(): Iterable<string>;
}

export function spikesCsv(simulation: Simulation): CsvTable {
  const { spikes } = simulation;
  const names = simulation.populations.map((p) => p.name);
  let told = 0;
  function* lines(): Generator<string> {
    let rows: Cell[][] = [];
    for (let k = told - spikes.first; k < spikes.length; k++) {
      rows.push([spikes.time(k), names[spikes.population(k)] ?? "", spikes.neuron(k)]);
      if (rows.length < ROWS) continue;
      yield csvLines(rows);
      rows = [];
    }
    told = spikes.first + spikes.length;
    if (rows.length > 0) yield csvLines(rows);
  }
  return { header: "t_ms,population,neuron\n", lines };
}

/** Of a piece. */
const ROWS = 64;
