// Each mistake is told once, however often it is come across: a parent's mistake shows up in all its children, a misspelt name in fifty places.
import { present } from "../base/invariant.ts";
import type { Diagnostic } from "./diagnostic.ts";

export interface Collector {
  readonly say: (diagnostic: Diagnostic) => void;
  /** Whether that code has been told at that place. */
  has(diagnostic: Diagnostic): boolean;
  all(): readonly Diagnostic[];
}

/** The first of those with one code at one place counts. */
export function tellingOnce(): Collector {
  const told = new Map<string, Diagnostic>();
  const keyOf = ({ code, primary: { span } }: Diagnostic): string =>
    `${code} ${span.source.path} ${span.start} ${span.end}`;
  return {
    say(d) {
      if (!told.has(keyOf(d))) told.set(keyOf(d), d);
    },
    has: (d) => told.has(keyOf(d)),
    all: () => [...told.values()],
  };
}

/** Keeps back what is said of names, of these codes, until `tell`: each message is then said once, where the name first occurs; its fix mends all places. */
export function tellingNamesOnce(
  codes: readonly string[],
  say: (diagnostic: Diagnostic) => void,
): { readonly say: (diagnostic: Diagnostic) => void; readonly tell: () => void } {
  const kept = new Map<string, Diagnostic[]>();
  return {
    say(d) {
      const same = codes.includes(d.code) ? kept.get(d.message) : null;
      if (same === null) say(d);
      else if (same === undefined) kept.set(d.message, [d]);
      else same.push(d);
    },
    tell() {
      for (const all of kept.values()) say(merged(all));
      kept.clear();
    },
  };
}

function merged(all: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = [...all].sort((a, b) => a.primary.span.start - b.primary.span.start);
  const diagnostic = present(first, "diagnostic");
  const places = new Set([diagnostic.primary.span.start]);
  const elsewhere = others.filter(
    (o) =>
      o.primary.span.source === diagnostic.primary.span.source &&
      !places.has(o.primary.span.start) &&
      places.add(o.primary.span.start),
  );
  return {
    ...diagnostic,
    fixes: diagnostic.fixes.map((f, k) => ({
      ...f,
      edits: [...f.edits, ...elsewhere.flatMap((o) => o.fixes[k]?.edits ?? [])],
    })),
  };
}
