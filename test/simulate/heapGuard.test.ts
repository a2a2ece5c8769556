// R08: the guard speaks up when the heap is full of what is needed, not when it is full of what can be thrown away.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { forNewObjects, heapGuard } from "../../src/simulate/heapGuard.ts";

/** A heap of 1000 bytes, and what a collection leaves of it. */
function heapWith(used: number, needed: number) {
  const heap = { used: () => used, limit: 1000, collect: () => void (collections++, (used = needed)) };
  let collections = 0;
  return { heap, collections: () => collections, fill: (to: number) => (used = to) };
}

test("a heap with room is left alone", () => {
  const { heap, collections } = heapWith(749, 0);
  expect(heapGuard(heap)()).toBe(false);
  expect(collections()).toBe(0);
});

test("what can be thrown away is thrown away, once a second at most", () => {
  const { heap, collections, fill } = heapWith(900, 300);
  let now = 0;
  const exhausted = heapGuard(heap, () => now);
  expect(exhausted()).toBe(false);
  expect(collections()).toBe(1);
  fill(900);
  now = 999;
  expect(exhausted()).toBe(false);
  expect(collections()).toBe(1);
  now = 1000;
  expect(exhausted()).toBe(false);
  expect(collections()).toBe(2);
});

test("a heap that stays full is exhausted", () => {
  expect(heapGuard(heapWith(900, 760).heap)()).toBe(true);
});

test("what V8 keeps for new objects depends on its version, and on what the command line says", () => {
  expect(
    [
      forNewObjects("11.3.244.8-node.38", []),
      forNewObjects("12.4.254", []),
      forNewObjects("13.6.233.17-node.50", []),
    ].map((bytes) => bytes / 2 ** 20),
  ).toEqual([48, 48, 192]);
  expect(
    forNewObjects("13.6", ["", "--max-semi-space-size=8", "--max_semi_space_size=32", "--max-old-space-size=100"]) /
      2 ** 20,
  ).toBe(96);
});

test("the process's own heap: garbage is none, what is held is", { timeout: 60_000 }, () => {
  const script = `import { heapGuard } from ${JSON.stringify(resolve("src/simulate/heapGuard.ts"))};
    let now = 0;
    const exhausted = heapGuard(undefined, () => (now += 2000));
    let lost; for (let k = 0; k < 300; k++) lost = Array.from({ length: 20000 }, (_, i) => ({ i }));
    console.log(exhausted());
    const held = []; while (!exhausted() && held.length < 1000) held.push(Array.from({ length: 20000 }, (_, i) => ({ i })));
    console.log(held.length);`;
  const { stdout } = spawnSync(
    process.execPath,
    [
      "--max-old-space-size=120",
      "--import",
      resolve("node_modules/tsx/dist/esm/index.mjs"),
      "--input-type=module",
      "-e",
      script,
    ],
    { encoding: "utf8" },
  );
  const [atFirst, held] = stdout.split("\n");
  expect(atFirst).toBe("false");
  // An array of them takes 0.8 MB.
  expect(Number(held)).toBeGreaterThan(30);
  expect(Number(held)).toBeLessThan(150);
});
