// How the language of kernels is written in TypeScript and JavaScript: each of its nodes as plain code, one level at a time.
import { assertNever } from "../base/invariant.ts";
import type {
  Code,
  Cut,
  ElementIndex,
  Kernel,
  KernelCode,
  KernelStatement,
  Parameter,
  PlainCode,
  PlainStatement,
  Statement,
} from "./code.ts";
import {
  arrayOf,
  assign,
  at,
  binary,
  callOf,
  comment,
  constant,
  func,
  give,
  id,
  increment,
  loop,
  member,
  newOf,
  num,
  objectOf,
  perform,
  str,
  sum,
  when,
} from "./construct.ts";

/** What a node of an expression is written as; its parts may be nodes of kernels still. */
export function writtenCode(code: Code): PlainCode {
  return isOfKernels(code) ? kernelCode(code) : code;
}

/** What a statement is written as, line by line; their parts may be nodes of kernels still. */
export function writtenStatements(body: readonly Statement[]): readonly PlainStatement[] {
  return body.flatMap((s) => (isStatementOfKernels(s) ? kernelStatement(s) : [s]));
}

const KERNEL_CODE: Readonly<Record<KernelCode["kind"], true>> = {
  neuron: true,
  clock: true,
  load: true,
  math: true,
  tabled: true,
  whole: true,
  kernelOf: true,
};
const KERNEL_STATEMENT: Readonly<Record<KernelStatement["kind"], true>> = {
  array: true,
  pool: true,
  store: true,
  list: true,
  cut: true,
  fill: true,
  processes: true,
  kernel: true,
  population: true,
};

function isOfKernels(code: Code): code is KernelCode {
  return Object.hasOwn(KERNEL_CODE, code.kind);
}

function isStatementOfKernels(s: Statement): s is KernelStatement {
  return Object.hasOwn(KERNEL_STATEMENT, s.kind);
}

function kernelCode(code: KernelCode): PlainCode {
  switch (code.kind) {
    case "neuron":
      return { kind: "name", name: "i" };
    case "clock":
      return { kind: "name", name: code.clock };
    case "load":
      return { kind: "element", object: id(code.array), index: indexCode(code.index) };
    case "math":
      return { kind: "call", callee: id(code.function), arguments: code.arguments };
    case "whole":
      return { kind: "binary", operator: "-", left: binary("+", code.of, code.rounder), right: code.rounder };
    case "tabled":
    case "kernelOf":
      return { kind: "name", name: code.name };
    default:
      return assertNever(code);
  }
}

function indexCode(index: ElementIndex): Code {
  switch (index.of) {
    case "neuron":
      return { kind: "neuron" };
    case "tile":
      return binary("&", { kind: "neuron" }, num(index.length - 1));
    case "place":
      return num(index.place);
    case "slot": {
      const first = index.width === 1 ? id("index") : binary("*", id("index"), num(index.width));
      return index.place === 0 ? first : binary("+", first, num(index.place));
    }
    case "bits":
      return binary("&", id(index.whole), num(index.mask));
    default:
      return assertNever(index);
  }
}

function kernelStatement(s: KernelStatement): readonly PlainStatement[] {
  switch (s.kind) {
    case "array":
      return [arrayMade(s, (content) => newOf(s.holds === "doubles" ? "Float64Array" : "Int32Array", content))];
    case "pool":
      return poolMade(s, id("allocate"));
    case "store":
      return [store(s.array, s.index, s.value)];
    case "list":
      return [when(s.condition, joins(s.into))];
    case "cut":
      return [cut(s)];
    case "fill":
      return [
        perform(
          callOf({ kind: "kernelOf", name: fillerOf(s) }, id(s.array), num(0), id("size"), id(s.stream), id("tick")),
        ),
      ];
    case "processes":
      return [constant("source", processesMade(s))];
    case "kernel":
      return [kernelFunction(s)];
    case "population":
      return [
        {
          kind: "function",
          name: s.name,
          parameters: s.parameters,
          returns: s.returns,
          body: [...s.body, give(objectOf(s.result))],
          doc: s.doc,
        },
      ];
    default:
      return assertNever(s);
  }
}

/** The function of the runtime that makes these numbers. */
export type Filler = "fillNormal" | "fillUniform" | "fillNormalOfEach" | "fillUniformOfEach";

export function fillerOf({ draws, keys }: Fill): Filler {
  const filler = draws === "normal" ? "fillNormal" : "fillUniform";
  return keys === null ? filler : `${filler}OfEach`;
}

export type Fill = Declaring<"fill">;
export type Processes = Declaring<"processes">;
type Declaring<K> = KernelStatement & { readonly kind: K };

/** The declaration of an array that is made of its length or its values. */
export function arrayMade({ name, length, note }: Declaring<"array">, make: (content: Code) => Code): PlainStatement {
  return constant(name, make(lengthCode(length)), note);
}

/** The length of an array, or the values it is made of. */
function lengthCode(length: Declaring<"array">["length"]): Code {
  if (typeof length === "string") return id(length);
  if (typeof length === "number") return num(length);
  return "each" in length ? binary("*", id("size"), num(length.each)) : arrayOf(length);
}

/** The declarations of arrays that lie beside one another. */
export function poolMade({ arrays }: Declaring<"pool">, allocate: Code): readonly PlainStatement[] {
  return [
    constant("memory", callOf(allocate, id("size"), num(arrays.length))),
    ...arrays.map((array, k) => constant(array, at(member(id("memory"), "arrays"), num(k)))),
  ];
}

/** The source that Poisson processes are; `more` is what it may be made with besides. */
export function processesMade({ rates, purpose }: Processes, ...more: readonly Code[]): Code {
  return callOf("poissonSource", id("size"), id(rates), id("dt"), id("seed"), str(purpose), ...more);
}

function store(array: string, index: ElementIndex, value: Code): PlainStatement {
  return assign({ kind: "element", object: id(array), index: indexCode(index) }, value);
}

function joins(list: string): readonly PlainStatement[] {
  return [assign(at(list, id("count")), { kind: "neuron" }), increment("count")];
}

const OF_NEURON: ElementIndex = { of: "neuron" };

/** `x*0` is 0 for every number and NaN for what is none. */
function cut({ escaping, spikes, alsoSpikes, stores }: Cut): PlainStatement {
  const escapes = binary("!==", sum(escaping.map((value) => binary("*", value, num(0)))), num(0));
  const join = joins("candidates");
  return {
    kind: "if",
    condition: binary(
      "&&",
      alsoSpikes ? binary("||", escapes, spikes) : escapes,
      callOf("upstroke", { kind: "neuron" }),
    ),
    then: [
      ...stores.map(({ array, value, found }) =>
        store(array, OF_NEURON, found === null ? value : at("state", num(found))),
      ),
      ...join,
    ],
    otherwise: [...stores.map(({ array, value }) => store(array, OF_NEURON, value)), when(spikes, join)],
  };
}

const RANGE: readonly Parameter[] = [
  { name: "low", type: "number" },
  { name: "high", type: "number" },
];
const LIST: readonly Parameter[] = [
  { name: "neurons", type: "Int32Array" },
  { name: "count", type: "number" },
];

function kernelFunction({ name, title, over, lists, before, body }: Kernel): PlainStatement {
  const head = [...(title === null ? [] : [comment(title)]), ...before];
  if (over === "list")
    return func(name, LIST, "void", [
      ...head,
      loop("index", num(0), id("count"), [constant("i", at("neurons", id("index"))), ...body]),
    ]);
  const steps = loop("i", id("low"), id("high"), body);
  switch (lists) {
    case "nowhere":
      return func(name, RANGE, "void", [...head, steps]);
    case "further candidates":
      return func(name, [...RANGE, { name: "count", type: "number" }], "number", [...head, steps, give(id("count"))]);
    case "candidates":
    case "found":
      return func(name, lists === "found" ? [...RANGE, { name: "found", type: "Int32Array" }] : RANGE, "number", [
        ...head,
        { kind: "let", name: "count", value: num(0) },
        steps,
        give(id("count")),
      ]);
    default:
      return assertNever(lists);
  }
}
