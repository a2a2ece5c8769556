// Where a command writes to, as its user named it.
import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** Named as a folder, or there as one. */
export function isFolder(path: string, cwd: string): boolean {
  return /[\\/]$/.test(path) || (statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** One spelling for one file; of what is not there, as it is. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
