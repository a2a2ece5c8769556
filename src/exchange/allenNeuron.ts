// What is read of a neuron of the Allen Institute, and written as glif text.
import type { Exact } from "./exact.ts";

/** A neuron of the Allen Institute, in the units people use. What its level does not have is null. */
export interface AllenNeuron {
  readonly name: string;
  /** 1 to 5 of the published levels; null for another mixture of their methods. */
  readonly level: number | null;
  /** pF */
  readonly C: Exact;
  /** nS */
  readonly G: Exact;
  /** mV. The file's potentials are relative to it. */
  readonly reference: Exact;
  /** mV, absolute. */
  readonly E_L: Exact;
  /** mV, relative to the reference. */
  readonly threshold: Exact;
  /** ms */
  readonly cut: Exact;
  /** mV, relative to the reference. */
  readonly V0: Exact;
  /** ms: the time step of the fit. */
  readonly dt: Exact;
  /** After-spike currents. k: /s; fraction; amplitude at the end of the cut and initial value: pA. */
  readonly currents: {
    readonly k: readonly Exact[];
    readonly fraction: readonly Exact[];
    readonly amplitude: readonly Exact[];
    readonly initial: readonly Exact[];
  } | null;
  /** V after a spike is a*V - δV, relative to the reference; δV in mV. Null: the reference. */
  readonly reset: { readonly a: Exact; readonly δV: Exact } | null;
  /** Rise of the threshold by spikes: mV at the end of the cut, and /s. */
  readonly spikeThreshold: { readonly amplitude: Exact; readonly b: Exact } | null;
  /** Rise of the threshold by V, /s. */
  readonly voltageThreshold: { readonly a: Exact; readonly b: Exact } | null;
}
