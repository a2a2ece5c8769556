// Whatever a modeller calls things, what is emitted loads, is strict TypeScript and computes the same: names that every object inherits, words of emitted modules, names of stages.
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import { emitModule } from "../../src/5-emit/emitModule.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";
import { instantiate, type Backend } from "../../src/simulate/load.ts";
import { planSource } from "../conformance/harness.ts";
import { strictProblems } from "./strict.ts";

/** One of every kind of thing that has a name, in the order in which names are given out. */
const ROLES = [
  "state",
  "bent",
  "gate",
  "counter",
  "param",
  "own",
  "setting",
  "input",
  "input2",
  "let",
  "let2",
  "noise",
  "function",
  "argument",
  "neuron",
  "first",
  "second",
  "connection",
  "plastic",
  "synapse",
  "synapse2",
  "weight",
  "trace",
  "shared",
  "strength",
  "mark",
  "network",
  "networkParam",
  "experiment",
  "experimentParam",
] as const;
type Names = Readonly<Record<(typeof ROLES)[number], string>>;

function namesFrom(pool: readonly string[], offset: number): Names {
  return Object.fromEntries(ROLES.map((role, k) => [role, pool[(offset + k) % pool.length]])) as Names;
}

interface Mode {
  readonly method?: string;
  readonly precise?: boolean;
  readonly noise?: boolean;
}

function modelOf(n: Names, { method, precise = false, noise = false }: Mode): string {
  // Without a method that takes everything, what exponential Euler cannot take is left out.
  const cubic = method === "exponential_euler" ? "0.2*x" : "x^3";
  const bend = cubic.replace("x", n.bent);
  return `
    function ${n.function}(${n.argument} : 1) = exp(-${n.argument}^2) + expm1(${n.argument}/3)
    neuron ${n.neuron} {
      param ${n.param} = 10, ${n.own} = 1, ${n.setting} = 2
      ${noise ? `noise ${n.noise}` : ""}
      input ${n.input} : 1, ${n.input2} : 1 = 0.2
      state ${n.state} : 1 = 1, ${n.bent} : 1 = 0.2, ${n.gate} : 1 = 0.1, ${n.counter} : 1 = 0
      let ${n.let} = 1 + 0.5*sin(${n.state} + ${n.param}), ${n.let2} = ${n.function}(${n.state}) + exp(-${n.setting}*${n.gate})
      ${n.state}' = -${n.state}/(5 ms)
      ${n.bent}' = (${n.let2} + ${n.input} + ${n.input2} + ${n.state} - ${bend})/(${n.param}*(1 ms))${noise ? ` + 0.01 /sqrt(ms)*${n.noise}` : ""}
      ${n.gate}' = ${n.let}*(${n.own} - ${n.gate})/(3 ms)${noise ? ` + 0.01 /sqrt(ms)*${n.noise}` : ""}
      spike when ${n.bent} > 0.5
      reset { ${n.bent} <- 0.1; ${n.counter} <- ${n.counter} + 1 }
      on ${n.gate} > 0.6 { ${n.state} <- ${n.state} + 0.1 }
      refractory 1 ms { hold ${n.bent} }
    }
    synapse ${n.synapse} {
      param ${n.shared} = 3 ms
      weight ${n.weight} : 1 = 0.1
      state ${n.trace} : 1 = 0
      ${n.trace}' = -${n.trace}/${n.shared}
      on pre { ${n.trace} <- ${n.trace} + ${n.weight} }
      post.${n.input} += ${n.trace}
    }
    synapse ${n.synapse2} {
      weight ${n.strength} : 1 = 0.1
      state ${n.mark} : 1 = 0
      ${n.mark}' = -${n.mark}/(5 ms)
      on pre { ${n.mark} <- ${n.mark} + 1; post.${n.state} <- post.${n.state} + ${n.strength}*${n.mark} }
      on post { ${n.strength} <- 0.9*${n.strength} }
    }
    network ${n.network} {
      param ${n.networkParam} = 2
      population ${n.first} = 4 ${n.neuron} { ${n.own} = 1 + 0.1*i }
      population ${n.second} = 3 ${n.neuron} { ${n.param} = 6 + ${n.networkParam} }
      connect ${n.first} -> ${n.second} by ${n.synapse} as ${n.connection} { ${n.weight} = 0.01*(i + 1), delay = 1 ms } all
      ${precise ? "" : `connect ${n.second} -> ${n.first} by ${n.synapse2} as ${n.plastic} { ${n.strength} = 0.01*(i + 1), delay = 0.5 ms } all`}
    }
    experiment ${n.experiment} of ${n.network} {
      param ${n.experimentParam} = 1.5
      duration 20 ms
      step 0.1 ms
      seed 1
      ${method === undefined ? "" : `method ${method}`}
      ${precise ? "spikes precise" : ""}
      ${n.first}.${n.input2} = 0.3*${n.experimentParam}*${n.networkParam}
      record ${n.first}.${n.let}, ${n.first}.${n.bent}, ${n.first}.${n.input}, ${n.second}.${n.param}
    }`;
}

/** Values at the end by role: numbers that do not depend on what things are called. */
function outcome(plan: SimulationPlan, n: Names, backend: Backend): object {
  const simulation = instantiate(plan, { seed: 1, backend });
  simulation.advance(plan.steps ?? 0);
  return [n.first, n.second].map((name) => {
    const population = simulation.population(name);
    const values = (state: string): number[] =>
      Array.from(population.states.find((s) => s.name === state)?.values ?? [NaN]);
    const states = [n.state, n.bent, n.gate, n.counter].map(values);
    expect(states.flat().every(Number.isFinite)).toBe(true);
    return states;
  });
}

const PLAIN = namesFrom(
  ROLES.map((role) => `plain_${role}`),
  0,
);

/** Every identifier of an emitted module: what a modeller may call things, too. */
function identifiersOf(plan: SimulationPlan): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("module.ts", buildTypeScript(ts, emitModule(plan)), ts.ScriptTarget.Latest, true));
  return [...found];
}

const MODES: Readonly<Record<string, Mode>> = {
  auto: {},
  noise: { noise: true },
  precise: { precise: true },
  euler: { method: "euler" },
  heun: { method: "heun" },
  rk4: { method: "rk4" },
  rk45: { method: "rk45" },
  exponential_euler: { method: "exponential_euler" },
  "precise rk45": { method: "rk45", precise: true },
};

const INHERITED = [
  ...Object.getOwnPropertyNames(Object.prototype),
  "prototype",
  "name",
  "length",
  "call",
  "apply",
  "arguments",
  "caller",
  "then",
];
const WORDS = [
  "create",
  "memory",
  "given",
  "setup",
  "parameters",
  "sizes",
  "options",
  "experiment",
  "simulate",
  "Options",
  "Setup",
  "Simulation",
  "Stream",
  "exports",
  "module",
  "require",
  "process",
  "Math",
  "Number",
  "Object",
  "Array",
  "Float64Array",
  "Infinity",
  "undefined",
  "NaN",
  "Infinity_",
  "number",
  "string",
  "type",
  "any",
  "k1_x",
  "k1_new7",
  "x_next",
  "x2_x",
  "x_at",
  "x_2",
  "c",
  "c_2",
  "x",
  "part",
  "part_at",
  "was_spike_at",
  "substep_at",
  "η_1",
  "P_x",
  "D1_x_x",
];

/** Names that no declaration may have: words of the language, and what it gives a meaning of its own. */
function isFree(name: string): boolean {
  if (
    !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ||
    ["t", "dt", "i", "j", "pi", "π", "xi", "ξ", "spikes", "all", "pre", "post", "delay"].includes(name)
  )
    return false;
  try {
    planSource(
      "free.glif",
      `neuron N { state s0 : 1 = 0; s0' = -s0/(1 ms) } synapse S { on pre { post.s0 <- post.s0 + 1 } } network M { population ${name} = 2 N; connect ${name} -> ${name} by S all } experiment X of M { duration 1 ms }`,
      "X",
    );
    planSource("free.glif", `neuron N { param ${name} = 1; state s0 : 1 = 0; s0' = (${name} - s0)/(1 ms) }`, null);
    return true;
  } catch {
    return false;
  }
}

/** Words of the emitted module of one mode need not be tried in the next. */
const tried = new Set<string>();
const POOL = [...INHERITED, ...WORDS].filter(isFree);
const texts = new Map<string, string>();

for (const [title, mode] of Object.entries(MODES)) {
  test(`${title}: names of objects and of emitted modules`, () => {
    const plain = planSource("plain.glif", modelOf(PLAIN, mode), PLAIN.experiment);
    const wanted = outcome(plain, PLAIN, "javascript");
    const words = [
      ...new Set(identifiersOf(plain).map((name) => name.replaceAll("plain_bent", "x").replaceAll("plain_", "y_"))),
    ].filter((name) => !POOL.includes(name) && !tried.has(name) && isFree(name));
    for (const word of words) tried.add(word);
    expect(POOL.length).toBeGreaterThan(ROLES.length);
    words.push(...POOL);
    for (let offset = 0; offset < words.length; offset += ROLES.length - 3) {
      const names = namesFrom(words, offset);
      const text = modelOf(names, mode);
      const plan = planSource("hostile.glif", text, names.experiment);
      texts.set(`${title}-${offset}`, buildTypeScript(ts, emitModule(plan)));
      for (const backend of ["javascript", "webassembly"] as const) {
        const found = outcome(plan, names, backend);
        // Draws are keyed by names.
        if (mode.noise !== true) expect(found, `${backend}\n${text}`).toEqual(wanted);
      }
    }
  }, 120_000);
}

test("what was emitted for all these names is strict TypeScript", () => {
  expect(texts.size).toBeGreaterThan(25);
  expect(strictProblems(texts).slice(0, 10)).toEqual([]);
}, 120_000);
