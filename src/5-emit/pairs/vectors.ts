// Expressions of the code tree as WebAssembly on vectors of two doubles: a value, or a mask for a condition, of both neurons of a pair.
import type { Clock, Code, ElementIndex, KernelCode, MathFunction, Statement } from "../code.ts";
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
type Chosen = "sign" | "round" | "step" | "clamp";
type Kind = "number" | "mask";

/** What a loop and its expressions share. */
export interface Writing {
  readonly around: Surroundings;
  readonly locals: Locals;
  /** Where instructions go. */
  readonly out: { w: Assembler };
  /** What is done once, before the loop. */
  readonly top: Assembler;
  /** The local that holds eight times the number of the pair's first neuron. */
  readonly place: number;
  /** Times that are handed over, and the local of the first. */
  readonly clocks: readonly Clock[];
  readonly firstClock: number;
  /** Arrays that must not be read any more. */
  readonly changed: ReadonlySet<string>;
  /** A mask of neurons that are left out. */
  readonly rare: { readonly local: number; met: boolean };
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
  /** Leaves the address of the pair's elements on the stack, less where their array begins. */
  where(index: ElementIndex): void;
  /** Leaves out the neurons of the mask on the stack. */
  leaveOut(): void;
}

export function vectors({ around, locals, out, top, place, clocks, firstClock, changed, rare }: Writing): Vectors {
  const names = new Map<string, { readonly local: number; readonly kind: Kind }>();
  const literals = new Map<string, number>();
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
          numberOf(code.operand, depth);
          out.w.do("f64x2.neg");
          return "number";
        }
        maskOf(code.operand, depth);
        out.w.do("v128.not");
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
          out.w.do(OPERATORS[operator] ?? refuse(`operator ${operator}`));
          kind = logical || !"+-*/".includes(operator) ? "mask" : "number";
        }
        return kind;
      }
      case "ternary":
        return emitChoice(code, depth);
      case "neuron":
        out.w.get(place);
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
      case "load":
        emitLoad(code, depth);
        return "number";
      case "math":
        emitFunction(code.function, code.arguments, depth);
        return "number";
      default:
        return refuse(code.kind);
    }
  }

  function emitName(name: string): Kind {
    const known = names.get(name) ?? refuse(`name ${name}`);
    out.w.get(known.local);
    return known.kind;
  }

  function emitLoad({ array, index }: KernelCode & { readonly kind: "load" }, depth: number): void {
    if (changed.has(array)) return refuse("an element that has changed");
    const address = around.address(array);
    switch (index.of) {
      case "place":
        return loadOnce(address + 8 * index.place);
      case "neuron":
      case "tile":
        where(index);
        return out.w.access("v128.load", address);
      case "bits": {
        const [first, second] = lookup(index.value, index.mask, depth);
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
  function lookup(index: Code, mask: number, depth: number): readonly [number, number] {
    const key = index.kind === "name" ? `${index.name}&${mask}` : null;
    const old = key === null ? undefined : lookups.get(key);
    if (old !== undefined) return old;
    numberOf(index, depth);
    out.w.do("i32x4.trunc_sat_f64x2_s_zero");
    out.w.get(once(`&${mask}`, () => out.w.constants([mask, mask, mask, mask])));
    out.w.do("v128.and");
    out.w.i32(3);
    out.w.do("i32x4.shl");
    const both = temporary();
    const made = [0, 1].map((lane) => {
      const local = locals.fresh(I32);
      out.w.get(both);
      out.w.lane("i32x4.extract_lane", lane);
      out.w.set(local);
      return local;
    }) as [number, number];
    if (key !== null) lookups.set(key, made);
    return made;
  }

  /** The address of the pair in an array, or in a tile: pairs begin with an even neuron. */
  function where(index: ElementIndex): void {
    out.w.get(place);
    if (index.of === "neuron") return;
    if (index.of !== "tile") return refuse("a store elsewhere");
    out.w.i32((index.length - 1) * 8);
    out.w.do("i32.and");
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

  function emitChoice(
    { condition, then, otherwise, seldom }: Code & { readonly kind: "ternary" },
    depth: number,
  ): Kind {
    if (seldom === "then") {
      maskOf(condition, depth);
      leaveOut();
      return emit(otherwise, depth + 1);
    }
    if (seldom === "otherwise") {
      // What stands there is not rare enough to be left out.
      maskOf(condition, depth);
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
    maskOf(value.condition, depth);
    const near = temporary();
    numberOf(value.then, depth);
    beyond(u, near, depth);
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
      const kind = emit(s.value, depth + 1);
      names.set(s.name, { local: temporary(), kind });
    }
  }

  return {
    number: (code) => numberOf(code, 0),
    mask: (code) => maskOf(code, 0),
    constant: (s) => constants([s], 0),
    named: (code) => named(code, 0),
    keep: temporary,
    where,
    leaveOut,
  };
}
