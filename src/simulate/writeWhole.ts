// Writing a file whole or not at all: a full disk or an interruption leaves the bytes that were there before.
import { closeSync, constants, fstatSync, fsyncSync, lstatSync, openSync, realpathSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pid } from "node:process";

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
export function writeWhole(path: string, pieces: Iterable<string>): number {
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

function kindOf(status: { isDirectory(): boolean; isFile(): boolean }, path: string): boolean {
  if (status.isDirectory()) throw new WriteError(path, "it is a folder");
  return status.isFile();
}

function replace(path: string, pieces: Iterable<string>): number {
  const temporary = join(dirname(path), `.${basename(path)}.${pid}-${++attempts}.partial`);
  let file = -1;
  try {
    // A file of that name can only be left over from a killed process of the same number.
    file = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0), 0o666);
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

function into(path: string, pieces: Iterable<string>): number {
  const file = openSync(path, constants.O_WRONLY);
  try {
    return writeAll(file, pieces);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, pieces: Iterable<string>): number {
  let total = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece, "utf8");
    for (let done = 0; done < bytes.length;) {
      const written = writeSync(file, bytes, done, bytes.length - done);
      if (written === 0) throw Object.assign(new Error("nothing more can be written"), { code: "ENOSPC" });
      done += written;
    }
    total += bytes.length;
  }
  return total;
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
    default:
      return code ?? message;
  }
}
