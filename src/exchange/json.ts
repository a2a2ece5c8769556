// JSON with the place of every value and the text of every number: JSON.parse forgets both, and rounds.
import { span, type SourceText, type Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { notJson } from "../diagnostics/exchange.ts";

export type JsonValue =
  | { readonly kind: "object"; readonly span: Span; readonly fields: ReadonlyMap<string, JsonField> }
  | { readonly kind: "list"; readonly span: Span; readonly items: readonly JsonValue[] }
  /** `text` as it is written. */
  | { readonly kind: "number"; readonly span: Span; readonly text: string }
  | { readonly kind: "text"; readonly span: Span; readonly value: string }
  | { readonly kind: "boolean" | "null"; readonly span: Span };

export type JsonObject = Extract<JsonValue, { readonly kind: "object" }>;

export interface JsonField {
  /** Of the name. */
  readonly at: Span;
  readonly value: JsonValue;
}

/** RFC 8259, but that a name may stand only once in an object. */
export function parseJson(source: SourceText): { readonly value: JsonValue } | { readonly problem: Diagnostic } {
  try {
    return { value: new Reader(source).whole() };
  } catch (error) {
    if (error instanceof Misfit) return { problem: error.diagnostic };
    throw error;
  }
}

/** How a person would call the value. */
export function describe(value: JsonValue): string {
  switch (value.kind) {
    case "object":
      return "an object";
    case "list":
      return value.items.length === 0 ? "an empty list" : "a list";
    case "number":
      return value.text.length > 24 ? "a number" : value.text;
    case "text":
      return "a text";
    case "boolean":
      return "true or false";
    case "null":
      return "null";
  }
}

const DEEPEST = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_.+-]+/uy;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const BLANK = /[ \t\r\n]*/y;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Thrown inside this file alone. */
class Misfit extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

class Reader {
  private at = 0;
  private readonly source: SourceText;

  constructor(source: SourceText) {
    this.source = source;
  }

  whole(): JsonValue {
    this.skip();
    if (this.at === this.source.text.length) throw this.misfit("there is nothing in it", 0);
    const value = this.value(0);
    if (this.at < this.source.text.length) throw this.misfit("there is more after its end", 1);
    return value;
  }

  private value(depth: number): JsonValue {
    if (depth > DEEPEST) throw this.misfit(`it is nested deeper than ${DEEPEST}`, 1);
    const start = this.at;
    const value = this.valueHere(depth, start);
    this.skip();
    return value;
  }

  private valueHere(depth: number, start: number): JsonValue {
    const here = (): Span => span(this.source, start, this.at);
    switch (this.source.text[start]) {
      case "{":
        return { kind: "object", fields: this.object(depth), span: here() };
      case "[":
        return { kind: "list", items: this.list(depth), span: here() };
      case '"':
        return { kind: "text", value: this.text(), span: here() };
      default:
        break;
    }
    // Number before word, so that `-Infinity` and `01` are told as the words they are.
    const word = this.match(WORD);
    if (word === "true" || word === "false") return { kind: "boolean", span: here() };
    if (word === "null") return { kind: "null", span: here() };
    this.at = start;
    const number = this.match(NUMBER);
    if (number !== "" && number === word) return { kind: "number", text: number, span: here() };
    this.at = start;
    if (/^[+-]?(nan|inf(inity)?)$/i.test(word))
      throw this.misfit(
        `${word} is no number`,
        word.length,
        "Python writes it where a fit has failed: this model has no such parameter",
      );
    throw this.misfit(
      word === ""
        ? `expected a value${this.at < this.source.text.length ? "" : ", but the text ends"}`
        : "expected a value: a number, a text, true, false, null, { } or [ ]",
      Math.max(1, word.length),
    );
  }

  private object(depth: number): ReadonlyMap<string, JsonField> {
    const fields = new Map<string, JsonField>();
    this.enter();
    while (!this.take("}")) {
      if (fields.size > 0) this.comma("}");
      const start = this.at;
      if (this.source.text[start] !== '"') throw this.misfit("expected a name in double quotes", 1);
      const name = this.text();
      const at = span(this.source, start, this.at);
      if (fields.has(name)) {
        this.at = start;
        throw this.misfit("the same name stands twice in one object", at.end - at.start);
      }
      this.skip();
      if (!this.take(":")) throw this.misfit("expected `:`", 1);
      fields.set(name, { at, value: this.value(depth + 1) });
    }
    return fields;
  }

  private list(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.enter();
    while (!this.take("]")) {
      if (items.length > 0) this.comma("]");
      items.push(this.value(depth + 1));
    }
    return items;
  }

  /** Past the opening bracket. */
  private enter(): void {
    this.at++;
    this.skip();
  }

  private comma(closing: string): void {
    if (!this.take(","))
      throw this.misfit(
        `expected \`,\` or \`${closing}\`${this.at < this.source.text.length ? "" : ", but the text ends"}`,
        1,
      );
  }

  /** Of a bracket's end only the bracket: what follows is skipped by whoever asked for the value. */
  private take(sign: string): boolean {
    if (this.source.text[this.at] !== sign) return false;
    this.at++;
    if (sign !== "}" && sign !== "]") this.skip();
    return true;
  }

  private text(): string {
    const start = this.at++;
    let value = "";
    for (;;) {
      value += this.match(PLAIN);
      const sign = this.source.text[this.at];
      if (sign === '"') {
        this.at++;
        return value;
      }
      if (sign !== "\\") {
        this.at = start;
        throw this.misfit("this text does not end on its line", 1);
      }
      value += this.escape();
    }
  }

  private escape(): string {
    const { text } = this.source;
    const code = /^u([0-9a-fA-F]{4})/.exec(text.slice(this.at + 1, this.at + 6))?.[1];
    const short = Object.hasOwn(SHORT_ESCAPES, text[this.at + 1] ?? "")
      ? SHORT_ESCAPES[text[this.at + 1] ?? ""]
      : undefined;
    if (code === undefined && short === undefined) throw this.misfit("there is no such escape", 2);
    this.at += code === undefined ? 2 : 6;
    return short ?? String.fromCharCode(parseInt(code ?? "", 16));
  }

  private skip(): void {
    this.match(BLANK);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private misfit(problem: string, length: number, help?: string): Misfit {
    const end = Math.min(this.source.text.length, this.at + length);
    return new Misfit(notJson(span(this.source, this.at, end), help === undefined ? { problem } : { problem, help }));
  }
}
