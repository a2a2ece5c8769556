// What does not go with `spikes precise` is told at the connection, with its own way out.
import { expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { sourceText } from "../../src/base/source.ts";
import { NonFiniteError } from "../../src/runtime/simulation.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { host, planSource } from "../conformance/harness.ts";

const told = (
  connect: string,
): readonly { readonly code: string; readonly message: string; readonly help: readonly string[] }[] =>
  compile(
    sourceText(
      "precise.glif",
      `
neuron N { param τ = 10 ms; input I : mV/ms; state V = 0 mV; V' = -V/τ + I; spike when V > 15 mV; reset { V <- 0 mV } }
synapse Jump { weight w : mV = 1 mV; on pre { post.V <- post.V + w } }
synapse Gap { weight g : /ms = 0.1 /ms; post.I += g*(pre.V - post.V) }
network M { population A = 3 N
  ${connect} }
experiment X of M { duration 10 ms; step 0.1 ms; spikes precise; A.I = 2 mV/ms }`,
    ),
    host,
    "X",
  ).diagnostics.map(({ code, message, help }) => ({ code, message, help }));

test("a delay of less than a step: one step will do", () => {
  expect(told("connect A -> A by Jump as jump all")).toEqual([
    {
      code: "plan/precise-not-possible",
      message:
        "`jump` does not go with `spikes precise`: its delay, 0 ms, is shorter than the step in which a spike is found",
      help: ["give it a delay of one step at least: `delay = 0.1 ms`"],
    },
  ]);
  expect(told("connect A -> A by Jump as jump { delay = 0.1 ms } all")).toEqual([]);
  expect(told("connect A -> A by Jump as jump { delay = 0.05 ms } all")[0]?.help).toEqual([
    "give it a delay of one step at least: `delay = 0.1 ms`, or write `step 0.05 ms`",
  ]);
});

test("a gap junction is no matter of spikes", () => {
  const [only, ...others] = told("connect A -> A by Gap as gap all");
  expect(others).toEqual([]);
  expect(only?.message).toBe(
    "`gap` does not go with `spikes precise`: `post.I += g*(pre.V - post.V)` couples the neurons all the time, which is summed on the grid",
  );
  expect(only?.help).toEqual(["remove `spikes precise`; a smaller `step` narrows the grid"]);
});

test("where a value leaves the numbers, what had arrived until then is there, and nothing twice", () => {
  const simulation = (blows: number): ReturnType<typeof instantiate> =>
    instantiate(
      planSource(
        "precise.glif",
        `
    neuron N { param τ = 10 ms; input I : 1; state V = 0, n = 0, bad = 1; V' = (I - V)/τ; spike when V > 1; reset { V <- 0; n <- n + 1 }; on t > ${blows} ms { bad <- log(bad - 1 - n) } }
    synapse Jump { weight w = 0.05; on pre { post.V <- post.V + w } }
    network M { population A = 5 N; connect A -> A by Jump { delay ~ uniform(0.3 ms, 3 ms) } all }
    experiment X of M { duration 60 ms; step 0.1 ms; seed 3; spikes precise; A.I = 1.2 + 0.2*i; record spikes }`,
        "X",
      ),
    );
  const spikesOf = ({ spikes }: ReturnType<typeof instantiate>): (readonly number[])[] =>
    Array.from({ length: spikes.length }, (_, k) => [spikes.time(k), spikes.neuron(k)]);
  const whole = simulation(1000);
  whole.advance(600);
  // Steps are saved now and then: it fails far behind the last of these.
  const broken = simulation(33.33);
  expect(() => broken.advance(600)).toThrow(NonFiniteError);
  const found = spikesOf(broken);
  expect(found.length).toBeGreaterThan(10);
  expect(found).toEqual(spikesOf(whole).slice(0, found.length));
  expect(spikesOf(whole)[found.length]?.[0]).toBeGreaterThan(33.2);
});

test("what arrives draws: that belongs to a step of the grid; so does what a reset draws", () => {
  const drawing = told("connect A -> A by Jump as jump { delay = 0.1 ms } all").length;
  expect(drawing).toBe(0);
  const of = (text: string): readonly string[] =>
    compile(sourceText("precise.glif", text), host, "X").diagnostics.map((d) => `${d.code}: ${d.message}`);
  const neuron = (reset: string): string =>
    `neuron N { param τ = 10 ms; input I : mV/ms; state V = 0 mV; V' = -V/τ + I; spike when V > 15 mV; reset { ${reset} } }`;
  expect(
    of(`${neuron("V <- 0 mV")}
synapse Fails { weight w : mV = 1 mV; on pre { let u ~ uniform(0, 1); post.V <- post.V + u*w } }
network M { population A = 3 N; connect A -> A by Fails as fails { delay = 0.1 ms } all }
experiment X of M { duration 10 ms; step 0.1 ms; spikes precise; A.I = 2 mV/ms }`),
  ).toEqual([
    "plan/precise-not-possible: `fails` does not go with `spikes precise`: what arrives draws `u`, which belongs to a step of the grid",
  ]);
  expect(
    of(`${neuron("V ~ uniform(0 mV, 1 mV)")}
experiment X of N { duration 10 ms; spikes precise; I = 2 mV/ms }`),
  ).toEqual([
    "plan/precise-not-possible: spikes of `N` cannot be located inside the step: its events draw random numbers, which belong to a step",
  ]);
});
