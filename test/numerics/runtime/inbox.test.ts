import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createInbox } from "../../../src/runtime/inbox.ts";
import type { PreciseProjection } from "../../../src/runtime/projection.ts";

const DELAYS = [0.3, Float64Array.from({ length: 700 }, (_, c) => ((c * 7) % 4) / 10), 0.1];

test("arrivals come neuron by neuron in the order of time, at one time by projection, delay, source and connection, however many", () => {
  const arrival = fc.record({
    j: fc.nat(6),
    time: fc.integer({ min: 0, max: 5 }).map((k) => k / 10),
    p: fc.nat(2),
    source: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 700, size: "max" }), (arrivals) => {
      const inbox = createInbox(7);
      const acted: (readonly number[])[] = [];
      const numbers = DELAYS.map((delays, p) =>
        inbox.open({
          delays,
          jump: (i: number, j: number, c: number, t: number) => void acted.push([j, t, p, i, c]),
        } as unknown as PreciseProjection),
      );
      arrivals.forEach(({ j, time, p, source }, c) => inbox.add(j, time, numbers[p] ?? NaN, source, c));
      inbox.close();
      for (let j = 0; j < 7; j++) {
        for (let k = inbox.first(j), end = k; k < inbox.first(j + 1); k++) {
          const time = inbox.time(k);
          if (k === end) {
            while (end < inbox.first(j + 1) && inbox.time(end) === time) end++;
            inbox.together(k, end);
          }
          inbox.act(k, time, new Float64Array(0));
        }
      }
      inbox.clear();
      const delayOf = (p: number, c: number): number => {
        const delays = DELAYS[p] ?? NaN;
        return typeof delays === "number" ? delays : (delays[c] ?? NaN);
      };
      const wanted = arrivals
        .map(({ j, time, p, source }, c) => ({
          key: [j, time, p, delayOf(p, c), source, c],
          told: [j, time, p, source, c],
        }))
        .toSorted((a, b) => a.key.map((x, k) => x - (b.key[k] ?? NaN)).find((x) => x !== 0) ?? 0)
        .map(({ told }) => told);
      expect(acted).toEqual(wanted);
      expect(inbox.first(0)).toBe(inbox.first(7));
    }),
  );
});
