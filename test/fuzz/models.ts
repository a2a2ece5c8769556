// Models that are right but that nobody would write: equations, events, noise, mechanisms, synapses and rules put together by chance, all in pure numbers per time.

type Random = () => number;

const NAMES = [
  "x",
  "y",
  "z",
  "w",
  "V",
  "g",
  "m",
  "h",
  "k1_x",
  "constructor",
  "valueOf",
  "create",
  "state",
  "n_new",
  "toString",
  "span",
  "Θ_s",
  "t_",
  "e",
  "i_next",
].filter((name) => name !== "state");

/** One file with a neuron, perhaps a mechanism and a network, and an experiment. */
export function randomModel(random: Random): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const some = (share: number): boolean => random() < share;
  const many = (most: number): number[] => Array.from({ length: Math.floor(random() * (most + 1)) }, (_, k) => k);
  const names = [...NAMES].sort((a, b) => hash(a) - hash(b));
  const offset = Math.floor(random() * names.length);
  const fresh = (() => {
    let k = 0;
    return (): string => {
      const at = offset + k++;
      return `${names[at % names.length] ?? "x"}${at >= names.length ? "_" : ""}`;
    };
  })();
  const states = [fresh(), ...many(3).map(fresh)];
  const params = [fresh(), ...many(2).map(fresh)];
  const inputs = many(2).map(fresh);
  const lets = many(3).map(fresh);
  const indexed = some(0.3) ? fresh() : null;
  const number = (): string =>
    pick(["0", "1", "2", "0.5", "-1", "3.25", "1e-3", "10", "0.1", String(Math.round(random() * 100) / 10)]);
  const leaf = (scope: readonly string[]): string => (some(0.3) || scope.length === 0 ? number() : pick(scope));
  const condition = (scope: readonly string[], depth: number): string =>
    depth > 1 || some(0.7)
      ? `${leaf(scope)} ${pick([">", "<", ">=", "<="])} ${expression(scope, 2)}`
      : pick([
          `(${condition(scope, depth + 1)}) ${pick(["and", "or"])} (${condition(scope, depth + 1)})`,
          `not (${condition(scope, depth + 1)})`,
        ]);
  const expression = (scope: readonly string[], depth = 0): string => {
    if (depth > 3 || some(0.25)) return leaf(scope);
    const go = (): string => expression(scope, depth + 1);
    switch (Math.floor(random() * 10)) {
      case 0:
        return `(${go()} ${pick(["+", "-", "*", "/"])} ${go()})`;
      case 1:
        return `(${go()} + ${go()})`;
      case 2:
        return `${pick(["sin", "tanh", "exp", "abs", "sqrt", "floor", "step", "exprel", "sign", "log1p"])}(${go()})`;
      case 3:
        return `(if ${condition(scope, 1)} then ${go()} else ${go()})`;
      case 4:
        return `${pick(["min", "max"])}(${go()}, ${go()})`;
      case 5:
        return `(${go()})^${pick(["2", "3", "-1", "0.5"])}`;
      case 6:
        return `clamp(${go()}, -1, 1)`;
      case 7:
        return `-(${go()})`;
      default:
        return `(${leaf(scope)}*${leaf(scope)} - ${leaf(scope)})`;
    }
  };
  const all = [...states, ...params, ...inputs, ...lets];
  const noisy = some(0.25);
  const block = (): string =>
    `{ ${[...new Set([pick(states), ...(some(0.3) ? [pick(states)] : [])])].map((s) => `${s} <- ${expression([...states, ...params], 2)}`).join("; ")} }`;
  const lines = [
    ...params.map((p) => `param ${p} : 1 = ${number()}`),
    "param τ_0 = 10 ms",
    ...(indexed === null
      ? []
      : [
          "index j = 1..3",
          `state ${indexed}[j] : 1 = [1, 0.5, ${number()}]`,
          `${indexed}[j]' = (${leaf(params)} - ${indexed}[j]*j + ${leaf(states)})/τ_0`,
        ]),
    ...inputs.map((p) => `input ${p} : 1${some(0.3) ? ` = ${number()}` : ""}`),
    ...states.map((s) => `state ${s} : 1 = ${number()}`),
    ...lets.map(
      (l, k) =>
        `let ${l} = ${expression([...states, ...params, ...inputs, ...lets.slice(0, k)])}${indexed !== null && some(0.3) ? ` + sum(${indexed})` : ""}`,
    ),
    ...states
      .filter(() => some(0.9))
      .map(
        (s) =>
          `${s}' = (${some(0.4) ? `${leaf([...params, ...inputs])}*${leaf(params)} - ${s}` : expression(all)})/τ_0${noisy && some(0.5) ? ` + ${number()}*ξ/sqrt(τ_0)` : ""}`,
      ),
    ...inputs.filter(() => some(0.3)).map((p) => `${p} += ${expression([...states, ...params], 2)}`),
    ...(some(0.7)
      ? [`spike when ${condition([...states, ...params], 0)}`, ...(some(0.8) ? [`reset ${block()}`] : [])]
      : some(0.2)
        ? [`spike with rate abs(${expression(states, 2)})/τ_0`, `reset ${block()}`]
        : []),
    ...many(2).map(() => `on ${condition([...states, ...params, ...inputs], 0)} ${block()}`),
  ];
  const spikes = lines.some((l) => l.startsWith("spike"));
  if (spikes && some(0.5))
    lines.push(
      `refractory ${pick(["1 ms", "0.25 ms", "τ_0"])}${some(0.6) ? ` { hold ${pick(["all", pick(states)])}${inputs.length > 0 && some(0.4) ? `; drop ${pick(inputs)}` : ""} }` : ""}`,
    );
  const neuron = `neuron N {\n  ${lines.join("\n  ")}\n}`;
  const settings = [
    ...inputs
      .filter(() => some(0.6))
      .map((p) => `N.${p} = ${stimulus(pick, some, number)}${noisy && some(0.3) ? " + 0.1*sqrt(1 ms)*ξ" : ""}`),
    ...params.filter(() => some(0.3)).map((p) => `N.${p} = ${number()}`),
  ];
  const how = [
    `duration 2 ms`,
    `step ${pick(["0.1 ms", "0.5 ms", "0.05 ms"])}`,
    "seed 1",
    ...(some(0.3) ? [`method ${pick(["euler", "heun", "rk4", "rk45", "exponential_euler", "exact"])}`] : []),
    ...(!noisy && some(0.5) ? ["spikes precise"] : []),
    ...(some(0.4) ? [`record N.${pick([...states, ...lets, ...inputs])}`] : []),
  ];
  if (some(0.5)) return `${neuron}\nexperiment X of N {\n  ${[...how, ...settings].join("\n  ")}\n}\n`;
  return `${neuron}\n${network(pick, some, number, states)}\nexperiment X of Net {\n  ${[...how, ...settings].join("\n  ")}\n}\n`;
}

type Pick = <T>(all: readonly T[]) => T;
type Some = (share: number) => boolean;

function stimulus(pick: Pick, some: Some, number: () => string): string {
  const shape = (): string =>
    pick([
      `pulse(${number()}, from: 0.2 ms, to: 1 ms)`,
      `steps(0 ms: ${number()}, 0.7 ms: ${number()})`,
      `ramp(0, ${number()}, from: 0.1 ms, to: 2 ms)`,
      `sine(${number()}, frequency: 100 Hz)`,
      number(),
      "t/(1 ms)",
      "i",
    ]);
  return `${shape()}${some(0.3) ? ` + ${shape()}` : ""}${some(0.2) ? `*(1 + ${shape()})` : ""}`;
}

function network(pick: Pick, some: Some, number: () => string, states: readonly string[]): string {
  const target = pick(states);
  const size = pick(["1", "3", "5", "70"]);
  const synapses = `synapse Jump {\n  weight w = 1\n  on pre { post.${target} <- post.${target} + w }\n${some(0.3) ? `  on post { w <- clamp(w + 0.1, 0, 2) }\n` : ""}}`;
  const rule = (): string =>
    pick([
      "all",
      "one_to_one",
      "random(p: 0.5)",
      "indegree(n: 1)",
      "outdegree(n: 1)",
      "total(n: 3)",
      "where i == j + 1",
      "where i != j",
    ]);
  const setting = (): string =>
    pick([
      `w = ${number()}`,
      "w ~ normal(1, 0.1)",
      "w = i + j",
      "delay = 0.3 ms",
      "delay ~ uniform(0.1 ms, 1 ms)",
      "delay = dt*i",
    ]);
  const connect = (name: string): string =>
    `connect ${pick(size === "1" ? ["N", "S", "N, S"] : ["N", "S", "N, S", "N[0..1]"])} -> N by Jump as ${name} { ${setting()} } ${rule()}${some(0.3) ? " allow self, multiple" : ""}`;
  return `${synapses}\nnetwork Net {\n  population N = ${size} N${some(0.4) ? ` { ${pick(states)} ~ uniform(0, 1) }` : ""}\n  population S = ${pick(["2 poisson(1 kHz)", "spikes([0.2 ms, 1 ms])"])}\n  ${connect("a")}\n  ${some(0.5) ? connect("b") : ""}\n}`;
}

/** An order of names that is no alphabet, and the same everywhere. */
function hash(text: string): number {
  let h = 7;
  for (const c of text) h = (h * 31 + (c.codePointAt(0) ?? 0)) % 1009;
  return h;
}
