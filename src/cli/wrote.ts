// A file of a command: written whole, or why not is told under the name that its user gave.
import { resolve } from "node:path";
import { makeFolder } from "../simulate/makeFolder.ts";
import { reasonOf, WriteError, writeWhole } from "../simulate/writeWhole.ts";
import type { Terminal } from "./terminal.ts";

/** Null where it was written, else why not. `folder` is made where it is not there; both as the command line names them. */
export function whyNotWritten(
  { cwd }: Pick<Terminal, "cwd">,
  path: string,
  content: Iterable<string | Uint8Array>,
  folder: string | null,
): string | null {
  const target = resolve(cwd, path);
  try {
    if (folder !== null) makeFolder(resolve(cwd, folder));
    writeWhole(target, content);
    return null;
  } catch (error) {
    return error instanceof WriteError
      ? error.message.replace(target, () => path)
      : `cannot write ${path}: ${reasonOf(error)}`;
  }
}
