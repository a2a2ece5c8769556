// An exact step of many coupled states, row by row: the kernel fills a vector and the runtime adds up its products (runtime/rows.ts), so that its text stays linear.
import { symbol, type Expr } from "../algebra/expression.ts";
import { present } from "../base/invariant.ts";
import type { ExactGroup } from "../4-plan/plan.ts";
import { decay, decaysAlone, nextSymbol, normalSymbol, shaken } from "../4-plan/scheme.ts";
import type { Code, Statement } from "./code.ts";
import { arrayOf, arrow, assign, at, callOf, comment, constant, id, newOf, num, perform } from "./construct.ts";
import type { Block } from "./expressions.ts";
import { place } from "./place.ts";
import type { SchemeEmitter } from "./population.ts";

/** What the text says of a matrix: for each row the columns and values of its entries, in turn. */
function written(e: SchemeEmitter, rows: readonly (readonly (Expr | null)[])[]): Code {
  return arrayOf(
    rows.map((row) => arrayOf(row.flatMap((entry, k) => (entry === null ? [] : [num(k), e.inline(entry)])))),
  );
}

/** The entries of A; where neurons or connections differ, a function of their number. */
export function entriesStatement(
  e: SchemeEmitter,
  group: ExactGroup,
  suffix: string,
  perNeuron: boolean,
): { readonly name: string; readonly statement: Statement } {
  const name = e.names.fresh(`entries${suffix}`);
  const entries = written(e, group.matrix);
  const code = perNeuron ? arrow([{ name: e.each.variable, type: "number" }], entries) : entries;
  return { name, statement: constant(name, code) };
}

/** They, for the neuron or connection at hand. */
export function entriesFor(e: SchemeEmitter, name: string, perNeuron: boolean): Code {
  return perNeuron ? callOf(name, id(e.each.variable)) : id(name);
}

interface RowNames {
  readonly rows: string;
  /** x, what drives them, 1, and the normal numbers of the step. */
  readonly vector: string;
  readonly moved: string;
}

function namesOf(e: Pick<SchemeEmitter, "name">, group: ExactGroup): RowNames {
  const own = (word: string): string => e.name(`#${word}:${group.id}`, word);
  return { rows: own("rows"), vector: own("vector"), moved: own("moved") };
}

/** Where each part of the vector begins, and its length. */
function layout(group: ExactGroup): {
  readonly drive: number;
  readonly one: number;
  readonly normal: number;
  readonly length: number;
} {
  const drive = group.states.length;
  const one = drive + group.forcing.length;
  return { drive, one, normal: one + 1, length: one + 1 + shaken(group).length };
}

/** What the kernel adds up: the arrays that it works on, and the rows of coefficients made of what is `solved`. */
export function rowStatements(
  e: SchemeEmitter,
  group: ExactGroup,
  perNeuron: boolean,
  entries: string,
  solved: Code,
  noiseFactor: Code | null,
): { readonly arrays: readonly Statement[]; readonly name: string; readonly code: Code } {
  const { rows, vector, moved } = namesOf(e, group);
  const { one, length } = layout(group);
  const columns = [...group.forcing.map((f) => f.column), group.constant];
  const driving = written(
    e,
    group.states.map((_, row) => columns.map((column) => column[row] ?? null)),
  );
  const noise =
    noiseFactor === null ? [] : [noiseFactor, arrayOf(shaken(group).map((s) => num(group.states.indexOf(s))))];
  return {
    arrays: [
      constant(vector, newOf("Float64Array", num(length))),
      assign(at(vector, num(one)), num(1)),
      constant(moved, newOf("Float64Array", num(group.states.length))),
    ],
    name: rows,
    code: callOf(e.runtime("exactRows"), entriesFor(e, entries, perNeuron), driving, solved, num(one), ...noise),
  };
}

/** What stands in the statements of `integrateRows`. */
export function rootsOfRows(group: ExactGroup): Expr[] {
  return [
    ...group.forcing.map((f) => f.value),
    ...group.states.filter((_, row) => decaysAlone(group, row)).map((state) => decay(group, state)),
  ];
}

/** Statements that leave the next value of every state of the group in a constant of its own. */
export function integrateRows(e: SchemeEmitter, group: ExactGroup, perNeuron: boolean, body: Block): void {
  const { rows, vector, moved } = namesOf(e, group);
  const { drive, normal } = layout(group);
  const fill = (from: number, values: readonly Expr[]): void =>
    values.forEach((value, k) => body.push(assign(at(vector, num(from + k)), body.code(value))));
  fill(0, group.states.map(symbol));
  fill(
    drive,
    group.forcing.map((f) => f.value),
  );
  fill(
    normal,
    shaken(group).map((state) => symbol(normalSymbol(`exact:${state}`))),
  );
  const own = perNeuron ? at(rows, id(e.each.variable)) : id(rows);
  body.push(perform(callOf(e.runtime("stepRows"), own, id(vector), id(moved))));
  nextOf(e, group, body, (row) =>
    decaysAlone(group, row) ? body.code(decay(group, present(group.states[row], "state"))) : at(moved, num(row)),
  );
}

/** Names what has been computed for each row. */
export function nextOf(
  e: Pick<SchemeEmitter, "name">,
  group: ExactGroup,
  body: Block,
  value: (row: number) => Code,
): void {
  group.equations.forEach((equation, row) =>
    body.push(
      comment(`${place(equation)}  ${equation.text}  [exact propagator]`),
      constant(e.name(nextSymbol(equation.state), `${equation.state}_next`), value(row)),
    ),
  );
}
