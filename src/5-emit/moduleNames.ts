// Identifiers of one emitted module: some stand for the whole module, others inside one function only.
import { names, type Names } from "./names.ts";

export interface ModuleNames extends Names {
  /** Names for the inside of one function: none hides a name given outside of it, before or after. */
  inner(): ModuleNames;
}

/** A name given outside, at whatever time, is none inside, and the other way round; two insides may give the same. */
export function moduleNames(taken: Iterable<string>): ModuleNames {
  return scope(
    new Set(taken),
    () => false,
    () => undefined,
  );
}

/** `outside`: whether a name is given outside of it; `tell` is told every name given. */
function scope(own: Set<string>, outside: (name: string) => boolean, tell: (name: string) => void): ModuleNames {
  const below = new Set<string>();
  const given = (name: string): boolean => own.has(name) || outside(name);
  const all = names([], (name) => given(name) || below.has(name));
  return {
    fresh(wanted) {
      const name = all.fresh(wanted);
      own.add(name);
      tell(name);
      return name;
    },
    inner: () =>
      scope(new Set(), given, (name) => {
        below.add(name);
        tell(name);
      }),
  };
}
