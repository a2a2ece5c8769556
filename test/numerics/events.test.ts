// Events and spikes as one automaton, on the grid and located inside the step: what becomes true happens once, whoever made it true and wherever it lies.
import { describe, expect, test } from "vitest";
import { EndlessError } from "../../src/runtime/index.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource, runSource, spikeTimes, trace } from "../conformance/harness.ts";

interface Outcome {
  readonly spikes: readonly number[];
  /** Final value of a state of the first neuron of the population that has it. */
  of(state: string): number;
}

function outcome(text: string): Outcome {
  const simulation = runSource(text);
  return {
    spikes: spikeTimes(simulation),
    of: (name) =>
      simulation.populations.flatMap((p) =>
        p.states.filter((s) => s.name === name).map((s) => s.values[0] ?? NaN),
      )[0] ?? NaN,
  };
}

const neuron = (members: string, experiment: string): string =>
  `neuron N {\n${members}\n}\nexperiment X of N { ${experiment} }`;

describe("what becomes true together happens together", () => {
  test("a spike and an event with one condition, over 200 currents", () => {
    for (let i = 0; i < 200; i += 7) {
      const a = 1.5 + 0.01 * i;
      const r = outcome(
        neuron(
          `param τ = 10 ms, a = ${a}; state V = 0, k = 0; V' = (a - V)/τ; spike when V > 1; on V > 1 { k <- k + 1 }`,
          "duration 30 ms; spikes precise",
        ),
      );
      expect(r.spikes.length, String(a)).toBe(1);
      expect(r.spikes[0]).toBeCloseTo(10 * Math.log(a / (a - 1)), 9);
      expect(r.of("k"), String(a)).toBe(1);
    }
  });

  test("two events whose conditions are one but for rounding", () => {
    for (let i = 1; i < 60; i += 3) {
      const r = outcome(
        neuron(
          `state x = 1, k = 0, l = 0, m = 0; x' = -x/(10 ms); on x < ${i}/61 { k <- k + 1 } on 3*x < ${i}/61*3 { l <- l + k } on 1/x > 61/${i} { m <- m + l }`,
          "duration 60 ms; spikes precise",
        ),
      );
      expect([r.of("k"), r.of("l"), r.of("m")], String(i)).toEqual([1, 1, 1]);
    }
  });

  test("an event happens although the spike's reset, or an event before it, makes it false", () => {
    const text = (mode: string): string =>
      neuron(
        "state V = 0, k = 0, l = 0; V' = 1 /ms; spike when V > 0.55; reset { V <- 0 } on V > 0.55 { k <- k + 1; V <- -1 } on V > 0.55 { l <- l + 1 }",
        `duration 1 ms; ${mode}`,
      );
    for (const mode of ["", "spikes precise"])
      expect([outcome(text(mode)).of("k"), outcome(text(mode)).of("l")], mode).toEqual([1, 1]);
  });
});

describe("what resets and events make true happens, too", () => {
  const cases: readonly (readonly [claim: string, members: string, state: string, count: number])[] = [
    [
      "a reset sets a flag",
      "state V = 0, flag = 0, n = 0; V' = (2 - V)/(10 ms); spike when V > 1; reset { V <- 0; flag <- 1 } on flag > 0.5 { flag <- 0; n <- n + 1 }",
      "n",
      7,
    ],
    [
      "an event makes another true",
      "state x = 1, a = 0, n = 0; x' = -x/(10 ms); on x < 0.5 { a <- 1 } on a > 0.5 { n <- n + 1 }",
      "n",
      1,
    ],
    [
      "a reset brings the voltage below",
      "state V = 0.6, n = 0; V' = (2 - V)/(10 ms); spike when V > 1; reset { V <- 0 } on V < 0.5 { n <- n + 1 }",
      "n",
      7,
    ],
    [
      "a crossing spike by an event",
      "state x = 1, a = 0, n = 0; x' = -x/(10 ms); on x < 0.5 { a <- 1 } spike when a > 0.5; on a > 0.5 and x < 0.5 { n <- n + 1 }",
      "n",
      1,
    ],
  ];
  for (const [claim, members, state, count] of cases) {
    test(claim, () => {
      for (const mode of ["spikes precise", "step 0.01 ms"])
        expect(outcome(neuron(members, `duration 50 ms; ${mode}`)).of(state), mode).toBe(count);
    });
  }

  test("an event that makes its own condition false happens each time, also in steps that follow one another", () => {
    const text = (mode: string): string => `
      neuron N { state r : 1 = 0, hits = 0; on r > 0.5 { r <- 0; hits <- hits + 1 } }
      synapse J { on pre { post.r <- 1 } }
      network M {
        population S = spikes([1, 1.1, 5, 7] ms)
        population P = 1 N
        connect S -> P by J all
      }
      experiment X of M { duration 10 ms; step 0.1 ms; ${mode} }`;
    for (const mode of ["", "spikes precise"])
      expect([outcome(text(mode)).of("hits"), outcome(text(mode)).of("r")], mode).toEqual([4, 0]);
  });

  test("two events that make each other true for ever are told, with neuron, time and condition", () => {
    const text = neuron(
      "state x = 0, n = 0; x' = 1 /ms; on x > 1 and n < 0.5 { n <- 1 } on n > 0.5 { n <- 0 }",
      "duration 5 ms; spikes precise",
    );
    const simulation = instantiate(planSource("law.glif", text, "X"));
    expect(() => simulation.advance(50)).toThrow(EndlessError);
    expect(() => instantiate(planSource("law.glif", text, "X")).advance(50)).toThrow(
      /^N\[0\] does not get past t = 1(\.0000\d*)? ms: .*happens more than 1000 times in one step/,
    );
  });
});

describe("at the beginning", () => {
  test("what is true at t = 0, by equality too, has not become so", () => {
    for (const mode of ["", "spikes precise"]) {
      const r = outcome(
        neuron(
          "state x = 1, n = 0; x' = -x/(10 ms); on t >= 0 ms { n <- n + 1 } on x <= 1 { n <- n + 1 } spike when x <= 1",
          `duration 5 ms; ${mode}`,
        ),
      );
      expect([r.of("n"), r.spikes.length], mode).toEqual([0, 0]);
    }
  });
  test("an input that is there from t = 0 on makes true in the first step", () => {
    const text = (mode: string): string =>
      neuron("input I : 1; state n = 0; on I > 0.5 { n <- n + 1 }", `duration 5 ms; I = 1; ${mode}`);
    for (const mode of ["", "spikes precise"]) expect(outcome(text(mode)).of("n"), mode).toBe(1);
  });
  test("an input that is its default at t = 0 makes nothing true", () => {
    const n = (input: string, set: string, mode: string): number | undefined =>
      outcome(
        neuron(
          `param p = 2; input I : 1 ${input}; state n = 0; on I > 1 { n <- n + 1 }`,
          `duration 5 ms; ${set}; ${mode}`,
        ),
      ).of("n");
    for (const mode of ["", "spikes precise"]) {
      for (const input of ["= 2", "= p", "= 1.5; I += 0.25*p"]) expect(n(input, "", mode), `${input}, ${mode}`).toBe(0);
      // Set from outside: to more of what was true already, from less, and away and back.
      expect(
        [n("= 2", "I = 3", mode), n("= 0.5", "I = 3", mode), n("= 2", "I = steps(0 ms: 0, 2 ms: 2)", mode)],
        mode,
      ).toEqual([0, 1, 1]);
    }
  });
});

describe("instants at times of the grid belong to the step that ends there", () => {
  test("an event at T happens once, and the sample at T has it", () => {
    for (const step of [0.1, 0.025]) {
      for (let k = 1; k <= 100; k += 3) {
        const simulation = runSource(
          neuron(
            `state n = 0; on t >= ${k}/10*(1 ms) { n <- n + 1 }`,
            `duration 12 ms; step ${step} ms; spikes precise; record n`,
          ),
        );
        const { y } = trace(simulation, "n");
        const at = Math.round(k / 10 / step);
        expect([y[at - 1], y[at], y.at(-1)], `${k / 10} ms at ${step}`).toEqual([0, 1, 1]);
      }
    }
  });
  test("a level that its reset leaves true spikes once a step, at its end", () => {
    const spikes = (mode: string): readonly number[] =>
      outcome(
        neuron(
          "param r = 2; state V = 0; V' = 1 /ms; spike when V > 0.25; reset { V <- V + r }",
          `duration 0.6 ms; ${mode}`,
        ),
      ).spikes;
    expect(spikes("")).toEqual([0.3, 0.4, 0.5, 0.6]);
    expect(spikes("spikes precise").map((t) => Math.round(t * 1e9) / 1e9)).toEqual([0.25, 0.3, 0.4, 0.5, 0.6]);
  });
});

describe("several crossings inside one step", () => {
  const rotation = "state y = 1, z = 0, n = 0; y' = -z*2*π/(6 ms); z' = y*2*π/(6 ms)";
  for (const condition of ["y < 0.9", "y > 0.9", "not (y < 0.9)", "y < -0.9 or y > 2", "y*y > 0.81"]) {
    test(`${condition} of a cosine, with steps of 0.1 ms and of 5 ms`, () => {
      const count = (step: number): number =>
        outcome(
          neuron(`${rotation}; on ${condition} { n <- n + 1 }`, `duration 60 ms; step ${step} ms; spikes precise`),
        ).of("n");
      expect(count(0.1)).toBe(condition === "y*y > 0.81" ? 20 : 10);
      for (const step of [1, 2, 3, 5, 6, 12]) expect(count(step), `${step} ms`).toBe(count(0.1));
    });
  }
  test("a fast synapse lifts the voltage for a hundredth of the step", () => {
    const count = (step: number): number =>
      outcome(
        neuron(
          "state g = 0, V = 0, n = 0; g' = -g/(0.05 ms); V' = (60*g - V)/(0.2 ms); on V > 8 { n <- n + 1 } on t >= 3.02 ms { g <- 1 } on t >= 7.77 ms { g <- 1 }",
          `duration 10 ms; step ${step} ms; spikes precise`,
        ),
      ).of("n");
    for (const step of [0.01, 0.1, 1, 2, 5, 10]) expect(count(step), `${step} ms`).toBe(2);
  });
  // What moves many times faster than the step, by methods that have no exact solution to look at.
  const fast: Readonly<Record<string, readonly [text: string, methods: readonly string[], count: number]>> = {
    "a fast synapse on a bent membrane": [
      "state g = 0, V = 0, n = 0; g' = -g/(0.05 ms); V' = (60*g - V - 0.001*V^3)/(0.2 ms); on V > 8 { n <- n + 1 } on t >= 3.02 ms { g <- 1 } on t >= 7.77 ms { g <- 1 }",
      ["auto", "rk4", "rk45", "rosenbrock"],
      2,
    ],
    "a fast conductance": [
      "state g = 0, V = 0, n = 0; g' = -g/(0.05 ms); V' = (60*g*(1 - 0.01*V) - V)/(0.2 ms); on V > 8 { n <- n + 1 } on t >= 3.02 ms { g <- 1 } on t >= 7.77 ms { g <- 1 }",
      ["auto", "rk45", "rosenbrock"],
      2,
    ],
    "35 turns of a bent spring": [
      "state x = 1, v : /ms = 0 /ms, n = 0; x' = v; v' = -(x + 0.1*x^3)*(2*π/(0.3 ms))^2; on x < -0.7 { n <- n + 1 }",
      ["rk45", "rosenbrock"],
      35,
    ],
  };
  for (const [what, [text, methods, expected]] of Object.entries(fast)) {
    test(`${what}, in steps that are far too long for it`, () => {
      for (const method of methods)
        for (const step of [0.1, 0.2, 0.5, 1, 2, 5])
          expect(
            outcome(neuron(text, `duration 10 ms; step ${step} ms; spikes precise; method ${method}`)).of("n"),
            `${method}, ${step} ms`,
          ).toBe(expected);
    });
  }
  test("an adaptive method, its steps long beyond measure: each turn is found", () => {
    const [text] = fast["35 turns of a bent spring"] ?? [""];
    for (const step of [0.1, 10, 15, 30])
      expect(
        outcome(neuron(text, `duration 60 ms; step ${step} ms; spikes precise; method rk45`)).of("n"),
        `${step} ms`,
      ).toBe(207);
  });
  test("two bounces, at the times of the mechanics", () => {
    const r = outcome(
      neuron(
        "state y = 1, v = 0, n = 0; y' = v/(1 ms); v' = -1/(1 ms); on y < 0 { v <- -0.8*v; y <- 0; n <- n + 1 }",
        "duration 5 ms; step 5 ms; spikes precise",
      ),
    );
    const [g1, v1] = [Math.SQRT2, 0.8 * Math.SQRT2];
    const g2 = g1 + 2 * v1,
      after = 5 - g2,
      v2 = 0.8 * v1;
    expect(r.of("n")).toBe(2);
    expect(r.of("y")).toBeCloseTo(v2 * after - (after * after) / 2, 9);
  });
  test("bounces that come to an end are told, with the time at which they do", () => {
    const text = neuron(
      "state y = 1, v = 0; y' = v/(1 ms); v' = -1/(1 ms); on y < 0 { v <- -0.8*v; y <- 0 }",
      "duration 20 ms; spikes precise",
    );
    // √2 (1 + 2·0.8/(1 - 0.8))
    expect(() => runSource(text)).toThrow(/^N\[0\] does not get past t = 12\.7279\d* ms: on y < 0/);
  });
});

describe("one instant is one instant", () => {
  const counts = (equation: string, spike: string, on: string, step: number): readonly number[] => {
    const r = outcome(
      neuron(
        `state x = 0, s = 0, c = 0; x' = ${equation}; spike when ${spike}; reset { x <- 0; s <- s + 1 } on ${on} { c <- c + 1 }`,
        `duration 20 ms; step ${step} ms; spikes precise`,
      ),
    );
    return [r.of("s"), r.of("c")];
  };
  test("what becomes false with a crossing, and true again by its reset, happens each time, whatever the step", () => {
    for (const step of [0.1, 0.2, 0.25, 0.5, 1])
      for (const spike of ["x >= 1", "x > 1"])
        for (const on of ["x <= 1", "x < 1", "not (x > 1)", "not (x >= 1)", "2 - x >= 1"])
          expect(counts("(2.3 - x)/(1 ms)", spike, on, step), `${spike}, ${on}, ${step} ms`).toEqual([35, 35]);
  });
  test("within 1e-10 ms, and no further", () => {
    for (const step of [0.1, 0.25]) {
      expect(counts("1.27/(1 ms)", "x >= 1", "x <= 1 + 1e-10", step)).toEqual([25, 25]);
      expect(counts("1.27/(1 ms)", "x >= 1", "x <= 1 + 1.5e-10", step)).toEqual([25, 0]);
    }
  });
});

describe("inputs and arrivals", () => {
  test("a crossing by an input that jumps, at the time of the jump", () => {
    const text = (mode: string): string =>
      neuron(
        "input I : 1; state x = 1; x' = -x/(100 s); spike when x + I > 1.2",
        `duration 2 ms; I = pulse(1, from: 0.5 ms, to: 1 ms); ${mode}`,
      );
    expect(outcome(text("")).spikes).toEqual([0.6]);
    expect(outcome(text("spikes precise")).spikes).toEqual([0.5]);
  });
  test("an arrival at t* + T is after the refractory period, for every t*", () => {
    for (let k = 1; k < 200; k += 4) {
      const simulation = runSource(`
        neuron N { state V = 0 mV; spike when V > 10 mV; reset { V <- 0 mV } refractory 1.1 ms { hold V } }
        synapse J { weight w : mV; on pre { post.V <- post.V + w } }
        network M {
          population S = spikes([${k / 10}, ${(k + 11) / 10}, ${(k + 21) / 10}] ms)
          population P = 1 N
          connect S -> P by J { w = 12 mV; delay = 0.1 ms } all
        }
        experiment X of M { duration 25 ms; step 0.1 ms; spikes precise; record P.spikes }`);
      // The third comes 1 ms after the second: inside its period.
      expect(spikeTimes(simulation, "P").length, `${k / 10} ms`).toBe(2);
    }
  });
});

test("`dt` is the step, in equations, conditions, resets and periods", () => {
  const r = outcome(
    neuron(
      "param τ = 10 ms; state V = 0, s = 0 ms; V' = (2 + dt/(10 ms) - V)/τ; spike when V > dt/(1 ms); reset { V <- 0*(dt/(1 ms)); s <- s + dt } refractory 2*dt { hold V }",
      "duration 20 ms; step 1 ms; spikes precise",
    ),
  );
  const first = 10 * Math.log(2.1 / 1.1);
  expect(r.spikes[0]).toBeCloseTo(first, 9);
  expect(r.spikes[1]).toBeCloseTo(2 * first + 2, 9);
  expect(r.of("s")).toBe(2);
});

test("V in a reset after an upstroke is that at the cut, just above the peak", () => {
  for (const step of [0.05, 0.1, 0.2]) {
    const r = outcome(`import AdEx from "glif/adex"
      neuron P extends AdEx { state most = -100 mV, least = 100 mV; reset { V <- V_r; w <- w + b; most <- max(most, V); least <- min(least, V) } }
      experiment X of P { duration 300 ms; step ${step} ms; I_e = 1 nA; record spikes }`);
    expect(r.spikes.length).toBeGreaterThan(5);
    expect(r.of("least"), String(step)).toBeGreaterThan(0);
    expect(r.of("most"), String(step)).toBeLessThan(1e-6);
  }
});

test("a step of Euler's method stands as it is while it is finite; one of Runge-Kutta that is too steep is cut where the level first holds", () => {
  const peak = (method: string): number =>
    outcome(
      neuron(
        "state V = 20, top = 0; V' = (V*V - 100)/(10 ms); spike when V > 30; reset { top <- V; V <- 0 }",
        `duration 1 ms; step 1 ms; method ${method}`,
      ),
    ).of("top");
  expect(peak("euler")).toBe(50);
  expect(peak("rk4")).toBeGreaterThan(30);
  expect(peak("rk4")).toBeLessThan(30.0001);
});
