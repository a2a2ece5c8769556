// comparison.json: the result itself, written the same way whatever order its objects were built in.
import type { ComparisonResult } from "../compare/comparison.ts";

/** Keys in the order in which they are read; what is not named here comes after, by its letters. */
const ORDER = [
  "format",
  "name",
  "key",
  "label",
  "title",
  "variant",
  "experiment",
  "measure",
  "part",
  "change",
  "complete",
  "reason",
  "doc",
  "source",
  "about",
  "glif",
  "sourceHash",
  "seeds",
  "command",
  "variants",
  "model",
  "overrides",
  "methods",
  "size",
  "baseline",
  "experiments",
  "duration",
  "sentence",
  "verdict",
  "difference",
  "mean",
  "interval",
  "seedSpread",
  "stepError",
  "stepEffect",
  "rounding",
  "equal",
  "items",
  "before",
  "after",
  "note",
  "unit",
  "definition",
  "nearer",
  "undefinedBecause",
  "values",
  "curve",
  "xName",
  "xUnit",
  "x",
  "yName",
  "yUnit",
  "y",
  "halfWidth",
  "path",
  "content",
  "ranking",
  "nearest",
  "scale",
  "axes",
  "at",
  "means",
  "intervals",
  "points",
  "structure",
  "measures",
  "cells",
  "contrasts",
  "recording",
  "sweep",
  "notes",
];
const PLACE = new Map(ORDER.map((key, place) => [key, place]));

/** JSON of two spaces, lists of numbers on one line, keys in a fixed order; a newline at the end. Numbers that are not finite are null. In pieces: a sweep may have millions of points. */
export function* comparisonJson(result: ComparisonResult): Generator<string> {
  let piece = "";
  for (const part of printed(result, "")) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n`;
}

/** Characters that are handed on together. */
const PIECE = 1 << 16;

function* printed(value: unknown, indent: string): Generator<string> {
  if (value === null || typeof value !== "object" || isFlatList(value)) {
    yield flat(value);
    return;
  }
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = isList
    ? (value as readonly unknown[]).map((item) => ["", item] as const)
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => byPlace(a, b));
  if (entries.length === 0) {
    yield "{}";
    return;
  }
  let before = isList ? "[\n" : "{\n";
  for (const [key, item] of entries) {
    yield isList ? before + inner : `${before}${inner}${JSON.stringify(key)}: `;
    yield* printed(item, inner);
    before = ",\n";
  }
  yield `\n${indent}${isList ? "]" : "}"}`;
}

function isFlatList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isFlat);
}

/** On one line. */
function flat(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(flat).join(", ")}]` : scalar(value);
}

/** Numbers, and pairs of them. */
function isFlat(item: unknown): boolean {
  return (
    item === null ||
    typeof item === "number" ||
    (Array.isArray(item) && item.length <= 2 && item.every((n) => n === null || typeof n === "number"))
  );
}

function scalar(value: unknown): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value + 0) : "null";
  return value === undefined ? "null" : JSON.stringify(value);
}

function byPlace(a: string, b: string): number {
  const places = (PLACE.get(a) ?? ORDER.length) - (PLACE.get(b) ?? ORDER.length);
  return places !== 0 ? places : a < b ? -1 : 1;
}
