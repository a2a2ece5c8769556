// Symmetric systems as large as there are free numbers: by Cholesky's factors.
import { sqrt } from "../runtime/math.ts";

export type Matrix = readonly (readonly number[])[];

/** x of A x = b; null where A is not positive definite. */
export function solve(a: Matrix, b: readonly number[]): number[] | null {
  const factor = cholesky(a);
  return factor === null ? null : solveWith(factor, b);
}

/** A^-1; null where A is not positive definite. */
export function inverse(a: Matrix): number[][] | null {
  const factor = cholesky(a);
  if (factor === null) return null;
  return a.map((_, j) =>
    solveWith(
      factor,
      a.map((_, i) => (i === j ? 1 : 0)),
    ),
  );
}

/** L of A = L L'. */
function cholesky(a: Matrix): number[][] | null {
  const n = a.length;
  const l = a.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = (a[i] as readonly number[])[j] as number;
      for (let k = 0; k < j; k++) sum -= ((l[i] as number[])[k] as number) * ((l[j] as number[])[k] as number);
      if (i !== j) (l[i] as number[])[j] = sum / ((l[j] as number[])[j] as number);
      else if (sum > 0) (l[i] as number[])[i] = sqrt(sum);
      else return null;
    }
  return l;
}

function solveWith(l: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const x = [...b];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - ((l[i] as number[])[k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / ((l[i] as number[])[i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - ((l[k] as number[])[i] as number) * (x[k] as number);
    x[i] = (x[i] as number) / ((l[i] as number[])[i] as number);
  }
  return x;
}

export function product(a: Matrix, b: Matrix): number[][] {
  return a.map((row) =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * ((b[k] as readonly number[])[j] as number), 0)),
  );
}
