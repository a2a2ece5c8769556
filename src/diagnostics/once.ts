// A collector that is told each mistake once, however often it is come across: a parent's mistake shows up in all its children.
import type { Diagnostic } from "./diagnostic.ts";

export interface Collector {
  readonly say: (diagnostic: Diagnostic) => void;
  all(): readonly Diagnostic[];
}

/** The first of those with one code at one place counts. */
export function tellingOnce(): Collector {
  const told = new Map<string, Diagnostic>();
  return {
    say(d) {
      const { source, start, end } = d.primary.span;
      const key = `${d.code} ${source.path} ${start} ${end}`;
      if (!told.has(key)) told.set(key, d);
    },
    all: () => [...told.values()],
  };
}
