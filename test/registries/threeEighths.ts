// A method of integration that nobody ships: `method rk38`, the 3/8 rule of Kutta 1901.
import type { Method } from "../../src/methods/method.ts";

export const THREE_EIGHTHS: Method = {
  title: "Kutta's 3/8 rule",
  step: {
    kind: "stages",
    tableau: {
      c: [0, 1 / 3, 2 / 3, 1],
      a: [[], [1 / 3], [-1 / 3, 1], [1, -1, 1]],
      b: [1, 3, 3, 1],
      divisor: 8,
      order: 4,
    },
  },
  noise: null,
  order: "4",
  also: ["three_eighths"],
};
