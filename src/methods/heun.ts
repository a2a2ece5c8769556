// `method heun`: Heun 1900; with noise the Stratonovich scheme of Kloeden & Platen 1992, §11.1: the same weights for drift and diffusion.
import type { Method } from "./method.ts";

export const HEUN = {
  title: "Heun",
  step: { kind: "stages", tableau: { c: [0, 1], a: [[], [1]], b: [1, 1], divisor: 2, order: 2 } },
  noise: { title: "stochastic Heun", sense: "Stratonovich" },
  order: "2 (stochastic Heun with noise)",
  also: ["rk2", "midpoint", "milstein"],
} as const satisfies Method;
