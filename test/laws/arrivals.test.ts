// Law: what arrives together acts spike by spike in one order, and what arrives at a held state is lost before anything reads it: random networks of jumps that do not commute, on the
// grid and with located spikes, against a plain loop over connections. All values are small whole numbers, so that they agree exactly.
import { expect, test } from "vitest";
import { planSource, provide, run } from "../conformance/harness.ts";

/** Numbers from 0 to 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const STATES = ["a", "b", "c"] as const;
const [STEPS, PERIOD, REFRACTORY, SOURCES, MOST] = [40, 7, 4, 3, 50];

type Place = "post.a" | "post.b" | "post.c" | "pre.a" | "pre.b" | "pre.c" | "w";

/** place <- clamp(sum of factors times what they stand at + add, -MOST, MOST) */
interface Assignment {
  readonly place: Place;
  readonly terms: readonly (readonly [factor: number, of: Place])[];
  readonly add: number;
}

interface Connect {
  readonly name: string;
  readonly source: string;
  readonly rule: "all" | "one_to_one";
  readonly weights: readonly [number, number];
  readonly delays: readonly [number, number];
  readonly onPre: readonly Assignment[];
  readonly onPost: readonly Assignment[];
}

interface Model {
  readonly size: number;
  readonly held: readonly string[];
  readonly connects: readonly Connect[];
  /** By population, then by neuron: in which steps it spikes. */
  readonly given: Readonly<Record<string, readonly (readonly number[])[]>>;
}

function modelOf(seed: number, onGrid: boolean): Model {
  const next = numbers(seed);
  const choose = (n: number): number => Math.floor(next() * n);
  const some = <Item>(items: readonly Item[]): readonly Item[] => items.filter(() => next() < 0.5);
  const block = (places: readonly Place[], read: readonly Place[]): readonly Assignment[] => {
    const chosen = some(places);
    return (chosen.length === 0 ? places.slice(0, 1) : chosen).map((place) => ({
      place,
      terms: [place, ...some(read)].map((of) => [choose(4) - 1, of] as const),
      add: choose(5) - 2,
    }));
  };
  const post: readonly Place[] = ["post.a", "post.b", "post.c"];
  const names = ["p", "q", "r", "s"].toSorted(() => next() - 0.5);
  const connects = ["S", "T", "U", ...(onGrid ? ["A"] : [])].map((source, k): Connect => {
    const far: readonly Place[] = source === "A" ? ["pre.a", "pre.b", "pre.c"] : [];
    const own: readonly Place[] = onGrid ? ["w"] : [];
    return {
      name: names[k] ?? "",
      source,
      rule: choose(3) === 0 ? "one_to_one" : "all",
      weights: [choose(5) - 2, choose(3) - 1],
      delays: [source === "A" ? 1 + choose(3) : choose(4), choose(3)],
      onPre: block([...post, ...far, ...own], [...post, ...far, "w"]),
      onPost: onGrid && next() < 0.6 ? block([...own, ...post, ...far], [...post, ...far, "w"]) : [],
    };
  });
  const times = (): number[] =>
    [...new Set(Array.from({ length: 12 }, () => 1 + choose(STEPS - 8)))].toSorted((x, y) => x - y);
  const given = Object.fromEntries(["S", "T", "U"].map((p) => [p, Array.from({ length: SOURCES }, times)]));
  return { size: 3, held: some(STATES), connects, given };
}

function textOf({ size, held, connects, given }: Model, precise: boolean): string {
  for (const [p, trains] of Object.entries(given))
    provide(
      `arrivals_${p}.csv`,
      `t_ms,neuron\n${trains.flatMap((train, i) => train.map((n) => `${n / 10},${i}\n`)).join("")}`,
    );
  const block = (lines: readonly Assignment[]): string =>
    lines
      .map(
        ({ place, terms, add }) =>
          `${place} <- clamp(${terms.map(([factor, of]) => `(${factor})*${of}`).join(" + ")} + (${add}), -${MOST}, ${MOST})`,
      )
      .join("; ");
  return `
neuron N {
  state k : 1 = 0, a : 1 = 1, b : 1 = 0, c : 1 = 0
  k' = 10 /ms
  spike when k >= ${PERIOD - 0.5}
  reset { k <- k - ${PERIOD}; a <- 2 }
  refractory ${REFRACTORY / 10} ms${held.length === 0 ? "" : ` { hold ${held.join(", ")} }`}
}
${connects.map(({ name, onPre, onPost }) => `synapse J${name} { weight w : 1; on pre { ${block(onPre)} }${onPost.length === 0 ? "" : `; on post { ${block(onPost)} }`} }`).join("\n")}
network M {
  population A = ${size} N { k = i }
${Object.keys(given)
  .map((p) => `  population ${p} = spikes(file("arrivals_${p}.csv"))`)
  .join("\n")}
${connects
  .map(
    ({ name, source, rule, weights: [w, v], delays: [d, e] }) =>
      `  connect ${source} -> A by J${name} as ${name} { w = ${w} + (${v})*i, delay = ${d / 10} ms + ${e / 10} ms*abs(i - j) } ${rule} allow self`,
  )
  .join("\n")}
}
experiment X of M { duration ${STEPS / 10} ms; step 0.1 ms${precise ? "; spikes precise" : ""} }`;
}

interface Outcome {
  readonly states: readonly (readonly number[])[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** Step by step, connection by connection; how often something was lost that another event read. */
function plainly(model: Model): Outcome & { readonly lost: number } {
  const { size, held, given } = model;
  const neurons = Array.from({ length: size }, (_, i) => ({ k: i, free: 0, values: { a: 1, b: 0, c: 0 } }));
  let lost = 0;
  const connections = model.connects
    .toSorted((x, y) => (x.name < y.name ? -1 : 1))
    .map((connect) => {
      const { source, rule, weights, delays } = connect;
      const sources = source === "A" ? size : SOURCES;
      return {
        connect,
        all: Array.from({ length: sources * size }, (_, at) => {
          const [i, j] = [Math.floor(at / size), at % size];
          return { i, j, w: weights[0] + weights[1] * i, delay: delays[0] + delays[1] * Math.abs(i - j) };
        }).filter(({ i, j }) => rule === "all" || i === j),
      };
    });
  type Connection = (typeof connections)[number]["all"][number];
  const happen = (block: readonly Assignment[], c: Connection, n: number): void => {
    const far = (place: Place): [(typeof neurons)[number], (typeof STATES)[number]] => {
      const [end, state] = place.split(".") as ["pre" | "post", (typeof STATES)[number]];
      return [neurons[end === "pre" ? c.i : c.j] as (typeof neurons)[number], state];
    };
    const read = (place: Place): number => {
      if (place === "w") return c.w;
      const [neuron, state] = far(place);
      return neuron.values[state];
    };
    const after = block.map(({ terms, add }) =>
      Math.max(-MOST, Math.min(MOST, terms.reduce((sum, [factor, of]) => sum + factor * read(of), 0) + add)),
    );
    block.forEach(({ place }, k) => {
      const value = after[k] ?? NaN;
      if (place === "w") return (c.w = value);
      const [neuron, state] = far(place);
      if (n < neuron.free && held.includes(state)) lost += value === neuron.values[state] ? 0 : 1;
      else neuron.values[state] = value;
      return undefined;
    });
  };
  const sent: number[][] = [];
  for (let n = 0; n < STEPS; n++) {
    for (const { connect, all } of connections)
      for (const c of all.toSorted((x, y) => x.delay - y.delay || x.i - y.i || x.j - y.j)) {
        const at = n - c.delay;
        if (connect.source === "A" ? sent[at]?.includes(c.i) : given[connect.source]?.[c.i]?.includes(at))
          happen(connect.onPre, c, n);
      }
    for (const neuron of neurons) neuron.k += 1;
    const spiking = neurons.flatMap((neuron, j) => (neuron.k >= PERIOD - 0.5 ? [j] : []));
    for (const j of spiking) {
      const neuron = neurons[j] as (typeof neurons)[number];
      neuron.k -= PERIOD;
      neuron.values.a = 2;
      neuron.free = n + 1 + REFRACTORY;
    }
    sent[n + 1] = spiking;
    for (const { connect, all } of connections)
      for (const j of spiking) for (const c of all) if (c.j === j) happen(connect.onPost, c, n + 1);
  }
  return {
    states: neurons.map(({ values }) => STATES.map((s) => values[s])),
    weights: Object.fromEntries(connections.map(({ connect, all }) => [connect.name, all.map((c) => c.w)])),
    lost,
  };
}

function simulated(model: Model, precise: boolean): Outcome {
  const { populations, projections } = run(planSource("arrivals.glif", textOf(model, precise), "X"));
  const { states } = populations.find((p) => p.name === "A") ?? { states: [] };
  return {
    states: Array.from({ length: model.size }, (_, i) =>
      STATES.map((name) => (states.find((s) => s.name === name)?.values[i] ?? NaN) + 0),
    ),
    weights: Object.fromEntries(
      projections.flatMap(({ connection, connections: { starts, delays, target }, values }) => {
        const w = values.find((v) => v.name === "w")?.values;
        if (w === undefined) return [];
        const rows = (starts.length - 1) / delays.length;
        const all = Array.from({ length: rows }, (_, i) => {
          const [from, to] = [starts[i * delays.length] ?? 0, starts[(i + 1) * delays.length] ?? 0];
          const byTarget = Array.from(target.subarray(from, to), (j, k) => ({ j, w: (w[from + k] ?? NaN) + 0 }));
          return byTarget.toSorted((x, y) => x.j - y.j).map((c) => c.w);
        });
        return [[connection, all.flat()]];
      }),
    ),
  };
}

let lost = 0;

test.each(Array.from({ length: 40 }, (_, k) => k + 1))("arrivals %i: on the grid, with plasticity", (seed) => {
  const model = modelOf(seed, true);
  const expected = plainly(model);
  lost += expected.lost;
  const found = simulated(model, false);
  expect(found.states).toEqual(expected.states.map((values) => values.map((v) => v + 0)));
  for (const [name, weights] of Object.entries(found.weights))
    expect(weights, name).toEqual(expected.weights[name]?.map((v) => v + 0));
});

test.each(Array.from({ length: 40 }, (_, k) => k + 1))("arrivals %i: on the grid and located, from outside", (seed) => {
  const model = modelOf(seed + 1000, false);
  const expected = plainly(model);
  lost += expected.lost;
  const states = expected.states.map((values) => values.map((v) => v + 0));
  expect(simulated(model, false).states).toEqual(states);
  expect(simulated(model, true).states).toEqual(states);
});

test("much was lost in these networks", () => expect(lost).toBeGreaterThan(1000));
