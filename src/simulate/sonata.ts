// spikes.h5: the spikes as SONATA has them (Dai et al. 2020, doi:10.1371/journal.pcbi.1007696), made from spikes.csv when the run is over.
import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, unlinkSync } from "node:fs";
import { setImmediate as letOthersRun } from "node:timers/promises";
import type { HdfLibrary } from "./hdf.ts";
import { partialOf, reasonOf, WriteError } from "./writeWhole.ts";

/**
 * Writes `path` from the spikes in `csv`: /spikes/POPULATION with `timestamps` (ms) and `node_ids`, in the order of time. What could be written only in part is not left
 * there. Reads and writes piece by piece, so that memory does not grow with the spikes.
 * @returns bytes
 * @throws WriteError
 */
export async function writeSonata(
  csv: string,
  path: string,
  populations: readonly string[],
  library: HdfLibrary,
  stopped: () => boolean = () => false,
): Promise<number> {
  const temporary = partialOf(path);
  const { Module } = library;
  // Otherwise failures are only printed.
  Module.activate_throwing_error_handler();
  try {
    await fill(csv, temporary, populations, library, () => {
      if (stopped()) throw new WriteError(path, "interrupted");
    });
    const file = openSync(temporary, "r+");
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, path);
    return statSync(path).size;
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // What led here is told.
    }
    throw error instanceof WriteError ? error : new WriteError(path, hdf5Reason(error));
  } finally {
    Module.deactivate_throwing_error_handler();
  }
}

/** Spikes that are written at once, and that a chunk of the file holds. */
const CHUNK = 16_384;

async function fill(
  csv: string,
  path: string,
  populations: readonly string[],
  { File }: HdfLibrary,
  between: () => void,
): Promise<void> {
  const file = new File(path, "w");
  try {
    file.create_attribute("magic", new Uint32Array([0x0a7a]), [], "<I");
    file.create_attribute("version", new Uint32Array([0, 1]), [2], "<I");
    const spikes = file.create_group("spikes");
    const trains = new Map(populations.map((name) => [name, train(spikes.create_group(name))]));
    for await (const lines of piecesOf(csv)) {
      between();
      for (const line of lines) {
        const [time = "", rest = ""] = halves(line, line.indexOf(","));
        const [population = "", neuron = ""] = halves(rest, rest.lastIndexOf(","));
        trains
          .get(population.startsWith('"') ? population.slice(1, -1).replaceAll('""', '"') : population)
          ?.add(Number(time), Number(neuron));
      }
    }
    for (const own of trains.values()) own.flush();
    file.flush();
  } finally {
    file.close();
  }
}

type Group = InstanceType<HdfLibrary["Group"]>;

/** The spikes of one population. */
function train(group: Group): { add(time: number, neuron: number): void; flush(): void } {
  // Tools read the name; the format's own enumeration cannot be written with this library.
  group.create_attribute("sorting", "by_time");
  const empty = { shape: [0], maxshape: [null], chunks: [CHUNK] };
  const timestamps = group.create_dataset({ name: "timestamps", data: new Float64Array(0), dtype: "<d", ...empty });
  timestamps.create_attribute("units", "milliseconds");
  const nodeIds = group.create_dataset({ name: "node_ids", data: new BigUint64Array(0), dtype: "<Q", ...empty });
  const times = new Float64Array(CHUNK);
  const ids = new BigUint64Array(CHUNK);
  let written = 0;
  let waiting = 0;
  const flush = (): void => {
    if (waiting === 0) return;
    const end = written + waiting;
    for (const [dataset, values] of [
      [timestamps, times],
      [nodeIds, ids],
    ] as const) {
      dataset.resize([end]);
      dataset.write_slice([[written, end]], values.slice(0, waiting));
    }
    written = end;
    waiting = 0;
  };
  return {
    add(time, neuron) {
      times[waiting] = time;
      ids[waiting] = BigInt(neuron);
      if (++waiting === CHUNK) flush();
    },
    flush,
  };
}

/** Lines of a file without its header, some thousands at a time. */
async function* piecesOf(path: string): AsyncGenerator<readonly string[]> {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(1 << 18);
    const decoder = new TextDecoder();
    let rest = "";
    let header = true;
    for (let got = -1; got !== 0;) {
      got = readSync(file, bytes, 0, bytes.length, null);
      const lines = (rest + decoder.decode(bytes.subarray(0, got), { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (header && lines.length > 0) {
        lines.shift();
        header = false;
      }
      yield lines;
      await letOthersRun();
    }
  } finally {
    closeSync(file);
  }
}

function halves(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The library's errors carry the system's message in their text. */
function hdf5Reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/No space left/.test(message)) return "the disk is full";
  if (/File too large/.test(message)) return reasonOf({ code: "EFBIG" });
  return (error as NodeJS.ErrnoException).code === undefined ? "HDF5 has failed" : reasonOf(error);
}
