// Connections by hand: every rule on a few neurons, the layout in memory, what is refused and in which words.

import { expect, test } from "vitest";
import { connect, incoming, type ConnectionRequest } from "../../../src/runtime/connectivity.ts";
import { uniform } from "../../../src/runtime/random.ts";
import { arrows, asking, list } from "./connectionTools.ts";

test("all: every pair, without a neuron's own unless allowed, between slices too", () => {
  expect(arrows(asking("all", 2, 3))).toBe("0>0 0>1 0>2 1>0 1>1 1>2");
  expect(arrows(asking("all", 3, null))).toBe("0>1 0>2 1>0 1>2 2>0 2>1");
  expect(arrows(asking("all", 2, null, { self: true }))).toBe("0>0 0>1 1>0 1>1");
  const slices = { source: { size: 9, first: 2, last: 4 }, target: { size: 9, first: 4, last: 6 } };
  expect(arrows(asking("all", 9, null, slices))).toBe("2>4 2>5 2>6 3>4 3>5 3>6 4>5 4>6");
  expect(connect(asking("all", 9, null, slices)).firstSource).toBe(2);
});

test("one_to_one: the k-th to the k-th", () => {
  expect(arrows(asking("one_to_one", 3, 3))).toBe("0>0 1>1 2>2");
  expect(
    arrows(
      asking("one_to_one", 9, null, { source: { size: 9, first: 1, last: 3 }, target: { size: 9, first: 3, last: 5 } }),
    ),
  ).toBe("1>3 2>4 3>5");
  expect(arrows(asking("one_to_one", 2, null, { self: true }))).toBe("0>0 1>1");
  expect(arrows(asking("one_to_one", 4, 4, { where: (i) => i % 2 === 1 }))).toBe("1>1 3>3");
});

test("random: no pair at p = 0, every pair at p = 1, those of a varying p that cannot fail", () => {
  expect(arrows(asking("random", 3, 3, { p: 0 }))).toBe("");
  expect(arrows(asking("random", 3, null, { p: 1 }))).toBe("0>1 0>2 1>0 1>2 2>0 2>1");
  expect(arrows(asking("random", 3, null, { p: (i, j) => (j > i ? 1 : 0) }))).toBe("0>1 0>2 1>2");
  expect(arrows(asking("random", 3, null, { p: () => 1, where: (i, j) => j < i }))).toBe("1>0 2>0 2>1");
  expect(arrows(asking("random", 3, null, { p: 1, where: (i, j) => j < i }))).toBe("1>0 2>0 2>1");
});

test("degrees that leave no choice", () => {
  expect(arrows(asking("indegree", 3, null, { n: 2 }))).toBe("0>1 0>2 1>0 1>2 2>0 2>1");
  expect(arrows(asking("outdegree", 2, 3, { n: 3 }))).toBe("0>0 0>1 0>2 1>0 1>1 1>2");
  expect(arrows(asking("total", 3, null, { n: 6 }))).toBe("0>1 0>2 1>0 1>2 2>0 2>1");
  expect(arrows(asking("indegree", 1, 2, { n: 3, multiple: true }))).toBe("0>0 0>0 0>0 0>1 0>1 0>1");
  expect(arrows(asking("total", 2, 2, { n: 3, multiple: true, where: (i, j) => i === 1 && j === 0 }))).toBe(
    "1>0 1>0 1>0",
  );
  expect(arrows(asking("indegree", 3, 3, { n: 1, where: (i, j) => i === (j + 1) % 3 }))).toBe("0>2 1>0 2>1");
  expect(arrows(asking("outdegree", 3, 3, { n: 1, where: (i, j) => i === (j + 1) % 3 }))).toBe("0>2 1>0 2>1");
  expect(arrows(asking("total", 3, 3, { n: 3, where: (i, j) => i === (j + 1) % 3 }))).toBe("0>2 1>0 2>1");
});

test("pairs: in rows, each with its number in the list; parallel ones in the order of the list", () => {
  const pairs = { sources: [2, 0, 2, 0, 2], targets: [1, 3, 0, 3, 1] };
  const connections = list(connect(asking("pairs", 3, 4, { pairs, multiple: true })));
  expect(connections.map(({ i, j, pair }) => [i, j, pair])).toEqual([
    [0, 3, 1],
    [0, 3, 3],
    [2, 0, 2],
    [2, 1, 0],
    [2, 1, 4],
  ]);
  const some = list(connect(asking("pairs", 3, 4, { pairs, multiple: true, where: (_, j) => j > 0 })));
  expect(some.map(({ pair }) => pair)).toEqual([1, 3, 0, 4]);
  const delayed = list(
    connect(
      asking("pairs", 3, 4, { pairs, multiple: true, delay: (_row, _k, _i, _j, pair) => [7, 5, 7, 3, 2][pair]! }),
    ),
  );
  expect(delayed.map(({ i, j, delay, rank, pair }) => [i, j, delay, rank, pair])).toEqual([
    [0, 3, 3, 1, 3],
    [0, 3, 5, 0, 1],
    [2, 1, 2, 2, 4],
    [2, 0, 7, 0, 2],
    [2, 1, 7, 1, 0],
  ]);
});

test("a condition is tested once for each pair, and by random before that until its p is seen to vary", () => {
  let asked = 0;
  const where = (i: number, j: number): boolean => (asked++, (i * 7 + j * 3) % 5 === 0);
  for (const [rule, more] of [
    ["all", {}],
    ["random", { p: (_i: number, j: number): number => 0.5 + 0.1 * (j % 2) }],
    ["indegree", { n: 2 }],
    ["outdegree", { n: 2 }],
  ] as const) {
    asked = 0;
    connect(asking(rule, 100, 90, { ...more, where }));
    const forPrediction = rule === "indegree" || rule === "outdegree" ? 0 : 4096;
    // The first pair that the condition lets through, and the second, at which p is another.
    expect(asked - forPrediction - (rule === "random" ? 6 : 0), rule).toBe(9000);
  }
});

test("rows that a condition leaves are right however long and sparse they are", () => {
  const where = (i: number, j: number): boolean =>
    i === 0 ? j % 2 === 0 : i === 1 ? j % 9973 === 5 : i === 3 ? j > 299990 : false;
  const connections = list(
    connect(asking("all", 5, 300000, { where, target: { size: 300000, first: 3, last: 299999 } })),
  );
  const wanted: [number, number][] = [];
  for (let i = 0; i < 5; i++) for (let j = 3; j < 300000; j++) if (where(i, j)) wanted.push([i, j]);
  expect(connections.length).toBe(wanted.length);
  expect(connections.findIndex(({ i, j }, k) => i !== wanted[k]![0] || j !== wanted[k]![1])).toBe(-1);
});

test("drawn delays: rows sorted by them, stably, the rank saying where each connection was", () => {
  const steps = [
    [3, 1, 3, 1],
    [7, 7, 7, 7],
    [1, 3, 9, 3],
  ];
  const c = connect(asking("all", 3, 4, { delay: (_row, k, i, j) => (k === j ? steps[i]![j]! : -1) }));
  expect([...c.delays]).toEqual([1, 3, 7, 9]);
  expect([...c.starts]).toEqual([0, 2, 4, 4, 4, 4, 4, 8, 8, 9, 11, 11, 12]);
  expect([...c.target]).toEqual([1, 3, 0, 2, 0, 1, 2, 3, 0, 1, 3, 2]);
  expect([...c.rank!]).toEqual([1, 3, 0, 2, 0, 1, 2, 3, 0, 1, 3, 2]);
  const same = connect(asking("all", 3, 4, { delay: () => 5 }));
  expect([[...same.delays], same.rank, same.starts.length]).toEqual([[5], null, 4]);
  const fixed = connect(asking("all", 3, 4, { delay: 15 }));
  expect([[...fixed.delays], fixed.rank, [...fixed.starts]]).toEqual([[15], null, [0, 4, 8, 12]]);
});

test("a row of delays at once gives what single draws give; long delays cost nothing", () => {
  const request = asking("random", 300, 200, { p: 0.2 });
  const delay = (row: Parameters<typeof uniform>[0], k: number): number => Math.floor(1e7 * uniform(row, k, 0) ** 9);
  const single = connect({ ...request, delay });
  const whole = connect({
    ...request,
    delay: {
      fill: (delays, from, to, row) => {
        for (let c = from; c < to; c++) delays[c] = delay(row, c - from);
      },
    },
  });
  expect(list(whole)).toEqual(list(single));
  expect(single.delays.at(-1)).toBeGreaterThan(2 ** 20);
  expect(single.delays[0]).toBe(0);
  const rows = new Map<number, number[]>();
  for (const { i, rank } of list(single)) rows.set(i, [...(rows.get(i) ?? []), rank]);
  for (const ranks of rows.values()) expect(ranks.sort((a, b) => a - b)).toEqual(ranks.map((_, k) => k));
});

test("an empty end makes an empty projection", () => {
  const nobody = { size: 5, first: 5, last: 4 },
    size0 = { size: 0, first: 0, last: -1 };
  for (const more of [
    { source: nobody },
    { target: nobody },
    { source: size0, target: size0 },
    { source: nobody, delay: (): number => 3 },
  ] as const) {
    for (const [rule, given] of [
      ["all", {}],
      ["random", { p: 0.5 }],
      ["total", { n: 0 }],
      ["pairs", { pairs: { sources: [], targets: [] } }],
      ["all", { where: () => true }],
    ] as const) {
      const c = connect(asking(rule, 5, 5, { ...more, ...given }));
      expect([c.count, [...c.delays], c.rank, c.starts.length - 1]).toEqual([0, [0], null, "source" in more ? 0 : 5]);
      expect([...incoming(c, 5).starts]).toEqual([0, 0, 0, 0, 0, 0]);
    }
  }
  expect(connect(asking("indegree", 5, 5, { n: 3, target: nobody })).count).toBe(0);
});

test("what cannot be connected is refused at once, in words", () => {
  const refused = (request: ConnectionRequest): string => {
    try {
      connect(request);
    } catch (mistake) {
      if (mistake instanceof RangeError) return mistake.message;
      throw mistake;
    }
    return "made";
  };
  const slice = (first: number, last: number) => ({ size: 10, first, last });
  expect(refused(asking("one_to_one", 10, 12))).toBe(
    "one_to_one of `exc` needs as many sources as targets: there are 10 sources and 12 targets",
  );
  expect(refused(asking("one_to_one", 10, null))).toBe(
    "one_to_one of `exc` would connect each neuron to itself only: `allow self`",
  );
  expect(refused(asking("indegree", 3, 5, { n: 4 }))).toBe(
    "indegree 4 of `exc`: each target has only 3 possible sources; `allow multiple` or fewer",
  );
  expect(refused(asking("indegree", 4, null, { n: 4 }))).toBe(
    "indegree 4 of `exc`: each target has only 3 possible sources; `allow multiple` or fewer",
  );
  expect(refused(asking("outdegree", 5, 1, { n: 2 }))).toBe(
    "outdegree 2 of `exc`: each source has only 1 possible target; `allow multiple` or fewer",
  );
  expect(refused(asking("outdegree", 10, null, { n: 3, source: slice(0, 4), target: slice(4, 6) }))).toBe(
    "outdegree 3 of `exc`: source 4 has only 2 possible targets; `allow multiple` or fewer",
  );
  expect(refused(asking("outdegree", 10, null, { n: 3, source: slice(0, 3), target: slice(4, 6) }))).toBe("made");
  expect(refused(asking("outdegree", 10, 10, { n: 3, where: (i, j) => i !== 6 || j < 2 }))).toBe(
    "outdegree 3 of `exc`: source 6 has only 2 possible targets; `allow multiple` or fewer",
  );
  expect(refused(asking("indegree", 10, 10, { n: 3, multiple: true, where: (_, j) => j !== 7 }))).toBe(
    "indegree 3 of `exc`: target 7 has no possible source",
  );
  expect(refused(asking("indegree", 10, 10, { n: 3, source: slice(5, 4), where: () => true }))).toBe(
    "indegree 3 of `exc`: each target has no possible source",
  );
  expect(refused(asking("total", 3, null, { n: 7 }))).toBe(
    "total 7 of `exc`: only 6 pairs are possible; `allow multiple` or fewer",
  );
  expect(refused(asking("total", 3, null, { n: 7, where: (i) => i === 0 }))).toBe(
    "total 7 of `exc`: only 6 pairs are possible; `allow multiple` or fewer",
  );
  expect(refused(asking("total", 3, null, { n: 3, where: (i) => i === 0 }))).toBe(
    "total 3 of `exc`: only 2 pairs are possible; `allow multiple` or fewer",
  );
  expect(refused(asking("total", 3, null, { n: 3, multiple: true, where: () => false }))).toBe(
    "total 3 of `exc`: no pair is possible",
  );
  for (const n of [2.5, -1, NaN, Infinity])
    expect(refused(asking("total", 9, 9, { n }))).toBe(`total of \`exc\` is a whole number of at least 0, not ${n}`);
  expect(connect(asking("total", 99, 99, { n: 0.57 * 100 })).count).toBe(57);
  for (const p of [-0.1, 1.5, NaN]) {
    expect(refused(asking("random", 9, 9, { p }))).toBe(`the probability of \`exc\` lies between 0 and 1, not at ${p}`);
    expect(refused(asking("random", 9, 9, { p: (i, j) => (i === 2 && j === 3 ? p : 0.5) }))).toBe(
      `the probability of \`exc\` from neuron 2 to neuron 3 lies between 0 and 1, not at ${p}`,
    );
  }
  expect(refused(asking("all", 9, 9, { source: slice(0, 10) }))).toBe(
    "the sources of `exc` are neurons 0 to 10 of a population of 10, which has neurons 0 to 9",
  );
  expect(refused(asking("all", 9, 9, { target: { size: 0, first: 0, last: 0 } }))).toBe(
    "the targets of `exc` are neurons 0 to 0 of a population of 0",
  );
  for (const delay of [-1, 1.5, NaN, 2 ** 31]) {
    expect(refused(asking("all", 9, 9, { delay }))).toBe(
      `the delay of \`exc\` is a whole number of steps from 0 to 2147483647, not ${delay}`,
    );
    expect(refused(asking("all", 9, 9, { delay: (_row, _k, i, j) => (i === 2 && j === 3 ? delay : 5) }))).toBe(
      `the delay of \`exc\` from neuron 2 to neuron 3 is a whole number of steps from 0 to 2147483647, not ${delay}`,
    );
  }
  const pairs = (sources: number[], targets: number[], more: Partial<ConnectionRequest> = {}): string =>
    refused(asking("pairs", 4, null, { pairs: { sources, targets }, ...more }));
  expect(pairs([0, 1], [1, 4])).toBe(
    "the target of pair 2 of `exc` is 4, which is none of its targets: they are the neurons 0 to 3",
  );
  expect(pairs([0, 1.5], [1, 2])).toBe(
    "the source of pair 2 of `exc` is 1.5, which is none of its sources: they are the neurons 0 to 3",
  );
  expect(pairs([0, 2], [1, 2])).toBe("pair 2 of `exc` connects neuron 2 to itself: `allow self`");
  expect(pairs([0, 3, 0], [1, 2, 1])).toBe(
    "pairs 1 and 3 of `exc` both connect neuron 0 to neuron 1: `allow multiple`",
  );
  expect(pairs([0, 1], [1])).toBe("`exc` needs as many sources as targets in its list of pairs");
});

test("by target: the transpose, with ascending positions", () => {
  for (const request of [
    asking("random", 60, 50, { p: 0.3, delay: (row, k) => Math.floor(4 * uniform(row, k, 0)) }),
    asking("total", 60, 50, { n: 4000, multiple: true }),
    asking("all", 60, 50, { source: { size: 60, first: 20, last: 40 } }),
  ]) {
    const c = connect(request),
      { starts, position, source } = incoming(c, 50),
      listed = list(c);
    expect(starts[50]).toBe(c.count);
    for (let j = 0; j < 50; j++) {
      const wanted = listed.flatMap((connection, k) => (connection.j === j ? [[k, connection.i]] : []));
      expect(
        Array.from({ length: starts[j + 1]! - starts[j]! }, (_, k) => [
          position[starts[j]! + k],
          source[starts[j]! + k],
        ]),
      ).toEqual(wanted);
    }
  }
});
