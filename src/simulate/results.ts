// The files of a run. Spikes and traces grow with it; the manifest says from the start that it is not over; figure and manifest are whole or not there.
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { growingFile, type GrowingFile } from "./growingFile.ts";
import { manifestText, type FileOutcome, type RunRecord } from "./manifest.ts";
import type { OutFolder, RunFile } from "./outFolder.ts";
import type { HdfLibrary } from "./hdf.ts";
import { writeSonata } from "./sonata.ts";
import { spikesCsv, type CsvTable } from "./spikesCsv.ts";
import { tracesFiles } from "./tracesCsv.ts";
import { overwrite, WriteError, writeWhole } from "./writeWhole.ts";

export interface Results {
  /** Writes what stands in the simulation's logs; at the latest after a second it is in the files. @throws WriteError */
  take(): void;
  /** Ends the files: one that cannot be written does not keep the others from being so. */
  finish(record: RunRecord, more: Additions): Promise<WrittenResults>;
}

/** What is written besides spikes, traces and manifest. */
export interface Additions {
  /** Text of figure.svg; null for none: an earlier run's figure does not stay beside other results. */
  readonly figure: string | null;
  /** To write spikes.h5 with; null for none. */
  readonly sonata: HdfLibrary | null;
  /** Asked now and then while spikes.h5 is written. */
  readonly stopped?: () => boolean;
}

export interface WrittenResults {
  /** Names of the files that stand in the folder now, whole or as far as they could be written. */
  readonly files: readonly string[];
  /** One sentence for each that is not whole, with its path. */
  readonly problems: readonly string[];
}

/**
 * Puts the manifest and the headers in the folder. The first that cannot be written makes `take` throw, so that no run begins for nothing.
 * `clock`: wall time (ms).
 */
export function openResults(
  folder: OutFolder,
  record: RunRecord,
  clock: () => number = () => performance.now(),
): Results {
  const place = (name: RunFile): string => join(folder.realPath, name);
  let refusal: WriteError | null = null;
  const tables: Table[] = [];
  try {
    const beginning = manifestText(record, []);
    writeWhole(place("manifest.json"), [beginning, " ".repeat(roomFor(beginning))]);
    const parts = [{ name: "spikes.csv" as const, csv: spikesCsv }, ...tracesFiles(record.simulation)];
    for (const name of folder.earlier)
      if (name !== "manifest.json" && !parts.some((part) => part.name === name)) remove(place(name));
    for (const { name, csv } of parts) {
      const table: Table = { name, csv: csv(record.simulation), file: null, problem: null };
      tables.push(table);
      try {
        table.file = growingFile(place(name), table.csv.header);
      } catch (error) {
        table.problem = messageOf(error);
        throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    refusal = error;
  }
  let flushed = clock();
  let synchronized = flushed;

  return {
    take() {
      if (refusal !== null) throw refusal;
      for (const table of tables)
        attempt(table, (file) => {
          for (const lines of table.csv.lines()) file.append(lines);
        });
      const now = clock();
      if (now - flushed < FLUSH_EVERY) return;
      for (const table of tables) attempt(table, (file) => file.flush());
      flushed = now;
      if (now - synchronized < SYNC_EVERY) return;
      for (const table of tables)
        attempt(table, (file) => {
          file.check();
          file.sync();
        });
      synchronized = now;
    },
    async finish(finished, { figure, sonata, stopped }) {
      // Who has asked the run to stop does not wait for the disk.
      const durable = finished.run?.ending.kind === "complete";
      for (const table of tables) {
        try {
          table.file?.close(durable);
        } catch (error) {
          table.problem ??= messageOf(error);
        }
      }
      const outcomes: FileOutcome[] = tables.map(({ name, file, problem }) => ({
        name,
        bytes: file === null || file.isGone ? null : file.length,
        problem,
      }));
      if (folder.isLost())
        return written([
          ...outcomes.map((o) => ({ ...o, bytes: null })),
          {
            name: "manifest.json",
            bytes: null,
            problem: `another run has taken ${folder.path}: nothing more was written there`,
          },
        ]);
      const write = async (name: RunFile, writing: (path: string) => number | Promise<number>): Promise<void> => {
        try {
          outcomes.push({ name, bytes: await writing(place(name)), problem: null });
        } catch (error) {
          outcomes.push({ name, bytes: null, problem: messageOf(error) });
        }
      };
      const spikes = outcomes.find((o) => o.name === "spikes.csv");
      if (sonata !== null && spikes?.bytes != null)
        await write("spikes.h5", (path) =>
          writeSonata(place("spikes.csv"), path, finished.plan.spikesOf, sonata, stopped),
        );
      if (figure !== null) await write("figure.svg", (path) => writeWhole(path, [figure]));
      // Last: it says what stands there.
      const manifest = manifestText(finished, outcomes);
      await write("manifest.json", (path) => writeEnd(path, manifest));
      return written(outcomes);
    },
  };

  function written(outcomes: readonly FileOutcome[]): WrittenResults {
    return {
      files: outcomes.flatMap((o) => (o.bytes === null ? [] : [o.name])),
      problems: [
        ...new Set([
          ...(refusal === null ? [] : [refusal.message]),
          ...outcomes.flatMap((o) => (o.problem === null ? [] : [o.problem])),
        ]),
      ],
    };
  }
}

/** Blanks after a manifest that may grow: on a disk that is full by the end of the run it is written over the first one. */
function roomFor(manifest: string): number {
  return 4096 + Math.ceil(manifest.length / 2);
}

/** The last word about a run. @returns bytes */
function writeEnd(path: string, text: string): number {
  try {
    return writeWhole(path, [text]);
  } catch (error) {
    if (error instanceof WriteError && overwrite(path, text)) return Buffer.byteLength(text);
    throw error;
  }
}

interface Table {
  readonly name: RunFile;
  readonly csv: CsvTable;
  /** Null where it could not be made. */
  file: GrowingFile | null;
  problem: string | null;
}

/** ms of wall time */
const FLUSH_EVERY = 250;
const SYNC_EVERY = 1000;

function attempt(table: Table, action: (file: GrowingFile) => void): void {
  try {
    if (table.file !== null) action(table.file);
  } catch (error) {
    table.problem ??= messageOf(error);
    throw error;
  }
}

/** Only what was told of a file; anything else is a fault of ours. */
function messageOf(error: unknown): string {
  if (error instanceof WriteError) return error.message;
  throw error;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The manifest does not list it.
  }
}
