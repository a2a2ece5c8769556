// `dt` is the step wherever an expression stands, and whatever the step is made of.
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { compile } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { hostOf } from "../check/program.ts";

const planOf = (text: string) => {
  const { plan, diagnostics } = compile(sourceText("main.glif", text), hostOf({}), "X");
  if (plan === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  return plan;
};
const codesOf = (text: string): string[] =>
  compile(sourceText("main.glif", text), hostOf({}), "X").diagnostics.map((d) => d.code);

/** The same network written with `dt` and with the number that it is. */
const network = (dt: string): string => `
neuron N {
  param τ = 20*${dt}, T = 4*${dt}
  input I : 1
  state x = 0, y : ms = 3*${dt}
  let late = x + y/${dt}
  x' = (I - x)/τ
  y' = (${dt} - y)/τ
  spike when x > 1 + ${dt}/(1 s)
  reset { x <- 0; y <- y + ${dt} }
  refractory T { hold x }
}
synapse S {
  param τ_s = 10*${dt}
  weight w : 1
  state s = 0
  s' = -s/τ_s
  on pre { s <- s + w + ${dt}/(1 s) }
  post.I += s
}
network W {
  param half = ${dt}/2
  const many = 4
  let size = many*round(${dt}/half) + round(${dt}/(0.05 ms)) - 4
  population A = size N { x ~ uniform(0, ${dt}/(0.2 ms)); τ = 30*${dt} + i*${dt} }
  population B = round(10*${dt}/(0.2 ms)) N
  population P = 3 poisson(0.1/${dt})
  population G = spikes([2*${dt}, 5*${dt}])
  connect A -> B by S as late { w = 0.1 + ${dt}/(1 s), delay = 2*${dt}, τ_s = 7*${dt} } random(p: ${dt}/(0.2 ms))
  connect A[0..round(${dt}/half)] -> B by S as sliced { w = 0.1, delay ~ uniform(${dt}, 3*${dt}) } indegree(n: round(${dt}/half)) where i*${dt} < 2*${dt}
  connect P, G -> A by S as in { w = 0.5, delay = ${dt} } all
}
experiment X of W {
  param long = 40*${dt}
  seed 4
  step 0.1 ms
  duration long
  A.I, B.I = pulse(3, from: 2*${dt}, to: 30*${dt})*(1 + t/(100*${dt})) + steps(0 ms: 0, 4*${dt}: 1) + sine(1, frequency: 0.05/${dt})
  in.delay = 3*${dt}
  record A[0..round(${dt}/half)].late every 2*${dt}
  record B.x every ${dt}
}`;

function outcome(text: string): unknown {
  const plan = planOf(text);
  const simulation = instantiate(plan);
  simulation.advance(plan.steps ?? 0);
  const { spikes } = simulation;
  return {
    sizes: simulation.populations.map((p) => p.size),
    connections: simulation.projections.map((p) => p.connections.target.length),
    spikes: Array.from({ length: spikes.length }, (_, k) => [spikes.time(k), spikes.population(k), spikes.neuron(k)]),
    traces: simulation.traces.map((t) => [t.variable, t.neuron, ...t.values()]),
  };
}

test("in a default, an equation, a delay, a size, a slice, a rule, a stimulus, a duration and an interval", () => {
  const [named, written] = [outcome(network("dt")), outcome(network("(0.1 ms)"))] as { spikes: unknown[] }[];
  expect(named?.spikes.length).toBeGreaterThan(10);
  expect(named).toEqual(written);
});

test("the step may come from a parameter, but not from itself", () => {
  const text = (step: string): string =>
    `neuron N { state x = 1; x' = -x/(1 ms) } network W { param h = 0.5 ms, g = 2*dt; population A = round(g/h) N } experiment X of W { step ${step}; duration 10*dt }`;
  expect(planOf(text("h/2"))).toMatchObject({ step: 0.25, steps: 10, populations: [{ size: 1 }] });
  expect(codesOf(text("dt"))).toEqual(["experiment/bad-time"]);
  expect(codesOf(text("g/2"))).toEqual(["experiment/bad-time"]);
});
