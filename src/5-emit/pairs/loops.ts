// A kernel's loop over neurons as WebAssembly that takes two neurons at a time: the same operations in the same order as the code tree says, so the same bits.
// Whatever it cannot do so is refused, and the JavaScript kernel stays.
import type { Code, Statement } from "../code.ts";
import { binary, id, num } from "../construct.ts";
import { CLOCKS, mentions } from "../mentions.ts";
import { assembler, localsAfter } from "./assemble.ts";
import { F64, I32, V128, type ValueType, type WasmFunction } from "./encode.ts";
import { isName, isNeuron, refuse, Refused, vectors, type Surroundings } from "./vectors.ts";

export type FunctionStatement = Extract<Statement, { readonly kind: "function" }>;

export interface PairedLoop {
  /**
   * Takes (low, high, count, …clocks), answers the new count and leaves in the list STOPPED the neuron that it did not come to: `high` or, before that, the last of an
   * odd number, or the first of a pair that one of the rare cases has met. Nothing has been done to that pair: the JavaScript kernel takes it.
   */
  readonly function: WasmFunction;
  /** Names of the closure whose values a call hands over as they stand: the time. */
  readonly clocks: readonly string[];
  /** Whether it takes the number of candidates found so far. */
  readonly continues: boolean;
  /** The list that it writes neurons to, if any. */
  readonly list: string | null;
}

/** The runtime's lists: the neuron where a loop has ended, and neurons found for a caller that has a list of its own. */
export const STOPPED = "stopped";
export const FOUND = "found";

/** Null where the function is no such loop, or one that is refused. */
export function pairedLoop(f: FunctionStatement, around: Surroundings): PairedLoop | null {
  try {
    return compileLoop(f, around);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

function compileLoop(f: FunctionStatement, around: Surroundings): PairedLoop {
  const [low, high, third, ...more] = f.parameters.map((p) => p.name);
  if (
    low !== "low" ||
    high !== "high" ||
    more.length > 0 ||
    (third !== undefined && third !== "count" && third !== "found")
  )
    refuse("not over a range");
  const steps = f.body.filter((s) => s.kind !== "comment" && s.kind !== "blank");
  const at = steps.findIndex((s) => s.kind === "for");
  const loop = steps[at];
  if (loop?.kind !== "for" || loop.variable !== "i" || !isName(loop.from, "low") || !isName(loop.below, "high"))
    return refuse("no loop over neurons");
  for (const s of steps.slice(at + 1))
    if (s.kind !== "return" || (s.value !== null && !isName(s.value, "count"))) refuse("something after the loop");

  // The time comes last among the parameters, as doubles.
  const clocks = CLOCKS.filter((name) => mentions([loop, ...steps.slice(0, at)], name));
  const LOW = 0,
    HIGH = 1,
    COUNT = 2;
  const parameters: readonly ValueType[] = [I32, I32, I32, ...clocks.map(() => F64 as ValueType)];
  const locals = localsAfter(parameters.length);
  const top = assembler();
  const inner = assembler();
  const out = { w: top };
  /** What is done to a pair once it is known to be none of the rare ones. */
  const stores: (() => void)[] = [];
  const finds: { readonly mask: number | null; append(): void }[] = [];
  /** Where nothing is rare and nothing is found: pairs for which this holds are done with. Then `escapes` says exactly what is rare. */
  let quiet: { readonly mask: number; escapes(): void } | null = null;
  const stored = new Set<string>();
  let list: string | null = null;

  const place = locals.fresh(I32),
    end = locals.fresh(I32),
    bits = locals.fresh(I32),
    rare = { local: locals.fresh(V128), met: false };
  const v = vectors({ around, locals, out, top, place, clocks, firstClock: COUNT + 1, changed: stored, rare });

  // ---- statements

  function statement(s: Statement): void {
    switch (s.kind) {
      case "comment":
      case "blank":
        return;
      case "const":
        return v.constant(s);
      case "assign":
        return store(s);
      case "if":
        return branch(s);
      default:
        return refuse(s.kind);
    }
  }

  /** `array[i] = value` */
  function store(s: Statement & { readonly kind: "assign" }): void {
    const { target } = s;
    if (s.operator !== "=" || target.kind !== "element" || target.object.kind !== "name" || !isNeuron(target.index))
      return refuse("a store elsewhere");
    const {
      object: { name: array },
      index,
    } = target;
    v.number(s.value);
    const value = v.keep();
    stored.add(array);
    stores.push(() => {
      v.where(index);
      out.w.get(value);
      out.w.access("v128.store", around.address(array));
    });
  }

  function branch({ condition, then, otherwise }: Statement & { readonly kind: "if" }): void {
    // `rare && happens(i)`
    if (otherwise !== undefined) {
      if (condition.kind !== "binary" || condition.operator !== "&&" || condition.right.kind !== "call")
        return refuse("a branch");
      const fires = otherwise.find((s) => s.kind === "if");
      const silent = fires === undefined ? null : complement(fires.condition);
      // What spikes may be rare, too: `(escapes || fires) && happens(i)`.
      const { left } = condition;
      const zero = zeroUnlessInfinite(left.kind === "binary" && left.operator === "||" ? left.left : left);
      if (zero === null || silent === null || quiet !== null) {
        v.mask(left);
        v.leaveOut();
        for (const s of otherwise) statement(s);
        return;
      }
      // !(V + 0 <= V_T) where 0 stands for a sum times 0: one comparison for a spike and for what is not finite.
      const z = v.named(zero);
      for (const s of otherwise) if (s !== fires) statement(s);
      v.mask({ ...silent, left: binary("+", silent.left, id(z)) });
      const mask = v.keep();
      const escapes = binary("!==", id(z), num(0));
      quiet = {
        mask,
        escapes: () => v.mask(left.kind === "binary" && left.operator === "||" ? { ...left, left: escapes } : escapes),
      };
      if (fires !== undefined) finding(fires, true);
      return;
    }
    finding({ kind: "if", condition, then }, false);
  }

  /** `if (condition) list[count++] = i`; `later`: the condition is looked at only where the pair is not quiet. */
  function finding({ condition, then, otherwise }: Statement & { readonly kind: "if" }, later: boolean): void {
    const to = otherwise === undefined ? (listOf(then) ?? refuse("a branch")) : refuse("a branch");
    if (list !== null && list !== to) refuse("two lists");
    list = to;
    const mask = locals.fresh(V128);
    const judge = (): void => {
      v.mask(condition);
      out.w.set(mask);
    };
    if (!later) judge();
    finds.push({
      mask: later ? null : mask,
      append: () => {
        if (later) judge();
        out.w.get(mask);
        out.w.do("i64x2.bitmask");
        out.w.set(bits);
        for (const lane of [0, 1]) {
          out.w.get(bits);
          out.w.i32(1 << lane);
          out.w.do("i32.and");
          out.w.block("if", () => append(to, lane));
        }
      },
    });
  }

  function append(to: string, lane: number): void {
    out.w.get(COUNT);
    out.w.i32(2);
    out.w.do("i32.shl");
    neuron(lane);
    out.w.access("i32.store", around.address(to));
    out.w.get(COUNT);
    out.w.i32(1);
    out.w.do("i32.add");
    out.w.set(COUNT);
  }

  function neuron(lane: number): void {
    out.w.get(place);
    out.w.i32(3);
    out.w.do("i32.shr_u");
    if (lane === 0) return;
    out.w.i32(1);
    out.w.do("i32.add");
  }

  // ---- the function

  for (const s of steps.slice(0, at)) if (s.kind !== "let" || s.name !== "count") statement(s);
  if (stores.length > 0 || finds.length > 0) refuse("something done before the loop");
  out.w = inner;
  for (const s of loop.body) statement(s);

  // While there is a pair: its values, away where they are rare, else stored.
  const whole = assembler();
  const bitsOf = (masks: readonly number[]): void => {
    masks.forEach((mask, k) => {
      whole.get(mask);
      if (k > 0) whole.do("v128.or");
    });
    whole.do("i64x2.bitmask");
  };
  /** Mostly nothing is rare and nothing is found: one branch for both. */
  const closer = (): void => {
    const masks = [...(rare.met ? [rare.local] : []), ...finds.flatMap(({ mask }) => (mask === null ? [] : [mask]))];
    if (masks.length > 0) bitsOf(masks);
    if (quiet !== null) {
      bitsOf([quiet.mask]);
      whole.i32(3);
      whole.do("i32.ne");
      if (masks.length > 0) whole.do("i32.or");
    } else if (masks.length === 0) return;
    whole.block("if", () => {
      if (rare.met || quiet !== null) {
        if (rare.met) whole.get(rare.local);
        quiet?.escapes();
        if (rare.met && quiet !== null) whole.do("v128.or");
        whole.do("i64x2.bitmask");
        whole.branchIf(2);
      }
      for (const find of finds) find.append();
    });
  };
  for (const [from, to] of [
    [LOW, place],
    [HIGH, end],
  ] as const) {
    whole.get(from);
    whole.i32(3);
    whole.do("i32.shl");
    whole.set(to);
  }
  whole.append(top.code);
  const pairs = (): void => {
    whole.get(place);
    whole.i32(8);
    whole.do("i32.add");
    whole.get(end);
    whole.do("i32.lt_u");
  };
  whole.block("block", () => {
    pairs();
    whole.do("i32.eqz");
    whole.branchIf(0);
    whole.block("loop", () => {
      if (rare.met) {
        whole.constants([0, 0, 0, 0]);
        whole.set(rare.local);
      }
      whole.append(inner.code);
      out.w = whole;
      closer();
      for (const store of stores) store();
      whole.get(place);
      whole.i32(16);
      whole.do("i32.add");
      whole.set(place);
      pairs();
      whole.branchIf(0);
    });
  });
  whole.i32(0);
  neuron(0);
  whole.access("i32.store", around.address(STOPPED));
  whole.get(COUNT);
  return {
    function: { name: f.name, signature: { parameters, result: I32 }, locals: locals.types, code: whole.code },
    clocks,
    continues: third === "count",
    list,
  };
}

/** (x + y)*0 for a condition x*0 + y*0 !== 0: not 0 wherever that holds, and also where a sum overflows. */
function zeroUnlessInfinite(condition: Code): Code | null {
  if (condition.kind !== "binary" || condition.operator !== "!==" || !isNumber(condition.right, 0)) return null;
  const parts: Code[] = [];
  let sum = condition.left;
  for (; sum.kind === "binary" && sum.operator === "+"; sum = sum.left) parts.push(sum.right);
  const values = [...parts, sum].flatMap((part) =>
    part.kind === "binary" && part.operator === "*" && isNumber(part.right, 0) ? [part.left] : [],
  );
  return values.length === parts.length + 1
    ? binary(
        "*",
        values.reduce((a, b) => binary("+", a, b)),
        num(0),
      )
    : null;
}

/** What holds where a > b does not, but for NaN. */
function complement(condition: Code): (Code & { readonly kind: "binary" }) | null {
  if (condition.kind !== "binary") return null;
  const operator = ({ ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const)[condition.operator as string];
  return operator === undefined ? null : { ...condition, operator };
}

function isNumber(code: Code, value: number): boolean {
  return code.kind === "number" && Object.is(code.value, value);
}

/** `list[count] = i; count += 1` */
function listOf(statements: readonly Statement[]): string | null {
  const [element, increase, ...more] = statements.filter((s) => s.kind !== "comment");
  if (
    element?.kind !== "assign" ||
    increase?.kind !== "assign" ||
    more.length > 0 ||
    !isName(increase.target, "count") ||
    increase.operator !== "+="
  )
    return null;
  const { target, value } = element;
  return target.kind === "element" &&
    target.object.kind === "name" &&
    isName(target.index, "count") &&
    isName(value, "i")
    ? target.object.name
    : null;
}
