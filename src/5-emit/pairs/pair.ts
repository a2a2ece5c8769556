// Gives an emitted population kernels in WebAssembly beside its JavaScript ones: the loops that can be taken two neurons at a time, over arrays in one memory.
import { InternalError, invariant } from "../../base/invariant.ts";
import type { Code, Statement } from "../code.ts";
import { arrayOf, arrow, callOf, constant, id, member, num, objectOf, str, ternary } from "../construct.ts";
import { names } from "../names.ts";
import { encodeModule } from "./encode.ts";
import { FOUND, pairedLoop, STOPPED, type FunctionStatement, type PairedLoop } from "./loops.ts";
import { noiseFunction, ZIGGURAT } from "./noise.ts";
import type { Surroundings } from "./vectors.ts";

/** What the runtime needs to know to make the kernels: `PairedModule` there. */
export interface PairedText {
  readonly tables: readonly string[];
  readonly literals: readonly number[];
  encode(addresses: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer>;
}

export interface PairedPopulation {
  readonly function: FunctionStatement;
  readonly text: PairedText;
}

/** Tables of the runtime that kernels look up. */
const TABLES: ReadonlySet<string> = new Set([
  "ROOT_OF_TWO",
  "ROOT_OF_TWO_LOW",
  "EXPONENTIAL",
  "EXPREL_NEAR_0",
  ZIGGURAT,
]);

type Filler = "fillNormal" | "fillUniform";
type Const = Statement & { readonly kind: "const" };

/** What the runtime has ready for kernels. */
const RUNTIMES: ReadonlySet<string> = new Set([...TABLES, STOPPED, FOUND]);

/**
 * The population with its kernels paired, null where nothing can be. `handle`: what in the text offers `text`, what is answered here, and the functions of
 * runtime/pairs.ts.
 */
export function pairedPopulation(f: FunctionStatement, handle: Code): PairedPopulation | null {
  const declared = new Map(f.body.flatMap((s) => (s.kind === "const" ? [[s.name, s] as const] : [])));
  const needs = emptyNeeds();
  const loops: PairedLoop[] = [];
  for (const s of f.body) {
    if (s.kind !== "function") continue;
    const trial = emptyNeeds();
    const loop = pairedLoop(s, noted(trial));
    if (loop === null || ![...trial.arrays].every((name) => RUNTIMES.has(name) || isMovable(declared.get(name))))
      continue;
    loops.push(loop);
    join(needs, trial);
  }
  const fills = fillCalls(f);
  const fillers = (["fillNormal", "fillUniform"] as const).filter((name) => fills.some((fill) => fill.name === name));
  for (const filler of fillers) noiseFunction(filler, noted(needs));
  if (loops.length === 0 && fillers.length === 0) return null;

  const arrays = [...needs.arrays].filter((name) => !RUNTIMES.has(name));
  const moved = new Set([...arrays, ...fills.map(({ array }) => array)]);
  const fresh = names(identifiersOf(f)).fresh;
  const room = fresh("room"),
    kernels = fresh("paired");
  const renamed = new Map(
    [...loops.map((loop) => loop.function.name), ...fillers].map((name) => [name, fresh(`${name}_paired`)]),
  );
  const sizes: Sizes = { arrays: 0, lists: 0, others: [] };
  const placed = f.body.map((s) => (s.kind === "const" ? placedIn(s, room, moved, sizes) : s));
  const last = placed.at(-1);
  invariant(last?.kind === "return" && last.value?.kind === "object", "a population ends by handing out its kernels");
  const backend = { name: "backend", value: ternary(id(kernels), str("webassembly"), str("javascript")) };
  const paired = (name: string, code: Code): Statement =>
    constant(renamed.get(name) ?? name, ternary(id(kernels), code, id(name)));
  const body = [
    constant(
      room,
      callOf(
        member(handle, "roomFor"),
        member(handle, "text"),
        id("size"),
        num(sizes.arrays),
        num(sizes.lists),
        arrayOf(sizes.others),
      ),
    ),
    ...placed
      .slice(0, -1)
      .map((s) => (s.kind === "function" ? { ...s, body: s.body.map((inner) => redirected(inner, renamed)) } : s)),
    constant(
      kernels,
      callOf(
        member(handle, "pairedKernels"),
        member(handle, "text"),
        id(room),
        id("size"),
        objectOf(arrays.map((name) => ({ name, value: id(name) }))),
      ),
    ),
    ...loops.map((loop) => paired(loop.function.name, pairedCode(loop, kernels, handle))),
    ...fillers.map((filler) => paired(filler, callOf(member(handle, "pairedFill"), id(kernels), str(filler)))),
    redirected({ ...last, value: objectOf([...last.value.properties, backend]) }, renamed),
  ];
  const text = {
    tables: [...needs.arrays].filter((name) => TABLES.has(name)),
    literals: [...needs.literals.values()],
    encode: (addresses: Addresses) => encode(f, loops, fillers, needs, addresses),
  };
  return { function: { ...f, body }, text };
}

/** How the runtime makes a kernel of a loop in WebAssembly and the JavaScript one of the same name. */
function pairedCode(loop: PairedLoop, kernels: string, handle: Code): Code {
  const { name } = loop.function;
  const clocks = arrayOf(loop.clocks.map((clock) => arrow([], id(clock))));
  const make = (maker: string, ...more: Code[]): Code =>
    callOf(member(handle, maker), id(kernels), str(name), id(name), ...more, clocks);
  if (loop.continues) return make("pairedAdvance");
  if (loop.list === FOUND) return make("pairedDetect");
  return loop.list === null ? make("pairedPrepare") : make("pairedUpdate", id(loop.list));
}

type Addresses = Readonly<Record<string, number>>;

interface Sizes {
  arrays: number;
  lists: number;
  readonly others: Code[];
}

interface Needs {
  readonly arrays: Set<string>;
  readonly literals: Map<string, number>;
}

function emptyNeeds(): Needs {
  return { arrays: new Set(), literals: new Map() };
}

function join(all: Needs, more: Needs): void {
  for (const name of more.arrays) all.arrays.add(name);
  for (const [key, value] of more.literals) all.literals.set(key, value);
}

/** Writes down what is asked for, and answers 0. */
function noted(needs: Needs): Surroundings {
  return {
    address: (array) => (needs.arrays.add(array), 0),
    literal: (value) => (needs.literals.set(keyOf(value), value), 0),
  };
}

function encode(
  f: FunctionStatement,
  loops: readonly PairedLoop[],
  fillers: readonly Filler[],
  needs: Needs,
  addresses: Addresses,
): Uint8Array<ArrayBuffer> {
  const places = new Map(
    [...needs.literals.keys()].map((key, k) => [key, (addresses["literals"] ?? missing("the literals")) + 8 * k]),
  );
  const around: Surroundings = {
    address: (array) => addresses[array] ?? missing(array),
    literal: (value) => places.get(keyOf(value)) ?? missing(String(value)),
  };
  const compiled = f.body.flatMap((s) =>
    s.kind === "function" && loops.some((loop) => loop.function.name === s.name)
      ? [pairedLoop(s, around)?.function ?? missing(s.name)]
      : [],
  );
  return encodeModule([...compiled, ...fillers.map((filler) => noiseFunction(filler, around))]);
}

function missing(what: string): never {
  throw new InternalError(`paired kernels have no place for ${what}`);
}

function keyOf(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Whether an array can be made in the room: it is a constant of the population, made empty or of values. */
function isMovable(s: Const | undefined): boolean {
  if (s === undefined) return false;
  const { value } = s;
  if (value.kind === "new")
    return (
      value.callee.kind === "name" &&
      (value.callee.name === "Float64Array" || value.callee.name === "Int32Array") &&
      lengthOf(value) !== null
    );
  return isPooled(value);
}

/** `memory.arrays[k]` */
function isPooled(value: Code): boolean {
  return (
    value.kind === "element" &&
    value.object.kind === "member" &&
    value.object.property === "arrays" &&
    value.object.object.kind === "name" &&
    value.object.object.name === "memory"
  );
}

function lengthOf(value: Code & { readonly kind: "new" }): "size" | Code | null {
  const content = value.arguments[0];
  if (content?.kind === "name" && content.name === "size") return "size";
  if (content?.kind === "number") return content;
  return content?.kind === "array" && content.elements.every((e) => e.kind !== "spread")
    ? num(content.elements.length)
    : null;
}

/** The declaration of an array with its place in the room. */
function placedIn(s: Const, room: string, moved: ReadonlySet<string>, sizes: Sizes): Const {
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

/** What `shake` fills, and by which of the runtime's functions. */
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
      case "name":
        return id(renamed.get(c.name) ?? c.name);
      case "call":
        return { ...c, callee: code(c.callee), arguments: c.arguments.map(code) };
      case "object":
        return objectOf(c.properties.map((p) => ({ ...p, value: code(p.value) })));
      case "array":
        return { ...c, elements: c.elements.map(code) };
      default:
        return c;
    }
  };
  switch (s.kind) {
    case "do":
      return { ...s, expression: code(s.expression) };
    case "assign":
      return { ...s, value: code(s.value) };
    case "for":
      return { ...s, body: s.body.map((inner) => redirected(inner, renamed)) };
    case "return":
      return s.value === null ? s : { ...s, value: code(s.value) };
    default:
      return s;
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
