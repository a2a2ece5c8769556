// How many connections a projection will have and what they take, without building them.

import { sizeOf } from "./connectCheck.ts";
import { drawRow } from "./connectDelays.ts";
import { bytesFor } from "./connectMemory.ts";
import type { ConnectionRequest } from "./connectRequest.ts";
import { checkRequest } from "./connectRules.ts";
import { rowStream, stream, uniform } from "./random.ts";
import { MAKINGS } from "./rules.ts";

/**
 * Predicted number of connections (the mean, for random rules; from a sample of pairs where a condition or a varying p decides) and the bytes they take
 * for good. Throws a ConnectionError as `connect` does.
 */
export function predictConnections(request: ConnectionRequest): {
  readonly connections: number;
  readonly bytes: number;
} {
  checkRequest(request);
  const connections = predictCount(request);
  return { connections, bytes: bytesFor(request, connections, connections === 0 ? 1 : predictDelays(request)) };
}

const SAMPLES = 4096;

function predictCount(request: ConnectionRequest): number {
  if (sizeOf(request.source) === 0 || sizeOf(request.target) === 0) return 0;
  return MAKINGS[request.rule].predict(request, (value) => meanOf(request, value));
}

/** Whether a prediction that a condition decides has looked at every pair. */
export function isExact(request: ConnectionRequest): boolean {
  const [rows, columns] = asked(request);
  return rows * columns <= SAMPLES;
}

function asked(request: ConnectionRequest): readonly [rows: number, columns: number] {
  return MAKINGS[request.rule].asks?.(request) ?? [sizeOf(request.source), sizeOf(request.target)];
}

function meanOf(request: ConnectionRequest, value: (a: number, b: number) => number): number {
  const [rows, columns] = asked(request),
    whole = rows * columns <= SAMPLES,
    count = whole ? rows * columns : SAMPLES,
    draws = stream(request.seed, `${request.name}/predict`);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const a = whole ? Math.floor(k / columns) : Math.floor(uniform(draws, k, 0) * rows);
    sum += value(a, whole ? k % columns : Math.floor(uniform(draws, k, 1) * columns));
  }
  return sum / count;
}

/** Distinct delays among a sample of draws. */
function predictDelays(request: ConnectionRequest): number {
  const { delay, source, target, pairs } = request;
  if (typeof delay === "number") return 1;
  const rows = Math.min(64, sizeOf(source)),
    perRow = Math.min(64, sizeOf(target)),
    given = pairs?.sources.length ?? 0;
  const seen = new Set<number>(),
    draws = stream(request.seed, `${request.name}/delay`),
    drawn = new Int32Array(perRow),
    numbers = given > 0 ? new Int32Array(perRow) : null;
  const targets = Int32Array.from(drawn, (_, k) => target.first + Math.floor((k * sizeOf(target)) / perRow));
  for (let r = 0; r < rows; r++) {
    const i = source.first + Math.floor((r * sizeOf(source)) / rows),
      row = rowStream(draws, i);
    for (let k = 0; k < perRow && numbers !== null; k++) numbers[k] = (r * perRow + k) % given;
    drawRow(delay, drawn, 0, perRow, row, i, targets, numbers, request.name);
    for (const steps of drawn) seen.add(steps);
  }
  return seen.size;
}
