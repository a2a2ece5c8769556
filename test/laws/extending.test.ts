// Law: a model at the end of a chain of `extends` is the model that is written out whole, with every unit, wherever its parents stand: the same dimensions, the same bits; and a mistake is told once, of the model that makes it.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import type { CheckedProgram } from "../../src/3-check/checked.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { host, planSource } from "../conformance/harness.ts";

/** What a name may be given, at the bottom of the chain and further up; a bare 0 and an equation without a unit are right everywhere. */
interface Choices {
  readonly unit: string;
  readonly first: readonly string[];
  readonly later: readonly string[];
  readonly wrong: string;
}

const STATES: Readonly<Record<string, Choices>> = {
  V: { unit: "mV", first: ["0 mV", "E"], later: ["0", "1.3 mV", "E + 2 mV"], wrong: "1 pA" },
  w: { unit: "mV/ms", first: ["0"], later: ["0", "0.1 mV/ms", "-0.2 V/s"], wrong: "1 mV" },
  u: { unit: "1", first: ["0"], later: ["0", "0.4", "k/7"], wrong: "2 ms" },
};
const EQUATIONS: Readonly<Record<string, Choices>> = {
  V: {
    unit: "mV/ms",
    first: ["I - w - (V - E)/τ", "I - V/τ - w"],
    later: ["I - V/τ", "-(V - E)*(1 + u^2)/τ", "I - w*u - V/τ", "1.1*(I - V/τ)"],
    wrong: "1 mV",
  },
  w: { unit: "mV/ms^2", first: ["-w/τ", "(0.1*V/(1 ms) - w)/τ"], later: ["-w/τ", "0", "-0.3*w/τ"], wrong: "V" },
  u: { unit: "1/ms", first: ["(1 - u)/τ", "k/τ - u/τ"], later: ["-u/τ", "-0.7*u*k/τ", "0"], wrong: "τ" },
};
const PARAMETERS: Readonly<Record<string, Choices>> = {
  τ: { unit: "ms", first: ["10 ms"], later: ["7 ms", "0.004 s"], wrong: "3 mV" },
  E: { unit: "mV", first: ["-2 mV"], later: ["3 mV", "0"], wrong: "1" },
  k: { unit: "1", first: ["2"], later: ["3", "0.5"], wrong: "1 ms" },
};
const KINDS = { param: PARAMETERS, state: STATES, equation: EQUATIONS } as const;
type Kind = keyof typeof KINDS;
const PLACES = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
  Object.keys(KINDS[kind]).map((name) => ({ kind, name })),
);

/** One level says of each place a value, or nothing. */
type Level = ReadonlyMap<string, string>;
interface Chain {
  readonly levels: readonly Level[];
  /** In which order the neurons stand. */
  readonly order: readonly number[];
  readonly wrong: { readonly level: number; readonly place: (typeof PLACES)[number] };
}

const keyOf = ({ kind, name }: (typeof PLACES)[number]): string => `${kind} ${name}`;
const line = (place: string, value: string, unit = ""): string => {
  const [kind, name = ""] = place.split(" ");
  return kind === "equation" ? `  ${name}' = ${value}` : `  ${kind} ${name}${unit} = ${value}`;
};

const level = (which: "first" | "later"): fc.Arbitrary<Level> =>
  fc
    .tuple(
      ...PLACES.map((p) => {
        const values = KINDS[p.kind][p.name]?.[which] ?? [];
        return which === "first" ? fc.constantFrom(...values) : fc.option(fc.constantFrom(...values), { freq: 2 });
      }),
    )
    .map((values) => new Map(PLACES.flatMap((p, k) => (values[k] == null ? [] : [[keyOf(p), values[k]] as const]))));

const chains: fc.Arbitrary<Chain> = fc.integer({ min: 1, max: 4 }).chain((more) =>
  fc.record({
    levels: fc
      .tuple(level("first"), fc.array(level("later"), { minLength: more, maxLength: more }))
      .map(([first, later]) => [first, ...later]),
    order: fc.shuffledSubarray([...Array(more + 1).keys()], { minLength: more + 1 }),
    wrong: fc.record({ level: fc.integer({ min: 1, max: more }), place: fc.constantFrom(...PLACES) }),
  }),
);

/** What every level adds to its parents, so that children which only add are among them. */
const added = (k: number): string =>
  k === 0 ? "" : `  state x${k} = 0\n  x${k}' = (1 - x${k} + y${k})/τ\n  let y${k} = u`;
const FIRST = "  input I : mV/ms\n  spike when V > 5 mV\n  reset { V <- E; u <- u + 0.1 }";
const experiment = (k: number): string =>
  `experiment X of N${k} { duration 20 ms; I = pulse(2 mV/ms, from: 1 ms, to: 15 ms) }\n`;

const neuron = (name: string, lines: readonly string[]): string => `neuron ${name} {\n${lines.join("\n")}\n}\n`;

function extending({ levels, order }: Chain): string {
  return order
    .map((k) =>
      neuron(k === 0 ? "N0" : `N${k} extends N${k - 1}`, [
        ...(k === 0 ? [FIRST] : []),
        ...[...(levels[k] ?? [])].map(([place, value]) => line(place, value)),
        added(k),
      ]),
    )
    .join("");
}

/** The model of one level by itself. */
function whole({ levels }: Chain, k: number): string {
  const all = new Map(levels.slice(0, k + 1).flatMap((l) => [...l]));
  const units = (place: string): string => {
    const [kind, name = ""] = place.split(" ");
    return kind === "equation" ? "" : ` : ${KINDS[kind as Kind][name]?.unit}`;
  };
  const more = [...Array(k).keys()].map((n) => added(n + 1).replace(/(state x\d+) =/, "$1 : 1 ="));
  return neuron(`N${k}`, [FIRST, ...[...all].map(([place, value]) => line(place, value, units(place))), ...more]);
}

function read(text: string): { readonly program: CheckedProgram | null; readonly errors: readonly Diagnostic[] } {
  const { program, diagnostics } = check(sourceText("law.glif", text), host);
  return { program, errors: diagnostics.filter((d) => d.severity === "error") };
}

function dimensionsOf(text: string, name: string): ReadonlyMap<string, string> | string {
  const { program, errors } = read(text);
  const found = program?.neurons.find((n) => n.name === name);
  return found === undefined
    ? errors.map((d) => d.message).join("; ")
    : new Map(found.quantities.map((q) => [q.name, q.dimension.key]));
}

function states(text: string): ReadonlyMap<string, readonly number[]> {
  const simulation = instantiate(planSource("law.glif", text, "X"));
  simulation.run(20);
  return new Map(simulation.populations.flatMap((p) => p.states.map((s) => [s.name, Array.from(s.values)])));
}

test("a child is what it would be if all of it were written down, wherever its parents stand", () => {
  fc.assert(
    fc.property(chains, (chain) => {
      for (const k of chain.levels.keys())
        expect(dimensionsOf(extending(chain), `N${k}`)).toEqual(dimensionsOf(whole(chain, k), `N${k}`));
      const last = chain.levels.length - 1;
      expect(states(extending(chain) + experiment(last))).toEqual(states(whole(chain, last) + experiment(last)));
    }),
    { numRuns: 40 },
  );
});

test("a mistake in a chain is told once, where it is made, and of the model that makes it", () => {
  fc.assert(
    fc.property(chains, (chain) => {
      const { level: at, place } = chain.wrong;
      const value = KINDS[place.kind][place.name]?.wrong ?? "";
      const levels = chain.levels.map((l, k) => (k === at ? new Map(l).set(keyOf(place), value) : l));
      const text = extending({ ...chain, levels });
      const { errors } = read(text);
      // What is wrong with a declaration is that it is not its parent's any more.
      const expected = place.kind === "equation" ? "units/mismatched-sides" : "units/changed-dimension";
      expect(errors.map((d) => [d.code, d.severity])).toEqual([[expected, "error"]]);
      const start = errors[0]?.primary.span.start ?? 0;
      expect(text.slice(0, start).match(/neuron (N\d)(?!.*neuron N\d)/s)?.[1]).toBe(`N${at}`);
      expect(text.slice(text.lastIndexOf("\n", start) + 1).split("\n")[0]).toBe(line(keyOf(place), value));
      // Written down whole it is one mistake as well.
      expect(read(whole({ ...chain, levels }, at)).errors).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});

test("an unknown name is told of the model that reads it, wherever its children stand", () => {
  fc.assert(
    fc.property(chains, (chain) => {
      const { level: at } = chain.wrong;
      const levels = chain.levels.map((l, k) => (k === at ? new Map(l).set("state u", "nowhere") : l));
      const { errors } = read(extending({ ...chain, levels }));
      expect(errors.map((d) => d.message)).toEqual([expect.stringContaining(`\`nowhere\` in neuron \`N${at}\``)]);
    }),
    { numRuns: 30 },
  );
});
