// Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations: as large as there are free numbers.
import { sqrt } from "../runtime/math.ts";

export interface Eigen {
  /** In no order. */
  readonly values: number[];
  /** One a column. */
  readonly vectors: number[][];
}

const SWEEPS = 50;

export function eigen(symmetric: readonly (readonly number[])[]): Eigen {
  const n = symmetric.length;
  const a = symmetric.map((row) => [...row]);
  const v = a.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  const size = a.reduce((sum, row) => row.reduce((s, x) => s + x * x, sum), 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += 2 * get(a, p, q) * get(a, p, q);
    if (!(off > 1e-30 * size)) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = get(a, p, q);
        if (apq === 0) continue;
        // The smaller angle that makes a_pq 0: t = tan, c = cos, s = sin.
        const θ = (get(a, q, q) - get(a, p, p)) / (2 * apq);
        const t = (θ < 0 ? -1 : 1) / (Math.abs(θ) + sqrt(θ * θ + 1));
        const c = 1 / sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [kp, kq] = [get(a, k, p), get(a, k, q)];
          (a[k] as number[])[p] = c * kp - s * kq;
          (a[k] as number[])[q] = s * kp + c * kq;
        }
        for (let k = 0; k < n; k++) {
          const [pk, qk] = [get(a, p, k), get(a, q, k)];
          (a[p] as number[])[k] = c * pk - s * qk;
          (a[q] as number[])[k] = s * pk + c * qk;
        }
        for (let k = 0; k < n; k++) {
          const [kp, kq] = [get(v, k, p), get(v, k, q)];
          (v[k] as number[])[p] = c * kp - s * kq;
          (v[k] as number[])[q] = s * kp + c * kq;
        }
      }
  }
  return { values: a.map((row, i) => row[i] as number), vectors: v };
}

function get(matrix: readonly (readonly number[])[], i: number, j: number): number {
  return (matrix[i] as readonly number[])[j] as number;
}
