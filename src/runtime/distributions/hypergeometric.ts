// How many of `marked` are in a sample without replacement: for rules that share connections out.
import { exp, floor } from "../math.ts";
import { uniform, type Stream } from "../random.ts";
import { logBinomial } from "./counting.ts";
import { demandDrawn, ROUNDS } from "./distribution.ts";

/**
 * How many of `marked` among `total` are in a sample of n without replacement, all up to 2^53: inversion from the mode outwards, in time that grows with the standard deviation.
 * The probability is that of three binomials (C. Loader 2000), so it is right for large numbers too.
 */
export function drawHypergeometric(
  s: Stream,
  index: number,
  total: number,
  marked: number,
  n: number,
  attempt: number = 0,
): number {
  demandDrawn(
    s,
    total >= 0 && total <= 2 ** 53 && total === floor(total),
    "a hypergeometric distribution",
    "a whole total from 0 to 2^53",
    total,
  );
  demandDrawn(
    s,
    marked >= 0 && marked <= total && marked === floor(marked),
    "a hypergeometric distribution",
    `a whole number of marked ones from 0 to ${total}`,
    marked,
  );
  demandDrawn(
    s,
    n >= 0 && n <= total && n === floor(n),
    "a hypergeometric distribution",
    `a whole n from 0 to ${total}`,
    n,
  );
  const unmarked = total - marked,
    least = Math.max(0, n - unmarked),
    most = Math.min(n, marked);
  if (least === most) return least;
  const mode = Math.min(most, Math.max(least, floor(((n + 1) / (total + 2)) * (marked + 1)))),
    p = n / total;
  let above = mode,
    below = mode,
    pAbove = exp(logBinomial(mode, marked, p) + logBinomial(n - mode, unmarked, p) - logBinomial(n, total, p)),
    pBelow = pAbove;
  let rest = uniform(s, index, ROUNDS * attempt) - pAbove;
  // What is left when neither side has anything to speak of is rounding.
  while (rest >= 0 && pAbove + pBelow > 1e-18) {
    pAbove *= above < most ? ((marked - above) / (above + 1)) * ((n - above) / (unmarked - n + above + 1)) : 0;
    rest -= pAbove;
    above++;
    if (rest < 0) return above;
    pBelow *= below > least ? (below / (marked - below + 1)) * ((unmarked - n + below) / (n - below + 1)) : 0;
    rest -= pBelow;
    below--;
    if (rest < 0) return below;
  }
  return mode;
}
