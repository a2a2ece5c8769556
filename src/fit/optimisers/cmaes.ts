// CMA-ES: the covariance of the points to come follows the steps that were successful. N. Hansen, The CMA evolution strategy: a tutorial, arXiv:1604.00772 (2016); equations by their numbers there.
import { exp, log, sqrt } from "../../runtime/math.ts";
import { normal, stream } from "../../runtime/random.ts";
import { eigen } from "../eigen.ts";
import type { Optimiser, Search, SearchStart } from "./optimiser.ts";

export const cmaes: Optimiser = {
  name: "cmaes",
  words: "CMA-ES (Hansen 2016)",
  // Equation 48.
  population: (numbers) => 4 + Math.floor(3 * log(numbers)),
  start,
};

/** Steps shorter than this part of the box are none. */
const SHORTEST = 1e-6;
/** Losses of the last generations that differ by less do not differ. */
const FLAT = 1e-9;
const WORST_CONDITION = 1e14;

function start({ point, spread, population: λ, seed, restart }: SearchStart): Search {
  const n = point.length;
  const μ = λ >> 1;
  // Table 1; all of it is of n and λ alone.
  const raw = Array.from({ length: μ }, (_, i) => log((λ + 1) / 2) - log(i + 1));
  const total = raw.reduce((a, b) => a + b, 0);
  const w = raw.map((x) => x / total);
  const μeff = 1 / w.reduce((sum, x) => sum + x * x, 0);
  const cσ = (μeff + 2) / (n + μeff + 5);
  const dσ = 1 + 2 * Math.max(0, sqrt((μeff - 1) / (n + 1)) - 1) + cσ;
  const cc = (4 + μeff / n) / (n + 4 + (2 * μeff) / n);
  const c1 = 2 / ((n + 1.3) * (n + 1.3) + μeff);
  const cμ = Math.min(1 - c1, (2 * (0.25 + μeff + 1 / μeff - 2)) / ((n + 2) * (n + 2) + μeff));
  const χ = sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

  const draws = stream(seed, `fit/cmaes ${restart}`);
  let m = [...point];
  let σ = spread;
  const pσ = new Array<number>(n).fill(0);
  const pc = new Array<number>(n).fill(0);
  const C = identity(n);
  let { values: D2, vectors: B } = eigen(C);
  let D = D2.map(() => 1);
  let generation = 0;
  let decomposed = 0;
  let steps: number[][] = [];
  let ended: string | null = null;
  const bests: number[] = [];

  return {
    get centre() {
      return m.map(folded);
    },
    get ended() {
      return ended;
    },
    ask() {
      // Equations 38 to 40: x = m + σ B D z.
      steps = Array.from({ length: λ }, (_, k) => {
        const z = Array.from({ length: n }, (_, i) => normal(draws, k * n + i, generation));
        return Array.from({ length: n }, (_, i) =>
          z.reduce((sum, x, j) => sum + at(B, i, j) * (D[j] as number) * x, 0),
        );
      });
      return steps.map((y) => y.map((d, i) => folded((m[i] as number) + σ * d)));
    },
    tell(losses) {
      generation++;
      const order = losses.map((_, k) => k).sort((a, b) => rank(losses[a]) - rank(losses[b]) || a - b);
      const best = order.slice(0, μ).map((k) => steps[k] as number[]);
      // Equations 41 and 42.
      const mean = Array.from({ length: n }, (_, i) =>
        best.reduce((sum, y, k) => sum + (w[k] as number) * (y[i] as number), 0),
      );
      m = m.map((x, i) => x + σ * (mean[i] as number));
      // Equation 43: C^(-1/2) = B D^-1 B'.
      const turned = Array.from(
        { length: n },
        (_, j) => mean.reduce((sum, x, i) => sum + at(B, i, j) * x, 0) / (D[j] as number),
      );
      const white = Array.from({ length: n }, (_, i) => turned.reduce((sum, x, j) => sum + at(B, i, j) * x, 0));
      for (let i = 0; i < n; i++)
        pσ[i] = (1 - cσ) * (pσ[i] as number) + sqrt(cσ * (2 - cσ) * μeff) * (white[i] as number);
      const length = sqrt(pσ.reduce((sum, x) => sum + x * x, 0));
      // Equation 44.
      σ *= exp(Math.min(1, (cσ / dσ) * (length / χ - 1)));
      const h = length / sqrt(1 - pow2(1 - cσ, generation)) < (1.4 + 2 / (n + 1)) * χ ? 1 : 0;
      // Equations 45 and 47.
      for (let i = 0; i < n; i++)
        pc[i] = (1 - cc) * (pc[i] as number) + h * sqrt(cc * (2 - cc) * μeff) * (mean[i] as number);
      const kept = 1 - c1 - cμ + (1 - h) * c1 * cc * (2 - cc);
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) {
          const spread = best.reduce((sum, y, k) => sum + (w[k] as number) * (y[i] as number) * (y[j] as number), 0);
          const c = kept * at(C, i, j) + c1 * (pc[i] as number) * (pc[j] as number) + cμ * spread;
          (C[i] as number[])[j] = c;
          (C[j] as number[])[i] = c;
        }
      if (generation - decomposed > 1 / ((c1 + cμ) * n * 10)) {
        decomposed = generation;
        ({ values: D2, vectors: B } = eigen(C));
        D = D2.map((x) => sqrt(Math.max(x, 1e-30)));
      }
      const lowest = losses[order[0] as number] as number;
      bests.push(lowest);
      const span = 10 + Math.ceil((30 * n) / λ);
      const last = bests.slice(-span);
      const [small, large] = [Math.min(...D), Math.max(...D)];
      if (σ * large < SHORTEST) ended = "its steps have become too short to matter";
      else if (last.length === span && Math.max(...last) - Math.min(...last) < FLAT)
        ended = "the loss no longer changes";
      else if (large * large > WORST_CONDITION * small * small) ended = "its steps have become lines";
    },
  };
}

/** NaN is worst of all. */
function rank(loss: number | undefined): number {
  return loss === undefined || Number.isNaN(loss) ? Infinity : loss === Infinity ? Number.MAX_VALUE : loss;
}

/** Mirrored at the walls of the box until it lies in it: no point is lost, and none is a bound by chance. */
export function folded(x: number): number {
  const y = Math.abs(x % 2);
  return y > 1 ? 2 - y : y;
}

function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

function at(matrix: readonly (readonly number[])[], i: number, j: number): number {
  return (matrix[i] as readonly number[])[j] as number;
}

/** base^(2 k), base in [0, 1]. */
function pow2(base: number, k: number): number {
  return base <= 0 ? 0 : exp(2 * k * log(base));
}
