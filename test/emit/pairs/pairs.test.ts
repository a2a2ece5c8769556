// Loops that are taken in pairs by WebAssembly give the bits of the JavaScript they stand for, whatever the numbers are.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BinaryOperator, Code, Kernel } from "../../../src/5-emit/code.ts";
import { binary, constant, id, load, LOOP_NEURON, math, num, store, ternary } from "../../../src/5-emit/construct.ts";
import { exponentialPrelude, nearPrelude, writtenOut } from "../../../src/5-emit/exponentials.ts";
import { pairedPopulation } from "../../../src/5-emit/pairs/pair.ts";
import { both, encoded, INPUTS, listing, population, populationOf, type Made } from "./population.ts";

const SPECIAL = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  0.49999999999999994,
  1.5,
  2.5,
  -2.5,
  NaN,
  Infinity,
  -Infinity,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  177,
  -177.01,
  700,
  -745.2,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  1e-9,
];
const anyNumber = fc.oneof(
  fc.constantFrom(...SPECIAL),
  fc.double(),
  fc.double({ min: -200, max: 200 }),
  fc.double({ min: -1, max: 1 }),
);

const ARITHMETIC: readonly BinaryOperator[] = ["+", "-", "*", "/"];
const COMPARISONS: readonly BinaryOperator[] = ["<", "<=", ">", ">=", "===", "!=="];
const TIME: Code = { kind: "clock", clock: "t" };
const FUNCTIONS = {
  sqrt: 1,
  abs: 1,
  floor: 1,
  ceil: 1,
  min: 2,
  max: 2,
  sign: 1,
  round: 1,
  step: 1,
  clamp: 3,
  exp: 1,
  expm1: 1,
  exprel: 1,
} as const;
const NAMES = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];

const { number: anyExpression, condition: anyCondition } = fc.letrec<{ number: Code; condition: Code }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4, depthIdentifier: "code" },
    fc.constantFrom<Code>(...INPUTS.map(id), LOOP_NEURON, TIME),
    anyNumber.filter(Number.isFinite).map(num),
    fc
      .tuple(fc.constantFrom(...ARITHMETIC), tie("number"), tie("number"))
      .map(([operator, x, y]) => binary(operator, x, y)),
    tie("number").map((operand): Code => ({ kind: "unary", operator: "-", operand })),
    fc
      .constantFrom(...NAMES)
      .chain((name) =>
        fc.tuple(...Array.from({ length: FUNCTIONS[name] }, () => tie("number"))).map((args) => math(name, ...args)),
      ),
    fc.tuple(tie("condition"), tie("number"), tie("number")).map(([c, x, y]) => ternary(c, x, y)),
  ),
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: "code" },
    fc
      .tuple(fc.constantFrom(...COMPARISONS), tie("number"), tie("number"))
      .map(([operator, x, y]) => binary(operator, x, y)),
    fc
      .tuple(fc.constantFrom<BinaryOperator>("&&", "||"), tie("condition"), tie("condition"))
      .map(([operator, x, y]) => binary(operator, x, y)),
    tie("condition").map((operand): Code => ({ kind: "unary", operator: "!", operand })),
  ),
}));

/** Writes the numbers in turn, each array from another place, takes a step and hands out the bits. */
function outcome(
  made: Made,
  numbers: readonly number[],
  size: number,
): { readonly out: readonly number[]; readonly found: readonly number[] } {
  INPUTS.forEach((name, k) =>
    made[name].forEach((_, i) => (made[name][i] = numbers[(i * (k + 1) + k) % numbers.length] ?? 0)),
  );
  const count = made.update(0, size);
  return { out: Array.from(made.out), found: Array.from(made.candidates.subarray(0, count)) };
}

function expectSame(
  value: Code,
  fires: Code,
  numbers: readonly number[],
  size: number,
  before: Parameters<typeof population>[2] = [],
): void {
  const { alone, paired } = both(population(value, fires, before), size);
  if (paired === null) throw new Error("the loop was refused");
  expect(paired.out.buffer.constructor.name).toBe("ArrayBuffer");
  expect(paired.a.buffer).toBe(paired.out.buffer);
  // Twice: what is found is written anew each time.
  for (let pass = 0; pass < 2; pass++) expect(outcome(paired, numbers, size)).toEqual(outcome(alone, numbers, size));
}

test("any expression and any condition, of any numbers", () => {
  fc.assert(
    fc.property(
      anyExpression,
      anyCondition,
      fc.array(anyNumber, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 23 }),
      (value, fires, numbers, size) => {
        expectSame(value, fires, numbers, size);
      },
    ),
    { numRuns: 600 },
  );
});

/** Holds the listed neurons, changes all, restores, and hands out the bits. */
function held(made: Made, numbers: readonly number[], listed: readonly number[], inMemory: boolean): readonly number[] {
  INPUTS.forEach((name, k) =>
    made[name].forEach((_, i) => (made[name][i] = numbers[(i * (k + 1) + k) % numbers.length] ?? 0)),
  );
  const list = (inMemory ? made.refractory : undefined) ?? new Int32Array(listed.length);
  list.set(listed);
  made.hold(list, listed.length);
  made.out.fill(7);
  made.restore(list, listed.length);
  return [...made.out, ...made.b];
}

test("any expression of the neurons of any list, in the memory of the kernels or elsewhere", () => {
  const cases = fc.integer({ min: 1, max: 23 }).chain((size) => {
    const neurons = Array.from({ length: size }, (_, i) => i);
    return fc.tuple(fc.constant(size), fc.shuffledSubarray(neurons), fc.boolean());
  });
  let listedInWebAssembly = 0;
  fc.assert(
    fc.property(
      anyExpression,
      fc.array(anyNumber, { minLength: 1, maxLength: 30 }),
      cases,
      (value, numbers, [size, listed, inMemory]) => {
        const { alone, paired } = both(listing(value), size);
        if (paired === null) throw new Error("the loops were refused");
        if (paired.refractory?.buffer === paired.out.buffer) listedInWebAssembly++;
        for (let pass = 0; pass < 2; pass++)
          expect(held(paired, numbers, listed, inMemory)).toEqual(held(alone, numbers, listed, inMemory));
      },
    ),
    { numRuns: 300 },
  );
  expect(listedInWebAssembly).toBeGreaterThan(0);
});

test("all neurons are listed, an odd number: nothing beyond the last is touched", () => {
  const { alone, paired } = both(listing(binary("*", id("a"), id("c"))), 5);
  for (const made of [alone, paired as Made])
    expect(held(made, [3, 4, 5], [4, 2, 0, 1, 3], true).slice(0, 5)).toEqual([15, 20, 25, 15, 20]);
});

test("where most pairs list a neuron or leave the usual range, and where few do", () => {
  for (const every of [1, 2, 5, 40])
    for (const value of [id("a"), math("exprel", id("a"))]) {
      const numbers = Array.from({ length: 997 }, (_, i) => (i % every === 0 ? 3 + i / 997 : Math.sin(i)));
      expectSame(value, binary(">", id("a"), num(2)), numbers, 1001);
    }
});

describe("every operation and function by itself on special numbers", () => {
  const [a, b, c] = INPUTS.map(id) as [Code, Code, Code];
  const cases: readonly (readonly [string, Code])[] = [
    ...ARITHMETIC.map((o) => [o, binary(o, a, b)] as const),
    ...NAMES.map((name) => [name, math(name, ...[a, b, c].slice(0, FUNCTIONS[name]))] as const),
    ...COMPARISONS.map((o) => [o, ternary(binary(o, a, b), c, num(1))] as const),
    ["-", { kind: "unary", operator: "-", operand: a } as const],
    ["i", binary("*", LOOP_NEURON, TIME)],
  ];
  for (const [name, value] of cases) {
    test(name, () => {
      for (const size of [1, 2, 3, 4, 5, SPECIAL.length * 3 + 1]) expectSame(value, binary(">", a, b), SPECIAL, size);
    });
  }
});

test("exponentials that the kernel itself writes out, with their calls for what is far", () => {
  let n = 0;
  const fresh = (wanted: string): string => `${wanted}_${n++}`;
  for (const name of ["exp", "expm1", "exprel"] as const) {
    const { statements, value } = writtenOut(name, id("a"), fresh, (f) => f);
    expectSame(value, binary(">", id("b"), num(0)), SPECIAL, 101, [
      ...exponentialPrelude((f) => f),
      ...nearPrelude((f) => f),
      ...statements,
    ]);
  }
});

test("a condition of a model that looks like that of a series", () => {
  const near = binary("<", id("a_square"), num(1.5));
  const before = [constant("a_square", binary("*", id("a"), id("a")))];
  for (const value of [
    ternary(near, num(1), math("exp", id("b"))),
    ternary(near, math("exp", id("b")), id("c")),
    ternary(near, num(2), math("exprel", id("a"))),
  ])
    expectSame(value, binary(">", id("b"), num(0)), SPECIAL, 70, before);
});

test("a pair with a rare case is left to JavaScript, the candidates stay in rising order", () => {
  const numbers = Array.from({ length: 90 }, (_, i) => (i % 7 === 3 ? 400 : Math.sin(i)));
  expectSame(math("exp", id("a")), binary(">", id("b"), num(-0.5)), numbers, 90);
});

test("a part of the neurons, from an odd one on or to an odd one", () => {
  const { alone, paired } = both(
    population(binary("+", id("out_before"), id("a")), binary(">", id("a"), num(0)), [
      constant("out_before", load("b_at")),
    ]),
    21,
  );
  for (const [low, high] of [
    [0, 21],
    [3, 8],
    [4, 9],
    [2, 2],
    [20, 21],
    [8, 20],
  ] as const) {
    for (const made of [alone, paired as Made])
      INPUTS.forEach((name, k) => made[name].forEach((_, i) => (made[name][i] = Math.cos(i + k))));
    expect(paired?.update(low, high)).toBe(alone.update(low, high));
    expect(Array.from(paired?.out ?? [])).toEqual(Array.from(alone.out));
  }
});

test("an update that is mostly rare cases goes on in JavaScript, and stays right", () => {
  const { alone, paired } = both(population(math("exp", id("a")), binary(">", id("b"), num(0))), 64);
  for (let k = 0; k < 200; k++)
    expect(outcome(paired as Made, [800, -2, 900 + k], 64)).toEqual(outcome(alone, [800, -2, 900 + k], 64));
});

describe("refused, so that JavaScript runs it:", () => {
  const fires = binary(">", id("a"), num(0));
  const refused: readonly (readonly [string, Code])[] = [
    ["a function without a vector form", math("log", id("a"))],
    ["a power", math("pow", id("a"), id("b"))],
    ["an unknown name", id("elsewhere")],
    ["an operator of integers", binary("%", id("a"), id("b"))],
    ["a condition where a number is wanted", binary("+", binary(">", id("a"), id("b")), num(1))],
    [
      "what is too deep",
      Array.from({ length: 1000 }).reduce<Code>((x) => ({ kind: "unary", operator: "-", operand: x }), id("a")),
    ],
  ];
  for (const [what, value] of refused) {
    test(what, () => {
      expect(encoded(population(value, fires))).toBeNull();
    });
  }

  test("a loop that reads what it has written", () => {
    const reads: Kernel = {
      kind: "kernel",
      name: "update",
      title: null,
      over: "range",
      lists: "candidates",
      before: [],
      body: [store("a_at", num(1)), constant("a", load("a_at")), store("out_at", id("a"))],
    };
    expect(pairedPopulation(populationOf(reads), id("handle"))).toBeNull();
  });
});

test("a sum of ten thousand terms is no recursion", () => {
  expectSame(
    Array.from({ length: 10_000 }, (_, k) => num(k / 8)).reduce<Code>((sum, x) => binary("+", sum, x), id("a")),
    binary(">", id("a"), num(0)),
    [0.1, 7],
    6,
  );
});

test("whatever the addresses, the module is valid", () => {
  const text = encoded(population(math("exp", binary("*", id("a"), TIME)), binary(">", id("a"), num(0))));
  const validate = (globalThis as unknown as { WebAssembly: { validate(bytes: Uint8Array): boolean } }).WebAssembly
    .validate;
  for (const base of [0, 63, 64, 8191, 8192, 2 ** 20, 2 ** 31, 2 ** 32 - 4096]) {
    const addresses = new Proxy({}, { get: () => base }) as Record<string, number>;
    expect(validate(text?.encode(addresses) ?? new Uint8Array())).toBe(true);
  }
});
