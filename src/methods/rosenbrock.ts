// `method rosenbrock`: RODAS of Hairer & Wanner 1996 (`runtime/stiff.ts`), for stiff equations, to a tolerance inside each step.
import type { Method } from "./method.ts";

export const ROSENBROCK = {
  title: "adaptive Rosenbrock 4(3)",
  step: { kind: "adaptive", integrator: "rosenbrock", jacobian: true },
  noise: null,
  order: "adaptive, order 4(3), L-stable, inside each step: for stiff equations",
  also: ["derivimplicit", "implicit", "stiff", "ode15s", "ode23s", "cvode"],
} as const satisfies Method;
