// spikes.csv: `t_ms,population,neuron`, ordered by time, population, neuron.
import type { Simulation } from "../runtime/simulation.ts";
import { csvCell } from "./csvCell.ts";

/** Pieces of the file. Numbers are the shortest decimals that read back as the same double. */
export function* spikesCsv(simulation: Simulation): Generator<string> {
  const { spikes } = simulation;
  const names = simulation.populations.map((p) => csvCell(p.name));
  let piece = "t_ms,population,neuron\n";
  for (let k = 0; k < spikes.length; k++) {
    piece += `${spikes.time(k)},${names[spikes.population(k)] ?? ""},${spikes.neuron(k)}\n`;
    if (piece.length > PIECE) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

const PIECE = 1 << 16;
