// Adaptive integration of stiff equations, whose fastest motion has long died out: a Rosenbrock method of order 4, which solves with the Jacobian instead of iterating.
import type { Derivatives } from "./adaptive.ts";
import { TooManySubsteps } from "./endless.ts";
import { growth, MOST_SUBSTEPS } from "./substeps.ts";

/** Writes ∂f_i/∂y_j of the states that move into J, row by row, and ∂f_i/∂t into ft, both in the order in which these are solved for. */
export type Slopes = (t: number, y: Float64Array, J: Float64Array, ft: Float64Array) => void;

/**
 * Integrates y in place from t to t + h and returns the substep it would try next. The estimated error of each substep is within
 * atol + rtol*|y| in every component. Where that needs substeps below 1e-12 h, or nothing stays finite, y is left NaN.
 * @throws TooManySubsteps where it takes more of them than it may.
 * `firstSubstep` is what the last call returned; anything not positive and finite means "choose".
 */
export interface Rosenbrock {
  (f: Derivatives, slopes: Slopes, t: number, y: Float64Array, h: number, firstSubstep: number): number;
  /** How many substeps the last call took. */
  accepted: number;
}

/**
 * RODAS of E. Hairer & G. Wanner, Solving Ordinary Differential Equations II (2nd ed., 1996), IV.7 and their code rodas.f, method 1: six stages, order 4 with an embedded
 * order 3, L-stable and stiffly accurate. In its form for stages u = Γk: (1/(γh) - J) u_i = f(t + c_i h, y + Σ a_ij u_j) + Σ C_ij u_j/h + h d_i f_t; the error is u_6.
 */
export const RODAS = {
  γ: 0.25,
  c: [0, 0.386, 0.21, 0.63, 1, 1],
  d: [0.25, -0.1043, 0.1035, -0.03620000000000023, 0, 0],
  a: [
    [],
    [1.544],
    [0.9466785280815826, 0.2557011698983284],
    [3.314825187068521, 2.896124015972201, 0.9986419139977817],
    [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
    [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1],
  ],
  C: [
    [],
    [-5.6688],
    [-2.430093356833875, -0.2063599157091915],
    [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
    [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
    [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
  ],
} as const;

/**
 * An integrator of the states at these places of y, which are solved for in this order; the others stand still. Its work space is allocated once and shared by all neurons it
 * serves, whose y have one length.
 */
export function rosenbrock(
  places: readonly number[],
  rtol: number,
  atol: number,
  mostSubsteps = MOST_SUBSTEPS,
): Rosenbrock {
  const n = places.length,
    place = Int32Array.from(places);
  const { γ, c, d } = RODAS,
    stages = c.length;
  const a: readonly (readonly number[])[] = RODAS.a,
    C: readonly (readonly number[])[] = RODAS.C;
  const J = new Float64Array(n * n),
    ft = new Float64Array(n),
    u = RODAS.c.map(() => new Float64Array(n));
  const W = new Float64Array(n * n),
    pivots = new Int32Array(n);
  // As long as y.
  let first = new Float64Array(0),
    trial = new Float64Array(0),
    right = new Float64Array(0);

  /** The place of the state with the largest part in the error. */
  let worst = 0;

  /** Tries one substep from y at time t into `trial`; the largest estimated error in units of what is allowed, NaN if anything is not finite. */
  function attempt(f: Derivatives, t: number, y: Float64Array, step: number): number {
    for (let k = 0; k < n * n; k++) W[k] = -J[k]!;
    for (let i = 0; i < n; i++) W[i * n + i]! += 1 / (γ * step);
    if (!eliminate(W, pivots, n)) return NaN;
    for (let stage = 0; stage < stages; stage++) {
      for (let i = 0; i < n; i++) {
        let sum = y[place[i]!]!;
        for (let j = 0; j < stage; j++) sum += a[stage]![j]! * u[j]![i]!;
        trial[place[i]!] = sum;
      }
      if (stage === 0) right.set(first);
      else f(t + c[stage]! * step, trial, right);
      const solution = u[stage]!;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < stage; j++) sum += C[stage]![j]! * u[j]![i]!;
        solution[i] = right[place[i]!]! + sum / step + step * d[stage]! * ft[i]!;
      }
      substituteBack(W, pivots, solution, n);
    }
    const error = u[stages - 1]!;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const p = place[i]!;
      trial[p]! += error[i]!;
      const allowed = atol + rtol * Math.max(Math.abs(y[p]!), Math.abs(trial[p]!));
      // 0/0 where nothing is allowed and nothing is wrong
      const part = error[i] === 0 ? 0 * trial[p]! : Math.abs(error[i]!) / allowed;
      if (part > largest) worst = p;
      largest = Math.max(largest, part);
    }
    return largest;
  }

  const integrate: Rosenbrock = Object.assign(
    (f: Derivatives, slopes: Slopes, t: number, y: Float64Array, h: number, firstSubstep: number): number => {
      integrate.accepted = 0;
      if (trial.length !== y.length)
        [first, trial, right] = [new Float64Array(y.length), new Float64Array(y.length), new Float64Array(y.length)];
      trial.set(y);
      let substep = firstSubstep > 0 && firstSubstep < Infinity ? firstSubstep : h;
      const smallest = 1e-12 * h;
      let done = 0,
        rejected = false,
        tried = 0;
      while (done < h) {
        const last = done + substep * 1.01 >= h,
          step = last ? h - done : substep;
        if (!rejected) {
          f(t + done, y, first);
          slopes(t + done, y, J, ft);
        }
        const wrong = attempt(f, t + done, y, step);
        if (wrong <= 1) {
          integrate.accepted++;
          y.set(trial);
          done = last ? h : done + step;
          const proposed = step * growth(wrong, rejected, 0.25);
          // a substep cut short by the end of h says nothing against the one that was planned
          substep = last && step < substep ? Math.max(substep, proposed) : proposed;
          rejected = false;
        } else {
          substep = step * (wrong < Infinity ? growth(wrong, true, 0.25) : 0.1);
          rejected = true;
        }
        if (++tried > mostSubsteps) throw new TooManySubsteps(t + done, worst);
        if (!(substep >= smallest)) {
          y.fill(NaN);
          return h;
        }
      }
      return substep;
    },
    { accepted: 0 },
  );
  return integrate;
}

/** LU in place with rows exchanged; false where a pivot is 0 or not finite. */
function eliminate(A: Float64Array, pivots: Int32Array, n: number): boolean {
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i * n + k]!) > Math.abs(A[p * n + k]!)) p = i;
    const pivot = A[p * n + k]!;
    if (!(Math.abs(pivot) > 0 && Math.abs(pivot) < Infinity)) return false;
    pivots[k] = p;
    if (p !== k) {
      for (let j = 0; j < n; j++) {
        const kept = A[k * n + j]!;
        A[k * n + j] = A[p * n + j]!;
        A[p * n + j] = kept;
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = A[i * n + k]! / pivot;
      A[i * n + k] = factor;
      if (factor !== 0) for (let j = k + 1; j < n; j++) A[i * n + j]! -= factor * A[k * n + j]!;
    }
  }
  return true;
}

function substituteBack(A: Float64Array, pivots: Int32Array, x: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    const p = pivots[k]!;
    const kept = x[k]!;
    x[k] = x[p]!;
    x[p] = kept;
  }
  for (let i = 1; i < n; i++) {
    let sum = x[i]!;
    for (let j = 0; j < i; j++) sum -= A[i * n + j]! * x[j]!;
    x[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let j = i + 1; j < n; j++) sum -= A[i * n + j]! * x[j]!;
    x[i] = sum / A[i * n + i]!;
  }
}
