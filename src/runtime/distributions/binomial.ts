// `binomial(n, p)`: successes in n trials of probability p.
import { exp, floor, log, log1p, sqrt } from "../math.ts";
import { uniform, type Stream } from "../random.ts";
import { invert, logBinomial } from "./counting.ts";
import { demandDrawn, ROUNDS, type Distribution } from "./distribution.ts";

export const binomialDistribution = {
  arguments: [
    {
      name: "n",
      problem: (n) =>
        n < 0 || (Number.isFinite(n) && !Number.isInteger(n))
          ? "the number of trials must be a whole number, 0 or more"
          : null,
    },
    { name: "p", problem: (p) => (p < 0 || p > 1 ? "the probability must be between 0 and 1" : null) },
  ],
  usage: "binomial(10, 0.5)",
  counts: true,
  moves: 0,
  range: ([n = NaN]) => [0, n],
  middle: ([n = 0, p = 0]) => Math.round(n * p),
  draw: drawBinomial,
  also: [],
} as const satisfies Distribution;

/** Inversion below 10 expected, else transformed rejection (BTRS; W. Hörmann, J. Stat. Comput. Simul. 46, 101, 1993). */
export function drawBinomial(s: Stream, index: number, n: number, p: number, attempt: number = 0): number {
  demandDrawn(s, n >= 0 && n <= 1e9 && n === floor(n), "a binomial distribution", "a whole number n from 0 to 1e9", n);
  demandDrawn(s, p >= 0 && p <= 1, "a binomial distribution", "a probability from 0 to 1", p);
  if (p > 0.5) return n - drawBinomial(s, index, n, 1 - p, attempt);
  const first = ROUNDS * attempt,
    q = 1 - p,
    odds = p / q;
  if (n * p < 10) return invert(uniform(s, index, first), exp(n * log1p(-p)), (k) => ((n - k + 1) / k) * odds);
  const spread = sqrt(n * p * q),
    b = 1.15 + 2.53 * spread,
    a = 0.0248 * b + 0.01 * p - 0.0873;
  const squeeze = 0.92 - 4.2 / b,
    acceptance = (2.83 + 5.1 / b) * spread,
    atMode = logBinomial(floor((n + 1) * p), n, p);
  for (let round = first; ; round += 2) {
    const u = uniform(s, index, round) - 0.5,
      v = uniform(s, index, round + 1),
      edge = 0.5 - Math.abs(u);
    const k = floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    if (log((v * acceptance) / (a / (edge * edge) + b)) <= logBinomial(k, n, p) - atMode) return k;
  }
}
