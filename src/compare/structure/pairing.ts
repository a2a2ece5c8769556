// Which name of one model is which of the other, and how the clauses of both read in one language once that is known.
import { evaluate } from "../../algebra/evaluate.ts";
import { number, symbol, type Expr } from "../../algebra/expression.ts";
import { minus, nought, over, plus, times, unity } from "../../algebra/reals.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { present } from "../../base/invariant.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { NEURON, STEP, TIME, symbolOf, type PlanSymbol } from "../../4-plan/symbols.ts";
import { stepsIn, timeOf } from "../../runtime/clock.ts";
import { stream, uniform } from "../../runtime/random.ts";
import type { Judge, Verdict } from "./agree.ts";
import { clauseOf, composed, type Clause, type Family, type System, type SystemEvent } from "./system.ts";

/** b = scale*a + shift, over the names of the first model and `b:`-names of the second. */
export interface Link {
  readonly a: string;
  readonly scale: Expr;
  readonly shift: Expr;
}

export interface Pairing {
  /** By the second model's symbol. */
  readonly links: ReadonlyMap<string, Link>;
  /** Parameters of either model that the other's express: `b:τ` is 1/k. */
  readonly solved: ReadonlyMap<string, Expr>;
}

export const onlyB = (name: string): string => `b:${name}`;
export const isOnlyB = (name: string): boolean => name.startsWith("b:");

export function plainLink(a: string): Link {
  return { a, scale: unity, shift: nought };
}

export function isPlain({ scale, shift }: Link): boolean {
  return scale === unity && shift === nought;
}

/** Links with what was solved for put in: for those who have nothing else. */
export function linksOf({ links, solved }: Pairing): (readonly [string, Link])[] {
  return [...links].map(([name, link]) => [
    name,
    isPlain(link) ? link : { a: link.a, scale: substitute(link.scale, solved), shift: substitute(link.shift, solved) },
  ]);
}

/** What others are expressed or measured by. */
export function namesIn({ links, solved }: Pairing): ReadonlySet<string> {
  return new Set(
    [...solved.values(), ...[...links.values()].flatMap((l) => [l.scale, l.shift])].flatMap((e) => [...symbolsOf(e)]),
  );
}

export interface Translation {
  a(e: Expr): Expr;
  b(e: Expr): Expr;
}

const translations = new WeakMap<Pairing, Translation>();

/** Kept for each pairing: what it has read once it reads at once. */
export function translation(pairing: Pairing): Translation {
  const known = translations.get(pairing) ?? newTranslation(pairing);
  translations.set(pairing, known);
  return known;
}

function newTranslation({ links, solved }: Pairing): Translation {
  const solve = (e: Expr): Expr => (solved.size === 0 ? e : substitute(e, solved));
  const [as, bs] = [new WeakMap<Expr, Expr>(), new WeakMap<Expr, Expr>()];
  const kept = (memory: WeakMap<Expr, Expr>, e: Expr, make: () => Expr): Expr => {
    const old = memory.get(e);
    if (old !== undefined) return old;
    const made = make();
    memory.set(e, made);
    return made;
  };
  const inA = (name: string): Expr => {
    const link = links.get(name);
    if (link !== undefined) return plus(times(link.scale, symbol(link.a)), link.shift);
    return symbol(isCommon(name) ? name : onlyB(name));
  };
  return {
    a: (e) => kept(as, e, () => solve(e)),
    b: (e) => kept(bs, e, () => solve(substitute(e, new Map([...symbolsOf(e)].map((name) => [name, inA(name)]))))),
  };
}

const COMMON: ReadonlySet<PlanSymbol["kind"]> = new Set([
  "time",
  "step",
  "neuron",
  "target",
  "listed",
  "shape",
  "drawn",
]);

/** Time, step, numbers of neurons, lists by what they hold, stimulus shapes, and draws of one name, whose distributions are compared where they are read: the same in every model. */
function isCommon(name: string): boolean {
  return COMMON.has(symbolOf(name).kind);
}

/** How the value of a clause changes when its target is measured otherwise. */
const NATURE: Readonly<Record<Family, "rate" | "value" | "plain">> = {
  rate: "rate",
  held: "rate",
  bare: "rate",
  noise: "rate",
  contribution: "rate",
  stimulus: "rate",
  give: "rate",
  initial: "value",
  reset: "value",
  pre: "value",
  post: "value",
  let: "plain",
  spike: "plain",
  duration: "plain",
  hold: "plain",
  precision: "plain",
  calculus: "plain",
  value: "plain",
  source: "plain",
  rule: "plain",
  where: "plain",
  delay: "plain",
};

/** Families whose agreement makes two models the same. Values of parameters are looked at apart, stimuli belong to experiments. */
export const DECIDING: readonly Family[] = [
  "rate",
  "noise",
  "held",
  "hold",
  "initial",
  "reset",
  "spike",
  "duration",
  "calculus",
  "stimulus",
  "source",
  "pre",
  "post",
  "give",
  "rule",
  "where",
  "delay",
  "precision",
];

export interface Outcome {
  readonly family: Family;
  /** Symbols in either model; null where the target has no counterpart. */
  readonly targetA: string | null;
  readonly targetB: string | null;
  readonly a: Clause | null;
  readonly b: Clause | null;
  readonly verdict: Verdict;
  /** With inputs left as names; null where that is no other question. */
  readonly bare: Verdict | null;
  /** ms: of stimuli that are the same in the steps that there are, and not proven to be at others; else null. */
  readonly atStep: number | null;
  /** The same, but for what is drawn for it. */
  readonly isRedrawn: boolean;
  /** What was held against each other, in the common language; null where one side lacks the target or the shapes differ. */
  readonly pairs: readonly (readonly [Expr, Expr])[];
}

/** Every clause of the given families of both systems, the first's order first. */
export function outcomes(
  a: System,
  b: System,
  pairing: Pairing,
  judge: Judge,
  families: readonly Family[] = DECIDING,
  only?: ReadonlySet<string>,
): Outcome[] {
  const words = translation(pairing);
  const toB = new Map([...pairing.links].map(([name, link]) => [link.a, name]));
  const found: Outcome[] = [];
  const wanted = new Set(families);
  const seen = new Set<string>();
  for (const clause of a.clauses.values()) {
    if (!wanted.has(clause.family)) continue;
    const targetB = clause.target === "" ? "" : (toB.get(clause.target) ?? null);
    if (targetB !== null) seen.add(`${clause.family} ${targetB}`);
    if (only !== undefined && !only.has(clause.target)) continue;
    found.push(
      outcome(
        clause.family,
        clause.target,
        targetB,
        clause,
        targetB === null ? null : clauseOf(b, clause.family, targetB),
        words,
        pairing,
        judge,
        a,
        b,
      ),
    );
  }
  for (const clause of b.clauses.values()) {
    if (!wanted.has(clause.family) || seen.has(`${clause.family} ${clause.target}`)) continue;
    const targetA = clause.target === "" ? "" : (pairing.links.get(clause.target)?.a ?? null);
    if (only !== undefined && (targetA === null || !only.has(targetA))) continue;
    found.push(outcome(clause.family, targetA, clause.target, null, clause, words, pairing, judge, a, b));
  }
  return found;
}

function outcome(
  family: Family,
  targetA: string | null,
  targetB: string | null,
  a: Clause | null,
  b: Clause | null,
  words: Translation,
  pairing: Pairing,
  judge: Judge,
  systemA: System,
  systemB: System,
): Outcome {
  const all = { family, targetA, targetB, a, b };
  const different: Outcome = { ...all, verdict: "different", bare: null, atStep: null, isRedrawn: false, pairs: [] };
  // A state that the other model has not says nothing of what it does not do.
  if (targetA === null || targetB === null) return different;
  const link = pairing.links.get(targetB) ?? plainLink(targetA);
  const silentA = a === null ? silence(family, targetA) : [];
  const silentB = b === null ? silence(family, targetB) : [];
  if (silentA === null || silentB === null) return different;
  const [partsA, partsB] = [a?.parts ?? silentA, b?.parts ?? silentB];
  if (
    (a !== null && b !== null && a.shape !== b.shape) ||
    ((a === null || b === null) && (a ?? b)?.shape !== "") ||
    partsA.length !== partsB.length
  ) {
    return different;
  }
  const inA =
    (k: number) =>
    (e: Expr): Expr =>
      measured(family, b, k, e, link);
  const pairs = partsA.map((part, k): readonly [Expr, Expr] => [
    words.a(part),
    inA(k)(words.b(present(partsB[k], "part"))),
  ]);
  const verdicts = pairs.map(([x, y], k): Verdict =>
    SET.has(family)
      ? verdictAsSet(partsA[k] ?? x, partsB[k] ?? y, systemA, systemB, words, judge, inA(k))
      : judge.verdict(x, y),
  );
  const [bareA, bareB] = [a?.bare ?? (a === null ? silentA : null), b?.bare ?? (b === null ? silentB : null)];
  const bare =
    bareA === null || bareB === null
      ? null
      : worst(
          bareA.map((part, k) =>
            judge.verdict(words.a(part), measured(family, b, k, words.b(present(bareB[k], "part")), link)),
          ),
        );
  const verdict = worst(verdicts);
  const [anyA, anyB] = [a?.atAnyStep ?? partsA, b?.atAnyStep ?? partsB];
  const isAtAnyStep =
    verdict !== "same" || anyA.every((e, k) => judge.verdict(words.a(e), inA(k)(words.b(anyB[k] ?? e))) === "same");
  const isRedrawn = verdict === "same" && (a?.isRedrawn === true || a?.drawn !== b?.drawn);
  const isByCourse = verdict !== "same" && a?.course !== undefined && b?.course !== undefined;
  return {
    ...all,
    verdict: isByCourse ? verdictByCourse(a, b, link, systemA, systemB, pairing) : isRedrawn ? "undecided" : verdict,
    isRedrawn,
    bare,
    atStep: isAtAnyStep ? null : (a?.course?.step ?? b?.course?.step ?? null),
    pairs,
  };
}

const MOST_TIMES = 400;
/** Steps that are gone through one by one. */
const MOST_STEPS = 2000;
/** Sets of parameters under which courses are held against each other: as they are, and others. */
const MOST_SETS = 3;

/** Of stimuli in two forms: they differ where they do at some time. Parameters that both have get the same values. */
function verdictByCourse(
  a: Clause,
  b: Clause,
  { scale }: Link,
  systemA: System,
  systemB: System,
  pairing: Pairing,
): Verdict {
  const { links } = pairing;
  const [x, y] = [a.course, b.course];
  if (x === undefined || y === undefined) return "different";
  // What something else is measured by, or expressed by, keeps its value.
  const kept = namesIn(pairing);
  const others = new Set([...links].filter(([, link]) => isPlain(link)).map(([, link]) => link.a));
  const count = Math.max(...[systemA, systemB].map((s) => s.counts.get(NEURON) ?? Infinity));
  for (let k = 0; k < MOST_SETS; k++) {
    const known =
      (s: System) =>
      (name: string): number => {
        const shared = s === systemB ? links.get(name)?.a : name;
        const isMoved = shared !== undefined && others.has(shared) && !kept.has(shared);
        const value = (isMoved ? systemA : s).values.get(isMoved ? shared : name) ?? NaN;
        return k === 0 || !isMoved ? value : value * (0.7 + 0.6 * uniform(stream(0, shared), k, 0));
      };
    const edges = (
      [
        [x, systemA],
        [y, systemB],
      ] as const
    ).flatMap(([course, s]) => course.edges.map((e) => evaluate(e, known(s), elementary)));
    const last = Math.max(100, ...edges.filter(Number.isFinite)) * 1.5;
    const step = x.step ?? y.step;
    // Where the steps are known a stimulus has a value at each of these alone.
    const beside = (t: number): number[] => [t, t - (step ?? 1e-6)];
    const onGrid = (t: number): number => (step === null ? t : timeOf(stepsIn(t, step), step));
    const times = [
      ...edges.flatMap(beside),
      ...Array.from({ length: MOST_TIMES }, (_, n) => (last * (n + 0.37)) / MOST_TIMES),
      ...(step === null
        ? []
        : Array.from({ length: Math.min(MOST_STEPS, Math.ceil(last / step)) }, (_, n) => n * step)),
    ]
      .map(onGrid)
      .filter((t) => t >= 0);
    const isOther = times.some((t, n) => {
      const at =
        (s: System) =>
        (name: string): number =>
          name === TIME ? t : name === STEP ? (step ?? NaN) : name === NEURON ? n % Math.min(7, count) : known(s)(name);
      const measure = evaluate(
        scale,
        (name) => (isOnlyB(name) ? known(systemB)(name.slice(2)) : known(systemA)(name)),
        elementary,
      );
      const values = y.at(at(systemB));
      return x.at(at(systemA)).some((v, part) => {
        const w = (values[part] ?? NaN) / (b.powers?.[part] === 2 ? measure * measure : measure);
        // What has no value that is known says nothing.
        return Math.abs(v - w) > SAME_VALUE * Math.max(1, Math.abs(v), Math.abs(w));
      });
    });
    if (isOther) return "different";
  }
  return "undecided";
}

/** Of parts, that of the whole. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes("different") ? "different" : verdicts.includes("undecided") ? "undecided" : "same";
}

function better(a: Verdict, b: Verdict): Verdict {
  return [a, b].includes("same") ? "same" : [a, b].includes("undecided") ? "undecided" : "different";
}

/** What is set before a run begins: constants count by their numbers, whether one is written as `k` or as 2. Parameters can be set, so that what follows one is no number. */
const SET: ReadonlySet<Family> = new Set<Family>(["initial", "stimulus", "delay"]);

/** Of expressions of the two models, each in its own words. */
export function verdictAsSet(
  x: Expr,
  y: Expr,
  a: System,
  b: System,
  words: Translation,
  judge: Judge,
  measure: (e: Expr) => Expr = (e) => e,
): Verdict {
  const named = judge.verdict(words.a(x), measure(words.b(y)));
  if (named === "same") return named;
  const [p, q] = [words.a(withConstants(a, x)), measure(words.b(withConstants(b, y)))];
  if (symbolsOf(p).size + symbolsOf(q).size > 0) {
    const verdict = better(named, judge.verdict(p, q));
    const [own, other] = [connected(a), connected(b)];
    if (verdict !== "different" || own === null || other === null) return verdict;
    // Of pairs that are not connected it says nothing.
    const among = (condition: Expr, then: Expr): Expr => ({ kind: "conditional", condition, then, otherwise: nought });
    return judge.verdict(among(words.a(own), p), among(words.b(other), q));
  }
  return near(
    evaluate(p, () => NaN, elementary),
    evaluate(q, () => NaN, elementary),
  )
    ? "same"
    : "different";
}

/** Which pairs may be connected, where that is known. */
function connected(s: System): Expr | null {
  return clauseOf(s, "rule", "")?.pairs ?? clauseOf(s, "where", "")?.parts[0] ?? null;
}

function withConstants(s: System, e: Expr): Expr {
  const known = [...symbolsOf(e)].flatMap((name): [string, Expr][] => {
    const value = s.values.get(name) ?? NaN;
    return s.members.get(name)?.role === "const" && Number.isFinite(value) ? [[name, number(value)]] : [];
  });
  return known.length === 0 ? e : substitute(e, new Map(known));
}

/** Beyond this two values of a quantity are two. */
const SAME_VALUE = 1e-9;

export function near(x: number, y: number): boolean {
  return x === y || Math.abs(x - y) <= SAME_VALUE * Math.max(Math.abs(x), Math.abs(y));
}

/** What is meant where nothing is said; null where that is something else altogether. */
function silence(family: Family, target: string): readonly Expr[] | null {
  switch (family) {
    case "rate":
    case "held":
    case "bare":
    case "contribution":
    case "give":
    case "delay":
      return [nought];
    case "stimulus":
      return [nought, nought, nought];
    case "noise":
      return [nought, nought];
    case "reset":
    case "pre":
    case "post":
      return [symbol(target)];
    case "where":
      // Whoever is not left out is in.
      return [unity];
    default:
      return null;
  }
}

/** The second model's value in the first one's measure. */
function measured(family: Family, clause: Clause | null, part: number, e: Expr, { scale, shift }: Link): Expr {
  const shape = clause?.shape ?? "";
  if (clause?.powers !== undefined && scale !== unity) {
    return over(e, clause.powers[part] === 2 ? times(scale, scale) : scale);
  }
  switch (NATURE[family]) {
    case "plain":
      return e;
    case "rate":
      return over(e, scale);
    case "value":
      // The spread of a distribution moves with nothing.
      return over(shape.startsWith("~") && shape !== "~uniform" && part === 1 ? e : minus(e, shift), scale);
  }
}

export interface EventOutcome {
  readonly a: SystemEvent | null;
  readonly b: SystemEvent | null;
  readonly verdict: Verdict;
  /** With inputs left as names. */
  readonly bare: Verdict;
  /** As of an outcome. */
  readonly pairs: Outcome["pairs"];
}

/** Events of both models, each with the one that does the same under the same condition, else the one in the same place; null where there is none left. */
export function pairedEvents(a: System, b: System, pairing: Pairing, judge: Judge): readonly EventOutcome[] {
  if (a.events.length === 0 && b.events.length === 0) return [];
  const words = translation(pairing);
  const left = [...b.events];
  const found: EventOutcome[] = [];
  const held = (x: SystemEvent, y: SystemEvent): EventOutcome => {
    const verdictOf = (pairs: Outcome["pairs"] | null): Verdict =>
      pairs === null ? "different" : worst(pairs.map((two) => judge.verdict(...two)));
    const pairs = eventPairs(x, y, words, pairing);
    return {
      a: x,
      b: y,
      verdict: verdictOf(pairs),
      bare: verdictOf(eventPairs(x.bare, y.bare, words, pairing)),
      pairs: pairs ?? [],
    };
  };
  const take = (events: readonly SystemEvent[], fits: (o: EventOutcome) => boolean): SystemEvent[] =>
    events.filter((event) => {
      const k = left.findIndex((other) => fits(held(event, other)));
      const other = left[k];
      if (other === undefined) return true;
      left.splice(k, 1);
      found.push(held(event, other));
      return false;
    });
  const open = take(
    take(a.events, (o) => o.verdict === "same"),
    (o) => o.verdict === "undecided" || o.bare !== "different",
  );
  for (let k = 0; k < Math.max(open.length, left.length); k++) {
    const [x, y] = [open[k] ?? null, left[k] ?? null];
    found.push(
      x !== null && y !== null ? held(x, y) : { a: x, b: y, verdict: "different", bare: "different", pairs: [] },
    );
  }
  return found;
}

/** Two events that both models have in another order, and whether that is the same: each reads what the one before it has left. */
export interface Exchanged {
  readonly first: SystemEvent;
  readonly second: SystemEvent;
  readonly verdict: Verdict;
}

export function exchangedEvents(
  a: System,
  b: System,
  paired: readonly EventOutcome[],
  judge: Judge,
): readonly Exchanged[] {
  const order = paired
    .flatMap((o) =>
      o.a === null || o.b === null || o.verdict === "different"
        ? []
        : [{ event: o.a, place: a.events.indexOf(o.a), other: b.events.indexOf(o.b) }],
    )
    .sort((p, q) => p.place - q.place);
  return order
    .flatMap((p, k) =>
      order
        .slice(k + 1)
        .filter((q) => q.other < p.other)
        .map((q): Exchanged => {
          const [there, back] = [
            composed(p.event.assignments, q.event.assignments),
            composed(q.event.assignments, p.event.assignments),
          ];
          const verdicts = [...there].map(([name, e]) => judge.verdict(e, back.get(name) ?? symbol(name)));
          return { first: p.event, second: q.event, verdict: worst(verdicts) };
        }),
    )
    .filter((e) => e.verdict !== "same");
}

type Block = Pick<SystemEvent, "condition" | "assignments">;

/** What has to be the same for two events to be, in the common language; null where one assigns what the other model has not. */
function eventPairs(a: Block, b: Block, words: Translation, { links }: Pairing): Outcome["pairs"] | null {
  const pairs: (readonly [Expr, Expr])[] = [[words.a(a.condition), words.b(b.condition)]];
  const toB = new Map([...links].map(([name, link]) => [link.a, name]));
  const inA = (e: Expr, { scale, shift }: Link): Expr => over(minus(words.b(e), shift), scale);
  for (const [target, value] of a.assignments) {
    const other = toB.get(target);
    if (other === undefined) return null;
    pairs.push([words.a(value), inA(b.assignments.get(other) ?? symbol(other), links.get(other) ?? plainLink(target))]);
  }
  for (const [other, value] of b.assignments) {
    const link = links.get(other);
    if (link === undefined) return null;
    if (!a.assignments.has(link.a)) pairs.push([symbol(link.a), inA(value, link)]);
  }
  return pairs;
}
