// One run at a time in a folder: a file in it names the process that writes there. What a dead process left behind is taken over.
import { closeSync, openSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { kill, pid } from "node:process";
import { ownSpace } from "./here.ts";

export const LOCK_FILE = ".glif-lock";

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own count: numbers of processes come back. Null where the system does not tell. */
  readonly began: string | null;
  /** Where that number means something: containers that share a folder count their own. Null where the system does not tell. */
  readonly space: string | null;
}

export interface HeldLock {
  readonly release: () => void;
  /** Somebody else has the folder by now: the lock was deleted, or taken for a dead one's. */
  readonly isLost: () => boolean;
}

export type Lock = HeldLock | { readonly holder: string };

/** Takes the folder, or says who has it: `pid 12`. @throws as the file system does, where the folder cannot be written to */
export function lockFolder(folder: string): Lock {
  const path = join(folder, LOCK_FILE);
  const own = JSON.stringify({ pid, host: hostname(), began: beginning(pid), space: ownSpace() } satisfies Holder);
  const taken: Lock = { release: () => release(path, own), isLost: () => ![own, null].includes(textOf(path)) };
  for (let attempt = 0; ; attempt++) {
    if (create(path, own)) return taken;
    const holder = holderOf(folder);
    if (holder !== null) return { holder };
    if (attempt > MOST_ATTEMPTS) return { holder: "another run" };
    if (takeOver(path, own)) return taken;
  }
}

/** Who is at work in the folder: `pid 12`, `pid 12 on elsewhere`; null where nobody is. */
export function holderOf(folder: string): string | null {
  const holder = read(join(folder, LOCK_FILE));
  if (holder === null || !lives(holder)) return null;
  if (isNear(holder)) return `pid ${holder.pid}`;
  const where = holder.host === hostname() ? "in another container" : `on ${holder.host}`;
  return `pid ${holder.pid} ${where} (if that run is over, delete ${join(folder, LOCK_FILE)})`;
}

/** What the dead have left of taking over locks goes. For whoever has the folder. */
export function removeClaims(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${LOCK_FILE}.`)) continue;
    const claimant = read(join(folder, name));
    if (claimant === null || !lives(claimant)) remove(join(folder, name));
  }
}

const MOST_ATTEMPTS = 20;

/** False where it is there already. */
function create(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(file, text);
  } catch (error) {
    remove(path);
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

function release(path: string, own: string): void {
  try {
    if (readFileSync(path, "utf8") === own) unlinkSync(path);
  } catch {
    // Somebody has deleted the folder: there is nothing to give back.
  }
}

/** Null where there is none, or none that says anything: its writer died between making it and writing into it. */
function read(path: string): Holder | null {
  let text = textOf(path);
  // One that is being written right now is looked at again a little later.
  for (let k = 0; text === "" && k < 5; k++) {
    pause();
    text = textOf(path);
  }
  if (text === null) return null;
  try {
    const { pid: number, host, began, space } = JSON.parse(text) as Partial<Holder>;
    // 0 and negative numbers are groups of processes, which always live.
    return Number.isSafeInteger(number) && number !== undefined && number > 0 && typeof host === "string"
      ? { pid: number, host, began: began ?? null, space: space ?? null }
      : null;
  } catch {
    return null;
  }
}

function textOf(path: string): string | null {
  try {
    // A pipe would be waited for.
    return statSync(path).isFile() ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}

/**
 * Puts the own lock in the place of a dead one, and says whether it did. Of several processes that find it dead the one that makes a file named after the dead holder
 * is to do it; the lock is never away meanwhile, so that nobody else can make one.
 */
function takeOver(path: string, own: string): boolean {
  const dead = textOf(path);
  const holder = read(path);
  if (dead === null || (holder !== null && lives(holder))) return false;
  const claim = `${path}.after-${holder?.pid ?? 0}`;
  if (!create(claim, own)) {
    const claimant = read(claim);
    // One that died in the middle of this leaves its claim.
    if (claimant !== null && !lives(claimant)) remove(claim);
    else pause();
    return false;
  }
  try {
    // Whoever had the claim before may have done it.
    if (textOf(path) !== dead) return false;
    const aside = `${path}.${pid}`;
    remove(aside);
    if (!create(aside, own)) return false;
    renameSync(aside, path);
    return true;
  } finally {
    remove(claim);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone.
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

/** Its number means the same here. */
function isNear({ host, space }: Holder): boolean {
  const own = ownSpace();
  return host === hostname() && (space === null || own === null || space === own);
}

/** Of a process on another machine or in another container, as far as can be known from here. */
function lives(holder: Holder): boolean {
  if (!isNear(holder)) return true;
  const { pid: number, began } = holder;
  try {
    kill(number, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = beginning(number);
  return now !== ENDED && (now === null || began === null || now === began);
}

const ENDED = "ended";

/** Field 22 of /proc/<pid>/stat, in clock ticks since the system's start; proc(5). A process that is dead but not yet waited for has ended. */
function beginning(number: number): string | null {
  const stat = textOf(`/proc/${number}/stat`);
  if (stat === null) return null;
  // The name, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? ENDED : (fields[19] ?? null);
}
