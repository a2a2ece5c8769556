// Where a run's files go: a folder that is new, empty, or an earlier run's; never one that holds something else.
import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileName } from "./fileNames.ts";
import { MANIFEST_FORMAT } from "./manifest.ts";
import { reasonOf } from "./writeWhole.ts";

/** Everything that a run may write. */
export const RUN_FILES = ["spikes.csv", "traces.csv", "figure.svg", "manifest.json"] as const;
export type RunFile = (typeof RUN_FILES)[number];

export interface OutFolder {
  /** As shown to people. */
  readonly path: string;
  /** On disk. */
  readonly realPath: string;
  /** Files of the earlier run that stands in the folder. */
  readonly earlier: readonly RunFile[];
}

export interface Refusal {
  readonly problem: string;
  /** The folder is there and must not be written to; else it could not be made. */
  readonly refused: boolean;
}

/**
 * Makes the folder. `asked` is the user's; without one it is `out/<experiment>-<n>` in `cwd`, n being the first free number.
 * `inputs` are the files on disk that the run has read: none of them is overwritten.
 */
export function openOutFolder(asked: string | null, experiment: string, cwd: string, inputs: readonly string[]): OutFolder | Refusal {
  try {
    return asked === null ? nextFolder(experiment, cwd) : askedFolder(asked, cwd, inputs);
  } catch (error) {
    return { problem: `cannot make the folder ${asked ?? "out"}: ${reasonOf(error)}${asked === null ? "; name another one with --out" : ""}`, refused: false };
  }
}

function nextFolder(experiment: string, cwd: string): OutFolder {
  const parent = join(cwd, "out");
  mkdirSync(parent, { recursive: true });
  const taken = new Set(readdirSync(parent));
  for (let n = 1; ; n++) {
    const name = `${fileName(experiment)}-${n}`;
    if (taken.has(name)) continue;
    try {
      mkdirSync(join(parent, name));
    } catch (error) {
      // Another run was faster.
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw error;
    }
    return { path: `out/${name}`, realPath: join(parent, name), earlier: [] };
  }
}

function askedFolder(asked: string, cwd: string, inputs: readonly string[]): OutFolder | Refusal {
  if (asked === "" || asked.includes("\0")) return { problem: "--out needs the name of a folder", refused: true };
  const path = resolve(cwd, asked);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    mkdirSync(path, { recursive: true });
    return { path: asked, realPath: realpathSync(path), earlier: [] };
  }
  if (!status.isDirectory()) return { problem: `--out ${asked} is a file, not a folder`, refused: true };
  const present = readdirSync(path);
  if (present.length > 0 && !isRun(join(path, "manifest.json"))) {
    return { problem: `--out ${asked} holds files that are no earlier run of glif; nothing was overwritten. Name a new or empty folder`, refused: true };
  }
  const realPath = realpathSync(path);
  const own = RUN_FILES.find((name) => inputs.includes(join(realPath, name)));
  if (own !== undefined) return { problem: `--out ${asked} holds ${own}, which this run reads; it would be overwritten. Name another folder`, refused: true };
  return { path: asked, realPath, earlier: RUN_FILES.filter((name) => present.includes(name)) };
}

function isRun(manifest: string): boolean {
  try {
    if (!statSync(manifest).isFile()) return false;
    const content: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    return typeof content === "object" && content !== null && "format" in content && content.format === MANIFEST_FORMAT;
  } catch {
    return false;
  }
}
