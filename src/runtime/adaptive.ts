// Adaptive integration of what is neither linear nor happy with a fixed step: Dormand and Prince's pair of orders 5 and 4.

import { TooManySubsteps } from "./endless.ts";
import { growth, MOST_SUBSTEPS } from "./substeps.ts";

/** Writes the derivatives at time t (ms) and state y into dy; dy is never y. */
export type Derivatives = (t: number, y: Float64Array, dy: Float64Array) => void;

/**
 * Integrates y in place from t to t + h and returns the substep it would try next. The estimated error of each substep is within
 * atol + rtol*|y| in every component. Where that needs substeps below 1e-12 h, or nothing stays finite, y is left NaN.
 * @throws TooManySubsteps where it takes more than 20,000 of them.
 * `firstSubstep` is what the last call returned; anything not positive and finite means "choose".
 */
export interface Adaptive {
  (f: Derivatives, t: number, y: Float64Array, h: number, firstSubstep: number): number;
  /** How many substeps the last call took. */
  accepted: number;
}

/** A pair of embedded Runge-Kutta formulae of seven stages; the last stage is the first of the next substep. */
export interface Tableau {
  /** Times of the stages, in substeps. */
  readonly c: readonly number[];
  /** Weights of earlier stages in each stage; the last row is the solution of order 5. */
  readonly a: readonly (readonly number[])[];
  /** Weights of the solution of order 4. */
  readonly low: readonly number[];
}

/** RK5(4)7M of J. R. Dormand & P. J. Prince, J. Comput. Appl. Math. 6, 19 (1980), table 2. */
export const DORMAND_PRINCE: Tableau = {
  c: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  a: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  low: [5179 / 57600, 0, 7571 / 16695, 393 / 640, -92097 / 339200, 187 / 2100, 1 / 40],
};

/** An integrator for n states; its work space is allocated once and shared by all neurons it serves. */
export function dormandPrince(n: number, rtol: number, atol: number): Adaptive {
  const { c, a, low } = DORMAND_PRINCE,
    stages = c.length;
  const weights = a.map((row) => Float64Array.from(row)),
    solution = weights[stages - 1]!;
  const error = Float64Array.from(low, (weight, i) => (solution[i] ?? 0) - weight);
  const slopes = c.map(() => new Float64Array(n)),
    trial = new Float64Array(n);

  /** trial = y + step * (row of weights) · slopes */
  function combine(y: Float64Array, step: number, row: Float64Array): void {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += row[j]! * slopes[j]![i]!;
      trial[i] = y[i]! + step * sum;
    }
  }

  /** The state with the largest part in it. */
  let worst = 0;

  /** The largest estimated error, in units of what is allowed; NaN if anything is not finite. */
  function excess(y: Float64Array, step: number): number {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < stages; j++) sum += error[j]! * slopes[j]![i]!;
      const allowed = atol + rtol * Math.max(Math.abs(y[i]!), Math.abs(trial[i]!));
      // 0/0 where nothing is allowed and nothing is wrong
      const part = sum === 0 ? 0 * trial[i]! : Math.abs(step * sum) / allowed;
      if (part > largest) worst = i;
      largest = Math.max(largest, part);
    }
    return largest;
  }

  const integrate: Adaptive = Object.assign(
    (f: Derivatives, t: number, y: Float64Array, h: number, firstSubstep: number): number => {
      integrate.accepted = 0;
      let substep = firstSubstep > 0 && firstSubstep < Infinity ? firstSubstep : h;
      const smallest = 1e-12 * h;
      let done = 0,
        taken = 0,
        rejected = false; // `done` is relative to t, so that a late t does not blunt the steps
      f(t, y, slopes[0]!);
      while (done < h) {
        if (++taken > MOST_SUBSTEPS) throw new TooManySubsteps(t + done, worst);
        // What would be left over is not worth a substep of its own; the last substep ends exactly at h.
        const last = done + substep * 1.01 >= h,
          step = last ? h - done : substep;
        for (let stage = 1; stage < stages; stage++) {
          combine(y, step, weights[stage]!);
          f(t + done + c[stage]! * step, trial, slopes[stage]!);
        }
        const wrong = excess(y, step);
        if (wrong <= 1) {
          integrate.accepted++;
          y.set(trial);
          slopes[0]!.set(slopes[stages - 1]!);
          done = last ? h : done + step;
          const proposed = step * growth(wrong, rejected, 0.2);
          // a substep cut short by the end of h says nothing against the one that was planned
          substep = last && step < substep ? Math.max(substep, proposed) : proposed;
          rejected = false;
        } else {
          substep = step * (wrong < Infinity ? growth(wrong, true, 0.2) : 0.1);
          rejected = true;
          if (!(substep >= smallest)) {
            y.fill(NaN);
            return h;
          }
        }
      }
      return substep;
    },
    { accepted: 0 },
  );
  return integrate;
}
