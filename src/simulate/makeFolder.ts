// Makes a folder with those above it. Node's own `recursive` never comes back where a file system denies that its parent is there, as /proc does.
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** No error where it is there already. @throws as mkdirSync does */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder))
    missing.push(folder);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Somebody else was faster.
      if (!((error as NodeJS.ErrnoException).code === "EEXIST" && existsSync(folder))) throw error;
    }
  }
  // A file of that name is no folder.
  if (missing.length === 0) mkdirSync(path, { recursive: true });
}
