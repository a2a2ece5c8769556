// `method exact`: the propagator of linear equations, with the exact covariance of additive noise.
import type { Method } from "./method.ts";

export const EXACT = {
  title: "exact propagator",
  step: { kind: "exact" },
  noise: { title: "exact Ornstein-Uhlenbeck step", sense: "additive" },
  order: "exact",
  also: ["linear", "exact_integration"],
} as const satisfies Method;
