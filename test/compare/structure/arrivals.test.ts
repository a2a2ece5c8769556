// Spikes that arrive together act in the order of names, so that another name can be another model.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { planSimulation } from "../../../src/4-plan/planSimulation.ts";
import { differenceOfExperiments, summaryOf } from "../../../src/compare/structure/index.ts";
import { programOf } from "../../check/program.ts";
import { run } from "../../conformance/harness.ts";
import { lines } from "./pairs.ts";

const TWO = `neuron S { param τ = 10 ms; input r : mV; state V = 0 mV; V' = (r - V)/τ; spike when V > 10 mV; reset { V <- 0 } }
synapse Kick { on pre { post.V <- post.V + 6 mV } }
synapse Halve { on pre { post.V <- 0.5*post.V } }
network N { population A = spikes([20 ms, 40 ms, 60 ms])
  population E = 1 S
  connect A -> E by Kick all
  connect A -> E by Halve all }
experiment X of N { duration 100 ms; E.r = 8 mV; record E.V }
`;
const SOURCES = TWO.replace(
  /synapse[\s\S]*network/,
  "neuron P { param f = 1, k = 0 mV; state x = 1; x' = -x/(7 ms); spike when x < 0.1; reset { x <- 1 } }\nsynapse J { on pre { post.V <- pre.f*post.V + pre.k } }\nnetwork",
)
  .replace("A = spikes([20 ms, 40 ms, 60 ms])", "A = 1 P { f = 0.5 }\n  population B = 1 P { k = 6 mV }")
  .replace("A -> E by Kick all", "A, B -> E by J all")
  .replace("  connect A -> E by Halve all ", "");

const experimentOf = (text: string) => present(programOf(text).experiments[0], "X");
const between = (text: string, edit: (text: string) => string) =>
  differenceOfExperiments(experimentOf(text), experimentOf(edit(text)));
const spikes = (text: string): number =>
  run(present(planSimulation(experimentOf(text)).plan, "plan"), {}).spikes.length;

test.each([
  ["a synapse", TWO, (t: string) => t.replaceAll("Kick", "Add")],
  ["a connection", TWO.replace("by Kick", "by Kick as Z_kick"), (t: string) => t.replace("Z_kick", "A_kick")],
  ["a population", SOURCES, (t: string) => t.replace("population A", "population Z").replace("A, B", "Z, B")],
])("%s renamed so that another acts first is a difference", (_, text, edit) => {
  const found = between(text, edit);
  expect(spikes(text)).not.toBe(spikes(edit(text)));
  expect(found.equal).toBe(false);
  expect(lines(found).length).toBe(1);
  expect(lines(found)[0]).toMatch(/^connectivity changed order of arrival: .*, then .* -> .*, then .*$/);
  expect(summaryOf({ a: "A", b: "B" }, found).sentence).toContain("the order in which spikes act that arrive together");
});

test("where what they do comes to the same in either order, or the order stays, only the name is told", () => {
  for (const [text, edit] of [
    [TWO.replace("0.5*post.V", "post.V - 1 mV"), (t: string) => t.replaceAll("Kick", "Add")],
    [TWO, (t: string) => t.replaceAll("Kick", "Lick")],
    [SOURCES, (t: string) => t.replace("population A", "population AA").replace("A, B", "AA, B")],
  ] as const) {
    expect(spikes(text)).toBe(spikes(edit(text)));
    const found = between(text, edit);
    expect([lines(found), found.equal, found.through.length]).toEqual([[], true, 1]);
  }
});
