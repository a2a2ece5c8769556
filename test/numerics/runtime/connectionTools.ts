// What tests of connectivity share: requests in short, connections as a list, and how likely a sum of squares is.

import { connect, type ConnectionRequest, type Connections } from "../../../src/runtime/connectivity.ts";
import { erf, exp, sqrt } from "../../../src/runtime/math.ts";

/** `sources` and `targets` are sizes; with one of them, a population connected to itself. */
export function asking(
  rule: ConnectionRequest["rule"],
  sources: number,
  targets: number | null,
  more: Partial<ConnectionRequest> = {},
): ConnectionRequest {
  const end = (size: number) => ({ size, first: 0, last: size - 1 });
  return {
    name: "exc",
    seed: 1,
    source: end(sources),
    target: end(targets ?? sources),
    same: targets === null,
    rule,
    self: false,
    multiple: false,
    delay: 0,
    bytesPerConnection: 0,
    ...more,
  };
}

export interface Listed {
  readonly i: number;
  readonly j: number;
  readonly delay: number;
  readonly rank: number;
  readonly pair: number;
}

/** Every connection in the order in which it lies in memory; throws where the layout breaks its promises. */
export function list(c: Connections): Listed[] {
  const found: Listed[] = [],
    distinct = c.delays.length,
    rows = (c.starts.length - 1) / distinct;
  if (!Number.isInteger(rows) || c.starts[0] !== 0 || c.starts.at(-1) !== c.count || c.target.length !== c.count)
    throw new Error("lengths");
  for (let r = 0; r < rows; r++) {
    for (let d = 0; d < distinct; d++) {
      for (let k = c.starts[r * distinct + d]!; k < c.starts[r * distinct + d + 1]!; k++) {
        if (k > c.starts[r * distinct + d]! && c.target[k]! < c.target[k - 1]!)
          throw new Error(`targets descend at ${k}`);
        found.push({
          i: c.firstSource + r,
          j: c.target[k]!,
          delay: c.delays[d]!,
          rank: c.rank?.[k] ?? k - c.starts[r * distinct]!,
          pair: c.pair?.[k] ?? -1,
        });
      }
    }
  }
  return found;
}

/** "0>1 0>2" */
export function arrows(request: ConnectionRequest): string {
  return list(connect(request))
    .map(({ i, j }) => `${i}>${j}`)
    .join(" ");
}

/** Connections of each source and of each target. */
export function degrees(
  c: Connections,
  sources: number,
  targets: number,
): { readonly out: number[]; readonly in: number[] } {
  const out = Array<number>(sources).fill(0),
    into = Array<number>(targets).fill(0);
  for (const { i, j } of list(c)) {
    out[i]!++;
    into[j]!++;
  }
  return { out, in: into };
}

/** Probability that χ² of so many degrees of freedom is at least x: E. B. Wilson & M. M. Hilferty, PNAS 17, 684 (1931). */
export function chiSquaredTail(x: number, freedom: number): number {
  const z = ((x / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / sqrt(2 / (9 * freedom));
  return 0.5 * (1 - erf(z / Math.SQRT2));
}

/** p of the observed counts given their expectations, cells that expect fewer than 10 taken together. */
export function fit(observed: readonly number[], expected: readonly number[]): number {
  let chi2 = 0,
    cells = 0,
    restObserved = 0,
    restExpected = 0;
  expected.forEach((e, k) => {
    if (e < 10) {
      restObserved += observed[k]!;
      restExpected += e;
      return;
    }
    chi2 += (observed[k]! - e) ** 2 / e;
    cells++;
  });
  if (restExpected >= 5) {
    chi2 += (restObserved - restExpected) ** 2 / restExpected;
    cells++;
  } else if (restObserved > restExpected + 5 * sqrt(restExpected + 1)) return 0;
  return chiSquaredTail(chi2, cells - 1);
}

/** How often each whole number 0 .. most occurs. */
export function tally(values: Iterable<number>, most: number): number[] {
  const counts = Array<number>(most + 1).fill(0);
  for (const value of values) counts[value]!++;
  return counts;
}

/** Probabilities of 0 .. n successes. */
export function binomial(n: number, p: number): number[] {
  return Array.from({ length: n + 1 }, (_, k) => exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p)));
}

/** Probabilities of 0 .. n marked ones in n of `total` without replacement. */
export function hypergeometric(total: number, marked: number, n: number): number[] {
  return Array.from({ length: n + 1 }, (_, k) =>
    k > marked || n - k > total - marked
      ? 0
      : exp(logChoose(marked, k) + logChoose(total - marked, n - k) - logChoose(total, n)),
  );
}

/** Largest distance of the given p values from a uniform distribution, times the root of their number (Kolmogorov and Smirnov: above 1.95 in one of 1000). */
export function unevenness(p: readonly number[]): number {
  const sorted = [...p].sort((a, b) => a - b),
    n = sorted.length;
  return sqrt(n) * Math.max(...sorted.map((x, k) => Math.max((k + 1) / n - x, x - k / n)));
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let m = 1; m <= k; m++) sum += Math.log((n - k + m) / m);
  return sum;
}
