// One mistake, one message: where the parser had to mend a statement, what it may have meant is a hole to all that follows, and nothing else is said of it.
import type { ModelFileNode } from "../1-parse/ast.ts";
import type { Span } from "../base/source.ts";
import { span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** Where a statement was mended: from the line's beginning, or the `;` or brace before the mistake, to the next one. In the order of the text, without overlaps. */
export function mendedPlaces(diagnostics: readonly Diagnostic[]): Span[] {
  const places = diagnostics
    .filter((d) => d.severity === "error")
    .map(({ primary }) => around(primary.span))
    .sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const place of places) {
    const last = merged[merged.length - 1];
    if (last === undefined || place.start > last.end) merged.push(place);
    else merged[merged.length - 1] = span(last.source, last.start, Math.max(last.end, place.end));
  }
  return merged;
}

function around({ source, start, end }: Span): Span {
  const { text } = source;
  let [from, to] = [start, end];
  while (from > 0 && !ENDS.has(text[from - 1] ?? "")) from--;
  while (to < text.length && !ENDS.has(text[to] ?? "")) to++;
  return span(source, from, to);
}

const ENDS: ReadonlySet<string> = new Set(["\n", "\r", ";", "{", "}"]);

/** Whether a diagnostic is about a mended statement. */
export function isAbout(places: readonly Span[], { primary }: Diagnostic): boolean {
  return touches(places, primary.span.start, primary.span.start);
}

function touches(places: readonly Span[], start: number, end: number): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.end ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return (places[low]?.start ?? Infinity) <= end;
}

/** The file with holes where statements were mended. */
export function withHoles(file: ModelFileNode, places: readonly Span[]): ModelFileNode {
  return places.length === 0 ? file : (holed(file as unknown as Node, places) as unknown as ModelFileNode);
}

/** A statement, or what holds statements. */
interface Node extends Readonly<Record<string, unknown>> {
  readonly kind: string;
  readonly span: Span;
}

/** The expressions of each kind of statement. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  quantity: ["value"], equation: ["value"], contribution: ["value"], local: ["value"], assignment: ["value"], setting: ["value"], spike: ["value"], directive: ["value"], event: ["condition"],
  refractory: ["duration"], function: ["body"], index: ["from", "to"], population: ["size"], connect: ["where"], record: ["every"],
}; // prettier-ignore

const STATEMENTS = ["declarations", "members", "locals", "assignments", "settings"] as const;

function holed(node: Node, places: readonly Span[]): Node {
  const changed: Record<string, unknown> = {};
  for (const list of STATEMENTS)
    if (Array.isArray(node[list])) changed[list] = (node[list] as readonly Node[]).map((n) => holed(n, places));
  for (const name of EXPRESSIONS[node.kind] ?? []) {
    const expression = node[name] as Node | null;
    const end = expression?.span.end ?? node.span.end;
    const optional = expression === null && node.kind !== "quantity";
    if (!optional && touches(places, node.span.start, end))
      changed[name] = { kind: "missing", span: expression?.span ?? span(node.span.source, end, end) };
  }
  return { ...node, ...changed };
}
