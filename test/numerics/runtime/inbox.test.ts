import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createInbox } from "../../../src/runtime/inbox.ts";
import type { PreciseProjection } from "../../../src/runtime/projection.ts";

test("arrivals come neuron by neuron in the order of time, at one time in the order of the calls, however many", () => {
  const arrival = fc.record({
    j: fc.nat(6),
    time: fc.integer({ min: 0, max: 5 }).map((k) => k / 10),
    p: fc.nat(2),
    source: fc.nat(9),
  });
  const inbox = createInbox(7);
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 700, size: "max" }), (arrivals) => {
      const acted: (readonly number[])[] = [];
      const projections = [0, 1, 2].map(
        (p) =>
          ({
            jump: (i: number, j: number, c: number, t: number) => void acted.push([j, t, p, i, c]),
          }) as unknown as PreciseProjection,
      );
      arrivals.forEach(({ j, time, p, source }, c) =>
        inbox.add(j, time, projections[p] as PreciseProjection, source, c),
      );
      inbox.close();
      for (let j = 0; j < 7; j++)
        for (let k = inbox.first(j); k < inbox.first(j + 1); k++) inbox.act(k, inbox.time(k), new Float64Array(0));
      inbox.clear();
      const wanted = arrivals
        .map(({ j, time, p, source }, c) => [j, time, p, source, c])
        .toSorted(([a = 0, t = 0], [b = 0, u = 0]) => a - b || t - u);
      expect(acted).toEqual(wanted);
      expect(inbox.first(0)).toBe(inbox.first(7));
    }),
  );
});
