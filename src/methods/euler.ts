// `method euler`: one slope a step; with noise the scheme of Maruyama 1955.
import type { Method } from "./method.ts";

export const EULER = {
  title: "Euler",
  step: { kind: "stages", tableau: { c: [0], a: [[]], b: [1], divisor: 1, order: 1 } },
  noise: { title: "Euler-Maruyama", sense: "Itô" },
  order: "1 (Euler-Maruyama with noise)",
  also: ["forward_euler", "explicit"],
} as const satisfies Method;
