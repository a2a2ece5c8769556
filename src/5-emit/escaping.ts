// Text of people goes into emitted modules only through here: as a string or as a comment that it cannot leave. Numbers too.
import { invariant } from "../base/invariant.ts";
import { isIdentifierName } from "./names.ts";

/** Shortest text that reads back to the same bits; throws InternalError for a number that is not finite, since no literal says it. */
export function numberText(value: number): string {
  invariant(Number.isFinite(value), `${value} has no literal in emitted code`);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A double-quoted literal. Escaped beyond need: what ends a line or a `<script>`, and what is invisible or turns the direction of reading. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replace(INVISIBLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/<(?=\/|!--|script)/gi, "\\x3C");
}

/** A key of an object literal. `__proto__: x` would set the prototype, even quoted; computed it is a property like any other. */
export function propertyKey(name: string): { readonly text: string; readonly computed: boolean } {
  if (name === "__proto__") return { text: quoted(name), computed: true };
  return { text: isIdentifierName(name) ? name : quoted(name), computed: false };
}

/** What stands after `// `: one line, whatever the text holds. */
export function commentLine(text: string): string {
  // Nearly every line is plain, and every line of a kernel has one.
  if (PLAIN.test(text)) return text;
  return (
    text
      .replace(/\s*[\r\n\u2028\u2029]\s*/g, " ")
      .replace(CONTROL, " ")
      .replace(INVISIBLE, " ")
      .replace(/\*\//g, "*\\/")
      .replace(/<(?=\/|!--|script)/gi, "<\\")
      // A comment can give orders: @ts-nocheck and @jsx to the compiler, sourceMappingURL to whoever loads the module.
      .replace(/@(?=ts-|jsx)/gi, "@ ")
      .replace(/(source(?:Mapping)?URL)\s*=/gi, "$1 :")
      .trimEnd()
  );
}

/** `// …` for a line of its own. */
export function lineComment(text: string): string {
  return `// ${commentLine(text)}`.trimEnd();
}

/** The lines of `/** … *\/` for a doc string of one or more lines. */
export function docComment(text: string): string[] {
  const lines = separateLines(text);
  return lines.length <= 1 ? [`/** ${lines[0] ?? ""} */`] : ["/**", ...lines.map(starred), " */"];
}

/** The lines of the block comment at a module's head. */
export function headerComment(header: readonly string[]): string[] {
  return ["/*", ...header.flatMap(separateLines).map(starred), " */"];
}

/** C0, DEL and C1: terminals obey some of them. A tab stays a space. */
const CONTROL = /\p{Cc}/gu;
/** Line separators, zero-width characters, marks that reorder text on the screen (U+202A-202E, U+2066-2069), byte-order mark; DEL and C1 for strings, whose C0 JSON escapes. */
const INVISIBLE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Letters, digits and signs of formulas, without `<`, `@` and a `*` before a slash; `=` may end the name of an order (sourceMappingURL=), so not after an L. */
const PLAIN = /^(?:[\w .:;,()[\]+\-^'#%&|!>→]|(?<![lL]\s*)=|\*(?=[\w (])|\/|[\u0370-\u03ff₀-₉])*[\w)\]]$/;

function separateLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(commentLine);
}

function starred(line: string): string {
  return line === "" ? " *" : ` * ${line}`;
}
