// Exponents of dimensions and of scales: rational numbers, so that roots of units are exact.

/** In lowest terms; the denominator is positive. Both are safe integers. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** numerator/denominator in lowest terms. Both must be safe integers, the denominator not 0. */
export function rational(numerator: number, denominator = 1): Rational {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator === 0)
    throw new Error(`no rational: ${numerator}/${denominator}`);
  if (denominator === 1) return { numerator: numerator + 0, denominator };
  const divisor = greatestCommonDivisor(Math.abs(numerator), Math.abs(denominator)) * (denominator < 0 ? -1 : 1);
  return { numerator: numerator / divisor + 0, denominator: denominator / divisor }; // + 0: no negative zero
}

export function addRationals(a: Rational, b: Rational): Rational {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  // Where a product is not exact the sum must not look as if it were.
  const sum = Number.isSafeInteger(left) && Number.isSafeInteger(right) ? left + right : NaN;
  return fitted(sum, a.denominator * b.denominator, () => [
    BigInt(a.numerator) * BigInt(b.denominator) + BigInt(b.numerator) * BigInt(a.denominator),
    BigInt(a.denominator) * BigInt(b.denominator),
  ]);
}

export function multiplyRationals(a: Rational, b: Rational): Rational {
  return fitted(a.numerator * b.numerator, a.denominator * b.denominator, () => [
    BigInt(a.numerator) * BigInt(b.numerator),
    BigInt(a.denominator) * BigInt(b.denominator),
  ]);
}

export function negateRational(a: Rational): Rational {
  return { numerator: 0 - a.numerator, denominator: a.denominator };
}

/** The fraction with a denominator up to 1000 whose double is `x` (0.5 is 1/2, 0.1 is 1/10, the double nearest 1/3 is 1/3), or null. */
export function rationalFromNumber(x: number): Rational | null {
  if (!Number.isFinite(x)) return null;
  for (let denominator = 1; denominator <= 1000; denominator++) {
    const numerator = Math.round(x * denominator);
    if (Number.isSafeInteger(numerator) && numerator / denominator === x) return rational(numerator, denominator);
  }
  return null;
}

/** `2`, `-1/2`. */
export function rationalText(r: Rational): string {
  return r.denominator === 1 ? String(r.numerator) : `${r.numerator}/${r.denominator}`;
}

/** The fast way when the plain products are exact. Exponents beyond 2^53, which `((V^0.001)^0.001)^…` can reach and physics cannot, are coarsened. */
function fitted(numerator: number, denominator: number, slow: () => readonly [bigint, bigint]): Rational {
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) return rational(numerator, denominator);
  let [n, d] = slow();
  const divisor = bigGreatestCommonDivisor(n < 0n ? -n : n, d);
  n /= divisor;
  d /= divisor;
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  while (n > most || n < -most || d > most) {
    n /= 2n;
    d /= 2n;
  }
  if (d === 0n) return { numerator: n < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER, denominator: 1 };
  return rational(Number(n), Number(d));
}

export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function bigGreatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
