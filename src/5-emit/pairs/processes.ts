// How many spikes Poisson processes of one rate send in a step, four processes at a time: `countIn` of runtime/source.ts in WebAssembly, number by number.
import { assembler, localsAfter, type Assembler } from "./assemble.ts";
import { I32, V128, type WasmFunction } from "./encode.ts";
import { STOPPED } from "./loops.ts";
import type { Surroundings } from "./vectors.ts";

/** The runtime's arrays of a population of processes: a number for each, what is sent, and the table of cumulative probabilities. */
export const UNIFORMS = "process_uniforms";
export const SENT = "process_spikes";
export const CUMULATIVE = "process_table";

/** The function that counts. */
export const PROCESSES = "processes";

/** Processes of one pass, and spikes that are written at a time. */
const TOGETHER = 4;

/**
 * Takes (first process, the one behind the last, a multiple of four further; bytes of the table's entries that are compared with every number, eight at least; the most spikes after
 * which there is room for those of one pass more) and answers how many spikes it has written. Where it ended stands in the list STOPPED.
 */
export function processesFunction(around: Surroundings): WasmFunction {
  const [FIRST, END, ENTRIES, MOST] = [0, 1, 2, 3] as const;
  const parameters = [I32, I32, I32, I32] as const;
  const locals = localsAfter(parameters.length);
  const w = assembler();
  const count = locals.fresh(I32),
    entry = locals.fresh(I32),
    number = locals.fresh(I32),
    written = locals.fresh(I32);
  const [edge, neuron] = [locals.fresh(V128), locals.fresh(V128)];
  const pairs = [0, 1].map(() => ({ uniforms: locals.fresh(V128), numbers: locals.fresh(V128) }));

  const isBelow = (uniforms: number): void => {
    w.get(edge);
    w.get(uniforms);
    w.do("f64x2.lt");
  };
  /** What holds is -1. */
  const compare = (): void => {
    w.get(entry);
    w.access("v128.load64_splat", around.address(CUMULATIVE));
    w.set(edge);
    for (const { uniforms, numbers } of pairs) {
      w.get(numbers);
      isBelow(uniforms);
      w.do("i64x2.sub");
      w.set(numbers);
    }
    increase(w, entry, 8);
  };
  const send = (place: number, numbers: number, lane: number): void => {
    const write = (): void => {
      w.i32(2);
      w.do("i32.shl");
      w.get(neuron);
      w.access("v128.store", around.address(SENT));
    };
    w.get(FIRST);
    w.i32(place);
    w.do("i32.add", "i32x4.splat");
    w.set(neuron);
    // Up to four without a branch.
    w.get(count);
    write();
    w.get(numbers);
    w.lane("i32x4.extract_lane", 2 * lane);
    w.tee(number);
    w.i32(TOGETHER);
    w.do("i32.gt_u");
    w.block("if", () => {
      w.i32(TOGETHER);
      w.set(written);
      w.block("loop", () => {
        w.get(count);
        w.get(written);
        w.do("i32.add");
        write();
        increase(w, written, TOGETHER);
        w.get(written);
        w.get(number);
        w.do("i32.lt_u");
        w.branchIf(0);
      });
    });
    w.get(count);
    w.get(number);
    w.do("i32.add");
    w.set(count);
  };

  w.block("block", () => {
    w.get(FIRST);
    w.get(END);
    w.do("i32.lt_u", "i32.eqz");
    w.branchIf(0);
    w.block("loop", () => {
      w.get(count);
      w.get(MOST);
      w.do("i32.gt_u");
      w.branchIf(1);
      pairs.forEach(({ uniforms, numbers }, k) => {
        w.get(FIRST);
        w.i32(3);
        w.do("i32.shl");
        w.access("v128.load", around.address(UNIFORMS) + 16 * k);
        w.set(uniforms);
        w.constants([0, 0, 0, 0]);
        w.set(numbers);
      });
      w.i32(0);
      w.set(entry);
      w.block("loop", () => {
        compare();
        w.get(entry);
        w.get(ENTRIES);
        w.do("i32.lt_u");
        w.branchIf(0);
      });
      // Seldom a number lies beyond those: the last entry of the table is beyond all.
      w.block("block", () => {
        w.block("loop", () => {
          for (const { uniforms } of pairs) isBelow(uniforms);
          w.do("v128.or", "i64x2.bitmask", "i32.eqz");
          w.branchIf(1);
          compare();
          w.i32(1);
          w.branchIf(0);
        });
      });
      pairs.forEach(({ numbers }, k) => {
        for (const lane of [0, 1]) send(2 * k + lane, numbers, lane);
      });
      increase(w, FIRST, TOGETHER);
      w.get(FIRST);
      w.get(END);
      w.do("i32.lt_u");
      w.branchIf(0);
    });
  });
  w.i32(0);
  w.get(FIRST);
  w.access("i32.store", around.address(STOPPED));
  w.get(count);
  return { name: PROCESSES, signature: { parameters, result: I32 }, locals: locals.types, code: w.code };
}

function increase(w: Assembler, local: number, by: number): void {
  w.get(local);
  w.i32(by);
  w.do("i32.add");
  w.set(local);
}
