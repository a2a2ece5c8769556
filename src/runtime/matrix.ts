// The product of two matrices, n×n and row-major.

/** out = a b; what is 0 in a costs nothing. */
export function multiply(out: Float64Array, a: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n * n; i++) out[i] = 0; // `fill` takes longer to call than a few to write
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!;
    }
  }
}
