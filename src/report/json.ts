// comparison.json: the result itself, written the same way whatever order its objects were built in.
import type { ComparisonResult } from "../compare/comparison.ts";

/** Keys in the order in which they are read; what is not named here comes after, by its letters. */
const ORDER = [
  "format", "name", "key", "label", "title", "variant", "experiment", "measure", "part", "change", "complete", "reason", "doc", "source", "about", "glif", "sourceHash", "seeds", "command",
  "variants", "model", "overrides", "methods", "size", "baseline", "experiments", "duration", "sentence", "verdict", "difference", "mean", "interval", "seedSpread", "stepError", "stepEffect", "rounding",
  "equal", "items", "before", "after", "note", "unit", "definition", "nearer", "undefinedBecause", "values", "curve", "xName", "xUnit", "x", "yName", "yUnit", "y", "halfWidth",
  "path", "content", "ranking", "scale", "axes", "at", "means", "intervals", "points", "structure", "measures", "cells", "contrasts", "recording", "sweep", "notes",
];
const PLACE = new Map(ORDER.map((key, place) => [key, place]));

/** JSON of two spaces, lists of numbers on one line, keys in a fixed order; a newline at the end. Numbers that are not finite are null. */
export function comparisonJson(result: ComparisonResult): string {
  return `${printed(result, "")}\n`;
}

function printed(value: unknown, indent: string): string {
  if (value === null || typeof value !== "object") return scalar(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length === 0) return "[]";
    if (items.every(isFlat)) return `[${items.map((item) => printed(item, "")).join(", ")}]`;
    return `[\n${items.map((item) => inner + printed(item, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => byPlace(a, b));
  return entries.length === 0 ? "{}" : `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${printed(item, inner)}`).join(",\n")}\n${indent}}`;
}

/** Numbers, and pairs of them. */
function isFlat(item: unknown): boolean {
  return item === null || typeof item === "number" || (Array.isArray(item) && item.length <= 2 && item.every((n) => n === null || typeof n === "number"));
}

function scalar(value: unknown): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value + 0) : "null";
  return value === undefined ? "null" : JSON.stringify(value);
}

function byPlace(a: string, b: string): number {
  const places = (PLACE.get(a) ?? ORDER.length) - (PLACE.get(b) ?? ORDER.length);
  return places !== 0 ? places : a < b ? -1 : 1;
}
