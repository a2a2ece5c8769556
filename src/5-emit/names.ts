// Names of models become identifiers of emitted modules: as close to what the modeller wrote as ECMAScript allows, and never one that means something else there.
import { InternalError } from "../base/invariant.ts";

/** Words that no module (strict code) may use as an identifier: ECMA-262 12.7.2, with those of strict mode and modules. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  "arguments",
  "await",
  "break",
  "case",
  "catch",
  "class",
  "const",
  "continue",
  "debugger",
  "default",
  "delete",
  "do",
  "else",
  "enum",
  "eval",
  "export",
  "extends",
  "false",
  "finally",
  "for",
  "function",
  "if",
  "implements",
  "import",
  "in",
  "instanceof",
  "interface",
  "let",
  "new",
  "null",
  "package",
  "private",
  "protected",
  "public",
  "return",
  "static",
  "super",
  "switch",
  "this",
  "throw",
  "true",
  "try",
  "typeof",
  "var",
  "void",
  "while",
  "with",
  "yield",
]);

/** Globals that a module's text may need or that a reader takes for the global: a module may refer to them, but never declare them. */
export const GLOBAL_NAMES: ReadonlySet<string> = new Set([
  "AggregateError",
  "Array",
  "ArrayBuffer",
  "AsyncFunction",
  "AsyncIterator",
  "Atomics",
  "BigInt",
  "BigInt64Array",
  "BigUint64Array",
  "Boolean",
  "DataView",
  "Date",
  "Error",
  "EvalError",
  "FinalizationRegistry",
  "Float16Array",
  "Float32Array",
  "Float64Array",
  "Function",
  "Generator",
  "Infinity",
  "Int16Array",
  "Int32Array",
  "Int8Array",
  "Intl",
  "Iterator",
  "JSON",
  "Map",
  "Math",
  "NaN",
  "Number",
  "Object",
  "Promise",
  "Proxy",
  "RangeError",
  "ReferenceError",
  "Reflect",
  "RegExp",
  "Set",
  "SharedArrayBuffer",
  "String",
  "Symbol",
  "SyntaxError",
  "TypeError",
  "URIError",
  "Uint16Array",
  "Uint32Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "WeakMap",
  "WeakRef",
  "WeakSet",
  "WebAssembly",
  "decodeURI",
  "decodeURIComponent",
  "encodeURI",
  "encodeURIComponent",
  "escape",
  "globalThis",
  "isFinite",
  "isNaN",
  "parseFloat",
  "parseInt",
  "undefined",
  "unescape",
  "Buffer",
  "URL",
  "__dirname",
  "__filename",
  "clearInterval",
  "clearTimeout",
  "console",
  "crypto",
  "document",
  "exports",
  "fetch",
  "global",
  "module",
  "performance",
  "postMessage",
  "process",
  "queueMicrotask",
  "require",
  "self",
  "setImmediate",
  "setInterval",
  "setTimeout",
  "structuredClone",
  "window",
]);

/** Allowed by the grammar, but a type's name or a word that reads as syntax: never given to a model's quantity. */
const CONFUSING_WORDS: ReadonlySet<string> = new Set([
  "abstract",
  "any",
  "as",
  "asserts",
  "async",
  "bigint",
  "boolean",
  "constructor",
  "declare",
  "from",
  "get",
  "infer",
  "is",
  "keyof",
  "namespace",
  "never",
  "number",
  "object",
  "of",
  "override",
  "readonly",
  "satisfies",
  "set",
  "string",
  "symbol",
  "type",
  "unique",
  "unknown",
  "using",
  "__proto__",
]);

export interface Names {
  /** A fresh identifier near `wanted`, never one given before, never reserved, never one of `taken`. */
  fresh(wanted: string): string;
}

/** `taken`: identifiers already in use in the same module, such as those it imports; `avoided` may come to be more of them with time. */
export function names(taken: Iterable<string>, avoided: (name: string) => boolean = () => false): Names {
  const own = new Set(taken);
  const used = {
    has: (name: string): boolean => own.has(name) || avoided(name),
    add: (name: string): void => void own.add(name),
  };
  /** The next number to try for a base, so that a thousand equal wishes take a thousand tries, not a million. */
  const nextNumber = new Map<string, number>();
  return {
    fresh(wanted) {
      const base = unreserved(asIdentifier(wanted));
      let name = base;
      if (used.has(name)) {
        const stem = base.endsWith("_") ? base : `${base}_`;
        let number = nextNumber.get(base) ?? 2;
        while (used.has(stem + number)) number++;
        nextNumber.set(base, number + 1);
        name = stem + number;
      }
      used.add(name);
      return name;
    },
  };
}

/** Why `name` cannot stand in a module's text as an identifier; null if it can. */
export function identifierProblem(name: string): string | null {
  if (!isIdentifierName(name)) return `${JSON.stringify(name)} is not an ECMAScript identifier`;
  if (RESERVED_WORDS.has(name)) return `'${name}' is a reserved word`;
  return null;
}

/** Why `name` cannot be declared by a module: as `identifierProblem`, and a declaration must not hide a global that the text around it means. */
export function bindingProblem(name: string): string | null {
  return (
    identifierProblem(name) ?? (GLOBAL_NAMES.has(name) ? `'${name}' is a global and must not be declared anew` : null)
  );
}

/** The name, which a module may refer to; throws InternalError if it may not. */
export function referenceName(name: string): string {
  const problem = identifierProblem(name);
  if (problem !== null) throw new InternalError(`emitted code refers to a name that cannot be one: ${problem}`);
  return name;
}

/** The name, which a module may declare; throws InternalError if it may not. */
export function bindingName(name: string): string {
  const problem = bindingProblem(name);
  if (problem !== null) throw new InternalError(`emitted code declares a name that cannot be one: ${problem}`);
  return name;
}

/** Whether `name` can follow a dot or stand unquoted as a key; reserved words can. */
export function isIdentifierName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) || /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name);
}

function unreserved(name: string): string {
  return RESERVED_WORDS.has(name) || GLOBAL_NAMES.has(name) || CONFUSING_WORDS.has(name) ? `${name}_` : name;
}

/** `Na.m` to `Na_m`, `I[1]` to `I_1`, `V'` to `V_prime`, `x₁` to `x1`: characters that no identifier holds become one `_` between those that stay. */
function asIdentifier(wanted: string): string {
  const spelled = wanted
    .normalize("NFC")
    .replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080))
    .replace(/[⁰¹²³⁴-⁹]/g, (digit) => digit.normalize("NFKC"))
    .replace(/['′]/g, "_prime ")
    .replace(/[^\p{ID_Continue}$]+/gu, " ")
    .trim()
    .replace(/_? +_?/g, "_");
  if (spelled === "") return "_";
  return /^[\p{ID_Start}_$]/u.test(spelled) ? spelled : `_${spelled}`;
}
