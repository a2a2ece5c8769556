// What a name means where something is set or connected: the set-up first, the numbers of the neurons, then the names of the model or of the neurons at the ends.
import type { FlatModel } from "./flatten.ts";
import type { Report } from "./report.ts";
import { atEnd, modelLookup, pathSpan, saysEndOutside, saysWhichEnd } from "./lookup.ts";
import type { Lookup, Meaning } from "./lookup.ts";
import { unknownNameAt } from "./unknown.ts";

/** In the settings of a population: the set-up, the neuron's number `i`, then the names of the neuron. */
export function settingLookup(outer: Lookup, flat: FlatModel, report: Report): Lookup {
  const inner = modelLookup(flat, flat.frame, report);
  const names = (): string[] => [...outer.names(), ...inner.names()];
  return {
    find(name) {
      const found = outer.find(name);
      if (found !== null && found.kind !== "fileConstant") return found;
      if (name === "i") return { kind: "neuron" };
      const own = inner.find(name);
      return own !== null && own.kind !== "fileConstant" ? own : found;
    },
    findFunction: (name) => outer.findFunction(name) ?? inner.findFunction(name),
    names,
    functionNames: () => [...outer.functionNames(), ...inner.functionNames()],
    unknown(path) {
      const name = path.map((p) => p.name).join(".");
      if (flat.damaged || path.some((p) => p.name === "")) return;
      const where = `the settings of \`${flat.node.name.name}\``;
      if (saysEndOutside(path, where, report)) return;
      const at = pathSpan(path);
      report(
        unknownNameAt({ name, at, names: names(), where, otherKind: null, isKnown: (n) => this.find(n) !== null }),
      );
    },
    unknownFunction(name, call) {
      // A parent that is missing may have declared it.
      if (!flat.damaged) outer.unknownFunction(name, call);
    },
    unknownIndex: (name) => inner.unknownIndex(name),
  };
}

/** In the rule of a connection: the set-up, the numbers `i` and `j` of its neurons, and what is theirs. */
export function ruleLookup(outer: Lookup, ends: readonly FlatModel[], where: string, report: Report): Lookup {
  return {
    ...outer,
    unknown(path) {
      if (!saysWhichEnd(path, ends, where, report)) outer.unknown(path);
    },
    find(name) {
      const found = outer.find(name);
      if (found !== null && found.kind !== "fileConstant") return found;
      return numberOrEnd(name) ?? found;
    },
  };
}

/** In the settings of a connection: the same, then the names of the synapse. `bound` are indices that stand in the brackets of what is set. */
export function connectionLookup(
  outer: Lookup,
  flat: FlatModel,
  ends: readonly FlatModel[],
  where: string,
  bound: ReadonlySet<string>,
  report: Report,
): Lookup {
  const inner = settingLookup(outer, flat, report);
  return {
    ...inner,
    unknown(path) {
      if (!saysWhichEnd(path, ends, where, report)) inner.unknown(path);
    },
    find(name) {
      if (bound.has(name) && flat.indices.has(name)) return { kind: "index", name };
      const found = outer.find(name);
      if (found !== null && found.kind !== "fileConstant") return found;
      return numberOrEnd(name) ?? inner.find(name);
    },
  };
}

function numberOrEnd(name: string): Meaning | null {
  if (name === "i") return { kind: "neuron" };
  return name === "j" ? { kind: "target" } : atEnd(name);
}
