// Identifiers of one emitted module: some stand for the whole module, others inside one function only.
import { names, type Names } from "./names.ts";

export interface ModuleNames extends Names {
  /** Names for the inside of one function: none hides a name given outside of it so far. */
  inner(): ModuleNames;
}

export function moduleNames(taken: Iterable<string>): ModuleNames {
  const given = new Set(taken);
  const outer = names(given);
  return {
    fresh(wanted) {
      const name = outer.fresh(wanted);
      given.add(name);
      return name;
    },
    inner: () => moduleNames(given),
  };
}
