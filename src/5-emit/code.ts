// The code tree: the small part of TypeScript that emitted modules are written in, and the language of kernels in it. The printers of TypeScript and JavaScript start
// from it, so what runs and what is read are one text but for the types; WebAssembly starts from its kernels alone, which say what they load, compute, store and list.

import type { FunctionName } from "../algebra/expression.ts";

/** A type as TypeScript text, `Float64Array` or `readonly number[]`; left out of JavaScript. */
export type TypeText = string;

export type Code = PlainCode | KernelCode;
export type Statement = PlainStatement | KernelStatement;

/** What stands in kernels and means more than its text: `written.ts` says how it is written. */
export type KernelCode =
  /** The neuron of the loop. */
  | { readonly kind: "neuron" }
  /** The time of the step that is taken (ms): where it begins, where it ends. */
  | { readonly kind: "clock"; readonly clock: Clock }
  /** An element of an array of the population, or of a table of the runtime. */
  | { readonly kind: "load"; readonly array: string; readonly index: ElementIndex }
  /** A function of the runtime that is the same for all backends, to the last bit. */
  | { readonly kind: "math"; readonly function: MathFunction; readonly arguments: readonly Code[] }
  /** An entry of a table of the runtime that a kernel has read at its top. */
  | { readonly kind: "tabled"; readonly name: string; readonly table: Table; readonly entry: number }
  /** The whole number nearest to a value, which is below 2^31 where that matters; `rounder` is 1.5·2^52, and `of + rounder - rounder` leaves no fraction. */
  | { readonly kind: "whole"; readonly of: Code; readonly rounder: Code }
  /** Another kernel of the population. */
  | { readonly kind: "kernelOf"; readonly name: string };

export type Clock = "t" | "t_next";
export const CLOCKS: readonly Clock[] = ["t", "t_next"];

export type MathFunction = FunctionName | "pow";

/** Tables of the runtime that kernels look up. */
export const TABLES = ["ROOT_OF_TWO", "ROOT_OF_TWO_LOW", "EXPONENTIAL", "EXPREL_NEAR_0"] as const;
export type Table = (typeof TABLES)[number];

export type ElementIndex =
  /** The loop's neuron. */
  | { readonly of: "neuron" }
  /** Its place in a tile of so many neurons, a power of two. */
  | { readonly of: "tile"; readonly length: number }
  | { readonly of: "place"; readonly place: number }
  /** One of the `width` numbers for each neuron of the list that a kernel is over, in the order of the list. */
  | { readonly of: "slot"; readonly width: number; readonly place: number }
  /** The last bits of the `whole` number of that name: the entry of a table. */
  | { readonly of: "bits"; readonly whole: string; readonly mask: number };

export type KernelStatement =
  /** Declares an array: a number, or `each`, for each neuron (`size`), one for each connection (`count`), so many, or these values. */
  | {
      readonly kind: "array";
      readonly name: string;
      readonly holds: "doubles" | "integers";
      readonly length: "size" | "count" | { readonly each: number } | number | readonly Code[];
      readonly note?: string;
    }
  /** Declares arrays of `size` doubles that lie beside one another in `memory`: what a checkpoint keeps. */
  | { readonly kind: "pool"; readonly arrays: readonly string[] }
  /** `array[index] = value` */
  | { readonly kind: "store"; readonly array: string; readonly index: ElementIndex; readonly value: Code }
  /** Where the condition holds the neuron joins the kernel's list. */
  | { readonly kind: "list"; readonly condition: Code; readonly into: "candidates" | "found" }
  | Cut
  /** Numbers of a stream for all neurons and one step; with `keys`, the arrays that hold the keys of `stream`, of a stream for each neuron, which is number 0 of its own. */
  | {
      readonly kind: "fill";
      readonly draws: "normal" | "uniform";
      readonly array: string;
      readonly stream: string;
      readonly keys: readonly [string, string] | null;
    }
  /** Declares `source`: Poisson processes with the rates of that array, one value or one for each neuron. */
  | { readonly kind: "processes"; readonly rates: string; readonly purpose: string }
  | Kernel
  | PopulationCode;

/**
 * What ends a step where an upstroke may run to infinity inside it: a rare neuron for which it does is stepped anew by `upstroke`, which leaves its values at the crossing in `state`
 * and answers whether it crosses; all others store what they have come to, and join the list where they spike.
 */
export interface Cut {
  readonly kind: "cut";
  /** New values of states that may leave the numbers. */
  readonly escaping: readonly Code[];
  readonly spikes: Code;
  /** Whether what spikes is stepped anew too. */
  readonly alsoSpikes: boolean;
  readonly stores: readonly {
    readonly array: string;
    readonly value: Code;
    /** Its place in `state` where it is found anew. */
    readonly found: number | null;
  }[];
}

/** A loop over neurons. Its lines before the loop hold what is the same for all. */
export interface Kernel {
  readonly kind: "kernel";
  readonly name: string;
  readonly title: string | null;
  /** Neurons low .. high - 1, or the first `count` of the list `neurons`. */
  readonly over: "range" | "list";
  /** Where a `range` lists neurons: nowhere; in `candidates` from its beginning, or after the `count` that it is given; in a list `found` that it is given. Answers the new count. */
  readonly lists: "nowhere" | "candidates" | "further candidates" | "found";
  readonly before: readonly Statement[];
  readonly body: readonly Statement[];
}

/** A function that makes the arrays and kernels of a population and answers them as an object. */
export interface PopulationCode {
  readonly kind: "population";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: TypeText;
  readonly body: readonly Statement[];
  readonly result: readonly Property[];
  readonly doc: string;
}

export type PlainCode =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly operand: Code }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Code; readonly right: Code }
  /** `seldom`: the branch that few neurons take. */
  | {
      readonly kind: "ternary";
      readonly condition: Code;
      readonly then: Code;
      readonly otherwise: Code;
      readonly seldom?: "then" | "otherwise";
    }
  | { readonly kind: "call"; readonly callee: Code; readonly arguments: readonly Code[] }
  | { readonly kind: "new"; readonly callee: Code; readonly arguments: readonly Code[] }
  | { readonly kind: "member"; readonly object: Code; readonly property: string }
  | { readonly kind: "element"; readonly object: Code; readonly index: Code }
  | { readonly kind: "array"; readonly elements: readonly Code[] }
  | { readonly kind: "object"; readonly properties: readonly Property[] }
  /** `(i) => value`, or `(i) => { before; return value; }` */
  | {
      readonly kind: "arrow";
      readonly parameters: readonly Parameter[];
      readonly before?: readonly Statement[];
      readonly body: Code;
    }
  | { readonly kind: "spread"; readonly operand: Code }
  /** `value as Type`: a cast, left out of JavaScript. */
  | { readonly kind: "as"; readonly operand: Code; readonly type: TypeText };

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "<"
  | "<="
  | ">"
  | ">="
  | "==="
  | "!=="
  | "&&"
  | "||"
  | "??"
  | "&"
  | "|"
  | "<<"
  | ">>"
  | ">>>";

/** `name: value`, or the shorthand `name` where the value is that very name. `doc` becomes a JSDoc line above. */
export interface Property {
  readonly name: string;
  readonly value: Code;
  readonly doc?: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeText;
  readonly default?: Code;
}

export type PlainStatement =
  | {
      readonly kind: "const";
      readonly name: string;
      readonly type?: TypeText;
      readonly value: Code;
      readonly exported?: boolean;
      readonly doc?: string;
      readonly note?: string;
    }
  | { readonly kind: "let"; readonly name: string; readonly type?: TypeText; readonly value: Code }
  /** `target = value`, `target += value`; `note` is a comment at the end of the line: the equation it computes. */
  | {
      readonly kind: "assign";
      readonly target: Code;
      readonly operator: "=" | "+=" | "-=";
      readonly value: Code;
      readonly note?: string;
    }
  /** An expression for its effect: a call. */
  | { readonly kind: "do"; readonly expression: Code }
  | {
      readonly kind: "if";
      readonly condition: Code;
      readonly then: readonly Statement[];
      readonly otherwise?: readonly Statement[];
    }
  /** `for (let v = from; v < below; v++)` */
  | {
      readonly kind: "for";
      readonly variable: string;
      readonly from: Code;
      readonly below: Code;
      readonly body: readonly Statement[];
    }
  | { readonly kind: "return"; readonly value: Code | null }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly returns: TypeText;
      readonly body: readonly Statement[];
      readonly exported?: boolean;
      readonly doc?: string;
    }
  | {
      readonly kind: "interface";
      readonly name: string;
      readonly members: readonly InterfaceMember[];
      readonly exported?: boolean;
      readonly doc?: string;
    }
  /** Values and types come in separate statements: `import { a } from "m"`, `import type { T } from "m"` (left out of JavaScript). */
  | { readonly kind: "import"; readonly names: readonly string[]; readonly from: string; readonly typeOnly: boolean }
  /** `// line` for every line; whatever it holds stays a comment. */
  | { readonly kind: "comment"; readonly lines: readonly string[] }
  | { readonly kind: "blank" };

export interface InterfaceMember {
  readonly name: string;
  readonly type: TypeText;
  readonly optional: boolean;
  readonly doc?: string;
}

/** An emitted module, before it is printed. */
export interface CodeModule {
  /** Text of the block comment at its head, a line each. */
  readonly header: readonly string[];
  readonly body: readonly Statement[];
}
