// What the events of a population or a projection draw, as code: a stream for each purpose at creation, a constant for each draw where it is read.
import type { Expr } from "../algebra/expression.ts";
import { present } from "../base/invariant.ts";
import { withParts, type EventDrawPlan } from "../4-plan/plan.ts";
import { drawnSymbol, writtenSymbol } from "../4-plan/symbols.ts";
import type { Code, Statement } from "./code.ts";
import { callOf, constant, id, str } from "./construct.ts";
import { drawCode } from "./creation.ts";
import type { Block } from "./expressions.ts";
import type { SchemeEmitter } from "./population.ts";

/** Whose draw it is: which neuron's, in which step, and the order of the event among those of this neuron in it. */
export interface Moment {
  readonly neuron: Code;
  readonly step: Code;
  readonly order: Code;
}

/** `purpose`: what the names of draws stand behind in the keys of their random numbers. */
export function eventStreams(e: SchemeEmitter, draws: readonly EventDrawPlan[], purpose: string): Statement[] {
  return draws.map(({ name }) =>
    constant(streamOf(e, name), callOf(e.runtime("eventStream"), id("seed"), str(`${purpose}/${name}`))),
  );
}

/** Makes the draws known before a block that reads them is begun. */
export function nameDraws(e: SchemeEmitter, draws: readonly EventDrawPlan[]): void {
  for (const { name } of draws) e.name(drawnSymbol(name), writtenSymbol(drawnSymbol(name)));
}

/** `read`: how the block reads what draws are made of. */
export function defineDraws(
  e: SchemeEmitter,
  draws: readonly EventDrawPlan[],
  body: Block,
  { neuron, step, order }: Moment,
  read: (part: Expr) => Expr = (part) => part,
): void {
  for (const { name, value } of draws) {
    const local = e.name(drawnSymbol(name), name);
    const draw = withParts(value, (part) => body.code(read(part)));
    const here = callOf(e.runtime("atEvent"), id(streamOf(e, name)), step, order, neuron);
    if (draw.min === null && draw.max === null) {
      body.push(constant(local, drawCode(e, draw, here, neuron)));
      continue;
    }
    const stream = e.name(`#event:${name}`, `${local}_draws`);
    body.push(constant(stream, here), constant(local, drawCode(e, draw, id(stream), neuron)));
  }
}

function streamOf(e: SchemeEmitter, name: string): string {
  return e.name(`#events:${name}`, `draws_${present(name.split("/").at(-1), name)}`);
}
