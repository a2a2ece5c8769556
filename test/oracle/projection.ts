// The oracle's connections: one connection after the other, every right side by evaluating its expression. Only who is connected with whom comes from the runtime.
import { evaluate } from "../../src/algebra/evaluate.ts";
import type { Expr } from "../../src/algebra/expression.ts";
import { symbolsOf } from "../../src/algebra/traverse.ts";
import { present } from "../../src/base/invariant.ts";
import { elementary } from "../../src/4-plan/elementary.ts";
import { type AssignmentPlan, type ConnectionValue, type EndPlan, type ProjectionPlan } from "../../src/4-plan/plan.ts";
import { NEURON, STEP, TARGET, TIME, agoSymbol, endSymbol, nextSymbol } from "../../src/4-plan/symbols.ts";
import { schemeOf } from "../../src/4-plan/scheme.ts";
import { distributionOf } from "../../src/runtime/distributions.ts";
import * as runtime from "../../src/runtime/index.ts";
import { addCoefficients, drawnIn, lookup, type InterpretedPopulation, type Values } from "./interpreter.ts";

interface Connection {
  readonly i: number;
  readonly j: number;
  readonly delay: number;
  readonly values: Values;
  readonly coefficients: Values;
}

/** What expressions are read for: a connection, or a pair that may become one. */
interface Reading {
  readonly i: number;
  readonly j: number;
  readonly delay?: number;
  readonly values: Values;
}

export interface InterpretedProjection {
  deliver(n: number): void;
  couple(n: number): void;
  update(n: number): void;
  send(n: number): void;
  /** Values of a connection by name, in the order of the connections. */
  values(name: string): number[];
}

export function interpretedProjection(
  plan: ProjectionPlan,
  populations: readonly InterpretedPopulation[],
  dt: number,
  seed: number,
  setup: Values,
): InterpretedProjection {
  const find = (name: string): InterpretedPopulation =>
    present(
      populations.find((p) => p.name === name),
      name,
    );
  const [source, target] = [find(plan.source.population), find(plan.target.population)];
  const neuronsAt = (c: { readonly i: number; readonly j: number }, end: "pre" | "post") =>
    present(end === "pre" ? source.neurons[c.i] : target.neurons[c.j], end);
  const shared: Values = new Map([...setup, [STEP, dt]]);

  const reader =
    (c: Reading, n: number): ((s: string) => number) =>
    (s) => {
      for (const end of ["pre", "post"] as const)
        if (s.startsWith(agoSymbol(end, "")))
          return neuronsAt(c, end).was(s.slice(agoSymbol(end, "").length), n - present(c.delay, "delay"));
      for (const end of ["pre", "post"] as const)
        if (s.startsWith(endSymbol(end, ""))) return neuronsAt(c, end).value(s.slice(endSymbol(end, "").length));
      if (s === NEURON) return c.i;
      if (s === TARGET) return c.j;
      if (s === TIME) return runtime.timeOf(n, dt);
      return lookup([c.values, shared])(s);
    };
  const of = (e: Expr, c: Reading, n = 0): number => evaluate(e, reader(c, n), elementary);
  const pairOnly = (i: number, j: number) => ({ i, j, values: new Map<string, number>() });

  const drawn = (
    value: ConnectionValue,
    row: runtime.Stream,
    k: number,
    c: { readonly i: number; readonly j: number; readonly values: Values },
    pair: number,
  ): number => {
    if (value.kind === "column") return present(value.values[pair], "column");
    if (value.kind === "expression") return of(value.expression, c);
    const given = value.arguments.map((e) => of(e, c));
    const { draw } = distributionOf(value.distribution);
    const once = (attempt: number): number => draw(row, k, ...given, attempt);
    if (value.min === null && value.max === null) return once(0);
    return runtime.truncated(
      row,
      once,
      value.min === null ? -Infinity : of(value.min, c),
      value.max === null ? Infinity : of(value.max, c),
    );
  };

  const end = ({ first, last }: EndPlan, size: number): runtime.ConnectionEnd => ({
    size,
    first,
    last: last ?? size - 1,
  });
  const { rule } = plan;
  const ofPair = (s: string): boolean => s === NEURON || s === TARGET || s.startsWith("#p");
  const argumentOf = (e: Expr): number | ((i: number, j: number) => number) =>
    [...symbolsOf(e)].some(ofPair) ? (i, j) => of(e, pairOnly(i, j)) : of(e, pairOnly(0, 0));
  const built = runtime.connect({
    name: plan.name,
    seed,
    source: end(plan.source, source.plan.size),
    target: end(plan.target, target.plan.size),
    same: source === target,
    rule: rule.kind === "file" ? "pairs" : rule.kind,
    self: rule.self,
    multiple: rule.multiple,
    bytesPerConnection: 0,
    ...(rule.kind === "file"
      ? { pairs: { sources: rule.sources, targets: rule.targets } }
      : Object.fromEntries(rule.arguments.map(({ name, value }) => [name, argumentOf(value)]))),
    ...(rule.where === null
      ? {}
      : { where: (i: number, j: number) => of(present(rule.where, "where"), pairOnly(i, j)) !== 0 }),
    delay: (row, k, i, j, pair) =>
      runtime.delaySteps(drawn(plan.delay, row, k, pairOnly(i, j), pair), dt, plan.connection),
  });

  const connections: Connection[] = [];
  const delays = built.delays.length;
  for (let r = 0; r * delays < built.starts.length - 1; r++) {
    const i = built.firstSource + r;
    const first = present(built.starts[r * delays], "start");
    for (let d = 0; d < delays; d++) {
      for (
        let c = present(built.starts[r * delays + d], "start");
        c < present(built.starts[r * delays + d + 1], "start");
        c++
      ) {
        const k = built.rank === null ? c - first : present(built.rank[c], "rank");
        const connection: Connection = {
          i,
          j: present(built.target[c], "target"),
          delay: present(built.delays[d], "delay"),
          values: new Map(),
          coefficients: new Map(),
        };
        for (const v of plan.values) {
          const value = drawn(
            v.value,
            runtime.rowStream(runtime.stream(seed, `${plan.name}.${v.name}`), i),
            k,
            connection,
            built.pair?.[c] ?? -1,
          );
          connection.values.set(v.name, v.single ? Math.fround(value) : value);
        }
        const fixed: Values = new Map([...shared, ...connection.values]);
        for (const group of plan.groups) if (group.method === "exact") addCoefficients(group, fixed, dt);
        for (const [name, value] of fixed)
          if (!shared.has(name) && !connection.values.has(name)) connection.coefficients.set(name, value);
        connections.push(connection);
      }
    }
  }
  const single = new Set(plan.values.filter((v) => v.single).map((v) => v.name));
  const bySource = grouped(connections, (c) => c.i);

  /** What a held state of a neuron that is refractory in step n is given is lost. */
  const assign = (assignments: readonly AssignmentPlan[], c: Connection, n: number, order = 0): void => {
    const read = reader(c, n);
    const drawn = drawnIn(assignments, read, (name) => ({
      stream: runtime.atEvent(runtime.eventStream(seed, `${plan.name}/${name}`), n, order, c.j),
      index: c.j,
    }));
    const after = assignments.map((a) => evaluate(a.value, (s) => drawn.get(s) ?? read(s), elementary));
    assignments.forEach((a, k) => {
      const value = present(after[k], "value");
      for (const end of ["pre", "post"] as const) {
        if (!a.state.startsWith(endSymbol(end, ""))) continue;
        const state = a.state.slice(endSymbol(end, "").length);
        const isHeld = (end === "pre" ? source : target).plan.held.includes(state) && neuronsAt(c, end).isRefractory(n);
        return isHeld ? undefined : neuronsAt(c, end).set(state, value);
      }
      c.values.set(a.state, single.has(a.state) ? Math.fround(value) : value);
    });
  };

  const sent = new Map<number, readonly number[]>();
  const at = (i: number, j: number): Connection => ({ i, j, delay: 0, values: new Map(), coefficients: new Map() });
  return {
    deliver(n) {
      const arrived = new Map<number, number>();
      for (const delay of built.delays) {
        for (const i of sent.get(n - delay) ?? []) {
          if (i < plan.source.first || i > (plan.source.last ?? source.plan.size - 1)) continue;
          for (const c of bySource.get(i) ?? []) {
            if (c.delay !== delay) continue;
            const order = arrived.get(c.j) ?? 0;
            arrived.set(c.j, order + 1);
            assign(plan.onPre.perConnection, c, n, order);
          }
          assign(plan.onPre.atNeuron, at(i, 0), n);
        }
      }
    },
    couple(n) {
      for (const coupling of plan.couplings) {
        for (const c of connections) neuronsAt(c, coupling.end).receive(coupling.array, of(coupling.value, c, n));
      }
    },
    update(n) {
      for (const c of connections) {
        const locals: Values = new Map();
        const read = reader(c, n);
        for (const group of plan.groups)
          for (const step of schemeOf(group))
            locals.set(
              step.name,
              evaluate(step.value, (s) => locals.get(s) ?? c.coefficients.get(s) ?? read(s), elementary),
            );
        const moved = (s: string): number => locals.get(s) ?? c.coefficients.get(s) ?? read(s);
        for (const motion of plan.motions)
          neuronsAt(c, motion.end).receive(motion.array, evaluate(motion.value, moved, elementary));
        // States that live at neurons are only looked ahead to.
        for (const group of plan.groups)
          for (const s of group.states) if (c.values.has(s)) c.values.set(s, present(locals.get(nextSymbol(s)), s));
      }
    },
    send(n) {
      sent.set(n, source.spiked);
      for (const j of target.spiked) {
        connections.filter((c) => c.j === j).forEach((c, order) => assign(plan.onPost.perConnection, c, n, order));
        assign(plan.onPost.atNeuron, at(0, j), n);
      }
    },
    values: (name) => connections.map((c) => present(c.values.get(name), name)),
  };
}

function grouped<K, T>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
