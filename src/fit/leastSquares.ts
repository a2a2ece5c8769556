// Least squares for what is smooth: K. Levenberg, Q. Appl. Math. 2:164 (1944), D. Marquardt, SIAM J. Appl. Math. 11:431 (1963), in the unit box. What is affine is there after one step.
import { solve } from "./solve.ts";

/** Residuals at points of the box; null where there are none. */
export type Residuals = (points: readonly (readonly number[])[]) => Promise<readonly (Float64Array | null)[]>;

export interface LeastSquares {
  readonly point: readonly number[];
  /** Sum of squares. */
  readonly squares: number;
  readonly residuals: Float64Array;
  /** By number: d residual/d coordinate at the point. */
  readonly slopes: readonly Float64Array[];
  readonly steps: number;
  /** Points of which residuals were taken. */
  readonly evaluations: number;
  readonly converged: boolean;
}

/** A part of the box over which a slope is taken. */
const DIFFERENCE = 1e-5;
const MOST_STEPS = 30;
/** Steps that take less of the sum of squares are too short to go on, where there are two of them. */
const GAIN = 1e-4;
/** Candidates for the next step side by side: from bold to careful. */
const DAMPING = [1e-8, 1e-3, 0.1, 10];

/** Null where there are no residuals at the start. */
export async function leastSquares(
  residualsAt: Residuals,
  start: readonly number[],
  stopped: () => boolean,
  mostSteps = MOST_STEPS,
): Promise<LeastSquares | null> {
  let point = [...start];
  let evaluations = 0;
  let short = 0;
  for (let step = 0; ; step++) {
    const all = await residualsAt([point, ...point.map((_, i) => aside(point, i))]);
    evaluations += all.length;
    const r = all[0] ?? null;
    if (r === null) return null;
    const slopes = point.map((x, i): Float64Array => {
      const there = all[1 + i] ?? r;
      const width = (aside(point, i)[i] as number) - x;
      return there.map((y, k) => (y - (r[k] as number)) / width);
    });
    const squares = dot(r, r);
    const found = (converged: boolean): LeastSquares => ({
      point,
      squares,
      residuals: r,
      slopes,
      steps: step,
      evaluations,
      converged,
    });
    if (step === mostSteps || stopped()) return found(false);
    const gradient = slopes.map((s) => dot(s, r));
    const curvature = slopes.map((a) => slopes.map((b) => dot(a, b)));
    const scale = Math.max(1e-300, ...curvature.map((row, i) => row[i] as number));
    const next = DAMPING.flatMap((λ) => {
      const damped = curvature.map((row, i) => row.map((x, j) => (i === j ? x + λ * Math.max(x, 1e-9 * scale) : x)));
      // A coordinate that a bound holds back stands still.
      const held = point.map(
        (x, i) => (x <= 0 && (gradient[i] as number) > 0) || (x >= 1 && (gradient[i] as number) < 0),
      );
      const rows = damped.map((row, i) => row.map((x, j) => (held[i] || held[j] ? (i === j ? 1 : 0) : x)));
      const move = solve(
        rows,
        gradient.map((g, i) => (held[i] === true ? 0 : -g)),
      );
      return move === null ? [] : [point.map((x, i) => Math.min(1, Math.max(0, x + (move[i] as number))))];
    });
    const tried = await residualsAt(next);
    evaluations += tried.length;
    let [best, least] = [-1, squares];
    tried.forEach((residuals, k) => {
      const sum = residuals === null ? Infinity : dot(residuals, residuals);
      if (sum < least) [best, least] = [k, sum];
    });
    if (best < 0) return found(true);
    short = squares - least < GAIN * squares ? short + 1 : 0;
    point = next[best] as number[];
    // Slopes at the last point and at the one before differ by nothing that counts.
    if (short === 2) return { ...found(true), point, squares: least, residuals: tried[best] as Float64Array };
  }
}

/** The same residuals, of which what is asked at the same time is taken at once. */
export function gathered(residualsAt: Residuals): Residuals {
  let asked: { readonly points: Parameters<Residuals>[0]; readonly answer: (found: ReturnType<Residuals>) => void }[] =
    [];
  return (points) =>
    new Promise((answer) => {
      asked.push({ points, answer });
      if (asked.length > 1) return;
      queueMicrotask(() => {
        const all = asked;
        asked = [];
        const found = residualsAt(all.flatMap((a) => a.points));
        let at = 0;
        for (const { points: own, answer: tell } of all) {
          const first = at;
          at += own.length;
          tell(found.then((residuals) => residuals.slice(first, first + own.length)));
        }
      });
    });
}

/** The point, a little inwards along one coordinate. */
export function aside(point: readonly number[], i: number): number[] {
  return point.map((x, k) => (k !== i ? x : x > 0.5 ? x - DIFFERENCE : x + DIFFERENCE));
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
