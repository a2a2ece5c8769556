// A population made for a test: arrays `a`, `b`, `c` in, `out` and a list of neurons back, once in JavaScript alone and once with its loops paired.
import type { Code, ElementIndex, Kernel, PopulationCode, Statement } from "../../../src/5-emit/code.ts";
import { arrayOf, binary, constant, id, kernelOf, load, num, store } from "../../../src/5-emit/construct.ts";
import { pairedPopulation, type PairedText } from "../../../src/5-emit/pairs/pair.ts";
import { printJavaScript } from "../../../src/5-emit/printJavaScript.ts";
import * as runtime from "../../../src/runtime/index.ts";

export const INPUTS = ["a", "b", "c"] as const;

export interface Made {
  update(low: number, high: number): number;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  readonly out: Float64Array;
  readonly candidates: Int32Array;
  hold(neurons: Int32Array, count: number): void;
  restore(neurons: Int32Array, count: number): void;
  /** In the memory of the paired kernels; absent where there is none. */
  readonly refractory?: Int32Array;
}

/** out[i] = value, and i is a candidate where `fires`; both over the names a, b, c, the neuron and the time. `before`: constants that they use. */
export function population(value: Code, fires: Code, before: readonly Statement[] = []): PopulationCode {
  return populationOf({
    kind: "kernel",
    name: "update",
    title: null,
    over: "range",
    lists: "candidates",
    before: [],
    body: [
      ...INPUTS.map((name) => constant(name, load(`${name}_at`))),
      ...before,
      store("out_at", value),
      { kind: "list", condition: fires, into: "candidates" },
    ],
  });
}

/** `hold` puts two values of each neuron of a list aside, `restore` makes them its `out` and its `b`. */
export function listing(value: Code): PopulationCode {
  const slot = (place: number): ElementIndex => ({ of: "slot", width: 2, place });
  const over = (name: string, body: readonly Statement[]): Kernel => ({
    ...{ kind: "kernel", name, title: null, over: "list", lists: "nowhere", before: [], body },
  });
  return populationOf(
    over("hold", [
      ...INPUTS.map((name) => constant(name, load(`${name}_at`))),
      store("scratch", value, slot(0)),
      store("scratch", binary("-", num(1), id("a")), slot(1)),
    ]),
    over("restore", [store("out_at", load("scratch", slot(0))), store("b_at", load("scratch", slot(1)))]),
  );
}

export function populationOf(...kernels: readonly Kernel[]): PopulationCode {
  const array = (name: string): Statement => ({
    kind: "array",
    name: `${name}_at`,
    holds: "doubles",
    length: "size",
  });
  return {
    kind: "population",
    name: "population",
    doc: "",
    parameters: [{ name: "size", type: "number" }],
    returns: "unknown",
    body: [
      ...[...INPUTS, "out"].map(array),
      { kind: "array", name: "candidates", holds: "integers", length: "size" },
      { kind: "array", name: "scratch", holds: "doubles", length: { each: 2 } },
      { kind: "let", name: "t", value: num(0.3) },
      constant("values", arrayOf([])),
      ...kernels,
    ],
    result: [
      ...kernels.map(({ name }) => ({ name, value: kernelOf(name) })),
      { name: "candidates", value: id("candidates") },
      ...[...INPUTS, "out"].map((name) => ({ name, value: id(`${name}_at`) })),
    ],
  };
}

/** The population in both forms; `paired` is null where its loop was refused. */
export function both(f: PopulationCode, size: number): { readonly alone: Made; readonly paired: Made | null } {
  const paired = pairedPopulation(f, id("handle"));
  return {
    alone: evaluate(f, size, {}),
    paired:
      paired === null
        ? null
        : evaluate(paired.population, size, { ...runtime, text: { ...paired.text, leastSize: 1 } }),
  };
}

export function encoded(f: PopulationCode): PairedText | null {
  return pairedPopulation(f, id("handle"))?.text ?? null;
}

function evaluate(f: PopulationCode, size: number, handle: object): Made {
  const names = Object.keys(runtime).filter((name) => /^[a-zA-Z_]\w*$/.test(name));
  const text = `"use strict"; const { ${names.join(", ")} } = runtime;\n${printJavaScript({ header: [], body: [f] })}\nreturn population(size);`;
  return (new Function("runtime", "handle", "size", text) as (r: typeof runtime, h: object, n: number) => Made)(
    runtime,
    handle,
    size,
  );
}
