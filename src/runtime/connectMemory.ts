// The memory that connections take, and the refusal where it does not suffice: before anything large is allocated.

import { sizeOf } from "./connectCheck.ts";
import { ConnectionError } from "./connectError.ts";
import type { ConnectionRequest, Connections } from "./connectRequest.ts";

/** The memory that may be used does not suffice; nothing large was allocated. */
export class MemoryError extends Error {
  /** Bytes; `limit` is Infinity where none was given and the machine refused. */
  readonly needed: number;
  readonly limit: number;
  constructor(what: string, needed: number, limit: number) {
    super(
      `${what} needs ${inBytes(needed)} of memory, ${limit === Infinity ? "more than this machine gives" : `${inBytes(limit)} may be used`}`,
    );
    this.name = "MemoryError";
    this.needed = needed;
    this.limit = limit;
  }
}

/** What `connections` of a projection with so many distinct delays take. */
export function bytesFor(request: ConnectionRequest, connections: number, delays: number): number {
  return (
    connections *
      (4 +
        (typeof request.delay === "number" ? 0 : 4) +
        (request.pairs === undefined ? 0 : 4) +
        request.bytesPerConnection) +
    4 * (sizeOf(request.source) * delays + 1)
  );
}

/** Throws unless so many connections can be numbered and `bytes` may be used. */
export function demandRoom(request: ConnectionRequest, connections: number, bytes: number): void {
  const limit = request.memoryLimit ?? Infinity;
  if (bytes > limit)
    throw new MemoryError(`\`${request.name}\` with ${inWords(connections)} connections`, bytes, limit);
  if (connections <= MOST) return;
  const most = `more than the ${inWords(MOST)} that one projection can hold`;
  throw new ConnectionError(
    request.name,
    `\`${request.name}\` has ${inWords(connections)} connections, ${most}: connect parts of the populations, one by one`,
  );
}

/** The most connections of a projection: they are numbered by 32-bit integers. */
export const MOST = 2147483647;

/** Zeros. */
export function integers(length: number, name: string): Int32Array {
  return new Int32Array(shared(4 * length, name));
}

/** Zeros of neurons in many steps, for the connections that are called so. */
export function doubles(length: number, name: string): Float64Array {
  return new Float64Array(shared(8 * length, name));
}

/** A value of each connection, `value` for a start. */
export function connectionDoubles({ count }: Connections, value = 0): Float64Array {
  const values = new Float64Array(shared(8 * count, "values of connections"));
  return value === 0 ? values : values.fill(value);
}

/** The same in single precision. */
export function connectionSingles({ count }: Connections, value = 0): Float32Array {
  const values = new Float32Array(shared(4 * count, "values of connections"));
  return value === 0 ? values : values.fill(value);
}

/** Bytes that threads share where the engine can. */
function shared(bytes: number, name: string): ArrayBufferLike {
  try {
    return typeof SharedArrayBuffer === "function" ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  } catch (refusal) {
    if (refusal instanceof RangeError) throw new MemoryError(`\`${name}\``, bytes, Infinity);
    throw refusal;
  }
}

function inBytes(bytes: number): string {
  for (const [unit, size] of [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
  ] as const)
    if (bytes >= size) return `${Number((bytes / size).toPrecision(3))} ${unit}`;
  return `${bytes} bytes`;
}

/** 10,000,000,000 */
function inWords(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}
