// Exact propagators of linear differential equations: matrix exponentials, their integrals, and the noise collected over a step.
//
// Matrices are row-major, n×n, in Float64Arrays. No case is special: singular matrices, equal rates and complex eigenvalues go the same way.
// What cannot influence something has an exact zero there, and parts that are not coupled do not change each other's last bit.

import { exp, exprel, sqrt } from "./math.ts";
import { multiply } from "./matrix.ts";

/**
 * e^A by scaling and squaring with Padé approximants of degree 3, 5, 7, 9 or 13 by the norm (N. J. Higham, SIAM J. Matrix Anal. Appl. 26, 1179, 2005).
 * Elements that are the rate of an uncoupled or one-way coupled state on itself are e^rate to the last bit or two.
 */
export function matrixExponential(a: Float64Array, n: number): Float64Array {
  const P = new Float64Array(n * n);
  exponentiate(a, n, partsOf(a, n), 1, P, new Float64Array(n * n));
  return P;
}

/**
 * x' = A x + b with b constant over the step: x(t + h) = P x(t) + Q b, where P = e^(A h) and Q = ∫_0^h e^(A s) ds.
 * D = P - 1 = A Q has the digits that P loses where h is short: x + (D x + Q b) does not drift over many steps.
 */
export function propagator(
  a: Float64Array,
  n: number,
  h: number,
): { readonly P: Float64Array; readonly Q: Float64Array; readonly D: Float64Array } {
  const made = { P: new Float64Array(n * n), Q: new Float64Array(n * n), D: new Float64Array(n * n) };
  writePropagator(a, n, partsOf(a, n), h, made);
  return made;
}

/** The same into arrays that there are, zero where parts do not influence each other. */
export function writePropagator(
  a: Float64Array,
  n: number,
  parts: Parts,
  h: number,
  { P, Q, D }: { readonly P: Float64Array; readonly Q: Float64Array; readonly D: Float64Array },
): void {
  exponentiate(a, n, parts, h, P, Q);
  for (let i = 0; i < n * n; i++) Q[i]! *= h;
  multiply(D, a, Q, n);
}

/**
 * x' = A x + B ξ(t), B n×m: the lower-triangular L with L Lᵀ = C(h) = ∫_0^h e^(A s) B Bᵀ e^(Aᵀ s) ds, so that L times n independent normals is
 * the noise of a step. Columns of directions without noise of their own are zero. Triangular in `order`, of places of the n states; without one as they stand.
 *
 * C. F. Van Loan (IEEE Trans. Autom. Control 23, 395, 1978) takes C from one exponential that holds e^(-A h), which overflows for
 * fast decays. So C comes from its Taylor series over h/2^k and C(2h) = C(h) + e^(A h) C(h) e^(Aᵀ h): positive terms only.
 */
export function noiseFactor(
  a: Float64Array,
  b: Float64Array,
  n: number,
  m: number,
  h: number,
  order?: ArrayLike<number>,
): Float64Array {
  const fraction = fractionWithin(0.5, Math.max(norm(a, n, 1, n), norm(a, n, n, 1)) * Math.abs(h)),
    part = h * fraction;
  const C = new Float64Array(n * n),
    A = new Float64Array(n * n),
    term = new Float64Array(n * n),
    product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += b[i * m + k]! * b[j * m + k]!;
      term[i * n + j] = C[i * n + j] = sum * part;
      A[i * n + j] = a[i * n + j]! * part;
    }
  }
  // Through a chain of n states the first term arrives at order 2 n - 2; 18 more bring it to full precision.
  for (let order = 2; order < 20 + 2 * n; order++) {
    multiply(product, A, term, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const value = (product[i * n + j]! + product[j * n + i]!) / order;
        term[i * n + j] = term[j * n + i] = value;
        C[i * n + j] = C[j * n + i] = C[j * n + i]! + value;
      }
    }
  }
  let P: Float64Array = matrixExponential(A, n),
    spare: Float64Array = new Float64Array(n * n);
  for (let reached = fraction; reached < 1; reached *= 2) {
    multiply(product, P, C, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let l = 0; l < n; l++) sum += product[i * n + l]! * P[j * n + l]!;
        term[i * n + j] = sum;
      }
    }
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) C[i * n + j] = C[j * n + i] = C[i * n + j]! + term[i * n + j]!;
    multiply(spare, P, P, n);
    [P, spare] = [spare, P];
  }
  if (order === undefined) return semidefiniteFactor(C, n);
  const turned = new Float64Array(n * n),
    L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) turned[i * n + j] = C[order[i]! * n + order[j]!]!;
  const factor = semidefiniteFactor(turned, n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) L[order[i]! * n + order[j]!] = factor[i * n + j]!;
  return L;
}

/** Cholesky's factor; a pivot that is nothing but rounding gives a zero column. */
function semidefiniteFactor(C: Float64Array, n: number): Float64Array {
  const L = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let pivot = C[j * n + j]!;
    for (let k = 0; k < j; k++) pivot -= L[j * n + k]! * L[j * n + k]!;
    if (pivot <= 8 * n * EPSILON * C[j * n + j]!) continue;
    const root = sqrt(pivot);
    L[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let rest = C[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= L[i * n + k]! * L[j * n + k]!;
      L[i * n + j] = rest / root;
    }
  }
  return L;
}

// ---- P = e^Z and F = (e^Z - 1)/Z for Z = A h

const EPSILON = 2.220446049250313e-16;

/** The coefficients of the numerator of the [m/m] approximant of e^z, and the norm up to which it is exact to rounding (Higham's table 2.3). */
const PADE: readonly { readonly reach: number; readonly b: readonly number[] }[] = [
  { reach: 1.495585217958292e-2, b: [120, 60, 12, 1] },
  { reach: 2.53939833006323e-1, b: [30240, 15120, 3360, 420, 30, 1] },
  { reach: 9.504178996162932e-1, b: [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1] },
  {
    reach: 2.097847961257068,
    b: [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1],
  },
  {
    reach: 5.371920351148152,
    b: [
      64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
      670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ],
  },
];

/** The states of each weakly connected part, ascending. */
export type Parts = readonly (readonly number[])[];

export function partsOf(a: Float64Array, n: number): Parts {
  const part = firstOfPart(a, n);
  const states = Array.from(part, (_, i) => i);
  return states.filter((i) => part[i] === i).map((first) => states.filter((i) => part[i] === first));
}

/** Writes e^(A h) to P and (e^(A h) - 1)/(A h) to F, one weakly connected part after the other. */
function exponentiate(a: Float64Array, n: number, parts: Parts, h: number, P: Float64Array, F: Float64Array): void {
  for (const members of parts) {
    const size = members.length,
      first = members[0]!;
    if (size === 1) {
      const z = a[first * n + first]! * h;
      P[first * n + first] = exp(z);
      F[first * n + first] = exprel(z);
      continue;
    }
    if (size === 2 && exponentiateOneWay(a, n, first, members[1]!, h, P, F)) continue;
    const work = workspace(size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) work.Z[i * size + j] = a[members[i]! * n + members[j]!]! * h;
    exponentiatePart(work, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        P[members[i]! * n + members[j]!] = work.P[i * size + j]!;
        F[members[i]! * n + members[j]!] = work.F[i * size + j]!;
      }
    }
  }
}

/** Smaller couplings might leave rounding of another sign. */
const LEAST_COUPLING = 1e-200;

/**
 * What `exponentiatePart` makes, to the last bit, of two states of which one drives the other, the part that is met most: a synapse's and the membrane's.
 * Whether it is such a part, and none that would be pivoted.
 */
function exponentiateOneWay(
  a: Float64Array,
  n: number,
  first: number,
  second: number,
  h: number,
  P: Float64Array,
  F: Float64Array,
): boolean {
  const forward = a[first * n + second] === 0; // the first drives the second
  if (!forward && a[second * n + first] !== 0) return false;
  const source = forward ? first : second,
    target = forward ? second : first,
    across = target * n + source;
  const sourceRate = a[source * n + source]! * h,
    targetRate = a[target * n + target]! * h,
    coupling = a[across]! * h;
  const size = Math.max(Math.abs(sourceRate) + Math.abs(coupling), Math.abs(targetRate));
  if (!(Math.abs(coupling) > LEAST_COUPLING && size <= PADE[PADE.length - 1]!.reach)) return false;
  let degree = 0;
  while (size > PADE[degree]!.reach) degree++;
  const { b } = PADE[degree]!;
  // Z², its powers, V and W: of the source, of the target, across
  const s = sourceRate * sourceRate,
    t = targetRate * targetRate,
    c = coupling * sourceRate + targetRate * coupling;
  let ps = s,
    pt = t,
    pc = c;
  let vs = b[0]!,
    vt = vs,
    vc = 0,
    ws = b[1]!,
    wt = ws,
    wc = 0;
  for (let k = 2; k < b.length; k += 2) {
    if (k > 2) {
      pc = pc * s + pt * c;
      ps *= s;
      pt *= t;
    }
    const even = b[k]!,
      odd = b[k + 1]!;
    vs += even * ps;
    vt += even * pt;
    vc += even * pc;
    ws += odd * ps;
    wt += odd * pt;
    wc += odd * pc;
  }
  vc -= coupling * ws + targetRate * wc;
  vs -= sourceRate * ws;
  vt -= targetRate * wt;
  if (Math.abs(vc) > Math.abs(vs)) return false;
  ws *= 2;
  wc *= 2;
  // As elimination from above and substitution from below go.
  const f = (forward ? wc - (vc / vs) * ws : wc - vc * (ws / vs)) / vt;
  P[across] = coupling * (ws / vs) + targetRate * f;
  F[across] = f;
  P[source * n + source] = exp(sourceRate);
  F[source * n + source] = exprel(sourceRate);
  P[target * n + target] = exp(targetRate);
  F[target * n + target] = exprel(targetRate);
  return true;
}

/** For each state the first state of its weakly connected part. */
function firstOfPart(a: Float64Array, n: number): Int32Array {
  const part = new Int32Array(n);
  for (let i = 0; i < n; i++) part[i] = i;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if ((a[i * n + j] === 0 && a[j * n + i] === 0) || part[i] === part[j]) continue;
      const kept = Math.min(part[i]!, part[j]!),
        merged = Math.max(part[i]!, part[j]!);
      for (let k = 0; k < n; k++) if (part[k] === merged) part[k] = kept;
    }
  }
  return part;
}

interface Workspace {
  Z: Float64Array;
  P: Float64Array;
  F: Float64Array; // the argument and the results
  readonly square: Float64Array;
  power: Float64Array;
  spare: Float64Array;
  readonly V: Float64Array;
  readonly W: Float64Array;
  readonly scale: Float64Array; // of balancing
  readonly rate: Float64Array; // diagonal of Z
  readonly reaches: Uint8Array; // [i, j]: j influences i
  readonly alone: Uint8Array; // on no cycle with another state
}
const workspaces: (Workspace | undefined)[] = [];

function workspace(n: number): Workspace {
  const matrix = (): Float64Array => new Float64Array(n * n);
  return (workspaces[n] ??= {
    Z: matrix(),
    P: matrix(),
    F: matrix(),
    square: matrix(),
    power: matrix(),
    spare: matrix(),
    V: matrix(),
    W: matrix(),
    scale: new Float64Array(n),
    rate: new Float64Array(n),
    reaches: new Uint8Array(n * n),
    alone: new Uint8Array(n),
  });
}

function exponentiatePart(work: Workspace, n: number): void {
  const { Z, square, V, W, scale, rate, reaches } = work;
  findReach(work, n);
  for (let i = 0; i < n; i++) rate[i] = Z[i * n + i]!;
  balance(Z, n, scale);
  const size = norm(Z, n, n, 1);
  if (!(size < Infinity)) {
    work.P.fill(NaN);
    work.F.fill(NaN);
    return;
  }

  // With the numerator V + U, U = Z W, and the denominator D = V - U: F = 2 D⁻¹ W and P = 1 + Z F.
  const degree = PADE.find(({ reach }) => size <= reach) ?? PADE[PADE.length - 1]!;
  const part = fractionWithin(degree.reach, size),
    b = degree.b;
  for (let i = 0; i < n * n; i++) Z[i]! *= part;
  multiply(square, Z, Z, n);
  V.fill(0);
  W.fill(0);
  for (let i = 0; i < n; i++) {
    V[i * n + i] = b[0]!;
    W[i * n + i] = b[1]!;
  }
  for (let k = 2; k < b.length; k += 2) {
    if (k === 2) work.power.set(square);
    else {
      multiply(work.spare, work.power, square, n);
      [work.power, work.spare] = [work.spare, work.power];
    }
    const even = b[k]!,
      odd = b[k + 1]!;
    for (let i = 0; i < n * n; i++) {
      V[i]! += even * work.power[i]!;
      W[i]! += odd * work.power[i]!;
    }
  }
  multiply(work.spare, Z, W, n);
  for (let i = 0; i < n * n; i++) {
    V[i]! -= work.spare[i]!;
    W[i]! *= 2;
  }
  solve(V, W, n);
  work.F.set(W);
  for (let i = 0; i < n * n; i++) if (reaches[i] === 0) work.F[i] = 0; // pivoting leaves rounding there
  multiply(work.P, Z, work.F, n);
  for (let i = 0; i < n; i++) work.P[i * n + i]! += 1;
  setOwnRates(work, n, part);

  // F(2z) = (P + 1) F / 2, P(2z) = P²
  for (let reached = 2 * part; reached <= 1; reached *= 2) {
    multiply(work.spare, work.P, work.F, n);
    for (let i = 0; i < n * n; i++) work.F[i] = 0.5 * (work.F[i]! + work.spare[i]!);
    multiply(work.spare, work.P, work.P, n);
    [work.P, work.spare] = [work.spare, work.P];
    setOwnRates(work, n, reached);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const back = scale[i]! / scale[j]!;
      work.P[i * n + j]! *= back;
      work.F[i * n + j]! *= back;
    }
  }
}

/** Diagonal elements of states that are on no cycle are known exactly; set anew after each squaring, they do not gather its errors. */
function setOwnRates({ P, F, rate, alone }: Workspace, n: number, part: number): void {
  for (let i = 0; i < n; i++) {
    if (alone[i] === 0) continue;
    P[i * n + i] = exp(rate[i]! * part);
    F[i * n + i] = exprel(rate[i]! * part);
  }
}

/** Who influences whom, over any number of intermediates (Warshall). */
function findReach({ Z, reaches, alone }: Workspace, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) reaches[i * n + j] = i === j || Z[i * n + j] !== 0 ? 1 : 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      if (reaches[i * n + k] === 0) continue;
      for (let j = 0; j < n; j++) if (reaches[k * n + j] === 1) reaches[i * n + j] = 1;
    }
  }
  for (let i = 0; i < n; i++) {
    alone[i] = 1;
    for (let j = 0; j < n; j++) if (j !== i && reaches[i * n + j] === 1 && reaches[j * n + i] === 1) alone[i] = 0;
  }
}

/** Scales states by powers of two (exact) until rows and columns weigh alike, so that units do not decide about the squarings (E. E. Osborne 1960). */
function balance(Z: Float64Array, n: number, scale: Float64Array): void {
  scale.fill(1);
  for (let sweep = 0, changed = true; changed && sweep < 8; sweep++) {
    changed = false;
    for (let i = 0; i < n; i++) {
      let column = 0,
        row = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        column += Math.abs(Z[j * n + i]!);
        row += Math.abs(Z[i * n + j]!);
      }
      if (!(column > 0 && row > 0 && column + row < Infinity)) continue;
      let factor = 1;
      const before = column + row;
      while (column * 2 < row) {
        factor *= 2;
        column *= 2;
        row *= 0.5;
      }
      while (row * 2 < column) {
        factor *= 0.5;
        column *= 0.5;
        row *= 2;
      }
      if (column + row >= 0.95 * before) continue;
      changed = true;
      scale[i]! *= factor;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        Z[j * n + i]! *= factor;
        Z[i * n + j]! /= factor;
      }
    }
  }
}

/** The largest 2^-k, k = 0, 1, …, that brings a norm within reach. */
function fractionWithin(reach: number, norm: number): number {
  let fraction = 1;
  for (let rest = norm; rest > reach && rest < Infinity; rest *= 0.5) fraction *= 0.5;
  return fraction;
}

/** The largest sum of magnitudes over one index: 1-norm for strides (n, 1), ∞-norm for (1, n). NaN if any element is. */
function norm(a: Float64Array, n: number, inner: number, outer: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * outer + j * inner]!);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** X ← D⁻¹ X by Gaussian elimination with row pivoting; D is used up. */
function solve(D: Float64Array, X: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(D[i * n + k]!) > Math.abs(D[pivot * n + k]!)) pivot = i;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) {
        const d = D[k * n + j]!,
          x = X[k * n + j]!;
        D[k * n + j] = D[pivot * n + j]!;
        D[pivot * n + j] = d;
        X[k * n + j] = X[pivot * n + j]!;
        X[pivot * n + j] = x;
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = D[i * n + k]! / D[k * n + k]!;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) D[i * n + j]! -= factor * D[k * n + j]!;
      for (let j = 0; j < n; j++) X[i * n + j]! -= factor * X[k * n + j]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) {
      const factor = D[k * n + i]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) X[k * n + j]! -= factor * X[i * n + j]!;
    }
    for (let j = 0; j < n; j++) X[k * n + j]! /= D[k * n + k]!;
  }
}
