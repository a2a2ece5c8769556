// A kernel's loop over neurons as WebAssembly that takes two neurons at a time: the same operations in the same order as the code tree says, so the same bits.
// Whatever it cannot do so is refused, and the JavaScript kernel stays.
import type { Code, Statement } from "../code.ts";
import { binary, id, num } from "../construct.ts";
import { exponentialPrelude, guardsRareCall, isExponential, nearPrelude, ofShortStep, writtenOut, type Exponential } from "../exponentials.ts";
import { assembler, localsAfter, type Assembler, type Vector } from "./assemble.ts";
import { F64, I32, V128, type Signature, type ValueType, type WasmFunction } from "./encode.ts";

export type FunctionStatement = Extract<Statement, { readonly kind: "function" }>;

/** Where things lie and how they are called; answers are written into the code. */
export interface Surroundings {
  /** Byte address of an array, a table of the runtime, or a list of neurons. */
  address(array: string): number;
  /** Byte address of a number that stands in the text. */
  literal(value: number): number;
  /** The index of an imported function. */
  imported(name: string, signature: Signature): number;
}

export interface PairedLoop {
  readonly function: WasmFunction;
  /** Names of the closure whose values a call hands over as they stand: the time. */
  readonly clocks: readonly string[];
  /** Whether it takes the number of candidates found so far. */
  readonly continues: boolean;
  /** The list that it writes neurons to, where that is the caller's. */
  readonly handsOver: boolean;
  /** Calls of functions without a vector form that every pair makes. */
  readonly calls: number;
}

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
/** Functions without a vector form: they are called for each neuron. */
const CALLED: ReadonlySet<string> = new Set(["log", "log1p", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "pow", "erf"]);
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
  let calls = 0;
  let rare = 0;

  const names = new Map<string, { readonly local: number; readonly kind: Kind }>();
  const literals = new Map<string, number>();
  let lookups = new Map<string, readonly [number, number]>();
  const place = locals.fresh(I32), end = locals.fresh(I32), start = locals.fresh(I32);
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
    if (object.kind !== "name") return refuse("an element of no name");
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

  /** The address of neuron i in an array, or in a tile that begins with neuron `low`. */
  function where(index: Code): void {
    w.get(place);
    if (index.kind === "name") return;
    w.get(start);
    w.do("i32.sub");
  }

  /** Only where some neuron of the pair needs it; what is looked up inside is forgotten afterwards. */
  function conditionally(body: () => void): void {
    const outer = lookups;
    lookups = new Map(outer);
    w.block("if", body);
    lookups = outer;
  }

  function emitChoice({ condition, then, otherwise }: Code & { readonly kind: "ternary" }, depth: number): Kind {
    const guards = guardsRareCall(condition);
    const [late, lateOtherwise] = [callsOut(then), callsOut(otherwise)];
    if (!late && !lateOtherwise) {
      const kind = emit(then, depth + 1);
      if (emit(otherwise, depth + 1) !== kind) refuse("branches of two kinds");
      maskOf(condition, depth);
      w.do("v128.bitselect");
      return kind;
    }
    maskOf(condition, depth);
    const mask = temporary();
    const result = locals.fresh(V128);
    if (guards) rare++;
    const branch = (code: Code, wanted: boolean): void => {
      w.get(mask);
      if (!wanted) w.do("v128.not");
      w.do("v128.any_true");
      conditionally(() => {
        if (wanted) numberOf(code, depth);
        else w.get(result);
        if (wanted) w.get(result);
        else numberOf(code, depth);
        w.get(mask);
        w.do("v128.bitselect");
        w.set(result);
      });
    };
    const [first, second] = late ? [otherwise, then] : [then, otherwise];
    if (late && lateOtherwise) {
      w.get(mask);
      w.set(result);
      branch(then, true);
      branch(otherwise, false);
    } else {
      numberOf(first, depth);
      w.set(result);
      branch(second, late);
    }
    if (guards) rare--;
    w.get(result);
    return "number";
  }

  function emitCall(name: string, args: readonly Code[], depth: number): void {
    const one = INSTRUCTIONS[name];
    const first = args[0];
    if (first === undefined) return refuse("a call of nothing");
    if (one !== undefined) {
      for (const argument of args) numberOf(argument, depth);
      w.do(one);
    } else if (isExponential(name) && rare === 0) emitExponential(name, first, depth);
    else if (name === "sign" || name === "round" || name === "step" || name === "clamp") emitChosen(name, args, depth);
    else if (isExponential(name) || CALLED.has(name)) emitOutwards(name, args, depth);
    else refuse(`call of ${name}`);
  }

  function emitExponential(name: Exponential, argument: Code, depth: number): void {
    const u = named(argument, depth);
    if (name !== "exprel") {
      const { statements, value } = writtenOut(name, id(u), fresh, runtime);
      constants(statements, depth);
      numberOf(value, depth);
      return;
    }
    // Mostly near 0, where its series is enough; both ways are one where both are needed.
    const near = ofShortStep(id(u), fresh, runtime);
    constants(near.statements, depth);
    if (near.value.kind !== "ternary") return refuse("a series without its range");
    numberOf(near.value.then, depth);
    const result = temporary();
    maskOf(near.value.condition, depth);
    w.do("i64x2.all_true", "i32.eqz");
    conditionally(() => {
      const whole = writtenOut(name, id(u), fresh, runtime);
      constants(whole.statements, depth);
      numberOf(whole.value, depth);
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

  /** f(x, …) of either neuron by a call of the runtime's own function. */
  function emitOutwards(name: string, args: readonly Code[], depth: number): void {
    if (rare === 0) calls++;
    const index = around.imported(name, { parameters: args.map(() => F64), result: F64 });
    const values = args.map((argument) => {
      numberOf(argument, depth);
      return temporary();
    });
    const callFor = (lane: number): void => {
      for (const value of values) {
        w.get(value);
        w.lane("f64x2.extract_lane", lane);
      }
      w.call(index);
    };
    callFor(0);
    w.do("f64x2.splat");
    callFor(1);
    w.lane("f64x2.replace_lane", 1);
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
        return store(s, null);
      case "if":
        return choose(s);
      default:
        return refuse(s.kind);
    }
  }

  /** `array[i] = value`, of both neurons or of one. */
  function store(s: Statement & { readonly kind: "assign" }, lane: number | null): void {
    if (s.operator !== "=" || s.target.kind !== "element" || s.target.object.kind !== "name" || !isNeuron(s.target.index)) return refuse("a store elsewhere");
    where(s.target.index);
    numberOf(s.value, 0);
    if (lane === null) return w.access("v128.store", around.address(s.target.object.name));
    w.lane("f64x2.extract_lane", lane);
    w.access("f64.store", around.address(s.target.object.name) + 8 * lane);
  }

  function choose(s: Statement & { readonly kind: "if" }): void {
    const list = listOf(s.then);
    if (list !== null && s.otherwise === undefined) {
      maskOf(s.condition, 0);
      const found = temporary();
      w.get(found);
      w.do("v128.any_true");
      conditionally(() => {
        for (const lane of [0, 1]) ifLane(found, lane, () => append(list, lane));
      });
      return;
    }
    // `rare && happens(i)`: the pair is taken apart.
    const { condition } = s;
    if (condition.kind !== "binary" || condition.operator !== "&&" || condition.right.kind !== "call" || s.otherwise === undefined) return refuse("a branch");
    const { callee, arguments: args } = condition.right;
    if (callee.kind !== "name" || args.length !== 1 || !isName(args[0], "i")) return refuse("a call on something else");
    const { then, otherwise } = s;
    const happens = around.imported(callee.name, { parameters: [I32], result: I32 });
    maskOf(condition.left, 0);
    const wanted = temporary();
    w.get(wanted);
    w.do("v128.any_true");
    const before = new Map(names);
    conditionally(() => {
      for (const lane of [0, 1]) {
        present(lane, () => {
          const result = locals.fresh(I32);
          w.i32(0);
          w.set(result);
          ifLane(wanted, lane, () => {
            neuron(lane);
            w.call(happens);
            w.set(result);
          });
          w.get(result);
          w.block("if", () => {
            for (const step of then) alone(step, lane);
            w.do("else");
            for (const step of otherwise) alone(step, lane);
          });
        });
      }
      w.do("else");
      for (const step of otherwise) statement(step);
    });
    for (const name of names.keys()) if (!before.has(name)) names.delete(name);
  }

  /** A statement for one neuron of the pair. */
  function alone(s: Statement, lane: number): void {
    if (s.kind === "comment") return;
    if (s.kind === "assign") {
      // Appends are two statements: the list's element, then the count.
      const list = listOf([s, { kind: "assign", target: id("count"), operator: "+=", value: num(1) }]);
      if (list !== null) return append(list, lane);
      if (isName(s.target, "count")) return;
      return store(s, lane);
    }
    if (s.kind !== "if" || s.otherwise !== undefined) return refuse("a branch within a branch");
    const list = listOf(s.then) ?? refuse("a branch within a branch");
    maskOf(s.condition, 0);
    const found = temporary();
    ifLane(found, lane, () => append(list, lane));
  }

  /** Behind the last neuron of an odd number lies one that is none. */
  function present(lane: number, body: () => void): void {
    if (lane === 0) return body();
    w.get(place);
    w.i32(8);
    w.do("i32.add");
    w.get(end);
    w.do("i32.lt_u");
    w.block("if", body);
  }

  function ifLane(mask: number, lane: number, body: () => void): void {
    present(lane, () => {
      w.get(mask);
      w.do("i64x2.bitmask");
      w.i32(1 << lane);
      w.do("i32.and");
      w.block("if", body);
    });
  }

  function neuron(lane: number): void {
    w.get(place);
    w.i32(3);
    w.do("i32.shr_u");
    if (lane === 1) {
      w.i32(1);
      w.do("i32.add");
    }
  }

  function append(list: string, lane: number): void {
    w.get(COUNT);
    w.i32(2);
    w.do("i32.shl");
    neuron(lane);
    w.access("i32.store", around.address(list));
    w.get(COUNT);
    w.i32(1);
    w.do("i32.add");
    w.set(COUNT);
  }

  // ---- the function

  for (const s of steps.slice(0, at)) if (s.kind !== "let" || s.name !== "count") statement(s);
  w = inner;
  for (const s of loop.body) statement(s);

  const whole = assembler();
  for (const [from, to] of [[LOW, place], [LOW, start], [HIGH, end]] as const) {
    whole.get(from);
    whole.i32(3);
    whole.do("i32.shl");
    whole.set(to);
  }
  whole.append(top.code);
  whole.block("block", () => {
    whole.get(place);
    whole.get(end);
    whole.do("i32.lt_u", "i32.eqz");
    whole.branchIf(0);
    whole.block("loop", () => {
      whole.append(inner.code);
      whole.get(place);
      whole.i32(16);
      whole.do("i32.add");
      whole.tee(place);
      whole.get(end);
      whole.do("i32.lt_u");
      whole.branchIf(0);
    });
  });
  whole.get(COUNT);
  return {
    function: { name: f.name, signature: { parameters, result: I32 }, locals: locals.types, code: whole.code },
    clocks, continues: third === "count", handsOver: third === "found", calls,
  };
}

/** `list[count] = i; count += 1` */
function listOf(statements: readonly Statement[]): string | null {
  const [element, increase, ...more] = statements.filter((s) => s.kind !== "comment");
  if (element?.kind !== "assign" || increase?.kind !== "assign" || more.length > 0 || !isName(increase.target, "count") || increase.operator !== "+=") return null;
  const { target, value } = element;
  return target.kind === "element" && target.object.kind === "name" && isName(target.index, "count") && isName(value, "i") ? target.object.name : null;
}

/** `i`, or `i - low` in a tile. */
function isNeuron(index: Code): boolean {
  return isName(index, "i") || (index.kind === "binary" && index.operator === "-" && isName(index.left, "i") && isName(index.right, "low"));
}

function isName(code: Code | undefined, name: string): boolean {
  return code?.kind === "name" && code.name === name;
}

/** Whether an expression calls a function that has no vector form, or one that costs much. */
function callsOut(root: Code): boolean {
  return someCode([root], (code) => code.kind === "call" && code.callee.kind === "name" && (isExponential(code.callee.name) || CALLED.has(code.callee.name)));
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
