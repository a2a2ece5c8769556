// Whether a parameter that is seen through, k as 1/τ, has the value that the other model's parameters give it: as a function of neurons, draws and what can be set, not as one number alone.
import { evaluate } from "../../algebra/evaluate.ts";
import { number, symbol, type Expr } from "../../algebra/expression.ts";
import { substitute, symbolsOf } from "../../algebra/traverse.ts";
import { isDraw } from "../../2-resolve/builtins.ts";
import { elementary } from "../../4-plan/elementary.ts";
import { NEURON, TARGET } from "../../4-plan/symbols.ts";
import { distributionOf } from "../../runtime/distributions.ts";
import { stream } from "../../runtime/random.ts";
import type { Judge, Verdict } from "./agree.ts";
import { isOnlyB, isPlain, near, translation, type Pairing } from "./pairing.ts";
import { clauseOf, knownValue, type Clause, type System } from "./system.ts";

/** Values of what is drawn by which two distributions are told apart, and by how much of their number. */
const SAMPLES = 1000;
const APART = 0.2;
/** Neurons of which what is drawn is looked at. */
const NEURONS: readonly number[] = [0, 1, 5];
/** Draws for one value that has to lie between bounds. */
const ATTEMPTS = 100;

/** `u` is what the pairing solves for by `e`; common parameters have the second model's values. */
export function verdictSeenThrough(u: string, e: Expr, a: System, b: System, pairing: Pairing, judge: Judge): Verdict {
  const values = new Values(a, b, pairing);
  const [x, y] = values.functions([symbol(u), e]) as [Expr, Expr];
  const [open, drawn] = [values.open, values.drawn].map((is) => [x, y].map((f) => [...symbolsOf(f)].some(is)));
  // What nobody has set yet is set later, in both.
  if (open?.includes(true) === true) return open.includes(false) ? "different" : "same";
  if (drawn?.includes(true) === true) {
    // Two draws of one distribution are not one draw: equal is what is made of the same.
    if (drawn.every((is) => is) && judge.verdict(x, y) === "same") return "same";
    return values.areApart(x, y) ? "different" : "undecided";
  }
  if (symbolsOf(x).size + symbolsOf(y).size > 0) return judge.verdict(x, y);
  const [p, q] = [x, y].map((f) => evaluate(f, () => NaN, elementary)) as [number, number];
  return near(p, q) ? "same" : "different";
}

class Values {
  private readonly a: System;
  private readonly b: System;
  private readonly pairing: Pairing;
  private readonly others: ReadonlyMap<string, string>;

  constructor(a: System, b: System, pairing: Pairing) {
    [this.a, this.b, this.pairing] = [a, b, pairing];
    this.others = new Map([...pairing.links].flatMap(([name, link]) => (isPlain(link) ? [[link.a, name]] : [])));
  }

  /** Whose value a name of the common language has, and what it is called there. */
  private owner(name: string): readonly [System, string] {
    const other = isOnlyB(name) ? name.slice(2) : this.others.get(name);
    return other === undefined ? [this.a, name] : [this.b, other];
  }

  private clause(name: string): Clause | null {
    const [s, own] = this.owner(name);
    return clauseOf(s, "value", own);
  }

  private numberOf(name: string): number {
    const [s, own] = this.owner(name);
    return s.values.get(own) ?? NaN;
  }

  private inCommon(name: string, e: Expr): Expr {
    const words = translation(this.pairing);
    return this.owner(name)[0] === this.b ? words.b(e) : words.a(e);
  }

  readonly drawn = (name: string): boolean => this.clause(name)?.shape.startsWith("~") === true;

  /** A parameter without any value. */
  readonly open = (name: string): boolean => {
    const [s, own] = this.owner(name);
    return s.members.has(own) && this.clause(name) === null && Number.isNaN(this.numberOf(name));
  };

  /** Of what they follow, draws and neurons; what is a number is one, but where it is followed and can be set. */
  functions(all: readonly Expr[]): readonly Expr[] {
    const followed = new Set<string>();
    const written = (e: Expr, path: readonly string[]): Expr =>
      substitute(
        e,
        new Map(
          [...symbolsOf(e)].map((name): [string, Expr] => {
            const clause = this.clause(name);
            const [value] = clause?.shape === "" ? clause.parts : [];
            if (value !== undefined && symbolsOf(value).size > 0 && !path.includes(name))
              return [name, written(this.inCommon(name, value), [...path, name])];
            if (path.length > 0) followed.add(name);
            return [name, symbol(name)];
          }),
        ),
      );
    const forms = all.map((e) => written(e, []));
    const isSettable = (name: string): boolean => {
      const [s, own] = this.owner(name);
      return s.members.get(own)?.role !== "const";
    };
    return forms.map((e) =>
      substitute(
        e,
        new Map(
          [...symbolsOf(e)]
            .filter((name) => !(followed.has(name) && isSettable(name)) && Number.isFinite(this.numberOf(name)))
            .map((name) => [name, number(this.numberOf(name))]),
        ),
      ),
    );
  }

  /** Whether values of the two lie so far apart that they are no draws of one distribution. */
  areApart(x: Expr, y: Expr): boolean {
    return NEURONS.some((i) => {
      const [p, q] = [x, y].map((e) => this.samples(e, i).sort()) as [Float64Array, Float64Array];
      return ![...p, ...q].some(Number.isNaN) && (isBelow(p, q) || isBelow(q, p));
    });
  }

  /** Of neuron `i`; NaN where they are not known. */
  private samples(e: Expr, i: number): Float64Array {
    const parts = new Map([...symbolsOf(e)].map((name) => [name, this.valuesOf(name, i)]));
    return Float64Array.from({ length: SAMPLES }, (_, k) => knownValue(e, (name) => parts.get(name)?.(k) ?? NaN));
  }

  private valuesOf(name: string, i: number): (k: number) => number {
    if (name === NEURON || name === TARGET) return () => i;
    const clause = this.clause(name);
    const [word = "", ...bounds] = clause?.shape.split(" ") ?? [];
    const distribution = word.slice(1);
    if (clause === null || !isDraw(distribution)) return () => this.numberOf(name);
    const { draw, arguments: named } = distributionOf(distribution);
    const all = this.functions(clause.parts.map((part) => this.inCommon(name, part))).map((part) =>
      knownValue(part, (other) => (other === NEURON || other === TARGET ? i : this.numberOf(other))),
    );
    const own = all.slice(0, named.length);
    const isKnown =
      !all.some(Number.isNaN) && named.every((n, k) => n.problem(own[k] ?? NaN, own.slice(0, k)) === null);
    if (!isKnown) return () => NaN;
    const bound = (which: string, open: number): number =>
      bounds.includes(which) ? (all[named.length + bounds.indexOf(which)] ?? NaN) : open;
    const [least, most] = [bound("min", -Infinity), bound("max", Infinity)];
    const s = stream(0, `glif diff ${isOnlyB(name) ? name.slice(2) : name}`);
    return (k) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const value = draw(s, k, ...own, attempt);
        if (value >= least && value <= most) return value;
      }
      return NaN;
    };
  }
}

/** Of two that are sorted: whether some value has a far larger share of the first below it than of the second. But for rounding. */
function isBelow(p: Float64Array, q: Float64Array): boolean {
  let below = 0;
  return p.some((v, k) => {
    while (below < SAMPLES && (q[below] ?? NaN) <= v + 1e-9 * Math.abs(v)) below++;
    return k + 1 - below > APART * SAMPLES;
  });
}
