// What happens once, when a population is created: parameters, propagators, arrays and initial values.
import { number, type Expr } from "../algebra/expression.ts";
import { present } from "../base/invariant.ts";
import { withParts, type Draw } from "../4-plan/plan.ts";
import type { ExactGroup, ParameterPlan, UpdateGroup, ValuePlan } from "../4-plan/plan.ts";
import {
  constantSymbol,
  forcingSymbol,
  incrementSymbol,
  noiseFactorSymbol,
  propagatorSymbol,
  writtenSymbol,
} from "../4-plan/symbols.ts";
import { decaysAlone, drives, influences, isInRows, namedOrder, reach, shaken } from "../4-plan/scheme.ts";
import type { DistributionName } from "../runtime/distributions.ts";
import type * as runtime from "../runtime/index.ts";
import type { Code, Statement } from "./code.ts";
import {
  arrow,
  assign,
  at,
  binary,
  callOf,
  comment,
  constant,
  float64,
  givenField,
  id,
  listOf,
  loop,
  member,
  num,
  str,
  sum,
  ternary,
} from "./construct.ts";
import type { PopulationEmitter, SchemeEmitter } from "./population.ts";
import { entriesFor, entriesStatement, rowStatements } from "./rows.ts";

/** `const C = given.C ?? 58.7;`, or an array where neurons differ. */
export function parameterStatements(e: PopulationEmitter): Statement[] {
  return e.plan.parameters.flatMap((plan) => {
    const { local, array } = present(e.identifiers.parameter.get(plan.name), plan.name);
    const given = givenField("given", plan.name, e.runtime);
    const note = noteOf(plan);
    if (!plan.perNeuron) return [constant(local, binary("??", given, valueCode(e, plan.name, plan.value)), note)];
    return [
      { kind: "array", name: array, holds: "doubles", length: "size", note },
      ...drawStream(e, plan.name, plan.value),
      loop("i", num(0), id("size"), [
        assign(
          at(array, id("i")),
          binary("??", callOf(e.runtime("elementOf"), given, id("i")), valueCode(e, plan.name, plan.value)),
        ),
      ]),
    ];
  });
}

function noteOf(plan: ParameterPlan): string {
  return `${plan.doc === "" ? plan.name : plan.doc} (${plan.unit})`;
}

/** Initial values; each state may use those before it. */
export function initialStatements(e: PopulationEmitter): Statement[] {
  const streams = e.plan.states.flatMap((s) => drawStream(e, s.name, s.initial));
  const values = e.plan.states.map((s) =>
    assign(at(present(e.identifiers.state.get(s.name), s.name).array, id("i")), valueCode(e, s.name, s.initial)),
  );
  return values.length === 0 ? [] : [...streams, loop("i", num(0), id("size"), values)];
}

function drawStream(e: PopulationEmitter, name: string, value: ValuePlan): Statement[] {
  if (value.kind !== "draw" || e.ofRuns) return [];
  return [constant(streamName(e, name), streamCode(e, name, id("seed")))];
}

function streamCode(e: PopulationEmitter, name: string, seed: Code): Code {
  return callOf(e.runtime("stream"), seed, str(`${e.plan.drawnAs}/${name}`));
}

function streamName(e: PopulationEmitter, name: string): string {
  return e.name(`#draws:${name}`, `draws_${name}`);
}

/** What emitted modules call it; that the runtime exports it under that name is part of the type. */
function drawName(distribution: DistributionName): keyof typeof runtime {
  const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
  return `draw${capital(distribution) as Capitalize<DistributionName>}`;
}

function valueCode(e: PopulationEmitter, name: string, value: ValuePlan): Code {
  if (value.kind === "expression") return e.inline(value.expression);
  const draw = withParts(value, (part) => e.inline(part));
  const drawn = e.ofRuns
    ? drawCode(e, draw, streamCode(e, name, at("seeds", id("i"))), num(0))
    : drawCode(e, draw, id(streamName(e, name)), id("i"));
  return draw.except === null ? drawn : ternary(draw.except.where, draw.except.value, drawn);
}

/** The draw number `index` of a stream. */
export function drawCode(e: SchemeEmitter, value: Draw<Code>, stream: Code, index: Code): Code {
  const draw = (...attempt: Code[]): Code =>
    callOf(e.runtime(drawName(value.distribution)), stream, index, ...value.arguments, ...attempt);
  if (value.min === null && value.max === null) return draw();
  const bound = (b: Code | null, otherwise: number): Code => b ?? infinity(otherwise);
  return callOf(
    e.runtime("truncated"),
    stream,
    arrow([{ name: "attempt", type: "number" }], draw(id("attempt"))),
    bound(value.min, -1),
    bound(value.max, 1),
  );
}

export function infinity(sign: number): Code {
  return member(id("Number"), sign < 0 ? "NEGATIVE_INFINITY" : "POSITIVE_INFINITY");
}

export function exactGroups(groups: readonly UpdateGroup[]): readonly ExactGroup[] {
  return groups.filter((g) => g.method === "exact");
}

/** Row-major code of the matrix A; of the entries that are written where it is stepped in rows. */
export function matrixCode(e: SchemeEmitter, group: ExactGroup, entries: string | null, perNeuron: boolean): Code {
  if (entries !== null)
    return callOf(e.runtime("matrixOf"), entriesFor(e, entries, perNeuron), num(group.states.length));
  return float64(group.matrix.flatMap((row) => row.map((entry) => (entry === null ? num(0) : e.inline(entry)))));
}

export function isPerNeuron(e: SchemeEmitter, group: ExactGroup): boolean {
  const { matrix, constant: rest, forcing, noise } = group;
  const columns = [...matrix, rest, ...forcing.map((f) => f.column), ...noise.map((n) => n.column)];
  return columns.some((column) => column.some((entry) => entry !== null && e.variesByNeuron(entry)));
}

/**
 * P, Q and L of a group over one step, and the coefficients that kernels take from them:
 * the response of each state to each state, to each forcing, to what is constant and to each normal number.
 */
export function propagatorStatements(e: SchemeEmitter, group: ExactGroup, suffix: string): Statement[] {
  const n = group.states.length;
  const paths = reach(group);
  const perNeuron = isPerNeuron(e, group);
  const [a, p, q, d, l, both] = ["A", "P", "Q", "D", "L", "solved"].map((word) => e.names.fresh(word + suffix)) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const influence = influences(group);
  const alone = group.states.map((_, i) => decaysAlone(group, i));
  const entry = (matrix: string, i: number, j: number): Code => at(matrix, num(i * n + j));
  const response = (i: number, column: readonly (Expr | null)[]): Code => {
    const terms = column.flatMap((c, k) => {
      if (c === null || paths[i]?.[k] !== true) return [];
      return [c.kind === "number" && c.value === 1 ? entry(q, i, k) : binary("*", entry(q, i, k), e.inline(c))];
    });
    return sum(terms);
  };

  const results: { readonly array: string; readonly code: Code }[] = [];
  const short = (name: string): string => name.replace(/[[\].,]+/g, "_").replace(/_$/, "");
  const keep = (symbol: string, wanted: string, code: Code): void => {
    const array = e.coefficient(symbol, wanted, code, perNeuron);
    if (array !== null) results.push({ array, code });
  };
  const noisy = shaken(group);
  const byRows = isInRows(group);
  group.states.forEach((row, i) => {
    if (alone[i] === true) keep(propagatorSymbol(group.id, row), `P${suffix}_${short(row)}`, entry(p, i, i));
    if (alone[i] === true || byRows) return;
    group.states.forEach((column, j) => {
      if (influence[i]?.[j] === true)
        keep(incrementSymbol(group.id, row, column), `D${suffix}_${short(row)}_${short(column)}`, entry(d, i, j));
    });
    group.forcing.forEach((forcing, k) => {
      if (!drives(group, i, forcing.column)) return;
      const driver = forcing.value.kind === "symbol" ? short(writtenSymbol(forcing.value.name)) : String(k + 1);
      keep(forcingSymbol(group.id, row, k), `Q${suffix}_${short(row)}_${driver}`, response(i, forcing.column));
    });
    if (drives(group, i, group.constant))
      keep(constantSymbol(group.id, row), `c${suffix}_${short(row)}`, response(i, group.constant));
    for (const column of noisy.slice(0, noisy.indexOf(row) + 1)) {
      keep(
        noiseFactorSymbol(group.id, row, column),
        `L${suffix}_${short(row)}_${short(column)}`,
        entry(l, i, group.states.indexOf(column)),
      );
    }
  });

  const entries = byRows ? entriesStatement(e, group, suffix, perNeuron) : null;
  const solve: Statement[] = [
    constant(a, matrixCode(e, group, entries?.name ?? null, perNeuron)),
    constant(both, callOf(e.runtime("propagator"), id(a), num(n), id("dt"))),
    ...(alone.some((one) => one) ? [constant(p, member(id(both), "P"))] : []),
    ...(byRows || alone.every((one) => one)
      ? []
      : [constant(q, member(id(both), "Q")), constant(d, member(id(both), "D"))]),
  ];
  if (group.noise.length > 0) {
    const b = float64(
      group.states.flatMap((_, i) =>
        group.noise.map(({ column }) => (column[i] == null ? num(0) : e.inline(column[i] ?? number(0)))),
      ),
    );
    const order = namedOrder(group);
    solve.push(
      constant(
        l,
        callOf(
          e.runtime("noiseFactor"),
          id(a),
          b,
          num(n),
          num(group.noise.length),
          id("dt"),
          ...(order.every((i, k) => i === k) ? [] : [float64(order.map((i) => num(i)))]),
        ),
      ),
    );
  }
  const title = comment(
    `Exact propagator of ${group.states.join(", ")}: x(t + dt) = P x + Q r = x + (D x + Q r) with P = exp(A dt), Q = ∫ exp(A s) ds, D = P - 1.`,
  );
  const rows =
    entries === null
      ? null
      : rowStatements(e, group, perNeuron, entries.name, id(both), group.noise.length > 0 ? id(l) : null);
  const start = [title, ...(entries === null ? [] : [entries.statement]), ...(rows?.arrays ?? [])];
  if (!perNeuron) return [...start, ...solve, ...(rows === null ? [] : [constant(rows.name, rows.code)])];
  const { variable, count } = e.each;
  const each = [...solve, ...results.map(({ array, code }) => assign(at(array, id(variable)), code))];
  return [
    ...start,
    ...results.map(({ array }): Statement => ({ kind: "array", name: array, holds: "doubles", length: count })),
    rows === null
      ? loop(variable, num(0), id(count), each)
      : constant(rows.name, listOf(id(count), variable, rows.code, each)),
  ];
}
