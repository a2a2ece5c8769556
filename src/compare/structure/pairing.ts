// Which name of one model is which of the other, and how the clauses of both read in one language once that is known.
import { evaluate } from "../../algebra/evaluate.ts";
import { symbol, type Expr } from "../../algebra/expression.ts";
import { minus, nought, over, plus, times, unity } from "../../algebra/reals.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { present } from "../../base/invariant.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { stream, uniform } from "../../runtime/random.ts";
import type { Judge, Verdict } from "./agree.ts";
import { clauseOf, type Clause, type Family, type System, type SystemEvent } from "./system.ts";

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
  return [...links].map(([name, link]) => [name, isPlain(link) ? link : { a: link.a, scale: substitute(link.scale, solved), shift: substitute(link.shift, solved) }]);
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

/** Time, step, numbers of neurons, stimulus shapes: the same in every model. */
function isCommon(name: string): boolean {
  return /^#(t|dt|i|j|s:.*)$/.test(name);
}

/** How the value of a clause changes when its target is measured otherwise. */
const NATURE: Readonly<Record<Family, "rate" | "value" | "plain">> = {
  rate: "rate", held: "rate", bare: "rate", noise: "rate", contribution: "rate", stimulus: "rate", give: "rate",
  initial: "value", reset: "value", pre: "value", post: "value",
  spike: "plain", duration: "plain", hold: "plain", calculus: "plain", value: "plain", source: "plain", rule: "plain", where: "plain", delay: "plain",
};

/** Families whose agreement makes two models the same. Values of parameters are looked at apart, stimuli belong to experiments. */
export const DECIDING: readonly Family[] = ["rate", "noise", "held", "hold", "initial", "reset", "spike", "duration", "calculus", "stimulus", "source", "pre", "post", "give", "rule", "where", "delay"];

export interface Outcome {
  readonly family: Family;
  /** Symbols in either model; null where the target has no counterpart. */
  readonly targetA: string | null;
  readonly targetB: string | null;
  readonly a: Clause | null;
  readonly b: Clause | null;
  readonly verdict: Verdict;
  /** What was held against each other, in the common language; null where one side lacks the target or the shapes differ. */
  readonly pairs: readonly (readonly [Expr, Expr])[];
}

/** Every clause of the given families of both systems, the first's order first. */
export function outcomes(a: System, b: System, pairing: Pairing, judge: Judge, families: readonly Family[] = DECIDING, only?: ReadonlySet<string>): Outcome[] {
  const words = translation(pairing);
  const toB = new Map([...pairing.links].map(([name, link]) => [link.a, name]));
  const found: Outcome[] = [];
  const wanted = new Set(families);
  const set = (name: string, k: number): number => {
    const value = isOnlyB(name) ? b.values.get(name.slice(2)) : toB.has(name) ? b.values.get(toB.get(name) ?? "") : a.values.get(name);
    return value ?? 0.5 + uniform(stream(0, name), k, 0);
  };
  const seen = new Set<string>();
  for (const clause of a.clauses.values()) {
    if (!wanted.has(clause.family)) continue;
    const targetB = clause.target === "" ? "" : (toB.get(clause.target) ?? null);
    if (targetB !== null) seen.add(`${clause.family} ${targetB}`);
    if (only !== undefined && !only.has(clause.target)) continue;
    found.push(outcome(clause.family, clause.target, targetB, clause, targetB === null ? null : clauseOf(b, clause.family, targetB), words, pairing, judge, set));
  }
  for (const clause of b.clauses.values()) {
    if (!wanted.has(clause.family) || seen.has(`${clause.family} ${clause.target}`)) continue;
    const targetA = clause.target === "" ? "" : (pairing.links.get(clause.target)?.a ?? null);
    if (only !== undefined && (targetA === null || !only.has(targetA))) continue;
    found.push(outcome(clause.family, targetA, clause.target, null, clause, words, pairing, judge, set));
  }
  return found;
}

function outcome(family: Family, targetA: string | null, targetB: string | null, a: Clause | null, b: Clause | null, words: Translation, pairing: Pairing, judge: Judge, set: (name: string, k: number) => number): Outcome {
  const all = { family, targetA, targetB, a, b };
  const different: Outcome = { ...all, verdict: "different", pairs: [] };
  // A state that the other model has not says nothing of what it does not do.
  if (targetA === null || targetB === null) return different;
  const link = pairing.links.get(targetB) ?? plainLink(targetA);
  const silentA = a === null ? silence(family, targetA) : [];
  const silentB = b === null ? silence(family, targetB) : [];
  if (silentA === null || silentB === null) return different;
  const [partsA, partsB] = [a?.parts ?? silentA, b?.parts ?? silentB];
  if ((a !== null && b !== null && a.shape !== b.shape) || ((a === null || b === null) && (a ?? b)?.shape !== "") || partsA.length !== partsB.length) return different;
  const pairs = partsA.map((part, k): readonly [Expr, Expr] => [words.a(part), measured(family, b, k, words.b(present(partsB[k], "part")), link)]);
  const verdicts = pairs.map(([x, y]): Verdict => {
    const verdict = judge.verdict(x, y);
    return verdict === "different" && SET.has(family) && agreeAsSet(x, y, set) ? "same" : verdict;
  });
  return { ...all, verdict: verdicts.includes("different") ? "different" : verdicts.includes("numerically") ? "numerically" : "same", pairs };
}

/** What is set before a run begins: the number counts, whether it is written as `E_L` or as -70 mV. */
const SET: ReadonlySet<Family> = new Set<Family>(["initial", "stimulus", "delay"]);

function agreeAsSet(x: Expr, y: Expr, set: (name: string, k: number) => number): boolean {
  return [0, 1, 2, 3].every((k) => {
    const [p, q] = [x, y].map((e) => evaluate(e, (name) => set(name, k), elementary));
    return p !== undefined && q !== undefined && Math.abs(p - q) <= 1e-9 * Math.max(Math.abs(p), Math.abs(q));
  });
}

/** What is meant where nothing is said; null where that is something else altogether. */
function silence(family: Family, target: string): readonly Expr[] | null {
  switch (family) {
    case "rate":
    case "held":
    case "bare":
    case "noise":
    case "contribution":
    case "stimulus":
    case "give":
      return [nought];
    case "reset":
    case "pre":
    case "post":
      return [symbol(target)];
    default:
      return null;
  }
}

/** The second model's value in the first one's measure. */
function measured(family: Family, clause: Clause | null, part: number, e: Expr, { scale, shift }: Link): Expr {
  const shape = clause?.shape ?? "";
  if (clause?.powers !== undefined && scale !== unity) {
    // Shapes are in the same measure as what is made of them.
    const shapes = new Map([...symbolsOf(e)].filter((s) => s.startsWith("#s:")).map((s) => [s, times(scale, symbol(s))]));
    const power = clause.powers[part] ?? 0;
    return power === 0 ? e : over(substitute(e, shapes), power === 2 ? times(scale, scale) : scale);
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

/** Events of both models, each with the one that does the same under the same condition, else the one in the same place; null where there is none left. */
export function pairedEvents(a: System, b: System, pairing: Pairing, judge: Judge): readonly { readonly a: SystemEvent | null; readonly b: SystemEvent | null; readonly verdict: Verdict }[] {
  if (a.events.length === 0 && b.events.length === 0) return [];
  const words = translation(pairing);
  const left = [...b.events];
  const open: SystemEvent[] = [];
  const found: { a: SystemEvent | null; b: SystemEvent | null; verdict: Verdict }[] = [];
  for (const event of a.events) {
    const k = left.findIndex((other) => sameEvent(event, other, words, pairing, judge) !== "different");
    const other = left[k];
    if (other === undefined) open.push(event);
    else {
      left.splice(k, 1);
      found.push({ a: event, b: other, verdict: sameEvent(event, other, words, pairing, judge) });
    }
  }
  for (let k = 0; k < Math.max(open.length, left.length); k++) found.push({ a: open[k] ?? null, b: left[k] ?? null, verdict: "different" });
  return found;
}

function sameEvent(a: SystemEvent, b: SystemEvent, words: Translation, { links }: Pairing, judge: Judge): Verdict {
  const verdicts = [judge.verdict(words.a(a.condition), words.b(b.condition))];
  const toB = new Map([...links].map(([name, link]) => [link.a, name]));
  for (const [target, value] of a.assignments) {
    const other = toB.get(target);
    if (other === undefined) return "different";
    const link = links.get(other) ?? plainLink(target);
    verdicts.push(judge.verdict(words.a(value), over(minus(words.b(b.assignments.get(other) ?? symbol(other)), link.shift), link.scale)));
  }
  for (const [other, value] of b.assignments) {
    const link = links.get(other);
    if (link === undefined) return "different";
    if (!a.assignments.has(link.a)) verdicts.push(judge.verdict(symbol(link.a), over(minus(words.b(value), link.shift), link.scale)));
  }
  return verdicts.includes("different") ? "different" : verdicts.includes("numerically") ? "numerically" : "same";
}
