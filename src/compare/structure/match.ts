// Finds which name is which: by its spelling, else by its dimension and the place it takes in the equations.
import { evaluate } from "../../algebra/evaluate.ts";
import type { Expr } from "../../algebra/expression.ts";
import { digest } from "../../algebra/fraction.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import { present } from "../../base/invariant.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { stream, uniform } from "../../runtime/random.ts";
import { sides } from "./agree.ts";
import { READINGS } from "./names.ts";
import { DECIDING, plainLink, type Link } from "./pairing.ts";
import type { Clause, Member, Role, System } from "./system.ts";

export interface Matching {
  readonly links: ReadonlyMap<string, Link>;
  /** Second model's states that were matched by little evidence: only their equations can confirm it. */
  readonly weak: ReadonlySet<string>;
}

/** By names and dimensions alone. */
export function matchSpelling(a: System, b: System, given: ReadonlyMap<string, Link>): Map<string, Link> {
  const links = new Map(given);
  // Elements by their place: the first of 0..1 is the first of 1..2.
  for (const reading of READINGS)
    linkUnique(
      a,
      b,
      links,
      (m) =>
        `${roleClass(m.role)} ${m.dimension?.key ?? ""} ${reading(m.quantity?.name ?? "")} ${placesIn(m).join(" ")}`,
      (m) => placesIn(m).length > 0,
    );
  for (const reading of READINGS)
    linkUnique(
      a,
      b,
      links,
      (m) => `${roleClass(m.role)} ${m.dimension?.key ?? ""} ${reading(m.name)}`,
      // What is read of neurons at an end is what the neurons have been found to be.
      (m) => m.role !== "noise" && m.role !== "outer",
    );
  return links;
}

export function matchNames(a: System, b: System, given: ReadonlyMap<string, Link>): Matching {
  const links = matchSpelling(a, b, given);
  const weak = new Set<string>();
  const byPlace = (roles: readonly Role[], numeric: boolean): void => linkByPlace(a, b, links, roles, numeric);
  byPlace(["state", "noise", "input"], true);
  byPlace(["param", "const", "weight"], false);
  linkUnique(
    a,
    b,
    links,
    (m) => `input ${m.dimension?.key ?? ""}`,
    (m) => m.role === "input",
  );
  linkWeakly(a, b, links, weak);
  byPlace(["state", "noise", "input"], true);
  byPlace(["param", "const", "weight"], false);
  byPlace(["noise"], false);
  linkUnique(
    a,
    b,
    links,
    () => "noise",
    (m) => m.role === "noise",
  );
  return { links, weak };
}

/** Parameters that are left over and have the same dimension and the same value, one on each side. */
export function linkEqualValues(
  a: System,
  b: System,
  links: ReadonlyMap<string, Link>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, Link> {
  const found = new Map(links);
  const value = (s: System, m: Member): number => s.values.get(m.symbol) ?? NaN;
  const free = (m: Member, b: boolean): boolean => isParameter(m.role) && !taken.has(b ? `b:${m.symbol}` : m.symbol);
  linkUnique(
    a,
    b,
    found,
    (m, s) => `${m.dimension?.key ?? ""} ${Number(value(s, m).toPrecision(9))}`,
    (m, s) => free(m, s === b) && Number.isFinite(value(s, m)),
  );
  return found;
}

/** Of an element, how far it is from the first along each index, and how many there are. */
function placesIn({ name, quantity }: Member): readonly string[] {
  const positions = /\[([-\d,]+)\]$/u.exec(name)?.[1]?.split(",").map(Number) ?? [];
  return quantity === null || positions.length !== quantity.indices.length
    ? []
    : quantity.indices.map(({ from, to }, k) => `${(positions[k] ?? 0) - from} of ${to - from + 1}`);
}

export function isParameter(role: Role): boolean {
  return role === "param" || role === "const" || role === "weight" || role === "setup";
}

function roleClass(role: Role): string {
  return isParameter(role) ? "param" : role;
}

/** Links members whose key is found once among the unlinked of either model. */
function linkUnique(
  a: System,
  b: System,
  links: Map<string, Link>,
  keyOf: (m: Member, s: System) => string,
  admits: (m: Member, s: System) => boolean,
): void {
  const [as, bs] = [
    byKey(
      unlinked(a, linkedA(links)).filter((m) => admits(m, a)),
      (m) => keyOf(m, a),
    ),
    byKey(
      unlinked(b, links).filter((m) => admits(m, b)),
      (m) => keyOf(m, b),
    ),
  ];
  for (const [key, [first, ...more]] of as) {
    const [other, ...others] = bs.get(key) ?? [];
    if (first !== undefined && other !== undefined && more.length === 0 && others.length === 0)
      links.set(other.symbol, plainLink(first.symbol));
  }
}

export function linkedA(links: ReadonlyMap<string, Link>): ReadonlySet<string> {
  return new Set([...links.values()].map((l) => l.a));
}

export function unlinked(s: System, linked: { has(symbol: string): boolean }): Member[] {
  return [...s.members.values()].filter((m) => !linked.has(m.symbol));
}

function byKey(members: readonly Member[], keyOf: (m: Member) => string): Map<string, Member[]> {
  const found = new Map<string, Member[]>();
  for (const m of members) found.set(keyOf(m), [...(found.get(keyOf(m)) ?? []), m]);
  return found;
}

// ---- by place

const ROUNDS = 3;
/** Nodes of expressions evaluated for one matching. */
const MOST_NODES = 3_000_000;
const MARK = 0.7390851;

/**
 * Colours are refined as in the test of graphs for isomorphism: what a name is depends on what is computed with it, and a clause is known by its value where every
 * name has the value of its colour. So it does not matter how a clause is written. `numeric`: parameters have their own values, so that -I/τ is -k*I.
 */
function linkByPlace(a: System, b: System, links: Map<string, Link>, roles: readonly Role[], numeric: boolean): void {
  const admitted = (m: Member): boolean => roles.includes(m.role);
  const free = [unlinked(a, linkedA(links)).filter(admitted), unlinked(b, links).filter(admitted)] as const;
  if (free[0].length === 0 || free[1].length === 0) return;
  const colours = [
    startColours(a, (m) => m.symbol, linkedA(links), numeric),
    startColours(b, (m) => links.get(m.symbol)?.a ?? m.symbol, links, numeric),
  ] as const;
  const history: (readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    refine(a, free[0], colours[0], numeric);
    refine(b, free[1], colours[1], numeric);
    history.push([new Map(colours[0]), new Map(colours[1])]);
  }
  // What looks far is the best evidence, but a single difference is seen from afar: what is left is judged by its surroundings.
  for (const [p, q] of history.reverse()) {
    const taken = linkedA(links);
    const [as, bs] = [
      byKey(
        free[0].filter((m) => !taken.has(m.symbol)),
        (m) => p.get(m.symbol) ?? "",
      ),
      byKey(
        free[1].filter((m) => !links.has(m.symbol)),
        (m) => q.get(m.symbol) ?? "",
      ),
    ];
    for (const [colour, members] of as) {
      const others = bs.get(colour) ?? [];
      // Several of one colour are copies of each other: any order will do.
      if (members.length === others.length)
        members.forEach((m, k) => links.set(present(others[k], "copy").symbol, plainLink(m.symbol)));
    }
  }
}

function startColours(
  s: System,
  nameInA: (m: Member) => string,
  linked: { has(symbol: string): boolean },
  numeric: boolean,
): Map<string, string> {
  return new Map(
    [...s.members.values()].map((m) => {
      const value = s.values.get(m.symbol) ?? NaN;
      const known = numeric && Number.isFinite(value) ? ` ${Number(value.toPrecision(9))}` : "";
      return [
        m.symbol,
        linked.has(m.symbol) ? `= ${nameInA(m)}` : `${roleClass(m.role)} ${m.dimension?.key ?? ""}${known}`,
      ];
    }),
  );
}

function refine(s: System, free: readonly Member[], colours: Map<string, string>, numeric: boolean): void {
  const wanted = new Set(free.map((m) => m.symbol));
  const evidence = new Map(free.map((m): [string, string[]] => [m.symbol, []]));
  const colourOf = (name: string): string => colours.get(name) ?? name;
  const valueOf = (name: string): number => {
    const value = numeric ? (s.values.get(name) ?? NaN) : NaN;
    return Number.isFinite(value) ? value : colourValue(colourOf(name));
  };
  let spent = 0;
  const look = (label: string, target: string, shape: string, parts: readonly Expr[]): void => {
    const own = evidence.get(target);
    if (own !== undefined) own.push(`${label} ${shape} ${parts.map((e) => fingerprint(e, valueOf)).join(" ")}`);
    for (const name of new Set(parts.flatMap((e) => [...symbolsOf(e)]))) {
      const place = evidence.get(name);
      if (place === undefined || !wanted.has(name)) continue;
      spent += parts.length * 20;
      if (spent > MOST_NODES) return;
      place.push(
        `in ${label} of ${name === target ? "itself" : colourOf(target)} ${shape} ${parts.map((e) => fingerprint(e, (n) => (n === name ? MARK : valueOf(n)))).join(" ")}`,
      );
    }
  };
  for (const clause of s.clauses.values())
    if (LOOKED_AT.has(clause.family)) look(clause.family, clause.target, clause.shape, clause.parts);
  for (const event of s.events) {
    look("on", "", "", [event.condition]);
    for (const [target, value] of event.assignments) look("event", target, "", [value]);
  }
  for (const [name, found] of evidence) colours.set(name, digest(`${colourOf(name)} | ${found.sort().join(" | ")}`));
}

const LOOKED_AT: ReadonlySet<string> = new Set<Clause["family"]>(
  DECIDING.filter((f) => f !== "hold" && f !== "calculus"),
);

const colourValues = new Map<string, number>();

/** Between 0.5 and 1.5, the same wherever the colour is the same. */
function colourValue(colour: string): number {
  const known = colourValues.get(colour);
  if (known !== undefined) return known;
  if (colourValues.size > 20_000) colourValues.clear();
  const value = 0.5 + uniform(stream(0, colour), 0, 0);
  colourValues.set(colour, value);
  return value;
}

/** Eight digits: what rewriting does to the last ones does not matter. */
function fingerprint(e: Expr, valueOf: (name: string) => number): string {
  const compared = sides(e);
  const value = evaluate(compared?.excess ?? e, valueOf, elementary);
  return `${compared === null ? "" : compared.strict ? ">" : ">="}${Number.isFinite(value) ? value.toPrecision(8) : String(value)}`;
}

// ---- by little

/** States of one dimension that are left, best likeness first. */
function linkWeakly(a: System, b: System, links: Map<string, Link>, weak: Set<string>): void {
  const [as, bs] = [
    unlinked(a, linkedA(links)).filter((m) => m.role === "state"),
    unlinked(b, links).filter((m) => m.role === "state"),
  ];
  // Beyond that names are no accident.
  if (as.length * bs.length === 0 || as.length * bs.length > 2500) return;
  const [placesA, placesB] = [placesOf(a), placesOf(b)];
  const pairs = as.flatMap((m) =>
    bs
      .filter((n) => n.dimension?.key === m.dimension?.key)
      .map((n) => ({ m, n, score: likeness(m, n, a, b, placesA, placesB) })),
  );
  pairs.sort((p, q) => q.score - p.score);
  const taken = new Set<Member>();
  for (const { m, n, score } of pairs) {
    if (score < 2 || taken.has(m) || taken.has(n)) continue;
    taken.add(m).add(n);
    links.set(n.symbol, plainLink(m.symbol));
    weak.add(n.symbol);
  }
}

function likeness(
  m: Member,
  n: Member,
  a: System,
  b: System,
  placesA: ReadonlyMap<string, ReadonlySet<string>>,
  placesB: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  const [p, q] = [placesA.get(m.symbol) ?? new Set<string>(), placesB.get(n.symbol) ?? new Set<string>()];
  const shared = [...p].filter((x) => q.has(x)).length / Math.max(p.size, q.size, 1);
  const initial = a.initial.get(m.symbol) === b.initial.get(n.symbol) ? 0.5 : 0;
  return (
    (m.doc !== "" && m.doc === n.doc ? 2 : 0) + 2 * shared + (p.has("spike") && q.has("spike") ? 0.5 : 0) + initial
  );
}

/** In what families of clauses each symbol stands, and has clauses of its own. */
function placesOf(s: System): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  const put = (name: string, place: string): void =>
    void (places.get(name) ?? places.set(name, new Set()).get(name))?.add(place);
  for (const clause of s.clauses.values()) {
    put(clause.target, `has ${clause.family}`);
    for (const e of clause.parts)
      for (const name of symbolsOf(e)) put(name, clause.target === name ? `${clause.family} of itself` : clause.family);
  }
  return places;
}
