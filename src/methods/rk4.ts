// `method rk4`: the classical method of Kutta 1901.
import type { Method } from "./method.ts";

export const RK4 = {
  title: "Runge-Kutta of order 4",
  step: {
    kind: "stages",
    tableau: { c: [0, 0.5, 0.5, 1], a: [[], [0.5], [0, 0.5], [0, 0, 1]], b: [1, 2, 2, 1], divisor: 6, order: 4 },
  },
  noise: null,
  order: "4",
  also: ["runge_kutta", "rungekutta"],
} as const satisfies Method;
