// What a name means where it stands: the model's own names first, then those of its file, then those of the neuron that uses the mechanism.
import { InternalError } from "../base/invariant.ts";
import type { CallNode, FunctionNode, IdentifierNode, QuantityNode } from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import { cover } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { unknownIndex } from "../diagnostics/indices.ts";
import { habitOf } from "../diagnostics/habits.ts";
import { missingInHost } from "../diagnostics/names.ts";
import { ambiguousEnd, endOutside } from "../diagnostics/network.ts";
import { ELEMENTARY_FUNCTIONS } from "./builtins.ts";
import type { Report } from "./report.ts";
import type { FlatModel, FlatQuantity, Frame, Placed } from "./flatten.ts";
import { topLevelKind } from "./load.ts";
import type { FileScope } from "./load.ts";
import type { End, ResolvedExprShape, ResolvedLocal } from "./resolved.ts";
import { unitMeant, unknownFunctionAt, unknownNameAt } from "./unknown.ts";

/** A name found: the expression it stands for, without its indices. */
export type Meaning =
  | Extract<
      ResolvedExprShape,
      {
        kind:
          | "index"
          | "parameter"
          | "local"
          | "setup"
          | "time"
          | "step"
          | "neuron"
          | "target"
          | "pi"
          | "noise"
          | "missing";
      }
    >
  | { readonly kind: "quantity"; readonly name: string }
  /** `pre.V` */
  | { readonly kind: "end"; readonly end: End; readonly name: string }
  | { readonly kind: "fileConstant"; readonly node: QuantityNode; readonly scope: FileScope };

export type FunctionMeaning =
  | { readonly kind: "own"; readonly key: string; readonly placed: Placed<FunctionNode>; readonly lookup: Lookup }
  | { readonly kind: "file"; readonly key: string; readonly node: FunctionNode; readonly scope: FileScope };

export interface Lookup {
  /** Null where the name means nothing here. */
  find(name: string): Meaning | null;
  findFunction(name: string): FunctionMeaning | null;
  /** Names that could have been meant, best first. */
  names(): readonly string[];
  functionNames(): Iterable<string>;
  /** Tells that a name means nothing, or keeps silent where that cannot be known. */
  unknown(path: readonly IdentifierNode[]): void;
  unknownFunction(name: IdentifierNode, call: CallNode): void;
  unknownIndex(name: IdentifierNode): void;
  /** States have a past here, `x(t - T)`: in the text of neurons and mechanisms. */
  readonly hasPast?: boolean;
}

const FIXED: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["t", { kind: "time" }],
  ["dt", { kind: "step" }],
  ["ξ", { kind: "noise", named: null }],
  ["xi", { kind: "noise", named: null }],
  ["π", { kind: "pi" }],
  ["pi", { kind: "pi" }],
]);

/** Names as they stand in the text of a model or of a mechanism that it uses. */
export function modelLookup(flat: FlatModel, frame: Frame, report: Report, ends: readonly FlatModel[] = []): Lookup {
  const inFrame = (f: Frame, name: string): Meaning | null => {
    const full = f.prefix + name;
    if (flat.quantities.has(full)) return { kind: "quantity", name: full };
    if (flat.indices.has(full)) return { kind: "index", name: full };
    if (flat.noises.has(full)) return { kind: "noise", named: full };
    return null;
  };
  const frames = hosts(frame);
  /** A mechanism by itself: what is not its own is taken for its host's. */
  const open = flat.node.kind === "mechanism";
  const isSynapse = flat.node.kind === "synapse";
  let seen: readonly string[] | undefined;
  // Kept: thousands of names may be unknown.
  const visible = (): readonly string[] =>
    (seen ??= frames.flatMap((f) => [
      ...[...flat.quantities.keys(), ...flat.indices.keys(), ...flat.noises.keys()]
        .filter((n) => n.startsWith(f.prefix))
        .map((n) => n.slice(f.prefix.length)),
      ...fileConstants(f.file),
    ]));
  return {
    hasPast: !isSynapse,
    find(name) {
      const own =
        (isSynapse ? atEnd(name) : null) ?? FIXED.get(name) ?? inFrame(frame, name) ?? fileConstant(frame.file, name);
      if (own !== null) return own;
      for (const host of frames.slice(1)) {
        const found = inFrame(host, name);
        if (found !== null) return found;
      }
      return null;
    },
    findFunction(name) {
      const placed = flat.functions.get(frame.prefix + name);
      if (placed !== undefined)
        return { kind: "own", key: frame.prefix + name, placed, lookup: modelLookup(flat, placed.frame, report, ends) };
      return fileFunction(frame.file, name);
    },
    names: visible,
    functionNames: () => [
      ...[...flat.functions.keys()].filter((n) => n.startsWith(frame.prefix)).map((n) => n.slice(frame.prefix.length)),
      ...fileFunctions(frame.file),
      ...ELEMENTARY_FUNCTIONS,
    ],
    unknown(path) {
      const name = path.map((p) => p.name).join(".");
      const at = pathSpan(path);
      if (name === "" || path.some((p) => p.name === "") || flat.damaged || lostImport(frame.file, name)) return;
      const isFunction = flat.functions.has(frame.prefix + name);
      const file = frame.file.names.get(name);
      const where = `${flat.node.kind} \`${flat.node.name.name}\``;
      if (saysEndOutside(path, where, report)) return;
      if (open && !isFunction && file === undefined) return;
      if (!isFunction && file === undefined && saysWhichEnd(path, ends, where, report)) return;
      // What other tools call so is nothing that a host could have.
      if (frame.host !== null && !isFunction && file === undefined && habitOf("name", name) === null) {
        const outermost = frames.at(-1) ?? frame;
        const use = frames.at(-2)?.host?.use ?? frame.host.use;
        report(
          missingInHost(use.mechanism.span, {
            name,
            mechanism: frame.owner,
            host: outermost.owner,
            inside: at,
            near: nearNames(name, visible()),
            unit: unitMeant(name, at),
          }),
        );
        return;
      }
      const otherKind =
        isFunction || file?.node.kind === "function"
          ? "a function"
          : file === undefined
            ? null
            : `a ${topLevelKind(file.node)}`;
      report(unknownNameAt({ name, at, names: visible(), where, otherKind, isKnown: (n) => this.find(n) !== null }));
    },
    unknownFunction(name, call) {
      if (name.name === "" || flat.damaged || lostImport(frame.file, name.name)) return;
      report(unknownFunctionAt(name, call, this.functionNames(), this.find(name.name) !== null));
    },
    unknownIndex(name) {
      if (name.name === "" || flat.damaged) return;
      const own = [...flat.indices.keys()]
        .filter((n) => n.startsWith(frame.prefix))
        .map((n) => n.slice(frame.prefix.length));
      report(unknownIndex(name.span, { name: name.name, near: nearNames(name.name, own) }));
    },
  };
}

/** Names as they stand outside of models: constants and functions of a file. */
export function fileLookup(file: FileScope, where: string, report: Report, silent = file.damage.length > 0): Lookup {
  let seen: readonly string[] | undefined;
  return {
    find: (name) => FIXED.get(name) ?? fileConstant(file, name),
    findFunction: (name) => fileFunction(file, name),
    names: () => (seen ??= fileConstants(file)),
    functionNames: () => [...fileFunctions(file), ...ELEMENTARY_FUNCTIONS],
    unknown(path) {
      const name = path.map((p) => p.name).join(".");
      if (silent || path.some((p) => p.name === "") || lostImport(file, name)) return;
      const at = pathSpan(path);
      if (saysEndOutside(path, where, report)) return;
      const declared = file.names.get(name);
      const otherKind =
        declared === undefined
          ? null
          : declared.node.kind === "function"
            ? "a function"
            : `a ${topLevelKind(declared.node)}`;
      report(unknownNameAt({ name, at, names: this.names(), where, otherKind, isKnown: (n) => this.find(n) !== null }));
    },
    unknownFunction(name, call) {
      if (name.name === "" || lostImport(file, name.name)) return;
      report(unknownFunctionAt(name, call, this.functionNames(), this.find(name.name) !== null));
    },
    unknownIndex: (name) => report(unknownIndex(name.span, { name: name.name, near: [] })),
  };
}

/** Names of the set-up of a network or an experiment, over those of its files. */
export function setupLookup(
  setup: ReadonlyMap<string, FlatQuantity>,
  file: FileScope,
  where: string,
  silent: boolean,
  report: Report,
): Lookup {
  const base = fileLookup(file, where, report, silent);
  let seen: readonly string[] | undefined;
  return {
    ...base,
    find: (name) => FIXED.get(name) ?? (setup.has(name) ? { kind: "setup", name } : fileConstant(file, name)),
    names: () => (seen ??= [...setup.keys(), ...base.names()]),
  };
}

/** `pre.V`: the quantity `V` of the neuron that sends. */
export function atEnd(name: string): Meaning | null {
  const end = /^(pre|post)\.(.+)$/su.exec(name);
  return end === null ? null : { kind: "end", end: end[1] as End, name: end[2] ?? "" };
}

/** Inside a function its parameters come first. */
export function functionLookup(outer: Lookup, node: FunctionNode): Lookup {
  const own = new Set(node.parameters.map((p) => p.name.name));
  return {
    ...outer,
    find: (name) => (own.has(name) ? { kind: "parameter", name } : outer.find(name)),
    names: () => [...own, ...outer.names()],
  };
}

/** Inside the braces of an event its own names come first. */
export function eventLookup(outer: Lookup, locals: ReadonlyMap<string, ResolvedLocal>): Lookup {
  return {
    ...outer,
    find(name) {
      const local = locals.get(name);
      return local === undefined ? outer.find(name) : { kind: "local", local };
    },
    names: () => [...locals.keys(), ...outer.names()],
  };
}

export function pathSpan(path: readonly IdentifierNode[]): Span {
  const [first, last] = [path[0], path.at(-1)];
  if (first === undefined || last === undefined) throw new InternalError("an empty path");
  return cover(first.span, last.span);
}

function hosts(frame: Frame): Frame[] {
  const chain = [frame];
  for (let host = frame.host; host !== null; host = host.frame.host) chain.push(host.frame);
  return chain;
}

function fileConstant(file: FileScope, name: string): Meaning | null {
  const found = file.names.get(name);
  return found?.node.kind === "quantity" ? { kind: "fileConstant", node: found.node, scope: found.scope } : null;
}

function fileFunction(file: FileScope, name: string): FunctionMeaning | null {
  const found = file.names.get(name);
  return found?.node.kind === "function"
    ? { kind: "file", key: fileKey(found.scope, name), node: found.node, scope: found.scope }
    : null;
}

/** Keys of what stands outside of models cannot be taken for the name of a model's own. */
export function fileKey(scope: FileScope, name: string): string {
  return `${scope.file.source.path}#${name}`;
}

function fileConstants(file: FileScope): string[] {
  return [...file.names].filter(([, d]) => d.node.kind === "quantity").map(([n]) => n);
}

function fileFunctions(file: FileScope): string[] {
  return [...file.names].filter(([, d]) => d.node.kind === "function").map(([n]) => n);
}

/** True after telling that there are no ends here. */
export function saysEndOutside(path: readonly IdentifierNode[], where: string, report: Report): boolean {
  const written = path.map((p) => p.name).join(".");
  if (atEnd(written) === null) return false;
  report(endOutside(pathSpan(path), { written, where }));
  return true;
}

/** True after telling that the neurons have the name, and that it does not say which of the two. */
export function saysWhichEnd(
  path: readonly IdentifierNode[],
  ends: readonly FlatModel[],
  where: string,
  report: Report,
): boolean {
  const name = path.map((p) => p.name).join(".");
  if (!ends.some((e) => e.quantities.has(name))) return false;
  report(ambiguousEnd(pathSpan(path), { name, where, at: pathSpan(path) }));
  return true;
}

/** The name was to come from an import that failed, which has been told. */
function lostImport(file: FileScope, name: string): boolean {
  return !file.names.has(name) && file.file.imports.some((i) => i.names.some((n) => n.name === name));
}
