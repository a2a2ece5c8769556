// How fast a linear system moves: bounds that do not depend on the units of its states.
import { exp, log } from "./math.ts";
import { multiply } from "./matrix.ts";

/** The largest magnitude of the eigenvalues of A, or a little more. */
export function fastestRate(a: Float64Array, n: number): number {
  // ‖A^m‖^(1/m) comes down to it for large m (I. Gelfand 1941); m = 256 here, by squaring what is kept near 1.
  let power: Float64Array = a.slice(),
    square: Float64Array = new Float64Array(n * n),
    scale = 0;
  for (let m = 1; ; m *= 2) {
    let norm = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += Math.abs(power[i * n + j] as number);
      norm = Math.max(norm, sum);
    }
    if (norm === 0) return 0;
    scale += log(norm) / m;
    if (m === 256 || !(norm < Infinity)) return exp(scale);
    for (let i = 0; i < n * n; i++) (power[i] as number) /= norm;
    multiply(square, power, power, n);
    [power, square] = [square, power];
  }
}

/** The same for those states alone that influence one another: only they can oscillate. */
export function rateOfCycles(a: Float64Array, n: number): number {
  const reaches = Array.from({ length: n * n }, (_, k) => a[k] !== 0);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      if (reaches[i * n + k]) for (let j = 0; j < n; j++) if (reaches[k * n + j]) reaches[i * n + j] = true;
  const cycles = a.map((rate, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i !== j && reaches[j * n + i] ? rate : 0;
  });
  if (cycles.every((rate) => rate === 0)) return 0;
  return fastestRate(
    a.map((rate, at) => (reaches[(at % n) * n + Math.floor(at / n)] ? rate : 0)),
    n,
  );
}
