// First-spike latency, from the start of the window or the onset of a stimulus.
import { expect, test } from "vitest";
import { latency } from "../../src/measures/latency.ts";
import { train } from "./reference.ts";

test("from the start of the window, unless an onset is given", () => {
  expect(latency(train([130, 150], 100, 200), null)).toBe(30);
  expect(latency(train([130, 150], 100, 200), 140)).toBe(10);
  expect(latency(train([130, 150], 100, 200), 0)).toBe(130);
});

test("a spike at the onset has latency 0; without a spike there is none", () => {
  expect(latency(train([130, 150], 100, 200), 150)).toBe(0);
  expect(latency(train([130, 150], 100, 200), 150.1)).toBeNull();
  expect(latency(train([]), null)).toBeNull();
});
