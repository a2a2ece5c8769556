// A kernel's loop over a range of neurons as WebAssembly that takes two neurons at a time: the operations that the kernel names, in their order, so the same bits.
// Whatever it cannot do so is refused, and the JavaScript kernel stays.
import {
  CLOCKS,
  type Clock,
  type Code,
  type Cut,
  type ElementIndex,
  type Kernel,
  type KernelStatement,
  type Statement,
} from "../code.ts";
import { binary, num, sum } from "../construct.ts";
import { mentions } from "../mentions.ts";
import { assembler, localsAfter, type Assembler, type Locals } from "./assemble.ts";
import { F64, I32, V128, type ValueType, type WasmFunction } from "./encode.ts";
import {
  refuse,
  Refused,
  vectors,
  type Known,
  type Pair,
  type Rare,
  type Surroundings,
  type Vectors,
} from "./vectors.ts";

export interface PairedLoop {
  readonly kernel: Kernel;
  /**
   * Over a list: takes (its address, count, …clocks), answers 1, or 0 where it has met one of the rare cases and stopped: no state has changed by then, and the JavaScript kernel takes all.
   * Over a range: takes (low, high, count, …clocks), answers the new count and leaves in the list STOPPED the neuron that it did not come to: `high` or, before that, the last of an
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
  try {
    return kernel.over === "range" ? overRange(kernel, around) : overList(kernel, around);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** What the passes of a loop share. */
interface Loop {
  readonly around: Surroundings;
  readonly locals: Locals;
  /** What is done once, before the loop. */
  readonly top: Assembler;
  readonly rare: number;
  readonly clocks: readonly Clock[];
  readonly firstClock: number;
  readonly literals: Map<string, number>;
}

/** Parameters of both kinds; the time comes last among them, as doubles. */
const [LOW, HIGH, COUNT] = [0, 1, 2] as const;
const [LIST, LENGTH] = [0, 1] as const;
/** One pair of so many may disappoint the hopeful pass, and so many of a run at any rate; then the careful one takes the rest. */
const HOPE = 8,
  FIRST_HOPE = 16;
/** Where so few values are named the hopeful pass takes two pairs: those of more no longer lie in registers. */
const FEW_VALUES = 20;

function overRange(kernel: Kernel, around: Surroundings): PairedLoop {
  const clocks = clocksOf(kernel);
  const parameters: readonly ValueType[] = [I32, I32, I32, ...clocks.map(() => F64 as ValueType)];
  const locals = localsAfter(parameters.length);
  const place = locals.fresh(I32),
    end = locals.fresh(I32),
    until = locals.fresh(I32),
    doubt = locals.fresh(I32);
  /** The address of the pair in an array, or in a tile: pairs begin with an even neuron. */
  const where = (w: Assembler, index: ElementIndex, further: number): void => {
    w.get(place);
    if (index.of === "neuron") return;
    if (index.of !== "tile") return refuse("an element elsewhere");
    if (further > 0) {
      w.i32(further);
      w.do("i32.add");
    }
    w.i32((index.length - 1) * 8);
    w.do("i32.and");
  };
  /** The pair so many bytes further. */
  const pairAt = (further: number): Pair => {
    const beyond = (index: ElementIndex): number => (index.of === "neuron" ? further : 0);
    return {
      place,
      further,
      load(w, index, address) {
        where(w, index, further);
        w.access("v128.load", address + beyond(index));
      },
      store(w, index, address, local) {
        where(w, index, further);
        w.get(local);
        w.access("v128.store", address + beyond(index));
      },
    };
  };
  const loop = loopOf(around, locals, clocks, COUNT + 1);
  const known = prepared(loop, kernel.before);
  const values = [...kernel.before, ...kernel.body].filter(({ kind }) => kind === "const").length;
  const atOnce = values <= FEW_VALUES ? [pairAt(0), pairAt(16)] : [pairAt(0)];
  const hopeful = pass(loop, known, kernel.body, atOnce, true, 1);
  const careful = pass(loop, known, kernel.body, [pairAt(0)], false, 1);

  const w = assembler();
  for (const [from, to] of [
    [LOW, place],
    [HIGH, end],
    [LOW, doubt],
  ] as const) {
    w.get(from);
    w.i32(3);
    w.do("i32.shl");
    w.set(to);
  }
  w.append(loop.top.code);
  const add = (local: number, number: number): void => {
    w.get(local);
    w.i32(number);
    w.do("i32.add");
  };
  const morePairs = (): void => {
    add(place, 8);
    w.get(end);
    w.do("i32.lt_u");
  };
  // From `until` on there are too few neurons for the hopeful pass.
  const fewest = 16 * atOnce.length - 8;
  add(end, -fewest);
  w.set(until);
  const noHope = (): void => {
    w.i32(0);
    w.set(until);
  };
  w.get(end);
  w.i32(fewest);
  w.do("i32.lt_u");
  w.block("if", noHope);
  w.block("block", () => {
    morePairs();
    w.do("i32.eqz");
    w.branchIf(0);
    w.block("loop", () => {
      w.block("block", () => {
        w.get(place);
        w.get(until);
        w.do("i32.lt_u", "i32.eqz");
        w.branchIf(0);
        w.block("loop", () => {
          w.append(hopeful.code.code);
          add(place, 16 * atOnce.length);
          w.tee(place);
          w.get(until);
          w.do("i32.lt_u");
          w.branchIf(0);
        });
        morePairs();
        w.do("i32.eqz");
        w.branchIf(2);
      });
      w.append(careful.code.code);
      add(doubt, 16 * HOPE);
      w.tee(doubt);
      add(place, 16 * HOPE * FIRST_HOPE);
      w.do("i32.gt_u");
      w.block("if", noHope);
      add(place, 16);
      w.set(place);
      morePairs();
      w.branchIf(0);
    });
  });
  w.i32(0);
  neuron(w, place, 0);
  w.access("i32.store", around.address(STOPPED));
  w.get(COUNT);
  return {
    kernel,
    function: { name: kernel.name, signature: { parameters, result: I32 }, locals: locals.types, code: w.code },
    clocks,
  };
}

/** The last of an odd number is its own company: both halves of the pair come to the same values, and what is read is read before anything is stored. */
function overList(kernel: Kernel, around: Surroundings): PairedLoop {
  const clocks = clocksOf(kernel);
  const parameters: readonly ValueType[] = [I32, I32, ...clocks.map(() => F64 as ValueType)];
  const locals = localsAfter(parameters.length);
  const at = locals.fresh(I32),
    end = locals.fresh(I32),
    index = [locals.fresh(I32), locals.fresh(I32)] as const,
    place = [locals.fresh(I32), locals.fresh(I32)] as const;
  const where = (w: Assembler, element: ElementIndex, half: 0 | 1): void => {
    if (element.of === "neuron") return w.get(place[half]);
    if (element.of !== "slot") return refuse("an element elsewhere");
    w.get(index[half]);
    w.i32(8 * element.width);
    w.do("i32.mul");
  };
  const beyond = (element: ElementIndex): number => (element.of === "slot" ? 8 * element.place : 0);
  const pair: Pair = {
    place: null,
    further: 0,
    load(w, element, address) {
      where(w, element, 1);
      where(w, element, 0);
      w.access("v128.load64_zero", address + beyond(element));
      w.loadUpper(address + beyond(element));
    },
    store(w, element, address, local) {
      for (const half of [0, 1] as const) {
        where(w, element, half);
        w.get(local);
        w.storeHalf(half, address + beyond(element));
      }
    },
  };
  const loop = loopOf(around, locals, clocks, LENGTH + 1);
  const { code, stops, changesStates } = pass(loop, prepared(loop, kernel.before), kernel.body, [pair], false, 1);
  if (stops && changesStates) refuse("a list that is rare and changes states");

  const w = assembler();
  w.append(loop.top.code);
  w.block("block", () => {
    w.get(LENGTH);
    w.do("i32.eqz");
    w.branchIf(0);
    w.block("loop", () => {
      w.get(at);
      w.set(index[0]);
      w.get(at);
      w.get(at);
      w.i32(1);
      w.do("i32.add");
      w.tee(end);
      w.get(LENGTH);
      w.do("i32.lt_u", "i32.add");
      w.set(index[1]);
      for (const half of [0, 1] as const) {
        w.get(LIST);
        w.get(index[half]);
        w.i32(2);
        w.do("i32.shl", "i32.add");
        w.access("i32.load", 0);
        w.i32(3);
        w.do("i32.shl");
        w.set(place[half]);
      }
      w.append(code.code);
      w.get(end);
      w.i32(1);
      w.do("i32.add");
      w.tee(at);
      w.get(LENGTH);
      w.do("i32.lt_u");
      w.branchIf(0);
    });
  });
  // Whether it has come to the end.
  w.get(at);
  w.get(LENGTH);
  w.do("i32.lt_u", "i32.eqz");
  return {
    kernel,
    function: { name: kernel.name, signature: { parameters, result: I32 }, locals: locals.types, code: w.code },
    clocks,
  };
}

function clocksOf(kernel: Kernel): readonly Clock[] {
  return CLOCKS.filter((clock) => mentions([...kernel.before, ...kernel.body], clock));
}

function loopOf(around: Surroundings, locals: Locals, clocks: readonly Clock[], firstClock: number): Loop {
  return { around, locals, top: assembler(), rare: locals.fresh(V128), clocks, firstClock, literals: new Map() };
}

/** What is known before the loop: its lines compute at the top. */
function prepared(loop: Loop, before: readonly Statement[]): ReadonlyMap<string, Known> {
  const names = new Map<string, Known>();
  const out = { w: loop.top };
  const pair: Pair = { place: null, further: 0, load: () => refuse("a neuron"), store: () => refuse("a neuron") };
  const v = vectors({ ...loop, pair, out, changed: new Set(), rare: nothingRare(loop.rare), hopeful: false, names });
  for (const s of before) {
    if (s.kind === "const") v.constant(s);
    else if (s.kind !== "comment") refuse("something done before the loop");
  }
  return names;
}

function nothingRare(local: number): Rare {
  return { local, met: false, hopes: [], bounds: new Map() };
}

interface Pass {
  readonly code: Assembler;
  /** Whether there is what is rare. */
  readonly stops: boolean;
  readonly changesStates: boolean;
}

/**
 * What takes pairs through the body; where one of them is left out it branches so far outwards. A hopeful pass takes for granted that nothing is listed and that exponentials
 * lie where they mostly do, and has no lines for the rest.
 */
function pass(
  loop: Loop,
  known: ReadonlyMap<string, Known>,
  body: readonly Statement[],
  pairs: readonly Pair[],
  hopeful: boolean,
  outwards: number,
): Pass {
  const { around, locals } = loop;
  const out = { w: assembler() };
  const rare = nothingRare(loop.rare);
  const stores: (() => void)[] = [];
  const finds: { readonly mask: number; append(): void }[] = [];
  /** What is only put aside may be so even of a pair that is left out: it is put there anew before it is read. */
  let changesStates = false;

  function take(pair: Pair): Vectors {
    const changed = new Set<string>();
    const v = vectors({ ...loop, pair, out, changed, rare, hopeful, names: new Map(known) });
    const store = ({ array, index, value }: KernelStatement & { readonly kind: "store" }): void => {
      v.number(value);
      const kept = v.keep();
      changed.add(array);
      if (index.of === "neuron") changesStates = true;
      stores.push(() => pair.store(out.w, index, around.address(array), kept));
    };
    for (const s of body)
      switch (s.kind) {
        case "comment":
        case "blank":
          break;
        case "const":
          v.constant(s);
          break;
        case "store":
          store(s);
          break;
        case "list":
          lists(v, pair, s.condition, s.into);
          break;
        case "cut":
          cutsOff(v, s);
          for (const { array, value } of s.stores) store({ kind: "store", array, index: { of: "neuron" }, value });
          if (!hopeful) lists(v, pair, s.spikes, "candidates");
          break;
        default:
          refuse(s.kind);
      }
    return v;
  }

  function cutsOff(v: Vectors, { escaping, spikes, alsoSpikes }: Cut): void {
    const silent = complement(spikes);
    if (hopeful && silent !== null) {
      // (x + y)*0 is not 0 wherever x*0 + y*0 is not, and also where a sum overflows. V + 0 <= V_T is then one comparison for a spike and for what is no number.
      const zero = binary("*", sum(escaping), num(0));
      return hope(v, { ...silent, left: binary("+", silent.left, zero) });
    }
    // x*0 is not 0 where x is no number.
    const escapes = binary("!==", sum(escaping.map((x) => binary("*", x, num(0)))), num(0));
    v.mask(alsoSpikes || hopeful ? binary("||", escapes, spikes) : escapes);
    v.leaveOut();
  }

  function hope(v: Vectors, condition: Code): void {
    v.mask(condition);
    rare.hopes.push(v.keep());
  }

  function lists(v: Vectors, pair: Pair, condition: Code, into: "candidates" | "found"): void {
    if (hopeful) return hope(v, complement(condition) ?? { kind: "unary", operator: "!", operand: condition });
    const place = pair.place ?? refuse("a list made of a list");
    v.mask(condition);
    const mask = v.keep(),
      bits = locals.fresh(I32);
    finds.push({
      mask,
      append: () => {
        out.w.get(mask);
        out.w.do("i64x2.bitmask");
        out.w.set(bits);
        for (const lane of [0, 1]) {
          out.w.get(bits);
          out.w.i32(1 << lane);
          out.w.do("i32.and");
          out.w.block("if", () => append(into, place, lane));
        }
      },
    });
  }

  function append(to: string, place: number, lane: number): void {
    out.w.get(COUNT);
    out.w.i32(2);
    out.w.do("i32.shl");
    neuron(out.w, place, lane);
    out.w.access("i32.store", around.address(to));
    out.w.get(COUNT);
    out.w.i32(1);
    out.w.do("i32.add");
    out.w.set(COUNT);
  }

  /** Mostly nothing is rare, all is as hoped, and nothing is found: one branch for all. */
  function close(): void {
    const { w } = out;
    const bitsOf = (masks: readonly number[], joined: "v128.and" | "v128.or"): void => {
      masks.forEach((mask, k) => {
        w.get(mask);
        if (k > 0) w.do(joined);
      });
      w.do("i64x2.bitmask");
    };
    const rareOnes = rare.met ? [rare.local] : [];
    const some = [...rareOnes, ...finds.map(({ mask }) => mask)];
    if (some.length > 0) bitsOf(some, "v128.or");
    if (rare.hopes.length > 0) {
      bitsOf(rare.hopes, "v128.and");
      w.i32(3);
      w.do("i32.ne");
      if (some.length > 0) w.do("i32.or");
    } else if (some.length === 0) return;
    if (finds.length === 0) return w.branchIf(outwards);
    w.block("if", () => {
      if (rare.met) {
        bitsOf(rareOnes, "v128.or");
        w.branchIf(outwards + 1);
      }
      for (const find of finds) find.append();
    });
  }

  const taken = pairs.map(take);
  const main = out.w;
  out.w = assembler();
  taken[0]?.leaveOutBeyond();
  if (changesStates) close();
  for (const store of stores) store();
  if (!changesStates) close();
  const after = out.w;
  out.w = assembler();
  taken[0]?.begin();
  out.w.append(main.code);
  out.w.append(after.code);
  return { code: out.w, stops: rare.met, changesStates };
}

/** The number of a neuron of the pair at a place. */
function neuron(w: Assembler, place: number, lane: number): void {
  w.get(place);
  w.i32(3);
  w.do("i32.shr_u");
  if (lane === 0) return;
  w.i32(1);
  w.do("i32.add");
}

/** What holds where a > b does not, but for NaN. */
function complement(condition: Code): (Code & { readonly kind: "binary" }) | null {
  if (condition.kind !== "binary") return null;
  const operator = ({ ">": "<=", ">=": "<", "<": ">=", "<=": ">" } as const)[condition.operator as string];
  return operator === undefined ? null : { ...condition, operator };
}
