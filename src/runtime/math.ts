// Elementary functions with the same bits on every machine: V8's own exp, log, pow, sin, … differ between releases in the last digit.
//
// Only what IEEE 754 fixes to the last bit is used: + - * / sqrt, comparisons, exact rounding to integers, and views of the bits.
// Errors are given in units in the last place (ulp) of the result. Polynomials are near-minimax: interpolated at Chebyshev nodes in
// 400-bit arithmetic, their error below 2^-55 of the result. The reductions are the classical ones: W. J. Cody & W. Waite, Software Manual
// for the Elementary Functions (1980); double-double products after T. J. Dekker, Numer. Math. 18, 224 (1971).

/** e^x. Error below 0.6 ulp. One way for all x in the middle, without a division and with paired terms (Estrin): in a kernel nothing waits long. */
export function exp(x: number): number {
  if (x * x > 31329) return expEdge(x); // |x| > 177: beyond the table
  // k = 32 x/ln 2 to the nearest integer: adding 1.5 * 2^52 shifts the fraction out. ln 2 / 32 in two parts, the first with 32 bits, so that k*it is exact.
  const k = x * 46.16624130844683 + 6755399441055744 - 6755399441055744;
  const head = x - k * 0.02166084938653512,
    tail = k * 5.9631716539705866e-12,
    r = head - tail,
    z = r * r;
  // e^r - 1 = r + r² q(r), |r| <= ln 2 / 64
  const rest =
    head -
    (tail -
      z *
        (0.5 +
          0.16666666666581356 * r +
          (0.04166666666656003 + 0.008333362425226669 * r + 0.0013888925253743708 * z) * z));
  const high = ROOT_OF_TWO[k & 16383]!,
    low = ROOT_OF_TWO_LOW[k & 16383]!;
  return high + (low + high * rest);
}

/** e^x - 1, keeping its digits where x is small. Error below 1.5 ulp. */
export function expm1(x: number): number {
  if (x * x > 31329) return x < 0 ? -1 : expEdge(x);
  const k = x * 46.16624130844683 + 6755399441055744 - 6755399441055744;
  const head = x - k * 0.02166084938653512,
    tail = k * 5.9631716539705866e-12,
    r = head - tail,
    z = r * r;
  const rest =
    head -
    (tail -
      z *
        (0.5 +
          0.16666666666581356 * r +
          (0.04166666666656003 + 0.008333362425226669 * r + 0.0013888925253743708 * z) * z));
  const below = 1 - ROOT_OF_TWO[k & 16383]!;
  return rest - below - (below * rest - ROOT_OF_TWO_LOW[k & 16383]!);
}

/** (e^x - 1)/x, and 1 at x = 0: the smooth form of x/(1 - e^-x) and its like. Error below 2.5 ulp. */
export function exprel(x: number): number {
  if (x * x < 1.5) return exprelNear0(x);
  if (x > 177) return x > 720 ? Infinity : expOver(x, x); // still finite a little beyond the overflow of e^x
  return expm1(x) / x;
}

/** exprel for x² < 1.5: 1/exprel(x) = x/2 coth(x/2) - x/2, and x/2 coth(x/2) - 1 is a polynomial in x² of which 8 terms are left. */
export function exprelNear0(x: number): number {
  const z = x * x,
    z2 = z * z;
  const low = 0.08333333333333333 - 0.0013888888888883954 * z + (3.30687830618644e-5 - 8.26719539711412e-7 * z) * z2;
  const high =
    2.0876659583289337e-8 - 5.282793488596742e-10 * z + (1.3270903604552138e-11 - 2.9179360237212905e-13 * z) * z2;
  return 1 / (1 + (z * (low + high * (z2 * z2)) - 0.5 * x));
}

/** Natural logarithm. Error below 0.9 ulp. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  if (x < SMALLEST_NORMAL) return logOf(x * TWO_54, -54, 0);
  return logOf(x, 0, 0);
}

/** log(1 + x), keeping its digits where x is small. Error below 1 ulp. */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return x === 0 ? x : logNear1(x, 0, 0); // -0 stays -0
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  const u = 1 + x;
  return logOf(u, 0, (x > 1 ? 1 - (u - x) : x - (u - 1)) / u); // what was lost in rounding 1 + x
}

/** Logarithm to the base 10. Error below 0.51 ulp, so the powers of ten come out exactly. */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return log(x);
  const l = logPair(x);
  const high = product(l, LOW[0]!, 0.4342944819032518, 1.098319650216765e-17);
  return high + LOW[0]!;
}

/** x^y with the special cases of JavaScript's `**` (so 1^NaN and (±1)^±∞ are NaN). Error below 0.75 ulp; below 0.51 for y = -1, 0.5, 1, 2, 3, 4. */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 3 || y === 4) return powSmall(x, y);
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  return powGeneral(x, y);
}

/** Sine of x in radians. Error below 1 ulp for every x; beyond |x| = 1e9 slow (the reduction is done in integers). */
export function sin(x: number): number {
  const quadrant = reduce(x);
  const value = quadrant & 1 ? cosKernel(REDUCED[0]!, REDUCED[1]!) : sinKernel(REDUCED[0]!, REDUCED[1]!);
  return quadrant & 2 ? -value : value;
}

/** Cosine of x in radians. Error and range as of `sin`. */
export function cos(x: number): number {
  const quadrant = reduce(x) + 1;
  const value = quadrant & 1 ? cosKernel(REDUCED[0]!, REDUCED[1]!) : sinKernel(REDUCED[0]!, REDUCED[1]!);
  return quadrant & 2 ? -value : value;
}

/** Tangent of x in radians. Error below 2 ulp. */
export function tan(x: number): number {
  const quadrant = reduce(x);
  const s = sinKernel(REDUCED[0]!, REDUCED[1]!),
    c = cosKernel(REDUCED[0]!, REDUCED[1]!);
  return quadrant & 1 ? -c / s : s / c;
}

/** Arc sine, in radians; NaN outside [-1, 1]. Error below 1 ulp. */
export function asin(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) return x + x * asinTail(x * x);
  if (!(a <= 1)) return NaN;
  // asin x = π/2 - 2 asin sqrt((1 - x)/2)
  const w = (1 - a) * 0.5,
    s = Math.sqrt(w);
  const rest = s * asinTail(w) + rootRemainder(w, s),
    quarter = 0.5 * HALF_PI;
  const value = quarter + (quarter - 2 * s + (HALF_PI_LOW - 2 * rest)); // the two quarters keep the roundings below that of the result
  return x < 0 ? -value : value;
}

/** Arc cosine, in radians; NaN outside [-1, 1]. Error below 1 ulp. */
export function acos(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) return HALF_PI - (x - (HALF_PI_LOW - x * asinTail(x * x)));
  if (!(a <= 1)) return NaN;
  const w = (1 - a) * 0.5,
    s = Math.sqrt(w),
    rest = s * asinTail(w) + rootRemainder(w, s);
  return x < 0 ? 2 * (HALF_PI - (s + (rest - HALF_PI_LOW))) : 2 * (s + rest);
}

/** Arc tangent, in radians. Error below 1 ulp. */
export function atan(x: number): number {
  const a = Math.abs(x);
  if (a < 0.4375) return x + x * atanTail(x * x);
  // atan a = atan c + atan((a - c)/(1 + a c)) for the nearest c of 1/2, 1, 3/2, ∞
  let u: number, high: number, low: number;
  if (a < 0.6875) {
    u = (2 * a - 1) / (2 + a);
    high = 0.4636476090008061;
    low = 2.2698777452961687e-17;
  } else if (a < 1.1875) {
    u = (a - 1) / (a + 1);
    high = 0.7853981633974483;
    low = 3.061616997868383e-17;
  } else if (a < 2.4375) {
    u = (a - 1.5) / (1 + 1.5 * a);
    high = 0.982793723247329;
    low = 1.3903311031230998e-17;
  } else {
    u = -1 / a;
    high = HALF_PI;
    low = HALF_PI_LOW;
  }
  const value = high + (u + (u * atanTail(u * u) + low));
  return x < 0 ? -value : value;
}

/** Hyperbolic sine. Error below 2 ulp. */
export function sinh(x: number): number {
  const a = Math.abs(x),
    h = x < 0 ? -0.5 : 0.5;
  if (a < 22) {
    if (a < TINY) return x;
    const e = expm1(a);
    return a < 1 ? h * (2 * e - (e * e) / (e + 1)) : h * (e + e / (e + 1));
  }
  return x < 0 ? -halfExp(a) : halfExp(a);
}

/** Hyperbolic cosine. Error below 1.5 ulp. */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.35) {
    const e = expm1(a);
    return 1 + (e * e) / (2 * (1 + e));
  }
  if (a < 22) {
    const e = exp(a);
    return 0.5 * e + 0.5 / e;
  }
  return halfExp(a);
}

/** Hyperbolic tangent. Error below 2 ulp. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < TINY) return x;
  const e = a < 22 ? expm1(2 * a) : 0;
  const value = a < 1 ? e / (e + 2) : a < 22 ? 1 - 2 / (e + 2) : a >= 22 ? 1 : NaN;
  return x < 0 ? -value : value;
}

/** Error function. Error below 1.5 ulp. */
export function erf(x: number): number {
  const a = Math.abs(x),
    z = x * x;
  if (a <= 1) {
    const p =
      ((5.957176147748911e-11 * z - 1.1372848856791674e-9) * z + 1.4659775274047436e-8) * z - 1.6350312701054695e-7;
    const q =
      (((p * z + 1.6461000484121368e-6) * z - 1.4925595266831182e-5) * z + 0.0001205533111164271) * z -
      0.000854832698083379;
    return (
      x +
      x *
        ((((q * z + 0.0052239776248180145) * z - 0.026866170645076792) * z + 0.11283791670954879) * z * z -
          0.3761263890318375 * z +
          0.1283791670955126)
    );
  }
  if (!(a < 6)) return a >= 6 ? (x < 0 ? -1 : 1) : NaN;
  // erfc a = e^(-a²) times a smooth function of t = 3/(3 + a)
  const t = 3 / (3 + a);
  let p = 0;
  for (let i = ERFC_SCALED.length - 1; i >= 0; i--) p = p * t + ERFC_SCALED[i]!;
  const value = 1 - exp(-z) * p;
  return x < 0 ? -value : value;
}

export function sqrt(x: number): number {
  return Math.sqrt(x);
}
export function abs(x: number): number {
  return Math.abs(x);
}
export function floor(x: number): number {
  return Math.floor(x);
}
export function ceil(x: number): number {
  return Math.ceil(x);
}
/** The smaller of two; NaN where either is NaN. */
export function min(x: number, y: number): number {
  return Math.min(x, y);
}
/** The larger of two; NaN where either is NaN. */
export function max(x: number, y: number): number {
  return Math.max(x, y);
}
/** 1, -1, or x itself where it is zero or NaN. */
export function sign(x: number): number {
  return x > 0 ? 1 : x < 0 ? -1 : x;
}
/** The nearest integer; halves go away from zero. (x + 0.5 is not used: it rounds 0.49999999999999994 up.) */
export function round(x: number): number {
  const whole = Math.trunc(x),
    rest = x - whole;
  return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole;
}
/** x kept within [low, high]; NaN stays NaN. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}
/** Heaviside step: 1 for x >= 0, else 0. */
export function step(x: number): number {
  return x >= 0 ? 1 : 0;
}

// ---- tables and bit views

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;
const TINY = 3.725290298461914e-9; // 2^-28: below it the cubic term is lost in rounding
const LN2_32 = 0.6931471803691238; // ln 2, its first 32 bits
const LN2_REST = 1.9082149292705877e-10;
const HALF_PI = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;
const HALF_PI_LOWEST = -1.4973849048591698e-33;

/** 2^k at index k & 2047, for k = -1024 .. 1023. */
const POWER_OF_TWO: Float64Array = powersOfTwo();

/** 2^(j/32), rounded, and what the rounding left out. */
const ROOTS: Float64Array = new Float64Array([
  1, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237, 1.0905077326652577, 1.1143867425958924,
  1.1387886347566916, 1.1637248587775775, 1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332,
  1.2968395546510096, 1.3252366431597413, 1.3542555469368927, 1.383909881963832, 1.4142135623730951, 1.4451808069770467,
  1.4768261459394993, 1.5091644275934228, 1.5422108254079407, 1.5759808451078865, 1.6104903319492543, 1.645755478153965,
  1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072, 1.8340080864093424, 1.8741676341103,
  1.9152065613971474, 1.9571441241754002,
]);
const ROOTS_LOW: Float64Array = new Float64Array([
  0, 5.109225028973444e-17, 8.551889705537965e-17, -7.899853966841582e-17, -3.046782079812471e-17,
  1.0410278456845571e-16, 8.912812676025408e-17, 3.8292048369240935e-17, 3.982015231465646e-17, -7.712630692681488e-17,
  4.658027591836937e-17, 2.667932131342186e-18, 2.5382502794888315e-17, -2.8587312100388614e-17, 7.70094837980299e-17,
  -6.770511658794786e-17, -9.667293313452913e-17, -3.0237581349939873e-17, -3.483994556892796e-17,
  -1.016455327754295e-16, 7.949834809697621e-17, -1.0136916471278304e-17, 2.4707192569797888e-17,
  -1.0125679913674773e-16, 8.199010020581497e-17, -1.851380418263111e-17, 2.960140695448873e-17, 1.8227458427912087e-17,
  3.283107224245627e-17, -6.122763413004143e-17, -1.0619946056195963e-16, 8.960767791036668e-17,
]);

/** 2^(k/32) at index k & 16383, for k = -8192 .. 8191, and what rounding left out: for kernels that write exponentials out. */
export const ROOT_OF_TWO: Float64Array = rootsOfTwo(ROOTS);
/** Of 2^0 it is -0, so that expm1(-0) stays -0. */
export const ROOT_OF_TWO_LOW: Float64Array = rootsOfTwo(ROOTS_LOW);

/** The numbers of `exp` for the same kernels: 32/ln 2, the rounder 1.5·2^52, ln 2 / 32 in two parts, q(r) from its first power on, the square where x is beyond the table. */
export const EXPONENTIAL: Float64Array = new Float64Array([
  46.16624130844683, 6755399441055744, 0.02166084938653512, 5.9631716539705866e-12, 0.16666666666581356,
  0.04166666666656003, 0.008333362425226669, 0.0013888925253743708, 31329,
]);

/** The coefficients of `exprelNear0`, whose odd ones are subtracted there. */
export const EXPREL_NEAR_0: Float64Array = new Float64Array([
  0.08333333333333333, 0.0013888888888883954, 3.30687830618644e-5, 8.26719539711412e-7, 2.0876659583289337e-8,
  5.282793488596742e-10, 1.3270903604552138e-11, 2.9179360237212905e-13,
]);

/** The low part of the last pair that a helper returned. */
const LOW = new Float64Array(1);
/** The reduced argument of the last `reduce`, as a high and a low part. */
const REDUCED = new Float64Array(2);

const BITS = new Float64Array(1);
const WORDS = new Int32Array(BITS.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0; // by the machine's byte order

/** e^(a²) erfc a as a polynomial in 3/(3 + a), 1 <= a <= 6. */
const ERFC_SCALED = new Float64Array([
  3.7809408605387703e-7, 0.18805132677476255, 0.18823627493257508, 0.17605997733145118, 0.16634344697146503,
  0.08371352177739089, 0.2394437056056354, -0.3240273441347353, 0.7827870956144349, -1.1403447661861297,
  1.2845213284110484, -1.0544846624326085, 0.5521248987909749, -0.16339979786477143, 0.020974634373878025,
]);

function powersOfTwo(): Float64Array {
  const table = new Float64Array(2048);
  for (let k = 0, value = 1; k <= 1023; k++, value *= 2) table[k] = value;
  for (let k = -1, value = 0.5; k >= -1024; k--, value *= 0.5) table[k & 2047] = value;
  return table;
}

function rootsOfTwo(roots: Float64Array): Float64Array {
  const table = new Float64Array(16384);
  for (let k = -8192; k < 8192; k++) table[k & 16383] = roots[k & 31]! * POWER_OF_TWO[(k >> 5) & 2047]!;
  if (table[0] === 0) table[0] = -0;
  return table;
}

// ---- exponential and logarithm

/** e^r - 1 - r for |r| <= 0.35. */
function expTail(r: number): number {
  const z = r * r;
  const c =
    r -
    z *
      (0.1666666666666666 -
        z *
          (0.0027777777777562864 -
            z * (6.613756470855508e-5 - z * (1.6534058842837582e-6 - z * 4.1437096880780196e-8))));
  return (r * c) / (2 - c);
}

/** value * 2^k in two exact steps and one rounding, so that subnormal results are rounded once. */
function scale(value: number, k: number): number {
  const half = k >> 1;
  return value * POWER_OF_TWO[half & 2047]! * POWER_OF_TWO[(k - half) & 2047]!;
}

/** e^x where e^x overflows, is subnormal or nearly so. */
function expEdge(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  return expOver(x, 1);
}

/** e^x / divisor, also where e^x alone would overflow; |x| <= 750. */
function expOver(x: number, divisor: number): number {
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
  const head = x - k * LN2_32,
    tail = k * LN2_REST;
  return scale((1 + (head - (tail - expTail(head - tail)))) / divisor, k);
}

/** e^x / 2 for x >= 0. */
function halfExp(x: number): number {
  return x < 700 ? 0.5 * exp(x) : x > 720 ? Infinity : expOver(x, 2);
}

/** log(x 2^k) + correction, x normal. */
function logOf(x: number, k: number, correction: number): number {
  BITS[0] = x;
  const exponent = (WORDS[HIGH_WORD]! - 0x3fe6a09e) >> 20; // the bits of sqrt(1/2): the mantissa is left in [sqrt(1/2), sqrt(2))
  return logNear1(x * POWER_OF_TWO[-exponent & 2047]! - 1, k + exponent, correction);
}

/** log(1 + f) + k ln 2 + correction for -0.2929 <= f <= 0.4143. With s = f/(2 + f), log(1 + f) = 2 atanh s = f - s f + s z P(z), z = s². */
function logNear1(f: number, k: number, correction: number): number {
  const s = f / (2 + f),
    z = s * s,
    half = 0.5 * f * f;
  const p = ((0.14617807492803847 * z + 0.15331611695570085) * z + 0.18182892433364564) * z + 0.22222211089368124;
  const series = (((p * z + 0.2857142862625391) * z + 0.3999999999989889) * z + 0.666666666666667) * z;
  return k * LN2_32 - (half - (s * (half + series) + (k * LN2_REST + correction)) - f);
}

/** log x as a pair, relative error about 2^-68; the low part goes to LOW. x positive and finite. */
function logPair(x: number): number {
  const shift = x < SMALLEST_NORMAL ? 54 : 0;
  const normal = shift === 0 ? x : x * TWO_54;
  BITS[0] = normal;
  const exponent = (WORDS[HIGH_WORD]! - 0x3fe6a09e) >> 20,
    k = exponent - shift;
  const m = normal * POWER_OF_TWO[-exponent & 2047]!,
    f = m - 1;
  // s = f/(2 + f), with the remainder of the division
  const d = m + 1,
    dLow = m - (d - 1),
    s = f / d,
    p = s * d;
  const sLow = (f - p - productError(s, d, p) - s * dLow) / d;
  const z = product(s, sLow, s, sLow),
    zLow = LOW[0]!;
  // atanh s = s (1 + z/3 + z²/5 + z³/7 + …), the first terms as pairs
  const t = ((0.05237373144731686 * z + 0.05243527712004045) * z + 0.05882750892558851) * z + 0.06666662541998525;
  const v =
    ((((t * z + 0.07692307712621767) * z + 0.09090909090871625) * z + 0.11111111111111123) * z + 0.14285714285714285) *
    z;
  let high = 0.2 + v,
    low = 0.2 - high + v - 1.1102230246251566e-17;
  high = product(high, low, z, zLow);
  low = LOW[0]!;
  const third = 0.3333333333333333 + high;
  low += 0.3333333333333333 - third + high + 1.850371707708594e-17;
  high = product(third, low, z, zLow);
  low = LOW[0]!;
  high = product(high, low, s, sLow);
  low = LOW[0]!; // atanh s - s
  const sum = s + high;
  low += s - sum + high + sLow;
  // + k ln 2, in two parts of which the first has 42 bits
  const a = k * 0.6931471805598903,
    b = 2 * sum;
  return pair(a, b, 2 * low + k * 5.497923018708371e-14);
}

/** x³ or x⁴ from products whose rounding is put back. */
function powSmall(x: number, y: number): number {
  const a = Math.abs(x);
  if (!(a > 1e-60 && a < 1e70)) return powGeneral(x, y); // there the halves of the products could be lost
  const square = x * x,
    lost = productError(x, x, square),
    factor = y === 3 ? x : square,
    value = square * factor;
  return value + (productError(square, factor, value) + (y === 3 ? lost * x : 2 * lost * square));
}

function powGeneral(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const a = Math.abs(x);
  if (y === Infinity || y === -Infinity) return a === 1 ? NaN : a > 1 === y > 0 ? Infinity : 0;
  const whole = y === Math.floor(y),
    odd = whole && Math.floor(y * 0.5) * 2 !== y;
  const negative = odd && (x < 0 || (x === 0 && 1 / x < 0));
  let value: number;
  if (a === 0 || a === Infinity) value = (a === 0) === y > 0 ? 0 : Infinity;
  else if (x < 0 && !whole) return NaN;
  else if (a === 1) value = 1;
  else if (Math.abs(y) > 1e20)
    value = a > 1 === y > 0 ? Infinity : 0; // |log a| >= 1.1e-16
  else {
    const l = logPair(a),
      lLow = LOW[0]!,
      p = l * y;
    if (p > 710) value = Infinity;
    else if (p < -746) value = 0;
    else {
      const pLow = productError(l, y, p) + lLow * y;
      const k = Math.floor(p * 1.4426950408889634 + 0.5);
      const head = p - k * LN2_32,
        tail = k * LN2_REST - pLow;
      const rest = tail - expTail(head - tail);
      const e = head - rest,
        eLow = head - e - rest,
        one = 1 + e;
      value = scale(one + (1 - one + e + eLow), k);
    }
  }
  return negative ? -value : value;
}

/** a*b - p exactly, where p = a*b as rounded (Dekker): each factor is split into two halves of 26 bits. */
function productError(a: number, b: number, p: number): number {
  const ca = 134217729 * a,
    cb = 134217729 * b; // 2^27 + 1
  const ah = ca - (ca - a),
    bh = cb - (cb - b),
    al = a - ah,
    bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

/** The product of two pairs. */
function product(a: number, aLow: number, b: number, bLow: number): number {
  const p = a * b,
    rest = productError(a, b, p) + (a * bLow + aLow * b),
    high = p + rest;
  LOW[0] = p - high + rest;
  return high;
}

/** a + b + low as a pair, whichever of a and b is the larger (Knuth). */
function pair(a: number, b: number, low: number): number {
  const sum = a + b,
    part = sum - a,
    rest = a - (sum - part) + (b - part) + low,
    high = sum + rest;
  LOW[0] = sum - high + rest;
  return high;
}

// ---- trigonometry

/** x = n π/2 + r with |r| <= π/4 (and a little): r goes to REDUCED as a pair, n modulo 4 is returned. */
function reduce(x: number): number {
  if (Math.abs(x) < 0.7853981633974483) {
    REDUCED[0] = x;
    REDUCED[1] = 0;
    return 0;
  }
  if (!(Math.abs(x) < 1e9)) return reduceLarge(x);
  // n has 30 bits, so n times 159 bits of π/2, products exact, leaves r right to 2^-66 of itself even for the nearest miss of a multiple
  const n = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744;
  const p1 = n * HALF_PI,
    p2 = n * HALF_PI_LOW,
    e1 = productError(n, HALF_PI, p1);
  const d = x - p1;
  const r1 = d - e1,
    v1 = r1 - d,
    t1 = d - (r1 - v1) - (e1 + v1);
  const r2 = r1 - p2,
    v2 = r2 - r1,
    t2 = r1 - (r2 - v2) - (p2 + v2);
  const low = t1 + t2 - productError(n, HALF_PI_LOW, p2) - n * HALF_PI_LOWEST;
  const r = r2 + low;
  REDUCED[0] = r;
  REDUCED[1] = r2 - r + low;
  return n & 3;
}

const FRACTION = 1280n; // bits of 2/π: the exponent of the largest double and 256 more
let twoOverPi = 0n,
  halfPi = 0n;

/** The same for |x| >= 1e9, in integers (M. H. Payne & R. N. Hanek 1983 in its plainest form). A few microseconds. */
function reduceLarge(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity)) {
    REDUCED[0] = NaN;
    REDUCED[1] = NaN;
    return 0;
  }
  if (twoOverPi === 0n) {
    const one = 1n << (FRACTION + 64n);
    const pi = 16n * arctanInverse(5n, one) - 4n * arctanInverse(239n, one); // Machin's formula
    twoOverPi = ((one * one * 2n) / pi) >> 64n;
    halfPi = pi >> (FRACTION + 64n - 255n); // 256 fraction bits
  }
  const fractional = a < 9007199254740992; // then a multiple of 2^-23
  const turns = BigInt(fractional ? a * 8388608 : a) * twoOverPi,
    bits = fractional ? FRACTION + 23n : FRACTION;
  let n = Number((turns >> bits) & 3n);
  let rest = (turns & ((1n << bits) - 1n)) >> (bits - 256n);
  if (rest >> 255n) {
    n++;
    rest -= 1n << 256n;
  }
  const r = (rest * halfPi) >> 256n,
    high = Number(r),
    low = Number(r - BigInt(high));
  const unit = POWER_OF_TWO[-256 & 2047]!;
  REDUCED[0] = (x < 0 ? -high : high) * unit;
  REDUCED[1] = (x < 0 ? -low : low) * unit;
  return (x < 0 ? -n : n) & 3;
}

/** atan(1/n) in fixed point. */
function arctanInverse(n: bigint, one: bigint): bigint {
  let power = one / n,
    sum = power;
  for (let i = 3n; power !== 0n; i += 2n) {
    power /= -n * n;
    sum += power / i;
  }
  return sum;
}

/** sin(r + low) for |r| <= 0.79. */
function sinKernel(r: number, low: number): number {
  if (r === 0) return r; // -0 stays -0
  const z = r * r;
  const p =
    ((-7.586576588171073e-13 * z + 1.6058529572267877e-10) * z - 2.5052106219521895e-8) * z + 2.755731921930192e-6;
  const series = ((p * z - 0.00019841269841265017) * z + 0.008333333333333331) * z - 0.16666666666666666;
  return r + (r * z * series + low * (1 - 0.5 * z));
}

/** cos(r + low) for |r| <= 0.79. */
function cosKernel(r: number, low: number): number {
  const z = r * r,
    half = 0.5 * z,
    w = 1 - half;
  const p =
    ((4.745804889760674e-14 * z - 1.1470459749675607e-11) * z + 2.087675578389404e-9) * z - 2.7557319221382114e-7;
  const series = ((p * z + 2.4801587301584618e-5) * z - 0.0013888888888888887) * z + 0.041666666666666664;
  return w + (1 - w - half + (z * z * series - r * low));
}

/** asin(s)/s - 1 for z = s² <= 1/4. */
function asinTail(z: number): number {
  const p = ((0.02886097438799853 * z - 0.014999855783811349) * z + 0.017493569476248205) * z + 0.005424230839804001;
  const q =
    (((p * z + 0.010330370295404406) * z + 0.011478047472510145) * z + 0.013971325328728771) * z + 0.017352385393480947;
  return (
    ((((q * z + 0.022372173243832207) * z + 0.0303819441312372) * z + 0.04464285714644605) * z + 0.07499999999998389) *
      z *
      z +
    0.16666666666666669 * z
  );
}

/** sqrt(w) - s, where s is sqrt(w) as rounded. */
function rootRemainder(w: number, s: number): number {
  if (s === 0) return 0;
  const p = s * s;
  return (w - p - productError(s, s, p)) / (2 * s);
}

/** atan(u)/u - 1 for z = u² <= 0.192. */
function atanTail(z: number): number {
  const p = ((0.014770422473006917 * z - 0.03312535295983229) * z + 0.04492138609297187) * z - 0.052166502144867496;
  const q =
    (((p * z + 0.05876941983021393) * z - 0.06666241489127069) * z + 0.07692285527906569) * z - 0.09090908354560998;
  return (
    (((q * z + 0.11111111096621673) * z - 0.1428571428556654) * z + 0.19999999999999407) * z * z -
    0.3333333333333333 * z
  );
}
