// A file that grows while a run goes on and that holds whole lines only, whatever ends the run.
import { closeSync, constants, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, statSync } from "node:fs";
import { reasonOf, targetOf, WriteError, writeSome, writeWhole } from "./writeWhole.ts";

export interface GrowingFile {
  readonly path: string;
  /** Bytes in the file: whole lines. */
  readonly length: number;
  /** Takes whole lines. They are in the file after the next `flush`, or earlier where they are many. @throws WriteError */
  append(lines: string): void;
  /** Hands everything taken to the system: from here on a killed process loses none of it. @throws WriteError */
  flush(): void;
  /** Lets the system bring the file to the disk while the run goes on; what goes wrong there is thrown by the next `flush`. */
  sync(): void;
  /** @throws WriteError where the file does not stand under its name any more: what is written then is nowhere */
  check(): void;
  /** It was found that it does not. */
  readonly isGone: boolean;
  /** Flushes, and where it is to outlast a failure of power waits until it is on the disk. @throws WriteError */
  close(durable: boolean): void;
}

/**
 * Puts a file with this header in the place of `path` and leaves it open; with `kept`, goes on after so many bytes of the one that is there. Symbolic links are followed;
 * what is no regular file is written to as it is.
 * @throws WriteError
 */
export function growingFile(path: string, header: string, kept = 0): GrowingFile {
  const told = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw error instanceof WriteError ? error : new WriteError(path, reasonOf(error));
    }
  };
  const target = told(() => targetOf(path));
  let length = kept > 0 || !target.regular ? kept : writeWhole(path, [header]);
  let file = told(() => openSync(target.path, constants.O_WRONLY | (target.regular ? constants.O_APPEND : 0)));
  if (kept > 0) told(() => ftruncateSync(file, kept));
  // One buffer for the whole run: long strings and buffers of their own would lie about until V8 gets round to collecting them.
  let bytes = Buffer.allocUnsafe(BUFFER);
  let waiting = 0;
  let syncing = false;
  let isGone = false;
  const check = (): void => {
    if (!target.regular || isGone) return;
    const own = fstatSync(file, { bigint: true });
    const there = statSync(target.path, { bigint: true, throwIfNoEntry: false });
    isGone = there === undefined || there.ino !== own.ino || there.dev !== own.dev;
    if (isGone)
      throw new WriteError(
        path,
        there === undefined
          ? "it was deleted or moved away while it was written"
          : "another file was put in its place while it was written",
      );
  };
  /** After the first failure nothing is written any more: there would be a hole. */
  let failure: Error | null = null;

  /** Bytes `from` to `to` of the buffer, whole lines. A write that comes to an end half-way is taken back to its last whole line. */
  const write = (from: number, to: number): void => {
    let done = from;
    try {
      while (done < to) done += writeSome(file, bytes, done, to);
      length += to - from;
    } catch (error) {
      failure = error as Error;
      length += bytes.subarray(from, done).lastIndexOf(NEWLINE) + 1;
      if (target.regular) ftruncateSync(file, length);
      throw error;
    }
  };

  const flush = (): void => {
    told(() => {
      if (failure !== null) throw failure;
      const end = waiting;
      waiting = 0;
      for (let from = 0; from < end;) {
        const to = pieceEnd(bytes, from, end, length);
        write(from, to);
        from = to;
      }
    });
  };

  const growing: GrowingFile = {
    path,
    get length() {
      return length;
    },
    append(lines) {
      // In UTF-8 a UTF-16 unit takes three bytes at most.
      const most = 3 * lines.length;
      if (waiting + most > bytes.length) flush();
      if (most > bytes.length) bytes = Buffer.allocUnsafe(2 * most);
      waiting += bytes.write(lines, waiting, "utf8");
      if (waiting >= MANY) flush();
    },
    flush,
    check: () => told(check),
    get isGone() {
      return isGone;
    },
    sync() {
      if (syncing || !target.regular) return;
      syncing = true;
      fdatasync(file, (error) => {
        syncing = false;
        // A file that was closed in the meantime has been synchronized by then, or was not to be.
        if (error !== null && file >= 0) failure ??= error;
      });
    },
    close(durable) {
      if (file < 0) return;
      try {
        flush();
        told(() => {
          if (!target.regular) return;
          if (durable) fdatasyncSync(file);
          check();
          const { size } = fstatSync(file);
          if (size !== length) throw new WriteError(path, `${length} bytes were written, but the file has ${size}`);
        });
      } finally {
        closeSync(file);
        file = -1;
      }
    },
  };
  if (!target.regular) growing.append(header);
  return growing;
}

const NEWLINE = 0x0a;
/** Bytes: of the buffer, and of those that do not wait for a flush. */
const BUFFER = 1 << 17;
const MANY = 1 << 16;
const PAGE = 4096;

/**
 * Where the lines from `from` to `end`, which go to `offset` of the file, are to be cut. Linux writes page by page and looks between two pages whether the process has been
 * killed: a piece of many pages may end at any of them. So a piece ends with the last line that ends within its page, and only its first line may come from the page
 * before. What is left is the microsecond between the two pages of that line: nothing that a process does can close it.
 */
function pieceEnd(bytes: Buffer, from: number, end: number, offset: number): number {
  for (let room = PAGE - (offset % PAGE); from + room < end; room += PAGE) {
    const last = bytes.lastIndexOf(NEWLINE, from + room - 1);
    if (last >= from) return last + 1;
  }
  return end;
}
