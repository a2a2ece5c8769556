/*
 * LIF: one model by itself.
 * Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018.
 *
 * Written by glif from lif.glif; change that file, not this one.
 * Units: ms, mV, pF, and what follows from them: pA, nS, GΩ, fC.
 *
 * Population LIF:
 *   V is linear with constant coefficients: exact propagator.
 *   While refractory V is held.
 */

// From the runtime, runtime/math.ts

// Elementary functions with the same bits on every machine: V8's own exp, log, pow, sin, … differ between releases in the last digit.
//
// Only what IEEE 754 fixes to the last bit is used: + - * / sqrt, comparisons, exact rounding to integers, and views of the bits.
// Errors are given in units in the last place (ulp) of the result. Polynomials are near-minimax: interpolated at Chebyshev nodes in
// 400-bit arithmetic, their error below 2^-55 of the result. The reductions are the classical ones: W. J. Cody & W. Waite, Software Manual
// for the Elementary Functions (1980); double-double products after T. J. Dekker, Numer. Math. 18, 224 (1971).

/** e^x. Error below 1 ulp. No division and paired terms (Estrin): in a kernel nothing waits long. */
function exp(x: number): number {
  if (x * x > 501264.5) return expEdge(x); // |x| > 708: overflow and subnormal results are left to a function that is not inlined
  // k = x/ln 2 to the nearest integer: adding 1.5 * 2^52 shifts the fraction out. ln 2 in two parts, the first with 32 bits, so that k*it is exact.
  const k = x * 1.4426950408889634 + 6755399441055744 - 6755399441055744;
  const head = x - k * 0.6931471803691238,
    tail = k * 1.9082149292705877e-10,
    r = head - tail,
    z = r * r,
    z2 = z * z;
  // e^r = 1 + r + r² Σ r^n/(n + 2)!, n up to 11: what is left out is below 2^-56.
  const low = 0.5 + 0.16666666666666666 * r + (0.041666666666666664 + 0.008333333333333333 * r) * z;
  const middle =
    0.001388888888888889 + 0.0001984126984126984 * r + (2.48015873015873e-5 + 2.7557319223985893e-6 * r) * z;
  const high = 2.755731922398589e-7 + 2.505210838544172e-8 * r + (2.08767569878681e-9 + 1.6059043836821613e-10 * r) * z;
  return (head - (tail - z * (low + middle * z2 + high * (z2 * z2))) + 1) * POWER_OF_TWO[k & 2047]!;
}

/** e^x - 1, keeping its digits where x is small. Error below 1.5 ulp. */
function expm1(x: number): number {
  if (x * x > 501264.5) return x < 0 ? -1 : expEdge(x);
  const k = x * 1.4426950408889634 + 6755399441055744 - 6755399441055744;
  const head = x - k * 0.6931471803691238,
    tail = k * 1.9082149292705877e-10,
    r = head - tail,
    z = r * r,
    z2 = z * z;
  const low = 0.5 + 0.16666666666666666 * r + (0.041666666666666664 + 0.008333333333333333 * r) * z;
  const middle =
    0.001388888888888889 + 0.0001984126984126984 * r + (2.48015873015873e-5 + 2.7557319223985893e-6 * r) * z;
  const high = 2.755731922398589e-7 + 2.505210838544172e-8 * r + (2.08767569878681e-9 + 1.6059043836821613e-10 * r) * z;
  const scale = POWER_OF_TWO[k & 2047]!;
  return scale * head - (1 - scale) - scale * (tail - z * (low + middle * z2 + high * (z2 * z2)));
}

/** (e^x - 1)/x, and 1 at x = 0: the smooth form of x/(1 - e^-x) and its like. Error below 2.5 ulp. */
function exprel(x: number): number {
  if (x * x < 1) return exprelNear0(x);
  if (x > 708) return x > 720 ? Infinity : expOver(x, x); // still finite a little beyond the overflow of e^x
  return expm1(x) / x;
}

/**
 * exprel for |x| < 1: Σ y^n/(n+1)! up to n = 13 at y = x/2, what is left out being below 2^-54, and exprel(2y) = e + y e²/2 with e = exprel(y).
 * The terms are paired (Estrin), so that they need not wait for one another.
 */
function exprelNear0(x: number): number {
  const y = 0.5 * x,
    y2 = y * y,
    y4 = y2 * y2;
  const low = 1 + 0.5 * y + (0.16666666666666666 + 0.041666666666666664 * y) * y2;
  const middle =
    0.008333333333333333 + 0.001388888888888889 * y + (0.0001984126984126984 + 2.48015873015873e-5 * y) * y2;
  const high =
    2.7557319223985893e-6 +
    2.755731922398589e-7 * y +
    (2.505210838544172e-8 + 2.08767569878681e-9 * y) * y2 +
    (1.6059043836821613e-10 + 1.1470745597729725e-11 * y) * y4;
  const e = low + middle * y4 + high * (y4 * y4);
  return e + 0.5 * y * (e * e);
}

/** Heaviside step: 1 for x >= 0, else 0. */
function step(x: number): number {
  return x >= 0 ? 1 : 0;
}

const LN2_32 = 0.6931471803691238; // ln 2, its first 32 bits

const LN2_REST = 1.9082149292705877e-10;

/** 2^k at index k & 2047, for k = -1024 .. 1023. Kernels that write exponentials out read it. */
const POWER_OF_TWO: Float64Array = powersOfTwo();

function powersOfTwo(): Float64Array {
  const table = new Float64Array(2048);
  for (let k = 0, value = 1; k <= 1023; k++, value *= 2) table[k] = value;
  for (let k = -1, value = 0.5; k >= -1024; k--, value *= 0.5) table[k & 2047] = value;
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

// From the runtime, runtime/clock.ts
// The clock is an integer; a time is computed from it and never accumulated.

/**
 * Time of step n (ms). Where a whole number m of steps makes a millisecond it is n/m, the double nearest to the decimal
 * that is meant (n = 1201 at dt = 0.1 gives 120.1); else n·dt.
 */
function timeOf(n: number, dt: number): number {
  const perMillisecond = Math.round(1 / dt);
  return 1 / perMillisecond === dt ? n / perMillisecond : n * dt;
}

// From the runtime, runtime/linear.ts
// Exact propagators of linear differential equations: matrix exponentials, their integrals, and the noise collected over a step.

/**
 * x' = A x + b with b constant over the step: x(t + h) = P x(t) + Q b, where P = e^(A h) and Q = ∫_0^h e^(A s) ds.
 * D = P - 1 = A Q has the digits that P loses where h is short: x + (D x + Q b) does not drift over many steps.
 */
function propagator(
  a: Float64Array,
  n: number,
  h: number,
): { readonly P: Float64Array; readonly Q: Float64Array; readonly D: Float64Array } {
  const P = new Float64Array(n * n),
    Q = new Float64Array(n * n),
    D = new Float64Array(n * n);
  exponentiate(a, n, h, P, Q);
  for (let i = 0; i < n * n; i++) Q[i]! *= h;
  multiply(D, a, Q, n);
  return { P, Q, D };
}

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

/** Writes e^(A h) to P and (e^(A h) - 1)/(A h) to F, one weakly connected part after the other. */
function exponentiate(a: Float64Array, n: number, h: number, P: Float64Array, F: Float64Array): void {
  const part = parts(a, n),
    members: number[] = [];
  for (let first = 0; first < n; first++) {
    if (part[first] !== first) continue;
    members.length = 0;
    for (let i = first; i < n; i++) if (part[i] === first) members.push(i);
    const size = members.length;
    if (size === 1) {
      const z = a[first * n + first]! * h;
      P[first * n + first] = exp(z);
      F[first * n + first] = exprel(z);
      continue;
    }
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

/** For each state the first state of its weakly connected part. */
function parts(a: Float64Array, n: number): Int32Array {
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

function multiply(out: Float64Array, a: Float64Array, b: Float64Array, n: number): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!;
    }
  }
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
    for (let j = 0; j < n; j++) {
      let sum = X[k * n + j]!;
      for (let i = k + 1; i < n; i++) sum -= D[k * n + i]! * X[i * n + j]!;
      X[k * n + j] = sum / D[k * n + k]!;
    }
  }
}

// From the runtime, runtime/gridStepper.ts
// One step of a population on the grid: integrate, detect, reset (language reference, "Time").

/** Steps a population and tells of its spikes; can go back to where it was saved. */
interface Stepper {
  /** From t_n to t_(n+1). */
  step(n: number): void;
  /** Copies all that changes; `restore` goes back to the last copy. */
  save(): void;
  restore(): void;
}

/** What a stepper tells its simulation. */
interface Listener {
  spike(neuron: number, time: number): void;
  /** The reset of neuron `neuron` left its own spike condition true. */
  stillTrue(neuron: number, time: number): void;
}

function gridStepper(kernel: GridKernel, dt: number, listener: Listener): Stepper {
  const { size, candidates } = kernel;
  // Refractory neurons, and for each neuron the first step in which it may spike again.
  const refractory = new Int32Array(size);
  const freeFrom = new Float64Array(size);
  let refractoryCount = 0;
  const found = kernel.events.map(() => new Int32Array(size));
  const happened = new Int32Array(kernel.events.length);
  const saved = {
    words: new Float64Array(kernel.memory.words.length),
    refractory: new Int32Array(size),
    refractoryCount: 0,
    freeFrom: new Float64Array(size),
  };

  const free = (neurons: Int32Array, count: number, n: number): number => {
    if (refractoryCount === 0) return count;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const i = neurons[k] as number;
      if ((freeFrom[i] as number) <= n) neurons[kept++] = i;
    }
    return kept;
  };

  return {
    step(n) {
      kernel.drive(n);
      kernel.shake(n);
      let kept = 0;
      for (let k = 0; k < refractoryCount; k++) {
        const i = refractory[k] as number;
        if ((freeFrom[i] as number) > n) refractory[kept++] = i;
      }
      refractoryCount = kept;

      if (refractoryCount > 0) kernel.hold(refractory, refractoryCount);
      let count = kernel.update(0, size);
      if (refractoryCount > 0) kernel.restore(refractory, refractoryCount);

      // All conditions are judged on the state before any reset.
      if (kernel.crossings !== undefined) count = kernel.crossings(0, size, candidates);
      for (let e = 0; e < kernel.events.length; e++) {
        const neurons = found[e] as Int32Array;
        happened[e] = free(neurons, (kernel.events[e] as EventKernel).detect(0, size, neurons), n);
      }
      count = free(candidates, count, n);

      const time = timeOf(n + 1, dt);
      if (count > 0) {
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          for (const state of kernel.states) if (!Number.isFinite(state.values[i])) throw new NotFinite();
        }
        kernel.reset(candidates, count);
        for (let k = 0; k < count; k++) {
          const i = candidates[k] as number;
          listener.spike(i, time);
          if (kernel.holds(i)) listener.stillTrue(i, time);
          const steps = kernel.refractorySteps(i);
          if (steps > 0) {
            refractory[refractoryCount++] = i;
            freeFrom[i] = n + 1 + steps;
          }
        }
      }
      for (let e = 0; e < kernel.events.length; e++) {
        if ((happened[e] as number) > 0)
          (kernel.events[e] as EventKernel).apply(found[e] as Int32Array, happened[e] as number);
      }
    },

    save() {
      saved.words.set(kernel.memory.words);
      saved.refractory.set(refractory);
      saved.refractoryCount = refractoryCount;
      saved.freeFrom.set(freeFrom);
    },
    restore() {
      kernel.memory.words.set(saved.words);
      refractory.set(saved.refractory);
      refractoryCount = saved.refractoryCount;
      freeFrom.set(saved.freeFrom);
    },
  };
}

/** A value has stopped being finite; the simulation finds out which and when. */
class NotFinite extends Error {
  override readonly name = "NotFinite";
}

// From the runtime, runtime/memory.ts
// Where the state of a population lives: one pooled buffer, so that a copy of it is a checkpoint and arrays do not alias in the cache.

/** Arrays cut from one buffer. */
interface Memory {
  /** The whole pool; copying it is a checkpoint of everything cut from it. */
  readonly words: Float64Array;
  readonly arrays: readonly Float64Array[];
}

/**
 * `count` arrays of `length` doubles in one buffer. Each starts 320 bytes further on, modulo 4096, than the one before:
 * large arrays at equal offsets of a page share cache sets and slow a kernel down up to three times.
 */
function allocate(length: number, count: number): Memory {
  const page = 512; // doubles in 4096 bytes
  const stagger = 40; // doubles in 320 bytes
  const starts: number[] = [];
  let next = 0;
  for (let k = 0; k < count; k++) {
    const wanted = (k * stagger) % page;
    next += (wanted - (next % page) + page) % page;
    starts.push(next);
    next += length;
  }
  const bytes = Math.max(next, 1) * 8;
  const buffer = typeof SharedArrayBuffer === "function" ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const words = new Float64Array(buffer);
  return { words, arrays: starts.map((start) => words.subarray(start, start + length)) };
}

// From the runtime, runtime/root.ts
// Locating a crossing inside a step.

/**
 * A point within `tolerance` after the crossing of f between low and high, by R. P. Brent's method (Algorithms for Minimization Without Derivatives, 1973, ch. 4).
 *
 * Returned is the end of the last bracket on the side of `high`: with fHigh > 0, a point where f >= 0, just at or after the crossing (with fHigh < 0, f <= 0).
 * fLow = f(low), fHigh = f(high). `low` may lie above `high`. Without a change of sign the answer is `high`; where fLow is 0 it is `low`.
 * At most 100 evaluations; after them the bracket is simply wider than asked for.
 */
function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  fLow: number,
  fHigh: number,
  tolerance: number,
): number {
  if (fLow === 0) return low;
  if (!(fLow < 0 ? fHigh > 0 : fHigh < 0)) return high;
  const side = fHigh > 0 ? 1 : -1;
  // b: best estimate; c: the other end of the bracket; a: the estimate before
  let a = low,
    fa = fLow,
    b = high,
    fb = fHigh,
    c = a,
    fc = fa,
    move = b - a,
    moveBefore = move;
  for (let evaluations = 0; evaluations < 100; evaluations++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const small = 2 * 2.220446049250313e-16 * Math.abs(b) + 0.5 * tolerance,
      half = 0.5 * (c - b);
    if (fb === 0 || Math.abs(half) <= small) break; // the bracket is within the tolerance
    if (Math.abs(moveBefore) >= small && Math.abs(fa) > Math.abs(fb)) {
      // inverse quadratic interpolation, or the secant where only two points differ
      const s = fb / fa;
      let p: number, q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = fb / fc,
          u = fa / fc;
        p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * half * q - Math.abs(small * q), Math.abs(moveBefore * q))) {
        moveBefore = move;
        move = p / q;
      } else moveBefore = move = half;
    } else moveBefore = move = half;
    a = b;
    fa = fb;
    b += Math.abs(move) > small ? move : half > 0 ? small : -small;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      moveBefore = move = b - a;
    }
  }
  return fb === 0 || fb * side > 0 ? b : c;
}

// From the runtime, runtime/preciseStepper.ts
// One step of a population whose spikes are located inside the step: the crossing is found as a root, the reset happens there, the rest of the step starts there.

/** Crossings are located to this many ms. */
const TOLERANCE = 1e-12;

/** A crossing stands still when a shorter way to it finds it within this many ms of where it was. */
const SETTLED = 1e-10;

/** A condition that moves this many times as far in the second half of a step as in the first may be escaping to infinity: one Runge-Kutta step would not see it. */
const STEEP = 1.5;

/** A steep step is halved down to this part of it, twenty times. */
const SHORTEST = 1 / 1048576;

/** Each step towards a crossing is this part of what is left. */
const STRIDE = 1 / 8;

/** More events than this of one neuron in one step: the rest of the step runs without looking. */
const MOST_EVENTS = 1000;

function preciseStepper(kernel: PreciseKernel, dt: number, listener: Listener): Stepper {
  const { size } = kernel;
  const width = Math.max(kernel.states.length, 1);
  const conditions: PreciseCondition[] =
    kernel.spike === undefined ? [...kernel.events] : [kernel.spike, ...kernel.events];
  const isSpike = (c: number): boolean => kernel.spike !== undefined && c === 0;
  const isLevel = (c: number): boolean => isSpike(c) && kernel.spike?.crossing === false;
  // Per neuron: when it is free again (ms), and which conditions were true when last looked at.
  const freeAt = new Float64Array(size).fill(-Infinity);
  const wasTrue = new Uint8Array(size * Math.max(conditions.length, 1));
  const saved = {
    words: new Float64Array(kernel.memory.words.length),
    freeAt: new Float64Array(size),
    wasTrue: new Uint8Array(wasTrue.length),
  };
  for (let i = 0; i < size; i++)
    conditions.forEach((condition, c) => (wasTrue[i * conditions.length + c] = condition.initial(i) ? 1 : 0));
  /** Whether the last search met a steep condition; then only the first half of the step is to be taken. */
  let steep = false;

  const y = new Float64Array(width);
  const trial = new Float64Array(width);
  const back = new Float64Array(width);

  const flowTo = (t: number, h: number, held: boolean): void => {
    trial.set(y);
    if (h <= 0) return;
    if (held) kernel.flowHeld(t, h, trial);
    else kernel.flow(t, h, trial);
  };

  /**
   * First crossing of condition c within [0, h] from y, or Infinity. Looks at both ends and at the top of the parabola through them and the middle.
   * `known`: at the start, just on the border, it has already been counted as true.
   */
  const crossing = (c: number, t: number, h: number, held: boolean, known: boolean): number => {
    const condition = conditions[c] as PreciseCondition;
    const margin = (x: number): number => {
      flowTo(t, x, held);
      const value = condition.margin(t + x, trial);
      // An upstroke that runs to infinity has crossed.
      return Number.isNaN(value) ? Infinity : value;
    };
    const start = condition.margin(t, y);
    if (isLevel(c)) {
      if (start > 0) return 0;
    } else if (start > 0 || (start === 0 && known)) {
      return Infinity; // it is true already: what counts is that it becomes so
    }
    const end = margin(h);
    if (end > 0) return findRoot(margin, 0, h, start, end, TOLERANCE);
    const middle = margin(h / 2);
    if (middle > 0) return findRoot(margin, 0, h / 2, start, middle, TOLERANCE);
    if (middle > start && end - middle > STEEP * (middle - start)) steep = true;
    const curvature = start - 2 * middle + end;
    const top = curvature < 0 ? h * (0.5 + (start - end) / (4 * curvature)) : -1;
    if (top > 0 && top < h) {
      const highest = margin(top);
      if (highest > 0) return findRoot(margin, 0, top, start, highest, TOLERANCE);
    }
    return Infinity;
  };

  /**
   * Moves y towards the crossing of condition c that was found `at` ms ahead, and returns how far. One long Runge-Kutta step misses an upstroke that escapes
   * to infinity by a third of the way to it: so the way is taken in shorter and shorter steps until the crossing stands still.
   */
  const approach = (
    c: number,
    t: number,
    h: number,
    at: number,
  ): { readonly walked: number; readonly left: number } => {
    let walked = 0;
    let left = at;
    while (left * STRIDE > TOLERANCE) {
      const stride = left * STRIDE;
      back.set(y);
      flowTo(t + walked, stride, false);
      y.set(trial);
      const next = crossing(c, t + walked + stride, h - walked - stride, false, false);
      if (next === Infinity) {
        y.set(back);
        break;
      }
      const moved = Math.abs(stride + next - left);
      walked += stride;
      left = next;
      if (moved <= SETTLED) break;
    }
    return { walked, left };
  };

  const stepNeuron = (i: number, n: number): void => {
    const begin = timeOf(n, dt);
    kernel.load(i, y);
    const flags = i * conditions.length;
    let done = 0; // ms into the step
    let events = 0;
    // An event that depends on inputs alone becomes true with the step.
    for (let c = 0; c < conditions.length; c++) {
      const condition = conditions[c] as PreciseCondition;
      const now = condition.margin(begin, y) > 0 ? 1 : 0;
      if (!isSpike(c) && now === 1 && wasTrue[flags + c] === 0 && (freeAt[i] as number) <= begin)
        condition.apply(begin, y);
      wasTrue[flags + c] = now;
    }
    while (done < dt) {
      const t = begin + done;
      const held = t < (freeAt[i] as number);
      const until = held ? Math.min(dt, (freeAt[i] as number) - begin) : dt;
      const h = until - done;
      let first = -1;
      let at = Infinity;
      steep = false;
      if (!held && events < MOST_EVENTS) {
        for (let c = 0; c < conditions.length; c++) {
          const x = crossing(c, t, h, held, wasTrue[flags + c] === 1);
          if (x < at) {
            at = x;
            first = c;
          }
        }
      }
      if (first < 0) {
        const half = steep && h > SHORTEST * dt;
        flowTo(t, half ? h / 2 : h, held);
        y.set(trial);
        done = half ? done + h / 2 : until;
        continue;
      }
      const { walked, left } = approach(first, t, h, at);
      flowTo(t + walked, left, held);
      y.set(trial);
      done += walked + left;
      events++;
      const condition = conditions[first] as PreciseCondition;
      if (!y.every(Number.isFinite)) {
        kernel.store(i, y);
        throw new NotFinite();
      }
      condition.apply(begin + done, y);
      wasTrue[flags + first] = 1;
      if (isSpike(first)) {
        const time = begin + done;
        listener.spike(i, time);
        const period = kernel.refractoryPeriod();
        if (period > 0) freeAt[i] = time + period;
        if (isLevel(first) && condition.margin(time, y) > 0) {
          listener.stillTrue(i, time);
          // Without a refractory period nothing moves the time on: integrate the rest of the step unwatched.
          if (period <= 0) events = MOST_EVENTS;
        }
      }
    }
    for (let c = 0; c < conditions.length; c++)
      wasTrue[flags + c] = (conditions[c] as PreciseCondition).margin(begin + dt, y) > 0 ? 1 : 0;
    kernel.store(i, y);
  };

  return {
    step(n) {
      kernel.drive(n);
      for (let i = 0; i < size; i++) stepNeuron(i, n);
    },
    save() {
      saved.words.set(kernel.memory.words);
      saved.freeAt.set(freeAt);
      saved.wasTrue.set(wasTrue);
    },
    restore() {
      kernel.memory.words.set(saved.words);
      freeAt.set(saved.freeAt);
      wasTrue.set(saved.wasTrue);
    },
  };
}

// From the runtime, runtime/recording.ts
// What a run leaves behind: spikes and sampled traces, in arrays that grow.

/** Spikes in the order of time, then population, then neuron. */
interface SpikeLog {
  readonly length: number;
  /** ms */
  time(k: number): number;
  population(k: number): number;
  neuron(k: number): number;
  push(time: number, population: number, neuron: number): void;
  /** Forgets all but the first `length`. */
  truncate(length: number): void;
  /** Sorts what came since `start` by time, then population, then neuron. */
  arrange(start: number): void;
}

function spikeLog(): SpikeLog {
  let times = new Float64Array(1024);
  let populations = new Int32Array(1024);
  let neurons = new Int32Array(1024);
  let length = 0;
  const grow = (): void => {
    times = enlarged(times, new Float64Array(2 * length));
    populations = enlarged(populations, new Int32Array(2 * length));
    neurons = enlarged(neurons, new Int32Array(2 * length));
  };
  return {
    get length() {
      return length;
    },
    time: (k) => times[k] ?? NaN,
    population: (k) => populations[k] ?? -1,
    neuron: (k) => neurons[k] ?? -1,
    push(time, population, neuron) {
      if (length === times.length) grow();
      times[length] = time;
      populations[length] = population;
      neurons[length] = neuron;
      length++;
    },
    truncate(to) {
      length = Math.min(length, to);
    },
    arrange(start) {
      const count = length - start;
      if (count < 2) return;
      const order = Array.from({ length: count }, (_, k) => start + k);
      const at = (a: ArrayLike<number>, k: number): number => a[k] ?? 0;
      order.sort(
        (a, b) =>
          at(times, a) - at(times, b) || at(populations, a) - at(populations, b) || at(neurons, a) - at(neurons, b),
      );
      times.set(
        order.map((k) => at(times, k)),
        start,
      );
      populations.set(
        order.map((k) => at(populations, k)),
        start,
      );
      neurons.set(
        order.map((k) => at(neurons, k)),
        start,
      );
    },
  };
}

/** One recorded variable of one neuron, sampled at steps 0, every, 2·every, … */
interface TraceLog {
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
  readonly kind: Observable["kind"];
  /** Steps between samples. */
  readonly every: number;
  readonly length: number;
  /** Samples so far; sample k was taken at step k·every. */
  values(): Float64Array;
  sample(): void;
  truncate(length: number): void;
}

function traceLog(population: string, neuron: number, observable: Observable, every: number): TraceLog {
  let samples = new Float64Array(1024);
  let length = 0;
  return {
    population,
    neuron,
    variable: observable.name,
    unit: observable.unit,
    kind: observable.kind,
    every,
    get length() {
      return length;
    },
    values: () => samples.subarray(0, length),
    sample() {
      if (length === samples.length) samples = enlarged(samples, new Float64Array(2 * length));
      samples[length++] = observable.read(neuron);
    },
    truncate(to) {
      length = Math.min(length, to);
    },
  };
}

function enlarged<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

// From the runtime, runtime/simulation.ts
// A running simulation: the integer clock, the populations' steppers, what is recorded, and stopping when a value is no longer finite.

/** What to sample: an observable of neurons first..last, every so many steps. */
interface RecordRequest {
  readonly population: string;
  readonly variable: string;
  readonly first: number;
  readonly last: number;
  /** Steps between samples; the first sample is the initial state. */
  readonly every: number;
}

interface SimulationSetup {
  readonly name: string;
  /** ms */
  readonly dt: number;
  readonly seed: number;
  readonly populations: readonly PopulationKernel[];
  /** Names of the populations whose spikes are kept. */
  readonly spikesOf: readonly string[];
  readonly records: readonly RecordRequest[];
}

interface Simulation {
  readonly name: string;
  readonly dt: number;
  readonly seed: number;
  /** Steps taken so far; the time is timeOf(steps, dt). */
  readonly steps: number;
  /** In alphabetical order of their names, which is the order of simultaneous spikes. */
  readonly populations: readonly PopulationKernel[];
  readonly spikes: SpikeLog;
  readonly traces: readonly TraceLog[];
  /** What the modeller should hear of, each once a population. */
  readonly warnings: readonly string[];
  /**
   * Takes `count` steps. Any way of cutting a run into calls gives the same bits.
   * @throws NonFiniteError when a state stops being finite; what was recorded before stays.
   */
  advance(count: number): void;
  /** Takes round(duration/dt) steps (ms). */
  run(duration: number): void;
  population(name: string): PopulationKernel;
}

/** A state has become NaN or infinite. */
class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  readonly population: string;
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
  /** End of the step in which it happened (ms). */
  readonly time: number;
  readonly value: number;
  /** The value one step before. */
  readonly lastValue: number;

  constructor(at: {
    population: string;
    neuron: number;
    variable: string;
    unit: string;
    time: number;
    value: number;
    lastValue: number;
  }) {
    super(
      `${at.population}[${at.neuron}].${at.variable} became ${at.value} at t = ${at.time} ms; it was ${at.lastValue} ${at.unit} one step before`,
    );
    this.population = at.population;
    this.neuron = at.neuron;
    this.variable = at.variable;
    this.unit = at.unit;
    this.time = at.time;
    this.value = at.value;
    this.lastValue = at.lastValue;
  }
}

/** Steps between looks for values that are no longer finite. */
const LOOK_EVERY = 128;

function simulate(setup: SimulationSetup): Simulation {
  const { dt } = setup;
  const populations = [...setup.populations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const spikes = spikeLog();
  const warnings: string[] = [];
  const told = new Set<string>();

  const steppers: Stepper[] = populations.map((kernel, p) => {
    const kept = setup.spikesOf.includes(kernel.name);
    const listener = {
      spike: (neuron: number, time: number): void => {
        if (kept) spikes.push(time, p, neuron);
      },
      stillTrue: (neuron: number, time: number): void => {
        if (told.has(kernel.name)) return;
        told.add(kernel.name);
        const values = kernel.states.map((s) => `${s.name} = ${s.values[neuron]} ${s.unit}`).join(", ");
        warnings.push(
          `the reset of ${kernel.name}[${neuron}] at t = ${time} ms left its spike condition true: ${values}`,
        );
      },
    };
    return kernel.kind === "grid" ? gridStepper(kernel, dt, listener) : preciseStepper(kernel, dt, listener);
  });
  const unordered = populations.some((kernel) => kernel.kind === "precise");

  const traces = setup.records.flatMap((record) => {
    const kernel = find(populations, record.population);
    const observable = observableOf(kernel, record.variable);
    return Array.from({ length: record.last - record.first + 1 }, (_, k) =>
      traceLog(kernel.name, record.first + k, observable, record.every),
    );
  });
  let n = 0;
  const intervals = [...new Set(traces.map((trace) => trace.every))];
  const sample = (): void => {
    if (!intervals.some((every) => n % every === 0)) return;
    for (const kernel of populations) kernel.drive(n);
    for (const trace of traces) if (n % trace.every === 0) trace.sample();
  };
  sample();

  const step = (): void => {
    const before = spikes.length;
    for (const stepper of steppers) stepper.step(n);
    if (unordered) spikes.arrange(before);
    n++;
    sample();
  };

  const mark = { n: 0, spikes: 0, traces: traces.map(() => 0) };
  const save = (): void => {
    for (const stepper of steppers) stepper.save();
    mark.n = n;
    mark.spikes = spikes.length;
    traces.forEach((trace, k) => (mark.traces[k] = trace.length));
  };
  const restore = (): void => {
    for (const stepper of steppers) stepper.restore();
    n = mark.n;
    spikes.truncate(mark.spikes);
    traces.forEach((trace, k) => trace.truncate(mark.traces[k] ?? 0));
  };

  /** From the last save, one step at a time up to the first bad value; what was recorded before it stays. */
  const locate = (): never => {
    restore();
    for (;;) {
      const before = populations.map((p) => p.states.map((s) => s.values.slice()));
      const recorded = { spikes: spikes.length, traces: traces.map((t) => t.length) };
      let stopped = false;
      try {
        step();
      } catch (error) {
        if (!(error instanceof NotFinite)) throw error;
        stopped = true;
      }
      const bad = firstNonFinite(populations);
      if (bad === null && !stopped) continue;
      const time = timeOf(stopped ? n + 1 : n, dt);
      spikes.truncate(recorded.spikes);
      traces.forEach((t, k) => t.truncate(recorded.traces[k] ?? 0));
      const { p, s, i } = bad ?? { p: 0, s: 0, i: 0 };
      const kernel = populations[p] as PopulationKernel;
      const state = kernel.states[s];
      throw new NonFiniteError({
        population: kernel.name,
        neuron: i,
        variable: state?.name ?? "?",
        unit: state?.unit ?? "",
        time,
        value: state?.values[i] ?? NaN,
        lastValue: before[p]?.[s]?.[i] ?? NaN,
      });
    }
  };

  return {
    name: setup.name,
    dt,
    seed: setup.seed,
    get steps() {
      return n;
    },
    populations,
    spikes,
    traces,
    warnings,
    advance(count) {
      const end = n + count;
      while (n < end) {
        save();
        const until = Math.min(end, n + LOOK_EVERY);
        try {
          while (n < until) step();
        } catch (error) {
          if (error instanceof NotFinite) locate();
          throw error;
        }
        if (firstNonFinite(populations) !== null) locate();
      }
    },
    run(duration) {
      this.advance(Math.round(duration / dt));
    },
    population: (name) => find(populations, name),
  };
}

function find(populations: readonly PopulationKernel[], name: string): PopulationKernel {
  const kernel = populations.find((p) => p.name === name);
  if (kernel === undefined)
    throw new RangeError(`no population '${name}'; there are ${populations.map((p) => p.name).join(", ")}`);
  return kernel;
}

function observableOf(kernel: PopulationKernel, variable: string): Observable {
  const observable = kernel.observables.find((o) => o.name === variable);
  if (observable === undefined)
    throw new RangeError(
      `population '${kernel.name}' has nothing named '${variable}' to record; there are ${kernel.observables.map((o) => o.name).join(", ")}`,
    );
  return observable;
}

function firstNonFinite(
  populations: readonly PopulationKernel[],
): { readonly p: number; readonly s: number; readonly i: number } | null {
  for (let p = 0; p < populations.length; p++) {
    const states = (populations[p] as PopulationKernel).states;
    for (let s = 0; s < states.length; s++) {
      const i = indexOfNonFinite((states[s] as (typeof states)[number]).values);
      if (i >= 0) return { p, s, i };
    }
  }
  return null;
}

function indexOfNonFinite(values: Float64Array): number {
  // x·0 is 0 for finite x and NaN for all others, and a sum keeps a NaN.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * 0;
  return sum === 0 ? -1 : values.findIndex((x) => !Number.isFinite(x));
}

// From the runtime, runtime/kernel.ts
// What an emitted module hands to the runtime: the kernels of one population, and what may be looked at.

/** A value of each neuron that can be recorded. */
interface Observable {
  /** `V`, `I[1]`, `Na.m`, `Θ` */
  readonly name: string;
  /** The unit that `read` answers in. */
  readonly unit: string;
  readonly kind: "state" | "input" | "other";
  /** Value of neuron `i` as it stands. */
  read(i: number): number;
}

interface StateArray {
  readonly name: string;
  /** Canonical unit: mV, pA, nS, ms, … */
  readonly unit: string;
  readonly values: Float64Array;
}

/** An `on` event: found when its condition becomes true, then applied to the neurons found. */
interface EventKernel {
  /** Writes the neurons in [low, high) whose condition has just become true to `found` and returns how many. */
  detect(low: number, high: number, found: Int32Array): number;
  apply(neurons: Int32Array, count: number): void;
}

/** What both ways of stepping share. Times are ms; `n` counts steps from 0. */
interface PopulationBase {
  readonly name: string;
  readonly model: string;
  readonly size: number;
  readonly memory: Memory;
  readonly states: readonly StateArray[];
  readonly observables: readonly Observable[];
  /** Inputs that stay as they are until somebody writes to them, one value or one a neuron; canonical units. */
  readonly inputs: Readonly<Record<string, Float64Array>>;
  /** Values of the parameters in use, for the record: canonical units, the first neuron's where they differ. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Sets inputs and the time to what they are from t = n·dt on; may be called again. */
  drive(n: number): void;
  /** Draws the noise of step n. */
  shake(n: number): void;
}

/** Kernels of a population that steps on the grid. */
interface GridKernel extends PopulationBase {
  readonly kind: "grid";
  /** Integrates [low, high) over one step; where a spike is a level (`V > Θ`), writes the neurons that meet it to `candidates`. */
  update(low: number, high: number): number;
  readonly candidates: Int32Array;
  /** Where a spike is a crossing: finds the neurons whose condition has just become true, like an event. */
  readonly crossings?: EventKernel["detect"];
  /** Integrates the refractory neurons with what they hold, before `update`; `restore` puts the results back after it. */
  hold(neurons: Int32Array, count: number): void;
  restore(neurons: Int32Array, count: number): void;
  /** Number of steps neuron i stays refractory after a spike; 0 for none. */
  refractorySteps(i: number): number;
  reset(neurons: Int32Array, count: number): void;
  /** Whether the spike condition of neuron i holds as it stands: after a reset it should not. */
  holds(i: number): boolean;
  readonly events: readonly EventKernel[];
}

/** One condition located inside a step: positive where true; y is the state of one neuron at time t (ms). */
interface PreciseCondition {
  margin(t: number, y: Float64Array): number;
  /** Whether it was true before the run, when no input flowed. */
  initial(i: number): boolean;
  /** y <- state after the event */
  apply(t: number, y: Float64Array): void;
}

/** Kernels of a population whose spikes are located inside the step. They work on the state `y` of neuron `i`, loaded first. */
interface PreciseKernel extends PopulationBase {
  readonly kind: "precise";
  /** Makes neuron i the one the other functions speak of. */
  load(i: number, y: Float64Array): void;
  store(i: number, y: Float64Array): void;
  /** y <- state after h ms from t, with nothing held. */
  flow(t: number, h: number, y: Float64Array): void;
  /** The same while refractory. */
  flowHeld(t: number, h: number, y: Float64Array): void;
  /** Length of the refractory period (ms), 0 for none. */
  refractoryPeriod(): number;
  readonly spike?: PreciseCondition & { readonly crossing: boolean };
  readonly events: readonly PreciseCondition[];
}

type PopulationKernel = GridKernel | PreciseKernel;

// The module itself

/** Parameters of LIF: Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018. */
export interface LIFParameters {
  /** membrane capacitance (pF); 58.7 pF unless given */
  C?: number;
  /** leak conductance (nS); 9.43 nS unless given */
  G?: number;
  /** resting potential, and where a spike leaves the membrane (mV); -78.9 mV unless given */
  E_L?: number;
  /** spike threshold, long after a spike (mV); -51.7 mV unless given */
  Θ_inf?: number;
  /** refractory period: V stays at rest for so long after a spike (ms); 3 ms unless given */
  t_ref?: number;
}

/** What may be set when a simulation is created; everything else is as the source says. */
export interface Options {
  /** integration step (ms); 0.1 unless given */
  step?: number;
  /** seed of every random draw, 0 to 2^53 - 1; 0 unless given */
  seed?: number;
  /** parameters by population */
  parameters?: {
    LIF?: LIFParameters;
  };
  /** numbers of neurons by population */
  sizes?: {
    LIF?: number;
  };
}

/** The clock as the source sets it (ms). A model by itself has no duration: 0. */
export const experiment: {
  readonly name: string;
  readonly duration: number;
  readonly step: number;
  readonly seed: number;
} = {
  name: "LIF",
  duration: 0,
  step: 0.1,
  seed: 0,
};

/** A simulation at t = 0. `run(duration)` or `advance(steps)` takes it on; spikes and traces are in it. */
export function create(options: Options = {}): Simulation {
  const dt = options.step ?? 0.1;
  const seed = options.seed ?? 0;
  const parameters = options.parameters ?? {};
  const sizes = options.sizes ?? {};
  return simulate({
    name: "LIF",
    dt,
    seed,
    populations: [population_LIF(sizes.LIF ?? 1, parameters.LIF ?? {}, dt, seed)],
    spikesOf: ["LIF"],
    records: [],
  });
}

/** The kernels of population LIF: one neuron of LIF. */
function population_LIF(size: number, given: LIFParameters, dt: number, seed: number): GridKernel {
  // Parameters.
  const C = given.C ?? 58.7; // membrane capacitance (pF)
  const G = given.G ?? 9.43; // leak conductance (nS)
  const E_L = given.E_L ?? -78.9; // resting potential, and where a spike leaves the membrane (mV)
  const Θ_inf = given.Θ_inf ?? -51.7; // spike threshold, long after a spike (mV)
  const t_ref = given.t_ref ?? 3; // refractory period: V stays at rest for so long after a spike (ms)
  // Exact propagator of V: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.
  const A = new Float64Array([-G / C]);
  const solved = propagator(A, 1, dt);
  const Q = solved.Q;
  const D = solved.D;

  // What the kernels read: coefficients that are the same for all neurons and steps.
  const coefficient = new Float64Array([D[0], Q[0] * (1 / C), Q[0] * ((G * E_L) / C), Θ_inf, E_L, C, G, t_ref]);

  // State, inputs and noise, an array a variable.
  const memory = allocate(size, 1);
  const V_at = memory.arrays[0];
  let t = 0;
  let t_next = dt;
  const I_e_at = new Float64Array(1); // everything that injects current adds up here (pA)
  const candidates = new Int32Array(size);
  const scratch = new Float64Array(size * 1);
  for (let i = 0; i < size; i++) {
    V_at[i] = E_L;
  }

  function drive(tick: number): void {
    t = timeOf(tick, dt);
    t_next = timeOf(tick + 1, dt);
  }

  function shake(): void {}

  function update(low: number, high: number): number {
    const D_V_V = coefficient[0];
    const Q_V_I_e = coefficient[1];
    const c_V = coefficient[2];
    const Θ_inf = coefficient[3];
    const I_e = I_e_at[0];
    let count = 0;
    for (let i = low; i < high; i++) {
      // lif.glif:24  V' = (I_e - G*(V - E_L)) / C  [exact propagator]
      const V = V_at[i];
      const V_next = V + (D_V_V * V + Q_V_I_e * I_e + c_V);
      V_at[i] = V_next;
      // lif.glif:28  spike when V > Θ
      if (V_next > Θ_inf) {
        candidates[count] = i;
        count += 1;
      }
    }
    return count;
  }

  function hold(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      scratch[index * 1] = V_at[i];
    }
  }

  function restore(neurons: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      V_at[i] = scratch[index * 1];
    }
  }

  function reset(neurons: Int32Array, count: number): void {
    // spike when V > Θ
    const E_L = coefficient[4];
    for (let index = 0; index < count; index++) {
      const i = neurons[index];
      // lif.glif:29  V <- E_L
      const V_after = E_L;
      V_at[i] = V_after;
    }
  }

  function holds(i: number): boolean {
    const Θ_inf = coefficient[3];
    const V = V_at[i];
    return V > Θ_inf;
  }

  function read_C(i: number): number {
    const C = coefficient[5];
    return C;
  }

  function read_G(i: number): number {
    const G = coefficient[6];
    return G;
  }

  function read_E_L(i: number): number {
    const E_L = coefficient[4];
    return E_L;
  }

  function read_Θ_inf(i: number): number {
    const Θ_inf = coefficient[3];
    return Θ_inf;
  }

  function read_t_ref(i: number): number {
    const t_ref = coefficient[7];
    return t_ref;
  }

  function read_I_e(i: number): number {
    const I_e = I_e_at[0];
    return I_e;
  }

  function read_Θ(i: number): number {
    const Θ_inf = coefficient[3];
    return Θ_inf;
  }

  function refractorySteps(): number {
    return Math.round(t_ref / dt);
  }

  return {
    kind: "grid",
    name: "LIF",
    model: "LIF",
    size,
    memory,
    states: [{ name: "V", unit: "mV", values: V_at }],
    observables: [
      {
        name: "V",
        unit: "mV",
        kind: "state",
        read: (i: number) => V_at[i],
      },
      {
        name: "C",
        unit: "pF",
        kind: "other",
        read: read_C,
      },
      {
        name: "G",
        unit: "nS",
        kind: "other",
        read: read_G,
      },
      {
        name: "E_L",
        unit: "mV",
        kind: "other",
        read: read_E_L,
      },
      {
        name: "Θ_inf",
        unit: "mV",
        kind: "other",
        read: read_Θ_inf,
      },
      {
        name: "t_ref",
        unit: "ms",
        kind: "other",
        read: read_t_ref,
      },
      {
        name: "I_e",
        unit: "pA",
        kind: "input",
        read: read_I_e,
      },
      {
        name: "Θ",
        unit: "mV",
        kind: "other",
        read: read_Θ,
      },
    ],
    inputs: { I_e: I_e_at },
    parameters: {
      C,
      G,
      E_L,
      Θ_inf,
      t_ref,
    },
    drive,
    shake,
    update,
    candidates,
    hold,
    restore,
    refractorySteps,
    reset,
    holds,
    events: [],
  };
}
