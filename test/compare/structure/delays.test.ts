// States as they were, and delays of couplings: the same however they are written and called, and another model where they are longer.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { differenceOfExperiments } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";

const experimentOf = (text: string) => present(programOf(text).experiments[0], "X");

const same = (a: string, b: string): boolean | null => {
  const [x, y] = [experimentOf(a), experimentOf(b)];
  const [there, back] = [differenceOfExperiments(x, y).equal, differenceOfExperiments(y, x).equal];
  expect(back).toBe(there);
  return there;
};

const late = (state: string, delay: string, by = `${state}(t - ${delay})`): string => `neuron N {
  param τ = 5 ms, k = 2
  state ${state} = 1
  ${state}' = -${by}/τ
  spike when ${state} > 2
  reset { ${state} <- 0 }
}
experiment X of N { duration 30 ms; record spikes }`;

test.each<[string, string, boolean]>([
  ["the same", late("x", "τ"), true],
  ["another name, other parentheses", late("V", "(τ)"), true],
  ["through a let", late("x", "τ", "y").replace("state x", "let y = x(t - τ); state x"), true],
  ["twice as long", late("x", "2*τ"), false],
  ["by another parameter", late("x", "k*τ"), false],
  ["not late at all", late("x", "τ", "x"), false],
])("x(t - τ) and %s", (_, other, expected) => {
  expect(same(late("x", "τ"), other) === true).toBe(expected);
});

const ring = (settings: string): string => `neuron Unit { input I : 1; state x = 1; x' = (I - x)/(5 ms) }
synapse Late { post.I += 0.1*pre.x }
network M { population A = 8 Unit; connect A -> A by Late${settings} all }
experiment X of M { duration 30 ms; record A[0].x }`;

test.each<[string, string, boolean]>([
  ["none", "", false],
  ["another", " { delay = 3 ms }", false],
  ["the same, computed", " { delay = 1 ms + 1 ms }", true],
])("a coupling with a delay of 2 ms and with %s", (_, settings, expected) => {
  expect(same(ring(" { delay = 2 ms }"), ring(settings)) === true).toBe(expected);
});

test("no delay is a delay of 0", () => expect(same(ring(""), ring(" { delay = 0 ms }"))).toBe(true));
