// How many connections a projection will have and what they take, without building them.

import { checkRequest, lacksSelf, possiblePairs, probability, sizeOf } from "./connectCheck.ts";
import { drawRow } from "./connectDelays.ts";
import { bytesFor } from "./connectMemory.ts";
import type { ConnectionRequest } from "./connectRequest.ts";
import { rowStream, stream, uniform } from "./random.ts";

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
  const { name, source, target, rule, p, n = 0, where, pairs } = request,
    sources = sizeOf(source),
    targets = sizeOf(target);
  if (sources === 0 || targets === 0) return 0;
  switch (rule) {
    case "indegree":
      return n * targets;
    case "outdegree":
      return n * sources;
    case "total":
      return n;
    case "one_to_one":
      return where === undefined
        ? sources
        : sources * meanOf(request, sources, 1, (k) => (where(source.first + k, target.first + k) ? 1 : 0));
    case "pairs": {
      const given = pairs?.sources.length ?? 0;
      return given === 0 || where === undefined
        ? given
        : given * meanOf(request, given, 1, (k) => (where(pairs!.sources[k]!, pairs!.targets[k]!) ? 1 : 0));
    }
    case "all":
    case "random": {
      const chance = rule === "all" ? 1 : (p ?? 0);
      if (typeof chance === "number" && where === undefined) return possiblePairs(request) * chance;
      return (
        sources *
        targets *
        meanOf(request, sources, targets, (a, b) => {
          const i = source.first + a,
            j = target.first + b;
          if ((i === j && lacksSelf(request, i)) || !(where?.(i, j) ?? true)) return 0;
          return typeof chance === "number" ? chance : probability(chance(i, j), name, i, j);
        })
      );
    }
  }
}

/** Whether a prediction that a condition decides has looked at every pair. */
export function isExact({ source, target, rule, pairs }: ConnectionRequest): boolean {
  return (
    (rule === "pairs"
      ? (pairs?.sources.length ?? 0)
      : rule === "one_to_one"
        ? sizeOf(source)
        : sizeOf(source) * sizeOf(target)) <= SAMPLES
  );
}

/** Mean over all pairs (a, b), or over a sample of them where there are many. */
function meanOf(
  request: ConnectionRequest,
  rows: number,
  columns: number,
  value: (a: number, b: number) => number,
): number {
  const whole = rows * columns <= SAMPLES,
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
    given = request.rule === "pairs" ? pairs!.sources.length : 0;
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
