// Tells symbols apart by what is said of them, whatever they are called and in whichever order it is said: so sums are taken in one order, to the last bit.
import { present } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";
import { shapeOf } from "./intern.ts";
import { foldExpr, partsOf } from "./traverse.ts";

/** Something that is said: in which role, of which symbol, and by which expressions. */
export interface Saying {
  readonly role: string;
  readonly of: string | null;
  readonly values: readonly Expr[];
  /** It tells apart only what is alike without it: a number that stands for another in another run decides no order among what differs anyhow. */
  readonly onlyAmongAlike?: true;
}

export interface Likeness {
  /** A number that is the same under other names; two symbols have the same one where nothing tells them apart. */
  ofSymbol(name: string): number;
  /** The same of an expression that occurs in what was said; of any other it says what it is made of. */
  ofExpression(e: Expr): number;
  /** The same without what is said only among alike. */
  formOf(e: Expr): number;
}

/**
 * Colours are refined until no more symbols differ, or for MOST_ROUNDS (Weisfeiler & Leman 1968), on the graph of all expressions: a symbol's colour is made of where it occurs, beside what, and of
 * what is said of it. Of `symbols` that are still alike the first is then told from the others, and so on: where one can be put for the other throughout, it does not matter which
 * is the first. `kindOf` says what is known of a symbol beforehand; it may not depend on names.
 */
export function likeness(
  sayings: readonly Saying[],
  kindOf: (symbol: string) => string,
  symbols: readonly string[],
): Likeness {
  const graph = new Graph(sayings, kindOf);
  graph.refine(MOST_ROUNDS);
  graph.hearAll();
  graph.refine(MOST_ROUNDS);
  let told = 0;
  for (
    let alike = firstAlike(graph, symbols);
    alike !== null && told < MOST_ALIKE;
    alike = firstAlike(graph, symbols)
  ) {
    graph.single(alike, ++told);
    graph.refine(MOST_ROUNDS);
  }
  return {
    ofSymbol: (name) => graph.keyOf((colours) => graph.digestOfSymbol(name, colours)),
    ofExpression: (e) => graph.keyOf((colours) => graph.digestOf(e, colours)),
    formOf: (e) => graph.digestOf(e, graph.form),
  };
}

/** So many are told from the others one by one, with all that follows for those beside them; more take their order as it is. */
const MOST_ALIKE = 64;

/** What tells symbols apart is sought no further away than over so many others, so that a long chain of equal ones takes no time of its square. */
const MOST_ROUNDS = 32;

/** Of those that are alike the first, in the class of the lowest colour. */
function firstAlike(graph: Graph, symbols: readonly string[]): string | null {
  const classes = new Map<number, string[]>();
  for (const s of symbols) {
    const colour = graph.colourOf(s);
    const others = classes.get(colour);
    if (others === undefined) classes.set(colour, [s]);
    else others.push(s);
  }
  const colour = [...classes].reduce((least, [c, members]) => (members.length > 1 && c < least ? c : least), Infinity);
  return classes.get(colour)?.[0] ?? null;
}

/** Two digests of 32 bits each: that two different things share both does not happen in a model's size. */
type Digest = readonly [Uint32Array, Uint32Array];
const LANES = [0, 1] as const;
const digests = (n: number): Digest => [new Uint32Array(n), new Uint32Array(n)];

class Graph {
  /** By expression: its node. Equal expressions are one. */
  private readonly nodes = new Map<string, number>();
  private readonly shapes: string[] = [];
  private readonly parts: (readonly number[])[] = [];
  private readonly symbols: (string | null)[] = [];
  private readonly symbolNodes = new Map<string, number>();
  private readonly roots: Root[] = [];
  /** Said only among alike: heard in the end. */
  private readonly later: Root[] = [];
  private readonly shapeSeeds: Digest;
  private readonly colours: Digest;
  /** The colours before what is said only among alike was heard. */
  form: Digest;
  private readonly up: Digest;
  private readonly down: Digest;
  private classes = 0;

  private readonly kindOf: (symbol: string) => string;

  constructor(sayings: readonly Saying[], kindOf: (symbol: string) => string) {
    this.kindOf = kindOf;
    const known = new WeakMap<Expr, number>();
    for (const { role, of, values, onlyAmongAlike } of sayings) {
      const at = values.map((e) =>
        foldExpr<number>(
          e,
          (node, parts) => {
            const number = known.get(node) ?? this.node(node, parts);
            known.set(node, number);
            return number;
          },
          (node) => (known.has(node) ? [] : partsOf(node)),
        ),
      );
      (onlyAmongAlike === true ? this.later : this.roots).push({
        role: seedOf(role),
        of: of === null ? null : this.symbolNode(of),
        values: at,
      });
    }
    const n = this.parts.length;
    [this.shapeSeeds, this.colours, this.up, this.down] = [digests(n), digests(n), digests(n), digests(n)];
    this.shapes.forEach((shape, k) => {
      const seed = seedOf(shape);
      for (const lane of LANES) this.shapeSeeds[lane][k] = this.colours[lane][k] = seed[lane];
    });
    this.form = this.colours;
    this.classes = this.distinct();
  }

  /** From now on what is said only among alike counts, too. */
  hearAll(): void {
    this.form = [this.colours[0].slice(), this.colours[1].slice()];
    this.roots.push(...this.later);
  }

  /** First by form, then by all that is said. */
  keyOf(digest: (colours: Digest) => number): number {
    return Math.floor(digest(this.form) / 2 ** 26) * 2 ** 26 + Math.floor(digest(this.colours) / 2 ** 27);
  }

  private symbolNode(name: string): number {
    return this.symbolNodes.get(name) ?? this.node({ kind: "symbol", name }, []);
  }

  private node(e: Expr, parts: readonly number[]): number {
    const key = `${shapeOf(e)}(${parts.join(",")})`;
    const old = this.nodes.get(key);
    if (old !== undefined) return old;
    const number = this.parts.push(parts) - 1;
    this.nodes.set(key, number);
    this.symbols.push(e.kind === "symbol" ? e.name : null);
    this.shapes.push(e.kind === "symbol" ? `symbol ${this.kindOf(e.name)}` : shapeOf(e));
    if (e.kind === "symbol") this.symbolNodes.set(e.name, number);
    return number;
  }

  colourOf(name: string): number {
    return this.digestOfSymbol(name, this.colours);
  }

  digestOfSymbol(name: string, colours: Digest): number {
    const k = this.symbolNodes.get(name);
    return k === undefined ? 0 : wide(colours, k);
  }

  digestOf(e: Expr, colours: Digest): number {
    const [a, b] = foldExpr<Seed>(e, (node, parts) => {
      const k = node.kind === "symbol" ? this.symbolNodes.get(node.name) : undefined;
      if (k !== undefined) return [colours[0][k] ?? 0, colours[1][k] ?? 0];
      const own = seedOf(node.kind === "symbol" ? `symbol ${this.kindOf(node.name)}` : shapeOf(node));
      return [parts.reduce((h, p) => mix(h, p[0]), own[0]), parts.reduce((h, p) => mix(h, p[1]), own[1])];
    });
    return a * 2 ** 21 + (b >>> 11);
  }

  single(name: string, as: number): void {
    const k = present(this.symbolNodes.get(name), name);
    for (const lane of LANES) this.colours[lane][k] = mix(this.colours[lane][k] ?? 0, as);
    this.classes = this.distinct();
  }

  /** Until a round tells no more symbols apart, or so many rounds. */
  refine(most: number): void {
    for (let before = -1, rounds = 0; this.classes > before && rounds < most; rounds++) {
      before = this.classes;
      for (const lane of LANES) this.round(lane);
      this.classes = this.distinct();
    }
  }

  private distinct(): number {
    return new Set([...this.symbolNodes.values()].map((k) => wide(this.colours, k))).size;
  }

  /** Parts come before what is made of them, so that one pass up and one pass down reach everything. */
  private round(lane: 0 | 1): void {
    const [shapes, colours, up, down] = [this.shapeSeeds[lane], this.colours[lane], this.up[lane], this.down[lane]];
    const n = this.parts.length;
    for (let k = 0; k < n; k++) {
      let h = this.symbols[k] === null ? at(shapes, k) : at(colours, k);
      for (const part of at(this.parts, k)) h = mix(h, at(up, part));
      up[k] = h;
    }
    down.fill(0);
    for (const { role, of, values } of this.roots) {
      let said = role[lane];
      for (const v of values) said = mix(said, at(up, v));
      const of_ = of === null ? 0 : at(colours, of);
      values.forEach((v, place) => (down[v] = at(down, v) + mix(mix(mix(role[lane], of_), said), place)));
      if (of !== null) down[of] = at(down, of) + mix(said, 2);
    }
    for (let k = n - 1; k >= 0; k--) {
      const whole = mix(at(down, k), at(up, k));
      at(this.parts, k).forEach((part, place) => (down[part] = at(down, part) + mix(whole, place + 3)));
    }
    for (const k of this.symbolNodes.values()) colours[k] = mix(at(colours, k), at(down, k));
  }
}

function at<T>(list: { readonly [k: number]: T }, k: number): T {
  return list[k] as T;
}

function wide([a, b]: Digest, k: number): number {
  return at(a, k) * 2 ** 21 + (at(b, k) >>> 11);
}

type Seed = readonly [number, number];

interface Root {
  readonly role: Seed;
  readonly of: number | null;
  readonly values: readonly number[];
}

function seedOf(text: string): Seed {
  let [a, b] = [1, 2];
  for (let k = 0; k < text.length; k++) [a, b] = [mix(a, text.charCodeAt(k)), mix(b, text.charCodeAt(k))];
  return [a, b];
}

/** One step of MurmurHash 3 with its finish (A. Appleby, public domain). */
function mix(h: number, x: number): number {
  let k = Math.imul(x ^ (x >>> 16), 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  let m = h ^ k;
  m = Math.imul((m << 13) | (m >>> 19), 5) + 0xe6546b64;
  m = Math.imul(m ^ (m >>> 16), 0x85ebca6b);
  m = Math.imul(m ^ (m >>> 13), 0xc2b2ae35);
  return (m ^ (m >>> 16)) >>> 0;
}
