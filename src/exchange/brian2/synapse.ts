// What the names of a synapse become in a Synapses object: its own, those of sums at the target, and those of the neurons at its ends.
import { present } from "../../base/invariant.ts";
import { elementName } from "../../4-plan/lower.ts";
import type { CheckedQuantity, EventDraw } from "../../3-check/checked.ts";
import type { ExportProjection } from "../exported.ts";
import { chooses, declared, throughLets, type Bound, type Through } from "./elements.ts";
import { asWritten, grouped, writer, type Scope } from "./expressions.ts";
import type { Group } from "./population.ts";
import { remark, type Script } from "./script.ts";
import type { Source } from "./sources.ts";
import { quantityText } from "./units.ts";

export type Sender = Group | Source;

export interface Synapse {
  readonly script: Script;
  readonly p: ExportProjection;
  readonly object: string;
  readonly pre: Sender;
  readonly post: Group;
  /** Where each element that belongs to single connections is kept. */
  readonly name: (element: string) => string;
  readonly namespace: Map<string, string>;
  readonly through: Through;
  write(e: Bound): string;
}

export function newSynapse(
  p: ExportProjection,
  object: string,
  pre: Sender,
  post: Group,
  name: (element: string) => string,
  script: Script,
): Synapse {
  const { connection } = p.checked;
  const namespace = new Map<string, string>();
  const through: Through = (q, positions) =>
    q.role === "input" ? post.through(q, positions) : throughLets(q, positions);
  const at = (end: "pre" | "post", q: CheckedQuantity, positions: readonly number[]): ReturnType<typeof asWritten> => {
    const group = end === "pre" ? pre : post;
    const seen = "seen" in group ? group.seen(q, positions) : present<never>(null, `${end}.${q.name} of a source`);
    return "variable" in seen ? asWritten(`${seen.variable}_${end}`) : grouped(seen.value);
  };
  const write = (e: Bound): string => writer(scope, script.needs)(e.value, e.bound);
  const scope: Scope = {
    own(q, positions) {
      const element = elementName(q, positions);
      if (q.role === "let" || q.role === "const") return grouped(write(present(declared(q, positions), q.name)));
      if (q.role === "state" && p.summed.has(element))
        return asWritten(`${post.variable(`${connection}.${element}`)}_post`);
      if (q.role === "state" || p.study.varying.has(element)) return asWritten(name(element));
      namespace.set(
        name(element),
        `${quantityText(script.model.setup(`${connection}.${element}`), q.dimension, q.unit)},${remark(q.doc)}`,
      );
      return asWritten(name(element));
    },
    end: at,
    setup: (q) => asWritten(quantityText(script.model.setup(q.name), q.dimension, q.unit)),
    time: asWritten("t"),
    noise: (_, e) => present<never>(null, `noise in a synapse at ${e.origin.start}`),
    drawn: (drawn) => asWritten(localName(drawn)),
    stimulus: (_, e) => present<never>(null, `a stimulus in a synapse at ${e.origin.start}`),
    listed: (e) => present<never>(null, `a list in a synapse at ${e.origin.start}`),
    chooses: (q, positions) => chooses(q, positions, through),
  };
  const locals = new Map<EventDraw, string>();
  const localName = (drawn: EventDraw): string => {
    const known = locals.get(drawn) ?? name(drawn.of === "local" ? `local ${drawn.name}` : `drawn ${drawn.name}`);
    locals.set(drawn, known);
    return known;
  };
  return { script, p, object, pre, post, name, namespace, through, write };
}
