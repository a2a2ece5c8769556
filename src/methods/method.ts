// What a method of integration is: what the language says of it, and how it makes a step.

/** An explicit Runge-Kutta method: stage s is taken at t + c[s]·dt from x + dt·Σ a[s][r]·k[r]; the step is Σ b[s]·k[s] / divisor. */
export interface Tableau {
  readonly c: readonly number[];
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly divisor: number;
  /** For smooth solutions without noise. */
  readonly order: number;
}

/**
 * How a step is made:
 * - `exact`: by the propagator of linear equations with constant coefficients
 * - `exponential`: x + drift·expm1(a dt)/a with rates frozen over the step
 * - `stages`: by a tableau
 * - `adaptive`: by an integrator of the runtime that chooses substeps of its own, with or without the Jacobian
 */
export type Step =
  | { readonly kind: "exact" }
  | { readonly kind: "exponential" }
  | { readonly kind: "stages"; readonly tableau: Tableau }
  | { readonly kind: "adaptive"; readonly integrator: "dormandPrince" | "rosenbrock"; readonly jacobian: boolean };

export interface Method {
  /** In tables, reasons and beside the lines of a kernel. */
  readonly title: string;
  readonly step: Step;
  /** What the scheme is called with noise and, where noise is multiplied by what moves, in whose sense it converges; null where noise is refused. */
  readonly noise: { readonly title: string; readonly sense: "Itô" | "Stratonovich" | "additive" } | null;
  /** In the reference. */
  readonly order: string;
  /** What other tools call it. */
  readonly also: readonly string[];
}
