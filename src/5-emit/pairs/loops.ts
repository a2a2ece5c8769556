// A kernel's loop over a range of neurons as WebAssembly that takes two neurons at a time: the operations that the kernel names, in their order, so the same bits.
// Whatever it cannot do so is refused, and the JavaScript kernel stays.
import { CLOCKS, type Clock, type Code, type Cut, type Kernel, type KernelStatement, type Statement } from "../code.ts";
import { binary, id, num } from "../construct.ts";
import { mentions } from "../mentions.ts";
import { assembler, localsAfter } from "./assemble.ts";
import { F64, I32, V128, type ValueType, type WasmFunction } from "./encode.ts";
import { refuse, Refused, vectors, type Surroundings } from "./vectors.ts";

export interface PairedLoop {
  readonly kernel: Kernel;
  /**
   * Takes (low, high, count, …clocks), answers the new count and leaves in the list STOPPED the neuron that it did not come to: `high` or, before that, the last of an
   * odd number, or the first of a pair that one of the rare cases has met. Nothing has been done to that pair: the JavaScript kernel takes it.
   */
  readonly function: WasmFunction;
  /** The times whose values a call hands over. */
  readonly clocks: readonly Clock[];
}

/** The runtime's lists: the neuron where a loop has ended, and neurons found for a caller that has a list of its own. */
export const STOPPED = "stopped";
export const FOUND = "found";

/** Null where the kernel is one that is refused. */
export function pairedLoop(kernel: Kernel, around: Surroundings): PairedLoop | null {
  if (kernel.over !== "range") return null;
  try {
    return compileLoop(kernel, around);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

function compileLoop(kernel: Kernel, around: Surroundings): PairedLoop {
  // The time comes last among the parameters, as doubles.
  const clocks = CLOCKS.filter((clock) => mentions([...kernel.before, ...kernel.body], clock));
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
      case "store":
        return store(s);
      case "list":
        return lists(s.condition, s.into, false);
      case "cut":
        return cut(s);
      default:
        return refuse(s.kind);
    }
  }

  function store({ array, index, value }: KernelStatement & { readonly kind: "store" }): void {
    v.number(value);
    const kept = v.keep();
    stored.add(array);
    stores.push(() => {
      v.where(index);
      out.w.get(kept);
      out.w.access("v128.store", around.address(array));
    });
  }

  function cut({ escaping, spikes, alsoSpikes, stores: all }: Cut): void {
    const ordinary = (): void => {
      for (const { array, value } of all) store({ kind: "store", array, index: { of: "neuron" }, value });
    };
    const silent = complement(spikes);
    if (silent === null) {
      // x*0 is not 0 where x is no number.
      const none = binary(
        "!==",
        escaping.map((x) => binary("*", x, num(0))).reduce((a, b) => binary("+", a, b)),
        num(0),
      );
      v.mask(alsoSpikes ? binary("||", none, spikes) : none);
      v.leaveOut();
      ordinary();
      return lists(spikes, "candidates", false);
    }
    // (x + y)*0 is not 0 wherever x*0 + y*0 is not, and also where a sum overflows. !(V + 0 <= V_T) is then one comparison for a spike and for what is no number.
    const zero = v.named(
      binary(
        "*",
        escaping.reduce((a, b) => binary("+", a, b)),
        num(0),
      ),
    );
    ordinary();
    v.mask({ ...silent, left: binary("+", silent.left, id(zero)) });
    const escapes = binary("!==", id(zero), num(0));
    quiet = { mask: v.keep(), escapes: () => v.mask(alsoSpikes ? binary("||", escapes, spikes) : escapes) };
    lists(spikes, "candidates", true);
  }

  /** `later`: the condition is looked at only where the pair is not quiet. */
  function lists(condition: Code, into: "candidates" | "found", later: boolean): void {
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
          out.w.block("if", () => append(into, lane));
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

  for (const s of kernel.before) statement(s);
  if (stores.length > 0 || finds.length > 0) refuse("something done before the loop");
  out.w = inner;
  for (const s of kernel.body) statement(s);

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
    kernel,
    function: { name: kernel.name, signature: { parameters, result: I32 }, locals: locals.types, code: whole.code },
    clocks,
  };
}

/** What holds where a > b does not, but for NaN. */
function complement(condition: Code): (Code & { readonly kind: "binary" }) | null {
  if (condition.kind !== "binary") return null;
  const operator = ({ ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const)[condition.operator as string];
  return operator === undefined ? null : { ...condition, operator };
}
