// What the process got from whoever started it and Node does not tell: a stream that was closed, a hang-up that is to be ignored. Known on Linux, by what /proc says.
import { readFileSync, readlinkSync } from "node:fs";
import process from "node:process";

/**
 * Whether standard input or output was closed: Node puts /dev/null in its place, for reading and writing. Programs that mean /dev/null may open it in the same way, but a
 * shell opens it for one of both; so the nearest process above whose stream is another tells which it was.
 */
export function wasClosed(stream: 0 | 1): boolean {
  if (process.platform !== "linux" || !isNullForBoth("self", stream)) return false;
  const other = ancestors().find(({ id }) => !isNullForBoth(id, stream));
  return other !== undefined && SHELL.test(other.name);
}

const SHELL = /^-?(ba|da|a|k|mk|z|fi|tc|c)?sh$|^busybox$/;

/** Whether a hang-up of the terminal was to be ignored, as after `nohup` or `trap '' HUP`. Node sets every signal back to what it does by default. */
export function ignoresHangUp(env: Readonly<Record<string, string | undefined>>): boolean {
  // Shells tell in `_` what they have started.
  if (/(^|\/)nohup$/.test(env["_"] ?? "")) return true;
  if (process.platform !== "linux") return false;
  // GNU nohup gives a program that had a terminal an input that cannot be read.
  if (linkOf("self", 0) === "/dev/null" && accessOf("self", 0) === WRITING) return true;
  return ancestors().some(({ ignored }) => (ignored & HANG_UP) !== 0n);
}

/** Bit of SIGHUP in the masks of proc(5). */
const HANG_UP = 1n;

interface Ancestor {
  readonly id: number;
  readonly name: string;
  /** Mask of the signals it ignores. */
  readonly ignored: bigint;
}

/** The process above this one first. */
function ancestors(): readonly Ancestor[] {
  const found: Ancestor[] = [];
  for (let id = process.ppid; id > 0 && found.length < MOST_ANCESTORS;) {
    const status = textOf(`/proc/${id}/status`);
    if (status === null) break;
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? "";
    found.push({ id, name: field("Name"), ignored: BigInt(`0x${/^[0-9a-f]+$/.exec(field("SigIgn"))?.[0] ?? "0"}`) });
    id = Number(field("PPid"));
  }
  return found;
}

const MOST_ANCESTORS = 20;

/** Access modes, the lowest two bits of the flags of open(2). */
const WRITING = 1;
const BOTH = 2;

function isNullForBoth(id: number | "self", stream: number): boolean {
  return linkOf(id, stream) === "/dev/null" && accessOf(id, stream) === BOTH;
}

function accessOf(id: number | "self", stream: number): number {
  return Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(textOf(`/proc/${id}/fdinfo/${stream}`) ?? "")?.[1] ?? "0", 8) & 3;
}

function linkOf(id: number | "self", stream: number): string | null {
  try {
    return readlinkSync(`/proc/${id}/fd/${stream}`);
  } catch {
    return null;
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
