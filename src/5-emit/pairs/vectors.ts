// Expressions of the code tree as WebAssembly on vectors of two doubles: a value, or a mask for a condition, of both neurons of a pair.
import type { BinaryOperator, Clock, Code, ElementIndex, KernelCode, MathFunction, Statement } from "../code.ts";
import { assertNever, present } from "../../base/invariant.ts";
import { binary, id, num, ternary } from "../construct.ts";
import { isExponential, ofShortStep, writtenOut, type Exponential } from "../exponentials.ts";
import type { Assembler, Locals, Vector } from "./assemble.ts";
import { I32, V128 } from "./encode.ts";

/** Where things lie; answers are written into the code. */
export interface Surroundings {
  /** Byte address of an array, a table of the runtime, or a list of neurons. */
  address(array: string): number;
  /** Byte address of a number that stands in the text. */
  literal(value: number): number;
}

/** What the second backend does not do; caught where the loop is taken up. */
export class Refused extends Error {}

export function refuse(why: string): never {
  throw new Refused(why);
}

/** 1.5·2^52: a whole number plus this has its last bits. */
const ROUNDER = 6755399441055744;

/** Expressions deeper than this are refused: they are compiled by recursion. */
const DEEPEST = 400;

const OPERATORS: Readonly<Record<string, Vector>> = {
  "+": "f64x2.add",
  "-": "f64x2.sub",
  "*": "f64x2.mul",
  "/": "f64x2.div",
  "<": "f64x2.lt",
  "<=": "f64x2.le",
  ">": "f64x2.gt",
  ">=": "f64x2.ge",
  "===": "f64x2.eq",
  "!==": "f64x2.ne",
  "&&": "v128.and",
  "||": "v128.or",
};
/**
 * How WebAssembly computes a function to the last bit of JavaScript: by the one instruction that does the same, as what is written out for both
 * (`exponentials.ts`), as a choice between numbers (`emitChosen`); not at all where it says null, and the loop stays JavaScript.
 */
const FORMS: Readonly<Record<MathFunction, Vector | Exponential | Chosen | null>> = {
  exp: "exp",
  expm1: "expm1",
  log: null,
  log1p: null,
  log10: null,
  sqrt: "f64x2.sqrt",
  abs: "f64x2.abs",
  sign: "sign",
  floor: "f64x2.floor",
  ceil: "f64x2.ceil",
  round: "round",
  min: "f64x2.min",
  max: "f64x2.max",
  clamp: "clamp",
  step: "step",
  exprel: "exprel",
  sin: null,
  cos: null,
  tan: null,
  asin: null,
  acos: null,
  atan: null,
  sinh: null,
  cosh: null,
  tanh: null,
  pow: null,
};
type Whole = KernelCode & { readonly kind: "whole" };
type Chosen = "sign" | "round" | "step" | "clamp";
export type Kind = "number" | "mask";

/** What a loop and its expressions share. */
export interface Writing {
  readonly around: Surroundings;
  readonly locals: Locals;
  /** Where instructions go. */
  readonly out: { w: Assembler };
  /** What is done once, before the loop. */
  readonly top: Assembler;
  readonly pair: Pair;
  /** Times that are handed over, and the local of the first. */
  readonly clocks: readonly Clock[];
  readonly firstClock: number;
  /** Arrays that must not be read any more. */
  readonly changed: ReadonlySet<string>;
  readonly rare: Rare;
  /** Whether what seldom happens is left out like what is rare: then nothing is computed for its sake. */
  readonly hopeful: boolean;
  /** What is known by name, and vectors that are the same in every pass. */
  readonly names: Map<string, Known>;
  readonly literals: Map<string, number>;
}

/** How the two neurons of a pass are reached. */
export interface Pair {
  /** Leaves their elements of the array at an address on the stack. */
  load(w: Assembler, index: ElementIndex, address: number): void;
  /** Puts a local there. */
  store(w: Assembler, index: ElementIndex, address: number, local: number): void;
  /** The local that holds eight times the number of the first less so many bytes, where the second follows it. */
  readonly place: number | null;
  readonly further: number;
}

/** Neurons that a pass leaves out. */
export interface Rare {
  /** A mask of them. */
  readonly local: number;
  met: boolean;
  /** Masks of neurons that are as hoped: all others are left out, though only of a hopeful pass. */
  readonly hopes: number[];
  /** Bounds that numbers must not exceed, by their names, and the locals of the largest numbers. */
  readonly bounds: Map<string, { readonly bound: Code; readonly most: number }>;
}

/** A value under a name. */
export interface Known {
  readonly local: number;
  readonly kind: Kind;
  /** Whether the local holds the number with its sign turned. */
  readonly negated?: boolean;
  /** Of a whole number, the local where it lies plus 1.5·2^52. */
  readonly raised?: number;
}

export interface Vectors {
  /** Leaves the value of an expression on the stack; refuses a condition. */
  number(code: Code): void;
  /** Leaves a mask on the stack; refuses a number. */
  mask(code: Code): void;
  constant(s: Statement): void;
  /** The name of an expression's value. */
  named(code: Code): string;
  /** Takes a vector from the stack into a local of its own. */
  keep(): number;
  /** What a pass begins with, known at its end. */
  begin(): void;
  /** Leaves out the neurons of the mask on the stack. */
  leaveOut(): void;
  /** Leaves out those that have exceeded a bound. */
  leaveOutBeyond(): void;
}

export function vectors({
  around,
  locals,
  out,
  top,
  pair,
  clocks,
  firstClock,
  changed,
  rare,
  hopeful,
  names,
  literals,
}: Writing): Vectors {
  let lookups = new Map<string, readonly [number, number]>();
  let numberOfTemporaries = 0;
  const fresh = (wanted: string): string => `${wanted}~${numberOfTemporaries++}`;
  const runtime = (name: string): string => name;

  /** A vector that is the same in every pass, made once at the top. */
  const once = (key: string, make: () => void): number => {
    const old = literals.get(key);
    if (old !== undefined) return old;
    const local = locals.fresh(V128);
    const outer = out.w;
    out.w = top;
    make();
    out.w.set(local);
    out.w = outer;
    literals.set(key, local);
    return local;
  };
  const loadOnce = (address: number): void => {
    out.w.i32(0);
    out.w.access("v128.load64_splat", address);
  };
  const temporary = (): number => {
    const local = locals.fresh(V128);
    out.w.set(local);
    return local;
  };

  const numberOf = (code: Code, depth: number): void => {
    if (emit(code, depth + 1) !== "number") refuse("a number is wanted");
  };
  const maskOf = (code: Code, depth: number): void => {
    if (emit(code, depth + 1) !== "mask") refuse("a condition is wanted");
  };

  function emit(code: Code, depth: number): Kind {
    const term = emitTerm(code, depth);
    if (term !== "negated") return term;
    out.w.do("f64x2.neg");
    return "number";
  }

  /** As `emit`, but may leave a number with its sign turned: what is done to it next often costs nothing more. */
  function emitTerm(code: Code, depth: number): Kind | "negated" {
    if (depth > DEEPEST) return refuse("too deep");
    switch (code.kind) {
      case "number": {
        const key = Object.is(code.value, -0) ? "-0" : String(code.value);
        out.w.get(once(key, () => loadOnce(around.literal(code.value))));
        return "number";
      }
      case "name":
        return emitName(code.name);
      case "unary":
        if (code.operator === "-") {
          const term = emitTerm(code.operand, depth + 1);
          if (term === "mask") return refuse("a number is wanted");
          return term === "negated" ? "number" : "negated";
        }
        maskOf(code.operand, depth);
        out.w.do("v128.not");
        return "mask";
      case "binary": {
        const spine: (Code & { readonly kind: "binary" })[] = [];
        let left: Code = code;
        for (; left.kind === "binary"; left = left.left) spine.push(left);
        let term = emitTerm(left, depth + 1);
        for (const { operator, right } of spine.reverse()) term = emitBinary(term, operator, right, depth);
        return term;
      }
      case "ternary":
        return emitChoice(code, depth);
      case "neuron":
        out.w.get(pair.place ?? refuse("numbers of listed neurons"));
        out.w.i32(pair.further);
        out.w.do("i32.add");
        out.w.i32(3);
        out.w.do("i32.shr_u", "f64.convert_i32_s", "f64x2.splat");
        out.w.get(once("lanes", () => out.w.constants([0, 0, 0, 0x3ff00000])));
        out.w.do("f64x2.add");
        return "number";
      case "clock":
        out.w.get(
          once(code.clock, () => {
            out.w.get(firstClock + clocks.indexOf(code.clock));
            out.w.do("f64x2.splat");
          }),
        );
        return "number";
      case "tabled":
        if (names.has(code.name)) return emitName(code.name);
        out.w.get(once(code.name, () => loadOnce(around.address(code.table) + 8 * code.entry)));
        return "number";
      case "whole":
        emitWhole(code, depth);
        return "number";
      case "load":
        emitLoad(code);
        return "number";
      case "math":
        emitFunction(code.function, code.arguments, depth);
        return "number";
      default:
        return refuse(code.kind);
    }
  }

  /** What is on the stack, and `right`. Signs are turned exactly: (-a)·b is -(a·b), a + (-b) is a - b, (-a) + b is b - a. */
  function emitBinary(left: Kind | "negated", operator: BinaryOperator, right: Code, depth: number): Kind | "negated" {
    const vector = OPERATORS[operator] ?? refuse(`operator ${operator}`);
    const logical = operator === "&&" || operator === "||";
    if ((left === "mask") !== logical) refuse("operands of another kind");
    if (logical) {
      maskOf(right, depth);
      out.w.do(vector);
      return "mask";
    }
    if (operator === "*" || operator === "/") {
      const term = emitTerm(right, depth + 1);
      if (term === "mask") return refuse("a number is wanted");
      out.w.do(vector);
      return term === left ? "number" : "negated";
    }
    if (operator === "+" && left === "negated") {
      const turned = temporary();
      numberOf(right, depth);
      out.w.get(turned);
      out.w.do("f64x2.sub");
      return "number";
    }
    if (left === "negated") out.w.do("f64x2.neg");
    if (operator !== "+" && operator !== "-") {
      numberOf(right, depth);
      out.w.do(vector);
      return "mask";
    }
    const term = emitTerm(right, depth + 1);
    if (term === "mask") return refuse("a number is wanted");
    out.w.do((operator === "+") === (term === "number") ? "f64x2.add" : "f64x2.sub");
    return "number";
  }

  function known(name: string): Known {
    return names.get(name) ?? refuse(`name ${name}`);
  }

  function emitName(name: string): Kind | "negated" {
    const { local, kind, negated } = known(name);
    out.w.get(local);
    return negated === true ? "negated" : kind;
  }

  /** Answers the local of the number plus 1.5·2^52: in the last bits of its pattern stands the whole number. */
  function emitWhole({ of, rounder }: Whole, depth: number): number {
    numberOf(of, depth);
    numberOf(rounder, depth);
    out.w.do("f64x2.add");
    const raised = temporary();
    out.w.get(raised);
    numberOf(rounder, depth);
    out.w.do("f64x2.sub");
    return raised;
  }

  function emitLoad({ array, index }: KernelCode & { readonly kind: "load" }): void {
    if (changed.has(array)) return refuse("an element that has changed");
    const address = around.address(array);
    switch (index.of) {
      case "place":
        return loadOnce(address + 8 * index.place);
      case "neuron":
      case "tile":
      case "slot":
        return pair.load(out.w, index, address);
      case "bits": {
        const [first, second] = lookup(index.whole, index.mask);
        out.w.get(second);
        out.w.get(first);
        out.w.access("v128.load64_zero", address);
        return out.w.loadUpper(address);
      }
      default:
        return assertNever(index);
    }
  }

  /** Byte offsets of two entries of a table. What lies beyond int32 is where results are not used. */
  function lookup(whole: string, mask: number): readonly [number, number] {
    const key = `${whole}&${mask}`;
    const old = lookups.get(key);
    if (old !== undefined) return old;
    const { local, raised } = known(whole);
    out.w.get(raised ?? local);
    if (raised === undefined) {
      out.w.get(once("rounder", () => loadOnce(around.literal(ROUNDER))));
      out.w.do("f64x2.add");
    }
    out.w.get(once(`&${mask}`, () => out.w.constants([mask, 0, mask, 0])));
    out.w.do("v128.and");
    out.w.i32(3);
    out.w.do("i32x4.shl");
    const both = temporary();
    const made = [0, 2].map((word) => {
      const offset = locals.fresh(I32);
      out.w.get(both);
      out.w.lane("i32x4.extract_lane", word);
      out.w.set(offset);
      return offset;
    }) as [number, number];
    lookups.set(key, made);
    return made;
  }

  /** Only where some neuron of the pair needs it; what is looked up inside is forgotten afterwards. */
  function conditionally(body: () => void): void {
    const outer = lookups;
    lookups = new Map(outer);
    out.w.block("if", body);
    lookups = outer;
  }

  /** The condition on the stack is met by rare neurons only: their pairs are left to the JavaScript kernel. */
  function leaveOut(): void {
    rare.met = true;
    out.w.get(rare.local);
    out.w.do("v128.or");
    out.w.set(rare.local);
  }

  /** What a pass begins with, known at its end: nothing is rare, no bound exceeded. */
  function begin(): void {
    if (rare.met) {
      out.w.constants([0, 0, 0, 0]);
      out.w.set(rare.local);
    }
    for (const { bound, most } of rare.bounds.values()) {
      numberOf(bound, 0);
      out.w.set(most);
    }
  }

  /** Of all numbers that must not exceed one bound only the largest is compared with it. */
  function leaveOutWhere(condition: Code, depth: number): void {
    if (condition.kind !== "binary" || condition.operator !== ">" || condition.right.kind !== "tabled") {
      maskOf(condition, depth);
      return leaveOut();
    }
    const { name } = condition.right;
    const { most } = rare.bounds.get(name) ?? { most: locals.fresh(V128) };
    rare.bounds.set(name, { bound: condition.right, most });
    out.w.get(most);
    numberOf(condition.left, depth);
    out.w.do("f64x2.pmax");
    out.w.set(most);
  }

  function leaveOutBeyond(): void {
    for (const { bound, most } of rare.bounds.values()) {
      out.w.get(most);
      numberOf(bound, 0);
      out.w.do("f64x2.gt");
      leaveOut();
    }
  }

  function emitChoice(
    { condition, then, otherwise, seldom }: Code & { readonly kind: "ternary" },
    depth: number,
  ): Kind {
    if (seldom === "then") {
      leaveOutWhere(condition, depth);
      return emit(otherwise, depth + 1);
    }
    if (seldom === "otherwise") {
      // What stands there is not rare enough to be left out for good.
      maskOf(condition, depth);
      if (hopeful) {
        rare.hopes.push(temporary());
        numberOf(then, depth);
        return "number";
      }
      const mostly = temporary();
      numberOf(then, depth);
      if (otherwise.kind === "math" && otherwise.function === "exprel")
        beyond(named(present(otherwise.arguments[0], "argument"), depth), mostly, depth);
      else chooseLate(mostly, () => numberOf(otherwise, depth));
      return "number";
    }
    const kind = emit(then, depth + 1);
    if (emit(otherwise, depth + 1) !== kind) refuse("branches of two kinds");
    maskOf(condition, depth);
    out.w.do("v128.bitselect");
    return kind;
  }

  /** What is on the stack where `mask` holds, else `otherwise`, which is computed only where some neuron of the pair needs it. */
  function chooseLate(mask: number, otherwise: () => void): void {
    const result = temporary();
    out.w.get(mask);
    out.w.do("i64x2.bitmask");
    out.w.i32(3);
    out.w.do("i32.ne");
    conditionally(() => {
      out.w.get(result);
      otherwise();
      out.w.get(mask);
      out.w.do("v128.bitselect");
      out.w.set(result);
    });
    out.w.get(result);
  }

  function emitFunction(name: MathFunction, args: readonly Code[], depth: number): void {
    const form = FORMS[name];
    const first = args[0];
    if (first === undefined) return refuse("a call of nothing");
    if (form === null) return refuse(name);
    if (isExponential(form)) return emitExponential(form, first, depth);
    if (form === "sign" || form === "round" || form === "step" || form === "clamp")
      return emitChosen(form, args, depth);
    for (const argument of args) numberOf(argument, depth);
    out.w.do(form);
  }

  function emitExponential(name: Exponential, argument: Code, depth: number): void {
    const u = named(argument, depth);
    // Mostly exprel is near 0, where its series is enough.
    const { statements, value } =
      name === "exprel" ? ofShortStep(id(u), fresh, runtime) : writtenOut(name, id(u), fresh, runtime);
    constants(statements, depth);
    if (name !== "exprel") return numberOf(value, depth);
    if (value.kind !== "ternary") return refuse("a series without its range");
    emitChoice(value, depth);
  }

  /** exprel(u) in place of its series on the stack, where `near` does not hold. */
  function beyond(u: string, near: number, depth: number): void {
    chooseLate(near, () => {
      const { statements, value } = writtenOut("exprel", id(u), fresh, runtime);
      constants(statements, depth);
      if (value.kind !== "ternary") return refuse("exprel without its ranges");
      numberOf(value.otherwise, depth);
    });
  }

  /** Functions that choose between values, as runtime/math.ts writes them. */
  function emitChosen(name: Chosen, args: readonly Code[], depth: number): void {
    const [x, low, high] = args.map((argument) => id(named(argument, depth))) as [Code, Code, Code];
    switch (name) {
      case "sign":
        return numberOf(ternary(binary(">", x, num(0)), num(1), ternary(binary("<", x, num(0)), num(-1), x)), depth);
      case "step":
        return numberOf(ternary(binary(">=", x, num(0)), num(1), num(0)), depth);
      case "clamp":
        return numberOf(ternary(binary("<", x, low), low, ternary(binary(">", x, high), high, x)), depth);
      case "round": {
        const whole = fresh("whole");
        numberOf(x, depth);
        out.w.do("f64x2.trunc");
        names.set(whole, { local: temporary(), kind: "number" });
        const rest = named(binary("-", x, id(whole)), depth);
        return numberOf(
          ternary(
            binary(">=", id(rest), num(0.5)),
            binary("+", id(whole), num(1)),
            ternary(binary("<=", id(rest), num(-0.5)), binary("-", id(whole), num(1)), id(whole)),
          ),
          depth,
        );
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
      if (s.value.kind === "whole") {
        const raised = emitWhole(s.value, depth + 1);
        names.set(s.name, { local: temporary(), kind: "number", raised });
        continue;
      }
      const term = emitTerm(s.value, depth + 1);
      names.set(s.name, { local: temporary(), kind: term === "mask" ? term : "number", negated: term === "negated" });
    }
  }

  return {
    number: (code) => numberOf(code, 0),
    mask: (code) => maskOf(code, 0),
    constant: (s) => constants([s], 0),
    named: (code) => named(code, 0),
    keep: temporary,
    leaveOut,
    leaveOutBeyond,
    begin,
  };
}
