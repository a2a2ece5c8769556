// Gives an emitted population kernels in WebAssembly beside its JavaScript ones: the loops that can be taken two neurons at a time, over arrays in one memory.
import { assertNever, InternalError } from "../../base/invariant.ts";
import { MOST_COUNTED } from "../../runtime/source.ts";
import { TABLES, type Code, type PopulationCode, type Statement } from "../code.ts";
import {
  arrayOf,
  arrow,
  callOf,
  constant,
  id,
  member,
  num,
  objectOf,
  product,
  str,
  sum,
  ternary,
} from "../construct.ts";
import { names } from "../names.ts";
import {
  arrayMade,
  fillerOf,
  poolMade,
  processesMade,
  writtenStatements,
  type Fill,
  type Filler,
  type Processes,
} from "../written.ts";
import { encodeModule, type WasmFunction } from "./encode.ts";
import { FOUND, pairedLoop, STOPPED, type PairedLoop } from "./loops.ts";
import { EDGES, edgesFunction, isOfEach, noiseFunction, ZIGGURAT } from "./noise.ts";
import { CUMULATIVE, processesFunction, SENT, UNIFORMS } from "./processes.ts";
import type { Surroundings } from "./vectors.ts";

/** What the runtime needs to know to make the kernels: `PairedModule` there. */
export interface PairedText {
  readonly tables: readonly string[];
  readonly literals: readonly number[];
  encode(addresses: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer>;
}

export interface PairedPopulation {
  readonly population: PopulationCode;
  readonly text: PairedText;
}

const LOOKED_UP: ReadonlySet<string> = new Set([...TABLES, ZIGGURAT]);
/** What the runtime has ready for kernels. */
const OF_RUNTIME: ReadonlySet<string> = new Set([...LOOKED_UP, STOPPED, FOUND, EDGES]);
/** Arrays of Poisson processes, in the order in which the runtime takes them, and their lengths in doubles; a list of spikes has room for twelve of each process. */
const OF_PROCESSES: readonly { readonly key: string; readonly holds: "floats" | "integers"; readonly length: Code }[] =
  [
    { key: UNIFORMS, holds: "floats", length: id("size") },
    { key: SENT, holds: "integers", length: sum([product(num(6), id("size")), num(256)]) },
    { key: CUMULATIVE, holds: "floats", length: num(MOST_COUNTED) },
  ];

/**
 * The population with its kernels paired, null where nothing can be. `handle`: what in the text offers `text`, what is answered here, and the functions of
 * runtime/pairs.ts.
 */
export function pairedPopulation(population: PopulationCode, handle: Code): PairedPopulation | null {
  const { body } = population;
  const declared = new Set(body.flatMap(arraysOf));
  const needs = emptyNeeds();
  const loops: PairedLoop[] = [];
  for (const s of body) {
    if (s.kind !== "kernel") continue;
    const trial = emptyNeeds();
    const loop = pairedLoop(s, noted(trial));
    if (loop === null || ![...trial.arrays].every((name) => OF_RUNTIME.has(name) || declared.has(name))) continue;
    loops.push(loop);
    join(needs, trial);
  }
  const fills = body.flatMap(fillsOf);
  const fillers = [...new Set(fills.map(fillerOf))].sort();
  const processes = body.find((s): s is Processes => s.kind === "processes") ?? null;
  const functions = (around: Surroundings): readonly WasmFunction[] => functionsOf(fillers, processes !== null, around);
  functions(noted(needs));
  if (loops.length === 0 && fillers.length === 0 && processes === null) return null;

  const ofProcesses = processes === null ? [] : OF_PROCESSES;
  const keys = new Set(ofProcesses.map(({ key }) => key));
  const arrays = [...needs.arrays].filter((name) => !OF_RUNTIME.has(name) && !keys.has(name));
  const moved = new Set([...arrays, ...fills.flatMap(({ array, keys }) => [array, ...(keys ?? [])])]);
  const fresh = names(identifiersOf(population)).fresh;
  const room = fresh("room"),
    kernels = fresh("paired");
  const renamed = new Map<string, string>(
    [...loops.map((loop) => loop.kernel.name), ...fillers].map((name) => [name, fresh(`${name}_paired`)]),
  );
  const drawn = ofProcesses.map((array) => ({ ...array, local: fresh(array.key) }));
  const paired = (name: string, code: Code): Statement =>
    constant(renamed.get(name) ?? name, ternary(id(kernels), code, id(name)));
  const sizes: Sizes = { arrays: 0, lists: 0, others: [] };
  const placed = body.flatMap((s) => (s === processes ? [] : placedIn(s, room, moved, sizes)));
  sizes.others.push(...drawn.map(({ length }) => length));
  const listed = loops.some(({ kernel }) => kernel.over === "list");
  if (listed) sizes.lists++;
  const lists = listed ? [{ name: "refractory", value: callOf(member(id(room), "integers"), id("size")) }] : [];
  const backend = { name: "backend", value: ternary(id(kernels), str("webassembly"), str("javascript")) };
  const text = {
    tables: [...needs.arrays].filter((name) => LOOKED_UP.has(name)),
    literals: [...needs.literals.values()],
    encode: (addresses: Addresses) => encode(loops, functions, needs, addresses),
  };
  return {
    population: {
      ...population,
      body: [
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
        ...drawn.map(({ local, holds, length }) =>
          constant(local, callOf(member(id(room), holds), holds === "floats" ? length : product(num(2), length))),
        ),
        ...placed.map((s) => (s.kind === "function" ? { ...s, body: redirectedAll(s.body, renamed) } : s)),
        constant(
          kernels,
          callOf(
            member(handle, "pairedKernels"),
            member(handle, "text"),
            id(room),
            id("size"),
            objectOf([
              ...arrays.map((name) => ({ name, value: id(name) })),
              ...drawn.map(({ key, local }) => ({ name: key, value: id(local) })),
            ]),
          ),
        ),
        ...loops.map((loop) => paired(loop.kernel.name, pairedCode(loop, kernels, handle))),
        ...fillers.map((filler) =>
          paired(
            filler,
            callOf(member(handle, isOfEach(filler) ? "pairedFillOfEach" : "pairedFill"), id(kernels), str(filler)),
          ),
        ),
        ...(processes === null ? [] : [pairedProcesses(processes, kernels, handle, drawn)]),
      ],
      result: [...population.result.map((p) => ({ ...p, value: redirected(p.value, renamed) })), ...lists, backend],
    },
    text,
  };
}

/** How the runtime makes a kernel of a loop in WebAssembly and the JavaScript one of the same name. */
function pairedCode({ kernel: { name, over, lists }, clocks }: PairedLoop, kernels: string, handle: Code): Code {
  const times = arrayOf(clocks.map((clock) => arrow([], { kind: "clock", clock })));
  const make = (maker: string, ...more: Code[]): Code =>
    callOf(member(handle, maker), id(kernels), str(name), id(name), ...more, times);
  if (over === "list") return make("pairedListed");
  switch (lists) {
    case "nowhere":
      return make("pairedPrepare");
    case "candidates":
      return make("pairedUpdate", id("candidates"));
    case "further candidates":
      return make("pairedAdvance");
    case "found":
      return make("pairedDetect");
    default:
      return assertNever(lists);
  }
}

/** Declares `source`, which sends by the kernels where there are such. */
function pairedProcesses(
  processes: Processes,
  kernels: string,
  handle: Code,
  drawn: readonly { readonly local: string }[],
): Statement {
  const made = callOf(member(handle, "pairedProcesses"), id(kernels), ...drawn.map(({ local }) => id(local)));
  return constant("source", processesMade(processes, ternary(id(kernels), made, id("undefined"))));
}

/** What there is besides the loops: random numbers and spikes of processes. */
function functionsOf(fillers: readonly Filler[], processes: boolean, around: Surroundings): readonly WasmFunction[] {
  const drawing = [...new Set<Filler>([...fillers, ...(processes ? ["fillUniform" as const] : [])])];
  return [
    ...drawing.map((filler) => noiseFunction(filler, around)),
    ...(drawing.includes("fillNormal") ? [edgesFunction(around)] : []),
    ...(processes ? [processesFunction(around)] : []),
  ];
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
  loops: readonly PairedLoop[],
  functions: (around: Surroundings) => readonly WasmFunction[],
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
  const compiled = loops.map(({ kernel }) => pairedLoop(kernel, around)?.function ?? missing(kernel.name));
  return encodeModule([...compiled, ...functions(around)]);
}

function missing(what: string): never {
  throw new InternalError(`paired kernels have no place for ${what}`);
}

function keyOf(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function arraysOf(s: Statement): readonly string[] {
  return s.kind === "array" ? [s.name] : s.kind === "pool" ? s.arrays : [];
}

/** What declares arrays, with their places in the room. */
function placedIn(s: Statement, room: string, moved: ReadonlySet<string>, sizes: Sizes): readonly Statement[] {
  if (s.kind === "pool") {
    sizes.arrays += s.arrays.length;
    return poolMade(s, member(id(room), "allocate"));
  }
  if (s.kind !== "array" || !moved.has(s.name)) return [s];
  const { length } = s;
  if (typeof length === "number") sizes.others.push(num(length));
  else if (typeof length === "object")
    sizes.others.push("each" in length ? product(id("size"), num(length.each)) : num(length.length));
  else if (s.holds === "integers") sizes.lists++;
  else sizes.arrays++;
  const maker = member(id(room), s.holds === "integers" ? "integers" : "floats");
  return [arrayMade(s, (content) => callOf(maker, content))];
}

/** The fills in a function of the population. */
function fillsOf(s: Statement): readonly Fill[] {
  return s.kind === "function" ? s.body.filter((inner): inner is Fill => inner.kind === "fill") : [];
}

/** Calls and handings-out of a kernel, led to its paired form. */
function redirected(code: Code, renamed: ReadonlyMap<string, string>): Code {
  switch (code.kind) {
    case "kernelOf":
      return { kind: "kernelOf", name: renamed.get(code.name) ?? code.name };
    case "call":
      return {
        ...code,
        callee: redirected(code.callee, renamed),
        arguments: code.arguments.map((a) => redirected(a, renamed)),
      };
    case "object":
      return objectOf(code.properties.map((p) => ({ ...p, value: redirected(p.value, renamed) })));
    case "array":
      return arrayOf(code.elements.map((e) => redirected(e, renamed)));
    default:
      return code;
  }
}

function redirectedAll(body: readonly Statement[], renamed: ReadonlyMap<string, string>): readonly Statement[] {
  return writtenStatements(body).map((s) => {
    switch (s.kind) {
      case "do":
        return { ...s, expression: redirected(s.expression, renamed) };
      case "assign":
        return { ...s, value: redirected(s.value, renamed) };
      case "for":
        return { ...s, body: redirectedAll(s.body, renamed) };
      default:
        return s;
    }
  });
}

/** Every name of a function's text, so that new ones are none of them. */
function identifiersOf(population: PopulationCode): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "string") found.add(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(population);
  return found;
}
