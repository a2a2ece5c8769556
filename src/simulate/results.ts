// The files of a finished run. Each is whole or not there; one that cannot be written does not keep the others from being so.
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { manifestText, type FileOutcome, type RunRecord } from "./manifest.ts";
import type { OutFolder, RunFile } from "./outFolder.ts";
import { spikesCsv } from "./spikesCsv.ts";
import { tracesCsv } from "./tracesCsv.ts";
import { WriteError, writeWhole } from "./writeWhole.ts";

export interface WrittenResults {
  /** Names of the files that stand in the folder now. */
  readonly files: readonly string[];
  /** One sentence for each that does not, with its path. */
  readonly problems: readonly string[];
}

/** `figure` is the text of figure.svg, null for none; an earlier run's figure does not stay beside other results. */
export function writeResults(folder: OutFolder, record: RunRecord, figure: string | null): WrittenResults {
  const outcomes: FileOutcome[] = [];
  const write = (name: RunFile, pieces: Iterable<string>): void => {
    try {
      outcomes.push({ name, bytes: writeWhole(join(folder.realPath, name), pieces) });
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      outcomes.push({ name, problem: error.message });
    }
  };
  write("spikes.csv", spikesCsv(record.simulation));
  write("traces.csv", tracesCsv(record.simulation));
  if (figure !== null) write("figure.svg", [figure]);
  else if (folder.earlier.includes("figure.svg")) removeFigure(join(folder.realPath, "figure.svg"));
  // Last: it says what stands there.
  const manifest = manifestText(record, outcomes);
  write("manifest.json", [manifest]);
  return {
    files: outcomes.flatMap((o) => ("bytes" in o ? [o.name] : [])),
    problems: outcomes.flatMap((o) => ("problem" in o ? [o.problem] : [])),
  };
}

function removeFigure(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The manifest does not list it.
  }
}
