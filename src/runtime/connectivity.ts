// The connections of a projection: from what was asked to rows in memory, ready for spikes to be delivered along them.
//
// Every draw is a pure function of the seed, the projection's name and the source (for `indegree`, the target) it is for: no other projection, no limit and no progress report changes one.

import { possiblePairs, sizeOf } from "./connectCheck.ts";
import { withDelays } from "./connectDelays.ts";
import { demandRoom } from "./connectMemory.ts";
import { predictConnections } from "./connectPredict.ts";
import type { Connections, ConnectionRequest } from "./connectRequest.ts";
import { buildRows, checkRequest } from "./connectRules.ts";

export { ConnectionError } from "./connectError.ts";
export { connectionDoubles, connectionSingles, MemoryError } from "./connectMemory.ts";
export { incoming } from "./connectTranspose.ts";
export { isExact, predictConnections } from "./connectPredict.ts";
export type { ConnectionEnd, ConnectionRequest, Connections, DelayOf, DelayRow } from "./connectRequest.ts";
export { rowStream } from "./random.ts";

/**
 * Builds the connections of a projection. Throws a ConnectionError, in the modeller's terms, for what cannot be connected, and a MemoryError where the limit on memory
 * does not suffice: before allocating, or, where a condition decides how many there are, as soon as they are too many.
 */
export function connect(request: ConnectionRequest): Connections {
  checkRequest(request);
  const predicted = predictConnections(request),
    guessed = request.where !== undefined || typeof request.p === "function";
  // A guess is trusted by half, and only where the sample of pairs had many that connect.
  if (!guessed) demandRoom(request, predicted.connections, predicted.bytes);
  else if (predicted.connections > 0.02 * possiblePairs(request))
    demandRoom(request, predicted.connections / 2, predicted.bytes / 2);
  const report = reporter(request),
    drawn = typeof request.delay !== "number";
  const rows = buildRows(request, (part) => report(drawn ? 0.4 * part : part));
  return withDelays(request, rows, (part) => report(0.4 + 0.6 * part));
}

/** Passes on how far the building is, a hundred times or so. */
function reporter(request: ConnectionRequest): (part: number) => void {
  const total = sizeOf(request.source),
    { progress } = request;
  if (progress === undefined) return () => undefined;
  let last = 0;
  return (part) => {
    if (part - last < 0.01 && part < 1) return;
    last = part;
    progress(Math.min(total, Math.round(part * total)), total);
  };
}
