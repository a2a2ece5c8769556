// Sees through other choices of the same model: a time constant for a rate, a potential measured from rest, currents divided by the capacitance.
import { affine } from "../../algebra/affine.ts";
import { evaluate } from "../../algebra/evaluate.ts";
import { number, symbol, type Expr } from "../../algebra/expression.ts";
import { fromDecimal, equal as sameNumber, one } from "../../algebra/rational.ts";
import { minus, negated, nought, over, plus, times, unity } from "../../algebra/reals.ts";
import { factorsOf } from "../../algebra/sums.ts";
import { contains, substitute, symbolsOf } from "../../algebra/traverse.ts";
import { divide, equal as sameDimension, type Dimension } from "../../quantities/dimension.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { NEURON, TARGET, TIME } from "../../4-plan/symbols.ts";
import { ANYWHERE, judge, sides, type Judge } from "./agree.ts";
import { stream, uniform } from "../../runtime/random.ts";
import { conditionsFor, isolate } from "./isolate.ts";
import { isParameter, linkEqualValues, linkedA, matchNames, matchSpelling, unlinked } from "./match.ts";
import { spelling } from "./names.ts";
import {
  DECIDING,
  isOnlyB,
  isPlain,
  namesIn,
  near,
  onlyB,
  outcomes,
  pairedEvents,
  type EventOutcome,
  type Link,
  type Outcome,
  type Pairing,
  translation,
} from "./pairing.ts";
import { verdictSeenThrough } from "./seenValue.ts";
import {
  clauseOf,
  knownValue,
  rangeOfValue,
  type Clause,
  type Family,
  type Member,
  type System,
  type SystemEvent,
} from "./system.ts";

export interface Seen {
  readonly pairing: Pairing;
  readonly judge: Judge;
}

/** Between which values sweeps set parameters of the set-up, by symbol. */
export type Swept = ReadonlyMap<string, readonly [least: number, most: number]>;

/** What parameters are seen through in: a let that is recorded shows what it is, too. */
const SOLVED: readonly Family[] = [...DECIDING, "let"];
/** Attempts at solving for a parameter, in one comparison of two models. */
const MOST_ATTEMPTS = 300;
/** Parameters that one clause is solved for. */
const MOST_UNKNOWNS = 8;
/** Pairs of parameters that are tried as multiples of each other. */
const MOST_MEASURES = 40;
/** Clauses beyond which no other measure of a state is tried. */
const MOST_CLAUSES = 600;
/** Noises and states beyond whose product noises are taken as they are written. */
const MOST_NOISE_PLACES = 4000;
/** Nodes of a model's clauses beyond which its names are taken by their spelling alone. */
const MOST_NODES = 1_500_000;

/** The pairing of names under which two systems differ least. */
export function seeThrough(
  a: System,
  b: System,
  given: Pairing = { links: new Map(), solved: new Map() },
  swept: Swept = new Map(),
): Seen {
  const search = new Search(a, b, swept);
  if (isVast(a, MOST_NODES) || isVast(b, MOST_NODES)) {
    return {
      pairing: { ...given, links: matchSpelling(a, b, given.links) },
      judge: { ...search.judge, exhausted: () => true },
    };
  }
  const { links, weak } = matchNames(a, b, given.links);
  let pairing: Pairing = search.solve({ links, solved: given.solved }, true);
  pairing = search.otherScales(pairing);
  pairing = search.otherOrigins(pairing);
  pairing = search.noisesByPlace(pairing);
  pairing = search.solve(
    { ...pairing, links: linkEqualValues(a, b, pairing.links, new Set(pairing.solved.keys())) },
    true,
  );
  pairing = search.solve(pairing, false);
  pairing = search.otherMeasures(pairing);
  pairing = search.permuted(pairing);
  const unlikely = search.refuted(pairing, weak);
  if (unlikely.size > 0)
    pairing = search.solve(
      { ...pairing, links: new Map([...pairing.links].filter(([name]) => !unlikely.has(name))) },
      true,
    );
  return { pairing, judge: search.judge };
}

function isVast(s: System, most: number): boolean {
  let nodes = 0;
  for (const clause of s.clauses.values()) {
    for (const e of clause.parts) {
      if (contains(e, () => ++nodes > most)) return true;
    }
  }
  return false;
}

class Search {
  readonly judge: Judge;
  private readonly a: System;
  private readonly b: System;
  private attempts = 0;
  private readonly moving = new Map<string, boolean>();
  private readonly ranges = new Map<string, readonly [number, number]>();

  private readonly swept: Swept;

  constructor(a: System, b: System, swept: Swept) {
    this.a = a;
    this.b = b;
    this.swept = swept;
    const centre = (name: string): number | null => {
      const [s, own] = isOnlyB(name) ? [b, name.slice(2)] : [a, name];
      return s.values.get(own) ?? s.initial.get(own) ?? null;
    };
    this.judge = judge({
      centre,
      isFixed: (name) => !this.moves(name),
      rangeOf: (name) => this.rangeOf(name),
      isSwept: (name) => this.sweptRange(name) !== null,
    });
  }

  private member(name: string): Member | undefined {
    return isOnlyB(name) ? this.b.members.get(name.slice(2)) : this.a.members.get(name);
  }

  /** Whatever is no parameter, and a weight that plasticity changes. */
  private moves(name: string): boolean {
    const known = this.moving.get(name);
    if (known !== undefined) return known;
    const m = this.member(name);
    const made = m === undefined || !isParameter(m.role) || isSetLater(isOnlyB(name) ? this.b : this.a, m.symbol);
    this.moving.set(name, made);
    return made;
  }

  private rangeOf(name: string): readonly [number, number] {
    const known = this.ranges.get(name);
    if (known !== undefined) return known;
    const most = [this.a, this.b].map((s) => (s.counts.get(name) ?? Infinity) - 1);
    const made: readonly [number, number] = this.moves(name)
      ? name === NEURON || name === TARGET
        ? [0, Math.max(...most)]
        : name === TIME
          ? [0, Infinity]
          : ANYWHERE
      : (this.sweptRange(name) ?? this.rangeOfOne(name));
    this.ranges.set(name, made);
    return made;
  }

  private rangeOfOne(name: string): readonly [number, number] {
    return isOnlyB(name) ? rangeOfValue(this.b, name.slice(2)) : rangeOfValue(this.a, name);
  }

  /** Of what a sweep sets and of what follows that; null of what it does not reach. Of a name of both models in either. */
  private sweptRange(name: string): readonly [number, number] | null {
    if (this.swept.size === 0) return null;
    const of = (s: System, own: string): readonly [number, number] | null => {
      const { shape, parts: [value] = [] } = clauseOf(s, "value", own) ?? {};
      const set = this.swept.get(own);
      if (set !== undefined || value === undefined) return set ?? null;
      const ranges = [...symbolsOf(value)].flatMap((other) => [of(s, other)].filter((r) => r !== null));
      return ranges.length === 0 ? null : value.kind === "symbol" && shape === "" ? (ranges[0] ?? null) : ANYWHERE;
    };
    return isOnlyB(name)
      ? of(this.b, name.slice(2))
      : (of(this.a, name) ?? (this.b.members.has(name) ? of(this.b, name) : null));
  }

  private different(pairing: Pairing): Outcome[] {
    return outcomes(this.a, this.b, pairing, this.judge, SOLVED).filter((o) => o.verdict === "different");
  }

  /** Clauses and events. */
  private all(pairing: Pairing): readonly (Outcome | EventOutcome)[] {
    return [
      ...outcomes(this.a, this.b, pairing, this.judge, SOLVED),
      ...pairedEvents(this.a, this.b, pairing, this.judge),
    ];
  }

  /** What is not proven the same: no choice of names and measures makes "different" a mere "undecided". */
  private count(pairing: Pairing): number {
    return this.all(pairing).filter((o) => o.verdict !== "same").length;
  }

  // ---- parameters

  /**
   * Expresses parameters that have no counterpart by the other model's, as long as that makes clauses the same. `agreeing`: only where their values are then the
   * same too; else where it is a plain product or quotient of others.
   */
  solve(start: Pairing, agreeing: boolean): Pairing {
    let pairing = start;
    for (;;) {
      const next = this.oneMore(pairing, agreeing);
      if (next === null) return pairing;
      pairing = next;
    }
  }

  private oneMore(pairing: Pairing, agreeing: boolean): Pairing | null {
    const open = this.openParameters(pairing);
    const failing = this.all(pairing).filter((o) => o.verdict !== "same" && o.pairs.length > 0);
    let found = pairing;
    for (const { pairs } of open.size === 0 ? [] : failing) {
      for (const [x, y] of pairs) {
        // In the light of what this round has found already.
        const [p, q] = found === pairing ? [x, y] : [substitute(x, found.solved), substitute(y, found.solved)];
        const verdict = this.judge.verdict(p, q);
        if (verdict === "same" || (verdict === "undecided" && !agreeing)) continue;
        const tried = this.solveClause(p, q, open, found, agreeing);
        // What no point tells apart has to be proven the same by it.
        const isBetter =
          verdict === "different" ||
          (tried !== null && this.judge.verdict(substitute(p, tried.solved), substitute(q, tried.solved)) === "same");
        if (tried !== null && isBetter) found = tried;
      }
    }
    if (found !== pairing) return found;
    return agreeing
      ? this.otherMeaning(
          pairing,
          failing.filter((o) => o.verdict === "different").flatMap((o) => ("family" in o ? [o] : [])),
        )
      : null;
  }

  /** Solves for one parameter after the other until the two are the same. */
  private solveClause(x: Expr, y: Expr, open: ReadonlySet<string>, start: Pairing, agreeing: boolean): Pairing | null {
    // With all values put in, what only looks different is the same already.
    if (agreeing && !this.sameUnderValues(x, y, start)) return null;
    let [p, q, pairing] = [x, y, start];
    const measures = new Set([...start.links.values()].flatMap((l) => [...symbolsOf(l.scale), ...symbolsOf(l.shift)]));
    for (let step = 0; step < MOST_UNKNOWNS; step++) {
      const next = this.solveOne(p, q, open, pairing, measures, agreeing);
      if (next === null) return agreeing ? this.asNumbers(p, q, open, pairing) : null;
      const by = new Map([[next.u, next.r]]);
      [p, q, pairing] = [substitute(p, by), substitute(q, by), solvedFor(pairing, next.u, next.r)];
      if (this.judge.verdict(p, q) !== "different") return pairing;
    }
    return null;
  }

  /** Parameters that only one model has are the numbers that they are there: `exp(V/s)` against `exp(V/(2 mV))`, which nothing solves for s. */
  private asNumbers(x: Expr, y: Expr, open: ReadonlySet<string>, pairing: Pairing): Pairing | null {
    const numbers = new Map(
      [...new Set([...symbolsOf(x), ...symbolsOf(y)])]
        .filter((u) => open.has(u) && !pairing.solved.has(u))
        .map((u): [string, Expr] => [u, number(this.valueOf(u, pairing.links))])
        .filter(([, r]) => r.kind === "number" && Number.isFinite(r.value)),
    );
    if (numbers.size === 0 || this.judge.verdict(substitute(x, numbers), substitute(y, numbers)) === "different")
      return null;
    return [...numbers].reduce((all, [u, r]) => solvedFor(all, u, r), pairing);
  }

  private solveOne(
    x: Expr,
    y: Expr,
    open: ReadonlySet<string>,
    pairing: Pairing,
    measures: ReadonlySet<string>,
    agreeing: boolean,
  ): { readonly u: string; readonly r: Expr } | null {
    const moves = (name: string): boolean => this.moves(name);
    if (this.attempts >= MOST_ATTEMPTS) return null;
    for (const condition of conditionsFor(x, y, moves)) {
      const names = [...symbolsOf(condition)].filter((name) => open.has(name) && !pairing.solved.has(name));
      // What others are measured by is expressed last, names of the second model first.
      const order = (name: string): number => (measures.has(name) ? 2 : 0) + (isOnlyB(name) ? 0 : 1);
      for (const u of names.sort((m, n) => order(m) - order(n))) {
        if (++this.attempts > MOST_ATTEMPTS) return null;
        const multiples = this.multiples(u, condition, pairing);
        // A root of a sum has the rounding of its numbers: a plain multiple that does as well is what is meant.
        const isMeant = (r: Expr): boolean =>
          this.judge.verdict(substitute(x, new Map([[u, r]])), substitute(y, new Map([[u, r]]))) === "same";
        const candidates = [...multiples.filter(isMeant), ...isolate(condition, u, moves)];
        const admitted = candidates.find((r) =>
          agreeing
            ? this.agrees(u, r, pairing)
            : isPlainProduct(r) && [...symbolsOf(r)].some((name) => open.has(name) && isOnlyB(name) !== isOnlyB(u)),
        );
        if (admitted !== undefined) return { u, r: admitted };
      }
    }
    return null;
  }

  /** `u` as a multiple of a parameter of the other model, where nothing solves for it: abs(u/2) is abs(E). */
  private multiples(u: string, condition: Expr, { links }: Pairing): Expr[] {
    const own = this.member(u);
    return [...symbolsOf(condition)].flatMap((name) => {
      const other = this.member(name);
      const ratio = this.ratioOf(u, name, links);
      const isLike =
        isOnlyB(name) !== isOnlyB(u) &&
        !this.moves(name) &&
        own?.dimension != null &&
        other?.dimension != null &&
        sameDimension(own.dimension, other.dimension);
      return isLike && Number.isFinite(ratio) ? [times(number(Number(ratio.toPrecision(12))), symbol(name))] : [];
    });
  }

  /** Also of what differs between neurons, where it is one for all that are looked at; else NaN. */
  private ratioOf(u: string, name: string, links: ReadonlyMap<string, Link>): number {
    const valueAt = (own: string, neuron: number): number => {
      const b = isOnlyB(own) ? own.slice(2) : [...links].find(([, link]) => link.a === own)?.[0];
      const [s, target] = b === undefined ? [this.a, own] : [this.b, b];
      const { shape, parts: [value] = [] } = clauseOf(s, "value", target) ?? {};
      return shape !== "" || value === undefined
        ? (s.values.get(target) ?? NaN)
        : knownValue(value, (other) => (other === NEURON || other === TARGET ? neuron : (s.values.get(other) ?? NaN)));
    };
    const [first = NaN, ...others] = [0, 1, 2].map((k) => valueAt(u, k) / valueAt(name, k));
    return others.every((ratio) => near(first, ratio)) ? first : NaN;
  }

  /** A parameter of another name may be a multiple, which nothing needs to solve for: the step of E is that of 2*E. Whatever reads it has to be the same then. */
  otherMeasures(start: Pairing): Pairing {
    const explained = namesIn(start);
    const open = [...this.openParameters(start)].filter((name) => !explained.has(name));
    const linked = [...start.links].flatMap(([name, link]): (readonly [string, string])[] => {
      const [m, n] = [this.a.members.get(link.a), this.b.members.get(name)];
      const isOther =
        m !== undefined &&
        n !== undefined &&
        isPlain(link) &&
        isParameter(n.role) &&
        m.name !== n.name &&
        !near(this.a.values.get(link.a) ?? NaN, this.b.values.get(name) ?? NaN);
      return isOther ? [[onlyB(name), link.a]] : [];
    });
    const left = open
      .filter(isOnlyB)
      .flatMap((u) => open.filter((name) => !isOnlyB(name)).map((name) => [u, name] as const));
    let pairing = start;
    for (const [u, name] of [...linked, ...left].slice(0, MOST_MEASURES)) {
      if (pairing.solved.has(u)) continue;
      const freed: Pairing = {
        ...pairing,
        links: new Map([...pairing.links].filter(([other]) => onlyB(other) !== u)),
      };
      const [meaning] = this.multiples(u, symbol(name), freed);
      if (meaning === undefined) continue;
      const tried = solvedFor(freed, u, meaning);
      const isOther = this.all(tried).some(
        ({ verdict, a, b }) => verdict !== "same" && (isRead(a, name) || isRead(b, u.slice(2))),
      );
      if (!isOther) pairing = tried;
    }
    return pairing;
  }

  /** Whether two clauses are the same for the values that the parameters have, each model's own. */
  private sameUnderValues(x: Expr, y: Expr, { links }: Pairing): boolean {
    const [p, q] = [sides(x), sides(y)];
    if (p?.strict !== q?.strict) return false;
    const others = new Map([...links].map(([name, link]) => [link.a, name]));
    for (let k = 0; k < 6; k++) {
      const at = (name: string): number => {
        if (this.moves(name)) return 0.5 + uniform(stream(0, name), k, 0);
        const other = isOnlyB(name) ? name.slice(2) : others.get(name);
        return (other === undefined ? this.a.values.get(name) : this.b.values.get(other)) ?? NaN;
      };
      const [left, right] = [evaluate(p?.excess ?? x, at, elementary), evaluate(q?.excess ?? y, at, elementary)];
      // Values that are not known, or not defined here, exclude nothing.
      if (p === null && Math.abs(left - right) > 1e-6 * Math.max(Math.abs(left), Math.abs(right), 1e-9)) return false;
      if (p !== null && left * right < 0) return false;
    }
    return true;
  }

  /** How many clauses would at least remain different, whatever parameters were expressed by others of the same value. */
  private leastPossible(pairing: Pairing): number {
    return this.different(pairing).filter(
      (o) => o.pairs.length === 0 || o.pairs.some(([x, y]) => !this.sameUnderValues(x, y, pairing)),
    ).length;
  }

  private openParameters(pairing: Pairing): ReadonlySet<string> {
    const free = (s: System, linked: { has(name: string): boolean }): string[] =>
      unlinked(s, linked)
        .filter((m) => isParameter(m.role))
        .map((m) => m.symbol);
    const all = [...free(this.b, pairing.links).map(onlyB), ...free(this.a, linkedA(pairing.links))];
    return new Set(all.filter((name) => !pairing.solved.has(name)));
  }

  /** A parameter that has kept its name but not its meaning: Θ_inf above rest instead of above 0. Its value has to prove it. */
  private otherMeaning(pairing: Pairing, failing: readonly Outcome[]): Pairing | null {
    let before: number | null = null;
    for (const { family, targetB, pairs } of failing) {
      for (const [x, y] of pairs) {
        const isOneNumber = [...symbolsOf(x), ...symbolsOf(y)].every(
          (name) => this.moves(name) || Number.isFinite(this.valueOf(name, pairing.links)),
        );
        if (this.judge.verdict(x, y) === "different" && isOneNumber && this.sameUnderValues(x, y, pairing)) continue;
        for (const [name, link] of pairing.links) {
          const m = this.b.members.get(name);
          if (m === undefined || !isParameter(m.role) || !symbolsOf(y).has(link.a) || !isPlain(link)) continue;
          if (near(this.a.values.get(link.a) ?? NaN, this.b.values.get(name) ?? NaN)) continue;
          // No two draws are one, whatever is made of them.
          if (clauseOf(this.b, "value", name)?.shape.startsWith("~") === true) continue;
          const freed: Pairing = { ...pairing, links: new Map([...pairing.links].filter(([other]) => other !== name)) };
          const apart = this.different(freed).find((o) => o.family === family && o.targetB === targetB);
          for (const [p, q] of apart?.pairs ?? []) {
            const tried = this.solveClause(p, q, new Set([onlyB(name)]), freed, true);
            before ??= this.count(pairing);
            if (tried !== null && this.count(tried) < before) return tried;
          }
        }
      }
    }
    return null;
  }

  /** Whether the parameter has the value that the expression gives it, where both models' common parameters have the second one's values. */
  private agrees(u: string, r: Expr, pairing: Pairing): boolean {
    const valueOf = (name: string): number => this.valueOf(name, pairing.links);
    const [own, other] = [valueOf(u), knownValue(r, valueOf)];
    return (
      near(own, other) ||
      // What differs between neurons, or is drawn, has no one number.
      (Number.isNaN(own) &&
        Number.isNaN(other) &&
        verdictSeenThrough(u, r, this.a, this.b, pairing, this.judge) !== "different")
    );
  }

  private valueOf(name: string, links: ReadonlyMap<string, Link>): number {
    if (isOnlyB(name)) return this.b.values.get(name.slice(2)) ?? NaN;
    const other = [...links].find(([, link]) => link.a === name)?.[0];
    return (other === undefined ? this.a.values.get(name) : this.b.values.get(other)) ?? NaN;
  }

  // ---- states and inputs

  /** A potential measured from rest: b = a - E_L. Candidates are what the initial values differ by, and parameters of the dimension. */
  otherOrigins(start: Pairing): Pairing {
    if (this.a.clauses.size + this.b.clauses.size > MOST_CLAUSES) return start;
    let best = start;
    let least = this.count(start);
    for (const [name, link] of start.links) {
      const m = this.b.members.get(name);
      if (least === 0 || m?.role !== "state" || m.dimension === null || !isPlain(link)) continue;
      if (
        !this.different(best).some(
          (o) => o.targetB === name || o.pairs.some(([x, y]) => symbolsOf(x).has(link.a) || symbolsOf(y).has(link.a)),
        )
      )
        continue;
      for (const shift of this.shifts(name, link.a, m.dimension, best)) {
        const shifted = this.movedWith(shift, m.dimension, {
          ...best,
          links: new Map(best.links).set(name, { a: link.a, scale: unity, shift }),
        });
        if (this.leastPossible(shifted) >= least) continue;
        const tried = this.solve(shifted, true);
        const count = this.count(tried);
        if (count >= least || this.different(tried).some((o) => o.family === "rate" && o.targetB === name)) continue;
        [best, least] = [tried, count];
        if (least === 0) return best;
      }
    }
    return best;
  }

  /** Parameters that lie as far from those they are linked to as the origin was moved are measured from it, too: a threshold above rest. */
  private movedWith(shift: Expr, dimension: Dimension, { links, solved }: Pairing): Pairing {
    const by = knownValue(shift, (name) => this.valueOf(name, links));
    const [kept, moved] = [new Map(links), new Map(solved)];
    if (!Number.isFinite(by) || by === 0) return { links, solved };
    for (const [name, link] of links) {
      const m = this.b.members.get(name);
      if (
        m === undefined ||
        !isParameter(m.role) ||
        m.dimension === null ||
        !sameDimension(m.dimension, dimension) ||
        !isPlain(link)
      )
        continue;
      const [before, after] = [this.a.values.get(link.a) ?? NaN, this.b.values.get(name) ?? NaN];
      if (near(before, after) || !near(before + by, after) || symbolsOf(shift).has(link.a)) continue;
      kept.delete(name);
      moved.set(onlyB(name), plus(symbol(link.a), shift));
    }
    return { links: kept, solved: moved };
  }

  private shifts(name: string, nameA: string, dimension: Dimension, pairing: Pairing): Expr[] {
    const words = translation(pairing);
    const found: Expr[] = [];
    const [p, q] = [clauseOf(this.a, "initial", nameA), clauseOf(this.b, "initial", name)];
    if (p?.shape === "" && q?.shape === "" && p.parts[0] !== undefined && q.parts[0] !== undefined) {
      const shift = minus(words.b(q.parts[0]), words.a(p.parts[0]));
      if (![...symbolsOf(shift)].some((s) => this.moves(s))) found.push(shift);
    }
    for (const e of this.parametersOf(dimension, pairing)) found.push(negated(e), e);
    return found.filter((e) => e !== nought).slice(0, 12);
  }

  /** Parameters of one dimension as expressions, those that only one model has first. */
  private parametersOf(dimension: Dimension, pairing: Pairing): Expr[] {
    const fits =
      (s: System) =>
      (m: Member): boolean =>
        isParameter(m.role) &&
        m.dimension !== null &&
        sameDimension(m.dimension, dimension) &&
        !isSetLater(s, m.symbol);
    const own = [
      ...unlinked(this.a, linkedA(pairing.links))
        .filter(fits(this.a))
        .map((m) => m.symbol),
      ...unlinked(this.b, pairing.links)
        .filter(fits(this.b))
        .map((m) => onlyB(m.symbol)),
    ];
    const common = [...this.a.members.values()]
      .filter(fits(this.a))
      .map((m) => m.symbol)
      .filter((s) => !own.includes(s));
    return [...own, ...common]
      .filter((name) => !pairing.solved.has(name))
      .slice(0, 12)
      .map(symbol);
  }

  /** States and inputs of other dimensions under the same name: all divided by the capacitance, or by whatever parameter has the dimension of the quotient. */
  otherScales(start: Pairing): Pairing {
    const free = unlinked(this.a, linkedA(start.links));
    const states = unlinked(this.b, start.links).filter((m) => m.role === "state").length;
    const pairs = unlinked(this.b, start.links).flatMap((m) => {
      if (m.role !== "state" && m.role !== "input") return [];
      const fitting = free.filter((other) => other.role === m.role && other.dimension !== null);
      const same = fitting.filter((other) => spelling(other.name).toLowerCase() === spelling(m.name).toLowerCase());
      const other =
        same.length === 1
          ? same[0]
          : fitting.length === 1 && (m.role === "input" || states === 1)
            ? fitting[0]
            : undefined;
      return other?.dimension == null || m.dimension === null
        ? []
        : [
            {
              name: m.symbol,
              a: other.symbol,
              ratio: divide(m.dimension, other.dimension),
              inverse: divide(other.dimension, m.dimension),
            },
          ];
    });
    let best = start;
    let least = this.count(start);
    for (const ratio of new Map(pairs.map((p) => [p.ratio.key, p])).values()) {
      const scales = [
        ...this.parametersOf(ratio.ratio, start),
        ...this.parametersOf(ratio.inverse, start).map((e) => over(unity, e)),
      ];
      for (const scale of scales.filter((e) => !(knownValue(e, (n) => this.valueOf(n, start.links)) < 0)).slice(0, 8)) {
        const links = new Map(start.links);
        for (const p of pairs) if (p.ratio.key === ratio.ratio.key) links.set(p.name, { a: p.a, scale, shift: nought });
        const tried = this.solve({ ...start, links }, true);
        const count = this.count(tried);
        if (count < least) [best, least] = [tried, count];
      }
    }
    return best;
  }

  /** Elements of an index in another order: [300, 10] ms for [10, 300] ms, all that has the index along with it. Not where a run shows which is which. */
  permuted(start: Pairing): Pairing {
    let best = start;
    for (const [index, elements] of indexed(this.b)) {
      const pairs = elements.flatMap((m) => {
        const link = start.links.get(m.symbol);
        const other = link === undefined || !isPlain(link) ? undefined : this.a.members.get(link.a);
        return other?.quantity == null || other.quantity.name !== m.quantity?.name || other.name !== m.name
          ? []
          : [{ m, other }];
      });
      const isShown = pairs.some(({ m }) =>
        [this.a, this.b].some((s) => s.outside?.recorded.has(m.quantity?.name ?? "") === true),
      );
      if (pairs.length < elements.length || isShown || indexed(this.a).get(index)?.length !== elements.length) continue;
      const order = orderOf(
        elements.filter((m) => isParameter(m.role)),
        this.a,
        this.b,
      );
      if (order === null) continue;
      const links = new Map(best.links);
      for (const { m } of pairs)
        links.set(m.symbol, { a: atPlace(m, order.get(placeOf(m)) ?? placeOf(m)), scale: unity, shift: nought });
      const tried = { ...best, links };
      if (this.count(tried) <= this.count(best)) best = tried;
    }
    return best;
  }

  /**
   * White noise and its negative are the same noise, and which of several is which only what they drive says: each goes with the one that has the same factors in
   * the same rates, all of them or all with the opposite sign. That two have them is an equivalence, so that no order needs to be tried.
   */
  noisesByPlace(start: Pairing): Pairing {
    if (outcomes(this.a, this.b, start, this.judge, ["noise"]).every((o) => o.verdict !== "different")) return start;
    const noisesOf = (s: System): string[] =>
      [...s.members.values()].filter((m) => m.role === "noise").map((m) => m.symbol);
    const [own, others] = [noisesOf(this.a), noisesOf(this.b)];
    const rates = outcomes(
      this.a,
      this.b,
      { ...start, links: new Map([...start.links].filter(([name]) => this.b.members.get(name)?.role !== "noise")) },
      this.judge,
      ["noise"],
    ).flatMap(({ pairs: [shared] }) => (shared === undefined ? [] : [shared]));
    if (own.length * others.length * rates.length > MOST_NOISE_PLACES) return start;
    const [placesA, placesB] = [new Set(own), new Set(others.map(onlyB))];
    const factors = rates.map(([x, y]) => [affine(x, placesA), affine(y, placesB)] as const);
    const fit = (n: string, m: string, sign: 1 | -1): { readonly isWhole: boolean; readonly score: number } => {
      let [isWhole, score] = [true, 0];
      for (const [p, q] of factors) {
        const [x, y] = [p?.coefficients.get(n) ?? null, q?.coefficients.get(onlyB(m)) ?? null];
        if (x === null && y === null) continue;
        const isSame = x !== null && y !== null && this.judge.verdict(x, sign === 1 ? y : negated(y)) !== "different";
        if (!isSame) isWhole = false;
        // Where they drive one rate, with another factor, one may still have become the other.
        score += isSame ? 4 : x !== null && y !== null ? 1 : -1;
      }
      return { isWhole, score };
    };
    const candidates = own.flatMap((n) =>
      others.flatMap((m) =>
        ([1, -1] as const).map((sign) => ({ n, m, sign, isKept: start.links.get(m)?.a === n, ...fit(n, m, sign) })),
      ),
    );
    candidates.sort(
      (p, q) => Number(q.isWhole) - Number(p.isWhole) || q.score - p.score || Number(q.isKept) - Number(p.isKept),
    );
    const links = new Map([...start.links].filter(([name]) => !others.includes(name)));
    const taken = new Set<string>();
    for (const { n, m, sign } of candidates) {
      if (taken.has(n) || links.has(m)) continue;
      taken.add(n);
      links.set(m, { a: n, scale: sign === 1 ? unity : negated(unity), shift: nought });
    }
    return { ...start, links };
  }

  /** Weakly matched states whose equations do not bear it out, unless the spikes are theirs or others make the same use of them. */
  refuted(pairing: Pairing, weak: ReadonlySet<string>): ReadonlySet<string> {
    if (weak.size === 0) return weak;
    const all = outcomes(this.a, this.b, pairing, this.judge);
    const failing = new Set(all.filter((o) => o.verdict === "different" && o.family === "rate").map((o) => o.targetB));
    const used = new Set(
      all
        .filter((o) => o.verdict !== "different" && o.a !== null)
        .flatMap((o) => o.pairs.flatMap(([x]) => [...symbolsOf(x)].filter((name) => name !== o.targetA))),
    );
    const spikes = (s: System, name: string): boolean =>
      [...s.clauses.values()].some((c) => c.family === "spike" && c.parts.some((e) => symbolsOf(e).has(name)));
    return new Set(
      [...weak].filter((name) => {
        const state = pairing.links.get(name)?.a ?? "";
        return failing.has(name) && !used.has(state) && !(spikes(this.b, name) && spikes(this.a, state));
      }),
    );
  }
}

function isRead(by: Clause | SystemEvent | null, name: string): boolean {
  if (by === null) return false;
  const all = "parts" in by ? by.parts : [by.condition, ...by.assignments.values()];
  return all.some((e) => symbolsOf(e).has(name));
}

/** Elements of what has one index, by that. */
function indexed(s: System): ReadonlyMap<string, readonly Member[]> {
  const found = new Map<string, Member[]>();
  for (const m of s.members.values()) {
    const [range, ...more] = m.quantity?.indices ?? [];
    if (range === undefined || more.length > 0 || m.role === "let" || m.role === "outer") continue;
    const key = `${range.name} ${range.from}..${range.to}`;
    found.set(key, [...(found.get(key) ?? []), m]);
  }
  return found;
}

function placeOf({ name }: Pick<Member, "name">): string {
  return name.slice(name.lastIndexOf("["));
}

function atPlace({ symbol: own, name }: Member, place: string): string {
  return own.slice(0, own.length - placeOf({ name }).length) + place;
}

/** Which place of the first model each of the second's is, by the values of their parameters; null where they are in one order, or are others. */
function orderOf(parameters: readonly Member[], a: System, b: System): ReadonlyMap<string, string> | null {
  const valuesOf = (s: System): Map<string, string> => {
    const all = new Map<string, string>();
    for (const m of parameters)
      all.set(placeOf(m), `${all.get(placeOf(m)) ?? ""} ${Number((s.values.get(m.symbol) ?? NaN).toPrecision(9))}`);
    return all;
  };
  const [here, there] = [valuesOf(a), valuesOf(b)];
  const left = new Set(here.keys());
  const order = new Map<string, string>();
  for (const [place, values] of there) {
    const other = values.includes("NaN")
      ? undefined
      : [place, ...left].find((p) => left.has(p) && here.get(p) === values);
    if (other === undefined) return null;
    left.delete(other);
    order.set(place, other);
  }
  return [...order].every(([p, q]) => p === q) ? null : order;
}

/** A weight that plasticity changes is no measure of anything. */
function isSetLater(s: System, symbol: string): boolean {
  return (
    (["rate", "reset", "pre", "post"] as const).some((family) => clauseOf(s, family, symbol) !== null) ||
    s.events.some((e) => e.assignments.has(symbol))
  );
}

function solvedFor(pairing: Pairing, u: string, r: Expr): Pairing {
  const by = new Map([[u, r]]);
  const links = new Map(
    [...pairing.links].map(([name, link]): [string, Link] => [
      name,
      isPlain(link) ? link : { a: link.a, scale: substitute(link.scale, by), shift: substitute(link.shift, by) },
    ]),
  );
  return {
    links,
    solved: new Map([...[...pairing.solved].map(([name, e]): [string, Expr] => [name, substitute(e, by)]), [u, r]]),
  };
}

/** Names multiplied and divided, with no number and no sign: what one would call a parameter of one's own. */
function isPlainProduct(e: Expr): boolean {
  const factors = factorsOf(e);
  return (
    factors.length <= 3 &&
    factors.every(
      ({ e: f, times }) =>
        times !== 0n && (f.kind === "symbol" || (f.kind === "number" && sameNumber(fromDecimal(f.value), one))),
    )
  );
}
