// The cut of an upstroke ends at the crossing, however steep or gentle the way to it is.
import { expect, test } from "vitest";
import { cutUpstroke } from "../../../src/runtime/index.ts";

/** V' = exp(V) by Runge-Kutta of order 4, and a state that goes on beside it. */
function substep(_t: number, h: number, y: Float64Array): void {
  const f = (v: number): number => Math.exp(v);
  const v = y[0] as number;
  const k1 = f(v),
    k2 = f(v + (h / 2) * k1),
    k3 = f(v + (h / 2) * k2),
    k4 = f(v + h * k3);
  y[0] = v + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  y[1] = (y[1] as number) + h;
}

test.each([-30, -3, -0.5, 0, 1e-9, 0.5, 3, 7, 20, 45])(
  "an upstroke to infinity is cut just after it passes %d",
  (level) => {
    for (const start of [level - 0.001, level - 0.1, level - 1.7]) {
      const untilInfinity = Math.exp(-start),
        y = Float64Array.of(start, 0);
      const dt = 1.7 * untilInfinity;
      expect(cutUpstroke(substep, (_t, { 0: V = NaN }) => V > level, 0, dt, y)).toBe(true);
      expect(y[0]).toBeGreaterThan(level);
      expect(y[0]).toBeLessThan(level + 1e-13 * Math.max(1, Math.abs(level)));
      // exp(-start) - exp(-level) later; the steps before it are coarse
      expect((y[1] ?? NaN) / untilInfinity / (1 - Math.exp(start - level))).toBeCloseTo(1, 0);
    }
  },
);

test("what rises within a step but stays among the numbers is left to the step", () => {
  const y = Float64Array.of(-3, 0);
  expect(cutUpstroke(substep, (_t, { 0: V = NaN }) => V > -2.9, 0, 2, y)).toBe(false);
});
