// Whether several threads take the slices of a run or one: what has just been faster, found out anew now and then.
import { expect, test } from "vitest";
import { pace } from "../../src/simulate/pace.ts";

/** How many of so many slices are taken together, where all take a step in `together` ms and one takes it in `alone` ms. */
function sharesOf(slices: number, together: number, alone: number, arrival = 0): number {
  const chosen = pace();
  let taken = 0;
  for (let k = 0; k < slices; k++) {
    const all = chosen.together && k >= arrival;
    if (all) taken++;
    chosen.took(all ? 2 : 1, all ? together : alone);
  }
  return taken;
}

test("threads that make a run faster take nearly all slices, those that do not next to none", () => {
  expect(sharesOf(640, 0.6, 1)).toBe(630);
  expect(sharesOf(640, 1.1, 1)).toBe(20);
});

test("before the other threads are there, nothing is tried", () => {
  expect(sharesOf(740, 0.6, 1, 100)).toBe(630);
});
