// References in fixed point over BigInt, precise beyond doubt: what the runtime's arithmetic is measured against.

/** Bits after the point. */
export const BITS = 600n;
export const ONE = 1n << BITS;

/** A double, exactly (|x| >= 2^-500). */
export function big(x: number): bigint {
  if (!Number.isFinite(x)) throw new RangeError(`${x} has no exact value`);
  let shift = 0n;
  while (!Number.isInteger(x)) {
    x *= 2;
    shift++;
  }
  return (BigInt(x) << BITS) >> shift;
}

export function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

export function bigExp(x: bigint): bigint {
  const r = x >> 24n;
  let term = ONE,
    sum = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = times(term, r) / k;
    sum += term;
  }
  for (let i = 0; i < 24; i++) sum = times(sum, sum);
  return sum;
}

export function bigLog(x: bigint): bigint {
  let k = 0n;
  while (x > (ONE * 3n) / 2n) {
    x >>= 1n;
    k++;
  }
  while (x < (ONE * 3n) / 4n) {
    x <<= 1n;
    k--;
  }
  return 2n * atanh(((x - ONE) << BITS) / (x + ONE)) + 2n * k * atanh(ONE / 3n);
}

function atanh(s: bigint): bigint {
  const z = times(s, s);
  let power = s,
    sum = s;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = times(power, z);
    sum += power / k;
  }
  return sum;
}

/** Sine and cosine for |x| up to about 1e20, by the series at a small fraction and doubling. */
export function bigSinCos(x: bigint): { sin: bigint; cos: bigint } {
  const halvings = 24 + Math.max(0, (x / ONE).toString(2).length),
    r = x >> BigInt(halvings),
    z = times(r, r);
  let sin = 0n,
    cos = 0n,
    term = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k += 2n) {
    cos += term;
    sin += times(term, r) / k;
    term = -times(term, z) / (k * (k + 1n));
  }
  for (let i = 0; i < halvings; i++) [sin, cos] = [2n * times(sin, cos), times(cos, cos) - times(sin, sin)];
  return { sin, cos };
}

/** Distance of a double from the exact value, in units in the last place of the double. */
export function ulps(actual: number, exact: bigint): number {
  const scale = 2 ** Math.max(Math.floor(Math.log2(Math.abs(actual))), -1022) / 2 ** 52;
  return Number(((big(actual) - exact) << 40n) / big(scale)) / 2 ** 40;
}

/** e^M for an n×n matrix of fixed-point numbers. */
export function bigMatrixExp(M: readonly bigint[], n: number): bigint[] {
  const halvings = 16n,
    multiply = (a: readonly bigint[], b: readonly bigint[]): bigint[] => {
      const out = new Array<bigint>(n * n).fill(0n);
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < n; k++) {
          const factor = a[i * n + k] as bigint;
          if (factor !== 0n)
            for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] as bigint) + factor * (b[k * n + j] as bigint);
        }
      }
      return out.map((value) => value >> BITS);
    };
  const small = M.map((value) => value >> halvings);
  const identity = small.map((_, i) => (i % (n + 1) === 0 ? ONE : 0n));
  let term = identity,
    sum = identity;
  for (let k = 1n; k < 60n && term.some((value) => value !== 0n && value !== -1n); k++) {
    term = multiply(term, small).map((value) => value / k);
    sum = sum.map((value, i) => value + (term[i] as bigint));
  }
  for (let i = 0n; i < halvings; i++) sum = multiply(sum, sum);
  return sum;
}

export function toNumber(x: bigint): number {
  const sign = x < 0n ? -1 : 1,
    magnitude = x < 0n ? -x : x,
    excess = Math.max(0, magnitude.toString(2).length - 64);
  return (sign * Number(magnitude >> BigInt(excess)) * 2 ** (excess - 300)) / 2 ** 300;
}

/** A repeatable stream of numbers in [0, 1) for choosing test points; not the runtime's own. */
export function points(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    z ^= z >>> 13;
    return (z >>> 0) / 4294967296;
  };
}
