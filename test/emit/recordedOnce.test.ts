// What two recordings share has one column, in the order in which it is first asked for.
import { expect, test } from "vitest";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";

function columns(record: string, sizes: Readonly<Record<string, number>> = {}): string[] {
  const plan = planSource(
    "model.glif",
    `neuron N { state x = 0; x' = (1 - x)/(10 ms); let y = 2*x } network Net { population P = 5 N } experiment E of Net { duration 1 ms; step 0.1 ms; ${record} }`,
    "E",
  );
  const simulation = instantiate(plan, { seed: 1, sizes });
  simulation.advance(10);
  return simulation.traces.map((t) => `${t.neuron}${t.variable}`);
}

test.each([
  ["record P[0].x, P[0].x", ["0x"]],
  ["record P[1..3].x, P[2..4].x; record P[0..1].x", ["1x", "2x", "3x", "4x", "0x"]],
  ["record P[3].x, P[1].x, P[0..4].x", ["3x", "1x", "0x", "2x", "4x"]],
  ["record P[0].y, P.y, P[1..2].y, P.y", ["0y", "1y", "2y", "3y", "4y"]],
  ["record P[0..1].x every 0.5 ms; record P[1..2].y, P[2].x", ["0x", "1x", "1y", "2y", "2x"]],
])("%s", (record, wanted) => expect(columns(record)).toEqual(wanted));

test("a whole population is whole at any size", () => {
  expect(columns("record P[0].y, P.y", { P: 7 })).toEqual(["0y", "1y", "2y", "3y", "4y", "5y", "6y"]);
});
