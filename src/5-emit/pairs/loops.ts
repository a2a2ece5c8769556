// A kernel's loop over neurons as WebAssembly that takes two neurons at a time: the same operations in the same order as the code tree says, so the same bits.
// Whatever it cannot do so is refused, and the JavaScript kernel stays.
import type { Code, Statement } from "../code.ts";
import { binary, id, num } from "../construct.ts";
import { exponentialPrelude, guardsRareCall, isExponential, nearPrelude, ofShortStep, writtenOut, type Exponential } from "../exponentials.ts";
import { assembler, localsAfter, type Assembler, type Vector } from "./assemble.ts";
import { F64, I32, V128, type ValueType, type WasmFunction } from "./encode.ts";

export type FunctionStatement = Extract<Statement, { readonly kind: "function" }>;

/** Where things lie; answers are written into the code. */
export interface Surroundings {
  /** Byte address of an array, a table of the runtime, or a list of neurons. */
  address(array: string): number;
  /** Byte address of a number that stands in the text. */
  literal(value: number): number;
}

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

/** What the second backend does not do; caught where the loop is taken up. */
class Refused extends Error {}

function refuse(why: string): never {
  throw new Refused(why);
}

/** Expressions deeper than this are refused: they are compiled by recursion. */
const DEEPEST = 400;

const CLOCKS: ReadonlySet<string> = new Set(["t", "t_next"]);
const OPERATORS: Readonly<Record<string, Vector>> = {
  "+": "f64x2.add", "-": "f64x2.sub", "*": "f64x2.mul", "/": "f64x2.div",
  "<": "f64x2.lt", "<=": "f64x2.le", ">": "f64x2.gt", ">=": "f64x2.ge", "===": "f64x2.eq", "!==": "f64x2.ne", "&&": "v128.and", "||": "v128.or",
};
/** Operations of one instruction that do what their namesakes of JavaScript do, to the last bit. */
const INSTRUCTIONS: Readonly<Record<string, Vector>> = { sqrt: "f64x2.sqrt", abs: "f64x2.abs", floor: "f64x2.floor", ceil: "f64x2.ceil", min: "f64x2.min", max: "f64x2.max" };
/** What the runtime's tables of the exponentials hold at which place, by the names that kernels give. */
const KNOWN: ReadonlyMap<string, Code> = new Map([...exponentialPrelude((name) => name), ...nearPrelude((name) => name)].flatMap((s) => (s.kind === "const" ? [[s.name, s.value] as const] : [])));

type Kind = "number" | "mask";

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
  if (low !== "low" || high !== "high" || more.length > 0 || (third !== undefined && third !== "count" && third !== "found")) refuse("not over a range");
  const steps = f.body.filter((s) => s.kind !== "comment" && s.kind !== "blank");
  const at = steps.findIndex((s) => s.kind === "for");
  const loop = steps[at];
  if (loop?.kind !== "for" || loop.variable !== "i" || !isName(loop.from, "low") || !isName(loop.below, "high")) return refuse("no loop over neurons");
  for (const s of steps.slice(at + 1)) if (s.kind !== "return" || (s.value !== null && !isName(s.value, "count"))) refuse("something after the loop");

  // The time comes last among the parameters, as doubles.
  const clocks = [...CLOCKS].filter((name) => mentions([loop, ...steps.slice(0, at)], name));
  const LOW = 0, HIGH = 1, COUNT = 2;
  const parameters: readonly ValueType[] = [I32, I32, I32, ...clocks.map(() => F64 as ValueType)];
  const locals = localsAfter(parameters.length);
  const top = assembler();
  const inner = assembler();
  let w: Assembler = top;
  /** What is done to a pair once it is known to be none of the rare ones. */
  const stores: (() => void)[] = [];
  const finds: { readonly mask: number | null; append(): void }[] = [];
  /** Where nothing is rare and nothing is found: pairs for which this holds are done with. Then `escapes` says exactly what is rare. */
  let quiet: { readonly mask: number; escapes(): void } | null = null;
  let someAreRare = false;
  const stored = new Set<string>();
  let list: string | null = null;

  const names = new Map<string, { readonly local: number; readonly kind: Kind }>();
  const literals = new Map<string, number>();
  let lookups = new Map<string, readonly [number, number]>();
  const place = locals.fresh(I32), end = locals.fresh(I32), rare = locals.fresh(V128), bits = locals.fresh(I32);
  let numberOfTemporaries = 0;
  const fresh = (wanted: string): string => `${wanted}~${numberOfTemporaries++}`;
  const runtime = (name: string): string => name;

  /** A vector that is the same in every pass, made once at the top. */
  const once = (key: string, make: () => void): number => {
    const old = literals.get(key);
    if (old !== undefined) return old;
    const local = locals.fresh(V128);
    const outer = w;
    w = top;
    make();
    w.set(local);
    w = outer;
    literals.set(key, local);
    return local;
  };
  const loadOnce = (address: number): void => {
    w.i32(0);
    w.access("v128.load64_splat", address);
  };
  const temporary = (): number => {
    const local = locals.fresh(V128);
    w.set(local);
    return local;
  };

  const numberOf = (code: Code, depth: number): void => {
    if (emit(code, depth + 1) !== "number") refuse("a number is wanted");
  };
  const maskOf = (code: Code, depth: number): void => {
    if (emit(code, depth + 1) !== "mask") refuse("a condition is wanted");
  };

  function emit(code: Code, depth: number): Kind {
    if (depth > DEEPEST) return refuse("too deep");
    switch (code.kind) {
      case "number": {
        const key = Object.is(code.value, -0) ? "-0" : String(code.value);
        w.get(once(key, () => loadOnce(around.literal(code.value))));
        return "number";
      }
      case "name":
        return emitName(code.name);
      case "unary":
        if (code.operator === "-") {
          numberOf(code.operand, depth);
          w.do("f64x2.neg");
          return "number";
        }
        maskOf(code.operand, depth);
        w.do("v128.not");
        return "mask";
      case "binary": {
        const spine: (Code & { readonly kind: "binary" })[] = [];
        let left: Code = code;
        for (; left.kind === "binary"; left = left.left) spine.push(left);
        let kind = emit(left, depth + 1);
        for (const { operator, right } of spine.reverse()) {
          const logical = operator === "&&" || operator === "||";
          if (kind !== (logical ? "mask" : "number")) refuse("operands of another kind");
          if (logical) maskOf(right, depth);
          else numberOf(right, depth);
          w.do(OPERATORS[operator] ?? refuse(`operator ${operator}`));
          kind = logical || !"+-*/".includes(operator) ? "mask" : "number";
        }
        return kind;
      }
      case "ternary":
        return emitChoice(code, depth);
      case "element":
        emitElement(code, depth);
        return "number";
      case "call":
        if (code.callee.kind !== "name") return refuse("a call of no name");
        emitCall(code.callee.name, code.arguments, depth);
        return "number";
      default:
        return refuse(code.kind);
    }
  }

  function emitName(name: string): Kind {
    const known = names.get(name);
    if (known !== undefined) {
      w.get(known.local);
      return known.kind;
    }
    if (name === "i") {
      w.get(place);
      w.i32(3);
      w.do("i32.shr_u", "f64.convert_i32_s", "f64x2.splat");
      w.get(once("lanes", () => w.constants([0, 0, 0, 0x3ff00000])));
      w.do("f64x2.add");
      return "number";
    }
    const clock = clocks.indexOf(name);
    const value = KNOWN.get(name);
    if (clock >= 0) w.get(once(name, () => {
      w.get(COUNT + 1 + clock);
      w.do("f64x2.splat");
    }));
    else if (value !== undefined) w.get(once(name, () => numberOf(value, 0)));
    else return refuse(`name ${name}`);
    return "number";
  }

  function emitElement({ object, index }: Code & { readonly kind: "element" }, depth: number): void {
    if (object.kind !== "name" || stored.has(object.name)) return refuse("an element of no name, or of one that has changed");
    const address = around.address(object.name);
    if (index.kind === "number") {
      w.i32(0);
      w.access("v128.load64_splat", address + 8 * index.value);
    } else if (isNeuron(index)) {
      where(index);
      w.access("v128.load", address);
    } else if (index.kind === "binary" && index.operator === "&" && index.right.kind === "number") {
      const [first, second] = lookup(index.left, index.right.value, depth);
      w.get(second);
      w.get(first);
      w.access("v128.load64_zero", address);
      w.loadUpper(address);
    } else refuse("an element elsewhere");
  }

  /** Byte offsets of two entries of a table. What lies beyond int32 is where results are not used. */
  function lookup(index: Code, mask: number, depth: number): readonly [number, number] {
    const key = index.kind === "name" ? `${index.name}&${mask}` : null;
    const old = key === null ? undefined : lookups.get(key);
    if (old !== undefined) return old;
    numberOf(index, depth);
    w.do("i32x4.trunc_sat_f64x2_s_zero");
    w.get(once(`&${mask}`, () => w.constants([mask, mask, mask, mask])));
    w.do("v128.and");
    w.i32(3);
    w.do("i32x4.shl");
    const both = temporary();
    const made = [0, 1].map((lane) => {
      const local = locals.fresh(I32);
      w.get(both);
      w.lane("i32x4.extract_lane", lane);
      w.set(local);
      return local;
    }) as [number, number];
    if (key !== null) lookups.set(key, made);
    return made;
  }

  /** The address of neuron i in an array, or in a tile. */
  function where(index: Code): void {
    w.get(place);
    if (index.kind !== "binary" || index.right.kind !== "number") return;
    w.i32(index.right.value * 8);
    w.do("i32.and");
  }

  /** Only where some neuron of the pair needs it; what is looked up inside is forgotten afterwards. */
  function conditionally(body: () => void): void {
    const outer = lookups;
    lookups = new Map(outer);
    w.block("if", body);
    lookups = outer;
  }

  /** The condition on the stack is met by rare neurons only: their pairs are left to the JavaScript kernel. */
  function leaveOut(): void {
    someAreRare = true;
    w.get(rare);
    w.do("v128.or");
    w.set(rare);
  }

  function emitChoice({ condition, then, otherwise }: Code & { readonly kind: "ternary" }, depth: number): Kind {
    if (guardsRareCall(condition)) {
      // Behind `far` stands a call that is rare; that of exprel behind `near` is not rare enough.
      maskOf(condition, depth);
      if (then.kind === "call") {
        leaveOut();
        return emit(otherwise, depth + 1);
      }
      const near = temporary();
      numberOf(then, depth);
      if (otherwise.kind === "call" && otherwise.arguments[0] !== undefined) beyond(named(otherwise.arguments[0], depth), near, depth);
      else chooseLate(near, otherwise, depth);
      return "number";
    }
    const kind = emit(then, depth + 1);
    if (emit(otherwise, depth + 1) !== kind) refuse("branches of two kinds");
    maskOf(condition, depth);
    w.do("v128.bitselect");
    return kind;
  }

  /** What is on the stack where `mask` holds, else `otherwise`, which is computed only where some neuron of the pair needs it. */
  function chooseLate(mask: number, otherwise: Code, depth: number): void {
    const result = temporary();
    w.get(mask);
    w.do("i64x2.bitmask");
    w.i32(3);
    w.do("i32.ne");
    conditionally(() => {
      w.get(result);
      numberOf(otherwise, depth);
      w.get(mask);
      w.do("v128.bitselect");
      w.set(result);
    });
    w.get(result);
  }

  function emitCall(name: string, args: readonly Code[], depth: number): void {
    const one = INSTRUCTIONS[name];
    const first = args[0];
    if (first === undefined) return refuse("a call of nothing");
    if (one !== undefined) {
      for (const argument of args) numberOf(argument, depth);
      w.do(one);
    } else if (isExponential(name)) emitExponential(name, first, depth);
    else if (name === "sign" || name === "round" || name === "step" || name === "clamp") emitChosen(name, args, depth);
    else refuse(`call of ${name}`);
  }

  function emitExponential(name: Exponential, argument: Code, depth: number): void {
    const u = named(argument, depth);
    // Mostly exprel is near 0, where its series is enough.
    const { statements, value } = name === "exprel" ? ofShortStep(id(u), fresh, runtime) : writtenOut(name, id(u), fresh, runtime);
    constants(statements, depth);
    if (name !== "exprel") return numberOf(value, depth);
    if (value.kind !== "ternary") return refuse("a series without its range");
    maskOf(value.condition, depth);
    const near = temporary();
    numberOf(value.then, depth);
    beyond(u, near, depth);
  }

  /** exprel(u) in place of its series on the stack, where `near` does not hold. */
  function beyond(u: string, near: number, depth: number): void {
    const result = temporary();
    w.get(near);
    w.do("i64x2.bitmask");
    w.i32(3);
    w.do("i32.ne");
    conditionally(() => {
      const { statements, value } = writtenOut("exprel", id(u), fresh, runtime);
      constants(statements, depth);
      if (value.kind !== "ternary") return refuse("exprel without its ranges");
      w.get(result);
      numberOf(value.otherwise, depth);
      w.get(near);
      w.do("v128.bitselect");
      w.set(result);
    });
    w.get(result);
  }

  /** Functions that choose between values, as runtime/math.ts writes them. */
  function emitChosen(name: "sign" | "round" | "step" | "clamp", args: readonly Code[], depth: number): void {
    const [x, low, high] = args.map((argument) => id(named(argument, depth))) as [Code, Code, Code];
    const choose = (condition: Code, then: Code, otherwise: Code): Code => ({ kind: "ternary", condition, then, otherwise });
    switch (name) {
      case "sign":
        return numberOf(choose(binary(">", x, num(0)), num(1), choose(binary("<", x, num(0)), num(-1), x)), depth);
      case "step":
        return numberOf(choose(binary(">=", x, num(0)), num(1), num(0)), depth);
      case "clamp":
        return numberOf(choose(binary("<", x, low), low, choose(binary(">", x, high), high, x)), depth);
      case "round": {
        const whole = fresh("whole");
        numberOf(x, depth);
        w.do("f64x2.trunc");
        names.set(whole, { local: temporary(), kind: "number" });
        const rest = named(binary("-", x, id(whole)), depth);
        return numberOf(choose(binary(">=", id(rest), num(0.5)), binary("+", id(whole), num(1)), choose(binary("<=", id(rest), num(-0.5)), binary("-", id(whole), num(1)), id(whole))), depth);
      }
    }
  }

  function named(code: Code, depth: number): string {
    if (code.kind === "name" && names.has(code.name)) return code.name;
    const name = fresh("value");
    numberOf(code, depth);
    names.set(name, { local: temporary(), kind: "number" });
    return name;
  }

  function constants(statements: readonly Statement[], depth: number): void {
    for (const s of statements) {
      if (s.kind === "comment") continue;
      if (s.kind !== "const") return refuse(s.kind);
      const kind = emit(s.value, depth + 1);
      names.set(s.name, { local: temporary(), kind });
    }
  }

  // ---- statements

  function statement(s: Statement): void {
    switch (s.kind) {
      case "comment":
      case "blank":
        return;
      case "const":
        return constants([s], 0);
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
    if (s.operator !== "=" || target.kind !== "element" || target.object.kind !== "name" || !isNeuron(target.index)) return refuse("a store elsewhere");
    const { object: { name: array }, index } = target;
    numberOf(s.value, 0);
    const value = temporary();
    stored.add(array);
    stores.push(() => {
      where(index);
      w.get(value);
      w.access("v128.store", around.address(array));
    });
  }

  function branch({ condition, then, otherwise }: Statement & { readonly kind: "if" }): void {
    // `rare && happens(i)`
    if (otherwise !== undefined) {
      if (condition.kind !== "binary" || condition.operator !== "&&" || condition.right.kind !== "call") return refuse("a branch");
      const fires = otherwise.find((s) => s.kind === "if");
      const silent = fires === undefined ? null : complement(fires.condition);
      const zero = zeroUnlessInfinite(condition.left);
      if (zero === null || silent === null || quiet !== null) {
        maskOf(condition.left, 0);
        leaveOut();
        for (const s of otherwise) statement(s);
        return;
      }
      // !(V + 0 <= V_T) where 0 stands for a sum times 0: one comparison for a spike and for what is not finite.
      const z = named(zero, 0);
      for (const s of otherwise) if (s !== fires) statement(s);
      maskOf({ ...silent, left: binary("+", silent.left, id(z)) }, 0);
      const mask = temporary();
      quiet = { mask, escapes: () => maskOf(binary("!==", id(z), num(0)), 0) };
      if (fires !== undefined) finding(fires, true);
      return;
    }
    finding({ kind: "if", condition, then }, false);
  }

  /** `if (condition) list[count++] = i`; `later`: the condition is looked at only where the pair is not quiet. */
  function finding({ condition, then, otherwise }: Statement & { readonly kind: "if" }, later: boolean): void {
    const to = otherwise === undefined ? listOf(then) ?? refuse("a branch") : refuse("a branch");
    if (list !== null && list !== to) refuse("two lists");
    list = to;
    const mask = locals.fresh(V128);
    const judge = (): void => {
      maskOf(condition, 0);
      w.set(mask);
    };
    if (!later) judge();
    finds.push({ mask: later ? null : mask, append: () => {
      if (later) judge();
      w.get(mask);
      w.do("i64x2.bitmask");
      w.set(bits);
      for (const lane of [0, 1]) {
        w.get(bits);
        w.i32(1 << lane);
        w.do("i32.and");
        w.block("if", () => append(to, lane));
      }
    } });
  }

  function append(to: string, lane: number): void {
    w.get(COUNT);
    w.i32(2);
    w.do("i32.shl");
    neuron(lane);
    w.access("i32.store", around.address(to));
    w.get(COUNT);
    w.i32(1);
    w.do("i32.add");
    w.set(COUNT);
  }

  function neuron(lane: number): void {
    w.get(place);
    w.i32(3);
    w.do("i32.shr_u");
    if (lane === 0) return;
    w.i32(1);
    w.do("i32.add");
  }

  // ---- the function

  for (const s of steps.slice(0, at)) if (s.kind !== "let" || s.name !== "count") statement(s);
  if (stores.length > 0 || finds.length > 0) refuse("something done before the loop");
  w = inner;
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
    const masks = [...(someAreRare ? [rare] : []), ...finds.flatMap(({ mask }) => (mask === null ? [] : [mask]))];
    if (masks.length > 0) bitsOf(masks);
    if (quiet !== null) {
      bitsOf([quiet.mask]);
      whole.i32(3);
      whole.do("i32.ne");
      if (masks.length > 0) whole.do("i32.or");
    } else if (masks.length === 0) return;
    whole.block("if", () => {
      if (someAreRare || quiet !== null) {
        if (someAreRare) whole.get(rare);
        quiet?.escapes();
        if (someAreRare && quiet !== null) whole.do("v128.or");
        whole.do("i64x2.bitmask");
        whole.branchIf(2);
      }
      for (const find of finds) find.append();
    });
  };
  for (const [from, to] of [[LOW, place], [HIGH, end]] as const) {
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
      if (someAreRare) {
        whole.constants([0, 0, 0, 0]);
        whole.set(rare);
      }
      whole.append(inner.code);
      w = whole;
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
    clocks, continues: third === "count", list,
  };
}

/** (x + y)*0 for a condition x*0 + y*0 !== 0: not 0 wherever that holds, and also where a sum overflows. */
function zeroUnlessInfinite(condition: Code): Code | null {
  if (condition.kind !== "binary" || condition.operator !== "!==" || !isNumber(condition.right, 0)) return null;
  const parts: Code[] = [];
  let sum = condition.left;
  for (; sum.kind === "binary" && sum.operator === "+"; sum = sum.left) parts.push(sum.right);
  const values = [...parts, sum].flatMap((part) => (part.kind === "binary" && part.operator === "*" && isNumber(part.right, 0) ? [part.left] : []));
  return values.length === parts.length + 1 ? binary("*", values.reduce((a, b) => binary("+", a, b)), num(0)) : null;
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
  if (element?.kind !== "assign" || increase?.kind !== "assign" || more.length > 0 || !isName(increase.target, "count") || increase.operator !== "+=") return null;
  const { target, value } = element;
  return target.kind === "element" && target.object.kind === "name" && isName(target.index, "count") && isName(value, "i") ? target.object.name : null;
}

/** `i`, or `i & 255` in a tile: pairs begin with an even neuron. */
function isNeuron(index: Code): boolean {
  return isName(index, "i") || (index.kind === "binary" && index.operator === "&" && isName(index.left, "i") && index.right.kind === "number");
}

function isName(code: Code | undefined, name: string): boolean {
  return code?.kind === "name" && code.name === name;
}

function mentions(statements: readonly Statement[], name: string): boolean {
  const roots: Code[] = [];
  const pending = [...statements];
  for (let s = pending.pop(); s !== undefined; s = pending.pop()) {
    if (s.kind === "const" || s.kind === "let") roots.push(s.value);
    if (s.kind === "assign") roots.push(s.target, s.value);
    if (s.kind === "do") roots.push(s.expression);
    if (s.kind === "if") {
      roots.push(s.condition);
      pending.push(...s.then, ...(s.otherwise ?? []));
    }
    if (s.kind === "for") pending.push(...s.body);
  }
  return someCode(roots, (code) => isName(code, name));
}

function someCode(roots: readonly Code[], is: (code: Code) => boolean): boolean {
  const pending = [...roots];
  for (let code = pending.pop(); code !== undefined; code = pending.pop()) {
    if (is(code)) return true;
    switch (code.kind) {
      case "unary": pending.push(code.operand); break;
      case "binary": pending.push(code.left, code.right); break;
      case "ternary": pending.push(code.condition, code.then, code.otherwise); break;
      case "call": pending.push(...code.arguments); break;
      case "element": pending.push(code.object, code.index); break;
      default: break;
    }
  }
  return false;
}
