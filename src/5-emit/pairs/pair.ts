// Gives an emitted population kernels in WebAssembly beside its JavaScript ones: the loops that can be taken two neurons at a time, over arrays in one memory.
import { invariant } from "../../base/invariant.ts";
import type { Code, Statement } from "../code.ts";
import { arrow, binary, callOf, constant, id, member, num, objectOf, ternary } from "../construct.ts";
import { names } from "../names.ts";
import { encodeModule, type ImportedFunction, type Signature } from "./encode.ts";
import { pairedLoop, type FunctionStatement, type PairedLoop, type Surroundings } from "./loops.ts";
import { noiseFunction, ZIGGURAT } from "./noise.ts";

/** What the runtime needs to know to make the kernels: `PairedModule` there. */
export interface PairedText {
  readonly tables: readonly string[];
  readonly literals: readonly number[];
  readonly functions: readonly string[];
  encode(addresses: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer>;
}

export interface PairedPopulation {
  readonly function: FunctionStatement;
  readonly text: PairedText;
}

/** Tables of the runtime that kernels look up. */
const TABLES: ReadonlySet<string> = new Set(["ROOT_OF_TWO", "ROOT_OF_TWO_LOW", "EXPONENTIAL", "EXPREL_NEAR_0", ZIGGURAT]);

type Fill = "fillNormal" | "fillUniform";
type Const = Statement & { readonly kind: "const" };

/**
 * The population with its kernels paired, null where nothing can be. `backend`: what the name of the second backend's handle is in the text; it offers
 * `text`, `roomFor`, `pairedKernels`, `filledBy` and `handedOver` of the runtime. `always`: also where a loop mostly calls functions outside.
 */
export function pairedPopulation(f: FunctionStatement, handle: Code, always: boolean): PairedPopulation | null {
  const declared = new Map(f.body.flatMap((s) => (s.kind === "const" ? [[s.name, s] as const] : [])));
  const needs = emptyNeeds();
  const loops: PairedLoop[] = [];
  for (const s of f.body) {
    if (s.kind !== "function") continue;
    const trial = emptyNeeds();
    const loop = pairedLoop(s, noted(trial));
    if (loop === null || (loop.calls > 0 && !always) || ![...trial.arrays].every((name) => TABLES.has(name) || name === "found" || isMovable(declared.get(name)))) continue;
    loops.push(loop);
    join(needs, trial);
  }
  const fills = fillsOf(f);
  for (const fill of fills) noiseFunction(fill, noted(needs));
  if (loops.length === 0 && fills.length === 0) return null;

  const tables = [...needs.arrays].filter((name) => TABLES.has(name));
  const arrays = [...needs.arrays].filter((name) => !TABLES.has(name) && name !== "found");
  const outputs = f.body.flatMap((s) => (s.kind === "const" && fills.length > 0 && isFilled(f, s.name) ? [s.name] : []));
  const moved = new Set([...arrays, ...outputs]);
  const literals = [...needs.literals.values()];
  const closures = [...needs.imports.keys()].filter((name) => f.body.some((s) => s.kind === "function" && s.name === name));
  const handsOver = loops.some((loop) => loop.handsOver);

  const fresh = names(identifiersOf(f)).fresh;
  const room = fresh("room"), kernels = fresh("paired"), list = fresh("found_list");
  const renamed = new Map([...loops.map((loop) => loop.function.name), ...fills].map((name) => [name, fresh(`${name}_paired`)]));

  const sizes = { arrays: 0, lists: 0, others: [] as Code[] };
  const placed = f.body.map((s) => (s.kind === "const" ? placedIn(s, room, moved, sizes) : s));
  const made: Statement[] = [];
  if (handsOver) {
    sizes.lists++;
    made.push(constant(list, callOf(member(id(room), "integers"), id("size"))));
  }
  made.push(
    constant(kernels, callOf(member(handle, "pairedKernels"), member(handle, "text"), id(room), objectOf([...arrays.map((name) => ({ name, value: id(name) })), ...(handsOver ? [{ name: "found", value: id(list) }] : [])]), objectOf(closures.map((name) => ({ name, value: id(name) }))))),
    ...loops.map((loop) => constant(renamed.get(loop.function.name) as string, ternary(id(kernels), pairedCall(loop, kernels, list, handle), id(loop.function.name)))),
    ...fills.map((fill) => constant(renamed.get(fill) as string, ternary(id(kernels), callOf(member(handle, "filledBy"), member(id(kernels), fill)), id(fill)))),
  );
  const opening = constant(room, callOf(member(handle, "roomFor"), member(handle, "text"), id("size"), num(sizes.arrays), num(sizes.lists), { kind: "array", elements: sizes.others }));
  const last = placed.at(-1);
  invariant(last?.kind === "return", "a population ends by handing out its kernels");
  const body = placed.slice(0, -1).map((s) => (s.kind === "function" ? { ...s, body: s.body.map((inner) => redirected(inner, renamed)) } : s));
  return {
    function: { ...f, body: [opening, ...body, ...made, redirected(last, renamed)] },
    text: { tables, literals, functions: [...needs.imports.keys()].filter((name) => !closures.includes(name)), encode: (addresses) => encode(f, loops, fills, needs, addresses) },
  };
}

interface Needs {
  readonly arrays: Set<string>;
  readonly literals: Map<string, number>;
  readonly imports: Map<string, Signature>;
}

function emptyNeeds(): Needs {
  return { arrays: new Set(), literals: new Map(), imports: new Map() };
}

function join(all: Needs, more: Needs): void {
  for (const name of more.arrays) all.arrays.add(name);
  for (const [key, value] of more.literals) all.literals.set(key, value);
  for (const [name, signature] of more.imports) all.imports.set(name, signature);
}

/** Writes down what is asked for, and answers 0. */
function noted(needs: Needs): Surroundings {
  return {
    address: (array) => (needs.arrays.add(array), 0),
    literal: (value) => (needs.literals.set(keyOf(value), value), 0),
    imported: (name, signature) => (needs.imports.set(name, signature), 0),
  };
}

function encode(f: FunctionStatement, loops: readonly PairedLoop[], fills: readonly Fill[], needs: Needs, addresses: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer> {
  const imports: ImportedFunction[] = [...needs.imports].map(([name, signature]) => ({ name, signature }));
  const places = new Map([...needs.literals.keys()].map((key, k) => [key, (addresses["literals"] ?? 0) + 8 * k]));
  const around: Surroundings = {
    address: (array) => addresses[array] ?? missing(array),
    literal: (value) => places.get(keyOf(value)) ?? missing(String(value)),
    imported: (name) => imports.findIndex((i) => i.name === name),
  };
  const compiled = f.body.flatMap((s) => (s.kind === "function" && loops.some((loop) => loop.function.name === s.name) ? [pairedLoop(s, around)?.function ?? missing(s.name)] : []));
  return encodeModule(imports, [...compiled, ...fills.map((fill) => noiseFunction(fill, around))]);
}

function missing(what: string): never {
  invariant(false, `the place of ${what} among the paired kernels`);
  throw new Error();
}

function keyOf(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** `(low, high) => whole pairs ? paired.update(low, high, 0, t) : update(low, high)`: an odd number of neurons is the paired kernel's only where they end. */
function pairedCall(loop: PairedLoop, kernels: string, list: string, handle: Code): Code {
  const { name } = loop.function;
  const own = loop.continues ? ["count"] : loop.handsOver ? ["found"] : [];
  const parameters = ["low", "high", ...own];
  const call = callOf(member(id(kernels), name), id("low"), id("high"), loop.continues ? id("count") : num(0), ...loop.clocks.map(id));
  const whole = binary("||", binary("===", id("high"), id("size")), binary("===", binary("&", binary("-", id("high"), id("low")), num(1)), num(0)));
  const types: Readonly<Record<string, string>> = { found: "Int32Array" };
  return arrow(
    parameters.map((p) => ({ name: p, type: types[p] ?? "number" })),
    ternary(whole, loop.handsOver ? callOf(member(handle, "handedOver"), call, id(list), id("found")) : call, callOf(name, ...parameters.map(id))),
  );
}

/** Whether an array can be made in the room: it is a constant of the population, made empty or of values. */
function isMovable(s: Const | undefined): boolean {
  if (s === undefined) return false;
  const { value } = s;
  if (value.kind === "new") return value.callee.kind === "name" && (value.callee.name === "Float64Array" || value.callee.name === "Int32Array") && lengthOf(value) !== null;
  return isPooled(value);
}

/** `memory.arrays[k]` */
function isPooled(value: Code): boolean {
  return value.kind === "element" && value.object.kind === "member" && value.object.property === "arrays" && value.object.object.kind === "name" && value.object.object.name === "memory";
}

function lengthOf(value: Code & { readonly kind: "new" }): "size" | Code | null {
  const content = value.arguments[0];
  if (content?.kind === "name" && content.name === "size") return "size";
  if (content?.kind === "number") return content;
  return content?.kind === "array" && content.elements.every((e) => e.kind !== "spread") ? num(content.elements.length) : null;
}

/** The declaration of an array with its place in the room. */
function placedIn(s: Const, room: string, moved: ReadonlySet<string>, sizes: { arrays: number; lists: number; others: Code[] }): Const {
  const { value } = s;
  if (s.name === "memory" && value.kind === "call") {
    const count = value.arguments[1];
    sizes.arrays += count?.kind === "number" ? count.value : 0;
    return { ...s, value: callOf(member(id(room), "allocate"), ...value.arguments) };
  }
  if (!moved.has(s.name) || value.kind !== "new" || value.callee.kind !== "name") return s;
  const length = lengthOf(value);
  if (length === null) return s;
  const isList = value.callee.name === "Int32Array";
  if (length !== "size") sizes.others.push(length);
  else if (isList) sizes.lists++;
  else sizes.arrays++;
  return { ...s, value: callOf(member(id(room), isList ? "integers" : "floats"), ...value.arguments) };
}

/** Which of the runtime's fillers `shake` calls. */
function fillsOf(f: FunctionStatement): readonly Fill[] {
  const called = new Set(fillCalls(f).map(({ name }) => name));
  return (["fillNormal", "fillUniform"] as const).filter((name) => called.has(name));
}

function isFilled(f: FunctionStatement, array: string): boolean {
  return fillCalls(f).some((call) => call.array === array);
}

function fillCalls(f: FunctionStatement): { readonly name: string; readonly array: string }[] {
  const shake = f.body.find((s): s is FunctionStatement => s.kind === "function" && s.name === "shake");
  return (shake?.body ?? []).flatMap((s) => {
    if (s.kind !== "do" || s.expression.kind !== "call" || s.expression.callee.kind !== "name") return [];
    const array = s.expression.arguments[0];
    return array?.kind === "name" ? [{ name: s.expression.callee.name, array: array.name }] : [];
  });
}

/** The statement with calls and handings-out of a kernel led to its paired form. */
function redirected(s: Statement, renamed: ReadonlyMap<string, string>): Statement {
  const code = (c: Code): Code => {
    switch (c.kind) {
      case "name": return id(renamed.get(c.name) ?? c.name);
      case "call": return { ...c, callee: code(c.callee), arguments: c.arguments.map(code) };
      case "object": return objectOf(c.properties.map((p) => ({ ...p, value: code(p.value) })));
      case "array": return { ...c, elements: c.elements.map(code) };
      default: return c;
    }
  };
  switch (s.kind) {
    case "do": return { ...s, expression: code(s.expression) };
    case "assign": return { ...s, value: code(s.value) };
    case "for": return { ...s, body: s.body.map((inner) => redirected(inner, renamed)) };
    case "return": return s.value === null ? s : { ...s, value: code(s.value) };
    default: return s;
  }
}

/** Every name of a function's text, so that new ones are none of them. */
function identifiersOf(f: FunctionStatement): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "string") found.add(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(f);
  return found;
}

