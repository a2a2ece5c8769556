// Random systems of equations that read one another along a random graph: as glif text, and as functions that an independent solver takes.
import * as fc from "fast-check";

export interface Graph {
  readonly states: readonly {
    readonly name: string;
    readonly text: string;
    readonly start: number;
    readonly noise: string | null;
  }[];
  /** dx/dt, written without the planner. */
  readonly slopes: (t: number, x: readonly number[]) => number[];
}

type Kind = "linear" | "driven" | "bent" | "relaxing" | "conductance" | "coupled" | "integral" | "growth";

const KINDS: readonly Kind[] = [
  "linear",
  "linear",
  "driven",
  "bent",
  "relaxing",
  "relaxing",
  "conductance",
  "coupled",
  "integral",
  "growth",
];

interface Node {
  readonly kind: Kind;
  readonly τ: number;
  readonly start: number;
  readonly reads: readonly number[];
  readonly noise: string | null;
}

/** A system of up to `most` states; `noise` shakes some of them, one noise by itself or one that several share. */
export function graphs(most: number, noise: boolean): fc.Arbitrary<Graph> {
  const node = fc.record({
    kind: fc.constantFrom(...KINDS),
    τ: fc.integer({ min: 2, max: 8 }),
    start: fc.integer({ min: 2, max: 9 }).map((k) => k / 10),
    reads: fc.uniqueArray(fc.nat(most - 1), { maxLength: 2 }),
    noise: noise ? fc.constantFrom(null, null, "ξ", "η") : fc.constant(null),
  });
  return fc.array(node, { minLength: 2, maxLength: most }).map((nodes) => graphOf(nodes));
}

function graphOf(nodes: readonly Node[]): Graph {
  const known = nodes.map((node, k) => ({
    ...node,
    reads: [...new Set(node.reads.map((r) => r % nodes.length))].filter((r) => r !== k),
  }));
  const written = known.map((node, k) => equation(node, k));
  return {
    states: known.map((node, k) => ({
      name: `x${k}`,
      text: `(${written[k]?.text ?? ""})/(${node.τ} ms)`,
      start: node.start,
      noise: node.noise,
    })),
    slopes: (t, x) => written.map(({ f }, k) => f(t, x) / (known[k]?.τ ?? 1)),
  };
}

function equation(
  { kind, reads }: Node,
  k: number,
): { readonly text: string; readonly f: (t: number, x: readonly number[]) => number } {
  const self = `x${k}`;
  const sumText = reads.length === 0 ? "0.3" : reads.map((r) => `x${r}`).join(" + ");
  const sum = (x: readonly number[]): number =>
    reads.length === 0 ? 0.3 : reads.reduce((total, r) => total + (x[r] ?? 0), 0);
  const own = (x: readonly number[]): number => x[k] ?? 0;
  switch (kind) {
    case "linear":
      return { text: `0.5*(${sumText}) - ${self}`, f: (_, x) => 0.5 * sum(x) - own(x) };
    case "driven":
      return {
        text: `sin(t/(2 ms)) + 0.5*(${sumText}) - ${self}`,
        f: (t, x) => Math.sin(t / 2) + 0.5 * sum(x) - own(x),
      };
    case "bent":
      return {
        text: `0.5*(${sumText}) + sin(2*${self}) - ${self}^3`,
        f: (_, x) => 0.5 * sum(x) + Math.sin(2 * own(x)) - own(x) ** 3,
      };
    case "relaxing":
      return {
        text: `(1 + 0.5*sin(t/(3 ms) + ${sumText}))*(0.7 - ${self})`,
        f: (t, x) => (1 + 0.5 * Math.sin(t / 3 + sum(x))) * (0.7 - own(x)),
      };
    case "conductance":
      return { text: `(${sumText})*(2 - ${self}) - ${self} + 0.1`, f: (_, x) => sum(x) * (2 - own(x)) - own(x) + 0.1 };
    case "coupled":
      return {
        text: `cos(${sumText}) - 0.4*(${sumText})^2 - ${self}`,
        f: (_, x) => Math.cos(sum(x)) - 0.4 * sum(x) ** 2 - own(x),
      };
    case "integral":
      return { text: `sin(3*(${sumText}))`, f: (_, x) => Math.sin(3 * sum(x)) };
    case "growth":
      return { text: `${self}*(0.6 - (${sumText}))`, f: (_, x) => own(x) * (0.6 - sum(x)) };
  }
}

/** The states at the end, by many short steps of Runge-Kutta; from `holdFrom` on those of `held` stand still. */
export function solved(graph: Graph, duration: number, held: ReadonlySet<number>, holdFrom: number): readonly number[] {
  const slopes = (t: number, x: readonly number[], still: boolean): number[] =>
    graph.slopes(t, x).map((d, k) => (still && held.has(k) ? 0 : d));
  const along = (x: readonly number[], d: readonly number[], h: number): number[] =>
    x.map((v, k) => v + h * (d[k] ?? 0));
  let x: readonly number[] = graph.states.map((s) => s.start);
  for (const [from, to, still] of [
    [0, holdFrom, false],
    [holdFrom, duration, true],
  ] as const) {
    const n = Math.ceil((to - from) / 0.004);
    const h = (to - from) / n;
    for (let step = 0; step < n; step++) {
      const t = from + step * h;
      const a = slopes(t, x, still);
      const b = slopes(t + h / 2, along(x, a, h / 2), still);
      const c = slopes(t + h / 2, along(x, b, h / 2), still);
      const d = slopes(t + h, along(x, c, h), still);
      x = x.map((v, k) => v + (h / 6) * ((a[k] ?? 0) + 2 * (b[k] ?? 0) + 2 * (c[k] ?? 0) + (d[k] ?? 0)));
    }
  }
  return x;
}
