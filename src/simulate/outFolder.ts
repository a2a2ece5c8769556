// Where a run's files go: a folder that is new, empty, or an earlier run's; never one that holds something else, and never one in which another run is at work.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileName } from "./fileNames.ts";
import { holderOf, LOCK_FILE, lockFolder, removeClaims } from "./lock.ts";
import { MANIFEST_FORMAT } from "./manifest.ts";
import { makeFolder } from "./makeFolder.ts";
import { isTracesFile, type TracesFile } from "./tracesCsv.ts";
import { reasonOf, removePartials } from "./writeWhole.ts";

/** Everything that a run may write, besides its traces. */
const RUN_FILES = ["spikes.csv", "spikes.h5", "figure.svg", "manifest.json"] as const;
export type RunFile = (typeof RUN_FILES)[number] | TracesFile;

/** What writes to folders: its files, and how an earlier folder of its own is known. */
export interface FolderKind<File extends string = string> {
  /** A run, a comparison. */
  readonly noun: string;
  readonly isFile: (name: string) => name is File;
  /** The folder is an earlier one's: what it holds under the names of its files may be overwritten. */
  readonly isEarlier: (folder: string) => boolean;
}

const RUN: FolderKind<RunFile> = {
  noun: "run",
  isFile: (name): name is RunFile => (RUN_FILES as readonly string[]).includes(name) || isTracesFile(name),
  isEarlier: (folder) => hasFormat(join(folder, "manifest.json"), MANIFEST_FORMAT),
};

export interface OutFolder<File extends string = RunFile> {
  /** As shown to people. */
  readonly path: string;
  /** On disk. */
  readonly realPath: string;
  /** Files of the earlier run that stands in the folder. */
  readonly earlier: readonly File[];
  /** Lets others have it. */
  readonly release: () => void;
  /** Another run has taken it meanwhile: nothing more is to be written. */
  readonly isLost: () => boolean;
  /** The run has not come to writing anything: the folder goes if it was made for it. */
  readonly abandon: () => void;
}

export interface Refusal {
  readonly problem: string;
  /** The folder is there and must not be written to; else it could not be made, or somebody else is at work in it. */
  readonly refused: boolean;
}

/**
 * Makes the folder and takes it for this run. `asked` is the user's; without one it is `out/<experiment>-<n>` in `cwd`, n being the first free number.
 * `inputs` are the files on disk that the run has read: none of them is overwritten.
 */
export function openOutFolder(
  asked: string | null,
  experiment: string,
  cwd: string,
  inputs: readonly string[],
): OutFolder | Refusal {
  return openFolder(RUN, asked, experiment, cwd, inputs);
}

/** The same for whatever else writes to a folder; `name` stands where the experiment does. */
export function openFolder<File extends string>(
  kind: FolderKind<File>,
  asked: string | null,
  name: string,
  cwd: string,
  inputs: readonly string[],
): OutFolder<File> | Refusal {
  try {
    return asked === null ? nextFolder(name, cwd) : askedFolder(kind, asked, cwd, inputs);
  } catch (error) {
    const isThere = asked !== null && existsSync(resolve(cwd, asked));
    return {
      problem: `cannot ${isThere ? "write to" : "make"} the folder ${asked ?? "out"}: ${reasonOf(error)}${asked === null ? "; name another one with --out" : ""}`,
      refused: false,
    };
  }
}

function nextFolder<File extends string>(experiment: string, cwd: string): OutFolder<File> | Refusal {
  const parent = join(cwd, "out");
  makeFolder(parent);
  const taken = new Set(readdirSync(parent).filter((name) => !isAbandoned(join(parent, name))));
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
    return locked({ path: `out/${name}`, realPath: join(parent, name), earlier: [] }, true);
  }
}

/** A folder that a killed run has left: its lock and half-written files go, and where it holds nothing else it goes as well, which this says. */
function isAbandoned(folder: string): boolean {
  if (!existsSync(join(folder, LOCK_FILE))) return false;
  try {
    const lock = lockFolder(folder);
    if ("holder" in lock) return false;
    tidy(folder);
    lock.release();
    rmdirSync(folder);
    return true;
  } catch {
    // There are results in it, or it is somebody else's.
    return false;
  }
}

/** What the killed have left in a folder that is now ours. */
function tidy(folder: string): void {
  removeClaims(folder);
  removePartials(folder, true);
}

function askedFolder<File extends string>(
  { noun, isFile, isEarlier }: FolderKind<File>,
  asked: string,
  cwd: string,
  inputs: readonly string[],
): OutFolder<File> | Refusal {
  if (asked === "" || asked.includes("\0")) return { problem: "--out needs the name of a folder", refused: true };
  const path = resolve(cwd, asked);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    makeFolder(path);
    return locked({ path: asked, realPath: realpathSync(path), earlier: [] }, true);
  }
  if (!status.isDirectory()) return { problem: `--out ${asked} is a file, not a folder`, refused: true };
  const realPath = realpathSync(path);
  if (lstatSync(join(realPath, LOCK_FILE), { throwIfNoEntry: false })?.isFile() === false)
    return {
      problem: `--out ${asked} holds ${LOCK_FILE}, which is no file: delete it, or name another folder`,
      refused: true,
    };
  const holder = holderOf(realPath);
  if (holder !== null) return inUse(asked, holder);
  const present = readdirSync(path).filter((name) => !isLeftOver(name));
  if (present.length > 0 && !isEarlier(path)) {
    return {
      problem: `--out ${asked} holds files that are no earlier ${noun} of glif; nothing was overwritten. Name a new or empty folder`,
      refused: true,
    };
  }
  const earlier = present.filter(isFile);
  const own = inputs
    .filter((path) => dirname(path) === realPath)
    .map((path) => basename(path))
    .find(isFile);
  if (own !== undefined)
    return {
      problem: `--out ${asked} holds ${own}, which this ${noun} reads; it would be overwritten. Name another folder`,
      refused: true,
    };
  const pipe = earlier.find((name) => isPipe(join(realPath, name)));
  if (pipe !== undefined)
    return {
      problem: `--out ${asked} holds ${pipe}, which is a pipe and no file: the ${noun} would wait for whoever reads it. Name another folder`,
      refused: true,
    };
  const link = earlier.find(
    (name) =>
      lstatSync(join(realPath, name)).isSymbolicLink() &&
      isFileOrFolder(statSync(join(realPath, name), { throwIfNoEntry: false })),
  );
  if (link !== undefined)
    return {
      problem: `--out ${asked} holds ${link}, which is a symbolic link: what it leads to would be overwritten. Remove the link, or name another folder`,
      refused: true,
    };
  return locked({ path: asked, realPath, earlier }, false);
}

/** Not a device: what is written there is lost, and nobody's. */
function isFileOrFolder(status: Stats | undefined): boolean {
  return status !== undefined && (status.isFile() || status.isDirectory());
}

function isPipe(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && (status.isFIFO() || status.isSocket());
}

function locked<File extends string>(
  folder: Omit<OutFolder<File>, "release" | "isLost" | "abandon">,
  made: boolean,
): OutFolder<File> | Refusal {
  const unmake = (): void => {
    try {
      if (made) rmdirSync(folder.realPath);
    } catch {
      // Something stands in it by now.
    }
  };
  try {
    const lock = lockFolder(folder.realPath);
    if ("holder" in lock) return inUse(folder.path, lock.holder);
    tidy(folder.realPath);
    return {
      ...folder,
      release: lock.release,
      isLost: lock.isLost,
      abandon: () => {
        lock.release();
        unmake();
      },
    };
  } catch (error) {
    unmake();
    throw error;
  }
}

function inUse(path: string, holder: string): Refusal {
  return {
    problem: `${path} is in use by ${holder}; wait until that run is over, or name another folder with --out`,
    refused: false,
  };
}

/** What a run that was killed may leave besides its results. */
function isLeftOver(name: string): boolean {
  return name.startsWith(LOCK_FILE) || (name.startsWith(".") && name.endsWith(".partial"));
}

/** A JSON file whose object says so. */
export function hasFormat(path: string, format: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof content === "object" && content !== null && "format" in content && content.format === format;
  } catch {
    return false;
  }
}
