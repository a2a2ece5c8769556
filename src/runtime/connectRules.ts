// Who connects to whom, whatever the rule: requests that no connectivity can meet are refused, the others become rows, in time linear in the number of connections; with one test for each pair where a condition or a varying probability decides.
import { sizeOf } from "./connectCheck.ts";
import { ConnectionError } from "./connectError.ts";
import { integers } from "./connectMemory.ts";
import type { ConnectionEnd, ConnectionRequest, Rows } from "./connectRequest.ts";
import type { Done } from "./connectRows.ts";
import { MAKINGS } from "./rules.ts";

/** Throws a ConnectionError for what can be seen without testing pairs. */
export function checkRequest(request: ConnectionRequest): void {
  const { name, source, target, delay } = request;
  checkEnd(source, "sources", name);
  checkEnd(target, "targets", name);
  if (typeof delay === "number" && !((delay | 0) === delay && delay >= 0))
    throw new ConnectionError(
      name,
      `the delay of \`${name}\` is a whole number of steps from 0 to 2147483647, not ${delay}`,
    );
  MAKINGS[request.rule].check(request);
}

export function buildRows(request: ConnectionRequest, done: Done): Rows {
  const sources = sizeOf(request.source);
  if ((sources === 0 || sizeOf(request.target) === 0) && request.pairs === undefined)
    return { starts: integers(sources + 1, request.name), target: integers(0, request.name), pair: null };
  return MAKINGS[request.rule].build(request, done);
}

function checkEnd(end: ConnectionEnd, which: string, name: string): void {
  const { size, first, last } = end;
  if (last < first) return;
  if (Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last < size) return;
  throw new ConnectionError(
    name,
    `the ${which} of \`${name}\` are neurons ${first} to ${last} of a population of ${size}${size > 0 ? `, which has neurons 0 to ${size - 1}` : ""}`,
  );
}
