// Assignments at once, as statements one after the other: any set of them, run both ways.
import { expect, test } from "vitest";
import { inSafeOrder, type Assignment } from "../../src/exchange/simultaneous.ts";

/** Of values that are sums of what they read. */
function atOnce(all: readonly Assignment[], before: Readonly<Record<string, number>>): Record<string, number> {
  return { ...before, ...Object.fromEntries(all.map((a) => [a.target, sum(a, before)])) };
}

function sum({ reads, value }: Assignment, state: Readonly<Record<string, number>>): number {
  return [...reads].reduce((total, name) => total + (state[name] ?? 0), Number(value));
}

function inTurn(all: readonly Assignment[], before: Readonly<Record<string, number>>): Record<string, number> {
  const state: Record<string, number> = { ...before };
  const kept = new Map<string, number>();
  const byTarget = new Map(all.map((a) => [a.target, a]));
  for (const s of inSafeOrder(all)) {
    if (s.kind === "take") {
      state[s.target] = kept.get(s.target) ?? NaN;
      continue;
    }
    const target = s.kind === "keep" ? s.of : s.target;
    const value = sum(byTarget.get(target) as Assignment, state);
    if (s.kind === "keep") kept.set(target, value);
    else state[target] = value;
  }
  return state;
}

test("all sets of three assignments come to the same", () => {
  const names = ["a", "b", "c"];
  const before = { a: 1, b: 10, c: 100 };
  const subsets = Array.from({ length: 8 }, (_, k) => new Set(names.filter((_, bit) => (k >> bit) & 1)));
  let temporaries = 0;
  for (const ra of subsets)
    for (const rb of subsets)
      for (const rc of subsets) {
        const all = [
          { target: "a", value: "1000", reads: ra },
          { target: "b", value: "2000", reads: rb },
          { target: "c", value: "3000", reads: rc },
        ];
        expect(inTurn(all, before)).toEqual(atOnce(all, before));
        temporaries += inSafeOrder(all).filter((s) => s.kind === "keep").length;
      }
  expect(temporaries).toBeGreaterThan(0);
});

test("nothing is kept where an order will do", () => {
  const ordered = inSafeOrder([
    { target: "V", value: "E_L", reads: new Set(["E_L"]) },
    { target: "w", value: "w + V", reads: new Set(["w", "V"]) },
  ]);
  expect(ordered).toEqual([
    { kind: "assign", target: "w", value: "w + V" },
    { kind: "assign", target: "V", value: "E_L" },
  ]);
});

test("an exchange takes one temporary", () => {
  const exchanged = inSafeOrder([
    { target: "a", value: "b", reads: new Set(["b"]) },
    { target: "b", value: "a", reads: new Set(["a"]) },
  ]);
  expect(exchanged.map((s) => s.kind)).toEqual(["keep", "assign", "take"]);
});
