// What can be connected at all: what no connectivity can meet is refused at once, in the modeller's terms.

import { ConnectionError } from "./connectError.ts";
import type { ConnectionEnd, ConnectionRequest } from "./connectRequest.ts";

export function sizeOf(end: ConnectionEnd): number {
  return end.last < end.first ? 0 : end.last - end.first + 1;
}

/** Whether neuron i is at both ends and may not connect to itself. */
export function lacksSelf(request: ConnectionRequest, i: number): boolean {
  return (
    request.same &&
    !request.self &&
    i >= request.source.first &&
    i <= request.source.last &&
    i >= request.target.first &&
    i <= request.target.last
  );
}

/** Pairs that the ends leave: all but those of a neuron with itself, if they are off. */
export function possiblePairs(request: ConnectionRequest): number {
  const { source, target, same, self } = request;
  const shared =
    same && !self ? Math.max(0, Math.min(source.last, target.last) - Math.max(source.first, target.first) + 1) : 0;
  return sizeOf(source) * sizeOf(target) - shared;
}

/** The n of a rule, a whole number; what the rounding of 0.57*100 left over is forgiven. */
export function wholeNumber(request: ConnectionRequest): number {
  const { n, name, rule } = request,
    whole = Math.round(n ?? NaN);
  if (whole >= 0 && whole < Infinity && Math.abs(n! - whole) <= 1e-9 * Math.max(1, whole)) return whole;
  throw new ConnectionError(name, `${rule} of \`${name}\` is a whole number of at least 0, not ${n ?? "nothing"}`);
}

/** A probability, or a UsageError that names the pair it is for. */
export function probability(p: number, name: string, i?: number, j?: number): number {
  if (p >= 0 && p <= 1) return p;
  throw new ConnectionError(
    name,
    `the probability of \`${name}\`${i === undefined ? "" : ` from neuron ${i} to neuron ${j}`} lies between 0 and 1, not at ${p}`,
  );
}

/** Throws unless each target can have n `sources`, or each source n `targets`. */
export function demandDegree(request: ConnectionRequest, of: "sources" | "targets"): void {
  const { source, target } = request,
    [each, candidates] = of === "sources" ? [target, source] : [source, target],
    n = wholeNumber(request);
  if (sizeOf(each) === 0) return;
  // A neuron that is at both ends lacks itself as a candidate; a condition can only leave fewer.
  const shared = Math.max(source.first, target.first),
    fewer = lacksSelf(request, shared),
    all = each.first >= candidates.first && each.last <= candidates.last;
  demandCandidates(request, of, n, sizeOf(candidates) - (fewer ? 1 : 0), fewer && !all ? shared : null);
}

/** Throws unless a neuron (null: each) with so many candidates can have n connections. */
export function demandCandidates(
  request: ConnectionRequest,
  of: "sources" | "targets",
  n: number,
  candidates: number,
  neuron: number | null,
): void {
  if (n <= candidates || (request.multiple && candidates > 0)) return;
  const [one, others] = of === "sources" ? ["target", "source"] : ["source", "target"],
    who = neuron === null ? `each ${one}` : `${one} ${neuron}`;
  const has =
    candidates === 0 ? `no possible ${others}` : `only ${candidates} possible ${others}${candidates === 1 ? "" : "s"}`;
  throw new ConnectionError(
    request.name,
    `${request.rule} ${n} of \`${request.name}\`: ${who} has ${has}${candidates === 0 ? "" : "; `allow multiple` or fewer"}`,
  );
}

/** Throws unless n connections can be made of so many possible pairs. */
export function demandPairs(request: ConnectionRequest, n: number, possible: number): void {
  if (n <= possible || (request.multiple && possible > 0)) return;
  const has =
    possible === 0
      ? "no pair is possible"
      : `only ${possible} pair${possible === 1 ? " is" : "s are"} possible; \`allow multiple\` or fewer`;
  throw new ConnectionError(request.name, `total ${n} of \`${request.name}\`: ${has}`);
}
