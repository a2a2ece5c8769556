// `method exponential_euler`: each state relaxes at a rate that is frozen over the step (Rush & Larsen 1978).
import type { Method } from "./method.ts";

export const EXPONENTIAL_EULER = {
  title: "exponential Euler",
  step: { kind: "exponential" },
  noise: { title: "exponential Euler", sense: "additive" },
  order: "1; 2 without circles",
  also: ["cnexp", "expeuler"],
} as const satisfies Method;
