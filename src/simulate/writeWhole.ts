// Writing a file whole or not at all: a full disk or an interruption leaves the bytes that were there before.
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { kill, pid } from "node:process";
import { markOfHere } from "./here.ts";

/** A file that could not be written. The message names it and says why. */
export class WriteError extends Error {
  override readonly name = "WriteError";
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`cannot write ${path}: ${reason}`);
    this.path = path;
  }
}

let attempts = 0;

/**
 * Writes the pieces, one after the other, to a new file beside `path`, checks its length, makes it durable and puts it in the place of `path`.
 * Symbolic links are followed; what is no regular file (`/dev/stdout`, a FIFO) is written to as it is, since replacing it would destroy it.
 * @returns the number of bytes
 * @throws WriteError
 */
export function writeWhole(path: string, pieces: Iterable<string | Uint8Array>): number {
  try {
    const target = targetOf(path);
    return target.regular ? replace(target.path, pieces) : into(target.path, pieces);
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError(path, reasonOf(error));
  }
}

/**
 * What writing to `path` comes to: symbolic links followed, and whether it is a regular file or none yet.
 * @throws WriteError for folders and broken links
 */
export function targetOf(path: string): { readonly path: string; readonly regular: boolean } {
  if (descriptorOf(path) !== null) return { path, regular: false };
  let status;
  try {
    status = lstatSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { path, regular: true };
    throw error;
  }
  if (!status.isSymbolicLink()) return { path, regular: kindOf(status, path) };
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    throw new WriteError(path, "it is a symbolic link that leads nowhere");
  }
  return { path: real, regular: kindOf(lstatSync(real), path) };
}

/** `/dev/stdout`, `/dev/fd/63`: what is open already, and may have no name of its own. */
function descriptorOf(path: string): number | null {
  const [, name = "", number = ""] = /^\/(?:dev\/(stdout|stderr)|(?:dev|proc\/self)\/fd\/(\d+))$/.exec(path) ?? [];
  if (name !== "") return name === "stdout" ? 1 : 2;
  return number === "" ? null : Number(number);
}

function kindOf(status: { isDirectory(): boolean; isFile(): boolean }, path: string): boolean {
  if (status.isDirectory()) throw new WriteError(path, "it is a folder");
  return status.isFile();
}

/** Of a process that was killed half-way, so that nobody will put it in its place. `anyAge`: nobody but this process writes to the folder. */
export function removePartials(folder: string, anyAge: boolean, of = ""): void {
  for (const name of readdirSync(folder)) {
    const [, base = "", writer = "", where] = /^\.(.+)\.(\d+)-\d+-([0-9a-f]{8})\.partial$/.exec(name) ?? [];
    if (writer === "" || (of !== "" && of !== base)) continue;
    const isHere = where === markOfHere();
    if (isHere && isAlive(Number(writer))) continue;
    const path = join(folder, name);
    // A process of another machine or container may be at it.
    if (anyAge || isHere || Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > STALE)
      attempt(() => unlinkSync(path));
  }
}

/** ms in which a file that is being written changes. */
const STALE = 60_000;

function isAlive(number: number): boolean {
  try {
    return kill(number, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Writes over a file that has room for the text, where there is none for a second file beside it. False where it has none either. */
export function overwrite(path: string, text: string): boolean {
  const bytes = Buffer.from(text, "utf8");
  let file = -1;
  try {
    file = openSync(path, "r+");
    if (fstatSync(file).size < bytes.length) return false;
    for (let done = 0; done < bytes.length;) done += writeSome(file, bytes, done, bytes.length);
    ftruncateSync(file, bytes.length);
    fsyncSync(file);
    return true;
  } catch {
    // What kept it from being written whole is told.
    return false;
  } finally {
    if (file >= 0) closeSync(file);
  }
}

function replace(path: string, pieces: Iterable<string | Uint8Array>): number {
  const temporary = partialOf(path);
  attempt(() => removePartials(dirname(path), false, basename(path)));
  let file = -1;
  try {
    // A file of that name can only be left over from a killed process of the same number.
    file = openSync(
      temporary,
      constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0),
      0o666,
    );
    const mode = modeOf(path);
    // Some file systems know no modes.
    if (mode !== null) attempt(() => fchmodSync(file, mode));
    const length = writeAll(file, pieces);
    fsyncSync(file);
    const { size } = fstatSync(file);
    if (size !== length) throw new WriteError(path, `${length} bytes were written, but the file has ${size}`);
    closeSync(file);
    file = -1;
    renameSync(temporary, path);
    return length;
  } catch (error) {
    if (file >= 0) attempt(() => closeSync(file));
    attempt(() => unlinkSync(temporary));
    throw error;
  }
}

/** A name beside it for a file in the making, which nobody else gives. */
export function partialOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${pid}-${++attempts}-${markOfHere()}.partial`);
}

/** Who may read and write the file that is there; null where there is none. */
function modeOf(path: string): number | null {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined ? null : status.mode & 0o7777;
}

/**
 * Writes a file that must not be there yet; where that fails, none is left.
 * @throws as the file system does: EEXIST where there is one
 */
export function writeNew(path: string, text: string): void {
  const file = openSync(path, "wx");
  try {
    writeAll(file, [text]);
  } catch (error) {
    attempt(() => unlinkSync(path));
    throw error;
  } finally {
    closeSync(file);
  }
}

function into(path: string, pieces: Iterable<string | Uint8Array>): number {
  const open = descriptorOf(path);
  if (open !== null) return writeAll(open, pieces);
  const file = openSync(path, constants.O_WRONLY);
  try {
    return writeAll(file, pieces);
  } finally {
    closeSync(file);
  }
}

/** Every byte, however little the system takes at a time. @returns their number */
export function writeAll(file: number, pieces: Iterable<string | Uint8Array>): number {
  let total = 0;
  for (const piece of pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
    for (let done = 0; done < bytes.length;) done += writeSome(file, bytes, done, bytes.length);
    total += bytes.length;
  }
  return total;
}

/** Bytes `from` to `to`, or some of them: at least one. */
export function writeSome(file: number, bytes: Uint8Array, from: number, to: number): number {
  for (;;) {
    try {
      const written = writeSync(file, bytes, from, to - from);
      if (written === 0) throw Object.assign(new Error("nothing more can be written"), { code: "ENOSPC" });
      return written;
    } catch (error) {
      // A pipe that its reader has not emptied yet.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // What led here is told; that the temporary file stays behind changes nothing.
  }
}

/** Why a file or folder could not be written, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
      return "the disk is full";
    case "EDQUOT":
      return "the disk quota is used up";
    case "EFBIG":
      return "it would be larger than files may be here";
    case "EPIPE":
      return "nobody reads it any more";
    case "ENXIO":
      return "nobody reads it";
    case "EBADF":
      return "it is closed";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open; `ulimit -n` says how many may be";
    case "EIO":
      return "the disk or its connection has failed";
    case "EROFS":
      return "the file system is read-only";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ENOENT":
      return "its folder does not exist";
    case "ENOTDIR":
      return "part of its path is a file, not a folder";
    case "EISDIR":
      return "it is a folder";
    case "ENAMETOOLONG":
      return "its name is too long";
    case "EEXIST":
      return "a file stands where its folder should be";
    case "ELOOP":
      return "its symbolic links go round in a circle";
    default:
      return code ?? message;
  }
}
