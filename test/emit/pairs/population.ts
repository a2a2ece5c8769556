// A population made for a test: arrays `a`, `b`, `c` in, `out` and a list of neurons back, once in JavaScript alone and once with its loops paired.
import type { Code, Statement } from "../../../src/5-emit/code.ts";
import {
  arrayOf,
  assign,
  at,
  constant,
  func,
  give,
  id,
  increment,
  loop,
  newOf,
  num,
  objectOf,
  when,
} from "../../../src/5-emit/construct.ts";
import { pairedPopulation, type PairedText } from "../../../src/5-emit/pairs/pair.ts";
import type { FunctionStatement } from "../../../src/5-emit/pairs/loops.ts";
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
}

/** out[i] = value, and i is a candidate where `fires`; both over the names a, b, c, i and t. `before`: constants that they use. */
export function population(value: Code, fires: Code, before: readonly Statement[] = []): FunctionStatement {
  const array = (name: string): Statement => constant(`${name}_at`, newOf("Float64Array", id("size")));
  const update = func(
    "update",
    [
      { name: "low", type: "number" },
      { name: "high", type: "number" },
    ],
    "number",
    [
      { kind: "let", name: "count", value: num(0) },
      loop("i", id("low"), id("high"), [
        ...INPUTS.map((name) => constant(name, at(`${name}_at`, id("i")))),
        ...before,
        assign(at("out_at", id("i")), value),
        when(fires, [assign(at("candidates", id("count")), id("i")), increment("count")]),
      ]),
      give(id("count")),
    ],
  );
  const body: Statement[] = [
    ...[...INPUTS, "out"].map(array),
    constant("candidates", newOf("Int32Array", id("size"))),
    { kind: "let", name: "t", value: num(0.3) },
    constant("values", arrayOf([])),
    update,
    give(
      objectOf([
        { name: "update", value: id("update") },
        { name: "candidates", value: id("candidates") },
        ...[...INPUTS, "out"].map((name) => ({ name, value: id(`${name}_at`) })),
      ]),
    ),
  ];
  return {
    kind: "function",
    name: "population",
    parameters: [{ name: "size", type: "number" }],
    returns: "unknown",
    body,
  };
}

/** The population in both forms; `paired` is null where its loop was refused. */
export function both(f: FunctionStatement, size: number): { readonly alone: Made; readonly paired: Made | null } {
  const paired = pairedPopulation(f, id("handle"));
  return {
    alone: evaluate(f, size, {}),
    paired:
      paired === null ? null : evaluate(paired.function, size, { ...runtime, text: { ...paired.text, leastSize: 1 } }),
  };
}

export function encoded(f: FunctionStatement): PairedText | null {
  return pairedPopulation(f, id("handle"))?.text ?? null;
}

function evaluate(f: FunctionStatement, size: number, handle: object): Made {
  const names = Object.keys(runtime).filter((name) => /^[a-zA-Z_]\w*$/.test(name));
  const text = `"use strict"; const { ${names.join(", ")} } = runtime;\n${printJavaScript({ header: [], body: [f] })}\nreturn population(size);`;
  return (new Function("runtime", "handle", "size", text) as (r: typeof runtime, h: object, n: number) => Made)(
    runtime,
    handle,
    size,
  );
}
