// The Fourier transform against its definition, for lengths of all kinds.
import { expect, test } from "vitest";
import { fft } from "../../src/measures/fft.ts";
import { drawNormal } from "../../src/runtime/distributions.ts";
import { stream } from "../../src/runtime/random.ts";

test.each([1, 2, 3, 4, 5, 7, 8, 12, 16, 30, 64, 97, 100, 128, 251])("length %i", (n) => {
  const draws = stream(n, "fft");
  const re = Float64Array.from({ length: n }, (_, k) => drawNormal(draws, k, 0, 1));
  const im = Float64Array.from({ length: n }, (_, k) => drawNormal(draws, k, 0, 1, 1));
  const found = fft({ re, im });
  for (let k = 0; k < n; k++) {
    let [x, y] = [0, 0];
    for (let j = 0; j < n; j++) {
      const [c, s] = [Math.cos((2 * Math.PI * ((j * k) % n)) / n), -Math.sin((2 * Math.PI * ((j * k) % n)) / n)];
      x += (re[j] ?? 0) * c - (im[j] ?? 0) * s;
      y += (re[j] ?? 0) * s + (im[j] ?? 0) * c;
    }
    expect(found.re[k]).toBeCloseTo(x, 11);
    expect(found.im[k]).toBeCloseTo(y, 11);
  }
});

test("Parseval holds for a long prime length", () => {
  const n = 10_007;
  const re = Float64Array.from({ length: n }, (_, k) => (k % 10 === 0 ? 1 : 0));
  const found = fft({ re, im: new Float64Array(n) });
  const power = found.re.reduce((sum, x, k) => sum + x * x + (found.im[k] ?? 0) ** 2, 0);
  expect(power / n / re.reduce((a, b) => a + b * b, 0)).toBeCloseTo(1, 11);
});
