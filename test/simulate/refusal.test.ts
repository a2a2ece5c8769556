// Who is told what: a mistake of a model or a program in its words, a fault of ours never as theirs.
import { expect, test } from "vitest";
import { UsageError, compile, instantiate, sourceText } from "../../src/index.ts";
import { ConnectionError } from "../../src/runtime/connectError.ts";
import { DrawError, EndlessError, MemoryError, RateError } from "../../src/runtime/index.ts";
import { isOutOfMemory, refusalText } from "../../src/simulate/refusal.ts";

const HOST = {
  read: () => ({ problem: "there is no file" }),
  resolve: () => ({ problem: "there is no file" }),
};
const MODEL =
  "neuron N { param τ = 10 ms; state V = 1 mV; V' = -V/τ }\nexperiment E of N { duration 1 ms; record V every 0.5 ms }";

test("what a program asks for in vain is a UsageError, which is a RangeError as well", () => {
  const { plan } = compile(sourceText("n.glif", MODEL), HOST);
  if (plan === null) throw new Error("the model is in order");
  for (const options of [{ seed: -1 }, { step: 0.3 }, { sizes: { X: 1 } }, { parameters: { N: { tau: 1 } } }]) {
    const asked = (): unknown => instantiate(plan, options);
    expect(asked).toThrow(UsageError);
    expect(asked).toThrow(RangeError);
  }
  expect(() => instantiate(plan).advance(0.5)).toThrow(UsageError);
});

test("every error that a model can cause is told in its words, a RangeError of the engine is a fault of ours", () => {
  for (const kind of [DrawError, EndlessError, RateError, ConnectionError])
    expect(kind.prototype).toBeInstanceOf(UsageError);
  expect(refusalText(new UsageError("no such name"))).toBe("no such name");
  expect(refusalText(new MemoryError("`E`", 100, 10))).toContain("`E`");
  let deep: unknown;
  const recurse = (): number => 1 + recurse();
  try {
    recurse();
  } catch (error) {
    deep = error;
  }
  expect(deep).toBeInstanceOf(RangeError);
  for (const ours of [deep, new RangeError("Invalid time value"), new TypeError("x is undefined"), null])
    expect(refusalText(ours)).toBeNull();
});

test("an array that is too large for the engine is memory that ran out", () => {
  let failure: unknown;
  try {
    new Float64Array(2 ** 60);
  } catch (error) {
    failure = error;
  }
  expect(isOutOfMemory(failure)).toBe(true);
  expect(refusalText(failure)).toMatch(/^out of memory: /);
});
