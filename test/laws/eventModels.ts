// Random models of one neuron whose conditions, resets, events, refractoriness, arrivals and inputs act on one another: as data, and as glif text.
import * as fc from "fast-check";

export type Comparison =
  | { readonly kind: "state"; readonly weights: readonly number[]; readonly operator: Operator; readonly bound: number }
  | { readonly kind: "time"; readonly operator: Operator; readonly bound: number };
/** What jumps or bends inside a comparison. The conditions that it is made of, and the numbers of `whole`, are all that changes in jumps. */
export type Jumping =
  /** `floor(scale*x) == bound` */
  | {
      readonly kind: "whole";
      readonly by: "floor" | "ceil" | "round";
      readonly of: number;
      readonly scale: number;
      readonly operator: "==" | "!=" | ">";
      readonly bound: number;
    }
  /** `u - floor(u) < part` with u = scale*clamp(x, -1, 2) */
  | { readonly kind: "fraction"; readonly of: number; readonly scale: number; readonly part: number }
  /** Whether x lies from low to high. */
  | {
      readonly kind: "between";
      readonly by: "step" | "sign" | "if" | "max";
      readonly of: number;
      readonly low: number;
      readonly high: number;
    }
  /** `x > (if … then a else b)` */
  | {
      readonly kind: "chosen";
      readonly of: number;
      readonly by: Comparison;
      readonly then: number;
      readonly otherwise: number;
    };
export type Condition =
  | Comparison
  | Jumping
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "not"; readonly of: Condition };
export type Operator = ">" | "<" | ">=" | "<=";

/** The state number `of` becomes scale*itself + add. */
export interface Change {
  readonly of: number;
  readonly scale: number;
  readonly add: number;
}

export interface EventModel {
  /** x_i' = (drive + gain*I + Σ coupling_j x_j)/τ - cubic*x_i^3/τ; states from `moving` on stand still: flags. */
  readonly equations: readonly {
    readonly τ: number;
    readonly drive: number;
    readonly gain: number;
    readonly coupling: readonly number[];
    readonly cubic: number;
  }[];
  readonly initial: readonly number[];
  readonly spike: {
    readonly condition: Condition;
    readonly reset: readonly Change[] | null;
    readonly period: number;
    readonly held: readonly number[];
  };
  readonly events: readonly { readonly condition: Condition; readonly changes: readonly Change[] }[];
  readonly arrivals: readonly number[];
  readonly delay: number;
  readonly jump: Change;
  /** Pulses of the input; the times are multiples of 0.1 ms. */
  readonly pulses: readonly { readonly value: number; readonly from: number; readonly to: number }[];
}

export const DURATION = 20;
const FLAGS = 2;

const decimal = (low: number, high: number, digits = 2): fc.Arbitrary<number> =>
  fc
    .integer({ min: Math.round(low * 10 ** digits), max: Math.round(high * 10 ** digits) })
    .map((k) => k / 10 ** digits);
const operator = fc.constantFrom<Operator>(">", "<", ">=", "<=");

function comparison(moving: number): fc.Arbitrary<Comparison> {
  const alone = fc
    .tuple(fc.nat(moving - 1), operator, decimal(-0.5, 1.5, 3))
    .map(([k, op, bound]): Comparison => ({ kind: "state", weights: unit(k, 1), operator: op, bound }));
  const difference = fc
    .tuple(operator, decimal(-0.5, 0.8, 3))
    .map(([op, bound]): Comparison => ({ kind: "state", weights: [1, -1], operator: op, bound }));
  const flag = fc
    .tuple(fc.nat(FLAGS - 1), operator)
    .map(([k, op]): Comparison => ({ kind: "state", weights: unit(moving + k, 1), operator: op, bound: 0.5 }));
  const time = decimal(0.1, DURATION, 1).map((bound): Comparison => ({ kind: "time", operator: ">=", bound }));
  return fc.oneof(
    { weight: 5, arbitrary: alone },
    { weight: 2, arbitrary: difference },
    { weight: 4, arbitrary: flag },
    { weight: 1, arbitrary: time },
  );
}

function jumping(moving: number): fc.Arbitrary<Jumping> {
  const of = fc.nat(moving - 1);
  const whole = fc.record({
    kind: fc.constant("whole" as const),
    by: fc.constantFrom("floor" as const, "ceil" as const, "round" as const),
    of,
    scale: decimal(4, 20, 1),
    operator: fc.constantFrom("==" as const, "!=" as const, ">" as const),
    bound: fc.integer({ min: -1, max: 12 }),
  });
  const fraction = fc.record({
    kind: fc.constant("fraction" as const),
    of,
    scale: decimal(2, 8, 1),
    part: decimal(0.1, 0.3),
  });
  const between = fc
    .record({
      by: fc.constantFrom("step" as const, "sign" as const, "if" as const, "max" as const),
      of,
      low: decimal(-0.3, 1, 3),
      width: decimal(0.02, 0.06, 3),
    })
    .map(({ low, width, ...rest }): Jumping => ({
      kind: "between",
      ...rest,
      low,
      high: Number((low + width).toFixed(3)),
    }));
  const chosen = fc.record({
    kind: fc.constant("chosen" as const),
    of,
    by: comparison(moving),
    then: decimal(-0.5, 1.5, 3),
    otherwise: decimal(-0.5, 1.5, 3),
  });
  return fc.oneof(whole, fraction, between, chosen);
}

function condition(moving: number): fc.Arbitrary<Condition> {
  const simple: fc.Arbitrary<Condition> = fc.oneof(
    { weight: 2, arbitrary: comparison(moving) },
    { weight: 1, arbitrary: jumping(moving) },
  );
  const both = fc
    .tuple(fc.constantFrom("and" as const, "or" as const), simple, simple)
    .map(([kind, left, right]): Condition => ({ kind, left, right }));
  return fc.oneof(
    { weight: 5, arbitrary: simple },
    { weight: 3, arbitrary: both },
    { weight: 1, arbitrary: simple.map((of): Condition => ({ kind: "not", of })) },
  );
}

function unit(k: number, weight: number): number[] {
  return Array.from({ length: k + 1 }, (_, i) => (i === k ? weight : 0));
}

function change(moving: number): fc.Arbitrary<Change> {
  const move = fc.record({ of: fc.nat(moving - 1), scale: fc.constantFrom(0, 0.5, 1), add: decimal(-0.8, 0.6) });
  const flag = fc.record({
    of: fc.nat(FLAGS - 1).map((k) => moving + k),
    scale: fc.constant(0),
    add: fc.constantFrom(0, 1, 1),
  });
  return fc.oneof(move, { weight: 2, arbitrary: flag });
}

/** No state is assigned twice. */
function changes(moving: number, most: number): fc.Arbitrary<Change[]> {
  return fc.uniqueArray(change(moving), { minLength: 1, maxLength: most, selector: (c) => c.of });
}

/** The same, written twice as large: equal but for rounding. */
function doubled(of: Condition): Condition {
  return of.kind === "state" ? { ...of, weights: of.weights.map((w) => 3 * w), bound: 3 * of.bound } : of;
}

/** True where the other is false, and of `>=` and `<=` on the border as well. */
function opposed(of: Condition): Condition {
  const turned = { ">": "<", "<": ">", ">=": "<=", "<=": ">=" } as const;
  return of.kind === "state" ? { ...of, operator: turned[of.operator] } : { kind: "not", of };
}

export const eventModel: fc.Arbitrary<EventModel> = fc.integer({ min: 2, max: 3 }).chain((moving) => {
  const equation = (k: number): fc.Arbitrary<EventModel["equations"][number]> =>
    fc.record({
      τ: decimal(1, 8, 1),
      drive: decimal(0, 3),
      gain: fc.constantFrom(0, 0.5, 1),
      coupling: fc
        .array(fc.constantFrom(0, 0.3, -0.4, -1.5), { minLength: moving, maxLength: moving })
        .map((row) => row.map((w, j) => (j === k ? -1 : w))),
      cubic: fc.constantFrom(0, 0, 0, 0.2),
    });
  const threshold = decimal(0.3, 1.1, 3);
  const spike = fc
    .record({
      threshold,
      operator: fc.constantFrom<Operator>(">", ">="),
      gated: fc.option(comparison(moving), { freq: 2 }),
      isLevel: fc.boolean(),
      extra: changes(moving, 2),
      period: fc.constantFrom(0, 0, 0.5, 1.1, 2),
      held: fc.constantFrom<number[]>([], [0], [0, 1]),
    })
    .map(({ threshold: bound, operator: crosses, gated, isLevel, extra, period, held }): EventModel["spike"] => {
      const crossed: Condition = { kind: "state", weights: [1], operator: crosses, bound };
      return {
        condition: gated === null ? crossed : { kind: "and", left: crossed, right: gated },
        reset: isLevel ? [{ of: 0, scale: 0, add: -0.1 }, ...extra.filter((c) => c.of !== 0)] : null,
        period,
        held: period > 0 ? held : [],
      };
    });
  return fc
    .record({
      equations: fc.tuple(...Array.from({ length: moving }, (_, k) => equation(k))),
      initial: fc.array(decimal(-0.4, 0.9, 3), { minLength: moving, maxLength: moving }),
      spike,
      events: fc.array(fc.record({ condition: condition(moving), changes: changes(moving, 2) }), {
        minLength: 1,
        maxLength: 4,
      }),
      twin: fc.nat(5),
      opposite: fc.nat(5),
      arrivals: fc.uniqueArray(decimal(0.1, DURATION - 1, 2), { maxLength: 6 }),
      delay: fc.constantFrom(0.1, 0.25, 1.1),
      jump: change(moving),
      pulses: fc.array(
        fc.record({
          value: decimal(-1, 2),
          from: decimal(0, DURATION / 2, 1),
          to: decimal(DURATION / 2 + 0.1, DURATION, 1),
        }),
        { maxLength: 2 },
      ),
    })
    .map(({ twin, opposite, events, ...model }): EventModel => {
      const also = (condition: Condition): EventModel["events"][number] => ({
        condition,
        changes: [{ of: moving + 1, scale: 0, add: 1 }],
      });
      // A condition that stands twice becomes true twice; its opposite, where a reset takes it back.
      const copied = events[twin]?.condition;
      const turned = [model.spike.condition, ...events.map((e) => e.condition)][opposite];
      const all = [
        ...events,
        ...(copied === undefined ? [] : [also(doubled(copied))]),
        ...(turned === undefined ? [] : [also(opposed(turned))]),
      ];
      const flags = Array.from({ length: FLAGS }, () => 0);
      return {
        ...model,
        events: all,
        initial: [...model.initial, ...flags],
        arrivals: model.arrivals.toSorted((a, b) => a - b),
      };
    });
});

function betweenText({ by, low, high }: Extract<Jumping, { kind: "between" }>, x: string): string {
  switch (by) {
    case "step":
      return `step(${x} - ${low})*step(${high} - ${x}) > 0.5`;
    case "sign":
      return `sign(${x} - ${low}) != sign(${x} - ${high})`;
    case "if":
      return `(if ${x} >= ${low} and ${x} <= ${high} then 1 else 0) > 0.5`;
    case "max":
      return `max(max(${low} - ${x}, 0), max(${x} - ${high}, 0)) == 0`;
  }
}

/** How declarations are written: what they are called and in which order they stand. */
export interface Style {
  name(plain: string): string;
  order(lines: readonly string[]): readonly string[];
}
export const PLAIN: Style = { name: (plain) => plain, order: (lines) => lines };

/** Each event k counts in n_k, sums its times in sum_k and leaves the last one in last_k. */
export function textOf(model: EventModel, settings: string, { name, order }: Style = PLAIN): string {
  const x = model.initial.map((_, k) => name(`x${k}`)),
    input = name("I");
  const conditionText = (c: Condition): string => {
    switch (c.kind) {
      case "state":
        return `${c.weights.flatMap((w, k) => (w === 0 ? [] : [`${w}*${x[k] ?? ""}`])).join(" + ")} ${c.operator} ${c.bound}`;
      case "whole":
        return `${c.by}(${c.scale}*${x[c.of] ?? ""}) ${c.operator} ${c.bound}`;
      case "fraction": {
        const u = `${c.scale}*clamp(${x[c.of] ?? ""}, -1, 2)`;
        return `${u} - floor(${u}) < ${c.part}`;
      }
      case "between":
        return betweenText(c, x[c.of] ?? "");
      case "chosen":
        return `${x[c.of] ?? ""} > (if ${conditionText(c.by)} then ${c.then} else ${c.otherwise})`;
      case "time":
        return `t ${c.operator} ${c.bound} ms`;
      case "not":
        return `not (${conditionText(c.of)})`;
      case "and":
      case "or":
        return `(${conditionText(c.left)}) ${c.kind} (${conditionText(c.right)})`;
    }
  };
  const changed = ({ of, scale, add }: Change, of_ = ""): string => {
    const target = `${of_}${x[of] ?? ""}`;
    return `${target} <- ${scale === 0 ? "" : `${scale}*${target} + `}${add}`;
  };
  const states = [
    ...model.initial.map((v, k) => `state ${x[k] ?? ""} : 1 = ${v}`),
    ...model.events.map(
      (_, k) => `state ${name(`n${k}`)} : 1 = 0, ${name(`sum${k}`)} : ms = 0 ms, ${name(`last${k}`)} : ms = 0 ms`,
    ),
  ];
  const equations = model.equations.map(({ τ, drive, gain, coupling, cubic }, k) => {
    const terms = [
      `${drive}`,
      ...(gain === 0 ? [] : [`${gain}*${input}`]),
      ...coupling.flatMap((w, j) => (w === 0 ? [] : [`${w}*${x[j] ?? ""}`])),
      ...(cubic === 0 ? [] : [`-${cubic}*${x[k] ?? ""}^3`]),
    ];
    return `${x[k] ?? ""}' = (${terms.join(" + ")})/(${τ} ms)`;
  });
  const { spike } = model;
  const events = model.events.map(
    (e, k) =>
      `on ${conditionText(e.condition)} { ${[...e.changes.map((c) => changed(c)), `${name(`n${k}`)} <- ${name(`n${k}`)} + 1`, `${name(`sum${k}`)} <- ${name(`sum${k}`)} + t`, `${name(`last${k}`)} <- t`].join("; ")} }`,
  );
  const hold = spike.held.length === 0 ? "" : ` { hold ${spike.held.map((k) => x[k] ?? "").join(", ")} }`;
  const members = [
    ...states,
    ...equations,
    `input ${input} : 1`,
    `spike when ${conditionText(spike.condition)}`,
    ...(spike.reset === null ? [] : [`reset { ${spike.reset.map((c) => changed(c)).join("; ")} }`]),
    ...(spike.period > 0 ? [`refractory ${spike.period} ms${hold}`] : []),
    // Their order matters.
    events.join("\n  "),
  ];
  const stimulus =
    model.pulses.length === 0
      ? "0"
      : model.pulses.map(({ value, from, to }) => `pulse(${value}, from: ${from} ms, to: ${to} ms)`).join(" + ");
  const given =
    model.arrivals.length === 0
      ? ""
      : `population ${name("S")} = spikes([${model.arrivals.join(", ")}] ms)\n  connect ${name("S")} -> ${name("P")} by ${name("J")} { delay = ${model.delay} ms } all`;
  return `
neuron ${name("N")} {
  ${order(members).join("\n  ")}
}
synapse ${name("J")} { on pre { ${changed(model.jump, "post.")} } }
network ${name("M")} {
  population ${name("P")} = 1 ${name("N")}
  ${given}
}
experiment X of ${name("M")} { duration ${DURATION} ms; ${settings}; ${name("P")}.${input} = ${stimulus}; record spikes }`;
}
