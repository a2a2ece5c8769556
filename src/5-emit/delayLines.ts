// States that are read as they were: their delay lines, made where the population is, and how fast these states move.
import { present } from "../base/invariant.ts";
import type { Expr } from "../algebra/expression.ts";
import type { PastPlan } from "../4-plan/plan.ts";
import { inputSymbol } from "../4-plan/symbols.ts";
import type { Code, Statement } from "./code.ts";
import {
  arrayOf,
  arrow,
  BLANK,
  callOf,
  constant,
  func,
  give,
  id,
  member,
  objectOf,
  perform,
  str,
} from "./construct.ts";
import { mentions } from "./mentions.ts";
import type { PopulationEmitter } from "./population.ts";
import { timeCode } from "./stimulus.ts";

export interface DelayLines {
  readonly creation: readonly Statement[];
  readonly functions: readonly Statement[];
  /** What `drive` does for them. */
  readonly recall: readonly Statement[];
  /** What they are called. */
  readonly names: readonly string[];
  /** Their delays, which are rounded to the step. */
  readonly times: readonly Code[];
}

const SLOPE = [
  { name: "i", type: "number" },
  { name: "t", type: "number" },
];

export function delayLines(e: PopulationEmitter): DelayLines {
  const functions: Statement[] = [];
  const slopes = new Map<Expr, string>();
  /** The name of the function that says how fast it moves. */
  const slopeCode = (slope: Expr, wanted: string): Code => {
    const known = slopes.get(slope);
    if (known !== undefined) return id(known);
    const name = e.names.fresh(wanted);
    slopes.set(slope, name);
    const body = e.block("loop", [slope]);
    const value = body.code(slope);
    const statements = [...body.prelude(), ...body.statements, give(value)];
    const taken = mentions(statements, "t") ? SLOPE : SLOPE.slice(0, 1);
    functions.push(func(name, mentions(statements, "i") ? taken : [], "number", statements), BLANK);
    return id(name);
  };
  const lines = e.plan.pasts.map((past) => ({ past, name: e.names.fresh(`${past.of}_past`) }));
  return {
    creation: lines.map(({ past, name }) =>
      constant(name, callOf(e.runtime("delayLine"), delayed(e, past, slopeCode)), past.text),
    ),
    functions,
    recall: lines.map(({ name }) => perform(callOf(member(id(name), "recall"), id("tick")))),
    names: lines.map((l) => l.name),
    times: e.plan.pasts.map((past) => timeCode(e, `how long ago \`${past.text}\` is`, past.delay)),
  };
}

function delayed(e: PopulationEmitter, past: PastPlan, slopeCode: (slope: Expr, wanted: string) => Code): Code {
  const arrayNamed = (state: string): Code => id(present(e.identifiers.state.get(state), state).array);
  return objectOf([
    { name: "text", value: str(past.text) },
    { name: "population", value: str(e.plan.name) },
    { name: "size", value: id("size") },
    { name: "values", value: arrayNamed(past.of) },
    { name: "dt", value: id("dt") },
    { name: "delay", value: arrow(e.variesByNeuron(past.delay) ? SLOPE.slice(0, 1) : [], e.inline(past.delay)) },
    {
      name: "into",
      value: arrayOf([
        ...past.states.map(arrayNamed),
        id(present(e.identifiers.input.get(inputSymbol(past.third)), past.third).array),
      ]),
    },
    ...(past.slope === null ? [] : [{ name: "slope", value: slopeCode(past.slope, `slope_${past.of}`) }]),
    ...(past.heldSlope === null
      ? []
      : [{ name: "heldSlope", value: slopeCode(past.heldSlope, `held_slope_${past.of}`) }]),
  ]);
}
