// Where each synaptic state lives: summed at the target neuron, once at the source or the target that alone decides it, or at every connection. Proved from the equations.
import { affineIn } from "./affineIn.ts";
import { number, type Expr } from "../algebra/expression.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import type { End } from "../3-check/checked.ts";
import { type StatePlacement } from "./plan.ts";
import { TIME, agoAt, writtenSymbol } from "./symbols.ts";
import { isEnd, isShared, isZero, readsOnly, type Line, type SynapseStudy } from "./synapse.ts";

export type Place =
  /** Every connection adds to one value of the target neuron. */
  | "summed"
  /** Decided by the source neuron alone. */
  | "source"
  /** Decided by the target neuron alone. */
  | "target"
  | "connection";

export interface Placement {
  readonly place: ReadonlyMap<string, Place>;
  readonly explained: readonly StatePlacement[];
}

/**
 * A sum s of values s_c that all obey s_c' = a s_c with one a, and to which spikes only add, obeys the same equation: one value a target is exact.
 * A value that depends on the spikes and variables of one neuron alone is the same at all its connections; at a source it moves with the slice that has the
 * neuron, so there may be no other that shares some of it and not all (`sharesInPart`).
 */
export function placeStates(study: SynapseStudy, sharesInPart = false): Placement {
  const lines = linesOf(study);
  const summed = largest(study, (state, set) => whyNotSummed(study, lines, state, set));
  const source = largest(study, (state, set) =>
    summed.has(state) ? "summed" : whyNotAt("pre", study, sharesInPart, lines, state, set),
  );
  const target = largest(study, (state, set) =>
    summed.has(state) || source.has(state) ? "placed" : whyNotAt("post", study, sharesInPart, lines, state, set),
  );

  const place = new Map<string, Place>();
  const explained = study.states.map(({ name }): StatePlacement => {
    const found: Place = summed.has(name)
      ? "summed"
      : source.has(name)
        ? "source"
        : target.has(name)
          ? "target"
          : "connection";
    place.set(name, found);
    switch (found) {
      case "summed":
        return {
          state: name,
          place: "target",
          reason: `${name} decays linearly with the same parameters at all connections and spikes only add to it: its sum obeys the same equation, one value a target neuron`,
        };
      case "source":
        return {
          state: name,
          place: "source",
          reason: `${name} depends on ${awaitsSpikes(lines, name) ? "presynaptic spikes alone and all connections have one delay" : "the presynaptic neuron alone"}: one value a source neuron`,
        };
      case "target":
        return {
          state: name,
          place: "target",
          reason: `${name} depends on the postsynaptic neuron alone: one value a target neuron`,
        };
      case "connection": {
        // Against the states that are there: a state that only reads one that is not has this as its reason.
        const among = (set: ReadonlySet<string>): ReadonlySet<string> => new Set([...set, name]);
        const end = lines.onPost.has(name) && !lines.onPre.has(name) ? "post" : "pre";
        const alone =
          whyNotAt(end, study, sharesInPart, lines, name, among(end === "pre" ? source : target)) ?? "others are not";
        return {
          state: name,
          place: "connection",
          reason: `one value a connection: not summed, because ${whyNotSummed(study, lines, name, among(summed)) ?? "others are not"}; not at the ${end === "pre" ? "source" : "target"}, because ${alone}`,
        };
      }
    }
  });
  return { place, explained };
}

interface Lines {
  readonly equation: ReadonlyMap<string, Expr>;
  readonly onPre: ReadonlyMap<string, Expr>;
  readonly onPost: ReadonlyMap<string, Expr>;
  readonly contributions: readonly { readonly line: Line; readonly value: Expr }[];
  /** Right sides by the state they belong to, null for one of a neuron's: what else reads a state. */
  readonly equations: readonly Reader[];
  readonly events: readonly Reader[];
}

interface Reader {
  readonly writes: string | null;
  readonly value: Expr;
}

function linesOf({ equations, onPre, onPost, contributions, plain }: SynapseStudy): Lines {
  const own = (lines: readonly Line[]): Map<string, Expr> =>
    new Map(lines.filter((l) => l.end === null).map((l) => [l.element, l.lower(plain)]));
  const readers = (lines: readonly Line[]): Reader[] =>
    lines.map((l) => ({ writes: l.end === null ? l.element : null, value: l.lower(plain) }));
  return {
    equation: own(equations),
    onPre: own(onPre),
    onPost: own(onPost),
    contributions: contributions.map((line) => ({ line, value: line.lower(plain) })),
    equations: readers(equations),
    events: [...readers(onPre), ...readers(onPost)],
  };
}

/** The largest set of states of which none has a reason against it. */
function largest(
  study: SynapseStudy,
  against: (state: string, set: ReadonlySet<string>) => string | null,
): ReadonlySet<string> {
  let set: ReadonlySet<string> = new Set(study.states.map((s) => s.name));
  for (;;) {
    const next = new Set([...set].filter((state) => against(state, set) === null));
    if (next.size === set.size) return set;
    set = next;
  }
}

function whyNotSummed(study: SynapseStudy, lines: Lines, state: string, set: ReadonlySet<string>): string | null {
  const fromTarget = (s: string): boolean => isShared(s) || isEnd(s, "post");
  const initial = study.values.get(state);
  if (initial?.kind !== "expression" || !isZero(initial.expression)) return "it does not begin at 0";

  const equation = lines.equation.get(state);
  if (equation !== undefined) {
    const parts = affineIn(equation, set);
    if (parts === null) return "its equation is not linear";
    if (!isZero(parts.rest)) return "something else drives its equation";
    if (!readsOnly(equation, (s) => fromTarget(s) || set.has(s))) return "its rate is not the same at all connections";
  }
  if (lines.onPost.has(state)) return "postsynaptic spikes change it";
  const arrival = lines.onPre.get(state);
  if (arrival !== undefined) {
    const gain = affineIn(arrival, new Set([state]))?.coefficients.get(state);
    if (gain?.kind !== "number" || gain.value !== 1) return "a presynaptic spike does more than add to it";
  }
  for (const { line, value } of lines.contributions) {
    if (!symbolsOf(value).has(state)) continue;
    if (line.end !== "post") return "the source neuron receives it";
    const parts = affineIn(value, set);
    if (parts === null || !isZero(parts.rest) || !readsOnly(value, (s) => fromTarget(s) || set.has(s)))
      return "what it contributes is not proportional to it with a factor that all connections share";
  }
  // What an event needs is the connection's own value: of a sum it cannot be told.
  if (lines.events.some(({ writes, value }) => writes !== state && symbolsOf(value).has(state)))
    return "an event reads it";
  const reader = lines.equations.find(
    ({ writes, value }) => (writes === null || !set.has(writes)) && symbolsOf(value).has(state),
  );
  return reader === undefined ? null : "something that is not summed reads it";
}

function whyNotAt(
  end: End,
  study: SynapseStudy,
  sharesInPart: boolean,
  lines: Lines,
  state: string,
  set: ReadonlySet<string>,
): string | null {
  const [own, other, otherSpikes] =
    end === "pre"
      ? ([lines.onPre, lines.onPost, "postsynaptic"] as const)
      : ([lines.onPost, lines.onPre, "presynaptic"] as const);
  if (end === "pre" && sharesInPart) return "slices of this connection have some of its neurons in common";
  if (end === "pre" && !study.oneDelay && awaitsSpikes(lines, state)) return "its delay differs between connections";
  if (other.has(state)) return `${otherSpikes} spikes change it`;
  const initial = study.values.get(state);
  if (initial?.kind !== "expression" || !readsOnly(initial.expression, isShared))
    return "it does not begin at the same value at all connections";
  const known = (s: string): boolean => isShared(s) || s === TIME || isEnd(s, end) || set.has(s);
  for (const value of [lines.equation.get(state), own.get(state)]) {
    if (value === undefined || readsOnly(value, known)) continue;
    const foreign = [...symbolsOf(value)].find((s) => !known(s)) ?? "";
    return `it reads ${wordFor(foreign)}`;
  }
  return null;
}

/** Whether spikes that arrive change it, or what its equation reads. */
function awaitsSpikes({ onPre, equation }: Lines, state: string): boolean {
  const read = new Set([state]);
  for (const s of read)
    for (const other of symbolsOf(equation.get(s) ?? number(0)))
      if (equation.has(other) || onPre.has(other)) read.add(other);
  return [...read].some((s) => onPre.has(s));
}

function wordFor(s: string): string {
  if (agoAt(s) !== null) return `\`${writtenSymbol(s)}\` as it was a delay ago`;
  if (isEnd(s)) return `\`${writtenSymbol(s)}\` of the other neuron`;
  return `\`${writtenSymbol(s)}\`, which differs between connections`;
}
