// Where a command writes to, as its user named it.
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync, type Stats } from "node:fs";
import { resolve } from "node:path";

/** Named as a folder, or there as one. */
export function isFolder(path: string, cwd: string): boolean {
  return /[\\/]$/.test(path) || (statusOf(resolve(cwd, path))?.isDirectory() ?? false);
}

/** Null where nothing is there, or nothing can be: below a file, say. */
function statusOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** Whether `--out` names standard output, or nothing at all. */
export function isStandardOutput(out: string | undefined): out is undefined {
  return out === undefined || ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].includes(out);
}

/** The line of a module's head that names its source. */
export const WRITTEN_FROM = /^ \* Written by glif from .*$/m;

/** Whether text may take the place of what is there: nothing, the same, or by the line that `mark` finds an earlier text of the same origin. For names that nobody has given. */
export function mayReplace(path: string, text: string, mark: RegExp | null = null): boolean {
  const status = statusOf(path);
  if (status === null || !status.isFile()) return true;
  let there: string;
  try {
    there = readFileSync(path, "utf8");
  } catch {
    return false;
  }
  const origin = mark?.exec(text)?.[0];
  return there === text || (origin !== undefined && mark?.exec(there)?.[0] === origin);
}

/** Whether a file has this text and nothing else, or is not there. Read in pieces: a recording's may be longer than a text can be. */
export function holds(path: string, pieces: Iterable<string>): boolean {
  if (statusOf(path)?.isFile() !== true) return true;
  const file = openSync(path, "r");
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece, "utf8");
      const there = Buffer.alloc(bytes.length);
      if (readSync(file, there) < bytes.length || !there.equals(bytes)) return false;
    }
    return readSync(file, Buffer.alloc(1)) === 0;
  } finally {
    closeSync(file);
  }
}

/** One spelling for one file; of what is not there, as it is. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** As a command line takes it: what begins with - would be an option. */
export function fileWord(file: string): string {
  return file.startsWith("-") && file !== "-" ? `./${file}` : file;
}
