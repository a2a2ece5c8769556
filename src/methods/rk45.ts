// `method rk45`: the pair of Dormand & Prince 1980 (`runtime/adaptive.ts`), to a tolerance inside each step.
import type { Method } from "./method.ts";

export const RK45 = {
  title: "adaptive Runge-Kutta 5(4)",
  step: { kind: "adaptive", integrator: "dormandPrince", jacobian: false },
  noise: null,
  order: "adaptive, Dormand-Prince 5(4), inside each step",
  also: ["ode45", "ode23", "dopri5", "rkf45", "gsl", "qualrk"],
} as const satisfies Method;
