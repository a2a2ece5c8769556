// Elements are paired by their place and noises by what they drive: the numbers of the one and the signs of the other mean nothing.
import { expect, test } from "vitest";
import { edited, lines, neurons } from "./pairs.ts";

const both = (a: string, b: string) =>
  neurons(`${a.replace("neuron N", "neuron A")}\n${b.replace("neuron N", "neuron B")}`);

const INDEXED =
  "neuron N { index j = 1..2; param k[j] = [0.003, 0.1] /ms; state y[j] = 0; y[j]' = -k[j]*y[j] + 0.1/(1 ms); spike when sum(y) > 1; reset { y[j] <- 0 } }";
const NOISY = `neuron N { param τ = 10 ms; noise ξ_1; state x = 0, y = 0
  x' = -x/τ + sqrt(1/τ)*ξ_1
  y' = -y/τ + 0.7*sqrt(1/τ)*ξ_1 + 0.5*sqrt(1/τ)*ξ
  spike when x + y > 1
  reset { x <- 0 } }`;

test("indices that begin elsewhere are the same, and one changed value is the only change", () => {
  const shifted = INDEXED.replace("1..2", "0..1");
  expect([both(INDEXED, shifted), both(shifted, INDEXED)]).toMatchObject([
    { equal: true, items: [] },
    { equal: true, items: [] },
  ]);
  expect(lines(both(INDEXED, shifted.replace("0.003", "0.004")))).toEqual([
    "parameter changed k[1]: 0.003 /ms -> 0.004 /ms",
  ]);
});

test("the sign of a noise that states share is none where all of them turn it; where one does it is a difference there alone", () => {
  const negative = (text: string): string => text.replaceAll("*ξ_1", "*(-ξ_1)");
  for (const other of [
    negative(NOISY),
    negative(NOISY).replace("*ξ\n", "*(-ξ)\n"),
    negative(NOISY).replaceAll("ξ_1", "ξ_c"),
  ])
    expect(both(NOISY, other)).toMatchObject({ equal: true, items: [] });
  expect(lines(both(NOISY, edited(NOISY, ["0.7*sqrt(1/τ)*ξ_1", "0.7*sqrt(1/τ)*(-ξ_1)"])))).toEqual([
    "noise changed y': -y/τ + 0.7*sqrt(1/τ)*ξ_1 + 0.5*sqrt(1/τ)*ξ -> -y/τ + 0.7*sqrt(1/τ)*(-ξ_1) + 0.5*sqrt(1/τ)*ξ",
  ]);
});
