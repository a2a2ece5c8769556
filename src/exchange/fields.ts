// Fields of a JSON object, each asked for by name with what it must be; what is wrong is told once, at its place, and null stands for it.
import type { Span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fieldOutOfRange, missingField, wrongType } from "../diagnostics/exchange.ts";
import { exact, signOf, type Exact } from "./exact.ts";
import { describe, type JsonObject, type JsonValue } from "./json.ts";

/** What a number may be: "whole" ones are 0 or more. */
export type Range = "any" | "positive" | "whole";

export interface Fields {
  /** `expected` in words: "the capacitance, a number in F". Null where it is missing or wrong, which has been told. */
  number(name: string, expected: string, range?: Range): Exact | null;
  /** A list of numbers, of `length` of them where one is given; a single number stands for all of them. */
  numbers(name: string, expected: string, length: number | null, range?: Range): readonly Exact[] | null;
  /** The fields of an object. */
  object(name: string, expected: string): Fields | null;
  /** A text with its place. */
  text(name: string, expected: string): { readonly value: string; readonly at: Span } | null;
  /** Names of the object that are none of `known`, each with its place. */
  others(known: readonly string[]): readonly { readonly name: string; readonly at: Span }[];
  /** It is there and not null. */
  has(name: string): boolean;
  /** Where the value of a field stands; the whole object's place where it is not there. */
  placeOf(name: string): Span;
}

/** `path` comes before the names in what is told: `coeffs.`. */
export function fieldsOf(object: JsonObject, path: string, told: Diagnostic[]): Fields {
  const opening: Span = { ...object.span, end: object.span.start + 1 };
  const find = (name: string, expected: string): JsonValue | null => {
    const value = object.fields.get(name)?.value;
    if (value === undefined) told.push(missingField(opening, { field: path + name, expected }));
    return value ?? null;
  };
  const wrong = (name: string, expected: string, value: JsonValue): null => {
    told.push(wrongType(value.span, { field: path + name, expected, found: describe(value) }));
    return null;
  };
  const numberOf = (name: string, expected: string, value: JsonValue, range: Range): Exact | null => {
    if (value.kind !== "number") return wrong(name, expected, value);
    const read = exact(value.text);
    const rule = broken(read, range);
    if (rule === null) return read;
    told.push(fieldOutOfRange(value.span, { field: path + name, rule }));
    return null;
  };
  return {
    number(name, expected, range = "any") {
      const value = find(name, expected);
      return value === null ? null : numberOf(name, expected, value, range);
    },
    numbers(name, expected, length, range = "any") {
      const value = find(name, expected);
      if (value === null) return null;
      if (value.kind === "number" && length !== null) {
        const one = numberOf(name, expected, value, range);
        return one === null ? null : Array.from({ length }, () => one);
      }
      if (value.kind !== "list") return wrong(name, expected, value);
      if (length !== null && value.items.length !== length) {
        told.push(
          wrongType(value.span, {
            field: path + name,
            expected: `${expected}, ${length} of them`,
            found: `a list of ${value.items.length}`,
          }),
        );
        return null;
      }
      const items = value.items.map((item, k) => numberOf(`${name}[${k}]`, "a number", item, range));
      return items.every((item) => item !== null) ? items : null;
    },
    object(name, expected) {
      const value = find(name, expected);
      if (value === null) return null;
      return value.kind === "object" ? fieldsOf(value, `${path}${name}.`, told) : wrong(name, expected, value);
    },
    text(name, expected) {
      const value = find(name, expected);
      if (value === null) return null;
      return value.kind === "text" ? { value: value.value, at: value.span } : wrong(name, expected, value);
    },
    others: (known) => [...object.fields].flatMap(([name, { at }]) => (known.includes(name) ? [] : [{ name, at }])),
    has: (name) => (object.fields.get(name)?.value.kind ?? "null") !== "null",
    placeOf: (name) => object.fields.get(name)?.value.span ?? opening,
  };
}

/** Beyond these powers of ten of an SI unit nothing is a neuron's. */
const FARTHEST = 60;

function broken(value: Exact, range: Range): string | null {
  if (value.digits !== 0n && Math.abs(value.digits.toString().length + value.exponent) > FARTHEST)
    return `between 1e-${FARTHEST} and 1e${FARTHEST} in size`;
  if (range === "positive" && signOf(value) <= 0) return "positive";
  if (
    range === "whole" &&
    (signOf(value) < 0 || (value.exponent < 0 && value.digits % 10n ** BigInt(-value.exponent) !== 0n))
  )
    return "a whole number, 0 or more";
  return null;
}
