// What a measure gives that is more than one number.
export interface Curve {
  readonly x: Float64Array;
  /** As long as `x`; NaN where there is no value. */
  readonly y: Float64Array;
  /** Texts for axes: `frequency`, `Hz`; the unit is `1` for pure numbers. */
  readonly xName: string;
  readonly xUnit: string;
  readonly yName: string;
  readonly yUnit: string;
}
