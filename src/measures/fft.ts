// Fourier transform of any length: radix 2, and Bluestein's convolution for lengths that are no power of two.
import { cos, sin } from "../runtime/math.ts";

export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** X_k = Σ x_n exp(-2πi kn/N); O(N log N) for every N. The arrays given are left as they are. */
export function fft({ re, im }: Complex): Complex {
  const n = re.length;
  if (n < 2) return { re: re.slice(), im: im.slice() };
  return (n & (n - 1)) === 0 ? radix2({ re: re.slice(), im: im.slice() }) : bluestein({ re, im });
}

/** In place: J. W. Cooley & J. W. Tukey, Math. Comput. 19, 297 (1965), decimation in time. */
function radix2({ re, im }: Complex): Complex {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
    [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
  }
  const c = Float64Array.from({ length: n / 2 }, (_, k) => cos((2 * Math.PI * k) / n));
  const s = Float64Array.from({ length: n / 2 }, (_, k) => -sin((2 * Math.PI * k) / n));
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [a, b, wr, wi] = [start + k, start + k + half, c[k * stride] ?? 0, s[k * stride] ?? 0];
        const [xr, xi] = [re[b] ?? 0, im[b] ?? 0];
        const [tr, ti] = [wr * xr - wi * xi, wr * xi + wi * xr];
        const [ur, ui] = [re[a] ?? 0, im[a] ?? 0];
        re[a] = ur + tr;
        im[a] = ui + ti;
        re[b] = ur - tr;
        im[b] = ui - ti;
      }
    }
  }
  return { re, im };
}

/** kn = (k² + n² - (k - n)²)/2 makes the transform a convolution: L. I. Bluestein, IEEE Trans. Audio Electroacoust. 18, 451 (1970). */
function bluestein({ re, im }: Complex): Complex {
  const n = re.length;
  let length = 1;
  while (length < 2 * n - 1) length *= 2;
  // k² modulo 2n keeps the digits of the angle.
  const c = Float64Array.from({ length: n }, (_, k) => cos((Math.PI * ((k * k) % (2 * n))) / n));
  const s = Float64Array.from({ length: n }, (_, k) => sin((Math.PI * ((k * k) % (2 * n))) / n));
  const a = zeros(length);
  const b = zeros(length);
  for (let k = 0; k < n; k++) {
    const [x, y, ck, sk] = [re[k] ?? 0, im[k] ?? 0, c[k] ?? 0, s[k] ?? 0];
    a.re[k] = x * ck + y * sk;
    a.im[k] = y * ck - x * sk;
    b.re[k] = ck;
    b.im[k] = sk;
    if (k === 0) continue;
    b.re[length - k] = ck;
    b.im[length - k] = sk;
  }
  radix2(a);
  radix2(b);
  // The product, conjugated: transformed once more that is the conjugate of the convolution.
  for (let k = 0; k < length; k++) {
    const [p, q, u, v] = [a.re[k] ?? 0, a.im[k] ?? 0, b.re[k] ?? 0, b.im[k] ?? 0];
    a.re[k] = p * u - q * v;
    a.im[k] = -(p * v + q * u);
  }
  radix2(a);
  const out = zeros(n);
  for (let k = 0; k < n; k++) {
    const [x, y, ck, sk] = [(a.re[k] ?? 0) / length, -(a.im[k] ?? 0) / length, c[k] ?? 0, s[k] ?? 0];
    out.re[k] = x * ck + y * sk;
    out.im[k] = y * ck - x * sk;
  }
  return out;
}

function zeros(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}
