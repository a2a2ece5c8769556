// Whether an explicit method can follow what moves fastest near a state: its growth in one step of the linearized equations, held against the true one.
import { matrixExponential } from "../runtime/linear.ts";
import { exp, log } from "../runtime/math.ts";
import type { Tableau } from "../methods/method.ts";
import { tableauOf, type StagesName } from "../methods/methods.ts";

/** False growth in the time in which the fastest motion goes on by one radian, or decays by e: less than this is not called unstable. In one step it is never more. */
const ALLOWED = 0.03;
const ALLOWED_AT_MOST = 0.05;

/** Whether one step of length h makes grow what the equations let decay, or makes it grow much faster. J is n×n, row by row. */
export function growsFalsely(method: StagesName, J: Float64Array, n: number, h: number): boolean {
  const scaled = J.map((x) => x * h);
  const numerical = spectralRadius(growthMatrix(tableauOf(method), scaled, n), n);
  if (numerical === Infinity) return true;
  const margin = 1 + Math.min(ALLOWED_AT_MOST, ALLOWED * spectralRadius(scaled, n));
  return !(numerical <= margin) && !(numerical <= margin * spectralRadius(matrixExponential(scaled, n), n));
}

/** The longest step up to `step` in which nothing grows falsely, to within a factor of two below. */
export function stableStep(method: StagesName, J: Float64Array, n: number, step: number): number {
  let h = step;
  while (h > 1e-12 * step && growsFalsely(method, J, n, h)) h /= 2;
  return h;
}

/** R(Z) of x -> R(hJ) x, stage by stage as the method takes them. */
function growthMatrix({ a, b, divisor }: Tableau, Z: Float64Array, n: number): Float64Array {
  const unit = new Float64Array(n * n);
  for (let i = 0; i < n; i++) unit[i * n + i] = 1;
  const stages: Float64Array[] = [];
  const combined = (weights: readonly number[], share: number): Float64Array => {
    const sum = unit.slice();
    weights.forEach((w, r) => stages[r]?.forEach((x, k) => (sum[k] = (sum[k] ?? 0) + w * share * x)));
    return sum;
  };
  for (const weights of a) stages.push(product(Z, combined(weights, 1), n));
  return combined(b, 1 / divisor);
}

/** |λ| of the largest eigenvalue, by Gelfand's formula: the k-th root of the norm of the k-th power, k = 2^12. */
export function spectralRadius(M: Float64Array, n: number): number {
  let power = M;
  let logarithm = 0;
  let exponent = 1;
  for (let k = 0; k < SQUARINGS; k++) {
    const size = largest(power);
    if (size === 0) return 0;
    if (!Number.isFinite(size)) return Infinity;
    logarithm += log(size) / exponent;
    power = product(
      power.map((x) => x / size),
      power.map((x) => x / size),
      n,
    );
    exponent *= 2;
  }
  const size = largest(power);
  return size === 0 ? 0 : exp(logarithm + log(size) / exponent);
}

const SQUARINGS = 12;

function largest(M: Float64Array): number {
  let most = 0;
  for (const x of M) most = Math.max(most, Math.abs(x));
  return most;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k] ?? 0;
      if (x === 0) continue;
      for (let j = 0; j < n; j++) c[i * n + j] = (c[i * n + j] ?? 0) + x * (b[k * n + j] ?? 0);
    }
  }
  return c;
}
