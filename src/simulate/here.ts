// Where this process is: numbers of processes mean something on one machine only, and in one container of it.
import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Containers that share a folder count their own processes. Null where the system does not tell. */
export function ownSpace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

/** For names of files: eight digits that are the same for all processes here, and for no others. */
export function markOfHere(): string {
  return createHash("sha256")
    .update(`${hostname()} ${ownSpace() ?? ""}`)
    .digest("hex")
    .slice(0, 8);
}
