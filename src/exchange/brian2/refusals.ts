// What Brian2 has nothing like, refused before anything is written: states as they were, and ends of connections as they were a delay ago.
import { textOf } from "../../base/source.ts";
import type { CheckedExpr, CheckedNeuron } from "../../3-check/checked.ts";
import { UNBOUND } from "../../4-plan/lower.ts";
import { agoAt, writtenSymbol } from "../../4-plan/symbols.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import { stepsIn } from "../../runtime/clock.ts";
import type { ExportModel, ExportProjection } from "../exported.ts";
import type { Teller } from "../target.ts";
import { operandsOf } from "./elements.ts";

export function refuseWhatIsLate(model: ExportModel, tell: Teller): void {
  for (const p of model.populations) refusePasts(p.checked.neuron, tell);
  for (const p of model.projections) refuseLateReading(p, model.plan.step, tell);
}

function refusePasts(neuron: CheckedNeuron, tell: Teller): void {
  const look = (e: CheckedExpr): void => {
    if (e.kind === "past")
      tell.refuse(e.origin, {
        what: `\`${textOf(e.origin)}\`, a state as it was`,
        because: "Brian2 keeps no past of what neurons compute",
        help: [
          "let it come late over a connection, by events: `on pre` with a `delay`",
          "let a chain of states stand for the delay: `a' = (x - a)/τ`, `b' = (a - b)/τ`",
        ],
      });
    for (const part of operandsOf(e, UNBOUND)) look(part.value);
  };
  for (const e of expressionsOf(neuron)) look(e);
}

/** All that equations, lets, conditions and events of a neuron are made of. */
function expressionsOf({
  quantities,
  equations,
  contributions,
  spike,
  reset,
  events,
  refractory,
}: CheckedNeuron): readonly CheckedExpr[] {
  const declared = quantities.flatMap(({ value }) =>
    value === null ? [] : value.kind === "expression" ? [value.expression] : value.elements,
  );
  const assigned = [...(reset ?? []), ...events.flatMap((event) => event.assignments)];
  return [
    ...declared,
    ...[...equations, ...contributions, ...assigned].map((line) => line.value),
    ...(spike === null ? [] : [spike.value]),
    ...events.map((event) => event.condition),
    ...(refractory === null ? [] : [refractory.duration]),
  ];
}

/** Contributions and equations of connections with a delay that read the other end as it was so long ago. */
function refuseLateReading({ checked, plan, study, value }: ExportProjection, step: number, tell: Teller): void {
  const { delay, oneDelay } = plan;
  if (oneDelay && delay.kind === "expression" && stepsIn(value(delay.expression), step) === 0) return;
  for (const line of [...study.equations, ...study.contributions]) {
    const late = [...symbolsOf(line.lower(study.plain))].find((s) => agoAt(s) !== null);
    if (late === undefined) continue;
    tell.refuse(line.origin, {
      what: `\`${line.text}\` of \`${checked.connection}\`, which reads \`${writtenSymbol(late)}\` as it was a delay ago`,
      because: "delays of Brian2 are those of events: what connections read in every step is as it is now",
      help: [
        `take the \`delay\` from \`${checked.connection}\``,
        "let events bring the value, which have delays in Brian2: `on pre { … }`",
      ],
    });
  }
}
